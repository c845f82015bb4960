//! A store that takes a journey to ask, and is asked for all who wait at once.
//!
//! One who asks travels; those who come meanwhile wait for the next journey, which is begun after
//! they came and so serves all of them. With an allowance for old answers most need not wait at all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::server::pool::SendStore;
use crate::store::StoreError;

/// What is known of a store that is far away.
pub(super) struct Far<S = SendStore> {
    /// What travels.
    asking: Mutex<Option<S>>,
    known: Mutex<Known>,
}

/// The last that was heard.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The pulse, and when the journey began that brought it: it is at least as recent.
    heard: Option<(Instant, u64)>,
    /// The pulse up to which everything was taken note of.
    settled: Option<u64>,
}

impl Known {
    /// The pulse as it was at `since` or later.
    fn pulse(&self, since: Instant) -> Option<u64> {
        let heard = self.heard.filter(|(begun, _)| *begun >= since);
        heard.map(|(_, pulse)| pulse)
    }

    fn is_settled(&self, pulse: u64) -> bool {
        self.settled == Some(pulse)
    }
}

impl<S> Default for Far<S> {
    fn default() -> Self {
        Self {
            asking: Mutex::new(None),
            known: Mutex::default(),
        }
    }
}

impl<S> Far<S> {
    /// Whether everything was taken note of that had been written at `since`. Never waits for the
    /// store.
    pub(super) fn is_settled(&self, since: Instant) -> bool {
        let known = self.known();
        known
            .pulse(since)
            .is_some_and(|pulse| known.is_settled(pulse))
    }

    /// What the store says, as it was at `since` or later, and whether all of it was taken note of.
    pub(super) fn beat(
        &self,
        since: Instant,
        open: impl FnOnce() -> Result<S, StoreError>,
        ask: impl FnOnce(&S) -> Result<u64, StoreError>,
    ) -> Result<(u64, bool), StoreError> {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        let known = *self.known();
        if let Some(pulse) = known.pulse(since) {
            return Ok((pulse, known.is_settled(pulse)));
        }
        let store = match asking.take() {
            Some(store) => store,
            None => open()?,
        };
        let begun = Instant::now();
        // One that failed is not asked again: another may fare better.
        let pulse = ask(&store)?;
        *asking = Some(store);
        self.hear(begun, pulse);
        Ok((pulse, self.known().is_settled(pulse)))
    }

    /// Somebody else was told this pulse, and began to ask at that moment or later.
    pub(super) fn hear(&self, begun: Instant, pulse: u64) {
        let mut known = self.known();
        if known.heard.is_none_or(|(before, _)| before < begun) {
            known.heard = Some((begun, pulse));
        }
    }

    /// Everything was taken note of that had been written when the pulse was heard.
    pub(super) fn settle(&self, pulse: u64) {
        self.known().settled = Some(pulse);
    }

    /// Whether everything was taken note of up to this pulse, and no more.
    pub(super) fn has_settled(&self, pulse: u64) -> bool {
        self.known().is_settled(pulse)
    }

    /// If so, everything was up to another one.
    pub(super) fn step(&self, from: u64, to: u64) {
        let mut known = self.known();
        if known.is_settled(from) {
            known.settled = Some(to);
        }
    }

    /// When the store was last heard, so that what is here is at most so old.
    pub(super) fn heard(&self) -> Option<Instant> {
        self.known().heard.map(|(begun, _)| begun)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// What the store says, and how often it was asked.
    #[derive(Default)]
    struct Distant {
        pulse: AtomicU64,
        journeys: AtomicU64,
    }

    impl Distant {
        fn ask(&self) -> Result<u64, StoreError> {
            self.journeys.fetch_add(1, Ordering::SeqCst);
            let pulse = self.pulse.load(Ordering::SeqCst);
            thread::sleep(Duration::from_millis(20));
            Ok(pulse)
        }
    }

    fn beat(far: &Far<()>, since: Instant, distant: &Distant) -> (u64, bool) {
        far.beat(since, || Ok(()), |()| distant.ask()).unwrap()
    }

    #[test]
    fn what_was_heard_before_is_no_answer_to_what_is_asked_now() {
        let (far, distant) = (Far::<()>::default(), Distant::default());
        let first = Instant::now();
        assert!(!far.is_settled(first), "nothing was ever heard");
        let (pulse, is_settled) = beat(&far, first, &distant);
        assert!(!is_settled);
        far.settle(pulse);
        assert!(far.is_settled(first));
        assert!(!far.is_settled(Instant::now()), "somebody may have written");
        distant.pulse.store(1, Ordering::SeqCst);
        let (pulse, is_settled) = beat(&far, Instant::now(), &distant);
        assert_eq!((pulse, is_settled), (1, false));
        assert!(!far.is_settled(first), "what was heard is not settled yet");
        far.settle(pulse);
        assert!(far.is_settled(first));
    }

    #[test]
    fn one_journey_serves_all_who_came_before_it_and_nobody_who_came_after() {
        let (far, distant) = (Far::<()>::default(), Distant::default());
        const MANY: u64 = 16;
        let together = Barrier::new(usize::try_from(MANY).unwrap());
        thread::scope(|scope| {
            for _ in 0..MANY {
                scope.spawn(|| {
                    together.wait();
                    let since = Instant::now();
                    beat(&far, since, &distant);
                    assert!(far.heard().is_some_and(|heard| heard >= since));
                });
            }
        });
        let journeys = distant.journeys.load(Ordering::SeqCst);
        assert!((1..MANY / 2).contains(&journeys), "{journeys} journeys");
    }

    #[test]
    fn a_journey_that_failed_is_made_anew_by_another() {
        let far = Far::<u8>::default();
        let fails = far.beat(Instant::now(), || Ok(1), |_| Err(StoreError::GivenUp));
        assert!(fails.is_err());
        let told = far.beat(Instant::now(), || Ok(2), |which| Ok(u64::from(*which)));
        assert_eq!(told.unwrap().0, 2);
    }
}
