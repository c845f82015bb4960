//! Stores for many requests at once.
//!
//! A store is used by one thread at a time and waits for the disk, so each request that needs one
//! takes one from here onto a thread of its own. They are opened as they are needed and kept. Those
//! who write wait here for each other and not at the store's lock, where nobody stands in line.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::store::{Store, StoreError};

/// How many requests read at once; the others wait. Each has a connection and a thread.
const READERS: usize = 16;

/// A store that may go from thread to thread.
pub type SendStore = Box<dyn Store + Send>;

/// Opens the store once more.
pub type Opener = Box<dyn Fn() -> Result<SendStore, StoreError> + Send + Sync>;

/// Stores that are all the same place.
#[derive(Clone)]
pub struct Stores(Arc<Pool>);

struct Pool {
    open: Opener,
    idle: Mutex<Vec<SendStore>>,
    readers: Semaphore,
    writers: Semaphore,
}

impl Stores {
    /// Makes a pool; nothing is opened yet.
    pub fn new(open: Opener) -> Self {
        Self(Arc::new(Pool {
            open,
            idle: Mutex::default(),
            readers: Semaphore::new(READERS),
            writers: Semaphore::new(1),
        }))
    }

    /// Opens a store that is nobody else's.
    ///
    /// # Errors
    ///
    /// What keeps it from being opened.
    pub fn open(&self) -> Result<SendStore, StoreError> {
        (self.0.open)()
    }

    /// Asks a store something.
    ///
    /// # Errors
    ///
    /// Those of `ask`, and what keeps a store from being opened.
    pub async fn read<T, E>(
        &self,
        ask: impl FnOnce(&dyn Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        // Neither semaphore is ever closed.
        let _turn = self.0.readers.acquire().await;
        self.on_a_thread(ask).await
    }

    /// Has a store written to. What was begun is carried through even if the caller goes away.
    ///
    /// # Errors
    ///
    /// As with [`Stores::read`].
    pub async fn write<T, E>(
        &self,
        write: impl FnOnce(&dyn Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let _turn = self.0.writers.acquire().await;
        self.on_a_thread(write).await
    }

    async fn on_a_thread<T, E>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let stores = self.clone();
        let done = spawn_blocking(move || stores.lend(work)).await;
        // The thread is gone only if it panicked, or if the server is at its end.
        done.unwrap_or_else(|_| Err(StoreError::GivenUp.into()))
    }

    /// The same on the thread that calls, which may wait.
    ///
    /// # Errors
    ///
    /// As with [`Stores::read`].
    pub fn lend<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = || self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let store = match kept {
            Some(store) => store,
            None => (self.0.open)()?,
        };
        let done = work(&*store);
        idle().push(store);
        done
    }
}

impl std::fmt::Debug for Stores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stores")
    }
}
