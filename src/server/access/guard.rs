//! The guard in front of handlers.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use thiserror::Error;

use super::{Caller, Key, Scope, hash};
use crate::server::app::{App, Shared};

/// Why a caller is not let in. Nothing else is said: not whether a thing exists, nor which keys do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Denied {
    /// No key was shown.
    #[error("no key was given: send `Authorization: Bearer …` or `X-API-Key: …`")]
    Missing,
    /// The key opens nothing.
    #[error("the key is not valid: it is unknown, revoked or expired")]
    Invalid,
    /// The key opens other things.
    #[error("the key may not do this: it needs the scope {0}")]
    Scope(Scope),
    /// The server writes nothing.
    #[error("the server is read-only")]
    ReadOnly,
    /// The keys could not be read.
    #[error("the keys cannot be read just now; try again")]
    Unknowable,
}

impl Denied {
    /// The status that says so.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Missing | Self::Invalid => StatusCode::UNAUTHORIZED,
            Self::Scope(_) | Self::ReadOnly => StatusCode::FORBIDDEN,
            Self::Unknowable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// A stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "key_missing",
            Self::Invalid => "key_invalid",
            Self::Scope(_) => "scope_missing",
            Self::ReadOnly => "read_only",
            Self::Unknowable => "keys_unreadable",
        }
    }
}

/// How a protocol words a refusal.
pub type Tell = fn(Denied) -> Response;

/// Lets nobody through to the routes but who may do what `scope` covers.
pub fn guard(routes: Router<Shared>, app: &Shared, scope: Scope, tell: Tell) -> Router<Shared> {
    let post = Arc::new(Post {
        app: Arc::clone(app),
        scope,
        tell,
    });
    routes.route_layer(from_fn_with_state(post, pass))
}

struct Post {
    app: Shared,
    scope: Scope,
    tell: Tell,
}

async fn pass(State(post): State<Arc<Post>>, mut request: Request, next: Next) -> Response {
    match post.app.admit(request.headers(), post.scope) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(denied) => (post.tell)(denied),
    }
}

impl App {
    /// Who is calling, if they may do what `wanted` covers.
    ///
    /// # Errors
    ///
    /// Why they are not let in.
    pub fn admit(&self, headers: &HeaderMap, wanted: Scope) -> Result<Caller, Denied> {
        if let Some(anybody) = self.admit_anybody(wanted)? {
            return Ok(anybody);
        }
        let shown = shown(headers).ok_or(Denied::Missing)?;
        let found = self.access.find(&hash(shown));
        let key = found.map_err(|_| Denied::Unknowable)?;
        let key = key.ok_or(Denied::Invalid)?;
        self.admit_key(&key, wanted)
    }

    /// What can be said before anybody shows a key.
    pub(super) fn admit_anybody(&self, wanted: Scope) -> Result<Option<Caller>, Denied> {
        if wanted == Scope::Write && self.settings.read_only {
            return Err(Denied::ReadOnly);
        }
        Ok(self.settings.open_to_all.then(|| Caller {
            name: "anybody".into(),
            scopes: [Scope::Admin].into(),
        }))
    }

    /// Whoever has the key, if it is good for what `wanted` covers.
    pub(super) fn admit_key(&self, key: &Key, wanted: Scope) -> Result<Caller, Denied> {
        let now = self.milliseconds();
        if key.revoked.is_some() || key.expires.is_some_and(|expires| expires <= now) {
            return Err(Denied::Invalid);
        }
        let caller = Caller {
            name: key.name.as_str().into(),
            scopes: key.scopes.as_slice().into(),
        };
        match caller.may(wanted) {
            true => Ok(caller),
            false => Err(Denied::Scope(wanted)),
        }
    }
}

/// The key that a request shows.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    let own = || headers.get("x-api-key")?.to_str().ok();
    bearer.or_else(own).filter(|key| !key.is_empty())
}
