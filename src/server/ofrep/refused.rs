//! What went wrong, as the protocol words it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::server::access::Denied;
use crate::server::problem::{Problem, status_of};
use crate::store::StoreError;

/// An error of the protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refused {
    #[serde(skip)]
    status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'static str>,
    error_details: String,
}

impl Refused {
    fn new(status: StatusCode, code: Option<&'static str>, details: impl Into<String>) -> Self {
        Self {
            status,
            key: None,
            error_code: code,
            error_details: details.into(),
        }
    }

    /// The body cannot be read.
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        let details = format!("the body is not an evaluation request: {error}");
        Self::new(StatusCode::BAD_REQUEST, Some("PARSE_ERROR"), details)
    }

    /// Something in the context cannot be taken for what it stands for.
    pub(super) fn context(details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Some("INVALID_CONTEXT"), details)
    }

    /// The context does not say who is asked about.
    pub(super) fn nobody() -> Self {
        let details = "the context names nobody: give `targetingKey` (a user), `organization` or \
                       `plan`";
        Self::new(
            StatusCode::BAD_REQUEST,
            Some("TARGETING_KEY_MISSING"),
            details,
        )
    }

    /// There is no such flag.
    pub(super) fn unknown_flag(key: &str) -> Self {
        let details = format!("there is no feature `{key}`; `flags feature list` shows all");
        Self::new(StatusCode::NOT_FOUND, Some("FLAG_NOT_FOUND"), details).about(key)
    }

    /// An answer that has no form in JSON: there is none.
    pub(super) fn unwritable() -> Self {
        let details = "the answer could not be written";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, None, details)
    }

    /// The same, about a flag.
    pub(super) fn about(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        let status = status_of(&error);
        let code = status.is_client_error().then_some("INVALID_CONTEXT");
        Self::new(status, code, Problem::from(error).message)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}

/// Words a refusal for this protocol.
pub(super) fn tell(denied: Denied) -> Response {
    Refused::new(denied.status(), None, denied.to_string()).into_response()
}
