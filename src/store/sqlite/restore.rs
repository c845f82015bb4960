//! Putting a backup in a store's place, while others may be at work there.
//!
//! A store is more than its file: its latest writes are in the log beside it, and processes hold
//! both open. Whoever exchanged the file under them would leave them writing into one that nobody
//! finds again. So the file stays, and its contents are exchanged, in one transaction of SQLite's:
//!
//! 1. The backup is copied beside the store, brought to the present form, and proven.
//! 2. The store's write lock is taken: no other write is under way, and none begins.
//! 3. What the store holds is copied, brought to the disk and kept under a name of its own.
//! 4. The pages of the copy of step 1 are written over the store's, and committed.
//!
//! Cut off at any moment, the store is the old one or the new one, and whatever was acknowledged
//! is in the store or in the file kept. A writer that waited finds the new contents.
//!
//! What SQLite cannot open at all nobody is writing to: there the file itself is kept under
//! another name, and the copy moved to its place.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, ffi};

use super::backup::{UNFINISHED, copy, pour, put_under_new_name, run};
use super::creation::{Site, clear_away, directory_of, keeps_log, make_directories, put_in_place};
use super::fault::{Fault, of_system};
use super::place::{self, Claim, settle};
use super::proof::{Proven, last_revision, pragma, prove, prove_file};
use super::{connect, halt, schema};
use crate::domain::catalog::Revision;
use crate::store::{Halt, StoreError};

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the store holds now.
    pub now: Proven,
    /// What it held before, unless there was nothing.
    pub replaced: Option<Replaced>,
}

/// A store whose place was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Where it is kept.
    pub path: PathBuf,
    /// Its last revision, if it could be read.
    pub revision: Option<Revision>,
}

/// Looks at a backup from end to end; nothing is written.
///
/// # Errors
///
/// [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::Newer`] and
/// [`StoreError::Corrupt`], of the backup.
pub fn inspect(backup: &Path) -> Result<Proven, StoreError> {
    let _claim = Claim::new(backup)?;
    let told = |fault: Fault| fault.reading(backup);
    let reading = connect::read_as_it_is(backup).map_err(told)?;
    prove(&reading.connection).map_err(told)
}

/// What is at the place that a backup is to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occupant {
    /// Nothing.
    Nothing,
    /// A store that can no longer be read.
    Damaged,
    /// A store with this last revision.
    Store(Revision),
}

/// Looks at the place that a backup is to take; nothing is written.
///
/// # Errors
///
/// [`StoreError::Itself`], and whatever is there that no backup may take the place of.
pub fn occupant(backup: &Path, path: &Path) -> Result<Occupant, StoreError> {
    let source = Claim::new(backup)?;
    let _claim = match Target::at(path, &source)? {
        Target::Nothing => return Ok(Occupant::Nothing),
        Target::Wreck => return Ok(Occupant::Damaged),
        Target::Store(claim) => claim,
    };
    let read = connect::read_as_it_is(path).and_then(|found| last_revision(&found.connection));
    match read.map_err(|fault| fault.reading(path)) {
        Ok(revision) => Ok(Occupant::Store(revision)),
        Err(StoreError::Corrupt { .. } | StoreError::NotAStore { .. }) => Ok(Occupant::Damaged),
        Err(error) => Err(error),
    }
}

/// Puts a backup in the place of the store at `path`, if there is one, which is kept beside it as
/// `NAME.replaced-STAMP`.
///
/// # Errors
///
/// Those of [`inspect`] of the backup, [`StoreError::Itself`], and whatever keeps the store from
/// being written; the store is then as it was. So it is where `halt` has it end early.
pub fn restore(
    backup: &Path,
    path: &Path,
    stamp: &str,
    halt: Halt,
) -> Result<Restored, StoreError> {
    let _heeding = halt::heed(Some(halt));
    let source = Claim::new(backup)?;
    let target = Target::at(path, &source)?;
    // Behind a link stands the place itself.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let told = |error: io::Error| of_system(path, &error);
    let parent = directory_of(path);
    make_directories(parent).map_err(told)?;
    let name = path.file_name().unwrap_or(OsStr::new(UNFINISHED));
    clear_away(parent, name);
    let site = Site::new(parent, name).map_err(told)?;
    let file = site.path.join(UNFINISHED);
    let now = bring(backup, &file, path)?;
    let restore = Restore {
        path,
        site: &site,
        file: &file,
        stamp,
    };
    let replaced = match target {
        Target::Nothing => restore.where_nothing_is()?,
        Target::Wreck => Some(restore.over_wreck()?),
        Target::Store(_claim) => Some(restore.over_store()?),
    };
    Ok(Restored { now, replaced })
}

/// Copies the backup to `file`, brings it to the present form and proves it.
fn bring(backup: &Path, file: &Path, path: &Path) -> Result<Proven, StoreError> {
    let of_backup = |fault: Fault| fault.reading(backup);
    let reading = connect::read_as_it_is(backup).map_err(of_backup)?;
    copy(&reading.connection, file, path).map_err(|fault| fault.writing(path))?;
    drop(reading);
    let found = prove_file(file).map_err(of_backup)?;
    if found.format == schema::FORMAT {
        return Ok(found);
    }
    let migrated = || -> Result<Proven, Fault> {
        let mut connection = connect::open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::migrate(&mut connection)?;
        connection.close().map_err(|(_, error)| error)?;
        prove_file(file)
    };
    migrated().map_err(|fault| fault.writing(path))
}

/// What is at the place that the backup is to take.
enum Target {
    Nothing,
    /// A file that is no store any more.
    Wreck,
    /// A store, to be opened by SQLite alone.
    Store(Claim),
}

impl Target {
    fn at(path: &Path, source: &Claim) -> Result<Self, StoreError> {
        let itself = || StoreError::Itself(path.to_owned());
        match Claim::new(path) {
            Ok(claim) if claim.is_of(source) => Err(itself()),
            Ok(claim) => Ok(Self::Store(claim)),
            Err(StoreError::Missing(_)) => Ok(Self::Nothing),
            Err(StoreError::NotAStore { .. }) if place::is_wreck(path) => Ok(Self::Wreck),
            Err(error) => Err(error),
        }
    }
}

/// A restore whose copy is proven.
struct Restore<'a> {
    path: &'a Path,
    site: &'a Site,
    file: &'a Path,
    stamp: &'a str,
}

impl Restore<'_> {
    fn told(&self, error: &io::Error) -> StoreError {
        of_system(self.path, error)
    }

    /// The name under which something is kept that was at the place, or beside it.
    fn kept(&self, suffix: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".replaced-{}{suffix}", self.stamp));
        name.into()
    }

    /// Makes a store where there is none. A log without its store would be taken for the new
    /// one's: it is kept, too.
    fn where_nothing_is(&self) -> Result<Option<Replaced>, StoreError> {
        self.prepare()?;
        halt::look_up()?;
        self.clear_beside(&self.kept(""))?;
        put_in_place(self.file, self.path).map_err(|error| self.told(&error))?;
        settle(directory_of(self.path)).map_err(|error| self.told(&error))?;
        Ok(None)
    }

    /// Makes the copy a file that can take a store's place: with a log where that can be, and on
    /// the disk.
    fn prepare(&self) -> Result<(), StoreError> {
        let switched = || -> Result<(), Fault> {
            let connection = connect::open(self.file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            if !keeps_log(&connection)? {
                connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
            }
            connection.close().map_err(|(_, error)| error.into())
        };
        switched().map_err(|fault| fault.writing(self.path))?;
        settle(self.file).map_err(|error| self.told(&error))
    }

    /// Takes away what lies beside the place; what may hold writes is kept beside `kept`.
    fn clear_beside(&self, kept: &Path) -> Result<(), StoreError> {
        for suffix in ["-wal", "-journal"] {
            let from = place::beside(self.path, suffix);
            if fs::metadata(&from).is_ok_and(|found| found.len() > 0) {
                let mut to = kept.as_os_str().to_owned();
                to.push(suffix);
                fs::rename(from, to).map_err(|error| self.told(&error))?;
            }
        }
        for suffix in ["-wal", "-journal", "-shm"] {
            match fs::remove_file(place::beside(self.path, suffix)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(self.told(&error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes the place of what SQLite cannot open.
    fn over_wreck(&self) -> Result<Replaced, StoreError> {
        let told = |error: io::Error| self.told(&error);
        self.prepare()?;
        halt::look_up()?;
        let parent = directory_of(self.path);
        // A second name first, so that at no moment there is nothing at the place.
        let second = self.site.path.join("wreck");
        if fs::hard_link(self.path, &second).is_err() {
            fs::copy(self.path, &second).map_err(told)?;
            settle(&second).map_err(told)?;
        }
        let kept = put_under_new_name(&second, &self.kept("")).map_err(told)?;
        settle(parent).map_err(told)?;
        self.clear_beside(&kept)?;
        fs::rename(self.file, self.path).map_err(told)?;
        settle(parent).map_err(told)?;
        Ok(Replaced {
            path: kept,
            revision: None,
        })
    }

    /// Exchanges a store's contents.
    fn over_store(&self) -> Result<Replaced, StoreError> {
        let mut kept = None;
        match self.exchange(&mut kept) {
            Ok(replaced) => Ok(replaced),
            Err(fault) => {
                // The store is as it was, so the copy of it says nothing.
                if let Some(kept) = kept {
                    let _ = fs::remove_file(kept);
                }
                match fault.code().map(|code| code & 0xff) {
                    Some(ffi::SQLITE_NOTADB | ffi::SQLITE_CORRUPT) => self.over_wreck(),
                    _ => Err(fault.writing(self.path)),
                }
            }
        }
    }

    fn exchange(&self, kept: &mut Option<PathBuf>) -> Result<Replaced, Fault> {
        let mut store = connect::write(self.path)?;
        let journal: String = pragma(&store, "journal_mode")?;
        self.fit_pages(&store)?;
        if journal != "wal" {
            // Without a log nobody can read while another writes, so one connection does both. Once
            // it has the lock (before, it would keep what others wait for), it does not let go of
            // it when a transaction ends.
            store.execute_batch("BEGIN EXCLUSIVE")?;
            pragma::<String>(&store, "locking_mode = EXCLUSIVE")?;
            store.execute_batch("COMMIT")?;
            let replaced = self.keep(&store, kept)?;
            let source = connect::open(self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            pour(&Backup::new(&source, &mut store)?)?;
            return Ok(replaced);
        }
        let source = connect::open(self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let backup = Backup::new(&source, &mut store)?;
        // No page is copied yet, but the lock is taken.
        run(&backup, 0)?;
        let replaced = self.keep(&connect::read_as_it_is(self.path)?.connection, kept)?;
        pour(&backup)?;
        Ok(replaced)
    }

    /// Keeps what a connection reads of the store, whose lock is held.
    fn keep(&self, store: &Connection, kept: &mut Option<PathBuf>) -> Result<Replaced, Fault> {
        let told = |error: io::Error| self.told(&error);
        let file = self.site.path.join("replaced");
        copy(store, &file, self.path)?;
        settle(&file).map_err(told)?;
        let path = put_under_new_name(&file, &self.kept("")).map_err(told)?;
        *kept = Some(path.clone());
        settle(directory_of(self.path)).map_err(told)?;
        // Damage is no reason to stay with what is damaged.
        let revision = last_revision(store).ok();
        Ok(Replaced { path, revision })
    }

    /// SQLite exchanges pages of the same size only.
    fn fit_pages(&self, store: &Connection) -> Result<(), Fault> {
        let wanted: i64 = pragma(store, "page_size")?;
        let copy = connect::open(self.file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        if pragma::<i64>(&copy, "page_size")? != wanted {
            copy.execute_batch(&format!("PRAGMA page_size = {wanted}; VACUUM"))?;
        }
        copy.close().map_err(|(_, error)| error.into())
    }
}
