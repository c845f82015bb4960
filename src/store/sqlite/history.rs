//! Reading the history: who wrote what, when and why.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};

use super::fault::Fault;
use super::view::{View, from_json, revision};
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::text::Reason;
use crate::store::{Entry, Visit};

const LATEST: &str = "SELECT coalesce(max(id), 0) FROM revision";
const ONE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id = ?1";
const CHANGES: &str = "SELECT body FROM change WHERE revision = ?1 ORDER BY position";
const BEFORE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id < ?1 \
                      ORDER BY id DESC";

/// What reads more of the history than it is asked for would grow slower with every write.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[LATEST, ONE, CHANGES, BEFORE];

impl View<'_> {
    pub(super) fn read_revision(&self) -> Result<Revision, Fault> {
        let mut statement = self.prepare(LATEST)?;
        revision(statement.query_row([], |row| row.get(0))?)
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
            let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            changes.push(from_json(body, "history")?);
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
}

/// A revision for a statement; one that is beyond SQLite's integers is beyond every history.
pub(super) fn number(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

fn entry(row: &Row<'_>) -> Result<Entry, Fault> {
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
