//! From any project to any other: changes of which every store carries out each in turn.

use std::collections::BTreeMap;

use flags::domain::document::Document;
use flags::domain::steps::{Steps, steps};
use flags::domain::wanted::Wanted;
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Parts, Store, export};
use proptest::prelude::*;

use crate::project::{author, document, try_write};
use crate::random;

fn whole(store: &dyn Store) -> Document {
    let parts = Parts {
        subjects: true,
        overrides: true,
    };
    export(&*store.snapshot().unwrap(), parts).unwrap()
}

fn holding(project: &Document) -> MemoryStore {
    MemoryStore::from_document(project.clone()).unwrap()
}

/// Goes the way in a store, and tells what the store holds then.
fn arrived(store: &dyn Store, from: &Document, wanted: &Wanted, prune: bool) -> (Steps, Document) {
    let way = steps(from, wanted, prune);
    store
        .update(&author(), &mut |_| Ok(way.changes.clone()))
        .unwrap_or_else(|refused| panic!("{refused}\n{:#?}", way.changes));
    (way, whole(store))
}

/// A file that names all of one project, in a place where there is another: what both define is of
/// one kind, since the random kinds hang on the names; there is room for all.
fn roomy(mut project: Document) -> Document {
    project.settings.max_features = 60;
    project
}

fn has_all<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    whole: &BTreeMap<K, V>,
    part: &BTreeMap<K, V>,
) -> bool {
    part.iter()
        .all(|(key, value)| whole.get(key) == Some(value))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn with_prune_any_project_becomes_exactly_any_other(
        from in random::project(),
        to in random::project(),
    ) {
        let wanted = Wanted::from(to.clone());
        let store = holding(&from);
        let (way, there) = arrived(&store, &from, &wanted, true);
        prop_assert!(way.kept.is_empty());
        prop_assert_eq!(&there, &to);
        let again = steps(&there, &wanted, true);
        prop_assert!(again.changes.is_empty(), "{:?}", again.changes);
        // Backwards, as an undo goes it.
        let back = way.changes.reversed();
        store.update(&author(), &mut |_| Ok(back.clone())).unwrap();
        prop_assert_eq!(whole(&store), from);
    }

    #[test]
    fn without_prune_everything_wanted_is_there_and_nothing_has_gone(
        from in random::project(),
        to in random::project(),
    ) {
        let (from, to) = (roomy(from), roomy(to));
        let wanted = Wanted::from(to.clone());
        let (way, there) = arrived(&holding(&from), &from, &wanted, false);
        prop_assert!(!way.changes.deletes());
        prop_assert!(has_all(&there.features, &to.features));
        prop_assert!(has_all(&there.organizations, &to.organizations));
        prop_assert!(has_all(&there.users, &to.users));
        for (key, plan) in &to.plans {
            let (wanted, grants) = plan.clone().into_parts();
            let (found, granted) = there.plans[key].clone().into_parts();
            prop_assert_eq!(found, wanted);
            prop_assert!(has_all(&granted, &grants));
        }
        for (subject, held) in &to.overrides {
            prop_assert!(has_all(&there.overrides[subject], held));
        }
        for (keys, kept) in [
            (from.features.keys().filter(|key| !to.features.contains_key(*key)).count(), way.kept.features.len()),
            (from.plans.keys().filter(|key| !to.plans.contains_key(*key)).count(), way.kept.plans.len()),
            (from.users.keys().filter(|id| !to.users.contains_key(*id)).count(), usize::try_from(way.kept.users).unwrap()),
        ] {
            prop_assert_eq!(keys, kept);
        }
        prop_assert!(from.features.keys().all(|key| there.features.contains_key(key)));
        let again = steps(&there, &wanted, false);
        prop_assert!(again.changes.is_empty(), "{:?}", again.changes);
    }

    #[test]
    fn a_part_that_is_not_wanted_is_not_touched(from in random::project(), to in random::project()) {
        let (from, to) = (roomy(from), roomy(to));
        let wanted = Wanted {
            features: Some(to.features.clone()),
            ..Wanted::default()
        };
        let (_, there) = arrived(&holding(&from), &from, &wanted, false);
        prop_assert_eq!(
            (there.settings, there.plans, there.users, there.organizations, there.overrides),
            (from.settings, from.plans, from.users, from.organizations, from.overrides)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_store_on_disk_goes_the_same_way(from in random::project(), to in random::project()) {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        let empty = Document::empty();
        let (_, there) = arrived(&store, &empty, &Wanted::from(from.clone()), false);
        prop_assert_eq!(&there, &from);
        let (_, there) = arrived(&store, &from, &Wanted::from(to.clone()), true);
        prop_assert_eq!(there, to);
    }
}

#[test]
fn one_name_more_on_a_list_is_one_change_however_long_the_list_is() {
    let listed = |ids: &[&str]| {
        let ids = serde_json::to_string(ids).unwrap();
        document(&format!(
            r#""features": {{"sso": {{"type": "boolean", "targeting": {{"default": false, "rules": [
                {{"id": "r", "serve": true, "when": [{{"one_of": {{"type": "user", "ids": {ids}}}}}]}}
            ]}}}}}}"#
        ))
    };
    let (from, to) = (listed(&["a", "b", "c"]), listed(&["a", "c", "d"]));
    let (way, there) = arrived(&holding(&from), &from, &Wanted::from(to.clone()), true);
    assert_eq!(there, to);
    assert_eq!(way.changes.changes().len(), 2, "{:?}", way.changes);
}

#[test]
fn who_goes_takes_overrides_and_names_along_unless_the_rules_are_spoken_of() {
    let from = document(
        r#""features": {"sso": {"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "r", "serve": true, "when": [{"one_of": {"type": "user", "ids": ["u1", "u2"]}}]}
        ]}}},
        "users": {"u1": {}, "u2": {}},
        "overrides": {"user:u1": {"sso": {"grant": true}}, "user:u2": {"sso": {"grant": true}}}"#,
    );
    let wanted = Wanted {
        users: Some(BTreeMap::from([(
            "u2".parse().unwrap(),
            Default::default(),
        )])),
        ..Wanted::default()
    };
    let (_, there) = arrived(&holding(&from), &from, &wanted, true);
    let named = serde_json::to_string(&there.features).unwrap();
    assert!(named.contains(r#"["u2"]"#), "{named}");
    assert_eq!(there.overrides.len(), 1);
    assert!(steps(&from, &wanted, false).changes.is_empty());
    let store = holding(&from);
    let nothing = steps(&from, &Wanted::default(), true);
    assert!(try_write(&store, nothing.changes.changes().to_vec()).is_ok());
    assert_eq!(whole(&store), from);
}
