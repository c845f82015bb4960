//! Astapa's features, overrides, claims and tokens (contract: Astapa).
//!
//! Each call is a JSON object whose members `client_id` and `client_secret` say who calls. Astapa
//! publishes neither the forms of most bodies nor its errors; what we chose is here:
//!
//! * The forms of bodies are those that the contract marks as ours. Members that we do not know are
//!   passed over, and a member that is `null` is not there, except where it takes something away:
//!   a feature's `name` and `description`, and a custom claim.
//! * A new feature needs its type, and keeps it: another one is refused. Deleting what is not there is refused
//!   (404), as a mistyped key must not look like success; taking away an override that is not there
//!   is not, since what was asked for is so.
//! * `end_user_id` is a user that the store knows. An unknown one is refused (404) also for an
//!   override: for a mistyped one, nobody would ever get it. Users are made known by
//!   `flags user assign`.
//! * Claims are for the user with this e-mail address, without regard to capitals; several users
//!   with one address are refused (409). The claim `plan` is the user's plan, which must exist; the
//!   others are kept beside the project, see `claims`. Claims that are not named stay.
//! * A feature that is off is `{"has_feature": false, "value": false}`, of either type.
//! * An error is `{"error", "error_description"}`, the form of OAuth (RFC 6749 §5.2), which the
//!   token endpoint has anyway.
//! * Calls that ask need the scope `evaluate`, tokens too; those that alter need `write`. A server
//!   that is read-only renews logins: nothing of the project is altered by that.

mod body;
mod claims;
mod error;
mod features;
pub mod login;
mod token;
mod write;

use axum::Router;
use axum::routing::{get, post, put};

use super::app::Shared;
use super::signing;
use crate::domain::target::Id;
use crate::store::{Amend, Kept, RecordKind, Store, StoreError};

/// The routes. The guard is within the handlers, since who calls is said in the body.
pub fn routes(_: &Shared) -> Router<Shared> {
    let features = put(features::define).delete(features::delete);
    let overrides = put(features::set_override).delete(features::unset_override);
    Router::new()
        .route("/api/platform/features", features)
        .route("/api/platform/feature-overrides", overrides)
        .route("/api/platform/features/check", post(features::check))
        .route("/api/platform/claims", post(claims::set))
        .route("/api/platform/token", post(token::issue))
        .method_not_allowed_fallback(error::method_not_allowed)
        .merge(Router::new().route("/.well-known/jwks.json", get(signing::jwks)))
}

/// Takes away what is kept about a user who was forgotten: who gets the name next gets no more.
///
/// # Errors
///
/// Those of the store.
pub fn forget(store: &dyn Store, user: &Id) -> Result<(), StoreError> {
    let gone: &mut Amend<'_> = &mut |body| body.map_or(Kept::AsItWas, |_| Kept::Gone);
    store.amend(RecordKind::Claims, user.as_str(), gone)?;
    for (name, body) in store.records(RecordKind::Login)? {
        if login::Login::read(&body).is_some_and(|login| login.user == *user) {
            store.amend(RecordKind::Login, &name, gone)?;
        }
    }
    Ok(())
}
