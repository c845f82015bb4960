//! What is at a path, before SQLite touches it.
//!
//! SQLite would create what is missing, wait at a pipe, and leave files beside another program's
//! database. So a store's file is first looked at by ourselves: the header's 100 bytes say whose
//! it is (<https://www.sqlite.org/fileformat.html#the_database_header>). A later version's format
//! may so far stand only in the write-ahead log; each transaction asks for it again.
//!
//! Looking has a price: closing a file gives up every POSIX lock that this process holds on it,
//! those of SQLite included (<https://www.sqlite.org/howtocorrupt.html>, section 2.2). Hence
//! [`Claim`]: a file that a store in this process has open is not opened a second time.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::fs::OFlags;

use super::fault::{PATIENCE_SECONDS, of_system};
use super::schema::{APPLICATION, FORMAT};
use crate::store::StoreError;

const HEADER: usize = 100;
/// What a write-ahead log has before what it holds (section 4.1 of the same page).
const LOG_HEADER: u64 = 32;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A file, by device and inode.
type FileId = (u64, u64);

/// The stores' files that this process has open, and how often.
static CLAIMED: Mutex<BTreeMap<FileId, usize>> = Mutex::new(BTreeMap::new());

/// Keeps this process from opening a store's file other than through SQLite. To be dropped after
/// the connections.
#[derive(Debug)]
pub(super) struct Claim(FileId);

impl Claim {
    /// Whether both are the same file, by whatever names.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// Claims the store at `path`, after making sure that it is one.
    pub(super) fn new(path: &Path) -> Result<Self, StoreError> {
        let found = fs::metadata(path).map_err(|error| match fs::symlink_metadata(path) {
            Ok(_) if error.kind() == std::io::ErrorKind::NotFound => {
                not_a_store(path, "it is a symbolic link to nothing")
            }
            _ => of_system(path, &error),
        })?;
        regular(path, &found)?;
        let id = (found.dev(), found.ino());
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if !claimed.contains_key(&id) {
            look(path)?;
        }
        *claimed.entry(id).or_default() += 1;
        Ok(Self(id))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = claimed.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                claimed.remove(&self.0);
            }
        }
    }
}

fn not_a_store(path: &Path, what: &str) -> StoreError {
    StoreError::NotAStore {
        path: path.to_owned(),
        what: what.to_owned(),
    }
}

fn regular(path: &Path, found: &fs::Metadata) -> Result<(), StoreError> {
    let kind = found.file_type();
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        "it is a directory"
    } else if kind.is_fifo() {
        "it is a pipe"
    } else if kind.is_socket() {
        "it is a socket"
    } else {
        "it is a device"
    };
    Err(not_a_store(path, what))
}

/// Reads the header, and refuses what it does not allow.
fn look(path: &Path) -> Result<(), StoreError> {
    let told = |error: std::io::Error| of_system(path, &error);
    // Not to hang, should a pipe have taken the file's place since.
    let mut options = OpenOptions::new();
    options.read(true);
    options.custom_flags(OFlags::NONBLOCK.bits().cast_signed());
    let file = options.open(path).map_err(told)?;
    regular(path, &file.metadata().map_err(told)?)?;
    let mut header = Vec::with_capacity(HEADER);
    file.take(HEADER as u64)
        .read_to_end(&mut header)
        .map_err(told)?;
    judge(path, &header)
}

fn judge(path: &Path, header: &[u8]) -> Result<(), StoreError> {
    let number = |offset: usize| {
        let bytes = header.get(offset..offset + 4)?;
        bytes.try_into().ok().map(u32::from_be_bytes)
    };
    let (Some(version), Some(application)) = (number(60), number(68)) else {
        let what = if header.is_empty() {
            "it is an empty file"
        } else {
            "it is not an SQLite database"
        };
        return Err(not_a_store(path, what));
    };
    if !header.starts_with(MAGIC) {
        return Err(not_a_store(path, "it is not an SQLite database"));
    }
    if application != APPLICATION {
        return Err(not_a_store(path, "it is another program's database"));
    }
    if i64::from(version) > FORMAT {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found: version.into(),
            known: FORMAT,
        });
    }
    Ok(())
}

/// Whether a file is nobody's database: what is left of a store whose beginning is lost.
pub(super) fn is_wreck(path: &Path) -> bool {
    if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut header = Vec::with_capacity(HEADER);
    let file = File::open(path).map(|file| file.take(HEADER as u64));
    let read = file.and_then(|mut file| file.read_to_end(&mut header));
    read.is_ok() && (header.len() < HEADER || !header.starts_with(MAGIC))
}

/// The file that SQLite keeps beside the store: `-wal`, `-shm` or `-journal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = place.into_os_string();
    name.push(suffix);
    name.into()
}

/// Whether a file beside the store holds writes that the store's own file may lack.
pub(super) fn has_pending_writes(path: &Path) -> bool {
    let holds = |suffix, empty| {
        let found = fs::metadata(beside(path, suffix));
        found.is_ok_and(|found| found.len() > empty)
    };
    holds("-wal", LOG_HEADER) || holds("-journal", 0)
}

/// Whether the log is a header and nothing else, and has been for a while. Who writes a header
/// goes on at once, so this one has been cut off. A glance for the common case, in which there is
/// none: it does not follow links.
pub(super) fn has_abandoned_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let bare = fs::metadata(&log)
        .ok()
        .filter(|found| found.len() == LOG_HEADER);
    let age = bare.and_then(|found| found.modified().ok()?.elapsed().ok());
    age.is_some_and(|age| age > Duration::from_secs(PATIENCE_SECONDS))
}

/// Makes what was done to a directory or file outlive a power cut.
pub(super) fn settle(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}
