//! A project with some of everything: what goes in comes out.

use std::ops::ControlFlow;

use flags::domain::document::Document;
use flags::domain::key::FeatureKey;
use flags::domain::subject::SubjectId;
use flags::domain::target::{ListId, Target};
use flags::store::sqlite::SqliteStore;
use flags::store::{Among, Parts, Question, Scope, Store, export, gather};

use super::kit::{Home, id, key, write};
use crate::project::{decisive, records};

const PROJECT: &str = r#"{
  "format": "flags.catalog/1",
  "settings": {"default_plan": "free", "max_features": 60},
  "features": {
    "analytics": {"type": "boolean", "name": "Analytics", "tags": ["b", "a"], "enabled": true,
      "targeting": {"default": false, "rules": [
        {"id": "user", "serve": true, "when": [{"one_of": {"type": "user", "ids": ["u1", "u3"]}}]},
        {"id": "ws", "serve": false, "when": [
          {"one_of": {"type": "workspace", "ids": ["ws_1"]}}, {"percent": 12.5}]}]}},
    "beta": {"type": "boolean", "enabled": false, "off_value": null,
      "targeting": {"default": true, "rules": [
        {"id": "odd", "serve": null, "when": [{"unsupported": "semver_gt"}]}]}},
    "max_seats": {"type": "limit", "enabled": true},
    "sso": {"type": "boolean", "enabled": true, "owner": "Zoë \u0000 \u202e"}
  },
  "plans": {
    "free": {"grants": {"max_seats": 1}},
    "pro": {"display_name": "Pro", "price": "29.00", "currency": "USD", "period": "monthly",
      "grants": {"analytics": true, "max_seats": 9007199254740991, "sso": true}}
  },
  "organizations": {
    "acme": {"name": "Acme", "plan": "pro", "targets": ["workspace:ws_1"]},
    "zeta": {}
  },
  "users": {
    "U2": {"organizations": ["zeta", "acme"]},
    "u1": {"email": "u1@example.com", "plan": "free", "targets": ["device:d1", "workspace:ws_9"]},
    "u3": {"organizations": ["zeta"]}
  },
  "overrides": {
    "user:u1": {"sso": {"grant": true, "reason": "trial", "expires": "2027-01-01T00:00:00Z"},
      "max_seats": {"grant": 0}},
    "user:u3": {"analytics": {"revoke": true, "starts": "2026-01-01T00:00:00Z"}},
    "org:acme": {"max_seats": {"grant": 50}}
  }
}"#;

pub(super) fn project() -> Document {
    serde_json::from_str(PROJECT).unwrap()
}

fn stored(home: &Home) -> SqliteStore {
    let store = SqliteStore::create(&home.store()).unwrap();
    write(&store, project().into_changes().changes().to_vec()).unwrap();
    store
}

#[test]
fn a_project_comes_out_as_it_went_in() {
    let home = Home::new();
    drop(stored(&home));
    let store = SqliteStore::open(&home.store()).unwrap();
    let parts = Parts {
        subjects: true,
        overrides: true,
    };
    let exported = export(&*store.snapshot().unwrap(), parts).unwrap();
    assert_eq!(exported, project());
}

#[test]
fn records_are_what_gathering_one_by_one_gives() {
    let home = Home::new();
    let store = stored(&home);
    let snapshot = store.snapshot().unwrap();
    let (analytics, beta, none) = ([key("sso"), key("analytics")], [key("beta")], []);
    let parts = [&analytics[..], &beta[..], &none[..]];
    let scopes = parts.map(Scope::Features);
    for scope in scopes.into_iter().chain([Scope::All]) {
        let catalog = snapshot.catalog(scope).unwrap();
        let mut expected = Vec::new();
        for name in ["U2", "u1", "u3"] {
            let question = Question::User {
                id: id(name),
                within: None,
                targets: Vec::new(),
            };
            let record = gather(&*snapshot, &catalog, scope, &question).unwrap();
            expected.push((SubjectId::User(id(name)), decisive(record)));
        }
        for name in ["acme", "zeta"] {
            let question = Question::Organization {
                id: id(name),
                targets: Vec::new(),
            };
            let record = gather(&*snapshot, &catalog, scope, &question).unwrap();
            expected.push((SubjectId::Organization(id(name)), decisive(record)));
        }
        let found = records(&*snapshot, scope, Among::All);
        assert_eq!(found, expected, "{scope:?}");
    }
}

#[test]
fn overrides_come_by_users_then_organizations_then_key() {
    let home = Home::new();
    let store = stored(&home);
    let snapshot = store.snapshot().unwrap();
    let all = |scope: Scope<'_>, most: usize| {
        let mut seen: Vec<(SubjectId, FeatureKey)> = Vec::new();
        let walked = snapshot.overrides(scope, None, &mut |(subject, feature, _)| {
            seen.push((subject, feature));
            if seen.len() < most {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        walked.unwrap();
        let shown = seen.iter().map(|(subject, key)| format!("{subject} {key}"));
        shown.collect::<Vec<_>>()
    };
    let expected = [
        "user:u1 max_seats",
        "user:u1 sso",
        "user:u3 analytics",
        "org:acme max_seats",
    ];
    assert_eq!(all(Scope::All, 9), expected);
    assert_eq!(all(Scope::All, 1), expected[..1]);
    let seats = [key("max_seats")];
    assert_eq!(all(Scope::Features(&seats), 9), [expected[0], expected[3]]);
}

#[test]
fn part_of_a_catalog_is_what_resolving_takes_of_it() {
    let home = Home::new();
    let store = stored(&home);
    let snapshot = store.snapshot().unwrap();
    let keys = [key("sso"), key("unknown"), key("max_seats"), key("sso")];
    let part = snapshot.catalog(Scope::Features(&keys)).unwrap();
    let whole = snapshot.catalog(Scope::All).unwrap();
    assert_eq!(part.settings, whole.settings);
    let names: Vec<_> = part.features.keys().map(FeatureKey::as_str).collect();
    assert_eq!(names, ["max_seats", "sso"]);
    assert_eq!(part.plans.len(), 2);
    for (plan, entry) in &part.plans {
        let mut expected = whole.plans[plan].grants.clone();
        expected.retain(|feature, _| keys.contains(feature));
        assert_eq!(entry.grants, expected);
        assert_eq!(entry.plan, flags::domain::plan::Plan::default());
    }
    assert_eq!(
        snapshot.catalog(Scope::Features(&[])).unwrap().plans.len(),
        2
    );
}

#[test]
fn a_lists_number_is_never_given_out_twice() {
    let home = Home::new();
    let store = stored(&home);
    let target: Target = "user:u1".parse().unwrap();
    let first = store.snapshot().unwrap().lists_naming(&target).unwrap();
    assert_eq!(first, [ListId(0)]);
    let audience = store
        .snapshot()
        .unwrap()
        .audience(&key("analytics"))
        .unwrap()
        .unwrap();
    let nobody = Default::default();
    let replaced = flags::domain::change::replace_audience(&key("analytics"), audience, nobody);
    write(&store, replaced.clone()).unwrap();
    assert!(
        store
            .snapshot()
            .unwrap()
            .lists_naming(&target)
            .unwrap()
            .is_empty()
    );
    drop(store);
    let store = SqliteStore::open(&home.store()).unwrap();
    let back: flags::domain::change::ChangeSet = replaced.into_iter().collect();
    write(&store, back.reversed().changes().to_vec()).unwrap();
    let snapshot = store.snapshot().unwrap();
    // Two lists were made at first; the second time the last rule came first.
    let second = snapshot.lists_naming(&target).unwrap();
    assert_eq!(second, [ListId(2)]);
    assert_eq!(snapshot.list_size(ListId(2)).unwrap(), 2);
    assert_eq!(snapshot.list_size(ListId(0)).unwrap(), 0);
}
