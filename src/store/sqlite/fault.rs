//! What went wrong, until the place is known: SQLite's codes told apart by what can be done.

use std::io;
use std::path::Path;

use rusqlite::ffi;
use rustix::fs::{Access, access, statvfs};
use rustix::io::Errno;

use super::halt;
use super::schema::FORMAT;
use crate::domain::refusal::Refusal;
use crate::store::StoreError;
use crate::store::rows::Torn;

/// How long another process may keep us waiting.
pub(super) const PATIENCE_SECONDS: u64 = 10;

/// An error that does not say yet in which store it happened.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite failed.
    Sql(rusqlite::Error),
    /// A row holds what it never should.
    Damaged(String),
    /// The tables are those of a later version.
    Newer(i64),
    /// A rule says no.
    Refused(Refusal),
    /// An error that is complete already.
    Told(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Torn> for Fault {
    fn from(Torn(what): Torn) -> Self {
        Self::Damaged(what)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// SQLite's extended result code, if it was SQLite that failed.
    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Self::Sql(rusqlite::Error::SqliteFailure(error, _)) => Some(error.extended_code),
            _ => None,
        }
    }

    /// The error as it happened while reading the store at `path`.
    pub(super) fn reading(self, path: &Path) -> StoreError {
        let path_buf = path.to_owned();
        match self {
            Self::Told(error) => error,
            Self::Refused(refusal) => refusal.into(),
            Self::Damaged(what) => StoreError::Corrupt {
                path: path_buf,
                what,
            },
            Self::Newer(found) => StoreError::Newer {
                path: path_buf,
                found,
                known: FORMAT,
            },
            Self::Sql(rusqlite::Error::SqliteFailure(error, text)) => {
                let what = text.unwrap_or_else(|| error.to_string());
                failure(path, error.extended_code, what)
            }
            // What is left is a row that does not have the columns or types of the schema.
            Self::Sql(other) => StoreError::Corrupt {
                path: path_buf,
                what: other.to_string(),
            },
        }
    }

    /// The same while writing: a place that cannot be written hides behind several codes.
    pub(super) fn writing(self, path: &Path) -> StoreError {
        let hidden = self.code().is_some_and(|code| {
            matches!(
                code & 0xff,
                ffi::SQLITE_CANTOPEN | ffi::SQLITE_READONLY | ffi::SQLITE_PROTOCOL
            )
        });
        if hidden && !writable(path) {
            return StoreError::ReadOnly(path.to_owned());
        }
        self.reading(path)
    }
}

fn failure(path: &Path, code: i32, what: String) -> StoreError {
    let path_buf = path.to_owned();
    match code {
        ffi::SQLITE_IOERR_SHMSIZE => return StoreError::Full(path_buf),
        ffi::SQLITE_READONLY_ROLLBACK
        | ffi::SQLITE_READONLY_RECOVERY
        | ffi::SQLITE_READONLY_CANTINIT => {
            let what = "a write was cut off, and only one who may write there can clear that up";
            return StoreError::Unopenable {
                path: path_buf,
                what: what.to_owned(),
            };
        }
        ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => {
            return StoreError::Corrupt {
                path: path_buf,
                what,
            };
        }
        ffi::SQLITE_READONLY_DBMOVED => {
            return StoreError::Failed {
                path: path_buf,
                what: "its file was moved or removed meanwhile".to_owned(),
            };
        }
        _ => {}
    }
    match code & 0xff {
        ffi::SQLITE_FULL => StoreError::Full(path_buf),
        ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN if no_room(path) => StoreError::Full(path_buf),
        ffi::SQLITE_READONLY => StoreError::ReadOnly(path_buf),
        // Who is asked to end no longer waits for a lock, and lets go of long statements.
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_INTERRUPT if halt::asked() => {
            StoreError::Interrupted
        }
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_PROTOCOL => StoreError::Locked {
            path: path_buf,
            seconds: PATIENCE_SECONDS,
        },
        ffi::SQLITE_CORRUPT => StoreError::Corrupt {
            path: path_buf,
            what,
        },
        ffi::SQLITE_NOTADB => StoreError::NotAStore {
            path: path_buf,
            what: "it is not an SQLite database".to_owned(),
        },
        ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM | ffi::SQLITE_AUTH => StoreError::Unopenable {
            path: path_buf,
            what,
        },
        ffi::SQLITE_ERROR if what.starts_with("no such ") => StoreError::Corrupt {
            path: path_buf,
            what,
        },
        _ => StoreError::Failed {
            path: path_buf,
            what,
        },
    }
}

/// The error of a system call on the place.
pub(super) fn of_system(path: &Path, error: &io::Error) -> StoreError {
    let path_buf = path.to_owned();
    match Errno::from_io_error(error) {
        Some(Errno::NOENT) => StoreError::Missing(path_buf),
        Some(Errno::NOSPC | Errno::DQUOT) => StoreError::Full(path_buf),
        Some(Errno::ROFS) => StoreError::ReadOnly(path_buf),
        Some(Errno::EXIST) => StoreError::Exists(path_buf),
        Some(Errno::ACCESS | Errno::PERM | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG) => {
            StoreError::Unopenable {
                path: path_buf,
                what: error.to_string(),
            }
        }
        _ => StoreError::Failed {
            path: path_buf,
            what: error.to_string(),
        },
    }
}

/// Whether the store's file and its directory can be written, as far as the system tells.
pub(super) fn writable(path: &Path) -> bool {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parent = place.parent().unwrap_or(Path::new("/"));
    [place.as_path(), parent]
        .iter()
        .all(|path| access(*path, Access::WRITE_OK).is_ok())
}

/// Whether the file system has no block or no inode left. SQLite keeps the system's own error
/// code to itself, so the question has to be asked again.
fn no_room(path: &Path) -> bool {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parent = place.parent().unwrap_or(Path::new("/"));
    statvfs(parent)
        .is_ok_and(|system| system.f_bavail == 0 || (system.f_files > 0 && system.f_favail == 0))
}
