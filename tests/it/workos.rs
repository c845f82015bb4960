//! A WorkOS payload, read and put in a store, gives the answers of WorkOS's own evaluators.
//!
//! The cases of their test suite are read where they lie (`FLAGS_VECTORS`, else
//! `../shared/vectors` beside the package) and skipped where they are absent; our own always run.
//! `tests/interop/workos` asks the evaluators themselves.

use std::path::PathBuf;

use flags::domain::key::FeatureKey;
use flags::domain::resolve::Resolver;
use flags::domain::subject::{Party, SubjectRecord};
use flags::domain::target::{Id, Target};
use flags::store::memory::MemoryStore;
use flags::store::workos::payload::{self, Payload};
use flags::store::{Scope, Store};
use serde_json::{Map, Value, json};

/// Our answer for a context of `type: id`; `None` where the caller's own default counts.
pub(crate) fn answer(payload: &Payload, slug: &str, context: &Value) -> Option<bool> {
    let store = MemoryStore::from_document(payload.document.clone()).unwrap();
    let snapshot = store.snapshot().unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let mut record = SubjectRecord::default();
    for (target_type, id) in context.as_object().unwrap() {
        let id: Id = id.as_str().unwrap().parse().unwrap();
        let target_type = target_type.parse().unwrap();
        let party = Party {
            id: Some(id.clone()),
            ..Party::default()
        };
        let target = Target { target_type, id };
        record.lists.extend(snapshot.lists_naming(&target).unwrap());
        match target.target_type.as_str() {
            "user" => record.user = Some(party),
            "organization" => record.organizations.push(party),
            _ => {}
        }
    }
    let resolver = Resolver::new(&catalog);
    let slot = resolver.slot(&slug.parse::<FeatureKey>().unwrap())?;
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    let resolution = resolver.resolve(&resolver.bind(&record), slot, at);
    (!resolution.is_handed_back()).then_some(resolution.answer.is_some())
}

fn check(payload: &Value, cases: &[(&str, Value, Option<bool>)]) {
    let payload = payload::read(payload).unwrap();
    for (slug, context, expected) in cases {
        assert_eq!(
            answer(&payload, slug, context),
            *expected,
            "{slug} {context}"
        );
    }
}

/// The vectors, where they are.
fn vectors() -> Option<Value> {
    let folder = std::env::var_os("FLAGS_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        PathBuf::from,
    );
    let text = std::fs::read_to_string(folder.join("workos_evaluator.json")).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// The SDK's older form of a context.
fn typed(context: &Value) -> Value {
    let fields = [("userId", "user"), ("organizationId", "organization")];
    let named = fields.into_iter().filter_map(|(legacy, target_type)| {
        let id = context.get(legacy)?;
        Some((target_type.to_owned(), id.clone()))
    });
    Value::Object(named.collect::<Map<_, _>>())
}

#[test]
fn every_case_of_workos_own_suite_gets_its_answer() {
    let Some(vectors) = vectors() else {
        return;
    };
    let payload = payload::read(&vectors["flags"]).unwrap();
    for case in vectors["is_enabled"].as_array().unwrap() {
        let (slug, context) = (case["flag"].as_str().unwrap(), typed(&case["context"]));
        let default = case["default"].as_bool().unwrap_or(false);
        let found = answer(&payload, slug, &context).unwrap_or(default);
        // The suite is of an SDK before 10.12, in which a user's disabled target decided against
        // it. Since then such a target counts as absent (SDK 11: `hasEnabledTarget`).
        let superseded = context == json!({"user": "user_blocked", "organization": "org_123"});
        assert_eq!(found, superseded || case["expect"] == true, "{case}");
    }
    for case in vectors["get_all"].as_array().unwrap() {
        for (slug, expected) in case["expect"].as_object().unwrap() {
            let found = answer(&payload, slug, &typed(&case["context"]));
            assert_eq!(found, expected.as_bool(), "{slug} {case}");
        }
    }
}

#[test]
fn version_1_gives_a_flag_to_any_target_that_takes_part_and_else_its_default() {
    let targets = json!({
        "users": [
            {"id": "u1", "enabled": true}, {"id": "u2", "enabled": false},
            {"id": "u3", "enabled": false}, {"id": "u3", "enabled": true},
        ],
        "organizations": [{"id": "o1", "enabled": true}],
        "custom_targets": [
            {"type": "workspace", "id": "w1", "enabled": true},
            {"type": "user", "id": "u4", "enabled": true},
            {"type": "org", "id": "o2", "enabled": true},
        ],
    });
    let payload = json!({
        "some": {"slug": "some", "enabled": true, "default_value": false, "targets": targets},
        "all": {"slug": "all", "enabled": true, "default_value": true, "targets": targets},
        "off": {"slug": "off", "enabled": false, "default_value": true, "targets": targets},
    });
    check(
        &payload,
        &[
            ("some", json!({}), Some(false)),
            ("some", json!({"user": "u1"}), Some(true)),
            ("some", json!({"user": "U1"}), Some(false)),
            ("some", json!({"organization": "u1"}), Some(false)),
            ("some", json!({"user": "u2"}), Some(false)),
            (
                "some",
                json!({"user": "u2", "organization": "o1"}),
                Some(true),
            ),
            ("some", json!({"user": "u3"}), Some(true)),
            ("some", json!({"user": "x", "workspace": "w1"}), Some(true)),
            ("some", json!({"account": "w1"}), Some(false)),
            // Listed in the wrong list, and a type that is not ours to shorten.
            ("some", json!({"user": "u4"}), Some(false)),
            ("some", json!({"organization": "o2"}), Some(false)),
            ("all", json!({"user": "u2"}), Some(true)),
            ("off", json!({"user": "u1"}), Some(false)),
            ("unknown", json!({"user": "u1"}), None),
        ],
    );
}

#[test]
fn version_1_reads_what_is_not_a_boolean_as_javascript_does() {
    let targets = json!({"users": [{"id": "u1", "enabled": "yes"}, {"id": "u2", "enabled": 0}]});
    let flag = |enabled: Value, default: Value| json!({"slug": "f", "enabled": enabled, "default_value": default, "targets": targets});
    let payload = json!({
        "truthy": flag(json!("no"), json!([])),
        "falsy": flag(json!(1), json!("")),
        "disabled": flag(json!(0.0), json!(true)),
        "bare": {"slug": "bare", "enabled": true},
        "scalar": "on",
        "absent": null,
    });
    check(
        &payload,
        &[
            ("truthy", json!({}), Some(true)),
            ("falsy", json!({}), Some(false)),
            ("falsy", json!({"user": "u1"}), Some(true)),
            ("falsy", json!({"user": "u2"}), Some(false)),
            ("disabled", json!({"user": "u1"}), Some(false)),
            ("bare", json!({}), Some(false)),
            ("scalar", json!({}), Some(false)),
            ("absent", json!({}), None),
        ],
    );
}

fn condition(target_type: &str, values: &[&str]) -> Value {
    json!({"target_type": target_type, "operator": "one_of", "values": values})
}

fn rule(value: &Value, conditions: &[Value]) -> Value {
    json!({"id": "r", "kind": "conditions", "value": value, "conditions": conditions})
}

fn version2(flag: &Value) -> Value {
    let mut whole = json!({
        "slug": "other", "enabled": true, "default_value": false, "off_value": false, "rules": [],
    });
    for (name, value) in flag.as_object().unwrap() {
        whole[name] = value.clone();
    }
    json!({"version": 2, "flags": {"f": whole}})
}

#[test]
fn version_2_serves_the_first_rule_whose_conditions_all_match() {
    let rules = [
        rule(&json!(true), &[]),
        rule(
            &json!(true),
            &[json!({"operator": "one_of", "values": ["u1"]})],
        ),
        json!({"id": "r", "kind": "rollout", "value": true}),
        rule(
            &json!(false),
            &[
                condition("user", &["u1", "u2"]),
                condition("organization", &["o1"]),
            ],
        ),
        rule(&json!(true), &[condition("user", &["u1", "a/b"])]),
        rule(&json!("blue"), &[condition("workspace", &["w1"])]),
        rule(&json!(true), &[condition("workspace", &["w1", "w2"])]),
        rule(&json!(true), &[condition("account", &[])]),
    ];
    check(
        &version2(&json!({"rules": rules})),
        &[
            ("f", json!({}), Some(false)),
            ("f", json!({"user": "u1"}), Some(true)),
            (
                "f",
                json!({"user": "u1", "organization": "o1"}),
                Some(false),
            ),
            ("f", json!({"user": "u2"}), Some(false)),
            // A target that is no identifier to WorkOS, though it is one here.
            ("f", json!({"user": "a/b"}), Some(false)),
            // The first match decides, even when what it serves is no answer.
            ("f", json!({"workspace": "w1"}), None),
            ("f", json!({"workspace": "w2"}), Some(true)),
            ("f", json!({"account": "a1"}), Some(false)),
            ("other", json!({}), None),
        ],
    );
}

#[test]
fn version_2_hands_a_question_back_only_from_where_it_was_decided() {
    let nobody = json!({"user": "nobody"});
    let named = json!({"user": "u1"});
    let rules = [rule(&json!(null), &[condition("user", &["u1"])])];
    for (flag, context, expected) in [
        (json!({"enabled": false}), &nobody, Some(false)),
        (
            json!({"enabled": false, "off_value": true}),
            &nobody,
            Some(true),
        ),
        (json!({"enabled": false, "off_value": "red"}), &nobody, None),
        // The switch has answered: what the rules would have served is beside the question.
        (
            json!({"enabled": false, "default_value": "red"}),
            &nobody,
            Some(false),
        ),
        (
            json!({"enabled": false, "rules": rules}),
            &named,
            Some(false),
        ),
        (json!({"off_value": "red"}), &nobody, Some(false)),
        (json!({"default_value": 1}), &nobody, None),
        (
            json!({"default_value": null, "rules": rules}),
            &nobody,
            None,
        ),
        (json!({"default_value": true, "rules": rules}), &named, None),
        (
            json!({"default_value": true, "rules": rules}),
            &nobody,
            Some(true),
        ),
    ] {
        check(&version2(&flag), &[("f", context.clone(), expected)]);
    }
}

#[test]
fn a_payload_survives_being_written_as_a_document_and_read_back() {
    let unknown = json!({"id": "r", "kind": "rollout", "value": null});
    let rules = [
        unknown,
        rule(&json!(false), &[condition("workspace", &["w1"])]),
    ];
    let read = payload::read(&version2(&json!({"off_value": 1, "rules": rules}))).unwrap();
    let text = serde_json::to_string(&read.document).unwrap();
    assert_eq!(
        serde_json::from_str::<flags::domain::document::Document>(&text).unwrap(),
        read.document
    );
}
