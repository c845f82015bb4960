//! What is prepared for answers, and made anew when something was written or a moment has come.
//!
//! Whether something was written is asked of the store before each answer, so that a change is
//! seen by the next request. What a store holds is known by its latest revision and that one's
//! hash: a backup that is put in place may have the revision, and not the hash.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::configuration::{self, Configuration};
use super::directory::Directory;
use super::log_note;
use super::problem::WorkosProblem;
use crate::domain::catalog::Revision;
use crate::domain::time::Time;
use crate::server::app::Shared;
use crate::server::log::Log;
use crate::store::{Digest, HistoryError, Snapshot, Store, StoreError};

/// What a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    revision: Revision,
    /// None where the store is of a form that kept none.
    digest: Option<Digest>,
}

impl Head {
    fn of(snapshot: &dyn Snapshot) -> Result<Self, StoreError> {
        let revision = snapshot.revision()?;
        let digest = match snapshot.digest(revision) {
            Err(StoreError::History(HistoryError::Unchained)) => None,
            digest => digest?,
        };
        Ok(Self { revision, digest })
    }
}

/// Something prepared, and of what.
type Kept<T> = Mutex<Option<(Head, Arc<T>)>>;

/// What is prepared.
#[derive(Debug, Default)]
pub(in crate::server) struct Desk {
    directory: Kept<Directory>,
    configuration: Kept<Configuration>,
}

impl Desk {
    /// Every flag, as it is now.
    pub(super) async fn directory(
        self: Arc<Self>,
        app: &Shared,
    ) -> Result<Arc<Directory>, WorkosProblem> {
        let asked = move |store: &dyn Store| self.read_directory(store);
        Ok(app.stores.read(asked).await?)
    }

    /// Every flag as of a revision, from memory where that is the one that is kept.
    pub(super) async fn directory_of(
        self: Arc<Self>,
        app: &Shared,
        revision: Revision,
    ) -> Result<Arc<Directory>, WorkosProblem> {
        match self.kept(revision) {
            Some(directory) => Ok(directory),
            None => self.directory(app).await,
        }
    }

    /// The same, if it is in memory.
    pub(super) fn kept(&self, revision: Revision) -> Option<Arc<Directory>> {
        let kept = held(&self.directory);
        let (head, directory) = kept.as_ref()?;
        (head.revision == revision).then(|| Arc::clone(directory))
    }

    /// The configuration payload, as it is now.
    pub(super) async fn configuration(
        self: Arc<Self>,
        app: &Shared,
    ) -> Result<Arc<Configuration>, WorkosProblem> {
        let at = app.now().map_err(|_| StoreError::GivenUp)?;
        let log = Arc::clone(&app.log);
        let asked = move |store: &dyn Store| self.read_configuration(store, at, &log);
        Ok(app.stores.read(asked).await?)
    }

    fn read_directory(&self, store: &dyn Store) -> Result<Arc<Directory>, StoreError> {
        // Whoever comes meanwhile waits here, and does not do the same once more.
        let mut kept = held(&self.directory);
        let snapshot = store.snapshot()?;
        let head = Head::of(&*snapshot)?;
        if let Some((of, directory)) = &*kept
            && *of == head
        {
            return Ok(Arc::clone(directory));
        }
        let earlier = kept
            .as_ref()
            .map(|(of, directory)| (of.revision, &**directory));
        let directory = Arc::new(Directory::read(&*snapshot, earlier)?);
        *kept = Some((head, Arc::clone(&directory)));
        Ok(directory)
    }

    fn read_configuration(
        &self,
        store: &dyn Store,
        at: Time,
        log: &Log,
    ) -> Result<Arc<Configuration>, StoreError> {
        let mut kept = held(&self.configuration);
        let snapshot = store.snapshot()?;
        let head = Head::of(&*snapshot)?;
        if let Some((of, configuration)) = &*kept
            && *of == head
            && configuration.holds(at)
        {
            return Ok(Arc::clone(configuration));
        }
        let configuration = Arc::new(configuration::compose(&*snapshot, at)?);
        // What is so from the beginning was said at the start.
        if let Some((_, earlier)) = &*kept {
            let notes = configuration.notes.iter();
            let new = notes.filter(|note| !earlier.notes.contains(note));
            new.for_each(|note| log_note(log, note));
        }
        *kept = Some((head, Arc::clone(&configuration)));
        Ok(configuration)
    }
}

/// A panic elsewhere cannot have left it half written: it is exchanged whole.
fn held<T>(kept: &Kept<T>) -> MutexGuard<'_, Option<(Head, Arc<T>)>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
