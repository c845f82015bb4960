//! Taking writes back, on random projects and random writes.

mod flat;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use flags::domain::catalog::Revision;
use flags::domain::change::{Change, ChangeSet};
use flags::domain::document::Document;
use flags::domain::target::{Members, Rule};
use flags::domain::text::Name;
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Store, StoreError, Undo};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::answers::stored;
use crate::edits::{Edit, edit};
use crate::project::{author, everything, fill, revision, try_write, write};
use crate::random::project;
use flat::{Flat, Patch, Verdict, flat, patch, verdict};

/// Takes a revision back, or tells which ones stand in the way.
fn undo(store: &dyn Store, number: Revision) -> Result<Revision, Vec<Revision>> {
    let mut way = Vec::new();
    let written = store.update(&author(), &mut |snapshot| {
        let undo = Undo::of(snapshot, number)?.unwrap();
        way = undo
            .conflicts()
            .iter()
            .map(|found| found.revision)
            .collect();
        if !way.is_empty() {
            return Err(StoreError::GivenUp);
        }
        let mut changes = Vec::new();
        undo.changes(&mut |change| {
            changes.push(change);
            ControlFlow::Continue(())
        })?;
        Ok(ChangeSet::new(changes))
    });
    match written {
        Ok(written) => Ok(written.revision),
        Err(StoreError::GivenUp) => Err(way),
        Err(other) => panic!("{number}: {other}"),
    }
}

/// Takes a revision back, and before it whatever stands in its way.
fn undo_all(store: &dyn Store, number: Revision) {
    while let Err(way) = undo(store, number) {
        assert!(
            way.is_sorted_by(|later, earlier| later > earlier),
            "{way:?}"
        );
        undo_all(store, way[0]);
    }
}

/// Gives each rule that is put in a name that no other has.
fn named(change: Change, names: &mut u32) -> Change {
    match change {
        Change::Rule {
            feature,
            index,
            before,
            after,
        } => Change::Rule {
            feature,
            index,
            before,
            after: after.map(|rule| renamed(rule, names)),
        },
        other => other,
    }
}

fn renamed(rule: Rule<Members>, names: &mut u32) -> Rule<Members> {
    *names += 1;
    let id = Name::new(&format!("r{names}")).unwrap();
    Rule { id, ..rule }
}

/// A story as it is told in a store: what was there after each write, the first of them included.
struct Told {
    exports: Vec<Document>,
    names: u32,
}

/// Writes a project and then, in one write each, what is possible of some edits.
fn told(store: &dyn Store, project: &Document, writes: Vec<Vec<Edit>>) -> Told {
    let mut names = 0;
    let begun = project.clone().into_changes();
    let begun = begun.changes().iter().cloned();
    let begun: Vec<Change> = begun.map(|change| named(change, &mut names)).collect();
    let mut exports = vec![everything(store)];
    if !begun.is_empty() {
        write(store, begun);
        exports.push(everything(store));
    }
    let mut told = Told { exports, names };
    for edits in writes {
        told.write(store, edits);
    }
    told
}

impl Told {
    fn write(&mut self, store: &dyn Store, edits: Vec<Edit>) {
        let scratch = stored(&everything(store));
        let mut made = Vec::new();
        let mut altered: BTreeSet<String> = BTreeSet::new();
        for edit in edits {
            let changes = edit.changes(&*scratch.snapshot().unwrap());
            let changes = changes.changes().iter().cloned();
            let changes: Vec<Change> = changes
                .map(|change| named(change, &mut self.names))
                .collect();
            let before = flat(&everything(&scratch));
            let Ok(written) = try_write(&scratch, changes) else {
                continue;
            };
            // No command alters a thing twice in one write, so that it might be what it was.
            let alters = patch(&before, &flat(&everything(&scratch)));
            let twice = |path: &String| !path.ends_with("/order") && altered.contains(path);
            if alters.keys().any(twice) {
                write(&scratch, written.changes.reversed().changes().to_vec());
            } else {
                altered.extend(alters.into_keys());
                made.extend(written.changes.changes().to_vec());
            }
        }
        if !made.is_empty() {
            write(store, made);
            self.exports.push(everything(store));
        }
        assert_eq!(revision(store).0 as usize, self.exports.len() - 1);
    }

    /// Takes a revision back and takes down what is there then.
    fn undo(&mut self, store: &dyn Store, number: Revision) -> Result<(), Vec<Revision>> {
        let before = revision(store);
        let written = undo(store, number)?;
        if written > before {
            self.exports.push(everything(store));
        }
        Ok(())
    }
}

fn writes() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    vec(vec(edit(), 1..4), 1..14)
}

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let ran = TestRunner::new(config).run(strategy, |value| {
        test(value);
        Ok(())
    });
    ran.unwrap();
}

fn all_are_taken_back(store: &dyn Store, project: &Document, writes: Vec<Vec<Edit>>) {
    let told = told(store, project, writes);
    for number in (1..told.exports.len()).rev() {
        let latest = revision(store);
        undo(store, Revision(number as u64)).unwrap();
        assert_eq!(everything(store), told.exports[number - 1], "{number}");
        assert_eq!(revision(store), latest.next());
    }
    // All of that can be taken back in turn, first the last that was taken back.
    let last = 2 * (told.exports.len() - 1);
    for (number, export) in (told.exports.len()..=last).rev().zip(&told.exports[1..]) {
        undo(store, Revision(number as u64)).unwrap();
        assert_eq!(everything(store), *export, "{number}");
    }
}

#[test]
fn every_write_taken_back_latest_first_leads_to_each_earlier_export_and_forth_again() {
    run(96, &(project(), writes()), |(project, writes)| {
        all_are_taken_back(&MemoryStore::new(), &project, writes);
    });
}

#[test]
fn in_sqlite_too_every_write_is_taken_back() {
    run(16, &(project(), writes()), |(project, writes)| {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        all_are_taken_back(&store, &project, writes);
    });
}

/// Takes each write back and puts it in again, and holds it against what has to come of it.
fn each_is_judged_rightly(store: &MemoryStore, told: &Told) {
    let flats: Vec<Flat> = told.exports.iter().map(flat).collect();
    let pairs = flats.windows(2);
    let mut patches: Vec<Patch> = pairs.map(|two| patch(&two[0], &two[1])).collect();
    let now = everything(store);
    let flat_now = flat(&now);
    let mut refused = None;
    for number in 0..told.exports.len() - 1 {
        let target = Revision(number as u64 + 1);
        let expected = verdict(&patches[number], &patches[number + 1..], &flat_now);
        let found = match undo(store, target) {
            Ok(written) => {
                let back = flat(&everything(store));
                undo(store, written).unwrap();
                assert_eq!(everything(store), now, "{target} and back");
                // Both are in nobody's way from here on.
                patches.push(patch(&flat_now, &back));
                patches.push(patch(&back, &flat_now));
                Verdict::Back(back)
            }
            Err(way) => {
                refused = Some(target);
                let way = way.iter().map(|found| found.0 as usize - 1);
                Verdict::InTheWay(way.collect())
            }
        };
        match (expected, found) {
            (Verdict::Crowded, Verdict::InTheWay(way)) => assert!(!way.is_empty()),
            (Verdict::InTheWay(way), found) => {
                let way = way.into_iter().map(|later| later + number + 1);
                assert_eq!(found, Verdict::InTheWay(way.collect()), "{target}");
            }
            (expected, found) => assert_eq!(found, expected, "{target}"),
        }
    }
    if let Some(target) = refused {
        undo_all(store, target);
    }
}

#[test]
fn a_write_in_the_middle_is_taken_back_alone_or_exactly_those_in_its_way_are_named() {
    run(96, &(project(), writes()), |(project, writes)| {
        let store = MemoryStore::new();
        let told = told(&store, &project, writes);
        each_is_judged_rightly(&store, &told);
    });
}

#[test]
fn what_was_taken_back_since_is_in_nobodys_way() {
    let picks = vec(any::<prop::sample::Index>(), 1..6);
    run(
        128,
        &(project(), writes(), picks, writes()),
        |(project, first, picks, second)| {
            let store = MemoryStore::new();
            let mut told = told(&store, &project, first);
            for pick in picks {
                if told.exports.len() > 1 {
                    let number = Revision(pick.index(told.exports.len() - 1) as u64 + 1);
                    // Whether it can be is judged below.
                    drop(told.undo(&store, number));
                }
            }
            for edits in second.into_iter().take(3) {
                told.write(&store, edits);
            }
            each_is_judged_rightly(&store, &told);
        },
    );
}

#[test]
fn there_is_nothing_to_say_about_a_revision_that_is_not_there() {
    let store = MemoryStore::new();
    fill(
        &store,
        crate::project::document(r#""features": {"beta": {"type": "boolean"}}"#),
    );
    let snapshot = store.snapshot().unwrap();
    for number in [0, 2, u64::MAX] {
        assert!(Undo::of(&*snapshot, Revision(number)).unwrap().is_none());
    }
}
