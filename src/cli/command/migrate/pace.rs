//! How far a migration has come: a bar on a terminal, a line every few seconds elsewhere.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::cli::context::Context;
use crate::ui::{OutputMode, Progress};

/// How often a line is written where nobody watches.
const PAUSE: Duration = Duration::from_secs(5);
/// So fine is the share of the whole that the bar shows.
const FINE: u64 = 1000;

/// Tells how far it has come.
pub(super) struct Pace<'a> {
    context: &'a Context,
    bar: Progress<'a>,
    total: u64,
    told: Cell<Instant>,
    lines: bool,
}

impl<'a> Pace<'a> {
    /// Begins work on so many steps.
    pub(super) fn new(context: &'a Context, total: u64) -> Self {
        let lines = context.mode == OutputMode::Text && !context.terminal.err_is_terminal();
        Self {
            bar: context.terminal.progress(true, total.saturating_mul(FINE)),
            context,
            total,
            told: Cell::new(Instant::now()),
            lines,
        }
    }

    /// So many rows were read again to be compared.
    pub(super) fn comparing(&self, rows: u64) {
        self.at("comparing", self.total, (0, 1), rows);
    }

    /// So many steps are done, and of the next one this share; that took so many rows.
    pub(super) fn at(&self, what: &str, done: u64, share: (u64, u64), rows: u64) {
        let part = share.0.min(share.1).saturating_mul(FINE) / share.1.max(1);
        let fine = done.saturating_mul(FINE).saturating_add(part);
        self.bar.at(what, fine, rows);
        if self.lines && self.told.get().elapsed() >= PAUSE {
            self.told.set(Instant::now());
            let whole = self.total.saturating_mul(FINE).max(1);
            let percent = u128::from(fine.min(whole)) * 100 / u128::from(whole);
            let line = format!("{what}: {percent} %, {rows} rows");
            // Not to be told is no reason to stop.
            drop(self.context.terminal.status(line));
        }
    }
}
