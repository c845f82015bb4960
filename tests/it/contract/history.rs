//! What a store remembers of its writes.

use flags::domain::catalog::Revision;
use flags::domain::change::ChangeSet;
use flags::domain::feature::Feature;
use flags::domain::mention::Mentions;
use flags::domain::target::Audience;
use flags::domain::value::{Kind, Value};
use flags::store::{About, Author, Entry, Span, Store};
use flags::store::{Digest, Head};

use super::a_small_project;
use crate::project::{
    author, catalog, grant, on_plan, put_override, put_user, read, walked, walked_for_two, write,
};

pub(super) fn a_fresh_store_has_no_history(store: &dyn Store) {
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.revision().unwrap(), Revision::UNKNOWN);
    assert_eq!(walked(|visit| snapshot.history(None, visit)), []);
    for revision in [Revision::UNKNOWN, Revision(1)] {
        assert_eq!(snapshot.entry(revision).unwrap(), None);
        assert!(snapshot.changes(revision).unwrap().is_empty());
    }
}

pub(super) fn a_write_is_remembered_with_its_changes(store: &dyn Store) {
    a_small_project(store);
    let planned = [
        put_user("cid", Some(on_plan("free")), Some(on_plan("pro"))),
        put_user("dan", None, Some(on_plan("free"))),
    ];
    let changes: ChangeSet = planned.into_iter().collect();
    let written = write(store, changes.changes().to_vec());
    assert_eq!(written.changes, changes);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.changes(Revision(2)).unwrap(), changes);
    assert_eq!(snapshot.entry(Revision(3)).unwrap(), None);
}

pub(super) fn a_write_is_remembered_with_its_author(store: &dyn Store) {
    a_small_project(store);
    let by = Author {
        at: 1_795_000_000_123,
        actor: "bo\u{301}b, the 2nd".to_owned(),
        command: "user assign".to_owned(),
        reason: Some(read("moved to pro\nas agreed")),
        request: None,
    };
    let planned = [
        put_user("cid", Some(on_plan("free")), Some(on_plan("pro"))),
        put_user("dan", None, Some(on_plan("free"))),
    ];
    let changes: ChangeSet = planned.into_iter().collect();
    let written = store.update(&by, &mut |_| Ok(Clone::clone(&changes)));
    assert_eq!(written.unwrap().changes, changes);

    let snapshot = store.snapshot().unwrap();
    let entry = Entry {
        revision: Revision(2),
        at: by.at,
        actor: by.actor,
        command: by.command,
        reason: by.reason,
    };
    assert_eq!(snapshot.entry(Revision(2)).unwrap(), Some(entry));
    let first = snapshot.entry(Revision(1)).unwrap().unwrap();
    assert_eq!((first.actor, first.reason), (author().actor, None));
}

pub(super) fn the_history_runs_from_the_latest_write_backwards(store: &dyn Store) {
    a_small_project(store);
    for id in ["dan", "eve", "fay"] {
        write(store, [put_user(id, None, Some(on_plan("pro")))]);
    }
    let snapshot = store.snapshot().unwrap();
    let revisions = |before: Option<u64>| -> Vec<u64> {
        let rows = walked(|visit| snapshot.history(before.map(Revision), visit));
        rows.into_iter().map(|entry| entry.revision.0).collect()
    };
    assert_eq!(revisions(None), [4, 3, 2, 1]);
    assert_eq!(revisions(Some(3)), [2, 1]);
    assert_eq!(revisions(Some(1)), [0; 0]);
    assert_eq!(revisions(Some(99)), [4, 3, 2, 1]);
    let two = walked_for_two(|visit| snapshot.history(None, visit));
    assert_eq!(two.len(), 2);
}

pub(super) fn every_write_is_hashed_with_the_one_before(store: &dyn Store) {
    let empty = store.snapshot().unwrap().verify(None).unwrap();
    assert_eq!((empty.writes, empty.head), (0, Head::default()));
    a_small_project(store);
    for id in ["dan", "eve"] {
        write(store, [put_user(id, None, Some(on_plan("pro")))]);
    }
    let snapshot = store.snapshot().unwrap();
    let digest = |revision| snapshot.digest(Revision(revision)).unwrap();
    assert_eq!((digest(0), digest(4)), (None, None));
    let all: Vec<Digest> = (1..=3).filter_map(digest).collect();
    assert!(all.len() == 3 && all[0] != all[1] && all[1] != all[2]);
    let found = snapshot.verify(digest(2)).unwrap();
    assert_eq!(found.misfit, None);
    assert_eq!((found.writes, found.noted), (3, Some(Revision(2))));
    let head = Head {
        revision: Revision(3),
        digest: all[2],
    };
    assert_eq!(found.head, head);
}

pub(super) fn one_write_is_told_in_order_and_counted(store: &dyn Store) {
    a_small_project(store);
    let over = |id: &str| put_override(id, "analytics", None, Some(grant(Value::On)));
    let planned = vec![
        put_user("dan", None, Some(on_plan("pro"))),
        over("user:dan"),
        put_user("eve", None, Some(on_plan("free"))),
        over("user:eve"),
        over("user:cid"),
    ];
    let written = write(store, planned.clone()).revision;
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.change_count(written).unwrap(), 5);
    assert_eq!(snapshot.change_count(written.next()).unwrap(), 0);
    let told = |about| walked(|visit| snapshot.each_change(written, about, visit));
    assert_eq!(told(About::All), planned);
    let wanted = Mentions {
        subjects: vec![read("user:eve")],
        ..Mentions::default()
    };
    assert_eq!(told(About::Mentioning(&wanted)), planned[2..4]);
    let two = walked_for_two(|visit| snapshot.each_change(written, About::All, visit));
    assert_eq!(two, planned[..2]);
    let none = walked(|visit| snapshot.each_change(written.next(), About::All, visit));
    assert_eq!(none, []);
}

pub(super) fn what_is_mentioned_is_found_even_when_it_is_gone(store: &dyn Store) {
    a_small_project(store);
    let key = read("fresh");
    let define = catalog(store).set_feature(&key, Some(Feature::new(Kind::Boolean)));
    let defined = write(store, [define]).revision;
    let over = grant(Value::On);
    let held = write(
        store,
        [put_override("user:cid", "fresh", None, Some(over.clone()))],
    );
    let gone = catalog(store).delete_feature(&key, Audience::default(), [(read("user:cid"), over)]);
    let gone = write(store, gone.changes().to_vec()).revision;
    let moved = [put_user("dan", None, Some(on_plan("pro")))];
    let moved = write(store, moved).revision;

    let snapshot = store.snapshot().unwrap();
    let found = |wanted: &Mentions| -> Vec<Revision> {
        let span = Span {
            after: Revision(1),
            until: snapshot.revision().unwrap(),
        };
        let about = About::Mentioning(wanted);
        let mut found: Vec<_> = walked(|visit| snapshot.changed(span, about, visit))
            .into_iter()
            .map(|(revision, _)| revision)
            .collect();
        found.dedup();
        found
    };
    let mut wanted = Mentions {
        feature: Some(key),
        ..Mentions::default()
    };
    assert_eq!(found(&wanted), [gone, held.revision, defined]);
    wanted.subjects.push(read("user:cid"));
    assert_eq!(found(&wanted), [gone, held.revision]);
    wanted.subjects.push(read("org:cid"));
    assert_eq!(found(&wanted), []);
    let plan = Mentions {
        plan: Some(read("pro")),
        ..Mentions::default()
    };
    assert_eq!(found(&plan), [moved]);
    let part = Mentions {
        subjects: vec![read("user:ci")],
        ..Mentions::default()
    };
    assert_eq!(found(&part), []);
}
