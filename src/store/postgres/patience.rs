//! Waiting for what passes: a writer that was in the way, a server that leaves and another that
//! takes its place.

use std::time::{Duration, Instant};

use super::fault::{Fault, Passing};
use crate::store::{Halt, StoreError};

/// How often it is asked whether the work is to end.
const GLANCE: Duration = Duration::from_millis(100);
/// The longest pause between two attempts.
const PAUSE: Duration = Duration::from_secs(1);

/// What is left of a wait; it begins with the first trouble.
pub(super) struct Patience {
    limit: Duration,
    until: Option<Instant>,
    pause: Duration,
    halt: Option<Halt>,
    /// Whether it is worth waiting where nobody answers: there may never have been a server.
    is_known: bool,
}

impl Patience {
    pub(super) fn new(limit: Duration, halt: Option<Halt>, is_known: bool) -> Self {
        Self {
            limit,
            until: None,
            pause: Duration::ZERO,
            halt,
            is_known,
        }
    }

    /// Notes that a server has answered.
    pub(super) fn knows(&mut self) {
        self.is_known = true;
    }

    /// Waits a little, if what happened passes and there is time left; else it stays.
    pub(super) fn pause(&mut self, fault: Fault) -> Result<(), Fault> {
        let now = Instant::now();
        let until = *self.until.get_or_insert(now + self.limit);
        let in_vain = fault.is_silence() && !self.is_known;
        if fault.passing() == Passing::No || in_vain || now >= until {
            return Err(fault);
        }
        let end = now + self.pause;
        self.pause = match self.pause {
            Duration::ZERO => Duration::from_millis(20),
            pause => (pause * 2).min(PAUSE),
        };
        while Instant::now() < end {
            self.look_up()?;
            let left = end.saturating_duration_since(Instant::now());
            std::thread::sleep(left.min(GLANCE));
        }
        self.look_up()
    }

    fn look_up(&self) -> Result<(), Fault> {
        match self.halt.is_some_and(|halt| halt()) {
            true => Err(StoreError::Interrupted.into()),
            false => Ok(()),
        }
    }
}
