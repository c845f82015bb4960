//! Creating a store: wholly, privately, and in one step that others can see.
//!
//! The file is built in a directory of its own beside its place, brought to the disk, and then
//! moved there by a rename that refuses to replace anything. Until that moment there is nothing
//! at the place; of two who create at once, one is told that it exists. A creation that was cut
//! off leaves its directory behind, which the next one clears away: a lock on the directory tells
//! whether anybody is still at work in it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::{Connection, OpenFlags, ffi};
use rustix::fs::{CWD, FlockOperation, RenameFlags, flock, renameat_with};
use rustix::io::Errno;

use super::fault::{Fault, of_system};
use super::place::settle;
use super::{connect, schema};
use crate::store::StoreError;

/// How a store keeps a write that is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Journal {
    /// A write-ahead log: readers and the writer do not wait for each other.
    Log,
    /// A rollback journal, where the file system cannot share memory between processes.
    Rollback,
}

/// Puts an empty store at `path`.
pub(super) fn create(path: &Path, wish: Journal) -> Result<(), StoreError> {
    let told = |error: io::Error| of_system(path, &error);
    let parent = directory_of(path);
    // Also beside a whole store: a creation may have been cut off behind its last step.
    if let Some(name) = path.file_name() {
        clear_away(parent, name);
    }
    if fs::symlink_metadata(path).is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let Some(name) = path.file_name() else {
        return Err(StoreError::Unopenable {
            path: path.to_owned(),
            what: "the path names no file".to_owned(),
        });
    };
    make_directories(parent).map_err(told)?;
    let site = Site::new(parent, name).map_err(told)?;
    let file = site.path.join("store");
    build(&file, path, wish).map_err(|fault| fault.writing(path))?;
    settle(&file).map_err(told)?;
    put_in_place(&file, path).map_err(told)?;
    settle(parent).map_err(told)
}

/// The directory that a path leads into.
pub(super) fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("/"),
    }
}

/// Makes the directory and those above it that are missing, for nobody else to look into.
pub(super) fn make_directories(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let above = directory
        .parent()
        .filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        make_directories(above)?;
    }
    match make_private(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if !directory.is_dir() {
                return Err(Errno::NOTDIR.into());
            }
        }
        made => made?,
    }
    settle(above.unwrap_or(Path::new(".")))
}

/// Makes a directory with mode 0700, whatever the process's mask takes away.
fn make_private(directory: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(directory)?;
    fs::set_permissions(directory, Permissions::from_mode(0o700))
}

/// A directory in which one creation is at work; removed when that ends, however it ends.
pub(super) struct Site {
    pub(super) path: PathBuf,
    /// Locked for as long as the work lasts.
    _lock: File,
}

impl Site {
    pub(super) fn new(parent: &Path, name: &OsStr) -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let mut unique = prefix(name);
            unique.push(format!("{}-{number}", std::process::id()));
            let path = parent.join(unique);
            match DirBuilder::new().mode(0o700).create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made?,
            }
            match Self::take(&path) {
                // Somebody took the new directory for one left behind.
                Ok(None) => continue,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Ok(Some(lock)) => return Ok(Self { path, _lock: lock }),
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes possession of a new directory, unless it is gone by now.
    fn take(path: &Path) -> io::Result<Option<File>> {
        fs::set_permissions(path, Permissions::from_mode(0o700))?;
        let lock = File::open(path)?;
        // Where directories cannot be locked, nobody clears away either.
        let locked = flock(&lock, FlockOperation::LockExclusive);
        let gone = locked.is_ok() && lock.metadata()?.nlink() == 0;
        Ok((!gone).then_some(lock))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // What cannot be removed now, the next creation clears away.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".creating-");
    prefix
}

/// Removes what creations of the same store left behind that were cut off.
pub(super) fn clear_away(parent: &Path, name: &OsStr) {
    let prefix = prefix(name);
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes());
        if !ours {
            continue;
        }
        let Ok(directory) = File::open(entry.path()) else {
            continue;
        };
        if flock(&directory, FlockOperation::NonBlockingLockExclusive).is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes an empty store, meant for `path`, to `file`, which must not be there yet.
fn build(file: &Path, path: &Path, wish: Journal) -> Result<(), Fault> {
    make_file(file).map_err(|error| of_system(path, &error))?;
    let mut connection = connect::open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nobody sees the file before it is whole, and then it is brought to the disk at once.
    connection.execute_batch("PRAGMA synchronous = OFF")?;
    connection.pragma_update(None, "application_id", schema::APPLICATION)?;
    schema::migrate(&mut connection)?;
    if wish == Journal::Log && !keeps_log(&connection)? {
        drop(connection);
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(file.with_file_name(format!("store{suffix}")));
        }
        return build(file, path, Journal::Rollback);
    }
    connection.close().map_err(|(_, error)| error.into())
}

pub(super) fn make_file(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let made = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    made.set_permissions(Permissions::from_mode(0o600))
}

/// Switches to a write-ahead log, and tells whether the file system really can do it.
pub(super) fn keeps_log(connection: &Connection) -> Result<bool, Fault> {
    let switched = connection.query_row("PRAGMA journal_mode = WAL", [], |row| {
        row.get::<_, String>(0)
    });
    let mode = switched.and_then(|mode| {
        schema::probe(connection)?;
        Ok(mode)
    });
    match mode.map_err(Fault::from) {
        Ok(mode) => Ok(mode == "wal"),
        Err(fault) => match fault.code() {
            Some(ffi::SQLITE_FULL | ffi::SQLITE_IOERR_SHMSIZE) | None => Err(fault),
            Some(_) => Ok(false),
        },
    }
}

/// Moves the file to its place unless there is something.
pub(super) fn put_in_place(file: &Path, path: &Path) -> io::Result<()> {
    match renameat_with(CWD, file, CWD, path, RenameFlags::NOREPLACE) {
        // Not every file system can; a second name refuses to replace as well.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            fs::hard_link(file, path)?;
            fs::remove_file(file)
        }
        moved => Ok(moved?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, ChangeSet};
    use crate::domain::subject::User;
    use crate::domain::target::TargetError;
    use crate::store::sqlite::SqliteStore;
    use crate::store::{Author, Store};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn one_user() -> Result<ChangeSet, TargetError> {
        let id = "u1".parse()?;
        Ok(ChangeSet::new([Change::User {
            id,
            before: None,
            after: Some(User::default()),
        }]))
    }

    fn pragma(path: &Path, name: &str) -> Result<String, Box<dyn std::error::Error>> {
        let connection = connect::write(path).map_err(|fault| format!("{fault:?}"))?;
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        Ok(connection.query_row(&sql, [], |row| row.get(0))?)
    }

    fn written_and_read(path: &Path) -> Outcome {
        let author = Author {
            at: 0,
            actor: String::new(),
            command: String::new(),
            reason: None,
            request: None,
        };
        let changes = one_user()?;
        let store = SqliteStore::open(path)?;
        store.update(&author, &mut |_| Ok(changes.clone()))?;
        assert_eq!(store.snapshot()?.revision()?.0, 1);
        Ok(())
    }

    #[test]
    fn a_write_is_on_the_disk_before_it_is_acknowledged_whatever_the_journal() -> Outcome {
        let directory = tempfile::tempdir()?;
        for (wish, mode, synchronous) in [
            (Journal::Log, "wal", "2"),
            (Journal::Rollback, "delete", "3"),
        ] {
            let path = directory.path().join(mode);
            create(&path, wish)?;
            assert_eq!(pragma(&path, "journal_mode")?, mode);
            assert_eq!(pragma(&path, "synchronous")?, synchronous);
            assert_eq!(pragma(&path, "foreign_keys")?, "1");
            written_and_read(&path)?;
        }
        Ok(())
    }
}
