//! Why a write cannot be taken back, and what to take back first.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::cli::failure::Failure;
use crate::domain::catalog::Revision;
use crate::domain::time::Time;
use crate::domain::undo::Conflict;
use crate::store::trail::taken_back;
use crate::store::{Entry, HistoryError, Snapshot, StoreError, Undo};

/// How many revisions in the way are told of one by one.
const SHOWN: usize = 20;
/// How many are asked what stands on them in turn: each time the history since is read.
const ASKED: usize = 20;

/// There is no such revision.
pub(super) fn unknown(revision: Revision, latest: Revision) -> Failure {
    let message = format!("there is no revision {revision}: the latest is {latest}");
    Failure::refused("revision_not_found", message)
        .hint("`flags undo` without a number takes back the latest")
}

/// Later revisions stand in the way.
pub(super) fn conflicting(snapshot: &dyn Snapshot, undo: &Undo<'_>) -> Result<Failure> {
    let revision = undo.entry().revision;
    let conflicts = undo.conflicts();
    let mut told = Vec::new();
    for conflict in conflicts.iter().take(SHOWN) {
        let entry = snapshot.entry(conflict.revision)?;
        let entry = entry.ok_or(StoreError::from(HistoryError::Missing(conflict.revision)))?;
        if conflicts.len() == 1 && taken_back(snapshot, &entry)? == Some(revision) {
            return Ok(already(revision, &entry));
        }
        told.push(in_words(&entry, conflict));
    }
    let more = match conflicts.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let message = format!(
        "revision {revision} cannot be taken back, because later changes stand on it: {}{more}",
        told.join("; ")
    );
    let first = order(snapshot, revision, conflicts)?;
    let first: Vec<String> = first.iter().map(|r| format!("`flags undo {r}`")).collect();
    Ok(Failure::refused("undo_conflict", message).hint(format!(
        "take those back first, latest first: {}, then `flags undo {revision}`",
        first.join(", ")
    )))
}

fn already(revision: Revision, by: &Entry) -> Failure {
    let message = format!(
        "revision {revision} is taken back already, by revision {} ({})",
        by.revision,
        who(by)
    );
    let hint = format!("`flags undo {}` brings it back", by.revision);
    Failure::refused("taken_back_already", message).hint(hint)
}

fn in_words(entry: &Entry, conflict: &Conflict) -> String {
    let mut what = conflict.what.join(", ");
    if conflict.more > 0 {
        what.push_str(&format!(" and {} more", conflict.more));
    }
    format!("revision {} ({}): {what}", entry.revision, who(entry))
}

/// When, who and by what.
fn who(entry: &Entry) -> String {
    let seconds = entry.at.div_euclid(1000);
    let at = Time::from_unix(seconds).map_or_else(|_| format!("@{seconds}"), |at| at.to_string());
    format!("{at}, {}, `{}`", entry.actor, entry.command)
}

/// What to take back before, latest first: the revisions in the way, and those in their way.
fn order(
    snapshot: &dyn Snapshot,
    revision: Revision,
    conflicts: &[Conflict],
) -> Result<Vec<Revision>, StoreError> {
    let mut first: BTreeSet<Revision> = conflicts.iter().map(|found| found.revision).collect();
    let mut open: Vec<Revision> = first.iter().copied().collect();
    let mut asked = 0;
    while let Some(next) = open.pop().filter(|_| asked < ASKED) {
        asked += 1;
        let Some(undo) = Undo::of(snapshot, next)? else {
            continue;
        };
        let news = undo.conflicts().iter().map(|found| found.revision);
        open.extend(news.filter(|found| *found != revision && first.insert(*found)));
    }
    Ok(first.into_iter().rev().collect())
}
