//! Version 2, which the Python SDK 10.8 asks for: every rule as it stands.

use serde_json::{Value, json};

use super::carried::Carried;
use crate::domain::key::FeatureKey;
use crate::domain::target::{Condition, Members, Rule, Serve};

/// A flag of the payload.
pub(super) fn flag(key: &FeatureKey, carried: &Carried) -> Value {
    let rules: Vec<Value> = carried.audience.rules.iter().map(rule).collect();
    json!({
        "slug": key,
        "enabled": carried.enabled,
        "default_value": carried.audience.default == Serve::On,
        "off_value": carried.off_value,
        "rules": rules,
    })
}

fn rule(rule: &Rule<Members>) -> Value {
    let conditions: Vec<Value> = rule.when.iter().filter_map(condition).collect();
    json!({
        "id": &*rule.id,
        "kind": "conditions",
        "value": rule.serve == Serve::On,
        "conditions": conditions,
    })
}

fn condition(condition: &Condition<Members>) -> Option<Value> {
    match condition {
        Condition::OneOf { target_type, ids } => Some(json!({
            "target_type": target_type,
            "operator": "one_of",
            "values": ids,
        })),
        // None of these is carried.
        Condition::Percent(_) | Condition::Unsupported(_) => None,
    }
}
