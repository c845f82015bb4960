//! Whether somebody wrote: asked before each answer, by the thread that answers.
//!
//! Each thread has a store of its own to ask, so that none waits for another, and what a store says
//! is compared with nothing but what the same store said before.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use crate::server::pool::{SendStore, Stores};
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
pub(super) struct Watches(Box<[Mutex<Watch>]>);

#[derive(Default)]
struct Watch {
    store: Option<SendStore>,
    /// The pulse up to which everything was taken note of.
    settled: Option<u64>,
}

/// A pulse that somebody may have written since the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beat {
    watch: usize,
    pulse: Option<u64>,
}

impl Watches {
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
    pub(super) fn mine(&self) -> usize {
        thread() % WATCHES
    }

    /// What a watch says now; nothing where it is settled. To be taken note of by whoever may wait,
    /// who then calls [`Watches::settle`].
    pub(super) fn beat(&self, watch: usize, stores: &Stores) -> Result<Option<Beat>, StoreError> {
        let mut found = self.0[watch].lock().unwrap_or_else(PoisonError::into_inner);
        if found.store.is_none() {
            found.store = Some(stores.open()?);
        }
        let pulse = found
            .store
            .as_ref()
            .map(|store| store.pulse())
            .transpose()?;
        Ok((found.settled != pulse).then_some(Beat { watch, pulse }))
    }

    /// Everything was taken note of that had been written when the pulse was felt.
    pub(super) fn settle(&self, beat: Beat) {
        let watch = self.0[beat.watch].lock();
        watch.unwrap_or_else(PoisonError::into_inner).settled = beat.pulse;
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
