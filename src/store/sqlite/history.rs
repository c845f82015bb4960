//! Reading the history: who wrote what, when and why.
//!
//! A write may hold a million changes. SQLite passes most of what is not wanted over by a look at
//! its text; [`sift`] tells the rest.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};

use super::definitions::text;
use super::fault::Fault;
use super::view::{View, revision};
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::text::Reason;
pub(super) use crate::store::rows::number;
use crate::store::sift::{self, Sieve};
use crate::store::{About, Entry, Span, Visit};

const LATEST: &str = "SELECT coalesce(max(id), 0) FROM revision";
const ONE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id = ?1";
const CHANGES: &str = "SELECT body FROM change WHERE revision = ?1 ORDER BY position";
const BEFORE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id < ?1 \
                      ORDER BY id DESC";

/// The changes of a span that meet a condition, latest first.
macro_rules! changed {
    ($condition:literal) => {
        concat!(
            "SELECT revision, body FROM change WHERE revision > ?1 AND revision <= ?2 AND ",
            $condition,
            " ORDER BY revision DESC, position DESC"
        )
    };
}

const ALL: &str = changed!("true");
// How a change's text begins tells what it changes. Only what is recognised is passed over.
const DEFINITIONS: &str = changed!(
    "substr(body, 1, 16) NOT IN ('{\"change\":\"user\"', '{\"change\":\"organ', \
     '{\"change\":\"overr', '{\"change\":\"targe')"
);
const NAMING: &str = changed!(
    "substr(body, 1, 16) NOT IN ('{\"change\":\"user\"', '{\"change\":\"organ', \
     '{\"change\":\"overr') AND (substr(body, 1, 16) <> '{\"change\":\"targe' OR instr(body, ?3) > 0)"
);
const CATALOG: &str = changed!(
    "substr(body, 1, 16) NOT IN ('{\"change\":\"user\"', '{\"change\":\"organ', \
     '{\"change\":\"overr')"
);
const SUBJECT: &str = changed!("instr(body, ?3) > 0");

/// What reads more of the history than it is asked for would grow slower with every write.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[
    LATEST,
    ONE,
    CHANGES,
    BEFORE,
    ALL,
    DEFINITIONS,
    NAMING,
    CATALOG,
    SUBJECT,
];

impl View<'_> {
    pub(super) fn read_revision(&self) -> Result<Revision, Fault> {
        let mut statement = self.prepare(LATEST)?;
        Ok(revision(statement.query_row([], |row| row.get(0))?)?)
    }

    pub(super) fn read_entry(&self, revision: Revision) -> Result<Option<Entry>, Fault> {
        let mut statement = self.prepare_cached(ONE)?;
        let found = statement.query_row([number(revision)], |row| Ok(entry(row)));
        found.optional()?.transpose()
    }

    pub(super) fn read_changes(&self, revision: Revision) -> Result<ChangeSet, Fault> {
        let mut statement = self.prepare_cached(CHANGES)?;
        let mut rows = statement.query([number(revision)])?;
        let mut changes: Vec<Change> = Vec::new();
        while let Some(row) = rows.next()? {
            sift::every(text(row, 0)?, &mut changes)?;
        }
        Ok(ChangeSet::new(changes))
    }

    pub(super) fn walk_history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), Fault> {
        let mut statement = self.prepare_cached(BEFORE)?;
        let mut rows = statement.query([before.map_or(i64::MAX, number)])?;
        while let Some(row) = rows.next()? {
            if visit(entry(row)?) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn walk_changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), Fault> {
        if let About::Mentioning(wanted) = about {
            return self.walk_mentioning(span, wanted, visit);
        }
        let (after, until) = (number(span.after), number(span.until));
        let sieve = Sieve::new(about);
        let mut statement = self.prepare_cached(statement(about))?;
        let mut rows = match sieve.needle()? {
            None => statement.query((after, until))?,
            Some(needle) => statement.query((after, until, needle))?,
        };
        while let Some(row) = rows.next()? {
            let at = revision(row.get(0)?)?;
            let told = sieve.latest_first(text(row, 1)?, &mut |change| visit((at, change)))?;
            if told.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// What passes over most of what is not wanted.
fn statement(about: About<'_>) -> &'static str {
    match about {
        About::All | About::Mentioning(_) => ALL,
        About::Definitions => DEFINITIONS,
        About::Catalog => CATALOG,
        About::Naming(_) => NAMING,
        About::Subject(_) => SUBJECT,
    }
}

pub(super) fn entry(row: &Row<'_>) -> Result<Entry, Fault> {
    let reason: Option<String> = row.get(4)?;
    let reason = reason.map(|text| Reason::new(&text)).transpose();
    Ok(Entry {
        revision: revision(row.get(0)?)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        command: row.get(3)?,
        reason: reason.map_err(|error| Fault::Damaged(error.to_string()))?,
    })
}
