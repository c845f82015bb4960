//! `/v1`: all that the command line can do.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use super::access::{Scope, guard};
use super::app::Shared;
use super::evaluate::Which;
use super::problem::{Problem, tell};
use crate::domain::target::Id;
use crate::domain::value::answer_as_json;
use crate::store::Question;

/// The routes.
pub fn routes(app: &Shared) -> Router<Shared> {
    let evaluate = Router::new().route("/v1/users/{user}/entitlements", get(entitlements));
    guard(evaluate, app, Scope::Evaluate, tell)
}

/// What a user gets: features that are off are left out.
async fn entitlements(
    State(app): State<Shared>,
    Path(user): Path<Id>,
) -> Result<Json<Value>, Problem> {
    let question = Question::User {
        id: user,
        within: None,
        targets: Vec::new(),
    };
    let evaluated = app.evaluate(question, Which::All).await?;
    let on = evaluated
        .answers
        .into_iter()
        .filter(|(_, _, decision)| decision.answer.is_some());
    let entitlements: Map<String, Value> = on
        .map(|(key, _, decision)| (key.to_string(), answer_as_json(decision.answer)))
        .collect();
    Ok(Json(json!({
        "revision": evaluated.revision,
        "entitlements": entitlements,
    })))
}
