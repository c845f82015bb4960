//! Taking back a write of very many changes, such as an import: they go from the history into the
//! store one by one. Only the first are shown, and only their effects are counted.

use std::ops::ControlFlow;

use anyhow::{Error, Result};

use super::judged;
use super::trail::Trail;
use crate::cli::context::Context;
use crate::cli::interrupt::Interrupt;
use crate::cli::write::{Request, WriteReport, confirm, previewed};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::store::{Intake, Purpose, Snapshot, StoreError};
use crate::ui::{OutputMode, Progress};

/// How many changes are shown.
const SHOWN: usize = 100;

/// Takes the write back, or shows what that would do.
pub(super) fn carried(
    context: &Context,
    request: &Request<'_>,
    trail: &Trail,
) -> Result<WriteReport> {
    let revision = trail.entry.revision;
    let snapshot = context.store()?.snapshot()?;
    let (first, count) = counted(&*snapshot, revision)?;
    if request.args.dry_run {
        return previewed(context, &*snapshot, first, Some(count));
    }
    drop(snapshot);
    let question = format!(
        "These are the first {SHOWN} of {count} changes. Take back {}?",
        trail.in_words()
    );
    confirm(
        context,
        request,
        Some(&question),
        &mut |_| Ok(first.clone()),
    )?;
    Interrupt::listen()?;
    let progress = context
        .terminal
        .progress(context.mode == OutputMode::Text, count);
    let author = context.author(request.command, request.args.reason());
    let mut stopped = None;
    let written = context
        .store()?
        .load(Purpose::Write(&author), &mut |snapshot, intake| {
            let fed = feed(snapshot, intake, revision, &progress);
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
            let written = written?;
            let count = Some(written.changes);
            Ok(WriteReport::written(written.revision, first, count))
        }
    }
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
    progress: &Progress<'_>,
) -> Result<()> {
    let mut failed: Option<Error> = None;
    let mut done = 0;
    judged(snapshot, revision)?.changes(&mut |change| {
        let made = intake.change(&change).map_err(Error::from);
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
