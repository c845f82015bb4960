//! Creating, opening, writing and reading.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use flags::domain::catalog::Revision;
use flags::store::sqlite::SqliteStore;
use flags::store::{Store, StoreError};

use super::kit::{Home, new_feature, new_user, read_seeded, seeded, users, write};

#[test]
fn what_is_written_is_there_for_the_next_who_opens() {
    let home = Home::new();
    seeded(&home.store());
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(1));
}

#[test]
fn a_snapshot_does_not_see_what_is_written_meanwhile() {
    let home = Home::new();
    seeded(&home.store());
    let store = SqliteStore::open(&home.store()).unwrap();
    let before = store.snapshot().unwrap();
    assert_eq!(before.revision().unwrap(), Revision(1));
    write(&store, [new_user("u2")]).unwrap();
    let after = store.snapshot().unwrap();
    assert_eq!(users(&*before).unwrap(), ["u1"]);
    assert_eq!(users(&*after).unwrap(), ["u1", "u2"]);
    assert_eq!(after.revision().unwrap(), Revision(2));
}

#[test]
fn without_changes_the_revision_stays() {
    let home = Home::new();
    seeded(&home.store());
    let store = SqliteStore::open(&home.store()).unwrap();
    assert_eq!(write(&store, []).unwrap().revision, Revision(1));
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.entry(Revision(2)).unwrap(), None);
}

#[test]
fn one_change_that_does_not_fit_undoes_the_others() {
    let home = Home::new();
    seeded(&home.store());
    let store = SqliteStore::open(&home.store()).unwrap();
    let refused = write(&store, [new_user("u2"), new_feature("sso")]);
    assert_eq!(refused.unwrap_err().code(), "feature_exists");
    assert_eq!(users(&*store.snapshot().unwrap()).unwrap(), ["u1"]);
    write(&store, [new_user("u3")]).unwrap();
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(2));
}

#[test]
fn a_store_is_made_for_its_owner_alone() {
    let home = Home::new();
    let path = home.directory.path().join("deep/er/flags.db");
    let store = SqliteStore::create(&path).unwrap();
    write(&store, [new_user("u1")]).unwrap();
    let _snapshot = store.snapshot().unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let deep = home.directory.path().join("deep");
    assert_eq!(mode(&deep), 0o700);
    assert_eq!(mode(&deep.join("er")), 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(deep.join("er")).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(mode(&entry.path()), 0o600, "{entry:?}");
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["flags.db", "flags.db-shm", "flags.db-wal"]);
}

#[test]
fn nothing_is_created_over_what_is_there() {
    let home = Home::new();
    seeded(&home.store());
    let again = SqliteStore::create(&home.store());
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(1));
}
