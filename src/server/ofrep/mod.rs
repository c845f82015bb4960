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
use super::app::Shared;
use super::evaluate::{Answers, Asked, Fresh, Which};
use flag::Flag;
use refused::{Refused, tell};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The routes.
pub fn routes(app: &Shared) -> Router<Shared> {
    let evaluate = Router::new()
        .route("/ofrep/v1/evaluate/flags/{key}", post(one))
        .route("/ofrep/v1/evaluate/flags", post(all));
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
    let written = |answers: &Answers<'_>| {
        let slot = answers.slots().next()?;
        flag::write(&Flag::with_revision(answers, slot))
    };
    let asked = app.ask(fresh, Asked::Context(context), Which::One(key), written);
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
    let written = |answers: &Answers<'_>| {
        let flags: Vec<_> = answers
            .slots()
            .map(|slot| Flag::new(answers, slot))
            .collect();
        flag::write(&flags)
    };
    let asked = app.ask(fresh, Asked::Context(context), Which::All, written);
    let flags = asked.await?.ok_or_else(Refused::unwritable)?;
    let tag = format!("\"{:032x}\"", xxh3_128(&flags));
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let streams = events::streams(&app, &headers).to_string();
    let body = [
        b"{\"flags\":",
        &*flags,
        b",\"eventStreams\":",
        streams.as_bytes(),
        b"}",
    ]
    .concat();
    let tag = HeaderValue::try_from(tag).map_err(|_| Refused::unwritable())?;
    Ok(([(CONTENT_TYPE, JSON), (ETAG, tag)], body).into_response())
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
