//! `/v1/store`: the store itself, for those who resolve, plan and write as if it were their own.
//!
//! Every other resource answers what an operator asks. Here a client asks what a store is asked
//! ([`Snapshot`](crate::store::Snapshot), [`Store`](crate::store::Store)), one for one, so that the
//! command line gives the same answers wherever its project lives. The server keeps nothing of a
//! client between two requests: each one names the revision that it is about.

mod lines;
mod load;
mod look;
mod records;
mod replay;
mod update;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::operation::Operation;
use crate::server::problem::{Problem, status_of};
use crate::store::StoreError;
use crate::store::wire::{Detail, Fault};

pub(super) fn operations() -> Vec<Operation> {
    let rooms = [
        look::operations(),
        update::operations(),
        load::operations(),
        records::operations(),
        replay::operations(),
    ];
    rooms.into_iter().flatten().collect()
}

/// What went wrong, with the store's error for the client's own.
pub(super) struct Wrong {
    status: StatusCode,
    fault: Box<Fault>,
}

impl Wrong {
    /// The fault alone, where the status is long sent.
    fn into_fault(self) -> Fault {
        *self.fault
    }
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self {
            status: problem.status,
            fault: Box::new(Fault {
                code: problem.code.to_owned(),
                message: problem.message,
                hints: problem.hints,
                detail: None,
            }),
        }
    }
}

impl From<StoreError> for Wrong {
    fn from(error: StoreError) -> Self {
        let (status, detail) = (status_of(&error), Detail::of(&error));
        let Self { fault, .. } = Problem::from(error).into();
        Self {
            status,
            fault: Box::new(Fault { detail, ..*fault }),
        }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let Fault {
            code,
            message,
            hints,
            detail,
        } = *self.fault;
        let mut error = json!({"code": code, "message": message, "hints": hints});
        if let Some(detail) = detail {
            error["detail"] = json!(detail);
        }
        (self.status, axum::Json(json!({"error": error}))).into_response()
    }
}
