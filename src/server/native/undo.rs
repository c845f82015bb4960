//! `/v1/undo`: taking a write back, as a new change.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::features::not_found;
use super::look::Told;
use super::operation::{Operation, write};
use super::take::{MaySend, Query};
use super::write::{NotedAnswer, Wanted, WriteQuery, done, effects, note};
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::domain::undo::Conflict;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::trail::{COMMAND, reason, taken_back};
use crate::store::{About, Author, Intake, Loaded, Purpose, Snapshot, Store, StoreError, Undo};
use crate::told::UndoTold;

/// How many changes are told.
const SHOWN: usize = 100;
/// How many of what stands in the way are told.
const IN_THE_WAY: usize = 20;

pub(super) fn operations() -> Vec<Operation> {
    let summary = "Take a write back, as a new change";
    vec![
        write(Method::POST, "/v1/undo", "undo", summary, undo)
            .query::<WriteQuery>()
            .may_take::<Which>()
            .answers::<UndoTold>(),
    ]
}

/// Which write is taken back.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Its revision; the latest if none is named
    revision: Option<Revision>,
}

async fn undo(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    MaySend(sent): MaySend<Which>,
) -> Result<Response, Problem> {
    let revision = sent.body.revision;
    let mut wanted = Wanted::sent(sent.asked, sent.bytes, query, COMMAND);
    let here = app.clone();
    let work = move |store: &dyn Store| {
        let now = here.now().map_err(|_| StoreError::GivenUp)?;
        if let Some(answer) = repeated(store, &wanted.author(&here), &wanted)? {
            return Ok(answer);
        }
        let revision = asked_for(&*store.snapshot()?, revision)?;
        if wanted
            .query
            .reason
            .as_ref()
            .is_none_or(|reason| reason.is_empty())
        {
            wanted.query.reason = Reason::new(&reason(revision)).ok();
        }
        let author = wanted.author(&here);
        let told = carried_out(store, &wanted, &author, (revision, now))?;
        if !told.dry_run {
            here.noticed(told.revision);
            note(store, &author, &told)?;
        }
        Ok(Told::new(&told)?.answer(&wanted.asked, told.revision))
    };
    app.stores.write(work).await
}

impl NotedAnswer for UndoTold {
    fn revision(&self) -> Revision {
        self.revision
    }
}

fn repeated(
    store: &dyn Store,
    author: &Author,
    wanted: &Wanted,
) -> Result<Option<Response>, Problem> {
    let Some(done) = done(store, author)? else {
        return Ok(None);
    };
    let kept = done.answer.as_deref().map(serde_json::from_str);
    let kept: serde_json::Value = match kept {
        Some(Ok(kept)) => kept,
        // The server ended between the write and the note of its answer.
        _ => serde_json::json!(of_history(store, done.revision)?),
    };
    Told::new(&kept).map(|told| Some(told.answer(&wanted.asked, done.revision)))
}

/// What is told of a taking back that the history has.
fn of_history(store: &dyn Store, revision: Revision) -> Result<UndoTold, Problem> {
    let snapshot = store.snapshot()?;
    let entry = snapshot.entry(revision)?;
    let undone = match &entry {
        Some(entry) => taken_back(&*snapshot, entry)?,
        None => None,
    };
    let undone = undone.unwrap_or_default();
    let mut first = Vec::new();
    snapshot.each_change(revision, About::All, &mut |change| {
        first.push(change);
        match first.len() < SHOWN {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    Ok(UndoTold {
        dry_run: false,
        changed: true,
        revision,
        undone,
        restored: restored(&*snapshot, undone)?,
        count: snapshot.change_count(revision)?,
        changes: ChangeSet::new(first),
        effects: None,
    })
}

/// The write that stands again when this one is taken back.
fn restored(snapshot: &dyn Snapshot, undone: Revision) -> Result<Option<Revision>, StoreError> {
    match snapshot.entry(undone)? {
        Some(entry) => taken_back(snapshot, &entry),
        None => Ok(None),
    }
}

/// The revision that is meant, if it can be.
fn asked_for(snapshot: &dyn Snapshot, revision: Option<Revision>) -> Result<Revision, Problem> {
    let latest = snapshot.revision()?;
    if latest == Revision::UNKNOWN {
        let nothing = "there is nothing to take back: nothing has been written yet";
        return Err(Problem::impossible("nothing_to_undo", nothing));
    }
    match revision.unwrap_or(latest) {
        found if found != Revision::UNKNOWN && found <= latest => Ok(found),
        other => Err(unknown(other, latest)),
    }
}

fn unknown(revision: Revision, latest: Revision) -> Problem {
    let message = format!("there is no revision {revision}: the latest is {latest}");
    not_found("revision_not_found", message)
}

fn carried_out(
    store: &dyn Store,
    wanted: &Wanted,
    author: &Author,
    (revision, now): (Revision, Time),
) -> Result<UndoTold, Problem> {
    let mut first = Vec::new();
    let snapshot = store.snapshot()?;
    let restored = restored(&*snapshot, revision)?;
    let told = |now: Revision, count: u64, first: Vec<Change>| UndoTold {
        dry_run: wanted.query.dry_run,
        changed: !wanted.query.dry_run && count > 0,
        revision: now,
        undone: revision,
        restored,
        count,
        changes: ChangeSet::new(first),
        effects: None,
    };
    if wanted.query.dry_run {
        wanted.asked.meets(snapshot.revision()?)?;
        let count = each(&*snapshot, revision, &mut first, &mut |_| Ok(()))?;
        let told = told(snapshot.revision()?, count, first);
        let all = told.changes.changes().len() as u64 == count;
        let effects = Some(effects(&*snapshot, &told.changes, now, all)?);
        return Ok(UndoTold { effects, ..told });
    }
    drop(snapshot);
    let mut stopped = None;
    let loaded = store.load(Purpose::Write(author), &mut |snapshot, intake| {
        first.clear();
        let fed = feed(snapshot, intake, wanted, revision, &mut first);
        fed.map_err(|problem| {
            stopped = Some(problem);
            StoreError::GivenUp
        })
    });
    match (stopped, loaded) {
        (Some(problem), Err(StoreError::GivenUp)) => Err(problem),
        (_, loaded) => {
            let Loaded { revision, changes } = loaded?;
            Ok(told(revision, changes, first))
        }
    }
}

fn feed(
    snapshot: &dyn Snapshot,
    intake: &mut dyn Intake,
    wanted: &Wanted,
    revision: Revision,
    first: &mut Vec<Change>,
) -> Result<(), Problem> {
    wanted.asked.meets(snapshot.revision()?)?;
    each(snapshot, revision, first, &mut |change| {
        intake.change(change)
    })
    .map(|_| ())
}

/// Goes through the changes that take a revision back, keeps the first and counts all.
fn each(
    snapshot: &dyn Snapshot,
    revision: Revision,
    first: &mut Vec<Change>,
    make: &mut dyn FnMut(&Change) -> Result<(), StoreError>,
) -> Result<u64, Problem> {
    let Some(undo) = Undo::of(snapshot, revision)? else {
        return Err(unknown(revision, snapshot.revision()?));
    };
    if !undo.conflicts().is_empty() {
        return Err(conflicting(snapshot, revision, undo.conflicts())?);
    }
    let (mut count, mut failed) = (0, Ok(()));
    undo.changes(&mut |change| {
        count += 1;
        failed = make(&change);
        if first.len() < SHOWN {
            first.push(change);
        }
        match failed.is_ok() {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    failed?;
    Ok(count)
}

/// Later revisions stand in the way.
fn conflicting(
    snapshot: &dyn Snapshot,
    revision: Revision,
    conflicts: &[Conflict],
) -> Result<Problem, StoreError> {
    if let [only] = conflicts
        && let Some(by) = snapshot.entry(only.revision)?
        && taken_back(snapshot, &by)? == Some(revision)
    {
        let message = format!(
            "revision {revision} is taken back already, by {}",
            by.revision
        );
        return Ok(Problem::new(
            StatusCode::CONFLICT,
            "taken_back_already",
            message,
        ));
    }
    let told = conflicts.iter().take(IN_THE_WAY).map(|conflict| {
        format!(
            "revision {}: {}",
            conflict.revision,
            conflict.what.join(", ")
        )
    });
    let message = format!(
        "revision {revision} cannot be taken back, because later changes stand on it: {}",
        told.collect::<Vec<_>>().join("; ")
    );
    let problem = Problem::new(StatusCode::CONFLICT, "undo_conflict", message);
    Ok(problem.hint("take those back first, latest first"))
}
