//! A single change as the data of an event: the thing as it is, and what was different before.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::change::Change;

/// The names of events about a change (made, altered, gone), the thing as data, and how it was.
pub(super) type Shape = ([&'static str; 3], Value, Option<Value>);

/// How a change of anything but a flag is told.
pub(super) fn shape(change: &Change) -> Option<Shape> {
    Some(match change {
        Change::Plan { key, before, after } => {
            let names = [
                "entitlements.plan.created",
                "entitlements.plan.updated",
                "entitlements.plan.deleted",
            ];
            sides(
                names,
                &json!({"object": "plan", "key": key}),
                before.as_ref(),
                after.as_ref(),
            )
        }
        Change::Grant {
            plan,
            feature,
            before,
            after,
        } => {
            let names = [
                "entitlements.grant.created",
                "entitlements.grant.updated",
                "entitlements.grant.deleted",
            ];
            let of = json!({"object": "grant", "plan": plan, "feature": feature});
            let value = |value: &crate::domain::value::Value| json!({ "value": value });
            let (before, after) = (before.as_ref().map(value), after.as_ref().map(value));
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::Override {
            subject,
            feature,
            before,
            after,
        } => {
            let names = [
                "entitlements.override.created",
                "entitlements.override.updated",
                "entitlements.override.deleted",
            ];
            let of = json!({"object": "override", "subject": subject, "feature": feature});
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::User { id, before, after } => {
            let names = [
                "entitlements.user.created",
                "entitlements.user.updated",
                "entitlements.user.deleted",
            ];
            sides(
                names,
                &json!({"object": "user", "id": id}),
                before.as_ref(),
                after.as_ref(),
            )
        }
        Change::Organization { id, before, after } => {
            let names = [
                "entitlements.organization.created",
                "entitlements.organization.updated",
                "entitlements.organization.deleted",
            ];
            let of = json!({"object": "organization", "id": id});
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::Settings { before, after } => {
            let names = ["entitlements.settings.updated"; 3];
            sides(
                names,
                &json!({"object": "settings"}),
                Some(before),
                Some(after),
            )
        }
        _ => return None,
    })
}

fn sides<T: Serialize>(
    names: [&'static str; 3],
    of: &Value,
    before: Option<&T>,
    after: Option<&T>,
) -> Shape {
    let read = |thing: &T| match serde_json::to_value(thing) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let (was, is) = (before.map(read), after.map(read));
    let mut data = of.as_object().cloned().unwrap_or_default();
    data.extend(is.clone().or_else(|| was.clone()).unwrap_or_default());
    let previous = was.map(|was| match &is {
        Some(is) => Value::Object(differing(&was, is)),
        None => Value::Object(was),
    });
    (names, Value::Object(data), previous)
}

/// What was different before, as it was; what was not there is null.
pub(super) fn differing(was: &Map<String, Value>, is: &Map<String, Value>) -> Map<String, Value> {
    let new = is.keys().filter(|name| !was.contains_key(*name));
    let new = new.map(|name| (name.clone(), Value::Null));
    let other = was
        .iter()
        .filter(|(name, value)| is.get(*name) != Some(*value));
    other
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain(new)
        .collect()
}

/// Users and organizations are told in one order, each by its own name.
pub(super) fn thing(changes: &[Change]) -> Option<String> {
    match changes {
        [Change::User { id, .. }] => Some(format!("user {id}")),
        [Change::Organization { id, .. }] => Some(format!("organization {id}")),
        _ => None,
    }
}

/// Whether the thing is there after the change.
pub(super) fn after_is_there(change: &Change) -> bool {
    match change {
        Change::Plan { after, .. } => after.is_some(),
        Change::Grant { after, .. } => after.is_some(),
        Change::Override { after, .. } => after.is_some(),
        Change::User { after, .. } => after.is_some(),
        Change::Organization { after, .. } => after.is_some(),
        _ => true,
    }
}

/// Whose change it is.
pub(super) fn subject(change: &Change) -> Option<Value> {
    match change {
        Change::Override { subject, .. } => Some(json!(subject)),
        Change::User { id, .. } | Change::Organization { id, .. } => Some(json!(id)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_different_is_told_as_it_was() {
        let map = |value: Value| value.as_object().cloned().unwrap_or_default();
        let was = map(json!({"a": 1, "b": 2, "c": 3}));
        let is = map(json!({"a": 1, "b": 9, "d": 4}));
        let differing = Value::Object(differing(&was, &is));
        assert_eq!(differing, json!({"b": 2, "c": 3, "d": null}));
    }
}
