//! The configuration payload that the server gives out says what the resolver says.
//!
//! For random projects, whoever a context can name gets the resolver's answer from version 2, and
//! from version 1 the same or off; and our own reader takes from both what their evaluators do.
//! The two evaluators here are those of the contract page; `tests/interop/workos` and
//! `tests/interop/workos-server` ask WorkOS's own.

use std::collections::{BTreeMap, BTreeSet};

use flags::domain::catalog::Catalog;
use flags::domain::document::Document;
use flags::domain::key::FeatureKey;
use flags::domain::resolve::Resolver;
use flags::domain::target::{Condition, Id, Target};
use flags::server::workos::configuration::{self, Configuration};
use flags::store::memory::MemoryStore;
use flags::store::workos::payload;
use flags::store::{Question, Scope, Snapshot, Store, gather};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::project::read;
use crate::random::{now, project};
use crate::workos::answer;

/// Whom an application names: a type and an identifier, one of each type.
type Context = BTreeMap<String, String>;

struct Served {
    version1: Value,
    version2: Value,
    notes: Vec<configuration::Note>,
}

fn served(snapshot: &dyn Snapshot) -> Served {
    let Configuration {
        version1,
        version2,
        notes,
        ..
    } = configuration::compose(snapshot, now()).unwrap();
    Served {
        version1: serde_json::from_slice(&version1).unwrap(),
        version2: serde_json::from_slice(&version2).unwrap(),
        notes,
    }
}

impl Served {
    fn notes_of(&self, feature: &str) -> String {
        let notes = self.notes.iter();
        let of = notes.filter(|note| note.feature.as_str() == feature);
        of.map(|note| note.what.as_str()).collect()
    }
}

/// Version 1 as the contract page has it.
fn evaluate1(payload: &Value, slug: &str, context: &Context) -> Option<bool> {
    let flag = payload.get(slug)?;
    if flag["enabled"] != true {
        return Some(false);
    }
    let named = |target: &Value, target_type: &str| {
        let id = context.get(target_type).map(String::as_str);
        target["enabled"] == true && id == target["id"].as_str()
    };
    let lists = &flag["targets"];
    let any = |list: &str, target_type: &str| {
        let list = lists[list].as_array().unwrap();
        list.iter().any(|target| named(target, target_type))
    };
    let mut custom = lists["custom_targets"].as_array().unwrap().iter();
    let listed = any("users", "user")
        || any("organizations", "organization")
        || custom.any(|target| named(target, target["type"].as_str().unwrap()));
    Some(listed || flag["default_value"] == true)
}

/// Version 2 as the contract page has it.
fn evaluate2(payload: &Value, slug: &str, context: &Context) -> Option<bool> {
    let flag = payload["flags"].get(slug)?;
    if flag["enabled"] != true {
        return flag["off_value"].as_bool();
    }
    let holds = |condition: &Value| {
        assert_eq!(condition["operator"], "one_of");
        let id = context.get(condition["target_type"].as_str().unwrap());
        let values = condition["values"].as_array().unwrap();
        id.is_some_and(|id| values.iter().any(|value| value == id))
    };
    let matches = |rule: &&Value| {
        let conditions = rule["conditions"].as_array().unwrap();
        !conditions.is_empty() && conditions.iter().all(holds)
    };
    let mut rules = flag["rules"].as_array().unwrap().iter();
    match rules.find(matches) {
        Some(rule) => rule["value"].as_bool(),
        None => flag["default_value"].as_bool(),
    }
}

/// The questions whose subject a context can name, each with that context: at most one
/// organization, one plan beside the default plan and one target of a type.
fn questions(document: &Document) -> Vec<(Question, Context)> {
    let mut questions = Vec::new();
    for (id, organization) in &document.organizations {
        let targets = Vec::new();
        let question = Question::Organization {
            id: id.clone(),
            targets,
        };
        let plans = organization.plan.iter().map(ToString::to_string).collect();
        let named = [("organization".to_owned(), id.to_string())].into();
        questions.extend(context(named, plans, &organization.targets).map(|c| (question, c)));
    }
    for (id, user) in &document.users {
        let within: Vec<Option<&Id>> = match user.organizations.is_empty() {
            true => vec![None],
            false => user.organizations.iter().map(Some).collect(),
        };
        for within in within {
            let mut named = Context::from([("user".to_owned(), id.to_string())]);
            let mut plans: Vec<String> = user.plan.iter().map(ToString::to_string).collect();
            let mut targets = user.targets.clone();
            if let Some(organization) = within {
                named.insert("organization".to_owned(), organization.to_string());
                let known = &document.organizations[organization];
                plans.extend(known.plan.as_ref().map(ToString::to_string));
                targets.extend(known.targets.iter().cloned());
            }
            let question = Question::User {
                id: id.clone(),
                within: within.cloned(),
                targets: Vec::new(),
            };
            questions.extend(context(named, plans, &targets).map(|c| (question, c)));
        }
    }
    questions
}

fn context(
    mut named: Context,
    mut plans: Vec<String>,
    targets: &BTreeSet<Target>,
) -> Option<Context> {
    plans.dedup();
    let plans = plans.into_iter().map(|plan| ("plan".to_owned(), plan));
    let custom = targets.iter();
    let custom = custom.map(|target| (target.target_type.to_string(), target.id.to_string()));
    for (target_type, id) in plans.chain(custom) {
        if named.insert(target_type, id).is_some() {
            return None;
        }
    }
    Some(named)
}

fn as_json(context: &Context) -> Value {
    let members = context.iter();
    Value::Object(
        members
            .map(|(of, id)| (of.clone(), json!(id)))
            .collect::<Map<_, _>>(),
    )
}

/// Whether an audience asks for a share that is neither nobody nor everybody.
fn asks_for_a_share(catalog: &Catalog, feature: &FeatureKey) -> bool {
    let rules = &catalog.features[feature].audience.rules;
    let mut conditions = rules.iter().flat_map(|rule| &rule.when);
    conditions.any(|condition| match condition {
        Condition::Percent(share) => !["0%", "100%"].contains(&share.to_string().as_str()),
        _ => false,
    })
}

proptest! {
    #[test]
    fn whoever_a_context_can_name_gets_the_resolvers_answer(document in project()) {
        let store = MemoryStore::from_document(document.clone()).unwrap();
        let snapshot = store.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        let served = served(&*snapshot);
        let resolver = Resolver::new(&catalog);
        for (question, context) in questions(&document) {
            let record = gather(&*snapshot, &catalog, Scope::All, &question).unwrap();
            let subject = resolver.bind(&record);
            for slot in resolver.slots() {
                let key = resolver.key(slot).as_str();
                let ours = resolver.decide(&subject, slot, now()).answer.is_some();
                let asked = format!("{key} for {context:?} of {document:?}");
                let Some(second) = evaluate2(&served.version2, key, &context) else {
                    prop_assert!(served.notes_of(key).contains("left out"), "{}", asked);
                    continue;
                };
                prop_assert_eq!(second, ours, "version 2: {}", &asked);
                let first = evaluate1(&served.version1, key, &context).unwrap();
                if served.notes_of(key).contains("version 1") {
                    prop_assert!(!first || ours, "version 1 gives too much: {}", asked);
                } else {
                    prop_assert_eq!(first, ours, "version 1: {}", asked);
                }
            }
        }
    }

    #[test]
    fn our_own_reader_takes_both_versions_as_their_evaluators_do(document in project()) {
        let store = MemoryStore::from_document(document.clone()).unwrap();
        let snapshot = store.snapshot().unwrap();
        let served = served(&*snapshot);
        let first = payload::read(&served.version1);
        let second = payload::read(&served.version2).unwrap();
        prop_assert!(second.notes.is_empty(), "{:?}", second.notes);
        for (_, context) in questions(&document) {
            for feature in document.features.keys() {
                let slug = feature.as_str();
                let asked = as_json(&context);
                prop_assert_eq!(
                    answer(&second, slug, &asked),
                    evaluate2(&served.version2, slug, &context)
                );
                if let Ok(first) = &first {
                    prop_assert!(first.notes.is_empty(), "{:?}", first.notes);
                    prop_assert_eq!(
                        answer(first, slug, &asked),
                        evaluate1(&served.version1, slug, &context)
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_is_left_out_but_limits_and_percentages(document in project()) {
        let store = MemoryStore::from_document(document).unwrap();
        let snapshot = store.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        let served = served(&*snapshot);
        for key in catalog.features.keys() {
            let limit = key.as_str().starts_with('l');
            let carried = served.version2["flags"].get(key.as_str()).is_some();
            prop_assert!(carried || limit || asks_for_a_share(&catalog, key), "{key}");
            prop_assert!(!(carried && limit), "{key}");
            prop_assert_eq!(carried, served.version1.get(key.as_str()).is_some());
            prop_assert_eq!(carried, !served.notes_of(key.as_str()).contains("left out"));
        }
    }
}

fn of(document: Value) -> (MemoryStore, Served) {
    let document: Document = serde_json::from_value(document).unwrap();
    let store = MemoryStore::from_document(document).unwrap();
    let told = served(&*store.snapshot().unwrap());
    (store, told)
}

fn document(features: Value, others: &Value) -> Value {
    let mut document = serde_json::to_value(Document::empty()).unwrap();
    document["features"] = features;
    for (name, value) in others.as_object().unwrap() {
        document[name] = value.clone();
    }
    document
}

#[test]
fn an_override_travels_while_it_stands_and_the_payload_says_until_when() {
    let at = |seconds: i64| now().after(seconds).unwrap().to_string();
    let (store, served) = of(document(
        json!({"beta": {"type": "boolean"}}),
        &json!({
            "users": {"u1": {}, "u2": {}, "u3": {}},
            "overrides": {
                "user:u1": {"beta": {"grant": true, "expires": at(100)}},
                "user:u2": {"beta": {"grant": true, "starts": at(50)}},
                "user:u3": {"beta": {"grant": true, "expires": at(-1)}},
            },
        }),
    ));
    let values =
        |payload: &Value| payload["flags"]["beta"]["rules"][0]["conditions"][0]["values"].clone();
    assert_eq!(values(&served.version2), json!(["u1"]));
    let snapshot = store.snapshot().unwrap();
    let composed = configuration::compose(&*snapshot, now()).unwrap();
    assert_eq!(composed.until, Some(read(&at(50))));
    assert!(composed.holds(read(&at(49))) && !composed.holds(read(&at(50))));
    assert!(!composed.holds(read(&at(-1))), "the clock was set back");
    for (seconds, expected) in [(50, json!(["u1", "u2"])), (100, json!(["u2"]))] {
        let later = configuration::compose(&*snapshot, read(&at(seconds))).unwrap();
        let payload: Value = serde_json::from_slice(&later.version2).unwrap();
        assert_eq!(values(&payload), expected);
    }
}

#[test]
fn more_names_than_a_payload_takes_leave_the_feature_out_and_it_is_said() {
    let ids = |number: u64| -> Vec<String> { (0..number).map(|n| format!("u{n}")).collect() };
    let some = |number: u64| {
        json!({"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "user", "serve": true, "when": [{"one_of": {"type": "user", "ids": ids(number)}}]},
        ]}})
    };
    let (_, served) = of(document(
        json!({"most": some(configuration::MOST_FOR_ONE), "more": some(configuration::MOST_FOR_ONE + 1)}),
        &json!({}),
    ));
    assert!(served.version2["flags"]["most"].is_object());
    assert!(served.version2["flags"].get("more").is_none());
    assert!(served.version1.get("more").is_none());
    let note = served.notes_of("more");
    assert!(
        note.contains("name 10001, and the payload takes 10000"),
        "{note}"
    );
    // Together they fill it; the one that names the most gives way.
    let features: Map<String, Value> = (0..11)
        .map(|n| (format!("f{n:02}"), some(9_500 - n)))
        .collect();
    let (_, served) = of(document(Value::Object(features), &json!({})));
    assert!(served.version2["flags"].get("f00").is_none());
    assert_eq!(served.version2["flags"].as_object().unwrap().len(), 10);
    assert!(served.notes_of("f00").contains("no room left"));
}

#[test]
fn targets_that_could_be_taken_for_plans_are_not_carried() {
    let (_, served) = of(document(
        json!({"beta": {"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "plan", "serve": true, "when": [{"one_of": {"type": "plan", "ids": ["p"]}}]},
        ]}}}),
        &json!({}),
    ));
    assert_eq!(served.version2, json!({"version": 2, "flags": {}}));
    assert!(
        served
            .notes_of("beta")
            .contains("targets of the type `plan`")
    );
}

#[test]
fn identifiers_that_no_sdk_takes_are_told() {
    let (_, served) = of(document(
        json!({"beta": {"type": "boolean"}}),
        &json!({
            "users": {"a@b.example": {}},
            "overrides": {"user:a@b.example": {"beta": {"grant": true}}},
        }),
    ));
    let note = served.notes_of("beta");
    assert!(
        note.contains("1 identifier") && note.contains("`a@b.example`"),
        "{note}"
    );
}
