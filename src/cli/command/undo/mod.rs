//! `flags undo`: take a write back, as a new change.

mod bulk;
mod refused;

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{Request, WriteArgs, WriteReport, carried, check_fields};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::text::Reason;
use crate::store::trail::{self, Trail, one};
use crate::store::{About, Entry, HistoryError, Snapshot, StoreError, Undo};
use crate::ui::{Line, Page, Report};

/// A write of more changes is not held in memory.
const HELD: usize = 10_000;

/// Take a write back, as a new change
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  flags undo\n  flags undo 17 --dry-run\n  flags undo 17 --reason 'wrong plan'\n\n\
                  Whatever a revision did is taken back at once, be it one override or a million. \
                  It is refused where later changes stand on it; the refusal names them.\n\
                  Taking back is a write, too: a second `flags undo` takes back the first."
)]
pub struct UndoArgs {
    /// The revision to take back (the latest if none is named)
    #[arg(value_name = "REVISION")]
    revision: Option<u64>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Takes the write back.
pub fn run(context: &Context, args: UndoArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let snapshot = context.store()?.snapshot()?;
    let revision = asked_for(&*snapshot, args.revision)?;
    let trail = Trail::read(&*snapshot, revision)?;
    let is_bulk = is_bulk(&*snapshot, revision)?;
    drop(snapshot);
    let mut options = args.write.clone();
    options.reason = Some(match options.reason() {
        Some(reason) => reason,
        None => Reason::new(&trail::reason(revision))?,
    });
    let request = Request {
        command: trail::COMMAND,
        args: &options,
        destroys: None,
    };
    let written = match is_bulk {
        true => bulk::carried(context, &request, &trail),
        false => {
            let question = format!("Take back {}?", trail.in_words());
            carried(context, &request, Some(&question), &mut |snapshot| {
                changes(snapshot, revision)
            })
        }
    };
    let written = written.map_err(|error| torn(error, revision))?;
    Ok(Box::new(UndoReport { written, trail }))
}

/// The revision that is meant, if it can be.
fn asked_for(snapshot: &dyn Snapshot, revision: Option<u64>) -> Result<Revision> {
    let latest = snapshot.revision()?;
    if latest == Revision::UNKNOWN {
        let nothing = "there is nothing to take back: nothing has been written yet";
        return Err(Failure::refused("nothing_to_undo", nothing).into());
    }
    let revision = revision.map_or(latest, Revision);
    if revision == Revision::UNKNOWN || revision > latest {
        return Err(refused::unknown(revision, latest).into());
    }
    Ok(revision)
}

/// What can be taken back, with nothing in the way.
fn judged(snapshot: &dyn Snapshot, revision: Revision) -> Result<Undo<'_>> {
    let Some(undo) = Undo::of(snapshot, revision)? else {
        return Err(refused::unknown(revision, snapshot.revision()?).into());
    };
    match undo.conflicts().is_empty() {
        true => Ok(undo),
        false => Err(refused::conflicting(snapshot, &undo)?.into()),
    }
}

/// Whether a revision has more changes than should be held at once.
fn is_bulk(snapshot: &dyn Snapshot, revision: Revision) -> Result<bool> {
    let mut count = 0;
    snapshot.changed(one(revision), About::All, &mut |_| {
        count += 1;
        match count > HELD {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    Ok(count > HELD)
}

/// The changes that take a revision back.
fn changes(snapshot: &dyn Snapshot, revision: Revision) -> Result<ChangeSet> {
    let mut changes = Vec::new();
    judged(snapshot, revision)?.changes(&mut |change| {
        changes.push(change);
        ControlFlow::Continue(())
    })?;
    Ok(ChangeSet::new(changes))
}

/// Nobody can write between the plan and its carrying out, and what stands in the way was looked
/// for: what still does not fit was never so.
fn torn(error: anyhow::Error, revision: Revision) -> anyhow::Error {
    match error.downcast_ref::<StoreError>() {
        Some(StoreError::Refused(_)) => StoreError::from(HistoryError::Torn(revision)).into(),
        _ => error,
    }
}

struct UndoReport {
    written: WriteReport,
    trail: Trail,
}

/// Fields of the JSON document.
const FIELDS: &[&str] = &[
    "dry_run", "changed", "revision", "undone", "restored", "count", "changes", "effects",
];

impl Report for UndoReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let written = self.written.document();
        json!({
            "dry_run": written["dry_run"],
            "changed": written["changed"],
            "revision": written["revision"],
            "undone": self.trail.entry.revision,
            "restored": self.trail.restored,
            "count": self.written.count(),
            "changes": written["changes"],
            "effects": written["effects"],
        })
    }

    fn done(&self) -> Option<String> {
        self.written.done()
    }

    fn page(&self) -> Page {
        let said = match self.written.is_dry_run() {
            true => "this would take back ",
            false => "this took back ",
        };
        let Entry {
            at, actor, command, ..
        } = &self.trail.entry;
        let line = Line::new().plain(said).plain(self.trail.in_words());
        let line = line.plain(format!(" (`{command}` by {actor}, "));
        let page = self.written.page();
        let line = line.time(at.div_euclid(1000)).plain(")");
        let page = page.line(match self.trail.restored {
            Some(restored) => line.plain(format!(": revision {restored} stands again")),
            None => line,
        });
        let next = Line::new().dim("next: ");
        let next = match self.written.is_dry_run() {
            true => next.key(format!("flags undo {}", self.trail.entry.revision)),
            false => next.key("flags undo").dim(" brings it back"),
        };
        page.line(match self.trail.further {
            None => next,
            Some(further) => next
                .dim(", ")
                .key(format!("flags undo {further}"))
                .dim(" goes further back"),
        })
    }
}
