//! Writing changes that were planned by a client, if the project is still as the client saw it.

use std::time::Instant;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::Wrong;
use crate::server::app::Shared;
use crate::server::native::operation::{Operation, write};
use crate::server::native::take::{Asked, Sent};
use crate::server::native::write::{NotedAnswer, Wanted, WriteQuery, done, note};
use crate::server::problem::Problem;
use crate::store::wire::{Caused, Update, Updated};
use crate::store::{Author, Store, StoreError};

pub(super) fn operations() -> Vec<Operation> {
    let summary = "Write changes that were planned on what a revision had left";
    vec![
        write(Method::POST, "/v1/store/update", "update", summary, update)
            .takes::<Update>()
            .answers::<Updated>(),
    ]
}

impl NotedAnswer for Updated {
    fn revision(&self) -> crate::domain::catalog::Revision {
        self.revision
    }
}

/// In whose name a client writes: its key's, by the server's clock.
pub(super) fn author(
    app: &Shared,
    asked: &Asked,
    bytes: Bytes,
    cause: &Caused,
) -> Result<Author, Wrong> {
    let command = match cause.command.as_str() {
        "" => "update",
        named => named,
    };
    if command.chars().count() > 256 || command.chars().any(char::is_control) {
        let message = "cause.command: this is not the name of a command";
        return Err(Problem::impossible("invalid", message).into());
    }
    let named = cause.request.is_some() || cause.fingerprint.is_some();
    let request = cause.request();
    if named && request.is_none() {
        let message = "cause.request: this is not the hash of a request";
        return Err(Problem::impossible("invalid", message).into());
    }
    let wanted = Wanted::sent(asked.clone(), bytes, WriteQuery::default(), "update");
    Ok(Author {
        reason: cause.reason.clone().filter(|reason| !reason.is_empty()),
        request: request.or_else(|| wanted.request()),
        ..app.author(&asked.caller.name, command)
    })
}

async fn update(State(app): State<Shared>, sent: Sent<Update>) -> Result<Response, Wrong> {
    let Sent { asked, bytes, body } = sent;
    let author = author(&app, &asked, bytes, &body.cause)?;
    let is_named = body.cause.request.is_some();
    let here = app.clone();
    let work = move |store: &dyn Store| {
        if !is_named && let Some(updated) = answered(store, &author)? {
            return Ok(updated);
        }
        let begun = Instant::now();
        let written = store.update(&author, &mut |snapshot| match snapshot.revision()?
            == body.revision
        {
            true => Ok(body.changes.clone()),
            false => Err(StoreError::Moved),
        });
        let written = match written {
            // It came twice at once.
            Err(StoreError::Repeated(_)) if !is_named => {
                return answered(store, &author)?.ok_or(StoreError::GivenUp.into());
            }
            written => written?,
        };
        here.live.wrote(begun, &written);
        here.noticed(written.revision);
        let updated = Updated {
            revision: written.revision,
            changes: written.changes.changes().len() as u64,
        };
        // Of a write that changed something, the history says what came of it.
        if !is_named && updated.changes == 0 {
            note(store, &author, &updated)?;
        }
        Ok(updated)
    };
    let updated = app.stores.write::<_, Wrong>(work).await?;
    Ok((StatusCode::OK, axum::Json(updated)).into_response())
}

/// What was answered when the request was carried out before.
pub(super) fn answered(store: &dyn Store, author: &Author) -> Result<Option<Updated>, Wrong> {
    let Some(done) = done(store, author)? else {
        return Ok(None);
    };
    let kept = done.answer.as_deref();
    let kept = kept.and_then(|kept| serde_json::from_str(kept).ok());
    // Without it the server ended between the write and the note of its answer.
    let made = || -> Result<Updated, StoreError> {
        Ok(Updated {
            revision: done.revision,
            changes: store.snapshot()?.change_count(done.revision)?,
        })
    };
    Ok(Some(match kept {
        Some(kept) => kept,
        None => made()?,
    }))
}
