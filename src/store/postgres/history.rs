//! Reading the history: who wrote what, when and why.
//!
//! The database passes over most of what is not wanted by a look at its text; [`sift`] tells the
//! rest. Rows differ much in length, since many overrides share one, so a page grows or shrinks with
//! what the last one held.

use std::ops::ControlFlow;

use tokio_postgres::Row;

use super::datum::{Datum, column, maybe_text, text};
use super::fault::Fault;
use super::view::View;
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::mention::Mentions;
use crate::domain::text::Reason;
use crate::store::rows::{natural, number, revision};
use crate::store::sift::{self, Sieve, needles};
use crate::store::{About, Entry, Span, Visit};

const LATEST: &str = "SELECT coalesce(max(id), 0) FROM revision";
const ONE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id = $1";
const BEFORE: &str = "SELECT id, at, actor, command, reason FROM revision WHERE id < $1 \
     ORDER BY id DESC LIMIT 500";
const LAST: &str = "SELECT position, body FROM change WHERE revision = $1 \
     ORDER BY position DESC LIMIT 1";
// An empty text is in every other.
const OF_ONE: &str = "SELECT position, body FROM change WHERE revision = $1 AND position > $2 \
     AND strpos(body, $3) > 0 AND strpos(body, $4) > 0 AND strpos(body, $5) > 0 \
     AND strpos(body, $6) > 0 ORDER BY position LIMIT $7";

/// A page of the changes of a span that meet a condition, latest first.
macro_rules! changed {
    ($condition:literal) => {
        concat!(
            "SELECT revision, position, body FROM change WHERE revision > $1 \
             AND (revision, position) < ($2, $3) AND ",
            $condition,
            " ORDER BY revision DESC, position DESC LIMIT $4"
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
     '{\"change\":\"overr') AND (substr(body, 1, 16) <> '{\"change\":\"targe' \
     OR strpos(body, $5) > 0)"
);
const CATALOG: &str = changed!(
    "substr(body, 1, 16) NOT IN ('{\"change\":\"user\"', '{\"change\":\"organ', \
     '{\"change\":\"overr')"
);
const SUBJECT: &str = changed!("strpos(body, $5) > 0");
const MENTIONING: &str = changed!(
    "strpos(body, $5) > 0 AND strpos(body, $6) > 0 AND strpos(body, $7) > 0 \
     AND strpos(body, $8) > 0"
);

/// A page of the history should hold about so many bytes.
const ROOM: usize = 1024 * 1024;

/// How many rows the next page should have.
pub(super) struct Size(i64);

impl Size {
    pub(super) fn new() -> Self {
        Self(16)
    }

    pub(super) fn get(&self) -> i64 {
        self.0
    }

    /// Learns from a page of so many bytes; tells whether it was the last.
    pub(super) fn learn(&mut self, rows: usize, bytes: usize) -> bool {
        let is_last = i64::try_from(rows).unwrap_or(i64::MAX) < self.0;
        let fits = ROOM / (bytes / rows.max(1)).max(1);
        self.0 = i64::try_from(fits.clamp(4, 1000))
            .unwrap_or(4)
            .min(self.0 * 4);
        is_last
    }
}

impl View<'_> {
    pub(super) fn read_revision(&self) -> Result<Revision, Fault> {
        if let Some(known) = self.standing_revision()? {
            return Ok(revision(known)?);
        }
        let rows = self.ask(LATEST, &[])?;
        let latest = rows.first().map_or(Ok(0), |row| column(row, 0))?;
        Ok(revision(latest)?)
    }

    pub(super) fn read_entry(&self, revision: Revision) -> Result<Option<Entry>, Fault> {
        let rows = self.ask(ONE, &[number(revision).into()])?;
        rows.first().map(entry).transpose()
    }

    pub(super) fn read_changes(&self, revision: Revision) -> Result<ChangeSet, Fault> {
        let mut changes: Vec<Change> = Vec::new();
        self.walk_rows(revision, &Mentions::default(), &mut |body| {
            sift::every(body, &mut changes)?;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ChangeSet::new(changes))
    }

    /// How many changes a write holds: where its last row stands, and how many that row has.
    pub(super) fn read_change_count(&self, revision: Revision) -> Result<u64, Fault> {
        let rows = self.ask(LAST, &[number(revision).into()])?;
        let Some(row) = rows.first() else {
            return Ok(0);
        };
        let position: i64 = column(row, 0)?;
        Ok(natural(
            position.saturating_add(sift::count(column(row, 1)?)?),
        )?)
    }

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
        self.walk_rows(revision, mentions, &mut |body| {
            Ok(sift::in_order(body, about, visit)?)
        })
    }

    /// The rows of one write that hold what is mentioned, in order.
    fn walk_rows(
        &self,
        revision: Revision,
        mentions: &Mentions,
        each: &mut dyn FnMut(&str) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        let (mut after, mut size) = (-1, Size::new());
        let needles = needles(mentions)?;
        loop {
            let mut values: Vec<Datum<'_>> = vec![number(revision).into(), after.into()];
            values.extend(needles.iter().map(|needle| needle.as_str().into()));
            values.push(size.get().into());
            let rows = self.ask(OF_ONE, &values)?;
            let mut bytes = 0;
            for row in &rows {
                let body: &str = column(row, 1)?;
                bytes += body.len();
                after = column(row, 0)?;
                if each(body)?.is_break() {
                    return Ok(());
                }
            }
            if size.learn(rows.len(), bytes) {
                return Ok(());
            }
        }
    }

    pub(super) fn walk_history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), Fault> {
        let mut before = before.map_or(i64::MAX, number);
        loop {
            let rows = self.ask(BEFORE, &[before.into()])?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            before = column(last, 0)?;
            for row in &rows {
                if visit(entry(row)?).is_break() {
                    return Ok(());
                }
            }
        }
    }

    pub(super) fn walk_changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), Fault> {
        let sieve = Sieve::new(about);
        let looked_for: Vec<String> = match about {
            About::Mentioning(wanted) => needles(wanted)?.to_vec(),
            _ => sieve.needle()?.into_iter().collect(),
        };
        let mut size = Size::new();
        let mut before = (number(span.until).saturating_add(1), -1);
        loop {
            let mut values: Vec<Datum<'_>> = vec![
                number(span.after).into(),
                before.0.into(),
                before.1.into(),
                size.get().into(),
            ];
            values.extend(looked_for.iter().map(|needle| needle.as_str().into()));
            let rows = self.ask(statement(about), &values)?;
            let mut bytes = 0;
            for row in &rows {
                let at = revision(column(row, 0)?)?;
                before = (column(row, 0)?, column(row, 1)?);
                let body: &str = column(row, 2)?;
                bytes += body.len();
                let told = sieve.latest_first(body, &mut |change| visit((at, change)))?;
                if told.is_break() {
                    return Ok(());
                }
            }
            if size.learn(rows.len(), bytes) {
                return Ok(());
            }
        }
    }
}

/// What passes over most of what is not wanted.
fn statement(about: About<'_>) -> &'static str {
    match about {
        About::All => ALL,
        About::Definitions => DEFINITIONS,
        About::Catalog => CATALOG,
        About::Naming(_) => NAMING,
        About::Subject(_) => SUBJECT,
        About::Mentioning(_) => MENTIONING,
    }
}

pub(super) fn entry(row: &Row) -> Result<Entry, Fault> {
    let reason = maybe_text(row, 4)?;
    let reason = reason.map(|text| Reason::new(&text)).transpose();
    Ok(Entry {
        revision: revision(column(row, 0)?)?,
        at: column(row, 1)?,
        actor: text(row, 2)?.into_owned(),
        command: text(row, 3)?.into_owned(),
        reason: reason.map_err(|error| Fault::Damaged(error.to_string()))?,
    })
}
