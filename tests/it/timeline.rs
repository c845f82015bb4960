//! How an answer became what it is, held against the plainest way to find out: all that was there
//! after each write, asked at each moment at which anything began or ended.

use std::collections::BTreeSet;

use flags::domain::catalog::Revision;
use flags::domain::document::Document;
use flags::domain::key::FeatureKey;
use flags::domain::time::Time;
use flags::domain::value::Answer;
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Cause, HistoryError, Question, Step, Store, StoreError, timeline};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::edits::{Edit, edit, edited};
use crate::oracle::expected;
use crate::project::{author, read, seen};
use crate::random::{now, project};

/// A write: when it counts as made, and what was there afterwards.
type Written = (Time, Document);

/// One change of an answer: when, by which revision (none for the clock), before and after.
type Turned = (Time, Option<Revision>, Option<Answer>, Option<Answer>);

fn questions() -> Vec<Question> {
    let mut questions = Vec::new();
    for id in ["u0", "u1", "u2"] {
        for (within, target) in [
            (None, None),
            (Some("o1"), None),
            (None, Some("workspace:w1")),
        ] {
            questions.push(Question::User {
                id: read(id),
                within: within.map(read),
                targets: target.into_iter().map(read).collect(),
            });
        }
    }
    questions.push(Question::Organization {
        id: read("o0"),
        targets: Vec::new(),
    });
    questions.push(Question::Plan {
        plan: read("p0"),
        targets: vec![read("workspace:w0")],
    });
    questions
}

/// The answer that a document gives, if it knows all that is asked about.
fn answered(
    document: &Document,
    question: &Question,
    feature: &FeatureKey,
    at: Time,
) -> Option<Answer> {
    let known = match question {
        Question::Plan { plan, .. } => document.plans.contains_key(plan),
        Question::Organization { id, .. } => document.organizations.contains_key(id),
        Question::User { id, within, .. } => document.users.get(id).is_some_and(|user| {
            let belongs = |one| user.organizations.contains(one);
            within.as_ref().is_none_or(belongs)
        }),
    };
    let known = known && document.features.contains_key(feature);
    known.then(|| expected(document, question, feature, at).0)
}

/// Every moment at which any override of a document begins or ends.
fn bounds(document: &Document) -> BTreeSet<Time> {
    let held = document.overrides.values().flat_map(|held| held.values());
    held.flat_map(|over| [over.starts, over.expires])
        .flatten()
        .collect()
}

fn plainly(writes: &[Written], question: &Question, feature: &FeatureKey) -> Vec<Turned> {
    let mut turned = Vec::new();
    let mut before = None;
    for (index, (start, document)) in writes.iter().enumerate() {
        let end = writes.get(index + 1).map(|(end, _)| *end);
        let later = bounds(document).into_iter();
        let later = later.filter(|at| at > start && end.is_none_or(|end| *at <= end));
        let revision = Revision(index as u64 + 1);
        let moments = [(*start, Some(revision))].into_iter();
        for (at, by) in moments.chain(later.map(|at| (at, None))) {
            let after = answered(document, question, feature, at);
            if after != before {
                turned.push((at, by, before, after));
            }
            before = after;
        }
    }
    turned
}

fn turned(step: &Step) -> Turned {
    let by = match &step.cause {
        Cause::Write(turn) => Some(turn.entry.revision),
        Cause::Clock(due) => {
            let of_this_moment = |bound: Option<Time>| bound == Some(step.at);
            assert!(
                !due.is_empty()
                    && due.iter().all(|due| match due.ended {
                        true => of_this_moment(due.over.expires),
                        false => of_this_moment(due.over.starts),
                    })
            );
            None
        }
    };
    (step.at, by, step.before.answer, step.after.answer)
}

/// Tells a random story, its writes around the moments at which overrides begin and end, some by
/// clocks that go wrong.
fn written(store: &dyn Store, (project, edits, jitter): Story) -> Vec<Written> {
    let (_, made) = edited(&project, edits);
    let begun = project.into_changes();
    let writes = [begun.changes()]
        .into_iter()
        .chain(made.changes().chunks(2));
    let mut told: Vec<Written> = Vec::new();
    for ((number, changes), wrong) in (0..).zip(writes).zip(jitter.into_iter().cycle()) {
        let seconds = now().unix() - 1_600_000 + number * 200_000 + wrong;
        let by = Author {
            at: seconds * 1000 + 250,
            ..author()
        };
        let changes = changes.iter().cloned().collect();
        let written = store.update(&by, &mut |_| Ok(Clone::clone(&changes)));
        if written.unwrap().revision.0 as usize > told.len() {
            let document = seen(&*store.snapshot().unwrap());
            told.push((Time::from_unix(seconds).unwrap(), document));
        }
    }
    // No write counts as later than one that came after it, or than now.
    let mut since = now();
    for (at, _) in told.iter_mut().rev() {
        since = since.min(*at);
        *at = since;
    }
    told
}

type Story = (Document, Vec<Edit>, Vec<i64>);

fn stories() -> impl Strategy<Value = Story> {
    let jitter = prop_oneof![6 => Just(0_i64), 1 => -500_000..500_000_i64];
    (project(), vec(edit(), 1..24), vec(jitter, 12))
}

fn the_story_is_told_as_it_was(store: &dyn Store, story: Story) {
    let writes = written(store, story);
    let snapshot = store.snapshot().unwrap();
    let latest = snapshot.revision().unwrap();
    for question in questions() {
        for feature in ["b0", "b1", "l0"] {
            let feature = read(feature);
            if writes.is_empty() {
                let told = timeline(&*snapshot, &feature, &question, latest, now());
                let none = StoreError::History(HistoryError::None);
                assert_eq!(told.unwrap_err().to_string(), none.to_string());
                continue;
            }
            let all = plainly(&writes, &question, &feature);
            let told = timeline(&*snapshot, &feature, &question, latest, now()).unwrap();
            let steps: Vec<Turned> = told.steps.iter().chain(&told.next).map(turned).collect();
            assert_eq!(steps, all, "{question:?} {feature}");
            assert!(told.steps.iter().all(|step| step.at <= now()));
            assert!(told.next.iter().all(|step| step.at > now()));
            let (_, document) = writes.last().unwrap();
            let answer = answered(document, &question, &feature, now());
            assert_eq!(told.now.answer, answer, "{question:?} {feature}");
            // As of an earlier revision the story ends there.
            let until = Revision(latest.0 / 2 + 1);
            let early = &writes[..until.0 as usize];
            let (at, document) = early.last().unwrap();
            let told = timeline(&*snapshot, &feature, &question, until, *at).unwrap();
            let steps: Vec<Turned> = told.steps.iter().chain(&told.next).map(turned).collect();
            assert_eq!(
                steps,
                plainly(early, &question, &feature),
                "{question:?} {feature}"
            );
            let answer = answered(document, &question, &feature, *at);
            assert_eq!(told.now.answer, answer, "{question:?} {feature}");
        }
    }
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn every_story_in_memory_is_told_as_it_was() {
    let mut runner = TestRunner::new(config(96));
    let ran = runner.run(&stories(), |story| {
        the_story_is_told_as_it_was(&MemoryStore::new(), story);
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn every_story_in_sqlite_is_told_as_it_was() {
    let mut runner = TestRunner::new(config(12));
    let ran = runner.run(&stories(), |story| {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        the_story_is_told_as_it_was(&store, story);
        Ok(())
    });
    ran.unwrap();
}
