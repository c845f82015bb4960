//! Reading the history: who wrote what, when and why.
//!
//! Changes are kept as they were written, and a write may hold a million of them. Whoever asks
//! about one subject gets to see no others. SQLite passes most of these over by a look at their
//! text, and what is left is told by its first members before it is read. Overrides of one write
//! share a row, see `block`; they are told one by one.

use std::borrow::Cow;
use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row};
use serde::Deserialize;

use super::definitions::text;
use super::fault::Fault;
use super::view::{View, from_json, revision};
use super::write::json;
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::target::Id;
use crate::domain::text::Reason;
use crate::store::block::Read;
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
            match Read::new(body)? {
                None => changes.push(from_json(body, "history")?),
                Some(block) => {
                    for change in block.changes() {
                        changes.push(change?);
                    }
                }
            }
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
        let wanted = Wanted::new(about);
        let mut statement = self.prepare_cached(wanted.statement)?;
        let mut rows = match &wanted.id {
            None => statement.query((after, until))?,
            // It ends a text, be it the identifier itself or that with its type in front.
            Some(id) => statement.query((after, until, json(id)?.trim_start_matches('"')))?,
        };
        while let Some(row) = rows.next()? {
            let body = text(row, 1)?;
            if let Some(block) = Read::new(body)? {
                let at = revision(row.get(0)?)?;
                let told = block.latest_first(wanted.block(), &mut |change| visit((at, change)))?;
                if told.is_break() {
                    break;
                }
                continue;
            }
            let head: Head<'_> = from_json(body, "history")?;
            if !wanted.covers(&head) {
                continue;
            }
            let change = (revision(row.get(0)?)?, from_json(body, "history")?);
            if visit(change) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

/// The members of a change that tell whom it is about.
#[derive(Deserialize)]
struct Head<'r> {
    change: &'r str,
    #[serde(borrow)]
    id: Option<Cow<'r, str>>,
    #[serde(borrow)]
    subject: Option<Cow<'r, str>>,
    #[serde(borrow)]
    target: Option<Cow<'r, str>>,
}

/// What is looked for, as a change's text has it.
struct Wanted<'a> {
    about: About<'a>,
    statement: &'static str,
    id: Option<&'a Id>,
    /// The identifier with its type in front.
    name: String,
}

impl<'a> Wanted<'a> {
    fn new(about: About<'a>) -> Self {
        let (statement, id, name) = match about {
            About::All => (ALL, None, String::new()),
            About::Definitions => (DEFINITIONS, None, String::new()),
            About::Catalog => (CATALOG, None, String::new()),
            About::Naming(target) => (NAMING, Some(&target.id), target.to_string()),
            About::Subject(subject) => (SUBJECT, Some(subject.id()), subject.to_string()),
            About::Mentioning(_) => (ALL, None, String::new()),
        };
        Self {
            about,
            statement,
            id,
            name,
        }
    }

    /// Whose changes in a block are wanted: one subject's, or all.
    fn block(&self) -> Option<&str> {
        match self.about {
            About::Subject(_) => Some(&self.name),
            _ => None,
        }
    }

    fn covers(&self, head: &Head<'_>) -> bool {
        match (self.about, head.change) {
            (About::All, _) => true,
            (About::Subject(_), "override") => head.subject.as_deref() == Some(&self.name),
            (About::Subject(subject), kind) => {
                kind == subject.noun() && head.id.as_deref() == Some(subject.id().as_str())
            }
            (_, "user" | "organization" | "override") | (About::Definitions, "target") => false,
            (About::Naming(_), "target") => head.target.as_deref() == Some(&self.name),
            _ => true,
        }
    }
}

/// A revision for a statement; one that is beyond SQLite's integers is beyond every history.
pub(super) fn number(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
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
