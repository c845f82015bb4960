//! The laws of comparing a token with the store it came from, on random projects and edits.

use std::collections::{BTreeMap, BTreeSet};

use flags::domain::catalog::{Catalog, Revision};
use flags::domain::document::Document;
use flags::domain::key::FeatureKey;
use flags::domain::refusal::Refusal;
use flags::domain::resolve::Resolver;
use flags::domain::subject::{SubjectId, SubjectRecord};
use flags::domain::time::Time;
use flags::domain::value::{Answer, Kind, answer_as_json};
use flags::store::memory::MemoryStore;
use flags::store::{Facts, Past, Scope, Snapshot, Store, StoreError, gather, turns};
use flags::token::Statement;
use flags::token::compare::{Case, Cause, Issue, Row, Side, Verdict, compare};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};

use crate::edits::{Edit, edit, edited};
use crate::project::{about, read, revision, write};
use crate::random::{now, project};

const USERS: [&str; 5] = ["u0", "u1", "u2", "u3", "u4"];

/// A day passes between issue and comparison: overrides begin and end around it.
fn issued() -> Time {
    now().after(-43_200).unwrap()
}

fn compared() -> Time {
    now().after(43_200).unwrap()
}

/// The facts, or nothing for one who is not known.
fn ask(facts: &dyn Facts, catalog: &Catalog, user: &str) -> Option<SubjectRecord> {
    let question = about(&SubjectId::User(read(user)));
    match gather(facts, catalog, Scope::All, &question) {
        Err(StoreError::Refused(Refusal::UnknownSubject(_))) => None,
        record => Some(record.unwrap()),
    }
}

fn answers(
    catalog: &Catalog,
    record: &SubjectRecord,
    at: Time,
) -> BTreeMap<FeatureKey, (Kind, Answer)> {
    let resolver = Resolver::new(catalog);
    let subject = resolver.bind(record);
    let each = resolver.slots().map(|slot| {
        let answer = resolver.decide(&subject, slot, at).answer;
        (resolver.key(slot).clone(), (resolver.kind(slot), answer))
    });
    each.collect()
}

/// What a token says that is issued from these answers, by Astapa's or by WorkOS's claim.
fn said(answers: &BTreeMap<FeatureKey, (Kind, Answer)>, astapa: bool) -> Statement {
    let on = answers.iter().filter(|(_, (_, answer))| answer.is_some());
    let claims: Map<String, Value> = if astapa {
        let features = on.map(|(key, (_, answer))| (key.to_string(), answer_as_json(*answer)));
        let features: Map<String, Value> = features.collect();
        [("features".to_owned(), json!(features))]
            .into_iter()
            .collect()
    } else {
        let slugs = on.filter(|(_, (kind, _))| *kind == Kind::Boolean);
        let slugs: Vec<String> = slugs.map(|(key, _)| key.to_string()).collect();
        [("feature_flags".to_owned(), json!(slugs))]
            .into_iter()
            .collect()
    };
    Statement::read(&claims)
}

/// A project that was edited, a few edits in each write.
fn story((document, edits): (Document, Vec<Edit>)) -> MemoryStore {
    let (_, made) = edited(&document, edits);
    let store = MemoryStore::new();
    write(&store, document.into_changes().changes().to_vec());
    for changes in made.changes().chunks(2) {
        write(&store, changes.to_vec());
    }
    store
}

fn stories() -> impl Strategy<Value = MemoryStore> {
    (project(), vec(edit(), 1..24)).prop_map(story)
}

/// Compares, for everybody, a token that was issued at a revision with the store as it is.
fn each_row(
    store: &MemoryStore,
    at: Revision,
    astapa: bool,
    mut look: impl FnMut(&dyn Snapshot, &str, &Row<'_>),
) {
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, at).unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    for user in USERS {
        let Some(record) = ask(&*snapshot, &catalog, user) else {
            continue;
        };
        let was = ask(&past, past.catalog(), user);
        let answers = was
            .as_ref()
            .map(|was| answers(past.catalog(), was, issued()));
        let said = said(&answers.unwrap_or_default(), astapa);
        let side = |catalog, record, at| Side {
            catalog,
            record,
            elsewhere: None,
            at,
        };
        let issue = match &was {
            Some(was) => Issue::Known(side(past.catalog(), was, issued())),
            None => Issue::Stranger(past.catalog()),
        };
        let case = Case {
            said: &said,
            foreign: false,
            issue,
            now: side(&catalog, &record, compared()),
        };
        for row in compare(&case) {
            look(&*snapshot, user, &row);
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 96, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_token_of_an_earlier_revision_is_the_same_or_stale(store in stories(), which in any::<prop::sample::Index>()) {
        let at = Revision(which.index(revision(&store).0 as usize) as u64 + 1);
        each_row(&store, at, true, |_, user, row| {
            let fine = matches!(row.verdict, Verdict::Same | Verdict::Stale);
            assert!(fine, "{user} {row:?}");
            let agrees = row.said.answer() == row.now.answer();
            assert_eq!(row.verdict == Verdict::Same, agrees, "{user} {row:?}");
        });
        each_row(&store, at, false, |_, user, row| {
            let sane = matches!(row.verdict, Verdict::Same | Verdict::Stale | Verdict::NotCarried);
            assert!(sane, "{user} {row:?}");
        });
    }

    #[test]
    fn what_differs_has_a_cause_and_a_change_since_has_its_write(
        store in stories(), which in any::<prop::sample::Index>(),
    ) {
        let at = Revision(which.index(revision(&store).0 as usize) as u64 + 1);
        each_row(&store, at, true, |snapshot, user, row| {
            let off = row.now.answer() == Some(None);
            assert_eq!(row.cause.is_some(), off || row.verdict != Verdict::Same, "{user} {row:?}");
            if row.cause == Some(Cause::ChangedSince) {
                it_was_turned(snapshot, at, user, &row.feature);
            }
        });
    }
}

/// Finds the write, and that the answer before it was another one than now. There is none where
/// time and a write did the same: an override began, say, and was exchanged for a plan's grant.
fn it_was_turned(snapshot: &dyn Snapshot, since: Revision, user: &str, feature: &str) {
    let key: FeatureKey = read(feature);
    let features: BTreeSet<FeatureKey> = [key.clone()].into();
    let parties = [
        "user:u0", "user:u1", "user:u2", "user:u3", "user:u4", "org:o0", "org:o1", "org:o2",
        "org:o3",
    ];
    let parties = parties.into_iter().map(read).collect();
    let about = |facts: &dyn Facts, catalog: &Catalog| Ok(ask(facts, catalog, user));
    let past = Past::of(snapshot, since).unwrap();
    let found = turns(&past, &features, &parties, &[], compared(), &about).unwrap();
    let answer = |revision: u64| {
        let past = Past::of(snapshot, Revision(revision)).unwrap();
        let record = ask(&past, past.catalog(), user)?;
        answers(past.catalog(), &record, compared())
            .get(&key)
            .copied()
    };
    let last = snapshot.revision().unwrap().0;
    let Some(turn) = found.get(&key) else {
        assert!(
            (since.0..=last).all(|one| answer(one) == answer(last)),
            "{feature} for {user}"
        );
        return;
    };
    let at = turn.entry.revision.0;
    assert!(at > since.0 && !turn.changes.is_empty(), "{turn:?}");
    assert_ne!(answer(at - 1), answer(at));
    assert!(
        (at..=last).all(|later| answer(later) == answer(last)),
        "{turn:?}"
    );
}

#[test]
fn random_stories_have_rows_of_every_sort() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..60 {
        let store = stories().new_tree(&mut runner).unwrap().current();
        each_row(&store, Revision(1), true, |_, _, row| {
            *seen
                .entry((row.verdict, row.cause.map(Cause::code)))
                .or_insert(0) += 1;
        });
    }
    for cause in ["changed_since", "override_expired", "override_started"] {
        assert!(
            seen.get(&(Verdict::Stale, Some(cause)))
                .is_some_and(|n| *n >= 5),
            "{seen:?}"
        );
    }
    assert!(seen[&(Verdict::Same, None)] > 50, "{seen:?}");
}
