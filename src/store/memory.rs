//! A project in memory: the plainest store, by which the others are measured, and what a document
//! read from a file is asked through.
//!
//! Contents are never edited in place. A write copies them, edits the copy and puts it in the
//! place of the old, so that a snapshot simply holds on to what it saw. That makes a write cost as
//! much as the project is large, which suits tests and files and nothing else.

mod contents;
mod load;
mod records;
mod replay;
mod view;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use super::waiting::{NEAR, poll};
use super::{
    Author, Capabilities, Feed, Head, Loaded, Planner, Purpose, Relay, Snapshot, Store, StoreError,
    Written,
};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::document::Document;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use contents::Contents;
use load::Load;
use replay::Replayed;
use view::View;

/// A project that lives as long as this value.
#[derive(Debug, Default)]
pub struct MemoryStore {
    current: RwLock<Arc<Contents>>,
    /// Held while a write is planned and carried out: a lock of its own, so that reading goes on
    /// meanwhile.
    writing: Mutex<()>,
    records: records::Shelf,
    /// How often something was written.
    pulse: AtomicU64,
}

impl MemoryStore {
    /// An empty project.
    pub fn new() -> Self {
        Self::default()
    }

    /// The project that a document describes.
    ///
    /// It has no history, and everything in it is from [`Revision::UNKNOWN`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] when the document breaks a rule that any write would have to keep.
    pub fn from_document(document: Document) -> Result<Self, StoreError> {
        let mut contents = Contents::default();
        for change in document.into_changes().changes() {
            contents.apply(change, Revision::UNKNOWN)?;
        }
        Ok(Self {
            current: RwLock::new(Arc::new(contents)),
            ..Self::default()
        })
    }

    /// What is there now. A panic elsewhere cannot have left it half written: it is exchanged
    /// whole.
    fn current(&self) -> Arc<Contents> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, contents: Contents) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(contents);
        self.beat();
    }

    /// Has the pulse be another one.
    fn beat(&self) {
        self.pulse.fetch_add(1, Ordering::AcqRel);
    }
}

impl Store for MemoryStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(View(self.current())))
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.records.refuse_repeated(author)?;
        let found = self.current();
        let changes = planner(&View(Arc::clone(&found)))?;
        if changes.is_empty() {
            let revision = found.revision;
            return Ok(Written {
                revision,
                changes,
                trace: None,
            });
        }
        let revision = found.revision.next();
        let mut contents = Contents::clone(&found);
        for change in changes.changes() {
            contents.apply(change, revision)?;
        }
        contents.record(author.entry(revision), changes.clone());
        self.records.note_request(author, revision);
        self.put(contents);
        Ok(Written {
            revision,
            changes,
            trace: None,
        })
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Purpose::Write(author) = purpose {
            self.records.refuse_repeated(author)?;
        }
        let found = self.current();
        let mut load = Load::new(&found);
        feed(&View(Arc::clone(&found)), &mut load)?;
        let (mut contents, changes) = load.finish()?;
        let (Purpose::Write(author), false) = (purpose, changes.is_empty()) else {
            return Ok(Loaded {
                revision: found.revision,
                changes: 0,
            });
        };
        let revision = found.revision.next();
        let made = changes.changes().len() as u64;
        contents.record(author.entry(revision), changes);
        self.records.note_request(author, revision);
        self.put(contents);
        Ok(Loaded {
            revision,
            changes: made,
        })
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let found = self.current();
        // What a file says was never written, so that nothing can follow it.
        if found.head() != *after || found.revision != after.revision {
            return Err(StoreError::Moved);
        }
        let mut replayed = Replayed::new(&found);
        relay(&mut replayed)?;
        let (contents, records) = replayed.finish()?;
        let head = contents.head();
        self.records.put_all(records);
        self.put(contents);
        Ok(head)
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
        Capabilities::all("memory")
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        Ok(self.pulse.load(Ordering::Acquire))
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        poll(seen, at_most, NEAR, || self.pulse())
    }
}
