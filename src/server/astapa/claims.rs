//! Custom claims: the plan, which is the user's own, and whatever else an application wants to find
//! in its tokens.
//!
//! A plan decides what a user gets, so setting it is a write like any other, with its place in the
//! history. The other claims decide nothing here. They are kept beside the project.

use std::ops::ControlFlow;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::body::Call;
use super::error::Failed;
use super::write::carry_out;
use crate::domain::key::PlanKey;
use crate::domain::target::Id;
use crate::edit::{Alter, AssignUser, Edit};
use crate::server::access::Scope;
use crate::server::app::{App, Shared};
use crate::store::{Kept, RecordKind, Store, StoreError};

/// The claim that is the user's plan.
const PLAN: &str = "plan";

/// The most that is kept about one user, in bytes of JSON: it travels in every token.
const MOST: usize = 4096;

/// Sets claims of the user with an e-mail address.
pub(super) async fn set(
    State(app): State<Shared>,
    request: Request,
) -> Result<Json<Value>, Failed> {
    let call = Call::read(&app, request, Scope::Write).await?;
    let email = call.text("email")?.to_owned();
    let wanted = Wanted::read(&call)?;
    let user = the_user(&app, email.clone()).await?;
    if !wanted.plan.leaves() {
        let (id, plan) = (user.clone(), wanted.plan.clone());
        carry_out(&app, &call.caller, move |snapshot| {
            let found = snapshot.user(&id)?;
            // Somebody may have altered the address since.
            let address = found.as_ref().and_then(|user| user.email.as_deref());
            if !address.is_some_and(|address| address.eq_ignore_ascii_case(&email)) {
                return Err(nobody());
            }
            Ok(Edit::AssignUser(AssignUser {
                plan: plan.clone(),
                ..AssignUser::new(id.clone())
            }))
        })
        .await?;
    }
    let id = user.clone();
    let note = move |store: &dyn Store| wanted.note(store, &id);
    let custom = app.stores.write(note).await?;
    let email = call.text("email")?;
    Ok(Json(
        json!({"end_user_id": user, "email": email, "claims": custom}),
    ))
}

/// The claims of a call.
struct Wanted {
    plan: Alter<PlanKey>,
    /// The others: `null` takes one away.
    others: Map<String, Value>,
}

impl Wanted {
    fn read(call: &Call) -> Result<Self, Failed> {
        let Some(Value::Object(claims)) = call.member("claims") else {
            return Err(Failed::invalid("`claims` is to be an object"));
        };
        let mut others = claims.clone();
        let plan = match others.shift_remove(PLAN) {
            None => Alter::Leave,
            Some(Value::Null) => Alter::Clear,
            Some(Value::String(key)) => {
                let key = key.parse();
                Alter::Put(key.map_err(|error| Failed::invalid(format!("`plan`: {error}")))?)
            }
            Some(_) => return Err(Failed::invalid("the claim `plan` is not a text")),
        };
        match Value::Object(others.clone()).to_string().len() {
            0..=MOST => Ok(Self { plan, others }),
            _ => Err(too_much()),
        }
    }

    /// Notes the other claims, and gives all that the user has now.
    fn note(&self, store: &dyn Store, user: &Id) -> Result<Value, Failed> {
        let mut kept = noted(store, user)?;
        if !self.others.is_empty() {
            let mut fits = true;
            store.amend(RecordKind::Claims, user.as_str(), &mut |body| {
                kept = merged(body, &self.others);
                let text = Value::Object(kept.clone()).to_string();
                fits = text.len() <= MOST;
                match (fits, kept.is_empty()) {
                    (false, _) => Kept::AsItWas,
                    (true, true) => Kept::Gone,
                    (true, false) => Kept::Now(text),
                }
            })?;
            if !fits {
                return Err(too_much());
            }
        }
        let found = store.snapshot()?.user(user)?;
        let plan = found.and_then(|user| user.plan);
        Ok(custom(plan.as_ref(), kept))
    }
}

fn too_much() -> Failed {
    let description = format!("at most {MOST} bytes of claims are kept about a user");
    Failed::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "claims_too_large",
        description,
    )
}

fn merged(body: Option<&str>, others: &Map<String, Value>) -> Map<String, Value> {
    let mut kept = body.map(read).unwrap_or_default();
    for (name, value) in others {
        match value {
            Value::Null => drop(kept.shift_remove(name)),
            value => drop(kept.insert(name.clone(), value.clone())),
        }
    }
    kept
}

fn read(body: &str) -> Map<String, Value> {
    serde_json::from_str(body).unwrap_or_default()
}

/// What an application has noted about the user, all but the plan.
pub(super) fn noted(store: &dyn Store, user: &Id) -> Result<Map<String, Value>, StoreError> {
    let body = store.record(RecordKind::Claims, user.as_str())?;
    Ok(body.as_deref().map(read).unwrap_or_default())
}

/// The `custom_claims` of a token.
pub(super) fn custom(plan: Option<&PlanKey>, noted: Map<String, Value>) -> Value {
    let plan = plan.map(|plan| (PLAN.to_owned(), json!(plan)));
    Value::Object(plan.into_iter().chain(noted).collect())
}

/// The one user with an e-mail address.
async fn the_user(app: &App, email: String) -> Result<Id, Failed> {
    let look = move |store: &dyn Store| -> Result<Vec<Id>, StoreError> {
        let mut found = Vec::new();
        let snapshot = store.snapshot()?;
        snapshot.users(None, &mut |(id, user)| {
            let same = user
                .email
                .is_some_and(|own| own.eq_ignore_ascii_case(&email));
            if same {
                found.push(id);
            }
            match found.len() {
                0 | 1 => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        Ok(found)
    };
    let mut found = app.stores.read(look).await?;
    match (found.pop(), found.pop()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(nobody()),
        (Some(_), Some(_)) => Err(Failed::new(
            StatusCode::CONFLICT,
            "email_not_unique",
            "several users have this e-mail address, and nobody can tell which is meant",
        )),
    }
}

fn nobody() -> Failed {
    let description = "no user has this e-mail address";
    Failed::new(StatusCode::NOT_FOUND, "user_not_found", description)
}
