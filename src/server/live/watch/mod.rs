//! Whether somebody wrote: asked before each answer.
//!
//! A store of this machine is asked by the thread that answers, in less time than it takes to pass
//! the question on (`near`). Where asking is a journey, one goes for all (`far`).

mod far;
mod near;

use std::sync::OnceLock;
use std::time::Instant;

use crate::server::pool::Stores;
use crate::store::StoreError;
use far::Far;
use near::Near;

/// Watches over one store, by whatever way suits it.
#[derive(Default)]
pub(super) struct Watches(OnceLock<Way>);

enum Way {
    Near(Near),
    Far(Far),
}

/// A pulse that somebody may have written since the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beat {
    watch: usize,
    pulse: u64,
}

impl Watches {
    /// Whether everything was taken note of that had been written at `since`. Never waits.
    pub(super) fn is_settled(&self, since: Instant) -> bool {
        match self.0.get() {
            None => false,
            Some(Way::Near(near)) => near.is_settled(),
            Some(Way::Far(far)) => far.is_settled(since),
        }
    }

    /// The number of the watch of this thread.
    pub(super) fn mine() -> usize {
        Near::mine()
    }

    /// What the store says at `since` or later; nothing where all of it was taken note of. Otherwise
    /// whoever may wait takes note of it, and then calls [`Watches::settle`].
    pub(super) fn beat(
        &self,
        watch: usize,
        since: Instant,
        stores: &Stores,
    ) -> Result<Option<Beat>, StoreError> {
        let way = match self.0.get() {
            Some(way) => way,
            None => {
                let is_far = stores.open()?.capabilities().far;
                self.0.get_or_init(|| match is_far {
                    true => Way::Far(Far::default()),
                    false => Way::Near(Near::new()),
                })
            }
        };
        let open = || stores.open();
        let (pulse, is_settled) = match way {
            Way::Near(near) => near.beat(watch, open)?,
            Way::Far(far) => far.beat(since, open, |store| store.pulse())?,
        };
        Ok((!is_settled).then_some(Beat { watch, pulse }))
    }

    /// A store that is far away has told this pulse since `begun`.
    pub(super) fn hear(&self, begun: Instant, pulse: u64) {
        if let Some(Way::Far(far)) = self.0.get() {
            far.hear(begun, pulse);
        }
    }

    /// Whether everything was taken note of up to a pulse of a store that is far away, and no more.
    pub(super) fn has_settled(&self, pulse: u64) -> bool {
        matches!(self.0.get(), Some(Way::Far(far)) if far.has_settled(pulse))
    }

    /// If so, everything was up to another one.
    pub(super) fn step(&self, from: u64, to: u64) {
        if let Some(Way::Far(far)) = self.0.get() {
            far.step(from, to);
        }
    }

    /// Everything was taken note of that had been written when the pulse was felt.
    pub(super) fn settle(&self, beat: Beat) {
        match self.0.get() {
            None => {}
            Some(Way::Near(near)) => near.settle(beat.watch, beat.pulse),
            Some(Way::Far(far)) => far.settle(beat.pulse),
        }
    }

    /// Whether the store is far away, as far as that is known.
    pub(super) fn are_far(&self) -> bool {
        matches!(self.0.get(), Some(Way::Far(_)))
    }

    /// When a store that is far away was last heard.
    pub(super) fn heard(&self) -> Option<Instant> {
        match self.0.get() {
            Some(Way::Far(far)) => far.heard(),
            _ => None,
        }
    }
}
