//! What went wrong, as WorkOS says it: `{"message","code"}` under a status (contract page,
//! *Transport*).

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::edit::EditError;
use crate::server::access::Denied;
use crate::server::problem::status_of;
use crate::store::StoreError;

/// An error of this protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkosProblem {
    /// The status.
    pub status: StatusCode,
    /// A stable name for programs.
    pub code: &'static str,
    /// What happened.
    pub message: String,
}

impl WorkosProblem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// A parameter that cannot be.
    pub(super) fn parameter(message: impl Into<String>) -> Self {
        let code = "invalid_request_parameters";
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// What is neither the identifier of a user nor of an organization.
    pub(super) fn resource() -> Self {
        let code = "invalid_resource_id_format";
        Self::new(StatusCode::BAD_REQUEST, code, "Invalid resource id")
    }

    /// Something that there is not: `what` begins with a capital letter.
    pub(super) fn not_found(what: &str, id: &str) -> Self {
        let message = format!("{what} not found: '{id}'.");
        Self::new(StatusCode::NOT_FOUND, "entity_not_found", message)
    }

    /// A flag that there is not.
    pub(super) fn no_flag(slug: &str) -> Self {
        Self::not_found("Feature flag", slug)
    }
}

impl IntoResponse for WorkosProblem {
    fn into_response(self) -> Response {
        let Self {
            status,
            code,
            message,
        } = self;
        let body = Json(json!({"message": message, "code": code}));
        let mut response = (status, body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let soon = HeaderValue::from_static("1");
            response.headers_mut().insert(RETRY_AFTER, soon);
        }
        response
    }
}

impl From<Denied> for WorkosProblem {
    fn from(denied: Denied) -> Self {
        let status = denied.status();
        let code = match status {
            StatusCode::UNAUTHORIZED => "unauthorized",
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::TOO_MANY_REQUESTS => "rate_limit_exceeded",
            _ => denied.code(),
        };
        Self::new(status, code, denied.to_string())
    }
}

/// Words a refusal for this protocol.
pub fn tell(denied: Denied) -> Response {
    WorkosProblem::from(denied).into_response()
}

/// The answer to a method that a path does not have.
pub(super) async fn wrong_method() -> WorkosProblem {
    let message = "There is nothing of this method here.";
    WorkosProblem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        message,
    )
}

impl From<Refusal> for WorkosProblem {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::UnknownFeature(key) => Self::no_flag(key.as_str()),
            Refusal::UnknownSubject(SubjectId::User(id)) => Self::not_found("User", id.as_str()),
            Refusal::UnknownSubject(SubjectId::Organization(id)) => {
                Self::not_found("Organization", id.as_str())
            }
            _ => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                refusal.code(),
                refusal.to_string(),
            ),
        }
    }
}

impl From<StoreError> for WorkosProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => refusal.into(),
            error => {
                // Where the store lies on the server's disk is nobody's business.
                let message = "The store cannot be used just now; the server's log says why.";
                Self::new(status_of(&error), error.code(), message)
            }
        }
    }
}

impl From<EditError> for WorkosProblem {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Refused(refusal) => refusal.into(),
            EditError::Store(error) => error.into(),
            EditError::Missing(missing) => match missing.refusal() {
                Some(refusal) => refusal.into(),
                None => Self::new(StatusCode::NOT_FOUND, missing.code(), missing.to_string()),
            },
            error => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                error.code(),
                error.to_string(),
            ),
        }
    }
}
