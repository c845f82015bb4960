//! Reading where nothing can be written, with and without a log that was left behind.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use flags::domain::catalog::Revision;
use flags::store::StoreError;
use flags::store::sqlite::SqliteStore;

use super::kit::{
    Home, Mounted, as_ordinary_user, listing, may_mount, new_user, read_seeded, run, seeded, write,
};

/// What stands beside the store's file.
#[derive(Debug, Clone, Copy)]
enum Beside {
    Nothing,
    EmptyLog,
    /// A log with the latest write, and its index.
    Log,
    /// A log with the latest write, without the index that tells what of it counts.
    LogWithoutIndex,
}

/// A store in a directory that anybody may look into, and the revision it has reached.
fn prepared(home: &Home, beside: Beside) -> (PathBuf, Revision) {
    let directory = home.directory.path();
    let place = directory.join("place");
    fs::create_dir(&place).unwrap();
    let path = place.join("flags.db");
    let origin = directory.join("origin.db");
    seeded(&origin);
    let store = SqliteStore::open(&origin).unwrap();
    let mut revision = Revision(1);
    let suffixes: &[&str] = match beside {
        Beside::Nothing => &[""],
        Beside::EmptyLog => &["", "-wal"],
        Beside::Log => &["", "-wal", "-shm"],
        Beside::LogWithoutIndex => &["", "-wal"],
    };
    if matches!(beside, Beside::Log | Beside::LogWithoutIndex) {
        write(&store, [new_user("u2")]).unwrap();
        revision = Revision(2);
    } else {
        read_seeded(&origin).unwrap();
    }
    for suffix in suffixes {
        let copy = place.join(format!("flags.db{suffix}"));
        // By another process: a copy made here would end this process's locks.
        run(Command::new("cp")
            .arg(directory.join(format!("origin.db{suffix}")))
            .arg(&copy));
        fs::set_permissions(&copy, Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(directory, Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&place, Permissions::from_mode(0o555)).unwrap();
    (path, revision)
}

fn readable_and_not_writable(path: &Path, beside: Beside, revision: Revision) {
    let before = listing(path.parent().unwrap());
    let read = read_seeded(path);
    match beside {
        Beside::LogWithoutIndex => {
            let refused = read.unwrap_err();
            assert!(
                matches!(refused, StoreError::Unopenable { .. }),
                "{beside:?}: {refused:?}"
            );
            assert!(refused.to_string().contains("log"), "{refused}");
        }
        _ => assert_eq!(read.unwrap(), revision, "{beside:?}"),
    }
    let store = SqliteStore::open(path).unwrap();
    let refused = write(&store, [new_user("u9")]).unwrap_err();
    assert!(
        matches!(refused, StoreError::ReadOnly(_)),
        "{beside:?}: {refused:?}"
    );
    drop(store);
    assert_eq!(listing(path.parent().unwrap()), before, "{beside:?}");
}

/// An ordinary user cannot empty a directory that it may not write.
fn to_be_removed(path: &Path) {
    fs::set_permissions(path.parent().unwrap(), Permissions::from_mode(0o755)).unwrap();
}

const ALL: [Beside; 4] = [
    Beside::Nothing,
    Beside::EmptyLog,
    Beside::Log,
    Beside::LogWithoutIndex,
];

#[test]
fn a_read_only_directory_is_read_and_not_written() {
    for beside in ALL {
        let home = Home::new();
        let (path, revision) = prepared(&home, beside);
        as_ordinary_user(|| readable_and_not_writable(&path, beside, revision));
        to_be_removed(&path);
    }
}

#[test]
fn a_read_only_mount_is_read_and_not_written() {
    if !may_mount("sqlite::read_only::a_read_only_mount_is_read_and_not_written") {
        return;
    }
    for beside in ALL {
        let home = Home::new();
        let (path, revision) = prepared(&home, beside);
        let place = path.parent().unwrap();
        let mounted = Mounted::new(&["--bind", place.to_str().unwrap()], place);
        run(Command::new("mount")
            .args(["-o", "remount,bind,ro"])
            .arg(place));
        readable_and_not_writable(&path, beside, revision);
        as_ordinary_user(|| readable_and_not_writable(&path, beside, revision));
        drop(mounted);
        to_be_removed(&path);
    }
}

#[test]
fn a_read_only_file_in_a_directory_of_ones_own_is_not_written() {
    let home = Home::new();
    let (path, revision) = prepared(&home, Beside::Nothing);
    fs::set_permissions(path.parent().unwrap(), Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    as_ordinary_user(|| {
        assert_eq!(read_seeded(&path).unwrap(), revision);
        let store = SqliteStore::open(&path).unwrap();
        let refused = write(&store, [new_user("u9")]).unwrap_err();
        assert!(matches!(refused, StoreError::ReadOnly(_)), "{refused:?}");
    });
}

#[test]
fn who_may_not_read_is_told_so() {
    let home = Home::new();
    let (path, _) = prepared(&home, Beside::Nothing);
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let refused = as_ordinary_user(|| read_seeded(&path)).unwrap_err();
    assert!(
        matches!(refused, StoreError::Unopenable { .. }),
        "{refused:?}"
    );
    assert!(
        refused.to_string().contains("ermission denied"),
        "{refused}"
    );
}
