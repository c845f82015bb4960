//! What went wrong, as a program reads it: the command line's error document under an HTTP status.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{ETAG, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::access::Denied;
use crate::domain::catalog::Revision;
use crate::domain::refusal::Refusal;
use crate::store::StoreError;
use crate::store::postgres::DatabaseError;

/// An error of the native protocol: `{"error":{"code","message","hints"}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// A stable name for programs: that of the command line, where it has one.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// What helps.
    pub hints: Vec<String>,
    /// The revision that the project has instead of the one that was expected.
    pub revision: Option<Revision>,
}

impl Problem {
    /// An error without hints.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            hints: Vec::new(),
            revision: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self {
            status,
            code,
            message,
            hints,
            revision,
        } = self;
        let body = Json(json!({"error": {"code": code, "message": message, "hints": hints}}));
        if let Some(revision) = revision {
            return (status, [(ETAG, format!("\"{revision}\""))], body).into_response();
        }
        match status {
            StatusCode::SERVICE_UNAVAILABLE => (status, [(RETRY_AFTER, "1")], body).into_response(),
            _ => (status, body).into_response(),
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self::new(denied.status(), denied.code(), denied.to_string())
    }
}

/// Words a refusal for our own protocol.
pub fn tell(denied: Denied) -> Response {
    Problem::from(denied).into_response()
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let (status, code) = (status_of(&error), error.code());
        let message = match &error {
            // Where the store lies on the server's disk is nobody's business.
            StoreError::Refused(_)
            | StoreError::History(_)
            | StoreError::Repeated(_)
            | StoreError::Moved => error.to_string(),
            StoreError::Database(DatabaseError::InDoubt { .. }) => {
                "nobody knows whether the write was carried out; repeat it with the same \
                 Idempotency-Key, or look at the history first"
                    .to_owned()
            }
            _ => "the store cannot be used just now; the server's log says why".to_owned(),
        };
        Self::new(status, code, message)
    }
}

/// The status for what a store says.
pub fn status_of(error: &StoreError) -> StatusCode {
    match error {
        StoreError::Refused(refusal) => status_of_refusal(refusal),
        StoreError::History(_) => StatusCode::NOT_FOUND,
        StoreError::Repeated(_) => StatusCode::CONFLICT,
        StoreError::Moved => StatusCode::PRECONDITION_FAILED,
        StoreError::ReadOnly(_) => StatusCode::FORBIDDEN,
        StoreError::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
        StoreError::Locked { .. } | StoreError::Interrupted => StatusCode::SERVICE_UNAVAILABLE,
        StoreError::Database(DatabaseError::InDoubt { .. }) => StatusCode::GATEWAY_TIMEOUT,
        StoreError::Database(_) | StoreError::Connect(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The status for a rule that says no.
fn status_of_refusal(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::UnknownFeature(_) | Refusal::UnknownPlan(_) | Refusal::UnknownSubject(_) => {
            StatusCode::NOT_FOUND
        }
        Refusal::FeatureExists(_) | Refusal::PlanExists(_) => StatusCode::CONFLICT,
        Refusal::Stale(_) => StatusCode::PRECONDITION_FAILED,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
