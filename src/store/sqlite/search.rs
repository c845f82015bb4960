//! Searching the history by what its changes mention, and reading one write of it bit by bit.
//!
//! SQLite passes over what does not hold the names at all, and what is left is looked at.

use rusqlite::OptionalExtension;

use super::definitions::text;
use super::fault::Fault;
use super::history::number;
use super::view::{View, natural, revision};
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::mention::Mentions;
use crate::store::sift::{Sieve, count, in_order, needles};
use crate::store::{About, Span, Visit};

// An empty text is in every other.
const OF_SPAN: &str = "SELECT revision, body FROM change WHERE revision > ?1 AND revision <= ?2 \
     AND instr(body, ?3) > 0 AND instr(body, ?4) > 0 AND instr(body, ?5) > 0 \
     AND instr(body, ?6) > 0 ORDER BY revision DESC, position DESC";
const OF_ONE: &str = "SELECT body FROM change WHERE revision = ?1 \
     AND instr(body, ?2) > 0 AND instr(body, ?3) > 0 AND instr(body, ?4) > 0 \
     AND instr(body, ?5) > 0 ORDER BY position";
const LAST: &str = "SELECT position, body FROM change WHERE revision = ?1 \
                    ORDER BY position DESC LIMIT 1";

/// What reads more of the history than it is asked for would grow slower with every write.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[OF_SPAN, OF_ONE, LAST];

impl View<'_> {
    /// The changes of a span that mention all of these, latest first.
    pub(super) fn walk_mentioning(
        &self,
        span: Span,
        wanted: &Mentions,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), Fault> {
        let sieve = Sieve::new(About::Mentioning(wanted));
        let [a, b, c, d] = needles(wanted)?;
        let mut statement = self.prepare_cached(OF_SPAN)?;
        let mut rows = statement.query((number(span.after), number(span.until), a, b, c, d))?;
        while let Some(row) = rows.next()? {
            let at = revision(row.get(0)?)?;
            let told = sieve.latest_first(text(row, 1)?, &mut |change| visit((at, change)))?;
            if told.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The changes of one write that are wanted, in order.
    pub(super) fn walk_changes(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), Fault> {
        let everything = Mentions::default();
        let mentions = match about {
            About::Mentioning(wanted) => wanted,
            _ => &everything,
        };
        let [a, b, c, d] = needles(mentions)?;
        let mut statement = self.prepare_cached(OF_ONE)?;
        let mut rows = statement.query((number(revision), a, b, c, d))?;
        while let Some(row) = rows.next()? {
            let told = in_order(text(row, 0)?, about, visit)?;
            if told.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many changes a write holds: where its last row stands, and how many that row has.
    pub(super) fn read_change_count(&self, revision: Revision) -> Result<u64, Fault> {
        let mut statement = self.prepare_cached(LAST)?;
        let last = statement.query_row([number(revision)], |row| {
            let position: i64 = row.get(0)?;
            Ok(text(row, 1).and_then(|body| Ok(position.saturating_add(count(body)?))))
        });
        match last.optional()?.transpose()? {
            None => Ok(0),
            Some(count) => Ok(natural(count)?),
        }
    }
}
