//! A project in one SQLite file.
//!
//! The file is private to its owner (0600). Writes go through a write-ahead log with
//! `synchronous=FULL`, so that readers never wait and an acknowledged write survives a power cut;
//! where the file system cannot keep such a log, through a rollback journal with
//! `synchronous=EXTRA`. Each write is one `BEGIN IMMEDIATE` transaction: the planner, its changes
//! and their history see no other writer.
//!
//! * `place` looks at what is at a path, before SQLite does; `creation` makes a new store.
//! * `schema` is the tables; `connect` opens connections, also where nothing can be written.
//! * `view` is the snapshot: `definitions`, `subjects`, `walk`, `briefs` (with `naming`), `history`
//!   and `search` read for it.
//! * `records` is what is kept beside the project; `watch` notices that somebody wrote.
//! * `write` carries changes out; `chain` hashes the history and checks that, `retell` hands it over
//!   as it is.
//! * `backup` copies a store while it is in use, `restore` puts such a copy in a store's place;
//!   `proof` looks at every page of either; `examine` looks for whatever may be wrong.
//! * `fault` turns SQLite's codes into what an operator can act on; `halt` ends a write early.

mod backup;
mod briefs;
mod chain;
mod connect;
mod creation;
mod definitions;
mod examine;
mod fault;
mod halt;
mod history;
mod naming;
mod place;
mod proof;
#[cfg(test)]
mod query_plans;
mod records;
mod restore;
mod retell;
mod schema;
mod search;
mod subjects;
mod view;
mod walk;
mod watch;
mod write;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::waiting::{NEAR, poll};
use super::{
    Amend, Author, Capabilities, Feed, Halt, Head, Loaded, Planner, Purpose, RecordKind, Records,
    Relay, Snapshot, Store, StoreError, Written,
};
pub use examine::{Dangling, Endings, Examination, Room};
pub use proof::Proven;
pub use restore::{Occupant, Replaced, Restored, inspect, occupant, restore};
pub use schema::FORMAT;

use crate::domain::change::ChangeSet;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use creation::Journal;
use fault::Fault;
use view::View;
use watch::Watcher;

/// A project in one SQLite file. To be used by one thread at a time; every thread or process may
/// have its own on the same file.
///
/// Connections are opened when they are first needed and kept. They are dropped in this order:
/// the writer last, since it folds the log back into the file, then the claim.
pub struct SqliteStore {
    path: PathBuf,
    halt: Option<Halt>,
    reader: RefCell<Option<Connection>>,
    writer: RefCell<Option<Connection>>,
    watcher: RefCell<Option<Watcher>>,
    claim: place::Claim,
}

impl SqliteStore {
    /// Creates an empty store. Directories that are missing are made, for the owner alone.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is anything already, and whatever keeps the file from
    /// being written; there is then nothing at the place, and it can be tried again.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        creation::create(path, Journal::Log)?;
        Self::open(path)
    }

    /// Opens the store at `path`. Nothing is created or written.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::Newer`] or
    /// [`StoreError::Unopenable`]. Damage and locks show when the contents are first read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let claim = place::Claim::new(path)?;
        Ok(Self {
            path: path.to_owned(),
            halt: None,
            reader: RefCell::default(),
            writer: RefCell::default(),
            watcher: RefCell::default(),
            claim,
        })
    }

    /// Has writes ask whether they are to end: they are then given up, with
    /// [`StoreError::Interrupted`].
    #[must_use]
    pub fn heeding(mut self, halt: Halt) -> Self {
        self.halt = Some(halt);
        self
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn view(&self) -> Result<View<'_>, Fault> {
        // A connection is in use while a transaction is open on it; then another one is opened.
        let idle = |kept: &Connection| kept.is_autocommit();
        if let Some(kept) = kept(&self.reader) {
            if idle(&kept) {
                connect::begin(&kept, &self.path)?;
                return Ok(View::on_kept(kept, &self.path));
            }
            return Ok(View::on_own(
                connect::read(&self.path)?.connection,
                &self.path,
            ));
        }
        let reading = connect::read(&self.path)?;
        if reading.exclusive {
            return Ok(View::on_own(reading.connection, &self.path));
        }
        self.reader.replace(Some(reading.connection));
        match kept(&self.reader) {
            Some(kept) => Ok(View::on_kept(kept, &self.path)),
            None => Ok(View::on_own(
                connect::read(&self.path)?.connection,
                &self.path,
            )),
        }
    }
}

fn kept(slot: &RefCell<Option<Connection>>) -> Option<std::cell::Ref<'_, Connection>> {
    std::cell::Ref::filter_map(slot.borrow(), Option::as_ref).ok()
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteStore").field(&self.path).finish()
    }
}

impl Store for SqliteStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        let view = self.view().map_err(|fault| fault.reading(&self.path))?;
        Ok(Box::new(view))
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        let _heeding = halt::heed(self.halt);
        let written = self.write(author, planner);
        written.map_err(|fault| fault.writing(&self.path))
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        let _heeding = halt::heed(self.halt);
        match purpose {
            Purpose::Write(author) => {
                let loaded = self.write_long(author, feed);
                loaded.map_err(|fault| fault.writing(&self.path))
            }
            Purpose::Rehearse => {
                let view = self.view();
                let told = view.and_then(|view| write::load::rehearse(view, &self.path, feed));
                told.map_err(|fault| fault.reading(&self.path))
            }
        }
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        let _heeding = halt::heed(self.halt);
        let replayed = connect::write_long(&self.path).and_then(|mut connection| {
            write::replay::replay(&mut connection, &self.path, after, relay)
        });
        replayed.map_err(|fault| fault.writing(&self.path))
    }

    fn refuses(&self, _: &str, _: &[Target]) -> Result<(), StoreError> {
        Ok(())
    }

    fn accepts(&self, _: &dyn Snapshot, _: &ChangeSet) -> Result<(), StoreError> {
        Ok(())
    }

    fn given(&self, _: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        Err(StoreError::answers_itself())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all("SQLite")
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        let counted = self.count_writes();
        counted.map_err(|fault| fault.reading(&self.path))
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        poll(seen, at_most, NEAR, || self.pulse())
    }
}

impl Records for SqliteStore {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        let found = self.view().and_then(|view| records::one(&view, kind, name));
        found.map_err(|fault| fault.reading(&self.path))
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        let found = self.view().and_then(|view| records::all(&view, kind));
        found.map_err(|fault| fault.reading(&self.path))
    }

    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        let _heeding = halt::heed(self.halt);
        let amended = self.writing(|connection| records::amend(connection, kind, name, amend));
        amended.map_err(|fault| fault.writing(&self.path))
    }
}

impl SqliteStore {
    fn write(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, Fault> {
        self.writing(|connection| write::update(connection, &self.path, author, planner))
    }

    /// Lends the connection for short writes. One on which a write failed is not used again.
    fn writing<T>(
        &self,
        write: impl FnOnce(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut connection = match self.writer.take() {
            Some(kept) => kept,
            None => connect::write(&self.path)?,
        };
        let written = write(&mut connection)?;
        self.writer.replace(Some(connection));
        Ok(written)
    }

    fn count_writes(&self) -> Result<u64, Fault> {
        let mut watcher = self.watcher.borrow_mut();
        match &mut *watcher {
            Some(watcher) => watcher.pulse(),
            none => none.insert(Watcher::new(&self.path)?).pulse(),
        }
    }

    /// Feeds a write through a connection of its own, made for writing much.
    fn write_long(&self, author: &Author, feed: &mut Feed<'_>) -> Result<Loaded, Fault> {
        let mut connection = connect::write_long(&self.path)?;
        write::load::load(&mut connection, &self.path, author, feed)
    }
}
