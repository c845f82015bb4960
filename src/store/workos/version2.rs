//! Version 2: flags with ordered rules.
//!
//! The Python SDK checks the whole payload when it arrives and refuses all of it for one malformed
//! part, so that it keeps its last good one. What is merely newer than itself (a kind of rule, an
//! operator, a served value that is not a boolean) it takes in and never matches or answers with.
//! Each check below is one of its checks.

use serde_json::{Map, Value};

use super::payload::{Accepted, PayloadError, malformed, members, name, target_type};
use crate::domain::document::FeatureDocument;
use crate::domain::feature::Feature;
use crate::domain::target::{Audience, Condition, Members, Rule, Serve};
use crate::domain::text::counted;
use crate::domain::value::Kind;

/// Reads one flag, which stands at `at`.
pub(super) fn flag(
    entry: &Value,
    at: &str,
    notes: &mut Vec<String>,
) -> Result<FeatureDocument, PayloadError> {
    let entry = entry
        .as_object()
        .ok_or_else(|| malformed(at, "an object"))?;
    // The name in the map is what identifies a flag: its `slug` must be there, but may differ.
    text(entry, "slug", at)?;
    let enabled = entry.get("enabled").and_then(Value::as_bool);
    let enabled = enabled.ok_or_else(|| malformed(format!("{at}.enabled"), "a boolean"))?;
    let mut rules = Vec::new();
    for (index, found) in list(entry, "rules", at)?.iter().enumerate() {
        rules.push(rule(found, &format!("{at}.rules[{index}]"), notes)?);
    }
    let mut feature = Feature::new(Kind::Boolean);
    feature.enabled = enabled;
    feature.off_value = served(entry, "off_value", "flag", notes);
    let default = served(entry, "default_value", "flag", notes);
    Ok(FeatureDocument::new(feature, Audience { default, rules }))
}

fn rule(found: &Value, at: &str, notes: &mut Vec<String>) -> Result<Rule<Members>, PayloadError> {
    let rule = found
        .as_object()
        .ok_or_else(|| malformed(at, "an object"))?;
    let id = name(named(rule, "id", at)?);
    let kind = named(rule, "kind", at)?;
    let label = format!("rule {:?}", &*id);
    let serve = served(rule, "value", &label, notes);
    let when = if kind == "conditions" {
        conditions(rule, at, &label, notes)?
    } else {
        vec![unsupported(&format!("kind {kind:?}"), &label, notes)]
    };
    Ok(Rule { id, serve, when })
}

fn conditions(
    rule: &Map<String, Value>,
    at: &str,
    label: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<Condition<Members>>, PayloadError> {
    let found = match rule.get("conditions") {
        None | Some(Value::Null) => &[],
        Some(_) => list(rule, "conditions", at)?,
    };
    if found.is_empty() {
        notes.push(format!("{label} has no conditions, and never matches"));
    }
    let mut when = Vec::new();
    for (index, found) in found.iter().enumerate() {
        when.push(condition(
            found,
            &format!("{at}.conditions[{index}]"),
            label,
            notes,
        )?);
    }
    Ok(when)
}

fn condition(
    found: &Value,
    at: &str,
    label: &str,
    notes: &mut Vec<String>,
) -> Result<Condition<Members>, PayloadError> {
    let condition = found
        .as_object()
        .ok_or_else(|| malformed(at, "an object"))?;
    let operator = text(condition, "operator", at)?;
    if operator != "one_of" {
        return Ok(unsupported(&format!("operator {operator:?}"), label, notes));
    }
    let type_text = match condition.get("target_type") {
        None | Some(Value::Null) => None,
        Some(_) => Some(text(condition, "target_type", at)?),
    };
    let values = list(condition, "values", at)?;
    let Some(type_text) = type_text else {
        return Ok(unsupported("a condition without target type", label, notes));
    };
    let target_type = match target_type(type_text) {
        Ok(read) => read,
        Err(why) => {
            let what = format!("target type {type_text:?} ({why})");
            return Ok(unsupported(&what, label, notes));
        }
    };
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    if texts.len() < values.len() {
        let values = counted(values.len() - texts.len(), "value");
        notes.push(format!("{label}: {values} passed over for not being text"));
    }
    let ids = members(texts, Accepted::Valid, type_text, notes);
    Ok(Condition::OneOf { target_type, ids })
}

/// What no version of us judges: it never holds.
fn unsupported(what: &str, label: &str, notes: &mut Vec<String>) -> Condition<Members> {
    let what = name(what);
    notes.push(format!(
        "{label} asks for what cannot be judged here, and never matches: {}",
        &*what
    ));
    Condition::Unsupported(what)
}

/// What is served: no answer at all where it is not a boolean.
fn served(map: &Map<String, Value>, field: &str, of: &str, notes: &mut Vec<String>) -> Serve {
    match map.get(field).and_then(Value::as_bool) {
        Some(true) => Serve::On,
        Some(false) => Serve::Off,
        None => {
            notes.push(format!(
                "the {field} of the {of} is not a boolean: where it is to be served, the \
                 application's own default counts"
            ));
            Serve::NoValue
        }
    }
}

fn text<'v>(map: &'v Map<String, Value>, field: &str, at: &str) -> Result<&'v str, PayloadError> {
    let found = map.get(field).and_then(Value::as_str);
    found.ok_or_else(|| malformed(format!("{at}.{field}"), "text"))
}

fn named<'v>(map: &'v Map<String, Value>, field: &str, at: &str) -> Result<&'v str, PayloadError> {
    let found = text(map, field, at).ok().filter(|text| !text.is_empty());
    found.ok_or_else(|| malformed(format!("{at}.{field}"), "text that is not empty"))
}

fn list<'v>(
    map: &'v Map<String, Value>,
    field: &str,
    at: &str,
) -> Result<&'v [Value], PayloadError> {
    let found = map.get(field).and_then(Value::as_array);
    let found = found.ok_or_else(|| malformed(format!("{at}.{field}"), "a list"))?;
    Ok(found)
}
