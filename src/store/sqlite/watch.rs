//! Noticing that somebody wrote: asked before each answer that was prepared beforehand.
//!
//! SQLite can be asked (`PRAGMA data_version`), which takes and gives back a lock each time: two
//! calls to the system and a run of its machine, several times what an answer costs. But the index
//! of the write-ahead log begins with a header that every commit rewrites: a count of commits, and
//! a checksum over all that the log holds (<https://www.sqlite.org/walformat.html>, section 2.1).
//! So that header is read, by one call, and no lock is touched.
//!
//! Closing a file gives up every lock that the process holds on it, those of SQLite included. The
//! index is therefore never closed: each watcher keeps one descriptor for as long as the process
//! lives, and is itself kept for long.

use std::fs::File;
use std::mem::ManuallyDrop;
use std::os::unix::fs::FileExt;
use std::path::Path;

use rusqlite::Connection;
use xxhash_rust::xxh3::xxh3_64;

use super::fault::Fault;
use super::{connect, place};

/// The header of the index, the first of two copies.
const HEADER: usize = 48;
/// Where it says that it was filled in.
const IS_INITIALIZED: usize = 12;

/// Notices writes by whomever.
pub(super) struct Watcher {
    /// As long as it is open, nobody takes the index away.
    connection: Connection,
    /// `None` where there is no such index: then SQLite is asked.
    index: Option<ManuallyDrop<File>>,
}

impl Watcher {
    /// Begins to watch the store at `path`.
    pub(super) fn new(path: &Path) -> Result<Self, Fault> {
        let connect::Reading {
            connection,
            exclusive,
        } = connect::read(path)?;
        connection.execute_batch("ROLLBACK")?;
        let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        let index = match journal.as_str() {
            "wal" if !exclusive => open_index(path),
            _ => None,
        };
        Ok(Self { connection, index })
    }

    /// Another number than before whenever something may have been written since.
    pub(super) fn pulse(&self) -> Result<u64, Fault> {
        let mut header = [0; HEADER];
        match &self.index {
            Some(index)
                if index.read_exact_at(&mut header, 0).is_ok() && header[IS_INITIALIZED] != 0 =>
            {
                Ok(xxh3_64(&header))
            }
            _ => connect::data_version(&self.connection),
        }
    }
}

fn open_index(path: &Path) -> Option<ManuallyDrop<File>> {
    let index = File::open(place::beside(path, "-shm")).ok()?;
    Some(ManuallyDrop::new(index))
}
