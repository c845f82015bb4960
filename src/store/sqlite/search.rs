//! Searching the history by what its changes mention, and reading one write of it bit by bit.
//!
//! SQLite passes over what does not hold the names at all, and what is left is looked at.

use std::ops::ControlFlow;

use rusqlite::OptionalExtension;

use super::definitions::text;
use super::fault::Fault;
use super::history::number;
use super::view::{View, from_json, natural, revision};
use super::write::json;
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::store::block::{Read, Unreadable};
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
        let [a, b, c, d] = needles(wanted)?;
        let mut statement = self.prepare_cached(OF_SPAN)?;
        let mut rows = statement.query((number(span.after), number(span.until), a, b, c, d))?;
        while let Some(row) = rows.next()? {
            let at = revision(row.get(0)?)?;
            let mut visit = |change| visit((at, change));
            let body = text(row, 1)?;
            let told = match Read::new(body)? {
                None => tell(body, About::Mentioning(wanted), &mut visit)?,
                Some(block) => tell_all(block.mentioning(wanted).rev(), &mut visit)?,
            };
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
            let body = text(row, 0)?;
            let told = match Read::new(body)? {
                None => tell(body, about, visit)?,
                Some(block) => {
                    let changes = block.mentioning(mentions);
                    let covered = |change: &Result<Change, Unreadable>| {
                        change.as_ref().map_or(true, |change| about.covers(change))
                    };
                    tell_all(changes.filter(covered), visit)?
                }
            };
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
            let count = |body| -> Result<i64, Fault> {
                let changes = Read::new(body)?.map_or(1, |block| block.count());
                Ok(position.saturating_add(i64::try_from(changes).unwrap_or(i64::MAX)))
            };
            Ok(text(row, 1).and_then(count))
        });
        match last.optional()?.transpose()? {
            None => Ok(0),
            Some(count) => natural(count),
        }
    }
}

/// Hands on the one change that a text is, if it is wanted.
fn tell(
    body: &str,
    about: About<'_>,
    visit: &mut Visit<'_, Change>,
) -> Result<ControlFlow<()>, Fault> {
    let change: Change = from_json(body, "history")?;
    Ok(match about.covers(&change) {
        true => visit(change),
        false => ControlFlow::Continue(()),
    })
}

fn tell_all(
    changes: impl Iterator<Item = Result<Change, Unreadable>>,
    visit: &mut Visit<'_, Change>,
) -> Result<ControlFlow<()>, Fault> {
    for change in changes {
        if visit(change?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Texts that a change holds if it mentions what is looked for.
type Needles = [String; 4];

fn needles(wanted: &Mentions) -> Result<Needles, Fault> {
    let mut needles = Needles::default();
    let keys = [
        wanted.feature.as_ref().map(FeatureKey::as_str),
        wanted.plan.as_ref().map(PlanKey::as_str),
    ];
    // A subject's identifier ends a text, be it by itself or with its type in front.
    let subjects = wanted.subjects.iter().map(|subject| {
        let quoted = json(subject.id())?;
        Ok(quoted.trim_start_matches('"').to_owned())
    });
    let keys = keys.into_iter().flatten().map(|key| json(&key));
    for (needle, text) in needles.iter_mut().zip(keys.chain(subjects)) {
        *needle = text?;
    }
    Ok(needles)
}
