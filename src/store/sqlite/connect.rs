//! Connections: how a store's file is opened to read it and to write it.
//!
//! Reading should work wherever the bytes can be read, but a write-ahead log wants an index
//! (`-shm`) beside the file even from readers. Where that cannot be had:
//!
//! * On a full disk the file is opened with `locking_mode=EXCLUSIVE`: SQLite then keeps the index
//!   in memory, and keeps everybody else out for the moment that it takes.
//! * In a directory or mount that we may not write, and with no log that holds anything, the file
//!   by itself is complete: it is opened as immutable. A log that does hold something is read
//!   with its index if there is one; else nobody can tell which part of it counts, and that is
//!   an error.
//! * There, too, SQLite (3.53) reads again and again for ten seconds, and then gives up, where a
//!   writer was cut off just behind the log's header. Such a log holds nothing either.
//!
//! A store of an older form is brought to the present one by whoever opens it first and may write
//! there. Who may not reads it as it is: what answers need has been there from the first form on.

use std::cell::Cell;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, ffi};

use super::fault::{Fault, PATIENCE_SECONDS, writable};
use super::{halt, place, schema};
use crate::store::StoreError;

/// A connection in a read transaction.
pub(super) struct Reading {
    pub(super) connection: Connection,
    /// Whether others are kept out, so that the connection must be closed at the end.
    pub(super) exclusive: bool,
}

/// So many of SQLite's instructions a statement goes through before it asks whether to go on.
const INSTRUCTIONS: i32 = 100_000;

/// How a read transaction begins.
type Begin = fn(&Connection, &Path) -> Result<(), Fault>;

/// Opens the store for reading and begins a transaction.
pub(super) fn read(path: &Path) -> Result<Reading, Fault> {
    read_beginning(path, begin)
}

/// The same, and whatever older form the tables have, they stay in it.
pub(super) fn read_as_it_is(path: &Path) -> Result<Reading, Fault> {
    read_beginning(path, |connection, _| begin_as_it_is(connection).map(drop))
}

fn read_beginning(path: &Path, begin: Begin) -> Result<Reading, Fault> {
    if place::has_abandoned_log(path) && !writable(path) {
        return alone(path);
    }
    let first = open(&plain(path), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let failed = match begin(&first, path) {
        Ok(()) => {
            return Ok(Reading {
                connection: first,
                exclusive: false,
            });
        }
        Err(fault) if lacks_index(&fault) || stumbles_at_log(&fault, path) => fault,
        Err(fault) => return Err(fault),
    };
    drop(first);
    if writable(path) {
        apart(exclusive(path)?)
    } else if place::has_pending_writes(path) {
        Err(unrecoverable(path, &failed).into())
    } else {
        alone(path)
    }
}

/// Reads the store's own file and nothing beside it, taking it for one that nobody changes.
fn alone(path: &Path) -> Result<Reading, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    apart(open(&immutable(path), flags)?)
}

fn apart(connection: Connection) -> Result<Reading, Fault> {
    begin_as_it_is(&connection)?;
    Ok(Reading {
        connection,
        exclusive: true,
    })
}

/// Begins a read transaction, in which everything is from the moment of its first look.
pub(super) fn begin(connection: &Connection, path: &Path) -> Result<(), Fault> {
    if begin_as_it_is(connection)? {
        return Ok(());
    }
    connection.execute_batch("ROLLBACK")?;
    if let Err(fault) = write(path).and_then(|mut writer| schema::migrate(&mut writer)) {
        match fault.writing(path) {
            StoreError::ReadOnly(_)
            | StoreError::Full(_)
            | StoreError::Locked { .. }
            | StoreError::Unopenable { .. } => {}
            error => return Err(error.into()),
        }
    }
    begin_as_it_is(connection)?;
    Ok(())
}

/// Begins a read transaction on whatever form is there, and tells whether it is the present one.
fn begin_as_it_is(connection: &Connection) -> Result<bool, Fault> {
    connection.execute_batch("BEGIN")?;
    schema::is_current(connection)
}

/// SQLite's count of the writes that other connections made since this one was opened, from some
/// number on.
pub(super) fn data_version(connection: &Connection) -> Result<u64, Fault> {
    let mut statement = connection.prepare_cached("PRAGMA data_version")?;
    let version: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(version.unsigned_abs())
}

/// Opens the store for writing.
pub(super) fn write(path: &Path) -> Result<Connection, Fault> {
    if place::has_abandoned_log(path) && !writable(path) {
        return Err(StoreError::ReadOnly(path.to_owned()).into());
    }
    let connection = open(&plain(path), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    connection.execute_batch(match journal.as_str() {
        "wal" => "PRAGMA synchronous = FULL",
        // A journal's removal is the commit: EXTRA carries that to the disk as well.
        _ => "PRAGMA synchronous = EXTRA",
    })?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Opens the store for writing very much at once. Every row that such a write refers to has been
/// looked up by itself, and SQLite need not do it again.
pub(super) fn write_long(path: &Path) -> Result<Connection, Fault> {
    let connection = write(path)?;
    connection.execute_batch("PRAGMA cache_size = -16384; PRAGMA foreign_keys = OFF")?;
    Ok(connection)
}

fn exclusive(path: &Path) -> Result<Connection, Fault> {
    let connection = open(&plain(path), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
    Ok(connection)
}

pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Fault> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(wait))?;
    if halt::is_heeded() {
        connection.progress_handler(INSTRUCTIONS, Some(halt::asked))?;
    }
    Ok(connection)
}

/// Whether reading failed for want of the log or its index, and not of the file itself.
fn lacks_index(fault: &Fault) -> bool {
    fault.code().is_some_and(|code| {
        code & 0xff == ffi::SQLITE_CANTOPEN
            || matches!(
                code,
                ffi::SQLITE_FULL
                    | ffi::SQLITE_IOERR_WRITE
                    | ffi::SQLITE_IOERR_SHMOPEN
                    | ffi::SQLITE_IOERR_SHMSIZE
                    | ffi::SQLITE_IOERR_SHMMAP
                    | ffi::SQLITE_IOERR_SHMLOCK
                    | ffi::SQLITE_READONLY_CANTLOCK
                    | ffi::SQLITE_READONLY_CANTINIT
                    | ffi::SQLITE_READONLY_RECOVERY
                    | ffi::SQLITE_READONLY_DIRECTORY
            )
    })
}

/// Whether reading failed for a log that holds nothing and that we may not clear away.
fn stumbles_at_log(fault: &Fault, path: &Path) -> bool {
    fault.code() == Some(ffi::SQLITE_PROTOCOL)
        && !writable(path)
        && !place::has_pending_writes(path)
}

fn unrecoverable(path: &Path, fault: &Fault) -> StoreError {
    let code = fault.code().unwrap_or_default();
    StoreError::Unopenable {
        path: path.to_owned(),
        what: format!(
            "its latest writes are in the log beside it, which cannot be read without a \
             directory that can be written (SQLite code {code})"
        ),
    }
}

/// SQLite as it is built here takes any name in `file:` for a URI.
fn plain(path: &Path) -> PathBuf {
    if path.as_os_str().as_bytes().starts_with(b"file:") {
        Path::new(".").join(path)
    } else {
        path.to_owned()
    }
}

/// The URI by which SQLite takes a file for one that nobody changes.
fn immutable(path: &Path) -> PathBuf {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut uri = b"file://".to_vec();
    for byte in place.as_os_str().as_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => uri.push(*byte),
            _ => uri.extend(format!("%{byte:02X}").bytes()),
        }
    }
    uri.extend(b"?immutable=1");
    OsString::from_vec(uri).into()
}

/// Waits a little for a lock, for [`PATIENCE_SECONDS`] in all or until it is asked to end. SQLite's own handler comes to
/// sleep a tenth of a second at a time, in which among many writers others are always quicker.
fn wait(attempt: i32) -> bool {
    thread_local!(static SINCE: Cell<Option<Instant>> = const { Cell::new(None) });
    let now = Instant::now();
    if attempt == 0 {
        SINCE.set(Some(now));
    }
    let waited = SINCE.get().map(|since| now.duration_since(since));
    let within = waited.is_some_and(|waited| waited < Duration::from_secs(PATIENCE_SECONDS));
    let waits = within && !halt::asked();
    if waits {
        let pause = if attempt < 10 { 1 } else { 5 };
        std::thread::sleep(Duration::from_millis(pause));
    }
    waits
}
