//! How far long work has come, on a terminal; nothing at all elsewhere.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::Terminal;

/// How often it is drawn at most.
const PAUSE: Duration = Duration::from_millis(100);
/// The bar's width in characters.
const WIDTH: u64 = 24;

/// A line that is drawn over and over, and is gone at the end.
#[derive(Debug)]
pub struct Progress<'terminal> {
    terminal: Option<&'terminal Terminal>,
    total: u64,
    started: Instant,
    drawn: Cell<Option<Instant>>,
}

impl<'terminal> Progress<'terminal> {
    pub(super) fn new(terminal: Option<&'terminal Terminal>, total: u64) -> Self {
        Self {
            terminal,
            total,
            started: Instant::now(),
            drawn: Cell::new(None),
        }
    }

    /// Says how much of the whole is done, and how many rows that was, once it is time to.
    pub fn at(&self, what: &str, done: u64, rows: u64) {
        let Some(terminal) = self.terminal else {
            return;
        };
        let now = Instant::now();
        let last = self.drawn.get().unwrap_or(self.started);
        if now.duration_since(last) < PAUSE {
            return;
        }
        self.drawn.set(Some(now));
        let share = |of: u64| {
            (u128::from(done.min(self.total)) * u128::from(of)) / u128::from(self.total.max(1))
        };
        let full = usize::try_from(share(WIDTH)).unwrap_or_default();
        let bar = format!("{}{}", "#".repeat(full), ".".repeat(WIDTH as usize - full));
        let seconds = now.duration_since(self.started).as_secs_f64().max(0.001);
        let rate = rows as f64 / seconds;
        let text = format!(
            "{what} [{bar}] {} %, {rows} rows, {rate:.0} a second",
            share(100)
        );
        // Not to be told is no reason to stop.
        let _ = terminal.draw(&text);
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let (Some(terminal), Some(_)) = (self.terminal, self.drawn.get()) {
            let _ = terminal.draw("");
        }
    }
}
