//! What this process knows of a database, whichever of its sessions found it out: shared by all that
//! are opened from one place.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::definitions::Definitions;
use super::place::Host;
use crate::store::chain::Head;

/// For how long those who ask a question do without a leader, where one was just looked for in vain.
const LEADERLESS: Duration = Duration::from_secs(15);

/// The latest that is known: replicas may not have got it yet, and who asks need not ask for it again.
#[derive(Clone, Default)]
pub struct Latest(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// The latest write of which this process knows, by the pulse that it left.
    pulse: AtomicI64,
    /// The pulse that the leader told last, and when it was asked.
    felt: Mutex<Option<(Instant, u64)>>,
    /// When a leader was last looked for in vain, and which host fell silent that had led.
    lost: Mutex<Option<(Instant, Option<Host>)>>,
    /// The definitions that a write found or left, and the end of the chain that they belong to: no
    /// other history has the same.
    definitions: Mutex<Option<(Head, Arc<Definitions>)>>,
    /// Whether no rule named anybody when that was last seen.
    names_nobody: AtomicBool,
}

impl Latest {
    /// Somebody has seen a leader at this pulse.
    pub(super) fn notice(&self, pulse: i64) {
        self.0.pulse.fetch_max(pulse, Ordering::AcqRel);
    }

    /// Whether what has this pulse lacks a write that is known.
    pub(super) fn is_beyond(&self, pulse: i64) -> bool {
        self.0.pulse.load(Ordering::Acquire) > pulse
    }

    /// The leader told this pulse when it was asked, after `begun`.
    pub(super) fn feel(&self, begun: Instant, pulse: u64) {
        *lock(&self.0.lost) = None;
        let mut felt = lock(&self.0.felt);
        if felt.is_none_or(|(before, _)| before <= begun) {
            *felt = Some((begun, pulse));
        }
    }

    /// The pulse that was told last, if that is not longer ago than this.
    pub(super) fn felt(&self, within: Duration) -> Option<u64> {
        let felt = *lock(&self.0.felt);
        felt.filter(|(begun, _)| begun.elapsed() < within)
            .map(|(_, pulse)| pulse)
    }

    /// No leader could be asked; if one fell silent, it is this one.
    pub(super) fn lose(&self, host: Option<&Host>) {
        let mut lost = lock(&self.0.lost);
        let before = lost.take().and_then(|(_, host)| host);
        *lost = Some((Instant::now(), host.cloned().or(before)));
    }

    /// Whether a leader was just looked for in vain.
    pub(super) fn is_leaderless(&self) -> bool {
        let lost = lock(&self.0.lost);
        let tried = lost.as_ref().map(|(tried, _)| tried);
        tried.is_some_and(|tried| tried.elapsed() < LEADERLESS)
    }

    /// Whether it is this host that led, and fell silent.
    pub(super) fn is_lost(&self, host: &Host) -> bool {
        let lost = lock(&self.0.lost);
        lost.as_ref().is_some_and(|(tried, silent)| {
            tried.elapsed() < LEADERLESS && silent.as_ref() == Some(host)
        })
    }

    /// Keeps the definitions that belong to an end of the chain.
    pub(super) fn learn(&self, head: Head, definitions: Arc<Definitions>) {
        *lock(&self.0.definitions) = Some((head, definitions));
    }

    /// The definitions that belong to this end of the chain, if they are known.
    pub(super) fn definitions(&self, head: &Head) -> Option<Arc<Definitions>> {
        let known = lock(&self.0.definitions);
        let known = known.as_ref().filter(|(of, _)| of == head);
        known.map(|(_, definitions)| Arc::clone(definitions))
    }

    /// Rules name somebody, or nobody, by definitions that were just read.
    pub(super) fn names_anybody(&self, anybody: bool) {
        self.0.names_nobody.store(!anybody, Ordering::Relaxed);
    }

    /// Whether it is likely that no rule names anybody.
    pub(super) fn may_name_nobody(&self) -> bool {
        self.0.names_nobody.load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nobody leaves anything half done in one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Latest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Latest").field(&self.0.pulse).finish()
    }
}
