//! What is kept beside the project, and requests that come again.

use std::time::{Duration, Instant};

use flags::domain::catalog::Revision;
use flags::domain::change::ChangeSet;
use flags::store::{
    Author, Done, Kept, Purpose, RecordKind, Request, RequestName, Store, StoreError,
};

use super::a_small_project;
use crate::project::{author, everything, on_plan, put_user, revision, write};

fn put(store: &dyn Store, kind: RecordKind, name: &str, body: &str) {
    let amended = store.amend(kind, name, &mut |_| Kept::Now(body.to_owned()));
    amended.unwrap();
}

fn names(store: &dyn Store, kind: RecordKind) -> Vec<String> {
    let records = store.records(kind).unwrap();
    records.into_iter().map(|(name, _)| name).collect()
}

pub(super) fn records_are_kept_by_kind_and_name(store: &dyn Store) {
    assert_eq!(store.record(RecordKind::Key, "ci").unwrap(), None);
    assert!(names(store, RecordKind::Key).is_empty());
    put(store, RecordKind::Key, "web", "{\"n\":2}");
    put(store, RecordKind::Key, "ci", "{\"n\":1}");
    put(
        store,
        RecordKind::Login,
        "ci",
        "'; DROP TABLE record; --\u{0}",
    );
    assert_eq!(names(store, RecordKind::Key), ["ci", "web"]);
    assert_eq!(names(store, RecordKind::Login), ["ci"]);
    let body = |kind, name| store.record(kind, name).unwrap();
    assert_eq!(body(RecordKind::Key, "ci").unwrap(), "{\"n\":1}");
    let hostile = body(RecordKind::Login, "ci").unwrap();
    assert_eq!(hostile, "'; DROP TABLE record; --\u{0}");
    assert_eq!(body(RecordKind::Login, "web"), None);
}

pub(super) fn a_record_is_amended_from_what_is_there(store: &dyn Store) {
    put(store, RecordKind::Key, "ci", "1");
    let mut seen = Vec::new();
    let mut amend = |kept: Kept| {
        let amended = store.amend(RecordKind::Key, "ci", &mut |found| {
            seen.push(found.map(str::to_owned));
            kept.clone()
        });
        amended.unwrap();
    };
    amend(Kept::AsItWas);
    amend(Kept::Now("2".to_owned()));
    amend(Kept::Gone);
    amend(Kept::AsItWas);
    let expected = [Some("1"), Some("1"), Some("2"), None];
    assert_eq!(seen, expected.map(|body| body.map(str::to_owned)));
    assert!(names(store, RecordKind::Key).is_empty());
}

pub(super) fn records_are_no_part_of_the_project(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    put(store, RecordKind::Destination, "team", "{}");
    assert_eq!(revision(store), Revision(1));
    assert_eq!(everything(store), before);
}

fn asking(key: &str, body: &str) -> Author {
    let name = RequestName::new("ci", key);
    Author {
        request: Some(Request::new(name, &[b"POST", body.as_bytes()])),
        ..author()
    }
}

fn dan() -> ChangeSet {
    ChangeSet::new([put_user("dan", None, Some(on_plan("free")))])
}

fn repeated(error: StoreError) -> Done {
    match error {
        StoreError::Repeated(done) => done,
        other => panic!("{other:?}"),
    }
}

pub(super) fn a_request_is_carried_out_once(store: &dyn Store) {
    a_small_project(store);
    let by = asking("k1", "dan");
    let written = store.update(&by, &mut |_| Ok(dan())).unwrap();
    assert_eq!(written.revision, Revision(2));
    let mut planned = false;
    let again = store.update(&by, &mut |_| {
        planned = true;
        Ok(dan())
    });
    let done = repeated(again.unwrap_err());
    assert!(!planned, "what was done before was planned again");
    assert_eq!(done.revision, Revision(2));
    let fingerprint = by.request.map(|request| request.fingerprint);
    assert_eq!(Some(done.fingerprint), fingerprint);

    let other = asking("k1", "eve").request.unwrap();
    let same = asking("k1", "dan").request.unwrap();
    assert_eq!(other.name, same.name);
    assert_ne!(other.fingerprint, same.fingerprint);
    assert_ne!(asking("k2", "dan").request.unwrap().name, same.name);

    let fed = store.load(Purpose::Write(&asking("k1", "dan")), &mut |_, _| {
        panic!("what was done before was fed again")
    });
    assert_eq!(repeated(fed.unwrap_err()).revision, Revision(2));
    assert_eq!(revision(store), Revision(2));
}

pub(super) fn a_request_that_failed_or_changed_nothing_may_come_again(store: &dyn Store) {
    a_small_project(store);
    let by = asking("k1", "dan");
    let failed = store.update(&by, &mut |_| Err(StoreError::GivenUp));
    assert!(matches!(failed, Err(StoreError::GivenUp)));
    let nothing = store.update(&by, &mut |_| Ok(ChangeSet::default()));
    assert_eq!(nothing.unwrap().revision, Revision(1));
    let written = store.update(&by, &mut |_| Ok(dan()));
    assert_eq!(written.unwrap().revision, Revision(2));
}

pub(super) fn the_pulse_changes_with_every_write(store: &dyn Store) {
    let mut last = store.pulse().unwrap();
    let mut has_changed = || {
        let pulse = store.pulse().unwrap();
        std::mem::replace(&mut last, pulse) != pulse
    };
    assert!(!has_changed());
    a_small_project(store);
    assert!(has_changed());
    assert!(!has_changed());
    write(store, dan().changes().to_vec());
    assert!(has_changed());
    put(store, RecordKind::Key, "ci", "{}");
    assert!(has_changed());
    store.snapshot().unwrap().revision().unwrap();
    assert!(!has_changed());
}

pub(super) fn a_write_is_waited_for_and_told_at_once(store: &dyn Store) {
    let (short, long) = (Duration::from_millis(100), Duration::from_secs(60));
    let before = store.pulse().unwrap();
    let begun = Instant::now();
    assert_eq!(store.await_pulse(before, short).unwrap(), before);
    assert!(begun.elapsed() >= short);
    a_small_project(store);
    let begun = Instant::now();
    assert_ne!(store.await_pulse(before, long).unwrap(), before);
    assert!(begun.elapsed() < long / 2);
}
