//! An endless story of writes, and what the store must hold after each: worked out on the exported
//! document, without the program's own planning.
//!
//! Some writes touch hundreds of rows: half of one would show.

use std::path::Path;

use flags::domain::change::{Change, ChangeSet};
use flags::domain::document::Document;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Store};
use serde_json::{Map, Value, json};

/// How many hold an override of the feature `crowded`, and are on the plan `crowd`.
const CROWD: usize = 200;
/// How many features the user `many` has overrides of.
const MANY: usize = 40;

/// A kind of write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Set,
    Unset,
    UserAssign,
    TargetAdd,
    FeatureDefine,
    FeatureDelete,
    PlanCreate,
    PlanDelete,
    OverrideClear,
    OverrideImport,
    Undo,
}

pub(super) const KINDS: [Kind; 11] = [
    Kind::Set,
    Kind::Unset,
    Kind::UserAssign,
    Kind::TargetAdd,
    Kind::FeatureDefine,
    Kind::FeatureDelete,
    Kind::PlanCreate,
    Kind::PlanDelete,
    Kind::OverrideClear,
    Kind::OverrideImport,
    Kind::Undo,
];

/// One write.
pub(super) struct Step {
    /// The command line.
    pub(super) words: String,
    /// How the history names the command.
    pub(super) command: &'static str,
    /// What the export says if it was written.
    pub(super) after: Value,
    /// The file that the command reads, for as long as it may.
    _input: Option<tempfile::NamedTempFile>,
}

/// The project in which the story begins.
pub(super) fn beginning() -> Value {
    let mut project = json!({
        "format": "flags.catalog/1",
        "settings": {"max_features": 10_000},
        "features": {
            "beta": {"type": "boolean", "enabled": true, "targeting": {"default": false, "rules": [
                {"id": "workspace", "serve": true, "when": [
                    {"one_of": {"type": "workspace", "ids": ["w"]}}
                ]}
            ]}},
            "seats": {"type": "limit", "enabled": true},
        },
        "plans": {"pro": {"grants": {"seats": 5}}},
        "users": {"many": {}},
        "overrides": {"user:many": {"seats": {"grant": 0}}},
    });
    for number in 0..MANY {
        project["features"][format!("f{number}")] = json!({"type": "boolean", "enabled": true});
    }
    for number in 0..CROWD {
        project["users"][format!("u{number}")] = json!({});
    }
    for kind in KINDS {
        restore(&mut project, kind);
    }
    tidy(project)
}

/// Gives back what a write of this kind takes away, unless it is there, so that it can be done.
fn restore(project: &mut Value, kind: Kind) {
    match kind {
        Kind::FeatureDelete if project["features"]["crowded"].is_null() => {
            project["features"]["crowded"] = json!({"type": "boolean", "enabled": true});
            project["plans"]["pro"]["grants"]["crowded"] = json!(true);
            for number in 0..CROWD {
                project["overrides"][format!("user:u{number}")]["crowded"] = json!({"grant": true});
            }
        }
        Kind::PlanDelete if project["plans"]["crowd"].is_null() => {
            project["plans"]["crowd"] = json!({"grants": {"seats": 1}});
            for number in 0..CROWD {
                project["users"][format!("u{number}")]["plan"] = json!("crowd");
            }
        }
        Kind::OverrideClear if project["overrides"]["user:many"]["f0"].is_null() => {
            for number in 0..MANY {
                project["overrides"]["user:many"][format!("f{number}")] = json!({"revoke": true});
            }
        }
        // The latest write, and so the one that is taken back.
        Kind::Undo => pass(project, |number| number + 1),
        Kind::Unset if project["overrides"]["user:many"]["seats"].is_null() => {
            project["overrides"]["user:many"]["seats"] = json!({"grant": 0});
        }
        _ => {}
    }
}

/// Alters the override of `passing` that each of the crowd has; the first time it gives them one.
fn pass(project: &mut Value, next: fn(u64) -> u64) {
    project["features"]["passing"] = json!({"type": "limit", "enabled": true});
    for number in 0..CROWD {
        let held = &mut project["overrides"][format!("user:u{number}")]["passing"];
        let number = held["grant"].as_u64().unwrap_or_default();
        *held = json!({"grant": next(number)});
    }
}

/// Makes the project in the store ready for a write of this kind; returns it as it is then, and
/// how many revisions that took.
pub(super) fn prepare(store: &Path, project: &Value, kind: Kind) -> (Value, u64) {
    let mut ready = project.clone();
    restore(&mut ready, kind);
    let ready = tidy(ready);
    if ready == *project {
        return (ready, 0);
    }
    lead(store, project, &ready);
    (ready, 1)
}

/// Leads a store from one project to another that has more in it, in one write.
pub(super) fn lead(store: &Path, from: &Value, to: &Value) {
    let (old, new) = (changes(from), changes(to));
    let found = |wanted: &Change| {
        let same = |change: &&Change| match (change, wanted) {
            (Change::User { id: one, .. }, Change::User { id: other, .. }) => one == other,
            (
                Change::Override {
                    subject, feature, ..
                },
                Change::Override {
                    subject: of,
                    feature: key,
                    ..
                },
            ) => subject == of && feature == key,
            _ => false,
        };
        old.changes().iter().find(same).cloned()
    };
    let added = new
        .changes()
        .iter()
        .filter(|change| !old.changes().contains(change));
    let added = added.map(|change| match (change.clone(), found(change)) {
        (Change::User { id, after, .. }, Some(Change::User { after: before, .. })) => {
            Change::User { id, before, after }
        }
        (
            Change::Override {
                subject,
                feature,
                after,
                ..
            },
            Some(Change::Override { after: before, .. }),
        ) => Change::Override {
            subject,
            feature,
            before,
            after,
        },
        (change, _) => change,
    });
    let added: ChangeSet = added.collect();
    let author = Author {
        at: 1_763_787_600_000,
        actor: "tester".to_owned(),
        command: "prepare".to_owned(),
        reason: None,
        request: None,
    };
    let store = SqliteStore::open(store).unwrap();
    store.update(&author, &mut |_| Ok(added.clone())).unwrap();
}

fn changes(project: &Value) -> ChangeSet {
    let document: Document = serde_json::from_value(project.clone()).unwrap();
    document.into_changes()
}

/// The write of a kind, on a project that is ready for it; the number makes it unlike any other.
pub(super) fn step(project: &Value, kind: Kind, number: u64) -> Step {
    let mut after = project.clone();
    let mut input = None;
    let (command, words) = match kind {
        Kind::Set => {
            after["overrides"]["user:many"]["seats"] = json!({"grant": number});
            ("set", format!("set seats {number} --user many"))
        }
        Kind::Unset => {
            remove(&mut after["overrides"]["user:many"], "seats");
            ("unset", "unset seats --user many".to_owned())
        }
        Kind::UserAssign => {
            let email = format!("n{number}@example.com");
            after["users"][format!("n{number}")] = json!({"plan": "pro", "email": email});
            let words = format!("user assign n{number} --plan pro --email {email}");
            ("user assign", words)
        }
        Kind::TargetAdd => {
            let path = "/features/beta/targeting/rules/0/when/0/one_of/ids";
            let ids = after.pointer_mut(path).unwrap().as_array_mut().unwrap();
            ids.extend([format!("w{number}").into(), format!("x{number}").into()]);
            ids.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            let words = format!("target add beta workspace:w{number} workspace:x{number}");
            ("target add", words)
        }
        Kind::FeatureDefine => {
            let feature = json!({"type": "boolean", "enabled": true});
            after["features"][format!("d{number}")] = feature;
            ("feature define", format!("feature define d{number}"))
        }
        Kind::FeatureDelete => {
            remove(&mut after["features"], "crowded");
            remove(&mut after["plans"]["pro"]["grants"], "crowded");
            for overrides in members(&mut after["overrides"]).values_mut() {
                remove(overrides, "crowded");
            }
            ("feature delete", "feature delete crowded --yes".to_owned())
        }
        Kind::PlanCreate => {
            after["plans"][format!("p{number}")] = json!({"grants": {}});
            ("plan create", format!("plan create p{number}"))
        }
        Kind::PlanDelete => {
            remove(&mut after["plans"], "crowd");
            for user in members(&mut after["users"]).values_mut() {
                if user["plan"] == "crowd" {
                    user["plan"] = json!("pro");
                }
            }
            let words = "plan delete crowd --move-to pro --yes".to_owned();
            ("plan delete", words)
        }
        Kind::OverrideClear => {
            remove(&mut after["overrides"], "user:many");
            let words = "override clear --user many --yes".to_owned();
            ("override clear", words)
        }
        Kind::Undo => {
            pass(&mut after, |number| number - 1);
            ("undo", "undo".to_owned())
        }
        Kind::OverrideImport => {
            let mut rows = "user,feature,value\n".to_owned();
            // Not in the order in which the store keeps them.
            for user in (0..CROWD).rev() {
                after["overrides"][format!("user:u{user}")]["seats"] = json!({"grant": number});
                rows.push_str(&format!("u{user},seats,{number}\n"));
            }
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), rows).unwrap();
            let words = format!("override import {} --format csv", file.path().display());
            input = Some(file);
            ("override import", words)
        }
    };
    Step {
        words,
        command,
        after: tidy(after),
        _input: input,
    }
}

fn members(object: &mut Value) -> &mut Map<String, Value> {
    object.as_object_mut().unwrap()
}

fn remove(object: &mut Value, name: &str) {
    members(object).remove(name);
}

/// The export does not mention who has no overrides.
fn tidy(mut project: Value) -> Value {
    if let Some(overrides) = project.get_mut("overrides").map(members) {
        overrides.retain(|_, held| held.as_object().is_some_and(|held| !held.is_empty()));
        if overrides.is_empty() {
            remove(&mut project, "overrides");
        }
    }
    project
}
