//! Errors of edits and questions in the form of the protocol.

use axum::http::StatusCode;

use crate::domain::refusal::Refusal;
use crate::edit::EditError;
use crate::server::problem::Problem;
use crate::store::StoreError;

impl Problem {
    /// What cannot be read at all.
    pub(super) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable", message)
    }

    /// What can be read, but not be.
    pub(super) fn impossible(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// Adds what helps.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        StoreError::Refused(refusal).into()
    }
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        let code = error.code();
        match error {
            EditError::Store(error) => error.into(),
            EditError::Refused(refusal) => refusal.into(),
            EditError::Missing(missing) => {
                let problem = Self::new(StatusCode::NOT_FOUND, code, missing.to_string());
                let nearest = missing.nearest.iter();
                let nearest = nearest.map(|key| format!("did you mean `{key}`?"));
                let create = missing
                    .creatable
                    .then(|| "with `\"create\": true` what is missing is made".to_owned());
                Self {
                    hints: nearest.chain(create).collect(),
                    ..problem
                }
            }
            error => Self::impossible(code, error.to_string()),
        }
    }
}
