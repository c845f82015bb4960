//! The past is what was there: on random projects and edits, every revision led back to says what
//! was said when it was the latest.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use flags::domain::catalog::{Catalog, Revision};
use flags::domain::change::Change;
use flags::domain::document::{Document, Misfit};
use flags::domain::resolve::Resolver;
use flags::domain::subject::SubjectId;
use flags::domain::target::{Id, ListId, Target};
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{
    Author, Facts, HistoryError, Parts, Past, Scope, Snapshot, Store, StoreError, export,
    export_of, gather,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::edits::{Edit, edit, edited};
use crate::project::{about, author, document, everything, read, seen, write};
use crate::random::{now, project};

const USERS: [&str; 5] = ["u0", "u1", "u2", "u3", "u4"];
const ORGANIZATIONS: [&str; 4] = ["o0", "o1", "o2", "o3"];
/// Beside the subjects, all that a random rule can name.
const OTHERS: [&str; 7] = [
    "user:ghost",
    "org:ghost",
    "workspace:w0",
    "workspace:w1",
    "workspace:w2",
    "team:w0",
    "team:u0",
];
/// The writes are a second apart.
const SECOND: i64 = 1000;

fn subjects() -> Vec<SubjectId> {
    let users = USERS.iter().map(|id| SubjectId::User(read(id)));
    let organizations = ORGANIZATIONS.iter();
    let organizations = organizations.map(|id| SubjectId::Organization(read(id)));
    users.chain(organizations).collect()
}

/// Everything that can be known, in words: what is kept about everybody, who is named by which
/// rule, the definitions, and which revision set what. The numbers of lists are no part of it.
fn all_known(facts: &dyn Facts, catalog: &Catalog) -> String {
    let mut named: BTreeMap<ListId, BTreeSet<Target>> = BTreeMap::new();
    let others = OTHERS.iter().map(|target| read(target));
    for target in subjects().iter().map(SubjectId::target).chain(others) {
        for list in facts.lists_naming(&target).unwrap() {
            named.entry(list).or_default().insert(target.clone());
        }
    }
    let mut lines = vec![format!("{:?}", catalog.settings)];
    for (key, entry) in &catalog.features {
        let marks = (entry.revision, entry.audience_revision);
        let audience = entry
            .audience
            .try_map(|_, list| Ok::<_, Infallible>(named.remove(list).unwrap_or_default()));
        lines.push(format!("{key} {marks:?} {:?} {audience:?}", entry.feature));
    }
    assert!(named.is_empty(), "lists of no rule: {named:?}");
    lines.extend(catalog.plans.iter().map(|plan| format!("{plan:?}")));
    for subject in subjects() {
        let id: &Id = subject.id();
        let kept = match &subject {
            SubjectId::User(_) => format!("{:?}", facts.user(id).unwrap()),
            SubjectId::Organization(_) => format!("{:?}", facts.organization(id).unwrap()),
        };
        let held = facts.overrides_of(&subject, Scope::All).unwrap();
        lines.push(format!("{subject} {kept} {held:?}"));
    }
    lines.join("\n")
}

/// What a store says at one moment.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    known: String,
    document: Document,
    catalog: Document,
    /// By subject: the answer for every feature.
    answers: Vec<String>,
}

impl Told {
    fn by(snapshot: &dyn Snapshot) -> Self {
        let catalog = snapshot.catalog(Scope::All).unwrap();
        Self {
            known: all_known(snapshot, &catalog),
            document: seen(snapshot),
            catalog: export(snapshot, Parts::default()).unwrap(),
            answers: answers(snapshot, &catalog),
        }
    }

    fn by_past(past: &Past<'_>, present: &dyn Snapshot) -> Self {
        let parts = Parts {
            subjects: true,
            overrides: true,
        };
        let revision = past.revision();
        Self {
            known: all_known(past, past.catalog()),
            document: export_of(present, revision, parts).unwrap(),
            catalog: export_of(present, revision, Parts::default()).unwrap(),
            answers: answers(past, past.catalog()),
        }
    }
}

/// Every answer to everybody, in words; that somebody is not known is one, too.
fn answers(facts: &dyn Facts, catalog: &Catalog) -> Vec<String> {
    let resolver = Resolver::new(catalog);
    let mut answers = Vec::new();
    for subject in subjects() {
        let record = match gather(facts, catalog, Scope::All, &about(&subject)) {
            Ok(record) => record,
            Err(StoreError::Refused(refusal)) => {
                answers.push(refusal.to_string());
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        let bound = resolver.bind(&record);
        for (slot, late) in resolver
            .slots()
            .flat_map(|slot| [(slot, 0), (slot, 2_000_000)])
        {
            let at = now().after(late).unwrap();
            let decision = resolver.decide(&bound, slot, at);
            answers.push(format!("{subject} {} {decision:?}", resolver.key(slot)));
        }
    }
    answers
}

/// Writes a random project and then the edits of it, a few in each write; takes down what is said
/// after each.
fn told(store: &dyn Store, begun: &[Change], made: &[Change]) -> Vec<Told> {
    let writes = [begun].into_iter().chain(made.chunks(3));
    let mut told = Vec::new();
    for (number, changes) in (0..).zip(writes) {
        let at = author().at + number * SECOND;
        let changes = changes.iter().cloned().collect();
        let by = Author { at, ..author() };
        let written = store.update(&by, &mut |_| Ok(Clone::clone(&changes)));
        if written.unwrap().revision.0 as usize == told.len() {
            // An empty project: there is nothing to write.
            continue;
        }
        told.push(Told::by(&*store.snapshot().unwrap()));
    }
    told
}

fn every_revision_is_led_back_to(store: &dyn Store, (project, edits): (Document, Vec<Edit>)) {
    let (_, made) = edited(&project, edits);
    let begun = project.into_changes();
    let told = told(store, begun.changes(), made.changes());
    let snapshot = store.snapshot().unwrap();
    for (revision, expected) in (1..).map(Revision).zip(&told) {
        let past = Past::of(&*snapshot, revision).unwrap();
        let past = past.with_revisions().unwrap();
        assert_eq!(Told::by_past(&past, &*snapshot), *expected, "{revision}");
        let moment = author().at + (revision.0.cast_signed() - 1) * SECOND;
        for moment in [moment, moment + SECOND - 1] {
            let past = Past::at(&*snapshot, moment).unwrap();
            assert_eq!(past.revision(), revision, "{moment}");
        }
    }
    let early = Past::at(&*snapshot, author().at - 1).map(|past| past.revision());
    assert!(matches!(
        early,
        Err(StoreError::History(
            HistoryError::Before { .. } | HistoryError::None
        ))
    ));
}

fn stories() -> impl Strategy<Value = (Document, Vec<Edit>)> {
    (project(), vec(edit(), 1..24))
}

#[test]
fn a_document_takes_back_the_last_change_and_no_other() {
    let mut runner = TestRunner::new(config(64));
    let ran = runner.run(&stories(), |(project, edits)| {
        let (_, made) = edited(&project, edits);
        let store = MemoryStore::from_document(project).unwrap();
        for change in made.changes() {
            let before = everything(&store);
            write(&store, [change.clone()]);
            let mut document = everything(&store);
            assert_eq!(document.take_back(change), Ok(()), "{change:?}");
            assert_eq!(document, before, "{change:?}");
            // A rule put in or taken out has moved others, which may be its like.
            if !matches!(change, Change::Rule { .. }) {
                assert_eq!(document.take_back(change), Err(Misfit), "{change:?}");
            }
        }
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn what_still_hangs_on_a_feature_or_plan_is_not_forgotten_with_it() {
    let text = r#""features": {"sso": {"type": "boolean", "targeting": {"default": true}}},
        "plans": {"pro": {"grants": {"sso": true}}}"#;
    let whole = document(text);
    for taken in whole.clone().into_changes().changes() {
        if matches!(taken, Change::Feature { .. } | Change::Plan { .. }) {
            assert_eq!(whole.clone().take_back(taken), Err(Misfit), "{taken:?}");
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
fn every_revision_in_memory_is_what_it_was() {
    let mut runner = TestRunner::new(config(128));
    let ran = runner.run(&stories(), |story| {
        every_revision_is_led_back_to(&MemoryStore::new(), story);
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn every_revision_in_sqlite_is_what_it_was() {
    let mut runner = TestRunner::new(config(32));
    let ran = runner.run(&stories(), |story| {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        every_revision_is_led_back_to(&store, story);
        Ok(())
    });
    ran.unwrap();
}
