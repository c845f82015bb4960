//! Small words for putting projects together and looking at them.

use std::fmt::Debug;
use std::ops::ControlFlow;
use std::str::FromStr;

use flags::domain::catalog::{Catalog, Revision};
use flags::domain::change::{Change, ChangeSet};
use flags::domain::document::Document;
use flags::domain::overrides::{Effect, Override};
use flags::domain::refusal::Refusal;
use flags::domain::subject::{Organization, SubjectId, SubjectRecord, User};
use flags::domain::target::{Audience, Id, Members};
use flags::domain::value::{Limit, Value};
use flags::store::{
    Among, Author, Head, Parts, Question, Scope, Snapshot, Store, StoreError, Visit, Written,
    export,
};

/// Parses a key, an identifier, a target and the like.
pub(crate) fn read<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub(crate) fn limit(number: u64) -> Value {
    Value::Limit(Limit::new(number).unwrap())
}

pub(crate) fn grant(value: Value) -> Override {
    Override {
        effect: Effect::Grant(value),
        ..revoke()
    }
}

pub(crate) fn revoke() -> Override {
    Override {
        effect: Effect::Revoke,
        reason: None,
        starts: None,
        expires: None,
    }
}

pub(crate) fn author() -> Author {
    Author {
        at: 1_795_000_000_000,
        actor: "ann@example.com".to_owned(),
        command: "test".to_owned(),
        reason: None,
        request: None,
    }
}

/// A document from its text without the `format`.
pub(crate) fn document(members: &str) -> Document {
    let text = format!(r#"{{"format": "flags.catalog/1", {members}}}"#);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn try_write(
    store: &dyn Store,
    changes: impl IntoIterator<Item = Change>,
) -> Result<Written, StoreError> {
    let changes = ChangeSet::new(changes);
    store.update(&author(), &mut |_| Ok(changes.clone()))
}

pub(crate) fn write(store: &dyn Store, changes: impl IntoIterator<Item = Change>) -> Written {
    try_write(store, changes).unwrap()
}

/// Writes a whole document into an empty store.
pub(crate) fn fill(store: &dyn Store, document: Document) -> Written {
    write(store, document.into_changes().changes().iter().cloned())
}

/// Tries to write and hands over why that is refused.
pub(crate) fn refusal(store: &dyn Store, changes: impl IntoIterator<Item = Change>) -> Refusal {
    let before = everything(store);
    let revision = revision(store);
    let refused = match try_write(store, changes) {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    };
    assert_eq!(everything(store), before, "a refused write left something");
    assert_eq!(self::revision(store), revision);
    refused
}

/// The complete export.
pub(crate) fn everything(store: &dyn Store) -> Document {
    seen(&*store.snapshot().unwrap())
}

/// The override that a subject holds.
pub(crate) fn held(store: &dyn Store, subject: &str, feature: &str) -> Override {
    let held = everything(store).overrides.remove(&read(subject));
    held.unwrap().remove(feature).unwrap()
}

pub(crate) fn seen(snapshot: &dyn Snapshot) -> Document {
    let parts = Parts {
        subjects: true,
        overrides: true,
    };
    export(snapshot, parts).unwrap()
}

pub(crate) fn catalog(store: &dyn Store) -> Catalog {
    store.snapshot().unwrap().catalog(Scope::All).unwrap()
}

pub(crate) fn revision(store: &dyn Store) -> Revision {
    store.snapshot().unwrap().revision().unwrap()
}

/// Where a store's history ends.
pub(crate) fn head(store: &dyn Store) -> Head {
    let snapshot = store.snapshot().unwrap();
    let revision = snapshot.revision().unwrap();
    let digest = snapshot.digest(revision).unwrap().unwrap_or_default();
    Head { revision, digest }
}

pub(crate) fn audience(store: &dyn Store, feature: &str) -> Audience<Members> {
    let snapshot = store.snapshot().unwrap();
    snapshot.audience(&read(feature)).unwrap().unwrap()
}

/// Everything that a walk visits.
pub(crate) fn walked<T>(walk: impl FnOnce(&mut Visit<'_, T>) -> Result<(), StoreError>) -> Vec<T> {
    let mut rows = Vec::new();
    walk(&mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

/// What a walk visits if it is stopped at the second row.
pub(crate) fn walked_for_two<T>(
    walk: impl FnOnce(&mut Visit<'_, T>) -> Result<(), StoreError>,
) -> Vec<T> {
    let mut rows = Vec::new();
    walk(&mut |row| {
        rows.push(row);
        match rows.len() {
            2 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    })
    .unwrap();
    rows
}

/// What a walk tells of every subject, users first, in the order of their identifiers.
pub(crate) fn records(
    snapshot: &dyn Snapshot,
    scope: Scope<'_>,
    among: Among<'_>,
) -> Vec<(SubjectId, SubjectRecord)> {
    let mut records = Vec::new();
    let walked = snapshot.briefs(scope, among, &mut |brief| {
        records.push((brief.subject().unwrap(), brief.to_record()));
        ControlFlow::Continue(())
    });
    walked.unwrap();
    records.sort_by(|(a, _), (b, _)| a.cmp(b));
    records
}

/// What a walk keeps of a record: what decides.
pub(crate) fn decisive(mut record: SubjectRecord) -> SubjectRecord {
    for party in record.user.iter_mut().chain(&mut record.organizations) {
        for held in party.overrides.values_mut() {
            *held = flags::domain::brief::decisive(&held.over);
        }
    }
    record
}

pub(crate) fn put_user(id: &str, before: Option<User>, after: Option<User>) -> Change {
    let id = read(id);
    Change::User { id, before, after }
}

pub(crate) fn put_organization(
    id: &str,
    before: Option<Organization>,
    after: Option<Organization>,
) -> Change {
    let id = read(id);
    Change::Organization { id, before, after }
}

pub(crate) fn put_override(
    subject: &str,
    feature: &str,
    before: Option<Override>,
    after: Option<Override>,
) -> Change {
    Change::Override {
        subject: read::<SubjectId>(subject),
        feature: read(feature),
        before,
        after,
    }
}

pub(crate) fn on_plan(plan: &str) -> User {
    User {
        plan: Some(read(plan)),
        ..User::default()
    }
}

pub(crate) fn member_of(organizations: &[&str]) -> User {
    User {
        organizations: organizations.iter().map(|id| read::<Id>(id)).collect(),
        ..User::default()
    }
}

/// The question about one subject and all that belongs to it.
pub(crate) fn about(subject: &SubjectId) -> Question {
    let targets = Vec::new();
    match subject.clone() {
        SubjectId::User(id) => Question::User {
            id,
            within: None,
            targets,
        },
        SubjectId::Organization(id) => Question::Organization { id, targets },
    }
}
