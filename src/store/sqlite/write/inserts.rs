//! New overrides, several to a statement: starting a statement costs nearly as much as writing a row.

use std::fmt::Write as _;

use rusqlite::{CachedStatement, Statement};

use super::subjects::{PUT_OVERRIDE, columns, granted};
use crate::domain::catalog::Revision;
use crate::domain::overrides::Override;
use crate::domain::time::Time;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::history::number;
use crate::store::sqlite::view::View;

/// So many rows are written by one statement.
const ROWS: usize = 16;
/// So many parameters stand for each of them, behind that for the revision.
const WIDTH: usize = 7;

/// Overrides on their way into the table, in its order.
pub(super) struct Inserts<'c, 's> {
    one: CachedStatement<'c>,
    many: Statement<'c>,
    revision: Revision,
    /// By the rows of their subjects and features.
    new: Vec<(i64, i64, &'s Override)>,
}

impl<'c, 's> Inserts<'c, 's> {
    pub(super) fn new(view: &'c View<'_>, revision: Revision) -> Result<Self, Fault> {
        // Whatever fails takes the whole write back, so SQLite need not be able to take back a part.
        let mut text =
            "INSERT OR FAIL INTO \"override\"(revision, subject_id, feature_id, granted, \
                        value, reason, starts, expires) VALUES"
                .to_owned();
        for row in 0..ROWS {
            let comma = if row == 0 { "" } else { "," };
            let from = 2 + row * WIDTH;
            // Writing to a String cannot fail.
            let _ = write!(text, "{comma}(?1");
            for parameter in from..from + WIDTH {
                let _ = write!(text, ",?{parameter}");
            }
            text.push(')');
        }
        Ok(Self {
            one: view.prepare_cached(PUT_OVERRIDE)?,
            many: view.prepare(&text)?,
            revision,
            new: Vec::with_capacity(ROWS),
        })
    }

    /// Puts an override in the place of another one.
    pub(super) fn replace(
        &mut self,
        subject: i64,
        feature: i64,
        over: &Override,
    ) -> Result<(), Fault> {
        self.one
            .execute(columns(subject, feature, over, self.revision))?;
        Ok(())
    }

    /// Adds an override where there is none.
    pub(super) fn add(
        &mut self,
        subject: i64,
        feature: i64,
        over: &'s Override,
    ) -> Result<(), Fault> {
        self.new.push((subject, feature, over));
        if self.new.len() < ROWS {
            return Ok(());
        }
        self.many.raw_bind_parameter(1, number(self.revision))?;
        for (row, (subject, feature, over)) in self.new.drain(..).enumerate() {
            let (granted, value) = granted(over);
            let from = 2 + row * WIDTH;
            self.many.raw_bind_parameter(from, subject)?;
            self.many.raw_bind_parameter(from + 1, feature)?;
            self.many.raw_bind_parameter(from + 2, granted)?;
            self.many.raw_bind_parameter(from + 3, value)?;
            self.many
                .raw_bind_parameter(from + 4, over.reason.as_deref())?;
            self.many
                .raw_bind_parameter(from + 5, over.starts.map(Time::unix))?;
            self.many
                .raw_bind_parameter(from + 6, over.expires.map(Time::unix))?;
        }
        self.many.raw_execute()?;
        Ok(())
    }

    /// Writes what waits for others to fill a statement.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        for (subject, feature, over) in std::mem::take(&mut self.new) {
            self.replace(subject, feature, over)?;
        }
        Ok(())
    }
}
