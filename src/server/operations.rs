//! How the server is: whether it lives, whether it can answer, and what it counts.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::access::{Scope, guard};
use super::app::Shared;
use super::problem::{Problem, tell};
use crate::store::{Store, StoreError};

/// What Prometheus takes the counters as.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The routes. Whoever probes has no key; the counters are for whoever looks after the server.
pub fn routes(app: &Shared) -> Router<Shared> {
    let counters = Router::new().route("/metrics", get(metrics));
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .merge(guard(counters, app, Scope::Admin, tell))
}

/// The counters without a key, for an address of their own.
pub fn counters() -> Router<Shared> {
    Router::new().route("/metrics", get(metrics))
}

async fn alive() -> &'static str {
    "ok\n"
}

/// Whether to send requests here: the store can be opened and answers, and the server is not about to
/// end. It is opened anew, as one that is open already answers even where its file is gone.
async fn ready(State(app): State<Shared>) -> Response {
    if *app.ending.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending\n").into_response();
    }
    let stores = app.stores.clone();
    let asked = move |_: &dyn Store| stores.open()?.snapshot()?.revision();
    match app.stores.read::<_, StoreError>(asked).await {
        Ok(_) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "no store\n").into_response(),
    }
}

async fn metrics(State(app): State<Shared>) -> Result<Response, Problem> {
    let asked = |store: &dyn Store| store.snapshot()?.revision();
    let revision = app.stores.read::<_, StoreError>(asked).await?;
    let text = app.metrics.text(revision);
    Ok(([(CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}
