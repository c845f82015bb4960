//! Taking back a write of very many changes, such as an import: they go from the history into the
//! store one by one. Only the first are shown, and only their effects are counted.

use std::ops::ControlFlow;

use anyhow::{Error, Result};

use super::judged;
use crate::cli::context::Context;
use crate::cli::interrupt::Interrupt;
use crate::cli::write::{Request, WriteReport, asks, confirm, previewed};
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::store::trail::{Trail, one};
use crate::store::{About, Intake, Loaded, Purpose, Snapshot, StoreError};
use crate::ui::Progress;

/// How many changes are shown.
const SHOWN: usize = 100;

/// Takes the write back, or shows what that would do.
pub(super) fn carried(
    context: &Context,
    request: &Request<'_>,
    trail: &Trail,
) -> Result<WriteReport> {
    let revision = trail.entry.revision;
    if request.args.dry_run {
        let snapshot = context.store()?.snapshot()?;
        let (first, count) = counted(&*snapshot, revision)?;
        return previewed(context, &*snapshot, first, Some(count));
    }
    agree(context, request, trail)?;
    let progress = progress(context, revision)?;
    Interrupt::listen()?;
    let author = context.author(request.command, request.args.reason());
    let mut first = Vec::new();
    let mut stopped = None;
    let written = context
        .store()?
        .load(Purpose::Write(&author), &mut |snapshot, intake| {
            first.clear();
            let fed = feed(snapshot, intake, revision, &mut first, &progress);
            fed.map_err(|error| match error.downcast::<StoreError>() {
                Ok(error) => error,
                Err(error) => {
                    stopped = Some(error);
                    StoreError::GivenUp
                }
            })
        });
    drop(progress);
    match (stopped, written) {
        (Some(error), Err(StoreError::GivenUp)) => Err(error),
        (_, written) => {
            let Loaded { revision, changes } = written?;
            let first = ChangeSet::new(first);
            Ok(WriteReport::written(revision, first, Some(changes)))
        }
    }
}

/// Asks, where there is somebody to ask or nothing is done unasked. Only then is all of it counted
/// beforehand.
fn agree(context: &Context, request: &Request<'_>, trail: &Trail) -> Result<()> {
    if request.args.yes || !(asks(context) || context.place()?.protected) {
        return Ok(());
    }
    let snapshot = context.store()?.snapshot()?;
    let (first, count) = counted(&*snapshot, trail.entry.revision)?;
    drop(snapshot);
    let question = format!(
        "These are the first {SHOWN} of {count} changes. Take back {}?",
        trail.in_words()
    );
    let mut planner = |_: &dyn Snapshot| Ok(first.clone());
    confirm(context, request, Some(&question), &mut planner)?;
    Ok(())
}

/// How far it has come, of so many changes; where nobody looks they are not counted.
fn progress(context: &Context, revision: Revision) -> Result<Progress<'_>> {
    let drawn = asks(context);
    let mut count = 0;
    if drawn {
        let snapshot = context.store()?.snapshot()?;
        snapshot.changed(one(revision), About::All, &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        })?;
    }
    Ok(context.terminal.progress(drawn, count))
}

/// The first changes, and how many there are.
fn counted(snapshot: &dyn Snapshot, revision: Revision) -> Result<(ChangeSet, u64)> {
    let mut first = Vec::new();
    let mut count = 0;
    judged(snapshot, revision)?.changes(&mut |change| {
        count += 1;
        if first.len() < SHOWN {
            first.push(change);
        }
        ControlFlow::Continue(())
    })?;
    Ok((ChangeSet::new(first), count))
}

fn feed(
    snapshot: &dyn Snapshot,
    intake: &mut dyn Intake,
    revision: Revision,
    first: &mut Vec<Change>,
    progress: &Progress<'_>,
) -> Result<()> {
    let mut failed: Option<Error> = None;
    let mut done = 0;
    judged(snapshot, revision)?.changes(&mut |change| {
        let made = intake.change(&change).map_err(Error::from);
        if first.len() < SHOWN {
            first.push(change);
        }
        done += 1;
        progress.at("writing", done, done);
        match made {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    failed.map_or(Ok(()), Err)
}
