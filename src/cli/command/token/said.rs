//! What a token says, as `decode`, `inspect` and `diff` show it.

use serde_json::{Value, json};

use crate::token::{Found, PlanClaim, Statement, TimeClaim, TokenValue};
use crate::ui::Line;

/// What stands above every page about a token that nobody has verified.
pub fn unverified() -> Line {
    Line::new()
        .warn("UNVERIFIED")
        .plain(": this is what the token says; nobody has checked it")
}

/// A claim's value: text as it is, anything else as JSON.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The moment in RFC 3339; none where the claim is absent, no number or out of the calendar.
pub fn moment(claim: &TimeClaim) -> Option<String> {
    let moment = claim.at().and_then(|date| date.timestamp());
    moment.map(|moment| moment.to_string())
}

/// The plan; where claims name different ones, all with their claims.
pub fn plans(said: &Statement) -> String {
    match said.plans.split_first() {
        None => String::new(),
        Some((first, others)) if others.iter().all(|other| other.plan == first.plan) => {
            first.plan.clone()
        }
        Some(_) => {
            let named = said.plans.iter();
            let named = named.map(|PlanClaim { plan, path }| format!("{plan} ({path})"));
            named.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A plan with the claim that names it.
pub fn plan_document(claim: &PlanClaim) -> Value {
    json!({ "plan": claim.plan, "claim": claim.path })
}

/// A feature with its value and claim.
pub fn found_document(found: &Found) -> Value {
    let value = value_document(&found.value);
    json!({ "feature": found.key, "value": value, "claim": found.shape.path() })
}

/// A feature's value for a program.
pub fn value_document(value: &TokenValue) -> Value {
    match value {
        TokenValue::On => json!(true),
        TokenValue::Off => json!(false),
        TokenValue::Limit(number) => json!(number),
        TokenValue::Other(other) => other.clone(),
    }
}

/// A feature's value for a person.
pub fn value_line(value: &TokenValue) -> Line {
    match value {
        TokenValue::On => Line::new().good("on"),
        TokenValue::Off => Line::new().bad("off"),
        TokenValue::Limit(number) => Line::new().good(number.to_string()),
        TokenValue::Other(other) => Line::new().warn(format!("{other} (not a value)")),
    }
}
