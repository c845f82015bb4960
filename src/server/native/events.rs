//! `/v1/events`: the writes as they are made, one server-sent event for each.
//!
//! An event's number is the revision that the write made. Whoever was cut off names the last one it
//! has seen, as browsers do by themselves, and is told of all since, out of the history.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::sleep;

use super::history::told;
use super::operation::{Operation, read};
use super::take::Query;
use crate::domain::catalog::Revision;
use crate::server::access::Scope;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{About, Store, StoreError};
use crate::told::WriteTold;

/// How many changes of a write are told; the rest can be asked for.
const CHANGES: usize = 100;
/// How many writes are read at once.
const AT_ONCE: u64 = 16;
/// How often something is said where nothing happens.
const HEARTBEAT: Duration = Duration::from_secs(15);

pub(super) fn operations() -> Vec<Operation> {
    let summary = "The writes as they are made, as server-sent events";
    vec![
        read("/v1/events", "followWrites", summary, follow)
            .query::<FollowQuery>()
            .answers_as("text/event-stream", lines),
    ]
}

fn lines(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": "Events `change`, whose `id` is the revision and whose `data` is the write",
        "type": "string"
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FollowQuery {
    /// The last revision that the client has seen; without it, only what is yet to come is told
    after: Option<Revision>,
}

async fn follow(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<FollowQuery>,
) -> Result<Response, Problem> {
    let seen = headers.get("last-event-id");
    let seen = seen.and_then(|id| id.to_str().ok()?.parse().ok().map(Revision));
    let after = match seen.or(query.after) {
        Some(after) => after,
        None => {
            let look = |store: &dyn Store| store.snapshot()?.revision();
            app.stores.read(look).await?
        }
    };
    let following = Following {
        latest: app.latest.subscribe(),
        ending: app.ending.subscribe(),
        waiting: VecDeque::new(),
        app,
        headers,
        after,
    };
    let alive = KeepAlive::new().interval(HEARTBEAT);
    let events = Sse::new(following.events()).keep_alive(alive);
    Ok(([("x-accel-buffering", "no")], events).into_response())
}

/// A client that follows.
struct Following {
    app: Shared,
    /// With which it came: a key that is revoked meanwhile opens nothing any more.
    headers: HeaderMap,
    /// The last revision that was told.
    after: Revision,
    waiting: VecDeque<WriteTold>,
    latest: watch::Receiver<Revision>,
    ending: watch::Receiver<bool>,
}

impl Following {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut following| async move {
            let write = following.next().await?;
            let event = Event::default()
                .event("change")
                .id(write.revision.to_string())
                .json_data(&write);
            // A write always has a form.
            Some((Ok(event.unwrap_or_default()), following))
        })
    }

    /// The next write; `None` once the server ends, or the client may not look any more.
    async fn next(&mut self) -> Option<WriteTold> {
        loop {
            if *self.ending.borrow() {
                return None;
            }
            if let Some(write) = self.waiting.pop_front() {
                return Some(write);
            }
            let admitted = self.app.admit(&self.headers, Scope::Read).await;
            admitted.ok()?;
            // Marked as seen before the store is looked at: what comes then wakes at once.
            self.latest.mark_unchanged();
            // A store that cannot be read just now is asked again.
            if let Ok((writes, until)) = self.read().await {
                let told = until > self.after;
                self.after = self.after.max(until);
                self.waiting.extend(writes);
                if told {
                    continue;
                }
            }
            tokio::select! {
                changed = self.latest.changed() => changed.ok()?,
                ended = self.ending.changed() => ended.ok()?,
                () = sleep(HEARTBEAT) => {}
            }
        }
    }

    /// The writes behind the last one told, and how far they reach.
    async fn read(&self) -> Result<(Vec<WriteTold>, Revision), StoreError> {
        let after = self.after;
        let read = move |store: &dyn Store| {
            let snapshot = store.snapshot()?;
            let latest = snapshot.revision()?;
            let until = latest.min(Revision(after.0.saturating_add(AT_ONCE)));
            let mut writes = Vec::new();
            for revision in (after.0..until.0).map(|before| Revision(before + 1)) {
                if let Some(entry) = snapshot.entry(revision)? {
                    writes.push(told(&*snapshot, entry, About::All, CHANGES)?);
                }
            }
            Ok((writes, until))
        };
        self.app.stores.read(read).await
    }
}
