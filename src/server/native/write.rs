//! Every change goes this way: planned within the write, on the client's conditions, and carried out
//! once, however often the request comes.
//!
//! That a request was carried out is noted in the transaction that does it. When it comes again, the
//! answer is made of the history; where that does not say all that the first answer did, the answer
//! itself is kept with the note.

use std::time::Instant;

use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::look::Told;
use super::take::Asked;
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::steps::Kept as Remaining;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::edit::{Edit, Summary};
use crate::server::app::{App, Shared};
use crate::server::problem::Problem;
use crate::store::{
    Author, Done, Kept, RecordKind, Request, RequestName, Snapshot, Store, StoreError,
};
use crate::told::{Effects, Written};

/// What every write may be asked.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WriteQuery {
    /// Tell the diff and who gains and who loses; write nothing
    #[serde(default)]
    pub(super) dry_run: bool,
    /// Why, for the history
    pub(super) reason: Option<Reason>,
}

/// A write as it is asked for.
pub(super) struct Wanted {
    /// By whom, and on what conditions.
    pub(super) asked: Asked,
    /// What was sent along.
    pub(super) bytes: Bytes,
    /// What every write may be asked.
    pub(super) query: WriteQuery,
    /// The command that does the same, for the history.
    pub(super) command: &'static str,
    /// Whether something new comes of it.
    pub(super) creates: bool,
}

impl Wanted {
    /// A write with nothing sent along.
    pub(super) fn new(asked: Asked, query: WriteQuery, command: &'static str) -> Self {
        Self {
            asked,
            bytes: Bytes::new(),
            query,
            command,
            creates: false,
        }
    }

    /// A write with this sent along.
    pub(super) fn sent(
        asked: Asked,
        bytes: Bytes,
        query: WriteQuery,
        command: &'static str,
    ) -> Self {
        Self {
            bytes,
            ..Self::new(asked, query, command)
        }
    }

    /// The same where something new comes of it.
    pub(super) fn creating(self) -> Self {
        Self {
            creates: true,
            ..self
        }
    }

    /// The request as it is known again, if it may come again.
    pub(super) fn request(&self) -> Option<Request> {
        let asked = &self.asked;
        let key = asked.key.as_ref().filter(|_| !self.query.dry_run)?;
        let name = RequestName::new(&asked.caller.name, key);
        let parts = [
            asked.method.as_bytes(),
            asked.path.as_bytes(),
            asked.query.as_bytes(),
            &self.bytes,
        ];
        Some(Request::new(name, &parts))
    }

    /// In whose name it is written.
    pub(super) fn author(&self, app: &App) -> Author {
        let reason = self.query.reason.clone();
        Author {
            reason: reason.filter(|reason| !reason.is_empty()),
            request: self.request(),
            ..app.author(&self.asked.caller.name, self.command)
        }
    }
}

/// Carries an edit out.
pub(super) async fn edit(app: &Shared, wanted: Wanted, edit: Edit) -> Result<Response, Problem> {
    carry_out(app, wanted, move |snapshot, now| {
        Ok(edit.plan(snapshot, now)?.into())
    })
    .await
}

/// What is to be written.
pub(super) struct Planned {
    /// The changes.
    pub(super) changes: ChangeSet,
    /// Of a catalog that is applied, what it does not name.
    pub(super) kept: Option<Remaining>,
}

impl From<ChangeSet> for Planned {
    fn from(changes: ChangeSet) -> Self {
        let kept = None;
        Self { changes, kept }
    }
}

/// Carries out what the planner makes of the present contents, or tells what that would be.
pub(super) async fn carry_out(
    app: &Shared,
    wanted: Wanted,
    planner: impl Fn(&dyn Snapshot, Time) -> Result<Planned, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let here = app.clone();
    let work = move |store: &dyn Store| {
        let now = here.now().map_err(|_| StoreError::GivenUp)?;
        let plan = |snapshot: &dyn Snapshot| {
            // What could not be done anyway is said first (RFC 9110, 13.2.1).
            let planned = planner(snapshot, now)?;
            wanted.asked.meets(snapshot.revision()?)?;
            Ok(planned)
        };
        if wanted.query.dry_run {
            let snapshot = store.snapshot()?;
            let Planned { changes, kept } = plan(&*snapshot)?;
            let told = previewed(&*snapshot, changes, now)?;
            let told = Written { kept, ..told };
            return Ok(Told::new(&told)?.answer(&wanted.asked, told.revision));
        }
        let author = wanted.author(&here);
        // Far away that would be a journey more, and the write looks for itself.
        if !store.capabilities().far
            && let Some(answer) = repeated(store, &author, &wanted)?
        {
            return Ok(answer);
        }
        let written = match updated(&here, store, &author, &plan) {
            Err(Stopped::Repeated) => {
                return repeated(store, &author, &wanted)?.ok_or(StoreError::GivenUp.into());
            }
            Err(Stopped::Refused(problem)) => return Err(problem),
            Ok(written) => written,
        };
        here.noticed(written.revision);
        if !written.changed || written.kept.is_some() {
            note(store, &author, &written)?;
        }
        answer(&wanted, &written)
    };
    app.stores.write(work).await
}

/// Why nothing was written.
pub(super) enum Stopped {
    /// The request was carried out before.
    Repeated,
    /// This.
    Refused(Problem),
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Repeated(_) => Self::Repeated,
            error => Self::Refused(error.into()),
        }
    }
}

fn updated(
    app: &App,
    store: &dyn Store,
    author: &Author,
    plan: &dyn Fn(&dyn Snapshot) -> Result<Planned, Problem>,
) -> Result<Written, Stopped> {
    let (mut refused, mut remaining) = (None, None);
    let begun = Instant::now();
    let written = store.update(author, &mut |snapshot| match plan(snapshot) {
        Ok(Planned { changes, kept }) => {
            remaining = kept;
            Ok(changes)
        }
        Err(problem) => {
            refused = Some(problem);
            Err(StoreError::GivenUp)
        }
    });
    match (refused, written) {
        (Some(problem), Err(StoreError::GivenUp)) => Err(Stopped::Refused(problem)),
        (_, written) => {
            let written = written?;
            app.live.wrote(begun, &written);
            let told = told(written.revision, written.changes);
            let kept = remaining;
            Ok(Written { kept, ..told })
        }
    }
}

fn told(revision: Revision, changes: ChangeSet) -> Written {
    Written {
        dry_run: false,
        changed: !changes.is_empty(),
        revision,
        changes,
        effects: None,
        kept: None,
    }
}

/// What the changes would do.
pub(super) fn previewed(
    snapshot: &dyn Snapshot,
    changes: ChangeSet,
    now: Time,
) -> Result<Written, Problem> {
    let effects = effects(snapshot, &changes, now, true)?;
    Ok(Written {
        dry_run: true,
        changed: false,
        effects: Some(effects),
        ..told(snapshot.revision()?, changes)
    })
}

/// Who would gain and lose by the changes, which may be the first of more.
pub(super) fn effects(
    snapshot: &dyn Snapshot,
    changes: &ChangeSet,
    now: Time,
    all: bool,
) -> Result<Effects, Problem> {
    let summary = Summary::of(snapshot, changes, now)?;
    Ok(Effects {
        gained: summary.gained,
        lost: summary.lost,
        complete: all && summary.first.len() as u64 == summary.count(),
        first: summary.first.iter().map(Into::into).collect(),
    })
}

fn answer(wanted: &Wanted, written: &Written) -> Result<Response, Problem> {
    let told = Told::new(written)?;
    let told = match wanted.creates && written.changed {
        true => told.created(),
        false => told,
    };
    Ok(told.answer(&wanted.asked, written.revision))
}

/// The first answer, where the request was carried out before.
fn repeated(
    store: &dyn Store,
    author: &Author,
    wanted: &Wanted,
) -> Result<Option<Response>, Problem> {
    let Some(done) = done(store, author)? else {
        return Ok(None);
    };
    if let Some(kept) = &done.answer {
        let kept: serde_json::Value = serde_json::from_str(kept).unwrap_or_default();
        let told = Told::new(&kept)?;
        return Ok(Some(told.answer(&wanted.asked, done.revision)));
    }
    let snapshot = store.snapshot()?;
    let written = told(done.revision, snapshot.changes(done.revision)?);
    answer(wanted, &written).map(Some)
}

/// The note of the request, if it was carried out before.
///
/// # Errors
///
/// Where it asked for something else then.
pub(super) fn done(store: &dyn Store, author: &Author) -> Result<Option<Done>, Problem> {
    let Some(request) = &author.request else {
        return Ok(None);
    };
    let note = store.record(RecordKind::Request, request.name.as_str())?;
    match note.as_deref().and_then(Done::read) {
        None => Ok(None),
        Some(done) if done.fingerprint == request.fingerprint => Ok(Some(done)),
        Some(_) => {
            let message = "another request was made under this Idempotency-Key before";
            let problem = Problem::impossible("idempotency_key_reused", message);
            Err(problem.hint("make a new key for each request"))
        }
    }
}

/// Keeps the answer with the note of the request.
pub(super) fn note(
    store: &dyn Store,
    author: &Author,
    answer: &impl NotedAnswer,
) -> Result<(), Problem> {
    let Some(request) = &author.request else {
        return Ok(());
    };
    let body = serde_json::to_string(answer).map_err(|error| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Problem::new(status, "bug", error.to_string())
    })?;
    let done = Done {
        answer: Some(body),
        ..request.done(author.at, answer.revision())
    };
    store.amend(RecordKind::Request, request.name.as_str(), &mut |found| {
        match found.and_then(Done::read) {
            // Somebody else was first.
            Some(other) if other.answer.is_some() => Kept::AsItWas,
            _ => Kept::Now(done.write()),
        }
    })?;
    Ok(())
}

/// An answer that can be kept.
pub(super) trait NotedAnswer: Serialize {
    /// The revision that it is of.
    fn revision(&self) -> Revision;
}

impl NotedAnswer for Written {
    fn revision(&self) -> Revision {
        self.revision
    }
}
