//! What every request passes before it meets a protocol, and every answer after it.
//!
//! On the way in: whether the request is for this server at all ([`Gate`]), and a body that ends
//! where its limit is and does not come by drops (`Metered`). On the way out: headers that keep
//! answers out of caches and other pages, the counters, and a line in the log. In between the work
//! is watched: one that hangs is not waited for, and one that runs into a bug of ours costs its
//! own request and nothing else.

mod ending;
mod gate;
mod note;
mod visit;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_TYPE, EXPECT, HeaderName, REFERRER_POLICY,
    TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper::body::Body as _;
use tokio::time::timeout;

use super::access::Denied;
use super::app::{Protocol, Shared};
use super::evaluate::ARRIVED;
use super::limits::{READING, WRITING};
use super::problem::Problem;
use ending::Ending;
pub use gate::{Gate, Reach};
use note::Note;
pub use note::Peer;
pub use note::request_id;
use visit::Metered;
pub use visit::Visit;

/// What a request is called, by its client or else by us.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What every answer has that does not say otherwise.
pub const USUAL: [(HeaderName, &str); 3] = [
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
];

/// Has every request to these routes pass here; `protocol` is whom they belong to.
pub fn front(routes: Router<Shared>, app: &Shared, protocol: Option<Protocol>) -> Router<Shared> {
    let front = Arc::new(Front {
        app: Arc::clone(app),
        protocol,
    });
    let routes = routes.layer(from_fn_with_state(front, pass));
    match app.gate.cors() {
        // Outermost, so that a page can read whatever it is answered.
        Some(cors) => routes.layer(cors),
        None => routes,
    }
}

/// What is not there.
pub async fn unknown() -> Problem {
    let message = "there is nothing at this address, or its protocol is not spoken here";
    Problem::new(StatusCode::NOT_FOUND, "route_unknown", message)
}

struct Front {
    app: Shared,
    protocol: Option<Protocol>,
}

async fn pass(State(front): State<Arc<Front>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let app = &front.app;
    let visit = Arc::new(Visit::new(app.settings.limits.body));
    let mut note = Note {
        method: request.method().clone(),
        route: request.extensions().get::<MatchedPath>().cloned(),
        protocol: front.protocol,
        id: request_id(request.headers().get(&REQUEST_ID)),
        peer: request.extensions().get().copied(),
    };
    let chunked = request.headers().contains_key(TRANSFER_ENCODING);
    let mut response = match app.gate.check(request.uri(), request.headers()) {
        Err(turned) => Problem::from(turned).into_response(),
        Ok(()) => {
            request.extensions_mut().insert(Arc::clone(&visit));
            if !request.body().is_end_stream() {
                let patience = app.settings.limits.patience;
                let asked_first = request.headers().contains_key(EXPECT);
                request = request.map(|body| {
                    Body::new(Metered::new(
                        body,
                        Arc::clone(&visit),
                        patience,
                        asked_first,
                    ))
                });
            }
            attended(&front, &visit, begun, request, next).await
        }
    };
    if chunked {
        // Whoever stands in between and counts the body otherwise than we do would take its end for
        // the next request.
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    let response = Ending::watch(response, app);
    finish(app, &visit, &mut note, response, begun.elapsed())
}

/// The answer of whoever is asked, or what is to be said instead of it.
async fn attended(
    front: &Front,
    visit: &Arc<Visit>,
    begun: Instant,
    request: Request,
    next: Next,
) -> Response {
    let limit = deadline(request.method());
    let work = ARRIVED.scope(begun, caught(next.run(request)));
    let answer = timeout(limit, work).await;
    let told = |denied: Denied| denied.told_by(visit.tell());
    let response = match answer {
        Ok(Some(response)) => response,
        Ok(None) => {
            front.app.metrics.panicked();
            told(Denied::Bug)
        }
        Err(_) => told(Denied::Late),
    };
    // Handlers say of such a body only that it could not be read.
    match visit.trouble() {
        Some(denied) => {
            visit.drain().await;
            let mut response = told(denied);
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
            response
        }
        None => response,
    }
}

fn deadline(method: &Method) -> Duration {
    match method.is_safe() {
        true => READING,
        false => WRITING,
    }
}

/// What comes of the work, or nothing if it panicked. What the work held is dropped with it: there
/// is no handler that shares something with others that it could leave half done.
async fn caught<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    std::future::poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}

/// Gives an answer what every answer has, counts it and tells of it.
fn finish(
    app: &Shared,
    visit: &Visit,
    note: &mut Note,
    mut response: Response,
    took: Duration,
) -> Response {
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in USUAL {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    note.tell(&app.log, visit, status, took);
    if let Some(id) = note.id.take() {
        headers.insert(REQUEST_ID, id);
    }
    let method = note.counted_method();
    let route = note.route.take();
    let metrics = &app.metrics;
    metrics.answered(note.protocol, method, route, status.as_u16(), took);
    response
}

/// Whether an answer goes on for as long as its client listens.
fn is_a_stream_of_events(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;
    use crate::server::connection::Door;
    use crate::server::net::Lines;
    use crate::server::rig::Rig;

    async fn buggy() -> &'static str {
        panic!("a bug of a handler's own")
    }

    async fn late_bug() -> &'static str {
        tokio::task::yield_now().await;
        buggy().await
    }

    #[test]
    fn a_bug_costs_the_request_that_runs_into_it_and_nothing_else() {
        let rig = Rig::new();
        let app = rig.app(None);
        let routes = Router::new()
            .route("/bug", get(buggy))
            .route("/late", get(late_bug))
            .route("/fine", get(async || "fine"));
        let door = Arc::new(Door {
            router: front(routes, &app, None).with_state(Arc::clone(&app)),
            shortcut: None,
            lines: Lines::new(4, None),
            tls: None,
            app,
        });
        let asked = ["/bug", "/fine", "/late", "/fine"].map(|target| rig.get(target, ""));
        // Over one connection, which goes on.
        let said = rig.said(&door, &[asked.concat().as_bytes()]);
        let statuses = said.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]);
        let statuses: Vec<&str> = statuses.collect();
        // The last asks for what is not served here.
        assert_eq!(statuses, ["500", "200", "500", "200", "404"], "{said}");
        assert_eq!(said.matches(r#""code":"bug""#).count(), 2, "{said}");
        // What the bug was about is for the log, and not for whoever asked.
        assert!(!said.contains("unwrap"), "{said}");
        let counted = door
            .app
            .metrics
            .text(crate::domain::catalog::Revision::UNKNOWN);
        assert!(counted.contains("flags_panics_total 2\n"), "{counted}");
        assert_eq!(door.app.metrics.in_flight.get(), 0);
    }
}
