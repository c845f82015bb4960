//! `flags log`: who changed what, when, by which command, why, before and after.
//!
//! A write may have changed a million things, and there may be a million writes: nothing of this is
//! held but the few rows of a table that are aligned together.

pub mod find;
pub mod told;
mod verify;

use std::ops::ControlFlow;

use anyhow::{Error, Result};
use clap::{Args, Subcommand};
use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::values::When;
use crate::cli::write::check_fields;
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::domain::text::counted;
use crate::store::{Entry, Snapshot};
use crate::ui::{OutputMode, Page, Report};
use find::Filter;
use told::{Told, table};

/// Who changed what, when, by which command and why
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct LogArgs {
    #[command(subcommand)]
    command: Option<LogCommand>,
    /// One write by its revision, with all that it changed
    #[arg(value_name = "REVISION", value_parser = revision)]
    revision: Option<Revision>,
    #[command(flatten)]
    about: AboutArgs,
    #[command(flatten)]
    by: ByArgs,
    /// At most so many writes, the latest ones (0 for all) [default: 20; with --lines all]
    #[arg(long, value_name = "NUMBER", conflicts_with = "revision")]
    limit: Option<usize>,
    /// At most so many changes of each write (0 for all) [default: 5; of one REVISION all]
    #[arg(long, value_name = "NUMBER")]
    changes: Option<usize>,
    /// One JSON document a line for each write, as it is read (NDJSON)
    #[arg(long, visible_alias = "ndjson")]
    lines: bool,
}

/// What the changes have to be about. They may be about what is long gone.
#[derive(Debug, Args)]
pub struct AboutArgs {
    /// Only changes about this feature: its definition, audience, grants and overrides
    #[arg(long, short, value_name = "FEATURE")]
    feature: Option<FeatureKey>,
    /// Only changes about this plan: its definition and grants, and who came onto it or left
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// Only changes about this user, also where a rule names it
    #[arg(long, short, value_name = "ID")]
    user: Option<Id>,
    /// Only changes about this organization, and who joined it or left
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
}

impl AboutArgs {
    /// What the changes have to mention.
    pub fn mentions(self) -> Mentions {
        let user = self.user.map(SubjectId::User);
        let organization = self.org.map(SubjectId::Organization);
        Mentions {
            feature: self.feature,
            plan: self.plan,
            subjects: user.into_iter().chain(organization).collect(),
        }
    }
}

/// Who made the writes, how and when.
#[derive(Debug, Args)]
struct ByArgs {
    /// Only writes of this actor
    #[arg(long, value_name = "NAME", conflicts_with = "revision")]
    actor: Option<String>,
    /// Only writes by this command, such as set or `user assign`
    #[arg(long, value_name = "NAME", conflicts_with = "revision")]
    command: Option<String>,
    /// Only writes since then: RFC 3339, a date, or how long ago, such as 7d
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        conflicts_with = "revision"
    )]
    since: Option<When>,
    /// Only writes until then, as with --since
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        conflicts_with = "revision"
    )]
    until: Option<When>,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    /// Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was
    Verify(verify::VerifyArgs),
}

/// What a revision is called on the command line.
pub fn revision(text: &str) -> Result<Revision, String> {
    let unreadable = |_| "a revision is a whole number, such as 17".to_owned();
    text.parse().map(Revision).map_err(unreadable)
}

const WRITES: usize = 20;
const CHANGES: usize = 5;
/// How many rows are aligned together.
const ROWS: usize = 500;

/// Fields of a write's JSON document.
pub const FIELDS: &[&str] = &[
    "revision",
    "at",
    "actor",
    "command",
    "reason",
    "hash",
    "change_count",
    "changes",
    "truncated",
];

/// Shows the writes as they are read.
pub fn run(context: &Context, args: LogArgs) -> Result<Box<dyn Report>> {
    if let Some(LogCommand::Verify(args)) = args.command {
        return verify::run(context, &args);
    }
    check_fields(context, FIELDS)?;
    let snapshot = context.store()?.snapshot()?;
    let filter = Filter::new(args.about.mentions(), args.by, context.now()?)?;
    let default = if args.revision.is_some() { 0 } else { CHANGES };
    let told = Told {
        snapshot: &*snapshot,
        about: filter.about(),
        most: args.changes.unwrap_or(default),
        fields: fields(context),
    };
    match args.revision {
        Some(revision) => {
            let entry = snapshot.entry(revision)?;
            let entry = entry.ok_or_else(|| unknown_revision(&*snapshot, revision))?;
            match (args.lines, &context.mode) {
                (false, OutputMode::Text) => told.page(context, &entry)?,
                (lines, _) => {
                    let mut out = context.terminal.composer(lines);
                    told.document(&mut out, &entry)?;
                    out.finish()?;
                }
            }
        }
        None => {
            let default = if args.lines { 0 } else { WRITES };
            let list = List {
                context,
                filter: &filter,
                told: &told,
                limit: args.limit.unwrap_or(default),
            };
            match (args.lines, &context.mode) {
                (false, OutputMode::Text) => list.rows()?,
                (lines, _) => list.documents(lines)?,
            }
        }
    }
    Ok(Box::new(Streamed))
}

/// The fields that are wanted, in the order asked for.
pub fn fields(context: &Context) -> Vec<&'static str> {
    let OutputMode::Json(asked) = &context.mode else {
        return FIELDS.to_vec();
    };
    let mut wanted = Vec::new();
    for asked in asked {
        let known = FIELDS.iter().find(|field| *field == asked);
        wanted.extend(known.filter(|field| !wanted.contains(*field)));
    }
    if asked.is_empty() {
        return FIELDS.to_vec();
    }
    wanted
}

/// What was asked for is not there (yet).
pub fn unknown_revision(snapshot: &dyn Snapshot, revision: Revision) -> Error {
    let latest = match snapshot.revision() {
        Ok(Revision::UNKNOWN) => "nothing has been written yet".to_owned(),
        Ok(latest) => format!("the latest is {latest}"),
        Err(error) => return error.into(),
    };
    let message = format!("there is no revision {revision}: {latest}");
    Failure::refused("revision_not_found", message)
        .hint("`flags log` shows the writes")
        .into()
}

/// The writes that are wanted, and how they are shown.
struct List<'l> {
    context: &'l Context,
    filter: &'l Filter,
    told: &'l Told<'l>,
    limit: usize,
}

impl List<'_> {
    fn rows(&self) -> Result<()> {
        let mut out = self.context.terminal.stream();
        let mut rows = table();
        self.each(&mut |entry| {
            rows.push(self.told.row(entry)?);
            if rows.rows.len() == ROWS {
                out.page(&Page::new().table(std::mem::take(&mut rows)));
                out.flush()?;
            }
            Ok(())
        })?;
        out.page(&Page::new().table(rows));
        Ok(out.flush()?)
    }

    fn documents(&self, lines: bool) -> Result<()> {
        let mut out = self.context.terminal.composer(lines);
        if !lines {
            out.begin('[');
        }
        self.each(&mut |entry| self.told.document(&mut out, entry))?;
        if !lines {
            out.end(']')?;
        }
        Ok(out.finish()?)
    }

    /// Goes through the writes up to the limit, and says when there are more, or not any.
    fn each(&self, show: &mut dyn FnMut(&Entry) -> Result<()>) -> Result<()> {
        let mut shown = 0;
        let mut more = false;
        self.filter.walk(self.told.snapshot, &mut |entry| {
            more = self.limit != 0 && shown == self.limit;
            if more {
                return Ok(ControlFlow::Break(()));
            }
            shown += 1;
            show(&entry)?;
            Ok(ControlFlow::Continue(()))
        })?;
        if more {
            let shown = counted(shown, "write");
            let said = format!("there are more than the latest {shown}; --limit 0 shows all");
            self.context.warn(&said)?;
        } else if shown == 0 {
            self.filter.explain_nothing(self.told.snapshot)?;
            self.context.remark("there are no such writes")?;
        }
        Ok(())
    }
}

/// Everything has been shown.
struct Streamed;

impl Report for Streamed {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        Value::Null
    }

    fn page(&self) -> Page {
        Page::new()
    }

    fn was_streamed(&self) -> bool {
        true
    }
}
