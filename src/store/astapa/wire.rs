//! What is said to Astapa, and what its answers mean (contract: Astapa, Transport).
//!
//! Astapa publishes the forms of few bodies and of hardly any answer. The forms of bodies are those
//! that the contract marks as ours. Of an answer to a write no more is asked than that it is a JSON
//! object which does not say otherwise: that it is about what was asked, and was not refused. An
//! answer to a question has the one published form or is none.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Effect;
use crate::domain::target::Id;
use crate::domain::value::{Answer, Limit, Value as Worth};
use crate::remote::api::{Call, Content, Method};

/// What all calls are below.
const ROOT: [&str; 2] = ["api", "platform"];

/// Creates or alters a definition. Repeated, it says the same again.
pub(super) fn define(key: &FeatureKey, feature: &Feature) -> Call {
    let mut body = json!({"feature_key": key, "feature_type": feature.kind});
    if let Some(name) = &feature.name {
        body["name"] = json!(name);
    }
    if let Some(description) = &feature.description {
        body["description"] = json!(description);
    }
    write(Method::PUT, &["features"], body)
}

/// Deletes a definition. Repeated, it finds nothing left to delete.
pub(super) fn delete(key: &FeatureKey) -> Call {
    write(Method::DELETE, &["features"], json!({"feature_key": key}))
}

/// Grants or revokes for one user. Repeated, it says the same again.
pub(super) fn set_override(user: &Id, key: &FeatureKey, effect: Effect) -> Call {
    let mut body = json!({"end_user_id": user, "feature_key": key});
    match effect {
        Effect::Revoke => body["action"] = json!("revoke"),
        Effect::Grant(value) => {
            body["action"] = json!("grant");
            if let Worth::Limit(limit) = value {
                body["value"] = json!(limit.get());
            }
        }
    }
    write(Method::PUT, &["feature-overrides"], body)
}

/// Takes an override away. Repeated, it finds nothing left to take.
pub(super) fn clear_override(user: &Id, key: &FeatureKey) -> Call {
    let body = json!({"end_user_id": user, "feature_key": key});
    write(Method::DELETE, &["feature-overrides"], body)
}

/// Sets the plan of whoever has the e-mail address; `None` takes it away. Repeated, it sets the same
/// claim again: a `POST`, but one that says what is to be.
pub(super) fn assign_plan(email: &str, plan: Option<&PlanKey>) -> Call {
    let body = json!({"email": email, "claims": {"plan": plan}});
    write(Method::POST, &["claims"], body)
}

/// Asks whether a user has a feature.
pub(super) fn check(user: &Id, key: &FeatureKey) -> Call {
    let body = json!({"end_user_id": user, "feature_key": key});
    Call::write(Method::POST, &below(&["features", "check"]))
        .body(body)
        .reading()
}

/// Shows a refresh token for a fresh access token. It is spent by that, so that it must not be shown
/// twice: the second time it is a copy, and Astapa may end the login.
pub(super) fn refresh(token: &str) -> Call {
    let body = json!({"grant_type": "refresh_token", "refresh_token": token});
    Call::write(Method::POST, &below(&["token"]))
        .body(body)
        .once()
}

fn write(method: Method, path: &[&str], body: Value) -> Call {
    Call::write(method, &below(path)).body(body)
}

fn below<'a>(path: &[&'a str]) -> Vec<&'a str> {
    [&ROOT, path].concat()
}

/// What the check endpoint says: `None` is off.
///
/// # Errors
///
/// Why it is no answer.
pub(super) fn answer(body: &Value) -> Result<Answer, String> {
    let has = match body.get("has_feature") {
        Some(Value::Bool(has)) => *has,
        _ => return Err("it does not say `has_feature`, true or false".to_owned()),
    };
    let Some(value) = body.get("value") else {
        return Err("it does not say the feature's `value`".to_owned());
    };
    let limit = || value.as_u64().and_then(Limit::new);
    match (has, value) {
        (true, Value::Bool(true)) => Ok(Some(Worth::On)),
        (true, Value::Number(_)) if limit().is_some() => Ok(limit().map(Worth::Limit)),
        // A cap of nothing is no cap to speak of, whoever says it.
        (false, Value::Bool(false) | Value::Null) => Ok(None),
        (false, Value::Number(_)) if limit() == Limit::new(0) => Ok(None),
        _ => Err(format!(
            "`has_feature` is {has}, and `value` is nothing that goes with it"
        )),
    }
}

/// Whether the answer to a write says that it was carried out.
///
/// # Errors
///
/// What it says instead.
pub(super) fn carried_out(call: &Call, answer: &Value) -> Result<(), String> {
    let Value::Object(said) = answer else {
        return Err("it is not a JSON object".to_owned());
    };
    if said.contains_key("error") {
        return Err("it says `error`, with a status of success".to_owned());
    }
    for refusal in ["success", "ok"] {
        if said.get(refusal) == Some(&Value::Bool(false)) {
            return Err(format!("it says `{refusal}` is false"));
        }
    }
    let asked = match &call.body {
        Some(Content::Json(Value::Object(asked))) => Some(asked),
        _ => None,
    };
    for (name, asked) in asked.into_iter().flatten() {
        match said.get(name) {
            Some(found) if differs(name, asked, found) => {
                return Err(format!("its `{name}` is not what was sent"));
            }
            None if call.method == Method::PUT && name == "feature_key" => {
                return Err("it does not say which feature it is about".to_owned());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether an answer repeats a member otherwise than it was sent. Of claims it may tell more.
fn differs(name: &str, asked: &Value, found: &Value) -> bool {
    let same = |asked: &Value, found: &Value| match (asked, found) {
        (Value::String(asked), Value::String(found)) if name == "email" => {
            asked.eq_ignore_ascii_case(found)
        }
        _ => asked == found,
    };
    match (asked, found) {
        (Value::Object(asked), Value::Object(found)) => asked
            .iter()
            .any(|(name, asked)| found.get(name).unwrap_or(&Value::Null) != asked),
        (asked, found) => !same(asked, found),
    }
}

/// An access token and what is shown for the next, as the token endpoint gives them.
#[derive(Deserialize)]
pub(super) struct Issued {
    pub(super) access_token: String,
    #[serde(default)]
    pub(super) refresh_token: Option<String>,
    pub(super) token_type: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_published_form_or_is_none() {
        let of = |has: Value, value: Value| answer(&json!({"has_feature": has, "value": value}));
        let limit = |number| Some(Worth::Limit(Limit::new(number).unwrap()));
        assert_eq!(of(json!(true), json!(true)), Ok(Some(Worth::On)));
        assert_eq!(of(json!(true), json!(5)), Ok(limit(5)));
        assert_eq!(of(json!(true), json!(0)), Ok(limit(0)));
        for off in [json!(false), json!(null), json!(0)] {
            assert_eq!(of(json!(false), off), Ok(None));
        }
        for (has, value) in [
            (json!(true), json!(false)),
            (json!(true), json!(null)),
            (json!(true), json!(-1)),
            (json!(true), json!(1.5)),
            (json!(true), json!(9_007_199_254_740_992_u64)),
            (json!(true), json!("true")),
            (json!(false), json!(true)),
            (json!(false), json!(5)),
            (json!("true"), json!(true)),
            (json!(1), json!(true)),
        ] {
            assert!(of(has.clone(), value.clone()).is_err(), "{has} {value}");
        }
        for wrong in [
            json!({"has_feature": true}),
            json!({}),
            json!([]),
            json!(true),
        ] {
            assert!(answer(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_answer_that_says_otherwise_is_no_success() {
        let key: FeatureKey = "sso".parse().unwrap();
        let (define, delete) = (
            define(&key, &Feature::new(crate::domain::value::Kind::Boolean)),
            delete(&key),
        );
        let fine = json!({"feature_key": "sso", "feature_type": "boolean", "name": null});
        assert_eq!(carried_out(&define, &fine), Ok(()));
        for (call, wrong) in [
            (
                &define,
                json!({"feature_key": "other", "feature_type": "boolean"}),
            ),
            (
                &define,
                json!({"feature_key": "sso", "feature_type": "limit"}),
            ),
            (&define, json!({})),
            (&define, json!([fine])),
            (&delete, json!({"error": "feature_not_found"})),
            (&delete, json!({"success": false})),
            (&delete, json!("deleted")),
        ] {
            assert!(carried_out(call, &wrong).is_err(), "{wrong}");
        }
        assert_eq!(carried_out(&delete, &json!({"deleted": true})), Ok(()));
    }

    #[test]
    fn a_plan_that_is_not_the_one_that_was_set_is_no_success() {
        let plan: PlanKey = "pro".parse().unwrap();
        let set = assign_plan("Ana@example.com", Some(&plan));
        let told = |email: &str, claims: Value| {
            carried_out(&set, &json!({"email": email, "claims": claims}))
        };
        assert_eq!(
            told("ana@example.com", json!({"plan": "pro", "x": 1})),
            Ok(())
        );
        assert!(told("ben@example.com", json!({"plan": "pro"})).is_err());
        assert!(told("ana@example.com", json!({"plan": "free"})).is_err());
        assert!(told("ana@example.com", json!({})).is_err());
        let taken = assign_plan("ana@example.com", None);
        assert_eq!(carried_out(&taken, &json!({"claims": {"x": 1}})), Ok(()));
        assert!(carried_out(&taken, &json!({"claims": {"plan": "pro"}})).is_err());
    }
}
