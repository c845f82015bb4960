//! One resolver: a project in PostgreSQL gives the answers that it gives in memory, however it is
//! asked, and the commands agree on it.

use flags::domain::key::FeatureKey;
use flags::store::{Scope, Store, basis};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::Value;

use super::kit::Ground;
use crate::answers::{decisions, questions, stored};
use crate::cli::agreement;
use crate::cli::kit::{Place, SHOP};
use crate::project::{document, fill};
use crate::random::{project, without_loose_ends};

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_question_has_the_answer_that_it_has_in_memory(project in project()) {
        let Some(ground) = Ground::new() else {
            return Ok(());
        };
        let project = without_loose_ends(project);
        let store = ground.create();
        fill(&store, project.clone());
        let questions = questions(&project);
        prop_assert_eq!(decisions(&store, &questions), decisions(&stored(&project), &questions));
        // In one trip as in many.
        let keys: Vec<FeatureKey> = project.features.keys().take(2).cloned().collect();
        for scope in [Scope::All, Scope::Features(&keys)] {
            for question in &questions {
                let snapshot = store.snapshot().unwrap();
                let at_once = snapshot.basis(scope, question).unwrap();
                let one_by_one = basis(&*snapshot, scope, question).unwrap();
                prop_assert_eq!(at_once.revision, one_by_one.revision);
                let catalogs = [&at_once, &one_by_one].map(|one| serde_json::to_value(&one.catalog));
                let [ours, theirs] = catalogs.map(Result::unwrap);
                prop_assert_eq!(ours, theirs);
                prop_assert_eq!(at_once.record, one_by_one.record, "{:?}", question);
            }
        }
    }
}

/// Asks about everybody in every way, at the command line.
fn commands_agree(text: &str) {
    let Some(ground) = Ground::new() else {
        return;
    };
    let whole: Value = serde_json::from_str(text).unwrap();
    fill(&ground.create(), serde_json::from_str(text).unwrap());
    let place = Place::elsewhere(&ground.place.to_string());
    agreement::all_agree(&place, &whole, true);
}

#[test]
fn every_way_to_ask_gives_the_same_answer_on_a_real_catalog() {
    commands_agree(SHOP);
}

#[test]
fn every_way_to_ask_gives_the_same_answer_on_one_random_catalog() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let project = agreement::project()
        .new_tree(&mut runner)
        .unwrap()
        .current();
    commands_agree(&project.to_string());
}

#[test]
fn who_is_unknown_is_told_at_once_as_one_by_one() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let store = ground.create();
    fill(
        &store,
        document(
            r#""features": {}, "plans": {}, "organizations": {"acme": {}, "zeta": {}},
            "users": {"ann": {"organizations": ["acme"]}}, "overrides": {}"#,
        ),
    );
    let asked = |user: &str, within: Option<&str>| flags::store::Question::User {
        id: user.parse().unwrap(),
        within: within.map(|id| id.parse().unwrap()),
        targets: Vec::new(),
    };
    let snapshot = store.snapshot().unwrap();
    for question in [
        asked("nobody", None),
        asked("ann", Some("acme")),
        asked("ann", Some("zeta")),
        asked("ann", Some("nowhere")),
    ] {
        let at_once = snapshot.basis(Scope::All, &question).unwrap();
        let one_by_one = basis(&*snapshot, Scope::All, &question).unwrap();
        assert_eq!(at_once.record, one_by_one.record, "{question:?}");
    }
}
