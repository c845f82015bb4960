//! How far a client may fall behind.
//!
//! While something is waited for, a client falls behind; with each byte that passes, it catches up by
//! what that byte is worth at the slowest pace. It never gets ahead: however much passed at first,
//! nobody is waited for longer than patience lasts.

use std::pin::Pin;
use std::task::Context;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// The slowest that a body or an answer may pass in the long run, in bytes a second.
const SLOWEST: u64 = 16 * 1024;

/// How far a client has fallen behind.
#[derive(Debug)]
pub struct Pace {
    patience: Duration,
    behind: Duration,
    waiting: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// Of a client that may fall behind by so much.
    pub fn new(patience: Duration) -> Self {
        Self {
            patience,
            behind: Duration::ZERO,
            waiting: None,
            alarm: None,
        }
    }

    /// So many bytes passed.
    pub fn passed(&mut self, bytes: usize) {
        if let Some(since) = self.waiting.take() {
            self.behind += since.elapsed();
        }
        let worth = (bytes as u64).saturating_mul(1_000_000) / SLOWEST;
        self.behind = self.behind.saturating_sub(Duration::from_micros(worth));
    }

    /// Nothing can pass just now. Whether the client has fallen behind too far; if it has not, the
    /// task is woken when it will have.
    pub fn is_lost(&mut self, context: &mut Context<'_>) -> bool {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let until = since + self.patience.saturating_sub(self.behind);
        let alarm = self
            .alarm
            .get_or_insert_with(|| Box::pin(sleep_until(until)));
        if alarm.deadline() != until {
            alarm.as_mut().reset(until);
        }
        alarm.as_mut().poll(context).is_ready()
    }
}
