//! The guard in front of handlers.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::body::Body as HttpBody;
use thiserror::Error;

use super::{Caller, Scope, Standing, Traces, hashed};
use crate::server::app::{App, Shared};
use crate::server::front::Visit;

/// Why a caller is not let in, or not with this. Nothing else is said: not whether a thing exists,
/// nor which keys do.
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
    /// The store did not say whether anybody wrote, so that neither keys nor answers are known.
    #[error(
        "the store cannot be asked just now, and what it said before may have changed; try again"
    )]
    Unknowable,
    /// More requests than the key is good for.
    #[error("too many requests with this key; try again in {seconds} s")]
    TooMany {
        /// When to try again.
        seconds: u32,
    },
    /// The body is too long.
    #[error("the body is too large: this request may have {limit} bytes")]
    TooLarge {
        /// How long it may be.
        limit: u64,
    },
    /// The body came too slowly.
    #[error("the body came too slowly and was not waited for")]
    TooSlow,
    /// The body is of another kind.
    #[error("the body has no content type that is read here: send `application/json`")]
    WrongType,
    /// The work took too long.
    #[error("the request took too long; what it began to write may still be carried out")]
    Late,
    /// A bug of ours.
    #[error("the server made a mistake, and its log says which; nothing was done by halves")]
    Bug,
}

impl Denied {
    /// The status that says so.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Missing | Self::Invalid => StatusCode::UNAUTHORIZED,
            Self::Scope(_) | Self::ReadOnly => StatusCode::FORBIDDEN,
            Self::Unknowable | Self::Late => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Bug => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "key_missing",
            Self::Invalid => "key_invalid",
            Self::Scope(_) => "scope_missing",
            Self::ReadOnly => "read_only",
            Self::Unknowable => "store_unreachable",
            Self::TooMany { .. } => "too_many_requests",
            Self::TooLarge { .. } => "body_too_large",
            Self::TooSlow => "body_too_slow",
            Self::WrongType => "wrong_content_type",
            Self::Late => "late",
            Self::Bug => "bug",
        }
    }

    /// Words it with `tell`, and says when to come back where that helps.
    pub fn told_by(self, tell: Tell) -> Response {
        let mut response = tell(self);
        let after = match self {
            Self::TooMany { seconds } => Some(seconds),
            Self::Unknowable | Self::Late => Some(1),
            _ => None,
        };
        if let Some(seconds) = after {
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// How a protocol words a refusal.
pub type Tell = fn(Denied) -> Response;

/// Lets nobody through to the routes but who may do what `scope` covers.
pub fn guard(routes: Router<Shared>, app: &Shared, scope: Scope, tell: Tell) -> Router<Shared> {
    let body = app.settings.limits.body;
    stand(routes, app, scope, tell, body)
}

/// The same for routes that take many things at once, in a body that may be as long.
pub fn guard_imports(
    routes: Router<Shared>,
    app: &Shared,
    scope: Scope,
    tell: Tell,
) -> Router<Shared> {
    let body = app.settings.limits.import;
    stand(routes, app, scope, tell, body)
}

fn stand(
    routes: Router<Shared>,
    app: &Shared,
    scope: Scope,
    tell: Tell,
    body: u64,
) -> Router<Shared> {
    let post = Arc::new(Post {
        app: Arc::clone(app),
        scope,
        tell,
        body,
    });
    routes.route_layer(from_fn_with_state(post, pass))
}

/// Who was let in already, to evaluate, with this request: a moment ago, and counted.
#[derive(Debug, Clone)]
pub struct Admitted(pub Caller);

struct Post {
    app: Shared,
    scope: Scope,
    tell: Tell,
    body: u64,
}

async fn pass(State(post): State<Arc<Post>>, mut request: Request, next: Next) -> Response {
    let fresh = post.app.fresh().await;
    if let Ok(fresh) = fresh {
        request.extensions_mut().insert(fresh);
    }
    let before = request.extensions_mut().remove();
    let known = fresh.map_err(|_| Denied::Unknowable);
    let admitted = known.and_then(|_| match before {
        Some(Admitted(caller)) if post.scope == Scope::Evaluate => Ok(caller),
        _ => post.app.admit_known(request.headers(), post.scope),
    });
    let visit = request.extensions().get::<Arc<Visit>>();
    if let Some(visit) = visit {
        visit.guarded_by(post.scope, post.tell, admitted.as_ref().ok(), post.body);
    }
    let admitted = admitted.and_then(|caller| match is_readable(&request) {
        true => Ok(caller),
        false => Err(Denied::WrongType),
    });
    match admitted {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(denied) => denied.told_by(post.tell),
    }
}

/// Whether the body, if there is one, is of a kind that any handler reads. What a page of another
/// origin can send without being asked first (plain text) is none of them, but for the form that
/// token requests are made of.
pub fn is_readable<B: HttpBody>(request: &axum::http::Request<B>) -> bool {
    const KINDS: [&str; 7] = [
        "application/json",
        "application/merge-patch+json",
        "application/x-ndjson",
        "application/yaml",
        "application/toml",
        "application/x-www-form-urlencoded",
        "text/csv",
    ];
    if request.body().is_end_stream() {
        return true;
    }
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| {
        let kind = kind.trim();
        KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind))
    })
}

impl App {
    /// Who is calling, if they may do what `wanted` covers, whatever was written before.
    ///
    /// # Errors
    ///
    /// Why they are not let in.
    pub async fn admit(
        self: &Arc<Self>,
        headers: &HeaderMap,
        wanted: Scope,
    ) -> Result<Caller, Denied> {
        self.fresh().await.map_err(|_| Denied::Unknowable)?;
        self.admit_known(headers, wanted)
    }

    /// The same for a caller who has just awaited [`App::fresh`].
    ///
    /// # Errors
    ///
    /// Why they are not let in.
    pub fn admit_known(&self, headers: &HeaderMap, wanted: Scope) -> Result<Caller, Denied> {
        if let Some(anybody) = self.admit_anybody(wanted)? {
            return Ok(anybody);
        }
        let shown = hashed(shown(headers).ok_or(Denied::Missing)?);
        let (kept, key) = self.access.find(&shown).ok_or(Denied::Invalid)?;
        // The look-up compared them as well, but not in a time that is the same for all.
        verify_slices_are_equal(&shown, &kept).map_err(|_| Denied::Invalid)?;
        self.admit_key(&key, wanted)
    }

    /// What can be said before anybody shows a key.
    pub(super) fn admit_anybody(&self, wanted: Scope) -> Result<Option<Caller>, Denied> {
        if wanted == Scope::Write && self.settings.read_only {
            return Err(Denied::ReadOnly);
        }
        if !self.settings.open_to_all {
            return Ok(None);
        }
        self.within_rate(&self.access.anybody)?;
        Ok(Some(Caller {
            name: "anybody".into(),
            scopes: [Scope::Admin].into(),
        }))
    }

    /// Whoever has the key, if it is good for what `wanted` covers.
    pub(super) fn admit_key(&self, key: &Standing, wanted: Scope) -> Result<Caller, Denied> {
        let now = self.milliseconds();
        if key.revoked.is_some() || key.expires.is_some_and(|expires| expires <= now) {
            return Err(Denied::Invalid);
        }
        key.use_at(now);
        if !key.caller().may(wanted) {
            return Err(Denied::Scope(wanted));
        }
        self.within_rate(key.traces())?;
        Ok(key.caller().clone())
    }

    fn within_rate(&self, traces: &Traces) -> Result<(), Denied> {
        let Some(rate) = self.settings.limits.rate else {
            return Ok(());
        };
        let booked = traces.book(self.system_milliseconds(), rate);
        booked.map_err(|seconds| Denied::TooMany { seconds })
    }
}

/// The key that a request shows.
pub(super) fn shown(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    let own = || headers.get("x-api-key")?.to_str().ok();
    bearer.or_else(own).filter(|key| !key.is_empty())
}
