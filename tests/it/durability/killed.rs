//! SIGKILL at random moments of writing commands.
//!
//! A run ends in one of three ways: it exits 0 (then the write must be there), it is killed and
//! the write is there (it had been committed, and nobody was told), or it is killed and the write
//! is not there at all. When it is struck is spread over its real duration, as measured before,
//! and a little beyond; the test goes on until every one of these endings has been seen often
//! enough.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::program::Place;
use super::story::{KINDS, Kind, Step, beginning, lead, prepare, step};
use super::witness::{check_history, check_integrity, listing, see, written};

/// What one of the two stores has to see: the whole test, twice as much.
const KILLS: u64 = 100;
const ABSENT: u64 = 40;
const PRESENT: u64 = 5;
const ACKNOWLEDGED: u64 = 20;
/// Where it is taken for hopeless.
const ROUNDS: u64 = 2_000;

#[test]
fn whatever_moment_a_write_is_killed_at_it_is_whole_or_absent() {
    std::thread::scope(|scope| {
        scope.spawn(story);
        scope.spawn(story);
    });
}

fn story() {
    let mut world = World::new();
    while !world.enough() {
        world.round();
    }
    world.end();
}

/// What became of a run that was struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// It had exited 0.
    Acknowledged,
    /// It was killed before.
    Killed,
}

/// Kills a run after a delay; returns what became of it and what it had said by then.
pub(super) fn strike(mut child: Child, delay: Duration, what: &str) -> (Ending, String) {
    std::thread::sleep(delay);
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    match (output.status.code(), output.status.signal()) {
        (Some(0), _) => (Ending::Acknowledged, said),
        (_, Some(9)) => (Ending::Killed, said),
        _ => panic!("{what}: {output:?}"),
    }
}

/// A duration below this one, another one each time.
pub(super) fn random(below: Duration) -> Duration {
    let share = RandomState::new().hash_one(0) >> 40;
    below.mul_f64(share as f64 / f64::from(1 << 24))
}

struct World {
    place: Place,
    project: Value,
    revision: u64,
    round: u64,
    /// How long a write takes that is left alone.
    durations: BTreeMap<Kind, Duration>,
    acknowledged: u64,
    present: u64,
    absent: u64,
}

impl World {
    fn new() -> Self {
        let place = Place::with_store();
        let project = beginning();
        lead(
            place.store(),
            &json!({"format": "flags.catalog/1"}),
            &project,
        );
        let mut world = Self {
            place,
            project,
            revision: 1,
            round: 0,
            durations: BTreeMap::new(),
            acknowledged: 0,
            present: 0,
            absent: 0,
        };
        for kind in KINDS {
            world.left_alone(kind);
        }
        world
    }

    fn enough(&self) -> bool {
        self.present + self.absent >= KILLS
            && self.absent >= ABSENT
            && self.present >= PRESENT
            && self.acknowledged >= ACKNOWLEDGED
    }

    fn next(&mut self, kind: Kind) -> Step {
        self.round += 1;
        let (project, revisions) = prepare(self.place.store(), &self.project, kind);
        (self.project, self.revision) = (project, self.revision + revisions);
        step(&self.project, kind, self.round)
    }

    /// A write that nobody disturbs, to see how long it takes.
    fn left_alone(&mut self, kind: Kind) {
        let step = self.next(kind);
        let start = Instant::now();
        self.place.must(&step.words);
        self.durations.insert(kind, start.elapsed());
        self.check(&step, true, "");
    }

    fn round(&mut self) {
        let counts = (self.acknowledged, self.present, self.absent);
        assert!(self.round < ROUNDS, "after {ROUNDS} rounds, {counts:?}");
        let kind = KINDS[self.round as usize % KINDS.len()];
        let step = self.next(kind);
        let delay = random(self.durations[&kind] * 5 / 4);
        let child = self.place.start(&step.words);
        let (ending, said) = strike(child, delay, &step.words);
        self.check(&step, ending == Ending::Acknowledged, &said);
    }

    /// Looks whether the write is there, wholly, or not at all; and there, if somebody was told.
    fn check(&mut self, step: &Step, acknowledged: bool, said: &str) {
        let store = self.place.store();
        let what = &step.words;
        check_integrity(store);
        let seen = see(store);
        let present = seen.revision != self.revision;
        assert_eq!(seen.revision, self.revision + u64::from(present), "{what}");
        let expected = if present { &step.after } else { &self.project };
        assert_eq!(seen.document, *expected, "{what}");
        let told = acknowledged || said.contains("revision ");
        assert!(present || !told, "{what}: told and not there: {said}");
        let (entry, changes) = written(store, self.revision + 1);
        let command = entry.map(|entry| entry.command);
        assert_eq!(
            command.as_deref(),
            present.then_some(step.command),
            "{what}"
        );
        assert_eq!(changes.is_empty(), !present, "{what}");
        self.check_files();
        match (acknowledged, present) {
            (true, _) => self.acknowledged += 1,
            (false, true) => self.present += 1,
            (false, false) => self.absent += 1,
        }
        (self.project, self.revision) = (seen.document, seen.revision);
    }

    /// A killed writer leaves its log behind, and nothing else that the next would not use.
    fn check_files(&self) {
        let ours = ["flags.db", "flags.db-shm", "flags.db-wal"];
        let found = listing(self.place.home());
        assert!(
            found.iter().all(|name| ours.contains(&name.as_str())),
            "{found:?}"
        );
        let log = self.place.home().join("flags.db-wal");
        let length = log.metadata().map_or(0, |found| found.len());
        // SQLite folds the log back at 1000 pages of 4 KiB.
        assert!(length < 8 << 20, "the log grew to {length} bytes");
    }

    /// The next who is left alone finds nothing to complain of, and clears the log away.
    fn end(mut self) {
        self.left_alone(Kind::Set);
        check_history(self.place.store());
        let log = self.place.home().join("flags.db-wal");
        assert_eq!(log.metadata().map_or(0, |found| found.len()), 0);
    }
}
