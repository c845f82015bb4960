//! `flags migrate`: a whole project goes from one store to another, of whichever kinds.
//!
//! The history is not written anew but told and kept as it is, so that the last write has the same
//! hash in both. That is also what makes it resumable: what the target holds is either how the source
//! began, and then the rest follows, or it is another project. The source stays in use meanwhile; what
//! is written there follows. At the end nobody has to believe any of that: both are read again and
//! compared.

mod contents;
mod history;
mod pace;
mod proof;
mod records;
mod report;
mod standing;

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::cli::context::Context;
use crate::cli::failure::{Failure, classify};
use crate::cli::interrupt::{Interrupt, asks_to_end};
use crate::cli::shell::typed;
use crate::cli::two_places::{names_no_other, place_of, place_to_be, same};
use crate::cli::write::{agree_beside, check_fields};
use crate::domain::catalog::Revision;
use crate::store::postgres::DatabaseError;
use crate::store::{self, Head, HistoryError, Snapshot, Store, StoreError, Subjects};
use crate::ui::Report;
use history::{Moved, Way};
use pace::Pace;
use proof::Proof;
use records::Beside;
use report::{FIELDS, MigrateReport};
use standing::{common, head_of, is_empty};

/// The command's name in the history.
const COMMAND: &str = "migrate";
/// A failure's name: what was sent last may have been carried out.
const OUTCOME_UNKNOWN: &str = "outcome_unknown";
/// So often both are compared, where the source is written to meanwhile.
const ROUNDS: usize = 3;

/// Move a whole project, history included, from one store to another
#[derive(Debug, Args)]
#[command(
    after_help = "A place is a profile's name, or else a path (it has a slash or a dot, or is there) or an address.\n\
                  TO has to be empty, is made where it is a file that is not there, or holds what an earlier run\n\
                  left: then it goes on from there. FROM may stay in use: what is written meanwhile follows, and\n\
                  the same command again moves what came since. Settings, features, plans, subjects, overrides,\n\
                  every revision with its hash, server keys, logins, claims, destinations and idempotency records\n\
                  move; at the end both are compared. TO keeps server keys of its own.\n\
                  Exit codes: 0 the same in both; 1 they differ; 3 TO holds something else."
)]
pub struct MigrateArgs {
    /// Where to move from: a profile, or a store
    #[arg(value_name = "FROM")]
    from: String,
    /// Where to move to: a profile, or a store
    #[arg(value_name = "TO")]
    to: String,
    /// Leave the history behind: what FROM holds now becomes one write of TO, which has to be empty
    #[arg(long)]
    without_history: bool,
    /// Show what would be moved; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Moves the project, or shows what that would take.
pub fn run(context: &Context, args: MigrateArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    names_no_other(context, "migrate")?;
    if context.copies.offline || context.copies.allow_stale.is_some() {
        let message = "migrate reads the store itself, and no copy of what it said before";
        return Err(Failure::usage("usage", message).into());
    }
    let from = context.elsewhere(place_of(&args.from)?);
    let to = context.elsewhere(place_to_be(&args.to)?);
    if same(&from, &to)? {
        let message = format!("`{}` and `{}` are the same store", args.from, args.to);
        return Err(Failure::usage("usage", message).into());
    }
    let source = from.store()?;
    let with_history = moves_history(source, &args)?;
    Interrupt::listen()?;
    let made = is_there(&to);
    if args.dry_run {
        let target = made.then(|| to.store()).transpose()?;
        return dry_run(context, &args, source, target);
    }
    agree_beside(&to, args.yes, "Move a project to a store")?;
    if !made {
        make(&to)?;
    }
    let target = to.store()?;
    takes_history(target, &args.to)?;
    let migration = Migration {
        context,
        args: &args,
        source,
        target,
    };
    let begun = Instant::now();
    let mut report = match with_history {
        true => migration.history()?,
        false => migration.contents()?,
    };
    report.created = !made;
    report.seconds = begun.elapsed().as_secs_f64();
    Ok(Box::new(report))
}

/// Whether the history goes along.
fn moves_history(source: &dyn Store, args: &MigrateArgs) -> Result<bool> {
    let able = source.capabilities();
    if able.blind {
        bail!(StoreError::Unsupported {
            what: format!(
                "{} does not tell what it holds, so it cannot be moved",
                args.from
            ),
            instead: None,
        });
    }
    if args.without_history {
        return Ok(false);
    }
    if able.history {
        return Ok(true);
    }
    let message = format!("{} keeps no history that could be moved", args.from);
    Err(Failure::refused("unsupported", message)
        .hint("--without-history moves what it holds now, as one write")
        .into())
}

/// Refuses a target that could not keep all of it.
fn takes_history(target: &dyn Store, name: &str) -> Result<()> {
    let able = target.capabilities();
    match able.history && able.records {
        true => Ok(()),
        false => bail!(StoreError::Unsupported {
            what: format!("{name} cannot keep a project with its history"),
            instead: Some("`flags promote FROM TO` copies features, plans and rules".to_owned()),
        }),
    }
}

/// Whether there is anything at the place. Whatever else keeps it from being looked at shows when it
/// is used.
fn is_there(to: &Context) -> bool {
    // A database is not asked before it is read.
    let looked = to.store().and_then(|store| Ok(store.pulse()?));
    let error = looked.err();
    !matches!(
        error.as_ref().and_then(|error| error.downcast_ref()),
        Some(StoreError::Missing(_) | StoreError::Database(DatabaseError::NoProject { .. }))
    )
}

/// Makes the store that is not there yet.
fn make(to: &Context) -> Result<()> {
    store::create(&to.location()?)?;
    Ok(())
}

/// Shows what would be moved.
fn dry_run(
    context: &Context,
    args: &MigrateArgs,
    source: &dyn Store,
    target: Option<&dyn Store>,
) -> Result<Box<dyn Report>> {
    let with_history = !args.without_history;
    let beside = records::read(source, with_history)?;
    let snapshot = source.snapshot()?;
    let mut report = MigrateReport::new(args, &beside, true);
    report.created = target.is_none();
    report.history = with_history;
    if let Some(target) = target {
        takes_history(target, &args.to)?;
        let there = target.snapshot()?;
        match with_history {
            true => report.begins = common(&*snapshot, &*there, names(args))?.revision,
            false => has_to_be_empty(&*there, &args.to)?,
        }
    }
    report.head = match with_history {
        true => head_of(&*snapshot).map_err(|error| unchained(error, &args.from))?,
        false => Head::default(),
    };
    report.moved.writes = report.head.revision.0.saturating_sub(report.begins.0);
    let pace = Pace::new(context, 1);
    report.contents = proof::of(&*snapshot, source.capabilities().subjects, &pace)?;
    Ok(Box::new(report))
}

fn names(args: &MigrateArgs) -> (&str, &str) {
    (&args.from, &args.to)
}

fn has_to_be_empty(there: &dyn Snapshot, name: &str) -> Result<()> {
    if is_empty(there)? {
        return Ok(());
    }
    let message = format!(
        "{name} holds a project already (revision {}); nothing was written",
        there.revision()?
    );
    Err(Failure::refused("migration_target_differs", message)
        .hint("without its history a project moves into an empty store only")
        .into())
}

/// Of a store whose form is too old to have hashes, only the contents can be moved as it is.
fn unchained(error: StoreError, name: &str) -> anyhow::Error {
    match error {
        StoreError::History(HistoryError::Unchained) => classify(error.into())
            .hint(format!(
                "any command that reads {name} where it can be written brings it up to date"
            ))
            .hint("--without-history moves what it holds now, as one write")
            .into(),
        error => error.into(),
    }
}

struct Migration<'a> {
    context: &'a Context,
    args: &'a MigrateArgs,
    source: &'a dyn Store,
    target: &'a dyn Store,
}

impl Migration<'_> {
    /// Moves the history, and with it all that it made.
    fn history(&self) -> Result<MigrateReport> {
        let (latest, head) = {
            let (here, there) = (self.source.snapshot()?, self.target.snapshot()?);
            head_of(&*here).map_err(|error| unchained(error, &self.args.from))?;
            let head = common(&*here, &*there, names(self.args))?;
            (here.revision()?, head)
        };
        // Who may not keep what goes with it is not sent the history either.
        records::read(self.target, true)?;
        let mut report = self.moved(latest, head)?;
        report.begins = head.revision;
        let latest = self.source.snapshot()?.revision()?;
        report.behind = latest.0.saturating_sub(report.head.revision.0);
        Ok(report)
    }

    fn moved(&self, latest: Revision, head: Head) -> Result<MigrateReport> {
        let pace = Pace::new(self.context, latest.0);
        let mut way = Way {
            from: self.source,
            to: self.target,
            pace: &pace,
            head,
            moved: Moved::default(),
        };
        let moved = self.rounds(&mut way);
        let reached = way.head.revision;
        let (proof, beside, taken) = moved.map_err(|error| self.broken_off(error, reached))?;
        let mut report = MigrateReport::new(self.args, &beside, false);
        report.history = true;
        report.head = way.head;
        report.moved = way.moved;
        report.contents = proof.contents;
        report.compared = proof.revision;
        report.taken = taken;
        Ok(report)
    }

    /// Moves and compares, and once more where the source was written to meanwhile.
    fn rounds<'w>(&'w self, way: &mut Way<'w>) -> Result<(Proof, Beside, Vec<String>)> {
        let mut round = 1;
        loop {
            let beside = records::read(self.source, true)?;
            let here = way.catch_up()?;
            let taken = self.records(way, &beside)?;
            let proof =
                proof::compare(&*here, self.target, way, Subjects::Known, names(self.args))?;
            drop(here);
            let latest = self.source.snapshot()?.revision()?;
            if latest == way.head.revision {
                return Ok((proof, beside, taken));
            }
            if round == ROUNDS {
                // It will not stand still. What follows now has its hashes compared, and no more.
                let beside = records::read(self.source, true)?;
                drop(way.catch_up()?);
                let taken = self.records(way, &beside)?;
                return Ok((proof, beside, taken));
            }
            round += 1;
        }
    }

    /// Has the target keep the same beside the project; tells which keys it would not take.
    fn records(&self, way: &mut Way<'_>, beside: &Beside) -> Result<Vec<String>> {
        let there = records::read(self.target, true)?;
        let transfer = records::transfer(beside, &there);
        if !transfer.pieces.is_empty() {
            way.head = self.target.replay(&way.head, &mut |replay| {
                let mut pieces = transfer.pieces.iter();
                pieces.try_for_each(|piece| replay.take(piece))
            })?;
        }
        Ok(transfer.taken)
    }

    /// Moves what is there now, as one write.
    fn contents(&self) -> Result<MigrateReport> {
        let subjects = self.source.capabilities().subjects;
        let beside = records::read(self.source, false)?;
        let here = self.source.snapshot()?;
        let pace = Pace::new(self.context, 1);
        let loaded = match self.has_contents(&*here, subjects, &pace)? {
            true => 0,
            false => {
                let author = self.context.author(COMMAND, None);
                contents::load(&*here, subjects, self.target, &author, &pace)?.changes
            }
        };
        let head = head_of(&*self.target.snapshot()?)?;
        let mut way = Way {
            from: self.source,
            to: self.target,
            pace: &pace,
            head,
            moved: Moved::default(),
        };
        let taken = self.records(&mut way, &beside)?;
        let proof = proof::compare(&*here, self.target, &way, subjects, names(self.args))?;
        drop(pace);
        let mut report = MigrateReport::new(self.args, &beside, false);
        report.head = head;
        report.contents = proof.contents;
        report.compared = head.revision;
        report.moved.writes = u64::from(loaded > 0);
        report.taken = taken;
        Ok(report)
    }

    /// Whether an earlier run moved just this, and was ended before it said so.
    ///
    /// # Errors
    ///
    /// Exit 3 where the target holds anything else.
    fn has_contents(
        &self,
        here: &dyn Snapshot,
        subjects: Subjects,
        pace: &Pace<'_>,
    ) -> Result<bool> {
        let there = self.target.snapshot()?;
        let first = there.entry(Revision::UNKNOWN.next())?;
        let is_ours = there.revision()? == Revision::UNKNOWN.next()
            && first.is_some_and(|first| first.command == COMMAND);
        if is_ours && proof::of(here, subjects, pace)? == proof::of(&*there, subjects, pace)? {
            return Ok(true);
        }
        has_to_be_empty(&*there, &self.args.to)?;
        Ok(false)
    }

    /// An error behind the first batch: what is moved is there to stay.
    fn broken_off(&self, error: anyhow::Error, reached: Revision) -> anyhow::Error {
        let mut failure = classify(error);
        if asks_to_end() {
            failure.message = format!(
                "interrupted: {} has everything up to revision {reached}",
                self.args.to
            );
        }
        let again = ["migrate", &self.args.from, &self.args.to].map(str::to_owned);
        let on = format!("`{}` goes on behind revision {reached}", typed(&again));
        match failure.code {
            proof::DIFFERS => failure.into(),
            // It begins with a look at what was carried out.
            OUTCOME_UNKNOWN => {
                failure.hints = vec![on];
                failure.into()
            }
            _ => failure.hint(on).into(),
        }
    }
}
