//! `backup` and `restore` among sixteen that write, and killed at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use super::killed::{Ending, random, strike};
use super::program::Place;
use super::witness::{check_history, check_integrity, listing, see};

const WRITERS: usize = 16;
const WRITES: usize = 12;

/// The users that a store knows.
fn users(store: &Path) -> BTreeSet<String> {
    let document = see(store).document;
    let users = document["users"].as_object();
    users
        .map(|users| users.keys().cloned().collect())
        .unwrap_or_default()
}

/// The files that were stores, or are to be.
fn kept(place: &Place) -> Vec<PathBuf> {
    let names = listing(place.home());
    let kept = names.iter().filter(|name| name.contains(".replaced-"));
    let files = kept.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    files.map(|name| place.home().join(name)).collect()
}

fn with_journal(place: &Place, journal: &str) {
    let connection = Connection::open(place.store()).unwrap();
    let mode: String = connection
        .query_row(&format!("PRAGMA journal_mode = {journal}"), [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(mode, journal);
}

/// Sixteen processes write, again and again, while `meanwhile` goes on; returns whom they made
/// known, as far as they were told that it is done.
fn while_sixteen_write(
    place: &Place,
    meanwhile: impl FnOnce(&AtomicBool) + Send,
) -> BTreeSet<String> {
    let acknowledged = Mutex::new(BTreeSet::new());
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let acknowledged = &acknowledged;
                scope.spawn(move || {
                    for write in 0..WRITES {
                        let user = format!("w{writer}-{write}");
                        let ran = place.run(&format!("user assign {user}"));
                        assert_eq!(ran.code, Some(0), "{ran:?}");
                        acknowledged.lock().unwrap().insert(user);
                    }
                })
            })
            .collect();
        let over = &over;
        scope.spawn(move || meanwhile(over));
        for writer in writers {
            writer.join().unwrap();
        }
        over.store(true, Ordering::SeqCst);
    });
    acknowledged.into_inner().unwrap()
}

#[test]
fn a_backup_among_sixteen_that_write_is_of_one_moment() {
    for journal in ["wal", "delete"] {
        let place = Place::with_store();
        with_journal(&place, journal);
        let mut made = 0;
        let acknowledged = while_sixteen_write(&place, |over| {
            while !over.load(Ordering::SeqCst) || made == 0 {
                let file = place.home().join(format!("copy{made}.db"));
                let said = place.document(&format!("backup {}", file.display()));
                check_integrity(&file);
                check_history(&file);
                // Each write made one user known, so that the revision counts them.
                assert_eq!(said["revision"], users(&file).len(), "{said}");
                made += 1;
            }
        });
        assert_eq!(users(place.store()), acknowledged);
        assert!(made >= 3, "only {made} backups were made meanwhile");
    }
}

#[test]
fn what_was_acknowledged_is_in_the_restored_store_or_in_one_that_was_kept() {
    for journal in ["wal", "delete"] {
        let place = Place::with_store();
        with_journal(&place, journal);
        place.must("user assign first");
        let copy = place.home().join("copy.db").display().to_string();
        place.must(&format!("backup {copy}"));
        let mut restored = 0;
        let acknowledged = while_sixteen_write(&place, |over| {
            while !over.load(Ordering::SeqCst) || restored == 0 {
                place.must(&format!("restore {copy} --yes"));
                restored += 1;
                std::thread::sleep(Duration::from_millis(30));
            }
        });
        let mut found = users(place.store());
        let kept = kept(&place);
        assert_eq!(kept.len(), restored);
        for file in &kept {
            check_integrity(file);
            check_history(file);
            found.extend(users(file));
        }
        let lost: Vec<_> = acknowledged.difference(&found).collect();
        assert!(
            lost.is_empty(),
            "{journal}: {lost:?} of {restored} restores"
        );
        check_integrity(place.store());
        check_history(place.store());
        assert!(
            restored >= 3,
            "only {restored} restores were made meanwhile"
        );
    }
}

const KILLS: usize = 60;
const ROUNDS: usize = 600;

/// A store with so many users, and a backup of each of two of its revisions.
struct Two {
    place: Place,
    copies: [String; 2],
    states: [Value; 2],
}

impl Two {
    fn new() -> Self {
        let place = Place::with_store();
        let mut states = Vec::new();
        let mut copies = Vec::new();
        for number in 0..2 {
            place.must(&format!("feature define f{number}"));
            for user in 0..5 {
                place.must(&format!("set f{number} --user u{number}-{user} --create"));
            }
            let copy = place
                .home()
                .join(format!("copy{number}"))
                .display()
                .to_string();
            place.must(&format!("backup {copy}"));
            states.push(see(place.store()).document);
            copies.push(copy);
        }
        let (copies, states) = (copies.try_into().unwrap(), states.try_into().unwrap());
        Self {
            place,
            copies,
            states,
        }
    }

    /// What the store holds now: the number of a state.
    fn now(&self) -> usize {
        check_integrity(self.place.store());
        check_history(self.place.store());
        let found = see(self.place.store()).document;
        let state = self.states.iter().position(|state| *state == found);
        state.unwrap_or_else(|| panic!("half done: {found}"))
    }
}

/// Whatever else is in the directory by now.
fn left_over(place: &Place) -> Vec<String> {
    let known = |name: &String| {
        name.starts_with("flags.db") || name.starts_with("copy") || name.contains(".replaced-")
    };
    let names = listing(place.home()).into_iter();
    names.filter(|name| !known(name)).collect()
}

#[test]
fn whatever_moment_a_restore_is_killed_at_the_store_is_the_old_one_or_the_new_one() {
    let two = Two::new();
    let mut seen: BTreeMap<(Ending, bool), usize> = BTreeMap::new();
    let mut duration = Duration::from_millis(80);
    let (mut killed, mut rounds) = (0, 0);
    while killed < KILLS || seen.len() < 3 {
        rounds += 1;
        assert!(rounds <= ROUNDS, "{seen:?}");
        let before = two.now();
        let wanted = 1 - before;
        let words = format!("restore {} --yes", two.copies[wanted]);
        let start = Instant::now();
        let child = two.place.start(&words);
        let (ending, said) = strike(child, random(duration * 5 / 4), "restore");
        let done = two.now() == wanted;
        *seen.entry((ending, done)).or_default() += 1;
        if ending == Ending::Acknowledged {
            assert!(done, "acknowledged and not restored");
            duration = duration.min(start.elapsed());
        } else {
            killed += 1;
            assert!(
                done || !said.contains("restored"),
                "told and not done: {said}"
            );
        }
        // Whatever was kept is whole.
        for file in kept(&two.place) {
            check_integrity(&file);
            let found = see(&file).document;
            assert!(two.states.contains(&found), "{}", file.display());
            std::fs::remove_file(file).unwrap();
        }
    }
    two.place.must(&format!("restore {} --yes", two.copies[0]));
    assert_eq!(two.now(), 0);
    assert_eq!(left_over(&two.place), [""; 0]);
}

#[test]
fn whatever_moment_a_backup_is_killed_at_there_is_a_whole_one_or_none() {
    let two = Two::new();
    let file = two.place.home().join("copy-new");
    let words = format!("backup {}", file.display());
    let (mut killed, mut made, mut rounds) = (0, 0, 0);
    let mut duration = Duration::from_millis(60);
    while killed < KILLS || made < 5 {
        rounds += 1;
        assert!(rounds <= ROUNDS, "{killed} killed, {made} made");
        let start = Instant::now();
        let child = two.place.start(&words);
        let (ending, said) = strike(child, random(duration * 5 / 4), "backup");
        let there = file.exists();
        assert!(
            there || !said.contains("backed up"),
            "told and not there: {said}"
        );
        if ending == Ending::Acknowledged {
            assert!(there, "acknowledged and not there");
            duration = duration.min(start.elapsed());
        } else {
            killed += 1;
        }
        if there {
            made += 1;
            check_integrity(&file);
            assert_eq!(see(&file).document, two.states[1]);
            std::fs::remove_file(&file).unwrap();
        }
        assert_eq!(two.now(), 1);
    }
    two.place.must(&words);
    assert_eq!(left_over(&two.place), [""; 0]);
}
