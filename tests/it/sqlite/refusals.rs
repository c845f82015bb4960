//! What the rows say no to.

use flags::domain::change::Change;
use flags::domain::overrides::{Effect, Override};
use flags::domain::plan::Plan;
use flags::domain::subject::{Organization, SubjectId, User};
use flags::domain::value::Value;
use flags::store::Store;
use flags::store::sqlite::SqliteStore;

use super::kit::{Home, id, key, new_feature, new_user, write};

fn organization(name: &str, plan: Option<&str>) -> Change {
    Change::Organization {
        id: id(name),
        before: None,
        after: Some(Organization {
            plan: plan.map(|plan| plan.parse().unwrap()),
            ..Organization::default()
        }),
    }
}

fn member(name: &str, of: &str) -> Change {
    Change::User {
        id: id(name),
        before: None,
        after: Some(User {
            organizations: [id(of)].into(),
            ..User::default()
        }),
    }
}

fn override_of(subject: &str, feature: &str) -> Change {
    Change::Override {
        subject: subject.parse().unwrap(),
        feature: key(feature),
        before: None,
        after: Some(Override {
            effect: Effect::Grant(Value::On),
            reason: None,
            starts: None,
            expires: None,
        }),
    }
}

fn new_plan(name: &str) -> Change {
    Change::Plan {
        key: name.parse().unwrap(),
        before: None,
        after: Some(Plan::default()),
    }
}

/// A store in which everything hangs on something.
fn entangled(home: &Home) -> SqliteStore {
    let store = SqliteStore::create(&home.store()).unwrap();
    let changes = [
        new_feature("sso"),
        new_plan("pro"),
        organization("acme", Some("pro")),
        member("u1", "acme"),
        override_of("user:u1", "sso"),
    ];
    write(&store, changes).unwrap();
    store
}

#[test]
fn what_something_hangs_on_is_not_deleted() {
    let home = Home::new();
    let store = entangled(&home);
    for (change, code, says) in [
        (
            new_feature("sso").reversed(),
            "feature_in_use",
            "1 override",
        ),
        (new_plan("pro").reversed(), "plan_in_use", "1 subject"),
        (
            organization("acme", Some("pro")).reversed(),
            "organization_in_use",
            "1 member",
        ),
        (member("u1", "acme").reversed(), "user_in_use", "1 override"),
    ] {
        let refused = write(&store, [change]).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert!(refused.to_string().contains(says), "{refused}");
    }
}

#[test]
fn a_change_names_only_what_is_there() {
    let home = Home::new();
    let store = entangled(&home);
    for (change, code) in [
        (override_of("user:nobody", "sso"), "user_not_found"),
        (override_of("org:nobody", "sso"), "organization_not_found"),
        (override_of("user:u1", "nothing"), "feature_not_found"),
        (member("u2", "nobody"), "organization_not_found"),
        (organization("o2", Some("nothing")), "plan_not_found"),
    ] {
        assert_eq!(write(&store, [change]).unwrap_err().code(), code);
    }
}

#[test]
fn a_change_made_for_other_contents_is_stale() {
    let home = Home::new();
    let store = entangled(&home);
    for change in [
        new_user("u1"),
        new_user("u1").reversed(),
        new_user("u9").reversed(),
        organization("acme", None),
        override_of("user:u1", "sso"),
        override_of("org:acme", "sso").reversed(),
    ] {
        let refused = write(&store, [change.clone()]).unwrap_err();
        assert_eq!(refused.code(), "stale", "{change:?}");
    }
}

#[test]
fn everything_can_be_taken_back_to_nothing() {
    let home = Home::new();
    let store = entangled(&home);
    let snapshot = store.snapshot().unwrap();
    let done = snapshot.changes(snapshot.revision().unwrap()).unwrap();
    drop(snapshot);
    assert_eq!(done.changes().len(), 5);
    write(&store, done.reversed().changes().to_vec()).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.user(&id("u1")).unwrap(), None);
    assert_eq!(snapshot.organization(&id("acme")).unwrap(), None);
    let scope = flags::store::Scope::All;
    let subject = SubjectId::User(id("u1"));
    assert!(snapshot.overrides_of(&subject, scope).unwrap().is_empty());
    let catalog = snapshot.catalog(scope).unwrap();
    assert!(catalog.features.is_empty() && catalog.plans.is_empty());
}

#[test]
fn a_plan_that_takes_another_ones_row_within_a_write_is_not_mistaken_for_it() {
    let home = Home::new();
    let store = SqliteStore::create(&home.store()).unwrap();
    let on = |plan: &str| User {
        plan: Some(plan.parse().unwrap()),
        ..User::default()
    };
    let becomes = |before: Option<User>, after: User| Change::User {
        id: id("u1"),
        before,
        after: Some(after),
    };
    let changes = [
        new_plan("old"),
        becomes(None, on("old")),
        becomes(Some(on("old")), User::default()),
        new_plan("old").reversed(),
        new_plan("new"),
        becomes(Some(User::default()), on("new")),
        becomes(Some(on("new")), User::default()),
        becomes(Some(User::default()), on("new")),
    ];
    write(&store, changes).unwrap();
    let found = store.snapshot().unwrap().user(&id("u1")).unwrap();
    assert_eq!(found, Some(on("new")));
}
