//! Sixteen processes that write at once, again and again.

use std::collections::BTreeSet;

use flags::domain::change::{Change, ChangeSet};
use flags::domain::overrides::{Effect, Override};
use flags::domain::value::Value;

use super::program::Place;
use super::witness::{check_history, check_integrity, see, written};

const PROCESSES: u64 = 16;
const WRITES: u64 = 50;
/// Fewer where all want the same row: the order of their writes is the point, not the number.
const WRITES_ON_ONE: u64 = 10;

/// A store with a limit that can be overridden.
fn place() -> Place {
    let place = Place::with_store();
    place.must("feature define seats --type limit");
    place
}

/// Runs 16 threads that each run the program so many times, one after another; none may fail.
fn crowd(place: &Place, writes: u64, words: impl Fn(u64) -> String + Sync) {
    let words = &words;
    std::thread::scope(|scope| {
        for process in 0..PROCESSES {
            scope.spawn(move || {
                for write in 0..writes {
                    place.must(&words(process * writes + write));
                }
            });
        }
    });
}

#[test]
fn sixteen_processes_that_write_at_once_lose_nothing_and_none_fails() {
    let place = place();
    crowd(&place, WRITES, |number| {
        format!("set seats {number} --user u{number} --create")
    });
    let seen = see(place.store());
    assert_eq!(seen.revision, 1 + PROCESSES * WRITES);
    let overrides = seen.document["overrides"].as_object().unwrap();
    assert_eq!(overrides.len() as u64, PROCESSES * WRITES);
    for number in 0..PROCESSES * WRITES {
        let over = &overrides[&format!("user:u{number}")]["seats"]["grant"];
        assert_eq!(*over, number);
    }
    check_integrity(place.store());
    check_history(place.store());
}

#[test]
fn of_sixteen_processes_that_write_the_same_the_last_wins_and_each_saw_the_one_before() {
    let place = place();
    place.must("user assign u1");
    crowd(&place, WRITES_ON_ONE, |number| {
        format!("set seats {number} --user u1")
    });
    let seen = see(place.store());
    assert_eq!(seen.revision, 2 + PROCESSES * WRITES_ON_ONE);
    let mut values = BTreeSet::new();
    let mut last = None;
    for revision in 3..=seen.revision {
        let (before, after) = override_written(&written(place.store(), revision).1);
        assert_eq!(before, last, "revision {revision}");
        values.insert(value(&after));
        last = after;
    }
    assert!(values.iter().copied().eq(0..PROCESSES * WRITES_ON_ONE));
    let over = &seen.document["overrides"]["user:u1"]["seats"]["grant"];
    assert_eq!(*over, value(&last));
    check_history(place.store());
}

fn override_written(changes: &ChangeSet) -> (Option<Override>, Option<Override>) {
    match changes.changes() {
        [Change::Override { before, after, .. }] => (before.clone(), after.clone()),
        others => panic!("{others:?}"),
    }
}

fn value(over: &Option<Override>) -> u64 {
    match over.as_ref().map(|over| over.effect) {
        Some(Effect::Grant(Value::Limit(limit))) => limit.to_string().parse().unwrap(),
        other => panic!("{other:?}"),
    }
}
