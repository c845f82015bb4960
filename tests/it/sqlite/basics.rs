//! Creating, opening, writing and reading.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use flags::domain::catalog::Revision;
use flags::store::sqlite::SqliteStore;
use flags::store::{Store, StoreError};

use super::kit::{Home, listing, new_feature, new_user, read_seeded, seeded, users, write};

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

/// Creates a store some directories below, and looks at who may look at it.
fn made_for_its_owner_alone(directory: &Path) {
    let path = directory.join("deep/er/flags.db");
    let store = SqliteStore::create(&path).unwrap();
    write(&store, [new_user("u1")]).unwrap();
    let _snapshot = store.snapshot().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let deep = directory.join("deep");
    assert_eq!(mode(&deep), 0o700);
    assert_eq!(mode(&deep.join("er")), 0o700);
    let names = listing(&deep.join("er"));
    assert_eq!(names, ["flags.db", "flags.db-shm", "flags.db-wal"]);
    for name in names {
        assert_eq!(mode(&deep.join("er").join(&name)), 0o600, "{name}");
    }
}

#[test]
fn a_store_is_made_for_its_owner_alone() {
    made_for_its_owner_alone(Home::new().directory.path());
}

const DIRECTORY: &str = "FLAGS_TEST_DIRECTORY";

#[test]
#[ignore = "run by the next one, in a process with a mask of its own"]
fn in_the_directory_told() {
    made_for_its_owner_alone(Path::new(&std::env::var_os(DIRECTORY).unwrap()));
}

#[test]
fn the_process_mask_makes_no_difference() {
    for mask in ["000", "022", "777"] {
        let home = Home::new();
        let output = Command::new("sh")
            .args(["-c", "umask $1; shift; exec \"$@\"", "sh", mask])
            .arg(std::env::current_exe().unwrap())
            .args([
                "--ignored",
                "--exact",
                "sqlite::basics::in_the_directory_told",
            ])
            .env(DIRECTORY, home.directory.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("1 passed"), "{mask}: {told}");
    }
}

#[test]
fn nothing_is_created_over_what_is_there() {
    let home = Home::new();
    seeded(&home.store());
    let again = SqliteStore::create(&home.store());
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(1));
}
