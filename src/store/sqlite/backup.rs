//! Backups: what a store holds at one moment, in a file of its own.
//!
//! SQLite's online backup copies from one read transaction, so that writers go on meanwhile and
//! the copy is of one moment, with its history. `VACUUM INTO` would do that as well, but builds
//! every table and index anew, which takes several times as long; a copy of the pages as they are
//! goes at the disk's speed, and the same copying puts a backup back in one transaction.
//!
//! The copy is made in a directory of its own beside its place, proven, brought to the disk and
//! then moved to its place: whenever that is cut off, there is a whole backup or none. It keeps a
//! rollback journal and no log, so that it is one file, however often it is read.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use super::creation::{Site, clear_away, directory_of, make_file, put_in_place};
use super::fault::{Fault, PATIENCE_SECONDS, of_system};
use super::place::{self, Claim, settle};
use super::proof::{Proven, last_revision, prove_file};
use super::{SqliteStore, connect, halt};
use crate::store::StoreError;

/// The name under which copies and restores are made until they are whole.
pub(super) const UNFINISHED: &str = "store";
/// So many pages are copied before it is looked whether to go on: some milliseconds' worth.
const PAGES: i32 = 4096;

impl SqliteStore {
    /// Copies the store to `path`, where nothing may be unless it is to be replaced.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`], [`StoreError::Itself`], [`StoreError::Corrupt`] where the store is
    /// damaged, and whatever keeps the copy from being written; there is then no copy.
    pub fn back_up(&self, path: &Path, replace: bool) -> Result<Proven, StoreError> {
        let told = |error: io::Error| of_system(path, &error);
        let _heeding = halt::heed(self.halt);
        self.may_become_a_copy(path, replace)?;
        let parent = directory_of(path);
        if !parent.is_dir() {
            let what = format!("there is no directory {}", parent.display());
            let path = path.to_owned();
            return Err(StoreError::Unopenable { path, what });
        }
        let name = self.path.file_name().unwrap_or(OsStr::new(UNFINISHED));
        clear_away(parent, name);
        let site = Site::new(parent, name).map_err(told)?;
        let file = site.path.join(UNFINISHED);
        let reading = |fault: Fault| fault.reading(&self.path);
        let source = connect::read_as_it_is(&self.path)
            .map_err(reading)?
            .connection;
        let revision = last_revision(&source).map_err(reading)?;
        copy(&source, &file, path).map_err(|fault| fault.writing(path))?;
        drop(source);
        let proven = prove_file(&file).map_err(reading)?;
        if proven.revision != revision {
            let what = format!("revision {revision} was copied as {}", proven.revision);
            return Err(reading(Fault::Damaged(what)));
        }
        settle(&file).map_err(told)?;
        halt::look_up()?;
        match replace {
            true => fs::rename(&file, path).map_err(told)?,
            false => put_in_place(&file, path).map_err(told)?,
        }
        settle(parent).map_err(told)?;
        Ok(proven)
    }

    /// Refuses a place at which a copy would do harm.
    fn may_become_a_copy(&self, path: &Path, replace: bool) -> Result<(), StoreError> {
        if self.is_at(path) || self.is_beside(path) {
            return Err(StoreError::Itself(path.to_owned()));
        }
        if fs::symlink_metadata(path).is_ok() && (!replace || path.is_dir()) {
            return Err(StoreError::Exists(path.to_owned()));
        }
        // SQLite would take another database's log for the copy's.
        if place::has_pending_writes(path) {
            let what = "the log of another database lies beside it";
            return Err(StoreError::Unopenable {
                path: path.to_owned(),
                what: what.to_owned(),
            });
        }
        Ok(())
    }

    fn is_at(&self, path: &Path) -> bool {
        Claim::new(path).is_ok_and(|other| self.claim.is_of(&other))
    }

    /// Whether the path is that of the store's own log, index or journal.
    fn is_beside(&self, path: &Path) -> bool {
        let place = place::beside(path, "");
        let beside = ["-wal", "-shm", "-journal"];
        beside
            .map(|suffix| place::beside(&self.path, suffix))
            .contains(&place)
    }
}

/// Copies what a connection reads to a new file meant for `path`, which is left without a log.
pub(super) fn copy(from: &Connection, file: &Path, path: &Path) -> Result<(), Fault> {
    make_file(file).map_err(|error| of_system(path, &error))?;
    let mut to = connect::open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nobody sees the file before it is whole, and then it is brought to the disk at once.
    to.execute_batch("PRAGMA synchronous = OFF")?;
    let backup = Backup::new(from, &mut to)?;
    pour(&backup)?;
    drop(backup);
    to.close().map_err(|(_, error)| error)?;
    without_log(file)
}

/// Switches a file that nobody else uses to a rollback journal.
fn without_log(file: &Path) -> Result<(), Fault> {
    let connection = connect::open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA synchronous = OFF")?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Copies all pages; what is half copied is rolled back with the backup.
pub(super) fn pour(backup: &Backup<'_, '_>) -> Result<(), Fault> {
    while !run(backup, PAGES)? {
        halt::look_up()?;
    }
    Ok(())
}

/// Copies so many pages, and waits for whoever holds the lock. Whether all of
/// it has been copied.
pub(super) fn run(backup: &Backup<'_, '_>, pages: i32) -> Result<bool, Fault> {
    let since = Instant::now();
    loop {
        match backup.step(pages)? {
            StepResult::Done => return Ok(true),
            StepResult::More => return Ok(false),
            // Busy or locked.
            _ if !halt::asked() && since.elapsed() < Duration::from_secs(PATIENCE_SECONDS) => {
                std::thread::sleep(Duration::from_millis(5));
            }
            _ => {
                let busy = ffi::Error::new(ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None).into());
            }
        }
    }
}

/// Moves a whole file into a directory under the first name that nobody has.
pub(super) fn put_under_new_name(file: &Path, wanted: &Path) -> io::Result<PathBuf> {
    let mut path = wanted.to_owned();
    for number in 2_u32.. {
        match put_in_place(file, &path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let mut name = wanted.as_os_str().to_owned();
                name.push(format!("-{number}"));
                path = name.into();
            }
            moved => return moved.map(|()| path),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
