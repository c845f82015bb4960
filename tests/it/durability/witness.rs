//! What a store holds, seen from outside the program that wrote it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use flags::domain::catalog::Revision;
use flags::domain::change::ChangeSet;
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Entry, Parts, Snapshot, Store, export};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// Everything that a store holds at one moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) revision: u64,
    /// The export, with subjects and overrides.
    pub(super) document: Value,
}

pub(super) fn see(store: &Path) -> Seen {
    let store = SqliteStore::open(store).unwrap();
    let snapshot = store.snapshot().unwrap();
    Seen {
        revision: snapshot.revision().unwrap().0,
        document: document(&*snapshot),
    }
}

fn document(snapshot: &dyn Snapshot) -> Value {
    let parts = Parts {
        subjects: true,
        overrides: true,
    };
    serde_json::to_value(export(snapshot, parts).unwrap()).unwrap()
}

/// The history entry of a revision, and what it changed.
pub(super) fn written(store: &Path, revision: u64) -> (Option<Entry>, ChangeSet) {
    let store = SqliteStore::open(store).unwrap();
    let snapshot = store.snapshot().unwrap();
    let revision = Revision(revision);
    let entry = snapshot.entry(revision).unwrap();
    (entry, snapshot.changes(revision).unwrap())
}

/// SQLite's own checks, through a connection that changes nothing.
pub(super) fn check_integrity(store: &Path) {
    let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    let mut orphans = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!orphans.exists([]).unwrap());
}

/// Asserts that the history has no gap, nothing empty, fits its hashes, and leads from nothing to
/// what is there.
pub(super) fn check_history(store: &Path) {
    let store = SqliteStore::open(store).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.verify(None).unwrap().misfit, None);
    let last = snapshot.revision().unwrap().0;
    let retold = MemoryStore::new();
    for revision in (1..=last).map(Revision) {
        let entry = snapshot.entry(revision).unwrap();
        let author = author(entry.unwrap_or_else(|| panic!("no entry of revision {revision}")));
        let changes = snapshot.changes(revision).unwrap();
        assert!(!changes.is_empty(), "revision {revision} changed nothing");
        let told = retold.update(&author, &mut |_| Ok(changes.clone()));
        assert_eq!(told.unwrap().revision, revision);
    }
    assert_eq!(snapshot.entry(Revision(last + 1)).unwrap(), None);
    let retold = retold.snapshot().unwrap();
    assert_eq!(document(&*retold), document(&*snapshot));
}

fn author(entry: Entry) -> Author {
    Author {
        at: entry.at,
        actor: entry.actor,
        command: entry.command,
        reason: entry.reason,
        request: None,
    }
}

/// The names in a directory.
pub(super) fn listing(directory: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(directory).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
