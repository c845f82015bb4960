//! One write in words, as a row, and as a JSON document.

use std::ops::ControlFlow;

use anyhow::{Error, Result};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::diff_line;
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::store::Digest;
use crate::store::{About, Entry, HistoryError, Snapshot, StoreError};
use crate::ui::{Composer, Line, Page, Table, time};

/// How much of a write is told.
pub struct Told<'s> {
    /// Where it comes from.
    pub snapshot: &'s dyn Snapshot,
    /// Which of its changes.
    pub about: About<'s>,
    /// How many of these; 0 for all.
    pub most: usize,
    /// The members of its document, in order.
    pub fields: Vec<&'static str>,
}

/// The table of writes, without rows.
pub fn table() -> Table {
    Table::new(["revision", "when", "who", "command", "changes", "why"])
}

impl Told<'_> {
    /// A row of the table.
    pub fn row(&self, entry: &Entry) -> Result<[Line; 6]> {
        Ok([
            Line::new().key(entry.revision.to_string()),
            Line::new().time(entry.at.div_euclid(1000)),
            Line::from(entry.actor.clone()),
            Line::from(entry.command.clone()),
            self.changes(entry)?,
            Line::from(entry.reason.as_deref().unwrap_or_default()),
        ])
    }

    /// What the write changed, in words.
    pub fn changes(&self, entry: &Entry) -> Result<Line> {
        let mut changes = Line::new();
        let mut words = |line: Line| {
            let before = std::mem::take(&mut changes);
            let comma = if before.0.is_empty() { "" } else { "; " };
            changes = before.plain(comma).then(line);
        };
        let shown = self.each(entry.revision, &mut |change| {
            change
                .in_words()
                .into_iter()
                .map(diff_line)
                .for_each(&mut words);
            Ok(())
        })?;
        let all = self.snapshot.change_count(entry.revision)?;
        if let Some(rest) = self.rest(entry.revision, shown, all)? {
            words(rest);
        }
        Ok(changes)
    }

    /// The write on a page of its own, shown line by line.
    pub fn page(&self, context: &Context, entry: &Entry) -> Result<()> {
        let mut out = context.terminal.stream();
        let head = Line::new()
            .strong(format!("revision {}", entry.revision))
            .plain(format!(": {} by {}, ", entry.command, entry.actor))
            .time(entry.at.div_euclid(1000));
        let mut page = Page::new().line(head);
        if let Some(reason) = &entry.reason {
            page = page.line(Line::new().dim("why: ").plain(&**reason));
        }
        if let Some(digest) = self.digest(entry.revision)? {
            page = page.line(Line::new().dim("hash: ").plain(digest.to_string()));
        }
        out.page(&page);
        let shown = self.each(entry.revision, &mut |change| {
            let lines = change.in_words().into_iter().map(diff_line);
            out.page(&lines.fold(Page::new(), Page::line));
            Ok(out.flush_if_long()?)
        })?;
        let all = self.snapshot.change_count(entry.revision)?;
        if let Some(rest) = self.rest(entry.revision, shown, all)? {
            out.page(&Page::new().line(rest));
        }
        Ok(out.flush()?)
    }

    /// The write as a document.
    pub fn document(&self, out: &mut Composer<'_>, entry: &Entry) -> Result<()> {
        out.begin('{');
        for field in &self.fields {
            out.name(field);
            match *field {
                "changes" => {
                    out.begin('[');
                    self.each(entry.revision, &mut |change| {
                        Ok(out.value(&serde_json::to_value(change)?)?)
                    })?;
                    out.end(']')?;
                }
                field => out.value(&self.member(entry, field)?)?,
            }
        }
        Ok(out.end('}')?)
    }

    fn member(&self, entry: &Entry, field: &str) -> Result<Value> {
        let revision = entry.revision;
        Ok(match field {
            "revision" => json!(revision),
            "at" => json!(time::rfc3339(entry.at.div_euclid(1000))),
            "actor" => json!(entry.actor),
            "command" => json!(entry.command),
            "reason" => json!(entry.reason),
            "hash" => json!(self.digest(revision)?.map(|digest| digest.to_string())),
            "change_count" => json!(self.snapshot.change_count(revision)?),
            "truncated" => json!(self.are_more(revision)?),
            _ => Value::Null,
        })
    }

    /// The hash; a store of an older form that cannot be brought up to date here has none.
    fn digest(&self, revision: Revision) -> Result<Option<Digest>> {
        match self.snapshot.digest(revision) {
            Err(StoreError::History(HistoryError::Unchained)) => Ok(None),
            found => Ok(found?),
        }
    }

    /// Goes through the changes that are wanted, up to the limit, and counts them.
    fn each(&self, revision: Revision, show: &mut dyn FnMut(&Change) -> Result<()>) -> Result<u64> {
        let mut shown = 0;
        let mut failed: Option<Error> = None;
        self.snapshot
            .each_change(revision, self.about, &mut |change| {
                if let Err(error) = show(&change) {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
                shown += 1;
                match usize::try_from(shown) == Ok(self.most) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })?;
        failed.map_or(Ok(shown), Err)
    }

    /// Whether more changes are wanted than are shown.
    fn are_more(&self, revision: Revision) -> Result<bool> {
        if self.most == 0 {
            return Ok(false);
        }
        let mut found = 0;
        self.snapshot.each_change(revision, self.about, &mut |_| {
            found += 1;
            match found > self.most {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        Ok(found > self.most)
    }

    /// What to say of the changes that are not shown.
    fn rest(&self, revision: Revision, shown: u64, all: u64) -> Result<Option<Line>> {
        let rest = all.saturating_sub(shown);
        let more = match self.about {
            _ if rest == 0 => return Ok(None),
            About::All => format!("and {rest} more"),
            _ if self.are_more(revision)? => format!("and more, of {all} changes"),
            _ => format!("of {all} changes"),
        };
        Ok(Some(Line::new().dim(more)))
    }
}
