//! Features, plans, settings, audiences.

use flags::domain::catalog::{Revision, Settings};
use flags::domain::change::{Change, replace_audience};
use flags::domain::feature::Feature;
use flags::domain::plan::Plan;
use flags::domain::target::{Audience, Condition, ListId, Members, Serve};
use flags::domain::value::Kind;
use flags::store::{Scope, Store};

use super::a_small_project;
use crate::project::{audience, catalog, held, limit, read, write};

pub(super) fn definitions_read_back_with_the_revision_that_made_them(store: &dyn Store) {
    let (seats, pro) = (read("max_seats"), read("pro"));
    let feature = Feature::new(Kind::Limit);
    write(
        store,
        [
            catalog(store).set_feature(&seats, Some(feature.clone())),
            catalog(store).set_plan(&pro, Some(Plan::default())),
        ],
    );
    write(
        store,
        [catalog(store).set_grant(&pro, &seats, Some(limit(5)))],
    );
    let named = Feature {
        name: Some(read("Seats")),
        ..feature
    };
    write(
        store,
        [catalog(store).set_feature(&seats, Some(named.clone()))],
    );

    let found = catalog(store);
    let (entry, plan) = (&found.features[&seats], &found.plans[&pro]);
    assert_eq!((&entry.feature, entry.revision), (&named, Revision(3)));
    assert_eq!(entry.audience, Audience::default());
    assert_eq!(entry.audience_revision, Revision(1));
    assert_eq!((&plan.plan, plan.revision), (&Plan::default(), Revision(1)));
    let grant = plan.grants[&seats];
    assert_eq!((grant.value, grant.revision), (limit(5), Revision(2)));
}

pub(super) fn an_edit_marks_what_it_touches_and_nothing_else(store: &dyn Store) {
    a_small_project(store);
    let (beta, pro) = (read("beta"), read("pro"));
    let revisions = || {
        let now = catalog(store);
        let (feature, plan) = (&now.features["beta"], &now.plans["pro"]);
        let grant = plan.grants["max_seats"].revision;
        [
            feature.revision,
            feature.audience_revision,
            plan.revision,
            grant,
        ]
        .map(|r| r.0)
    };
    assert_eq!(revisions(), [1, 1, 1, 1]);
    let named = Plan {
        display_name: Some(read("Professional")),
        ..Plan::default()
    };
    write(store, [catalog(store).set_plan(&pro, Some(named))]);
    assert_eq!(revisions(), [1, 1, 2, 1]);
    let added = catalog(store).add_target(&beta, &read("user:bob"), false);
    write(store, added);
    assert_eq!(revisions(), [1, 3, 2, 1]);
    let first = audience(store, "beta").rules[0].clone();
    let taken_out = Change::Rule {
        feature: beta.clone(),
        index: 0,
        before: Some(first),
        after: None,
    };
    write(store, [taken_out]);
    assert_eq!(revisions(), [1, 4, 2, 1]);
    let default = Change::AudienceDefault {
        feature: beta.clone(),
        before: Serve::Off,
        after: Serve::On,
    };
    write(store, [default]);
    assert_eq!(revisions(), [1, 5, 2, 1]);
    let disabled = Feature {
        enabled: false,
        ..Feature::new(Kind::Boolean)
    };
    write(store, [catalog(store).set_feature(&beta, Some(disabled))]);
    assert_eq!(revisions(), [6, 5, 2, 1]);
}

pub(super) fn settings_read_back(store: &dyn Store) {
    assert_eq!(catalog(store).settings, Settings::default());
    let free = read("free");
    let after = Settings {
        default_plan: Some(read("free")),
        max_features: 7,
    };
    write(
        store,
        [
            catalog(store).set_plan(&free, Some(Plan::default())),
            catalog(store).set_settings(after.clone()),
        ],
    );
    assert_eq!(catalog(store).settings, after);
}

pub(super) fn a_scope_reads_its_features_and_every_plan_without_particulars(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let keys = [read("max_seats"), read("unheard_of")];
    let found = snapshot.catalog(Scope::Features(&keys)).unwrap();
    assert_eq!(found.features.keys().collect::<Vec<_>>(), [&keys[0]]);
    assert_eq!(found.settings, catalog(store).settings);
    assert_eq!(found.plans.len(), 2);
    for entry in found.plans.values() {
        assert_eq!(entry.grants.keys().collect::<Vec<_>>(), [&keys[0]]);
        assert_eq!(entry.plan, Plan::default());
    }
}

pub(super) fn an_audience_is_complete(store: &dyn Store) {
    a_small_project(store);
    let found = audience(store, "beta");
    let members = |rule: usize, condition: usize| match &found.rules[rule].when[condition] {
        Condition::OneOf { ids, .. } => ids.clone(),
        other => panic!("{other:?} names nobody"),
    };
    assert_eq!(members(0, 0), Members::from([read("acme"), read("zeta")]));
    assert_eq!(members(0, 1), Members::from([read("w1")]));
    assert_eq!(members(1, 0), Members::from([read("ann"), read("nobody")]));
    assert_eq!(found.rules[2].when, [Condition::Percent(read("12.5"))]);
    assert_eq!(audience(store, "analytics"), Audience::default());

    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.audience(&read("unheard_of")).unwrap(), None);
    let sizes = lists_of(store, "beta").map(|list| snapshot.list_size(list).unwrap());
    assert_eq!(sizes.collect::<Vec<_>>(), [2, 1, 2]);
    assert_eq!(snapshot.list_size(ListId(999)).unwrap(), 0);
}

pub(super) fn a_list_is_found_by_every_target_that_it_names(store: &dyn Store) {
    a_small_project(store);
    let lists: Vec<_> = lists_of(store, "beta").collect();
    assert_eq!(naming(store, "org:acme"), [lists[0]]);
    assert_eq!(naming(store, "workspace:w1"), [lists[1]]);
    assert_eq!(naming(store, "user:ann"), [lists[2]]);
    for nowhere in ["user:acme", "user:ANN", "workspace:ann", "user:an"] {
        assert_eq!(naming(store, nowhere), [], "{nowhere}");
    }

    let key = read("analytics");
    for target in ["user:ann", "user:bob"] {
        let change = catalog(store).add_target(&key, &read(target), false);
        write(store, change);
    }
    let more: Vec<_> = lists_of(store, "analytics").collect();
    assert_eq!(naming(store, "user:ann"), [lists[2], more[0]]);
    assert_eq!(naming(store, "user:bob"), more);
}

pub(super) fn list_numbers_are_never_used_again(store: &dyn Store) {
    a_small_project(store);
    let (key, whole) = (read("beta"), audience(store, "beta"));
    let first: Vec<_> = lists_of(store, "beta").collect();
    write(
        store,
        replace_audience(&key, whole.clone(), Audience::default()),
    );
    assert_eq!(naming(store, "user:ann"), []);
    write(
        store,
        replace_audience(&key, Audience::default(), whole.clone()),
    );
    let second: Vec<_> = lists_of(store, "beta").collect();
    assert!(first.iter().all(|list| !second.contains(list)));
    assert_eq!(audience(store, "beta"), whole);
    assert_eq!(naming(store, "user:ann"), [second[2]]);

    let held = held(store, "user:bob", "beta");
    let gone = catalog(store).delete_feature(&key, whole, [(read("user:bob"), held)]);
    write(store, gone.changes().to_vec());
    write(store, gone.reversed().changes().to_vec());
    let third: Vec<_> = lists_of(store, "beta").collect();
    assert!(
        third
            .iter()
            .all(|list| !first.contains(list) && !second.contains(list))
    );
}

fn naming(store: &dyn Store, target: &str) -> Vec<ListId> {
    let snapshot = store.snapshot().unwrap();
    snapshot.lists_naming(&read(target)).unwrap()
}

/// The numbers of a feature's lists, in the order of its rules and their conditions.
fn lists_of(store: &dyn Store, feature: &str) -> impl Iterator<Item = ListId> {
    let catalog = catalog(store);
    let rules = catalog.features[feature].audience.rules.clone();
    rules
        .into_iter()
        .flat_map(|rule| rule.when)
        .filter_map(|condition| match condition {
            Condition::OneOf { ids, .. } => Some(ids),
            _ => None,
        })
}
