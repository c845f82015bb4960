//! `/ofrep/v1`: the OpenFeature Remote Evaluation Protocol, version 0.3 (contract: OFREP).
//!
//! An OpenFeature SDK asks for one flag at a time, or for all of them at once and then again when it
//! is told that something changed. A feature is a flag: on or off, or the number of a limit. A limit
//! that is off is 0 and not left out: what is left out has the value that the program has in its
//! code, and whoever is entitled to nothing would get that.
//!
//! | file | holds |
//! | --- | --- |
//! | `context` | who is asked about |
//! | `flag` | a feature as a flag |
//! | `events` | the stream that says when to ask again |
//! | `refused` | what went wrong, as the protocol words it |

mod context;
mod events;
mod flag;
mod refused;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use bytes::Bytes;
use xxhash_rust::xxh3::xxh3_128;

use super::access::{Scope, guard};
use super::app::{App, Shared};
use super::evaluate::{Answers, Asked, Context, Fresh, Which};
use super::shortcut::Reply;
use flag::Flag;
use refused::{Refused, tell};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// One flag.
pub(super) const FLAG: &str = "/ofrep/v1/evaluate/flags/{key}";
/// Every flag.
pub(super) const FLAGS: &str = "/ofrep/v1/evaluate/flags";

/// The routes.
pub fn routes(app: &Shared) -> Router<Shared> {
    let evaluate = Router::new().route(FLAG, post(one)).route(FLAGS, post(all));
    // A browser opens the stream, which can send no headers: it lets callers in by itself.
    let events = Router::new().route(events::PATH, get(events::open));
    guard(evaluate, app, Scope::Evaluate, tell).merge(events)
}

/// One flag.
async fn one(
    State(app): State<Shared>,
    Extension(fresh): Extension<Fresh>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let about = |refused: Refused| refused.about(&name);
    let context = context::read(&body, &app).map_err(about)?;
    let not_found = || Refused::unknown_flag(&name);
    let key = name.parse().map_err(|_| not_found())?;
    let asked = app.ask(fresh, Asked::Context(context), Which::One(key), write_one);
    let written = asked
        .await
        .map_err(|error| Refused::from(error).about(&name))?;
    let written = written.ok_or_else(not_found)?;
    Ok(([(CONTENT_TYPE, JSON)], written).into_response())
}

/// Every flag. The tag is a hash of the answers: it is another one whenever any of them is, be it
/// by a write or by the time alone.
async fn all(
    State(app): State<Shared>,
    Extension(fresh): Extension<Fresh>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let context = context::read(&body, &app)?;
    let asked = app.ask(fresh, Asked::Context(context), Which::All, write_all);
    let flags = asked.await?.ok_or_else(Refused::unwritable)?;
    let tag = tag(&flags);
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let body = with_streams(&flags, &app, &headers);
    let tag = HeaderValue::try_from(tag).map_err(|_| Refused::unwritable())?;
    Ok(([(CONTENT_TYPE, JSON), (ETAG, tag)], body).into_response())
}

fn write_one(answers: &Answers<'_>) -> Option<Vec<u8>> {
    let slot = answers.slots().next()?;
    flag::write(&Flag::with_revision(answers, slot))
}

fn write_all(answers: &Answers<'_>) -> Option<Vec<u8>> {
    let flags: Vec<_> = answers
        .slots()
        .map(|slot| Flag::new(answers, slot))
        .collect();
    flag::write(&flags)
}

fn tag(flags: &[u8]) -> String {
    format!("\"{:032x}\"", xxh3_128(flags))
}

fn with_streams(flags: &[u8], app: &App, headers: &HeaderMap) -> Vec<u8> {
    let streams = events::streams(app, headers).to_string();
    [
        b"{\"flags\":",
        flags,
        b",\"eventStreams\":",
        streams.as_bytes(),
        b"}",
    ]
    .concat()
}

/// One flag from memory, for those who ask all day (see [`shortcut`](super::shortcut)): nothing
/// where that does not have it, or where something about the question is wrong.
pub(super) fn flag_of(app: &App, key: &str, sent: &[u8]) -> Option<Reply> {
    let context = context::read(sent, app).ok()?;
    let written = from_memory(app, context, &Which::One(key.parse().ok()?), write_one)?;
    Some(Reply {
        body: written.into(),
        tag: None,
    })
}

/// Every flag, likewise.
pub(super) fn flags_of(app: &App, headers: &HeaderMap, sent: &[u8]) -> Option<Reply> {
    let context = context::read(sent, app).ok()?;
    let flags = from_memory(app, context, &Which::All, write_all)?;
    Some(Reply {
        body: with_streams(&flags, app, headers).into(),
        tag: Some(HeaderValue::try_from(tag(&flags)).ok()?),
    })
}

fn from_memory(
    app: &App,
    context: Context,
    which: &Which,
    write: impl FnOnce(&Answers<'_>) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let at = app.now().ok()?;
    let written = app.live.answer(&Asked::Context(context), which, at, write);
    written.ok()?.ok()?
}

/// Whether the client says that it has the answers with this tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).iter();
    let mut tags = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|one| one.trim().trim_start_matches("W/"));
    tags.any(|one| one == tag || one == "*")
}
