//! All destinations, once or on and on: each has a thread of its own, so that one that does not
//! answer keeps no other waiting.

use std::collections::BTreeMap;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use aws_lc_rs::rand;

use super::delivery::State;
use super::destination::{Destination, DestinationName};
use super::post::{self, Post};
use super::records::{NotifyError, delivery, destinations};
use super::report::Report;
use super::verdict::{Verdict, told};
use crate::remote::{Limits, Poster, RemoteError};
use crate::store::{Store, StoreError};

/// How long an attempt may take. A lease lasts longer.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    total: Duration::from_secs(10),
    size: 2048,
};
/// How long nobody looks whether something was written, where nobody tells of it.
const PAUSE: Duration = Duration::from_millis(200);
/// How long a destination is left alone whose turn the store broke off, in milliseconds.
const REST: i64 = 10_000;

/// What came of an attempt to report something. Nothing secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It has arrived.
    Delivered,
    /// It has not, and is tried again; or the destination's turn broke off.
    Failed(String),
    /// It will never be taken.
    Refused(String),
}

impl Outcome {
    /// In one word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed(_) => "failed",
            Self::Refused(_) => "refused",
        }
    }

    /// What an operator should know of it.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Delivered => None,
            Self::Failed(why) | Self::Refused(why) => Some(why),
        }
    }
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where.
    pub destination: DestinationName,
    /// What.
    pub outcome: Outcome,
}

/// What became of one destination's turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// How many reports arrived.
    pub delivered: u64,
    /// How many attempts failed.
    pub failed: u64,
    /// How many will never be taken.
    pub refused: u64,
    /// How many things have reports that are late.
    pub late: usize,
    /// Whether another process delivers there.
    pub busy: bool,
    /// How it does now, if it had a turn.
    pub state: Option<State>,
}

impl Turn {
    /// Whether everything has arrived.
    pub fn is_complete(&self) -> bool {
        self.late == 0 && !self.busy && self.state.is_none_or(|state| state == State::Active)
    }
}

/// Opens the store once more.
pub type Opener<'c> = dyn Fn() -> Result<Box<dyn Store + Send>, StoreError> + Sync + 'c;

/// Delivers. To be used by several threads at once.
pub struct Courier<'c> {
    open: &'c Opener<'c>,
    clock: fn() -> i64,
    halt: &'c (dyn Fn() -> bool + Sync),
    tell: &'c (dyn Fn(&Told) + Sync),
    pub(super) poster: Poster,
    pub(super) holder: String,
}

impl<'c> Courier<'c> {
    /// Delivers for the store that `open` opens, until `halt` says so. The clock tells milliseconds
    /// since 1970, UTC; `tell` hears of each attempt.
    pub fn new(
        open: &'c Opener<'c>,
        clock: fn() -> i64,
        halt: &'c (dyn Fn() -> bool + Sync),
        tell: &'c (dyn Fn(&Told) + Sync),
    ) -> Self {
        let mut bytes = [0; 16];
        // Without random numbers the process has its number for a name.
        let _ = rand::fill(&mut bytes);
        let chance = u128::from_be_bytes(bytes);
        Self {
            open,
            clock,
            halt,
            tell,
            poster: Poster::new(LIMITS),
            holder: format!("{}-{chance:032x}", std::process::id()),
        }
    }

    /// Gives every destination one turn, or those named: what is due is sent.
    ///
    /// # Errors
    ///
    /// What keeps the store from being used.
    pub fn once(
        &self,
        only: &[DestinationName],
    ) -> Result<BTreeMap<DestinationName, Turn>, NotifyError> {
        let all = destinations(&*(self.open)()?)?;
        let wanted = all.into_iter();
        let wanted = wanted.filter(|(name, _)| only.is_empty() || only.contains(name));
        let wanted: Vec<(DestinationName, Destination)> = wanted.collect();
        thread::scope(|scope| {
            let turns: Vec<_> = wanted
                .iter()
                .map(|(name, destination)| {
                    let turn = scope.spawn(|| self.turn(name, destination));
                    (name, turn)
                })
                .collect();
            turns
                .into_iter()
                .map(|(name, turn)| Ok((name.clone(), ended(turn)?)))
                .collect()
        })
    }

    /// Goes on until it is to end. What one destination meets keeps it from nothing: it is told, and
    /// tried again.
    ///
    /// # Errors
    ///
    /// What keeps the store from being opened at all.
    pub fn follow(&self) -> Result<Turn, NotifyError> {
        let store = (self.open)()?;
        let mut sum = Turn::default();
        thread::scope(|scope| {
            let mut under_way: BTreeMap<DestinationName, ScopedJoinHandle<'_, _>> = BTreeMap::new();
            let mut resting = BTreeMap::new();
            let is_far = store.capabilities().far;
            let mut seen = None;
            let mut next = None;
            let mut pulse = store.pulse().ok();
            while !self.is_to_end() {
                let over: Vec<_> = under_way
                    .extract_if(.., |_, turn| turn.is_finished())
                    .collect();
                let changed = !over.is_empty();
                for (name, turn) in over {
                    let turn = ended(turn);
                    if turn.is_err() {
                        resting.insert(name.clone(), self.now().saturating_add(REST));
                    }
                    self.add(&mut sum, &name, turn);
                }
                let due = next.is_some_and(|at| at <= self.now());
                if changed || due || pulse != seen || pulse.is_none() {
                    next = None;
                    for (name, destination) in self.due(&*store, &resting, &mut next) {
                        under_way
                            .entry(name.clone())
                            .or_insert_with(|| scope.spawn(move || self.turn(&name, &destination)));
                    }
                    seen = pulse;
                }
                pulse = wait(&*store, seen.filter(|_| is_far));
            }
            for (name, turn) in under_way {
                self.add(&mut sum, &name, ended(turn));
            }
        });
        Ok(sum)
    }

    fn add(&self, sum: &mut Turn, name: &DestinationName, turn: Result<Turn, NotifyError>) {
        match turn {
            Ok(turn) => {
                sum.delivered += turn.delivered;
                sum.failed += turn.failed;
                sum.refused += turn.refused;
            }
            Err(error) => self.tell(&Told {
                destination: name.clone(),
                outcome: Outcome::Failed(error.to_string()),
            }),
        }
    }

    /// The destinations that something is due for; and when something is for another.
    fn due(
        &self,
        store: &dyn Store,
        resting: &BTreeMap<DestinationName, i64>,
        next: &mut Option<i64>,
    ) -> Vec<(DestinationName, Destination)> {
        let now = self.now();
        let found = destinations(store).and_then(|all| {
            if all.is_empty() {
                return Ok(Vec::new());
            }
            let latest = store.snapshot()?.revision()?;
            let mut due = Vec::new();
            for (name, destination) in all {
                let Some(delivery) = delivery(store, &name, &destination)? else {
                    continue;
                };
                let lease = delivery.lease.as_ref();
                let at = match lease.filter(|_| delivery.is_taken(&self.holder, now)) {
                    Some(lease) => Some(lease.until),
                    None => delivery.due(latest),
                };
                let rest = resting.get(&name).copied().unwrap_or_default();
                let at = at.map(|at| at.max(rest));
                match at {
                    Some(at) if at <= now => due.push((name, destination)),
                    Some(at) => *next = Some(next.map_or(at, |next| next.min(at))),
                    None => {}
                }
            }
            Ok(due)
        });
        found.unwrap_or_else(|_| {
            // The store is busy or gone for now: it is looked at again.
            *next = Some(now.saturating_add(1000));
            Vec::new()
        })
    }

    fn turn(&self, name: &DestinationName, destination: &Destination) -> Result<Turn, NotifyError> {
        let store = (self.open)()?;
        Post::take(self, &*store, name, destination)
    }

    /// Sends a report to a destination, whatever is due there, and notes nothing: the status, what
    /// can be told of the answer, and whether it was taken.
    ///
    /// # Errors
    ///
    /// What kept an answer from coming.
    pub fn try_once(
        &self,
        destination: &Destination,
        report: &Report,
    ) -> Result<(u16, String, bool), RemoteError> {
        let (answer, verdict) = post::attempt(self, destination, report);
        let reply = answer?;
        let said = told(&reply, &destination.url);
        Ok((reply.status, said, verdict == Verdict::Delivered))
    }

    pub(super) fn now(&self) -> i64 {
        (self.clock)()
    }

    pub(super) fn is_to_end(&self) -> bool {
        (self.halt)()
    }

    pub(super) fn tell(&self, told: &Told) {
        (self.tell)(told);
    }
}

/// The pulse after a pause, or sooner where a store that is far away tells of a write; nothing where
/// it cannot be asked just now.
fn wait(store: &dyn Store, told_of: Option<u64>) -> Option<u64> {
    let begun = Instant::now();
    if let Some(seen) = told_of
        && let Ok(pulse) = store.await_pulse(seen, PAUSE)
    {
        return Some(pulse);
    }
    thread::sleep(PAUSE.saturating_sub(begun.elapsed()));
    store.pulse().ok()
}

/// A thread is gone only if it panicked, which ends the process where panics abort.
fn ended(turn: ScopedJoinHandle<'_, Result<Turn, NotifyError>>) -> Result<Turn, NotifyError> {
    turn.join().unwrap_or(Err(NotifyError::Overtaken))
}
