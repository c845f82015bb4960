//! A store that is asked before each answer, by the thread that answers.
//!
//! Each thread has a store of its own to ask, so that none waits for another, and what a store says
//! is compared with nothing but what the same store said before.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use crate::server::pool::SendStore;
use crate::store::StoreError;

/// How many threads watch without meeting; tokio has one for each processor.
const WATCHES: usize = 64;

static THREADS: AtomicUsize = AtomicUsize::new(0);
thread_local!(static THREAD: Cell<Option<usize>> = const { Cell::new(None) });

/// The number of this thread, the first of which is 0.
fn thread() -> usize {
    THREAD.get().unwrap_or_else(|| {
        let number = THREADS.fetch_add(1, Ordering::Relaxed);
        THREAD.set(Some(number));
        number
    })
}

/// The watches of all threads.
pub(super) struct Near(Box<[Mutex<Watch>]>);

#[derive(Default)]
struct Watch {
    store: Option<SendStore>,
    /// The pulse up to which everything was taken note of.
    settled: Option<u64>,
}

impl Near {
    pub(super) fn new() -> Self {
        Self((0..WATCHES).map(|_| Mutex::default()).collect())
    }

    /// Whether nobody wrote since everything was last taken note of. Never waits.
    pub(super) fn is_settled(&self) -> bool {
        match self.0[thread() % WATCHES].try_lock() {
            Ok(mut watch) => watch.is_settled(),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().is_settled(),
            Err(TryLockError::WouldBlock) => false,
        }
    }

    /// The number of the watch of this thread.
    pub(super) fn mine() -> usize {
        thread() % WATCHES
    }

    /// What a watch says now, and whether all of it was taken note of. `open` gives it a store where
    /// it has none.
    pub(super) fn beat(
        &self,
        watch: usize,
        open: impl FnOnce() -> Result<SendStore, StoreError>,
    ) -> Result<(u64, bool), StoreError> {
        let mut watch = self.lock(watch);
        let store = match watch.store.take() {
            Some(store) => store,
            None => open()?,
        };
        let pulse = watch.store.insert(store).pulse()?;
        Ok((pulse, watch.settled == Some(pulse)))
    }

    /// Everything was taken note of that had been written when the watch said so.
    pub(super) fn settle(&self, watch: usize, pulse: u64) {
        self.lock(watch).settled = Some(pulse);
    }

    fn lock(&self, watch: usize) -> MutexGuard<'_, Watch> {
        self.0[watch].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch {
    fn is_settled(&mut self) -> bool {
        let Some(store) = &self.store else {
            return false;
        };
        match store.pulse() {
            Ok(pulse) => self.settled == Some(pulse),
            // Another one may fare better; if not, whoever opens it tells why.
            Err(_) => {
                *self = Self::default();
                false
            }
        }
    }
}
