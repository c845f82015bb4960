//! What went wrong, as a program reads it: a code, and what it means.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::edit::EditError;
use crate::server::access::Denied;
use crate::server::problem::status_of;
use crate::store::StoreError;

/// An error of this protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failed {
    status: StatusCode,
    code: &'static str,
    description: String,
    /// When to try again, in seconds.
    again: Option<u32>,
}

impl Failed {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        description: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            description: description.into(),
            again: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }

    /// A body that cannot be read for what it should be.
    pub(super) fn invalid(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// A code or refresh token that opens nothing. Why is not said: whoever has no right to it
    /// learns nothing about it.
    pub(super) fn grant() -> Self {
        let description = "it is unknown, expired, used already, revoked, or another client's";
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let body = Json(json!({"error": self.code, "error_description": self.description}));
        let kept = [(CACHE_CONTROL, "no-store")];
        match self.again {
            Some(seconds) => {
                let again = [(RETRY_AFTER, seconds.to_string())];
                (self.status, kept, again, body).into_response()
            }
            None => (self.status, kept, body).into_response(),
        }
    }
}

impl From<Denied> for Failed {
    fn from(denied: Denied) -> Self {
        let (code, description) = match denied {
            Denied::Missing => (
                "invalid_client",
                "the body says no `client_id` and `client_secret`".to_owned(),
            ),
            Denied::Invalid => (
                "invalid_client",
                "the client is unknown, revoked or expired, or its secret is another".to_owned(),
            ),
            Denied::Scope(wanted) => (
                "insufficient_scope",
                format!("the client may not do this: it needs the scope {wanted}"),
            ),
            Denied::Unknowable | Denied::Late => ("temporarily_unavailable", denied.to_string()),
            Denied::Bug => ("server_error", denied.to_string()),
            _ => (denied.code(), denied.to_string()),
        };
        let failed = Self::new(denied.status(), code, description);
        match denied {
            Denied::TooMany { seconds } => Self {
                again: Some(seconds),
                ..failed
            },
            _ => failed,
        }
    }
}

/// Words a refusal for this protocol.
pub(super) fn tell(denied: Denied) -> Response {
    Failed::from(denied).into_response()
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        let status = status_of(&error);
        match &error {
            StoreError::Refused(refusal) => Self::new(status, refusal.code(), refusal.to_string()),
            StoreError::ReadOnly(_) => Self::new(status, "read_only", "the store is read-only"),
            // Where the store lies on the server's disk is nobody's business.
            _ if status.is_server_error() && status != StatusCode::INTERNAL_SERVER_ERROR => {
                let description = "the store cannot be used just now; the server's log says why";
                Self::new(status, "temporarily_unavailable", description)
            }
            _ => {
                let description = "the store cannot be used; the server's log says why";
                Self::new(status, "server_error", description)
            }
        }
    }
}

impl From<EditError> for Failed {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Store(error) => error.into(),
            EditError::Refused(refusal) => StoreError::Refused(refusal).into(),
            EditError::Missing(ref missing) => match missing.refusal() {
                Some(refusal) => StoreError::Refused(refusal).into(),
                None => Self::new(StatusCode::NOT_FOUND, error.code(), error.to_string()),
            },
            _ => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                error.code(),
                error.to_string(),
            ),
        }
    }
}

/// Answers to a method that the path does not have.
pub(super) async fn method_not_allowed() -> Failed {
    let description = "this path does not have this method";
    Failed::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        description,
    )
}
