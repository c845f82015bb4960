//! Making a store, killed: there is a whole one or none, and the next `init` clears up.

use std::time::{Duration, Instant};

use super::killed::{Ending, random, strike};
use super::program::Place;
use super::witness::{check_integrity, listing, see};

const KILLS: usize = 40;
const ROUNDS: usize = 400;

#[test]
fn a_store_whose_making_is_killed_is_whole_or_absent() {
    let (mut killed, mut made, mut rounds) = (0, 0, 0);
    let mut duration = Duration::from_millis(50);
    let mut place = fresh();
    while killed < KILLS || made < KILLS / 4 {
        rounds += 1;
        assert!(rounds <= ROUNDS, "{killed} killed, {made} made");
        let delay = random(duration * 3 / 2);
        let (ending, said) = strike(place.start("init"), delay, "init");
        killed += usize::from(ending == Ending::Killed);
        let there = place.store().exists();
        assert!(
            there || ending == Ending::Killed,
            "acknowledged and not there"
        );
        assert!(
            there || !said.contains("made"),
            "told and not there: {said}"
        );
        if there {
            made += 1;
            whole(&place);
        }
        let start = Instant::now();
        place.must("init");
        if !there {
            duration = start.elapsed();
        }
        cleared_up(&place);
        // Half the time the next one meets what this one left, without its store.
        if rounds % 2 == 0 {
            place = fresh();
        } else {
            std::fs::remove_file(place.store()).unwrap();
            for beside in ["flags.db-wal", "flags.db-shm"] {
                let _ = std::fs::remove_file(place.store().with_file_name(beside));
            }
        }
    }
}

/// A home in which even the directory of the store is missing.
fn fresh() -> Place {
    let place = Place::new();
    let store = place.home().join("deep/er/flags.db");
    place.storing(store)
}

fn whole(place: &Place) {
    check_integrity(place.store());
    assert_eq!(see(place.store()).revision, 0);
}

/// After an `init` that nobody disturbed: a store, a profile that names it, nothing left over.
fn cleared_up(place: &Place) {
    whole(place);
    let left = listing(place.store().parent().unwrap());
    assert!(
        left.iter().all(|name| name.starts_with("flags.db")),
        "{left:?}"
    );
    let mut by_profile = place.command("export");
    let output = by_profile.env_remove("FLAGS_STORE").output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn of_many_who_make_the_same_store_at_once_each_succeeds_and_one_makes_it() {
    for _ in 0..5 {
        let place = fresh();
        let children: Vec<_> = (0..8)
            .map(|_| place.start("init --json=created,profile_created"))
            .collect();
        let mut made = (0, 0);
        for child in children {
            let ran = super::program::ran(child.wait_with_output().unwrap());
            assert_eq!(ran.code, Some(0), "{ran:?}");
            made.0 += usize::from(ran.out.contains("\"created\": true"));
            made.1 += usize::from(ran.out.contains("\"profile_created\": true"));
        }
        assert_eq!(made, (1, 1));
        cleared_up(&place);
    }
}
