//! `flags restore`: a backup takes the store's place.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::{Failure, classify};
use crate::cli::input::unreadable;
use crate::cli::interrupt::{Interrupt, asks_to_end};
use crate::cli::values::stamp;
use crate::cli::write::{check_fields, not_confirmed};
use crate::domain::catalog::Revision;
use crate::store::sqlite::{
    FORMAT, Occupant, Proven, Restored, SqliteStore, inspect, occupant, restore,
};
use crate::store::{Entry, Store, StoreError};
use crate::ui::{Line, Page, Report, Table, prompt, size, time};

/// Put a backup in the store's place; what was there is kept
#[derive(Debug, Args)]
#[command(
    after_help = "The backup is checked from end to end first. What the store held until then is \
                  kept beside it, and\ncan be restored itself. Others may go on reading and \
                  writing: a write that is done is either in\nthe store now or in what is kept."
)]
pub struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show what would be replaced and which writes taken back; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Puts the backup in place, or shows what that would do.
pub fn run(context: &Context, args: RestoreArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let file = std::path::absolute(&args.file)
        .map_err(|error| Failure::usage("path", format!("{}: {error}", args.file.display())))?;
    if !file.exists() {
        return Err(unreadable(&args.file, "there is no such file").into());
    }
    let store = context.store_file()?.to_owned();
    let there = occupant(&file, &store).map_err(untouched)?;
    if args.dry_run {
        let proven = inspect(&file).map_err(untouched)?;
        let lost = lost(&file, &store, proven, there)?;
        let report = RestoreReport {
            file,
            store,
            before: there,
            outcome: Outcome::Preview(proven, lost),
        };
        return Ok(Box::new(report));
    }
    if !args.yes {
        confirm(context, &file, &store, there)?;
    }
    Interrupt::listen()?;
    let stamp = stamp(context.now()?);
    let restored = restore(&file, &store, &stamp, asks_to_end).map_err(untouched)?;
    Ok(Box::new(RestoreReport {
        file,
        store,
        before: there,
        outcome: Outcome::Done(restored),
    }))
}

/// Whatever went wrong, the store is as it was.
fn untouched(error: StoreError) -> Failure {
    let hints = match &error {
        StoreError::NotAStore { .. } | StoreError::Corrupt { .. } => {
            vec!["nothing was restored; `flags backup` makes files that can be".to_owned()]
        }
        _ => Vec::new(),
    };
    let failure = classify(error.into());
    match hints.is_empty() {
        true => failure,
        false => Failure { hints, ..failure },
    }
}

/// Asks for the store's name, as for whatever cannot be taken back by an undo.
fn confirm(context: &Context, file: &Path, store: &Path, there: Occupant) -> Result<()> {
    let place = context.place()?;
    let profile = place.profile.as_deref().filter(|_| place.protected);
    let whose = profile.map(|name| format!(" of the protected profile {name}"));
    let whose = whose.unwrap_or_default();
    let held = match there {
        Occupant::Nothing if profile.is_none() => return Ok(()),
        Occupant::Nothing => "nothing yet".to_owned(),
        Occupant::Damaged => "damaged".to_owned(),
        Occupant::Store(revision) => format!("revision {revision}"),
    };
    let question = format!(
        "This replaces the store {}{whose} ({held})",
        store.display()
    );
    if !context.terminal.interactive() {
        let message = format!("{question}, and there is no terminal to ask on");
        let message = message.replacen("This", "this", 1);
        let failure = Failure::usage("confirmation_needed", message);
        return Err(failure
            .hint("add --yes if you are sure; --dry-run shows what would be lost")
            .into());
    }
    let proven = inspect(file).map_err(untouched)?;
    let by = format!(" by revision {} from {}.", proven.revision, file.display());
    let name = store.file_name().unwrap_or_default().to_string_lossy();
    match prompt::type_to_confirm(&format!("{question}{by}"), &name)? {
        true => Ok(()),
        false => bail!(not_confirmed()),
    }
}

/// The writes that the store has and the backup does not.
struct Lost {
    count: u64,
    /// The latest of them, latest first.
    latest: Vec<Entry>,
}

/// How many writes are named; the rest is counted.
const NAMED: usize = 100;
/// How many of these a person is shown.
const SHOWN: usize = 20;

/// What would be lost, if one was made of the other: then the last write of the elder is in both.
fn lost(
    file: &Path,
    store: &Path,
    proven: Proven,
    there: Occupant,
) -> Result<Option<Lost>, StoreError> {
    let Occupant::Store(last) = there else {
        return Ok(None);
    };
    // To read an older form would bring the backup to the present one.
    if proven.format != FORMAT {
        return Ok(None);
    }
    let (backup, store) = (SqliteStore::open(file)?, SqliteStore::open(store)?);
    let (backup, store) = (backup.snapshot()?, store.snapshot()?);
    let common = proven.revision.min(last);
    let same = backup.entry(common)? == store.entry(common)?
        && backup.changes(common)? == store.changes(common)?;
    if !same {
        return Ok(None);
    }
    let mut latest = Vec::new();
    store.history(None, &mut |entry| {
        if entry.revision <= common || latest.len() == NAMED {
            return ControlFlow::Break(());
        }
        latest.push(entry);
        ControlFlow::Continue(())
    })?;
    let count = last.0 - common.0;
    Ok(Some(Lost { count, latest }))
}

enum Outcome {
    Preview(Proven, Option<Lost>),
    Done(Restored),
}

struct RestoreReport {
    file: PathBuf,
    store: PathBuf,
    before: Occupant,
    outcome: Outcome,
}

const FIELDS: &[&str] = &[
    "dry_run", "restored", "file", "store", "revision", "format", "bytes", "before", "kept", "lost",
];

impl RestoreReport {
    fn proven(&self) -> Proven {
        match &self.outcome {
            Outcome::Preview(proven, _) => *proven,
            Outcome::Done(restored) => restored.now,
        }
    }

    /// The last revision that the store held before.
    fn revision_before(&self) -> Option<Revision> {
        match (&self.outcome, self.before) {
            (Outcome::Done(restored), _) => restored.replaced.as_ref().and_then(|r| r.revision),
            (_, Occupant::Store(revision)) => Some(revision),
            _ => None,
        }
    }
}

impl Report for RestoreReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let proven = self.proven();
        let (kept, lost) = match &self.outcome {
            Outcome::Done(restored) => (restored.replaced.as_ref().map(|r| &r.path), None),
            Outcome::Preview(_, lost) => (None, lost.as_ref()),
        };
        let named = |lost: &Lost| lost.latest.iter().map(entry_document).collect::<Value>();
        json!({
            "dry_run": matches!(self.outcome, Outcome::Preview(..)),
            "restored": matches!(self.outcome, Outcome::Done(_)),
            "file": self.file,
            "store": self.store,
            "revision": proven.revision,
            "format": proven.format,
            "bytes": proven.bytes,
            "before": self.revision_before(),
            "kept": kept,
            "lost": lost.map(|lost| json!({"count": lost.count, "latest": named(lost)})),
        })
    }

    fn done(&self) -> Option<String> {
        let done = matches!(self.outcome, Outcome::Done(_));
        done.then(|| format!("revision {} was restored", self.proven().revision))
    }

    fn page(&self) -> Page {
        match &self.outcome {
            Outcome::Preview(proven, lost) => self.preview(*proven, lost.as_ref()),
            Outcome::Done(restored) => {
                let revision = self.proven().revision;
                let line = Line::new().good("restored");
                let line = line.plain(format!(" revision {revision} from "));
                let page = Page::new().line(line.key(self.file.display().to_string()));
                let Some(replaced) = &restored.replaced else {
                    return page;
                };
                let held = match replaced.revision {
                    Some(revision) => format!(" what was there (revision {revision}) as "),
                    None => " what was there (damaged) as ".to_owned(),
                };
                let path = replaced.path.display().to_string();
                page.line(Line::new().good("kept").plain(held).key(path))
            }
        }
    }
}

impl RestoreReport {
    fn preview(&self, proven: Proven, lost: Option<&Lost>) -> Page {
        let held = match self.before {
            Occupant::Nothing => "nothing".to_owned(),
            Occupant::Damaged => "damaged".to_owned(),
            Occupant::Store(revision) => format!("revision {revision}"),
        };
        let after = format!("revision {} ({})", proven.revision, size(proven.bytes));
        let line = Line::new()
            .warn("~ store ")
            .key(self.store.display().to_string());
        let mut page = Page::new().line(line.plain(format!(": {held} → {after}")));
        page = match (self.before, lost) {
            (Occupant::Store(_), Some(Lost { count: 0, .. })) => {
                page.line("no write would be lost: the backup has all that the store has")
            }
            (Occupant::Store(_), Some(lost)) => {
                let writes = if lost.count == 1 { "write" } else { "writes" };
                let line = format!("{} {writes} would be lost:", lost.count);
                page.line(Line::new().bad(line)).table(lost_table(lost))
            }
            (Occupant::Store(_), None) => {
                page.line("the backup does not hold the history of this store")
            }
            _ => page,
        };
        page.line(Line::new().dim("dry run: nothing was written"))
    }
}

fn entry_document(entry: &Entry) -> Value {
    json!({
        "revision": entry.revision,
        "at": time::rfc3339(entry.at.div_euclid(1000)),
        "actor": entry.actor,
        "command": entry.command,
        "reason": entry.reason,
    })
}

fn lost_table(lost: &Lost) -> Table {
    let mut table = Table::new(["revision", "at", "actor", "command", "reason"]);
    for entry in lost.latest.iter().take(SHOWN) {
        table.push([
            Line::from(entry.revision.to_string()),
            Line::new().time(entry.at.div_euclid(1000)),
            Line::from(entry.actor.as_str()),
            Line::new().key(entry.command.as_str()),
            Line::from(entry.reason.as_deref().unwrap_or_default()),
        ]);
    }
    let more = lost.count.saturating_sub(SHOWN as u64);
    if more > 0 {
        table.push([Line::new().dim(format!("and {more} more"))]);
    }
    table
}
