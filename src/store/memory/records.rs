//! What is kept beside a project in memory.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::MemoryStore;
use crate::domain::catalog::Revision;
use crate::store::{Amend, Author, Done, Kept, RecordKind, Records, StoreError};

/// The records, by kind and name.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<BTreeMap<(RecordKind, String), String>>);

impl Shelf {
    fn open(&self) -> MutexGuard<'_, BTreeMap<(RecordKind, String), String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts these, and takes those away that say nothing.
    pub(super) fn put_all(&self, records: Vec<(RecordKind, String, Option<String>)>) {
        let mut shelf = self.open();
        for (kind, name, body) in records {
            match body {
                Some(body) => shelf.insert((kind, name), body),
                None => shelf.remove(&(kind, name)),
            };
        }
    }

    /// Refuses to carry out a request again.
    pub(super) fn refuse_repeated(&self, author: &Author) -> Result<(), StoreError> {
        let Some(request) = &author.request else {
            return Ok(());
        };
        let name = (RecordKind::Request, request.name.as_str().to_owned());
        let done = self.open().get(&name).and_then(|body| Done::read(body));
        done.map_or(Ok(()), |done| Err(StoreError::Repeated(done)))
    }

    /// Notes that the author's request was carried out.
    pub(super) fn note_request(&self, author: &Author, revision: Revision) {
        if let Some(request) = &author.request {
            let name = request.name.as_str().to_owned();
            let body = request.done(author.at, revision).write();
            self.open().insert((RecordKind::Request, name), body);
        }
    }
}

impl Records for MemoryStore {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.records.open().get(&(kind, name.to_owned())).cloned())
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        let shelf = self.records.open();
        let first = Bound::Included((kind, String::new()));
        let all = shelf.range((first, Bound::Unbounded));
        let alike = all.take_while(|((of, _), _)| *of == kind);
        Ok(alike
            .map(|((_, name), body)| (name.clone(), body.clone()))
            .collect())
    }

    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        let mut shelf = self.records.open();
        self.beat();
        let place = (kind, name.to_owned());
        match amend(shelf.get(&place).map(String::as_str)) {
            Kept::AsItWas => {}
            Kept::Now(body) => {
                shelf.insert(place, body);
            }
            Kept::Gone => {
                shelf.remove(&place);
            }
        }
        Ok(())
    }
}
