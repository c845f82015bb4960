//! A project as a flat map from paths to values, and what taking a write back has to do to it.
//!
//! Worked out from whole exports, without a look at what the program keeps of a write: a write is
//! whatever differs between the export before it and the one after.

use std::collections::{BTreeMap, BTreeSet};

use flags::domain::document::Document;
use serde_json::{Map, Value};

/// Whatever is there, by its path. A thing's own path tells that it is there, and its kind.
pub(super) type Flat = BTreeMap<String, String>;
/// What a write found and left, where that differs.
pub(super) type Patch = BTreeMap<String, (Option<String>, Option<String>)>;

pub(super) fn flat(document: &Document) -> Flat {
    let Value::Object(document) = serde_json::to_value(document).unwrap() else {
        panic!("a document is an object");
    };
    let mut flat = Flat::new();
    for (name, value) in members(document.get("settings")) {
        flat.insert(format!("settings/{name}"), value.to_string());
    }
    for (key, feature) in members(document.get("features")) {
        let path = format!("features/{key}");
        flat.insert(path.clone(), feature["type"].to_string());
        for (name, value) in members(Some(feature)) {
            match (&**name, value) {
                ("type", _) | ("enabled", Value::Bool(true)) => {}
                ("targeting", targeting) => audience(&mut flat, &path, targeting),
                _ => field(&mut flat, &path, name, value),
            }
        }
    }
    for (key, plan) in members(document.get("plans")) {
        let path = format!("plans/{key}");
        flat.insert(path.clone(), String::new());
        for (name, value) in members(Some(plan)) {
            match &**name {
                "grants" => each(&mut flat, &format!("{path}/grants"), value),
                _ => field(&mut flat, &path, name, value),
            }
        }
    }
    for things in ["organizations", "users"] {
        for (id, kept) in members(document.get(things)) {
            let path = format!("{things}/{id}");
            flat.insert(path.clone(), String::new());
            for (name, value) in members(Some(kept)) {
                field(&mut flat, &path, name, value);
            }
        }
    }
    for (subject, held) in members(document.get("overrides")) {
        each(&mut flat, &format!("overrides/{subject}"), held);
    }
    flat
}

fn members(object: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    object
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

fn each(flat: &mut Flat, path: &str, object: &Value) {
    for (name, value) in members(Some(object)) {
        flat.insert(format!("{path}/{name}"), value.to_string());
    }
}

/// A field, or each element of one that is a set.
fn field(flat: &mut Flat, path: &str, name: &str, value: &Value) {
    match value {
        Value::Array(elements) => {
            for element in elements {
                let element = element.as_str().unwrap();
                flat.insert(format!("{path}/{name}/{element}"), String::new());
            }
        }
        value => {
            flat.insert(format!("{path}/{name}"), value.to_string());
        }
    }
}

/// Every rule has an identifier of its own in these tests, so that it is known wherever it stands.
fn audience(flat: &mut Flat, path: &str, targeting: &Value) {
    if targeting["default"] != Value::Bool(false) {
        flat.insert(format!("{path}/default"), targeting["default"].to_string());
    }
    let rules = targeting["rules"].as_array().into_iter().flatten();
    let mut order = Vec::new();
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        order.push(id);
        let mut shape = rule.clone();
        for (place, when) in shape["when"].as_array_mut().unwrap().iter_mut().enumerate() {
            let Some(named) = when.get_mut("one_of") else {
                continue;
            };
            let kind = named["type"].as_str().unwrap().to_owned();
            for name in named["ids"].take().as_array().into_iter().flatten() {
                let name = name.as_str().unwrap();
                let path = format!("{path}/rules/{id}/{place}/{kind}:{name}");
                flat.insert(path, String::new());
            }
        }
        flat.insert(format!("{path}/rules/{id}"), shape.to_string());
    }
    if !order.is_empty() {
        flat.insert(format!("{path}/order"), order.join(" "));
    }
}

pub(super) fn patch(before: &Flat, after: &Flat) -> Patch {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let sides = paths.into_iter().map(|path| {
        let sides = (before.get(path).cloned(), after.get(path).cloned());
        (path.clone(), sides)
    });
    sides
        .filter(|(_, (before, after))| before != after)
        .collect()
}

/// The things that must be there for a path to have a value.
fn footings(path: &str, value: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let of = |kind: &str, key: &str| format!("{kind}/{key}");
    let named = |value: &str| value.trim_matches('"').to_owned();
    let subject = |typed: &str| {
        let (kind, id) = typed.split_once(':').unwrap();
        match kind {
            "user" => Some(of("users", id)),
            "org" | "organization" => Some(of("organizations", id)),
            _ => None,
        }
    };
    match parts[..] {
        ["settings", "default_plan"] => vec![of("plans", &named(value))],
        ["features", key, "rules", rule, _, name] => {
            let feature = of("features", key);
            let rule = format!("{feature}/rules/{rule}");
            [Some(feature), Some(rule), subject(name)]
                .into_iter()
                .flatten()
                .collect()
        }
        // The order follows from the rules, which each stand on the feature.
        ["features", _, "order"] => Vec::new(),
        ["features", key, _, ..] => vec![of("features", key)],
        ["plans", plan, "grants", feature] => vec![of("plans", plan), of("features", feature)],
        ["plans", plan, _] => vec![of("plans", plan)],
        [kind @ ("users" | "organizations"), id, "plan"] => {
            vec![of(kind, id), of("plans", &named(value))]
        }
        ["users", id, "organizations", organization] => {
            vec![of("users", id), of("organizations", organization)]
        }
        [kind @ ("users" | "organizations"), id, _, ..] => vec![of(kind, id)],
        ["overrides", holder, feature] => subject(holder)
            .into_iter()
            .chain([of("features", feature)])
            .collect(),
        _ => Vec::new(),
    }
}

/// What has to become of taking a write back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This is what is there then.
    Back(Flat),
    /// These later writes, numbered from 0, stand in the way.
    InTheWay(BTreeSet<usize>),
    /// There would be more features than there may be.
    Crowded,
}

/// Judges the taking back of a write: `write` is what it did, `later` what each one since did, and
/// `now` what is there.
pub(super) fn verdict(write: &Patch, later: &[Patch], now: &Flat) -> Verdict {
    let mut way = BTreeSet::new();
    for (path, (before, after)) in write {
        if now.get(path) != after.as_ref() {
            way.extend(standing(path, later).into_iter().map(|(number, _)| number));
        }
        // What comes back needs what it stood on, just as it was.
        for footing in before.iter().flat_map(|before| footings(path, before)) {
            if !write.contains_key(&footing) {
                way.extend(
                    standing(&footing, later)
                        .into_iter()
                        .map(|(number, _)| number),
                );
            }
        }
    }
    // What would go must not carry anything that was put on it since.
    let goes = |path: &String| matches!(write.get(path), Some((None, Some(_))));
    for (path, value) in now {
        let carried = |value: &Option<String>| {
            let value = value.as_ref();
            value.is_some_and(|value| footings(path, value).iter().any(goes))
        };
        if !write.contains_key(path) && carried(&Some(value.clone())) {
            let chain = standing(path, later);
            let on_it = chain.iter().rev().take_while(|(_, value)| carried(value));
            way.extend(on_it.map(|(number, _)| *number));
        }
    }
    if !way.is_empty() {
        return Verdict::InTheWay(way);
    }
    let mut back = now.clone();
    for (path, (before, _)) in write {
        match before {
            Some(value) => back.insert(path.clone(), value.clone()),
            None => back.remove(path),
        };
    }
    let features = back
        .keys()
        .filter(|path| path.starts_with("features/") && path.split('/').count() == 2);
    let cap: usize = back["settings/max_features"].parse().unwrap();
    match features.count() > cap {
        true => Verdict::Crowded,
        false => Verdict::Back(back),
    }
}

/// The later writes by which a path has its value, and what each of them left: the first that left
/// what is there now, before it the first that left what that one found, and so on.
fn standing(path: &str, later: &[Patch]) -> Vec<(usize, Option<String>)> {
    let numbered = later.iter().enumerate();
    let steps: Vec<_> = numbered
        .filter_map(|(number, patch)| Some((number, patch.get(path)?)))
        .collect();
    let (Some((_, (start, _))), Some((_, (_, now)))) = (steps.first(), steps.last()) else {
        return Vec::new();
    };
    let (mut chain, mut value) = (Vec::new(), now);
    while value != start {
        let left_it =
            |(_, (_, after)): &&(usize, &(Option<String>, Option<String>))| after == value;
        let (number, (before, after)) = steps.iter().find(left_it).unwrap();
        chain.insert(0, (*number, after.clone()));
        value = before;
    }
    chain
}
