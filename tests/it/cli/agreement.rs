//! One resolver: `resolve`, `get`, `check` and `explain`, on the store and on its export, agree.

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Map, Value, json};

use super::kit::{Place, SHOP};

/// Everybody there is to ask about, as options.
fn subjects(document: &Value) -> Vec<String> {
    let ids = |name: &str| -> Vec<String> {
        let ids = document[name].as_object().into_iter().flat_map(Map::keys);
        ids.cloned().collect()
    };
    let mut all = Vec::new();
    all.extend(ids("users").iter().map(|id| format!("--user {id}")));
    all.extend(ids("organizations").iter().map(|id| format!("--org {id}")));
    all.extend(ids("plans").iter().map(|id| format!("--plan {id}")));
    for (id, user) in document["users"].as_object().into_iter().flatten() {
        let organizations = user["organizations"].as_array().into_iter().flatten();
        all.extend(organizations.map(|org| format!("--user {id} --org {}", org.as_str().unwrap())));
    }
    all
}

/// What must be the same from the store and from the file: all but the revision.
fn answers(place: &Place, line: &str) -> Value {
    let mut document = place.json(line);
    document["revision"] = Value::Null;
    document
}

/// The expectation that holds of an answer, and one that does not.
fn expectations(feature: &str, value: &Value) -> (String, String) {
    match value {
        Value::Bool(true) => (feature.to_owned(), format!("!{feature}")),
        Value::Bool(false) => (format!("!{feature}"), feature.to_owned()),
        number => (
            format!("{feature}={number}"),
            format!("{feature}!={number}"),
        ),
    }
}

/// Asks about everybody in every way.
pub(crate) fn all_agree(place: &Place, document: &Value, thoroughly: bool) {
    let export = place.flags("export --subjects --overrides").yes();
    place.file("catalog.json", &export);
    for subject in subjects(document) {
        let resolved = answers(place, &format!("resolve {subject}"));
        let file = answers(place, &format!("resolve {subject} --file catalog.json"));
        assert_eq!(resolved, file, "{subject}");
        let mut holding = Vec::new();
        for row in resolved["features"].as_array().unwrap() {
            let feature = row["feature"].as_str().unwrap();
            let (holds, fails) = expectations(feature, &row["value"]);
            assert_eq!(
                resolved["entitlements"].get(feature),
                (row["value"] != json!(false)).then_some(&row["value"]),
                "{subject} {feature}"
            );
            holding.push(holds);
            if !thoroughly {
                continue;
            }
            let got = place.json(&format!("get {feature} {subject}"));
            let explained = place.json(&format!("explain {feature} {subject}"));
            for field in ["feature", "type", "value", "layer"] {
                assert_eq!(got[field], row[field], "get {feature} {subject}");
                assert_eq!(explained[field], row[field], "explain {feature} {subject}");
            }
            let won: Vec<&Value> = explained["layers"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|layer| layer["outcome"] == "won")
                .collect();
            assert_eq!(won.len(), 1, "{explained}");
            assert_eq!(won[0]["value"], row["value"], "{explained}");
            place.flags(&format!("check {fails} {subject}")).no();
        }
        if !holding.is_empty() {
            let line = format!("check {} {subject}", holding.join(" "));
            place.flags(&line).yes();
            place.flags(&format!("{line} --file catalog.json")).yes();
        }
    }
}

#[test]
fn every_way_to_ask_gives_the_same_answer_on_a_real_catalog() {
    let document: Value = serde_json::from_str(SHOP).unwrap();
    all_agree(&Place::with(SHOP), &document, true);
}

#[test]
fn an_export_read_back_is_the_same_catalog() {
    let place = Place::shop();
    let export = place.flags("export --subjects --overrides").yes();
    let copy = Place::with(&export);
    assert_eq!(copy.flags("export --subjects --overrides").yes(), export);
    // Without subjects the catalog still answers for anybody on a plan.
    let catalog = place.flags("export").yes();
    assert!(!catalog.contains("ana@example.com") && !catalog.contains("\"overrides\""));
    place.file("catalog.json", catalog);
    assert_eq!(
        answers(&place, "resolve --plan pro --file catalog.json"),
        answers(&place, "resolve --plan pro")
    );
}

const BOOLEANS: [&str; 3] = ["a", "b", "c"];
const LIMITS: [&str; 2] = ["m", "n"];
const PLANS: [&str; 3] = ["p", "q", "r"];
const USERS: [&str; 3] = ["u", "v", "w"];
const ORGANIZATIONS: [&str; 2] = ["o", "x"];

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(words)
}

fn value_of(feature: &str, number: u64) -> Value {
    match LIMITS.contains(&feature) {
        true => json!(number),
        false => json!(true),
    }
}

fn grants() -> impl Strategy<Value = Value> {
    let feature = one_of(&["a", "b", "c", "m", "n"]);
    btree_map(feature, 0_u64..4, 0..4).prop_map(|grants| {
        let grants = grants
            .into_iter()
            .map(|(feature, number)| (feature.to_owned(), value_of(feature, number)));
        Value::Object(grants.collect())
    })
}

fn over() -> impl Strategy<Value = (&'static str, &'static str, Value)> {
    let holder = one_of(&["user:u", "user:v", "user:w", "org:o", "org:x"]);
    let feature = one_of(&["a", "b", "c", "m", "n"]);
    (holder, feature, 0_u64..4, any::<bool>(), 0..4).prop_map(
        |(holder, feature, number, grant, span)| {
            let mut over = match grant {
                true => json!({ "grant": value_of(feature, number) }),
                false => json!({ "revoke": true }),
            };
            match span {
                0 => over["expires"] = json!("2026-01-01T00:00:00Z"),
                1 => over["starts"] = json!("2026-12-01T00:00:00Z"),
                2 => over["expires"] = json!("2026-12-01T00:00:00Z"),
                _ => {}
            }
            (holder, feature, over)
        },
    )
}

fn rule() -> impl Strategy<Value = Value> {
    let named = prop_oneof![
        one_of(&USERS).prop_map(|id| json!({"one_of": {"type": "user", "ids": [id]}})),
        one_of(&ORGANIZATIONS)
            .prop_map(|id| json!({"one_of": {"type": "organization", "ids": [id]}})),
        (0_u32..=100).prop_map(|share| json!({ "percent": share })),
    ];
    (vec(named, 1..3), any::<bool>())
        .prop_map(|(when, serve)| json!({"id": "r", "serve": serve, "when": when}))
}

/// A small project in which anything may be combined with anything.
pub(crate) fn project() -> impl Strategy<Value = Value> {
    let features = vec(
        (any::<bool>(), any::<bool>(), vec(rule(), 0..3)),
        BOOLEANS.len(),
    );
    let plans = vec(grants(), PLANS.len());
    let plan = || proptest::option::of(one_of(&PLANS));
    let users = vec(
        (plan(), btree_set(one_of(&ORGANIZATIONS), 0..3)),
        USERS.len(),
    );
    let organizations = vec(plan(), ORGANIZATIONS.len());
    (features, plans, plan(), users, organizations, vec(over(), 0..8)).prop_map(
        |(features, plans, default, users, organizations, overrides)| {
            let mut document = json!({"format": "flags.catalog/1", "settings": {"default_plan": default}});
            for (key, (enabled, default, rules)) in BOOLEANS.iter().zip(features) {
                let targeting = json!({"default": default, "rules": rules});
                document["features"][key] = json!({"type": "boolean", "enabled": enabled || default, "targeting": targeting});
            }
            for key in LIMITS {
                document["features"][key] = json!({ "type": "limit" });
            }
            for (key, grants) in PLANS.iter().zip(plans) {
                document["plans"][key] = json!({ "grants": grants });
            }
            for (id, plan) in ORGANIZATIONS.iter().zip(organizations) {
                document["organizations"][id] = json!({ "plan": plan });
            }
            for (id, (plan, organizations)) in USERS.iter().zip(users) {
                document["users"][id] = json!({"plan": plan, "organizations": organizations});
            }
            for (holder, feature, over) in overrides {
                document["overrides"][holder][feature] = over;
            }
            if document["overrides"].is_null() {
                document["overrides"] = json!({});
            }
            document
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_way_to_ask_gives_the_same_answer_on_random_catalogs(document in project()) {
        all_agree(&Place::with(&document.to_string()), &document, false);
    }
}

#[test]
fn every_way_to_ask_gives_the_same_answer_on_one_random_catalog_thoroughly() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let document = project().new_tree(&mut runner).unwrap().current();
    all_agree(&Place::with(&document.to_string()), &document, true);
}
