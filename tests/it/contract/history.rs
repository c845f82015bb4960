//! What a store remembers of its writes.

use flags::domain::catalog::Revision;
use flags::store::{Author, Entry, Store};

use super::a_small_project;
use crate::project::{author, on_plan, put_user, read, walked, walked_for_two, write};

pub(super) fn a_fresh_store_has_no_history(store: &dyn Store) {
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.revision().unwrap(), Revision::UNKNOWN);
    assert_eq!(walked(|visit| snapshot.history(None, visit)), []);
    for revision in [Revision::UNKNOWN, Revision(1)] {
        assert_eq!(snapshot.entry(revision).unwrap(), None);
        assert!(snapshot.changes(revision).unwrap().is_empty());
    }
}

pub(super) fn a_write_is_remembered_with_its_author_and_its_changes(store: &dyn Store) {
    a_small_project(store);
    let by = Author {
        at: 1_795_000_000_123,
        actor: "bo\u{301}b, the 2nd".to_owned(),
        command: "user assign".to_owned(),
        reason: Some(read("moved to pro\nas agreed")),
    };
    let planned = [
        put_user("cid", Some(on_plan("free")), Some(on_plan("pro"))),
        put_user("dan", None, Some(on_plan("free"))),
    ];
    let changes = planned.into_iter().collect();
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
    assert_eq!(snapshot.changes(Revision(2)).unwrap(), changes);
    let first = snapshot.entry(Revision(1)).unwrap().unwrap();
    assert_eq!((first.actor, first.reason), (author().actor, None));
    assert_eq!(snapshot.entry(Revision(3)).unwrap(), None);
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
