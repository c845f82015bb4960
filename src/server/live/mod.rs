//! The project in memory: answers that wait for no disk.
//!
//! A look-up in the store takes several times as long as the rest of a request. So the definitions
//! are kept prepared, and of the subjects as many as there is room for. What is here is never asked
//! whether it is old: whoever answers first asks whether anybody wrote (`watch`), and if so, what
//! the writes touched is forgotten (`touched`) before the answer. A change is therefore seen by
//! the next request, at every connection, whoever made it; or after as long as the operator allows,
//! where the store is far away.
//!
//! Everything here is as at one revision, and is read under one lock, so no answer mixes two. What
//! is not here is looked up in the store, in a snapshot whose own revision the answer then has.
//!
//! | file | holds |
//! | --- | --- |
//! | `world` | what is in memory, and how it answers |
//! | `shelf`, `table`, `packed`, `names` | the subjects, in little room |
//! | `prepared` | the definitions |
//! | `watch` | whether somebody wrote |
//! | `touched` | what a write leaves |
//! | `kept` | what is looked up of who is asked about |
//! | `fill` | all subjects, read beforehand |

mod fill;
mod kept;
mod names;
mod packed;
mod prepared;
mod shelf;
mod table;
mod touched;
mod watch;
mod world;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Instant;

pub use prepared::Prepared;

use super::evaluate::{Answers, Asked, Which};
use super::pool::Stores;
use crate::domain::catalog::Revision;
use crate::domain::refusal::Refusal;
use crate::domain::time::Time;
use crate::store::{Digest, Scope, Snapshot, Span, Store, StoreError, Written};
use kept::{Kept, Unnamed};
use touched::Touched;
use watch::Watches;
use world::World;

/// The project in memory.
pub struct Live {
    stores: Stores,
    world: RwLock<World>,
    watches: Watches,
    /// Held while writes are taken note of.
    following: Mutex<()>,
    /// Held while somebody takes note of what a store that is far away has told.
    settling: Mutex<()>,
    /// Wakes who reads all subjects beforehand.
    filler: OnceLock<SyncSender<()>>,
    /// Whether anybody asked for an answer lately.
    is_wanted: AtomicBool,
}

/// How much is in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Users and custom targets.
    pub subjects: usize,
    /// The bytes that subjects take, about.
    pub bytes: usize,
    /// How many they may take.
    pub room: usize,
    /// What everything is as at.
    pub revision: Revision,
    /// Whether subjects are being read beforehand just now.
    pub is_filling: bool,
}

impl Live {
    /// Nothing yet, with room for so many bytes of subjects.
    pub fn new(stores: Stores, room: usize) -> Self {
        Self {
            stores,
            world: RwLock::new(World::new(room)),
            watches: Watches::default(),
            following: Mutex::default(),
            settling: Mutex::default(),
            filler: OnceLock::new(),
            is_wanted: AtomicBool::new(false),
        }
    }

    /// How much is in memory.
    pub fn held(&self) -> Held {
        self.read(|world| Held {
            subjects: world.shelf.number(),
            bytes: world.shelf.used(),
            room: world.shelf.room(),
            revision: world.revision,
            is_filling: world.filling.is_some(),
        })
    }

    /// The definitions as they are now, if they were ever read: after [`Live::is_settled`], as they
    /// were when that was asked, or later.
    pub fn definitions<R>(&self, look: impl FnOnce(&Prepared) -> R) -> Option<R> {
        self.read(|world| world.prepared.as_deref().map(look))
    }

    /// Whether everything was taken note of that had been written at `since`. Never waits.
    pub fn is_settled(&self, since: Instant) -> bool {
        self.is_wanted.store(true, Ordering::Relaxed);
        self.watches.is_settled(since)
    }

    /// Whether anybody asked for an answer since this was last asked.
    pub fn was_wanted(&self) -> bool {
        self.is_wanted.swap(false, Ordering::Relaxed)
    }

    /// A store that is far away has told this pulse since `begun`.
    pub fn hear(&self, begun: Instant, pulse: u64) {
        self.watches.hear(begun, pulse);
    }

    /// Whether to ask the store anything is a journey, as far as that is known.
    pub fn is_far(&self) -> bool {
        self.watches.are_far()
    }

    /// When a store that is far away was last heard.
    pub fn heard(&self) -> Option<Instant> {
        self.watches.heard()
    }

    /// The watch of the thread that asks, for [`Live::settle`] on another one.
    pub fn watch(&self) -> usize {
        Watches::mine()
    }

    /// Takes note of everything that had been written at `since`. `others` is called before, to take note
    /// of what it keeps itself. Waits for the store.
    ///
    /// # Errors
    ///
    /// What keeps the store from being read; then nothing of it may be answered.
    pub fn settle(
        &self,
        watch: usize,
        since: Instant,
        store: &dyn Store,
        others: impl FnOnce(&dyn Store) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some(beat) = self.watches.beat(watch, since, &self.stores)? else {
            return Ok(());
        };
        // Of many who find the same, one takes note of it for all.
        let _settling = self.is_far().then(|| lock(&self.settling));
        if self.is_far() && self.watches.is_settled(since) {
            return Ok(());
        }
        others(store)?;
        self.follow(store)?;
        self.watches.settle(beat);
        Ok(())
    }

    /// Takes note of a write of this server's, begun at that moment, without asking the store: if
    /// everything before it was taken note of, and the definitions stay as they are.
    pub fn wrote(&self, begun: Instant, written: &Written) {
        let Some(trace) = &written.trace else {
            return;
        };
        let touched = Touched::of(&written.changes);
        let Some(touched) = touched.filter(|touched| !touched.definitions) else {
            return;
        };
        // Whoever takes note of more is at it already.
        let Ok(_following) = self.following.try_lock() else {
            return;
        };
        if !self.watches.has_settled(trace.found) {
            return;
        }
        let fits = self.write(|world| {
            let fits = world.prepared.is_some() && world.revision.next() == written.revision;
            if fits {
                touched.forget(world, written.revision);
                (world.revision, world.digest) = (written.revision, Some(trace.digest));
            }
            fits
        });
        if fits {
            self.watches.hear(begun, trace.left);
            self.watches.step(trace.found, trace.left);
        }
    }

    /// Tells the answers to `tell`, which is given back where something has to be looked up first.
    /// Only what was settled is taken into account.
    pub fn answer<R, F: FnOnce(&Answers<'_>) -> R>(
        &self,
        asked: &Asked,
        which: &Which,
        at: Time,
        tell: F,
    ) -> Result<Result<R, Refusal>, F> {
        self.read(|world| world.answer(asked, which, at, tell))
    }

    /// The definitions as they are now, if they were ever read, and their revision.
    pub fn prepared(&self) -> Option<(Arc<Prepared>, Revision)> {
        self.read(|world| Some((Arc::clone(world.prepared.as_ref()?), world.revision)))
    }

    /// Keeps who is asked about, as the snapshot has it; tells whether there may be an answer in
    /// memory now.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn keep(&self, snapshot: &dyn Snapshot, asked: &Asked) -> Result<bool, StoreError> {
        let Some((prepared, as_of)) = self.prepared() else {
            return Ok(false);
        };
        if self.read(|world| world.shelf.room() == 0) {
            return Ok(false);
        }
        let mut found = match prepared.names_anybody() {
            true => Kept::look_up(snapshot, asked)?,
            false => Kept::look_up(&Unnamed(snapshot), asked)?,
        };
        if found.is_empty() {
            return Ok(false);
        }
        found.revision = snapshot.revision()?;
        Ok(self.write(|world| {
            // What is from another revision does not belong here.
            let fits = found.revision == as_of && world.revision == as_of;
            if fits {
                found.put(world);
            }
            fits
        }))
    }

    /// Brings what is in memory to the store's present revision.
    fn follow(&self, store: &dyn Store) -> Result<(), StoreError> {
        let _following = lock(&self.following);
        let snapshot = store.snapshot()?;
        let revision = snapshot.revision()?;
        let digest = digest(&*snapshot, revision);
        let (is_new, known, hash) =
            self.read(|world| (world.prepared.is_none(), world.revision, world.digest));
        if !is_new && known == revision && hash == digest {
            return Ok(());
        }
        // A store that was put back may have another past than the one known here.
        let continues = !is_new && known < revision && self::digest(&*snapshot, known) == hash;
        let touched = match continues {
            true => Touched::by(
                &*snapshot,
                Span {
                    after: known,
                    until: revision,
                },
            )?,
            false => None,
        };
        let prepared = match &touched {
            Some(touched) if !touched.definitions => None,
            _ => Some(Arc::new(Prepared::new(snapshot.catalog(Scope::All)?))),
        };
        let old = self.write(|world| {
            let old = match &touched {
                Some(touched) => {
                    touched.forget(world, revision);
                    None
                }
                None => Some(std::mem::replace(world, World::new(world.shelf.room()))),
            };
            if prepared.is_some() {
                world.prepared = prepared;
            }
            (world.revision, world.digest) = (revision, digest);
            old
        });
        // At the beginning it is awake.
        if old.is_some() && !is_new {
            self.wake_filler();
        }
        Ok(())
    }

    fn read<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        // Whoever panicked was reading, or had nothing half done.
        look(&self.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        change(&mut self.world.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn lock(mutex: &Mutex<()>) -> MutexGuard<'_, ()> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The hash of a revision, where the store keeps one.
fn digest(snapshot: &dyn Snapshot, revision: Revision) -> Option<Digest> {
    snapshot.digest(revision).ok().flatten()
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}
