//! Version 1: flags with lists of targets.
//!
//! The Node SDK does not check what it is sent. It evaluates whatever is there by the rules of
//! JavaScript, in which every value counts as true or false, and throws where something is not
//! the list it takes it for. So is it read here; where it throws there is no answer to agree with,
//! and the part in question counts as absent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::payload::{Accepted, members, name, target_type};
use crate::domain::document::FeatureDocument;
use crate::domain::feature::Feature;
use crate::domain::target::{Audience, Condition, Members, Rule, Serve, TargetType};
use crate::domain::text::counted;
use crate::domain::value::Kind;

/// Reads one flag. `None` leaves it out: the evaluator does not take it for a flag either.
pub(super) fn flag(entry: &Value, notes: &mut Vec<String>) -> Option<FeatureDocument> {
    if !is_truthy(entry) {
        notes.push(format!("left out, it is {entry} instead of an object"));
        return None;
    }
    if !entry.is_object() {
        notes.push("not an object: WorkOS's evaluator takes it for a disabled flag".to_owned());
    }
    let mut feature = Feature::new(Kind::Boolean);
    feature.enabled = switch(entry, "enabled", notes);
    let mut audience = Audience::default();
    if entry.is_object() {
        if switch(entry, "default_value", notes) {
            audience.default = Serve::On;
        }
        audience.rules = rules(entry.get("targets").unwrap_or(&Value::Null), notes);
    }
    Some(FeatureDocument::new(feature, audience))
}

/// A boolean, or what JavaScript makes of what is there instead.
fn switch(entry: &Value, field: &str, notes: &mut Vec<String>) -> bool {
    let found = entry.get(field);
    let read = found.is_some_and(is_truthy);
    if entry.is_object() && !found.is_some_and(Value::is_boolean) {
        notes.push(format!("{field} is not a boolean, and counts as {read}"));
    }
    read
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(boolean) => *boolean,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// One rule for each type of target that is named: any of them turns the flag on.
fn rules(targets: &Value, notes: &mut Vec<String>) -> Vec<Rule<Members>> {
    let mut named: Vec<(TargetType, Members)> = Vec::new();
    for (field, target_type, noun) in [
        ("users", TargetType::user(), "user"),
        ("organizations", TargetType::organization(), "organization"),
    ] {
        let listed = listed(targets.get(field), field, notes);
        let ids = listed
            .into_iter()
            .filter_map(|target| target.get("id")?.as_str());
        named.push((target_type, members(ids, Accepted::Nameable, noun, notes)));
    }
    named.extend(custom_targets(targets, notes));
    named.retain(|(_, ids)| !ids.is_empty());
    named.into_iter().map(naming).collect()
}

/// The custom targets by their type.
fn custom_targets(targets: &Value, notes: &mut Vec<String>) -> Vec<(TargetType, Members)> {
    let field = "custom_targets";
    // The one list that may be missing: it came later than the others.
    let Some(list) = targets.get(field).filter(|list| !list.is_null()) else {
        return Vec::new();
    };
    let mut by_type: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut untyped = 0_usize;
    for target in listed(Some(list), field, notes) {
        let text = |field: &str| target.get(field).and_then(Value::as_str);
        match (text("type"), text("id")) {
            (Some(type_text), Some(id)) => by_type.entry(type_text).or_default().push(id),
            _ => untyped += 1,
        }
    }
    if untyped > 0 {
        let targets = counted(untyped, "custom target");
        notes.push(format!("{targets} without a type passed over"));
    }
    let mut named = Vec::new();
    for (type_text, ids) in by_type {
        let read = match type_text {
            "user" | "organization" => Err("WorkOS looks for these in lists of their own"),
            _ => target_type(type_text),
        };
        match read {
            Ok(target_type) => {
                let ids = members(ids, Accepted::Valid, type_text, notes);
                named.push((target_type, ids));
            }
            Err(why) => notes.push(format!(
                "{} of type {:?} left out: {why}",
                counted(ids.len(), "custom target"),
                &*name(type_text),
            )),
        }
    }
    named
}

/// The targets of a list that take part.
fn listed<'v>(
    list: Option<&'v Value>,
    field: &str,
    notes: &mut Vec<String>,
) -> Vec<&'v Map<String, Value>> {
    let Some(list) = list.and_then(Value::as_array) else {
        notes.push(format!(
            "targets.{field} is not a list, on which WorkOS's evaluator fails: it counts as empty"
        ));
        return Vec::new();
    };
    let readable: Vec<_> = list.iter().filter_map(|target| readable(target)).collect();
    let taking_part = readable
        .iter()
        .copied()
        .filter(|target| target.get("enabled").is_some_and(is_truthy));
    let taking_part: Vec<_> = taking_part.collect();
    let mut passed_over = |number: usize, why: &str| {
        if number > 0 {
            let entries = counted(number, "target");
            notes.push(format!("{entries} in targets.{field} {why}"));
        }
    };
    passed_over(
        list.len() - readable.len(),
        "without an identifier passed over",
    );
    passed_over(
        readable.len() - taking_part.len(),
        "not enabled, which WorkOS counts as absent",
    );
    taking_part
}

fn readable(target: &Value) -> Option<&Map<String, Value>> {
    let target = target.as_object()?;
    target.get("id")?.is_string().then_some(target)
}

fn naming((target_type, ids): (TargetType, Members)) -> Rule<Members> {
    Rule {
        id: name(target_type.as_str()),
        serve: Serve::On,
        when: vec![Condition::OneOf { target_type, ids }],
    }
}
