//! WorkOS's feature flags (contract: WorkOS), for its own SDKs and its own command line.
//!
//! A feature is a flag, its key the slug. What WorkOS's API can do is done here; what only its
//! Dashboard can do (defining a flag, renaming it, its rule and its default) the command line does.
//!
//! | file | holds |
//! | --- | --- |
//! | `flag` | a feature as a flag object, its identifier and its times |
//! | `directory` | every flag of one revision, written out beforehand |
//! | `page` | lists: where a page begins and ends |
//! | `read` | the flags, and those that a user or an organization gets |
//! | `write` | the switch and the targets |
//! | [`configuration`] | the payload for SDKs that evaluate themselves |
//! | `desk` | what is prepared, and made anew when something was written |
//! | `problem` | what went wrong, as WorkOS says it |
//!
//! Who may what: the lists of a user's and an organization's flags are answers and need the scope
//! `evaluate`; definitions and the payload, which tells whom a flag names, need `read`; the switch
//! and the targets `write`. The public keys are for everybody.

pub mod configuration;
mod desk;
mod directory;
mod page;
mod problem;
mod read;
mod write;

use std::sync::Arc;

use axum::routing::{get, post, put};
use axum::{Extension, Router};
use serde_json::json;

pub use configuration::Note;
pub use problem::WorkosProblem;

use super::access::{Scope, guard};
use super::app::Shared;
use super::log::{Level, Log};
use crate::domain::time::Time;
use crate::store::{Store, StoreError};
pub(super) use desk::Desk;
use problem::tell;
pub(super) use read::flags_of;

/// The flags of a user.
pub(super) const LIST: &str = "/user_management/users/{user}/feature-flags";

/// The routes.
pub(super) fn routes(app: &Shared, desk: &Arc<Desk>) -> Router<Shared> {
    let read_routes = Router::new()
        .route("/feature-flags", get(read::flags))
        .route("/feature-flags/{slug}", get(read::flag))
        .route("/sdk/feature-flags", get(read::payload));
    let evaluate_routes = Router::new()
        .route(
            "/organizations/{organization}/feature-flags",
            get(read::of_organization),
        )
        .route(LIST, get(read::of_user));
    let write_routes = Router::new()
        .route("/feature-flags/{slug}/enable", put(write::enable))
        .route("/feature-flags/{slug}/disable", put(write::disable))
        .route(
            "/feature-flags/{slug}/targets/{resource}",
            post(write::add_target).delete(write::remove_target),
        );
    guard(read_routes, app, Scope::Read, tell)
        .merge(guard(evaluate_routes, app, Scope::Evaluate, tell))
        .merge(guard(write_routes, app, Scope::Write, tell))
        .route("/sso/jwks/{client}", get(read::keys))
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(Extension(Arc::clone(desk)))
}

/// What the configuration payload leaves out at a moment, and where it gives less than it should:
/// for whoever starts the server.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn notes(store: &dyn Store, at: Time) -> Result<Vec<Note>, StoreError> {
    let snapshot = store.snapshot()?;
    Ok(configuration::compose(&*snapshot, at)?.notes)
}

/// Tells a note in the log.
pub fn log_note(log: &Log, note: &Note) {
    let fields = json!({"feature": note.feature, "note": note.what});
    log.tell(Level::Warn, "workos_payload", &fields);
}
