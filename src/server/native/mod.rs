//! `/v1`: all that the command line can do, as resources.
//!
//! Documents are those of the command line's `--json`. What may be asked is a table of
//! `Operation`s; both the router and the OpenAPI document are made of it, so that neither can have
//! what the other lacks.

mod bulk;
mod catalog;
mod evaluation;
mod events;
mod features;
mod history;
mod look;
mod moment;
mod openapi;
mod operation;
mod organizations;
mod overrides;
mod page;
mod plans;
mod refused;
mod shape;
mod store;
mod take;
mod undo;
mod users;
mod write;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use self::operation::{Operation, Purpose};
use super::access::{Scope, guard, guard_imports};
use super::app::Shared;
use super::problem::{Problem, tell};

pub(super) use evaluation::{ENTITLEMENT, ENTITLEMENTS, entitlement, entitlements};
pub use openapi::document;

/// All that can be asked.
fn operations() -> Vec<Operation> {
    let rooms = [
        features::operations(),
        plans::operations(),
        users::operations(),
        organizations::operations(),
        overrides::operations(),
        evaluation::operations(),
        catalog::operations(),
        bulk::operations(),
        history::operations(),
        undo::operations(),
        events::operations(),
        store::operations(),
    ];
    rooms.into_iter().flatten().collect()
}

/// The routes.
pub fn routes(app: &Shared) -> Router<Shared> {
    let mut routes = Router::new().route("/v1/openapi.json", get(openapi::serve));
    let mut guarded = [
        (Purpose::Evaluate, false, Scope::Evaluate, Router::new()),
        (Purpose::Read, false, Scope::Read, Router::new()),
        (Purpose::Read, true, Scope::Read, Router::new()),
        (Purpose::Write, false, Scope::Write, Router::new()),
        (Purpose::Write, true, Scope::Write, Router::new()),
        (Purpose::Admin, false, Scope::Admin, Router::new()),
        (Purpose::Admin, true, Scope::Admin, Router::new()),
    ];
    for operation in operations() {
        for (purpose, brings_many, _, router) in &mut guarded {
            if (*purpose, *brings_many) == (operation.purpose, operation.brings_many()) {
                let route = operation.route.clone();
                // How long a body may be is for the guard to say. Of an import only lines may be
                // as long: an array is held.
                let route = match operation.brings_lines() {
                    true => route,
                    false => route.layer(DefaultBodyLimit::disable()),
                };
                *router = std::mem::take(router).route(operation.path, route);
            }
        }
    }
    for (_, brings_many, scope, router) in guarded {
        routes = routes.merge(match brings_many {
            true => guard_imports(router, app, scope, tell),
            false => guard(router, app, scope, tell),
        });
    }
    routes
        .method_not_allowed_fallback(other_method)
        .route("/v1/{*rest}", any(nothing_here))
}

/// Answers for a method that a resource does not have; the router adds which ones it has.
async fn other_method(method: Method, uri: Uri) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    let message = format!("{} cannot be asked with {method}", uri.path());
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        message,
    )
    .into_response()
}

/// Answers for a path that leads nowhere.
async fn nothing_here(uri: Uri) -> Problem {
    let message = format!("there is nothing at {}", uri.path());
    let problem = Problem::new(StatusCode::NOT_FOUND, "path_not_found", message);
    problem.hint("/v1/openapi.json says what there is")
}
