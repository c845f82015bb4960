//! The stream that tells a client when to ask again.
//!
//! It says that something was written, and nothing of what. A browser's `EventSource` can send no
//! key with it, so the address that the answers carry has a ticket in it, which is good for nothing
//! else: made from the key's hash and the day, it opens the stream for that day and the next, until
//! the key is revoked. It is the same all day, or clients would connect anew with each answer.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, HOST};
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::refused::tell;
use crate::domain::catalog::Revision;
use crate::server::access::{Denied, Scope};
use crate::server::app::{App, Shared};

/// Where the stream is.
pub(super) const PATH: &str = "/ofrep/v1/events";
/// How often is looked whether somebody wrote: a read of a few bytes.
const LOOK: Duration = Duration::from_millis(200);
/// How long nothing may be sent: a proxy takes a silent connection for a dead one.
const SILENCE: Duration = Duration::from_secs(15);
/// How long a client without anybody before it keeps the stream.
const INACTIVE: u32 = 120;

/// Where a client is told of changes.
pub(super) fn streams(app: &App, headers: &HeaderMap) -> Value {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return json!([]);
    };
    let ticket = app.ticket(headers);
    let query = ticket.map_or_else(String::new, |ticket| format!("?ticket={ticket}"));
    let scheme = app.scheme(headers);
    let url = format!("{scheme}://{host}{PATH}{query}");
    json!([{"type": "sse", "url": url, "inactivityDelaySec": INACTIVE}])
}

#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    ticket: Option<String>,
}

/// Opens the stream.
pub(super) async fn open(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(shown): Query<Shown>,
) -> Response {
    let told = Told {
        seen: seen(&headers),
        first: true,
        ticket: shown.ticket,
        headers,
        clock: clock(),
        app,
    };
    match told.is_admitted().await {
        Ok(()) => {
            let alive = KeepAlive::new().interval(SILENCE);
            let stream = Sse::new(stream(told)).keep_alive(alive);
            let unbuffered = HeaderName::from_static("x-accel-buffering");
            ([(CACHE_CONTROL, "no-store"), (unbuffered, "no")], stream).into_response()
        }
        Err(denied) => tell(denied),
    }
}

/// One who is told.
struct Told {
    app: Shared,
    headers: HeaderMap,
    ticket: Option<String>,
    /// The revision that the client has asked behind.
    seen: Option<Revision>,
    first: bool,
    clock: Interval,
}

fn clock() -> Interval {
    let mut clock = interval(LOOK);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock
}

/// What a client that comes again was told last.
fn seen(headers: &HeaderMap) -> Option<Revision> {
    let last = headers.get("last-event-id")?.to_str().ok()?;
    last.parse().ok().map(Revision)
}

fn stream(told: Told) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(told, |mut told| async move {
        let event = told.next().await?;
        Some((Ok(event), told))
    })
}

impl Told {
    /// Takes note of what was written, and whether the caller is still to be told of it.
    async fn is_admitted(&self) -> Result<(), Denied> {
        let fresh = self.app.fresh().await;
        fresh.map_err(|_| Denied::Unknowable)?;
        match &self.ticket {
            Some(ticket) => self.app.admit_ticket(ticket),
            None => self
                .app
                .admit_known(&self.headers, Scope::Evaluate)
                .map(drop),
        }
    }

    /// The next event; nothing where the caller is to be told no more.
    async fn next(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.first) {
            // The head of the answer is sent with the first event, and a client waits for it.
            return Some(
                Event::default()
                    .retry(Duration::from_secs(1))
                    .comment("open"),
            );
        }
        loop {
            self.clock.tick().await;
            match self.is_admitted().await {
                Ok(()) => {}
                // It may be readable again at the next look.
                Err(Denied::Unknowable) => continue,
                Err(_) => return None,
            }
            let now = self.app.live.held().revision;
            let seen = self.seen.replace(now);
            if seen.is_some_and(|seen| seen != now) {
                return Some(event(now, self.app.milliseconds()));
            }
        }
    }
}

fn event(revision: Revision, milliseconds: i64) -> Event {
    let data = json!({
        "type": "refetchEvaluation",
        "etag": format!("\"{revision}\""),
        "lastModified": milliseconds.div_euclid(1000),
    });
    Event::default()
        .id(revision.to_string())
        .data(data.to_string())
}
