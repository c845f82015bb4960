//! The laws of resolution, on random projects.

use std::collections::BTreeMap;

use flags::domain::catalog::Settings;
use flags::domain::change::Change;
use flags::domain::document::{Document, FeatureDocument, PlanDocument};
use flags::domain::finding::{Finding, Via};
use flags::domain::key::FeatureKey;
use flags::domain::overrides::{Effect, Override, Standing};
use flags::domain::resolve::{LAYERS, LayerKind, Resolver};
use flags::domain::subject::SubjectId;
use flags::domain::target::{Audience, Condition, Id, Percent, Serve};
use flags::domain::value::{Kind, Limit, Value};
use flags::store::memory::MemoryStore;
use flags::store::{Question, Scope, Store, gather};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::answers::{answers, decisions, each_answer, parties, questions, stored};
use crate::oracle;
use crate::project::{everything, try_write};
use crate::random::{now, percent, plan_key, project, value as value_of};

fn config() -> Config {
    Config {
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_resolver_answers_what_the_description_of_the_order_says(project in project()) {
        each_answer(&stored(&project), &questions(&project), |question, key, found, _| {
            let expected = oracle::expected(&project, question, key, now());
            assert_eq!((found.answer, found.winner), expected, "{key} for {question:?}");
        });
    }

    #[test]
    fn an_explanation_agrees_with_the_answer_and_the_strongest_layer_wins(project in project()) {
        each_answer(&stored(&project), &questions(&project), |_, key, decision, found| {
            assert_eq!((found.answer, found.winner), (decision.answer, decision.winner));
            assert_eq!(found.key, key);
            let kinds: Vec<_> = found.layers.iter().map(|layer| layer.kind).collect();
            assert_eq!(kinds, LAYERS);
            let answering = found.layers.iter().find(|layer| layer.finding.answer().is_some());
            let strongest = answering.unwrap();
            assert_eq!(strongest.kind, found.winner);
            assert_eq!(strongest.finding.answer(), Some(found.answer));
        });
    }

    #[test]
    fn an_answer_has_the_kind_of_its_feature(project in project()) {
        each_answer(&stored(&project), &questions(&project), |_, _, _, found| {
            assert!(found.answer.is_none_or(|value| value.kind() == found.kind));
        });
    }

    #[test]
    fn the_order_of_definition_never_matters(
        (project, parts) in project().prop_flat_map(|project| {
            let parts = Just(parts(&project)).prop_shuffle();
            (Just(project), parts)
        })
    ) {
        let store = MemoryStore::new();
        let mut waiting = parts;
        while !waiting.is_empty() {
            let before = waiting.len();
            // What refers to something that is not there yet waits for the next round.
            waiting.retain(|part| try_write(&store, part.clone()).is_err());
            assert!(waiting.len() < before, "{waiting:?}");
        }
        assert_eq!(everything(&store), project);
        let questions = questions(&project);
        assert_eq!(decisions(&store, &questions), decisions(&stored(&project), &questions));
    }

    #[test]
    fn the_order_of_organizations_never_matters(project in project()) {
        let store = stored(&project);
        let snapshot = store.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        let resolver = Resolver::new(&catalog);
        for question in questions(&project) {
            let record = gather(&*snapshot, &catalog, Scope::All, &question).unwrap();
            let mut turned = record.clone();
            turned.organizations.reverse();
            let (subject, turned) = (resolver.bind(&record), resolver.bind(&turned));
            for slot in resolver.slots() {
                let found = resolver.decide(&turned, slot, now());
                assert_eq!(found, resolver.decide(&subject, slot, now()));
            }
        }
    }

    #[test]
    fn a_users_override_that_stands_beats_all_but_the_switch(project in project()) {
        each_answer(&stored(&project), &questions(&project), |question, key, found, _| {
            let (user, _) = parties(&project, question);
            let own = user.and_then(|id| standing(&project, &SubjectId::User(id), key));
            match own {
                Some(effect) if enabled(&project, key) => {
                    assert_eq!(found.winner, LayerKind::UserOverride);
                    assert_eq!(found.answer, effect.answer());
                }
                _ => assert_ne!(found.winner, LayerKind::UserOverride),
            }
        });
    }

    #[test]
    fn among_organizations_the_most_generous_override_wins_and_a_revoke_only_without_grants(
        project in project(),
    ) {
        each_answer(&stored(&project), &questions(&project), |question, key, found, _| {
            let (_, organizations) = parties(&project, question);
            let effects = organizations.iter().filter_map(|id| standing(&project, id, key));
            let granted = effects.clone().filter_map(Effect::answer).max();
            if found.winner == LayerKind::OrganizationOverride {
                assert!(effects.count() > 0);
                assert_eq!(found.answer, granted);
            } else if effects.count() > 0 {
                assert!(found.winner < LayerKind::OrganizationOverride);
            }
        });
    }

    #[test]
    fn an_override_that_does_not_stand_answers_like_none(project in project()) {
        let mut without = project.clone();
        for of_subject in without.overrides.values_mut() {
            of_subject.retain(|_, over| over.standing(now()) == Standing::Active);
        }
        let questions = questions(&project);
        assert_eq!(
            decisions(&stored(&without), &questions),
            decisions(&stored(&project), &questions)
        );
    }

    #[test]
    fn raising_a_limit_takes_nothing_away(
        project in project(), which in any::<Index>(), by in 1_u64..9,
    ) {
        let raised = with_one_value(&project, which, |value| match value {
            Value::On => Value::On,
            Value::Limit(cap) => {
                let more = Limit::new(cap.get() + by).unwrap_or(Limit::UNLIMITED);
                Value::Limit(more)
            }
        });
        let questions = questions(&project);
        let before = answers(&project, &questions);
        for (asked, answer) in answers(&raised, &questions) {
            assert!(answer >= before[&asked], "{asked:?}");
        }
    }

    #[test]
    fn a_disabled_feature_serves_everybody_its_off_value(project in project(), which in any::<Index>()) {
        let key = which.get(&project.features.keys().cloned().collect::<Vec<_>>()).clone();
        let mut disabled = project.clone();
        let (mut feature, audience) = project.features[&key].clone().into_parts();
        feature.enabled = false;
        let served = (feature.off_value == Serve::On).then_some(Value::On);
        disabled.features.insert(key.clone(), FeatureDocument::new(feature, audience));
        let questions = questions(&project);
        let before = answers(&project, &questions);
        for (asked, answer) in answers(&disabled, &questions) {
            let expected = if asked.1 == key { served } else { before[&asked] };
            assert_eq!(answer, expected, "{asked:?}");
        }
    }

    /// A grant never switches off what was on, and taking it away never switches on. Yet for a
    /// limit, one who had nothing at the grant's level (own plan, organizations' plans, default
    /// plan) had the answer of a farther level, and the new grant hides that one, be it larger.
    #[test]
    fn a_new_grant_lowers_a_limit_only_where_it_hides_a_farther_plan(
        project in project(), plan in plan_key(), feature in any::<Index>(), cap in 0_u64..9,
    ) {
        let features: Vec<_> = project.features.keys().cloned().collect();
        let key = feature.get(&features);
        let (mut with, mut without) = (project.clone(), project.clone());
        let (definition, mut grants) = project.plans.get(&plan).cloned().unwrap_or_default().into_parts();
        grants.remove(key);
        without.plans.insert(plan.clone(), PlanDocument::new(definition.clone(), grants.clone()));
        let value = value_of(&key.to_string(), Limit::new(cap).unwrap());
        grants.insert(key.clone(), value);
        with.plans.insert(plan.clone(), PlanDocument::new(definition, grants));

        let questions = questions(&without);
        let mut before = Vec::new();
        each_answer(&stored(&without), &questions, |_, _, found, long| {
            before.push((found, level(&long.layers[4].finding)));
        });
        let mut before = before.into_iter();
        each_answer(&stored(&with), &questions, |question, asked, found, long| {
            let (was, level_before) = before.next().unwrap();
            if asked != key {
                return assert_eq!(found, was);
            }
            assert!(found.answer.is_some() || was.answer.is_none(), "{question:?}");
            if found.answer < was.answer {
                assert_eq!(found.answer, Some(value));
                assert!(level(&long.layers[4].finding) < level_before, "{question:?}");
            }
            if found.answer != was.answer {
                assert_eq!(found.winner, LayerKind::Plan);
            }
        });
    }

    #[test]
    fn a_growing_percentage_keeps_everybody(
        project in project(), small in percent(), large in percent(),
    ) {
        let (small, large) = (small.min(large), small.max(large));
        let questions = questions(&project);
        let before = answers(&with_shares(&project, small), &questions);
        for (asked, answer) in answers(&with_shares(&project, large), &questions) {
            assert!(answer >= before[&asked], "{asked:?}");
        }
    }

    #[test]
    fn astapas_four_steps_give_the_same_features(project in project()) {
        let project = as_in_astapa(project);
        let store = stored(&project);
        for id in project.users.keys() {
            let question = Question::User { id: id.clone(), within: None, targets: Vec::new() };
            let mut features = BTreeMap::new();
            each_answer(&store, &[question], |_, key, found, _| {
                features.extend(found.answer.map(|value| (key.clone(), value)));
            });
            assert_eq!(features, astapa_features(&project, id));
        }
    }

    #[test]
    fn an_export_reads_back_as_the_same_project_with_the_same_answers(project in project()) {
        let store = stored(&project);
        let export = everything(&store);
        assert_eq!(export, project);
        let text = serde_json::to_string(&export).unwrap();
        let again = MemoryStore::from_document(serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(everything(&again), export);
        assert_eq!(serde_json::to_string(&everything(&again)).unwrap(), text);
        let questions = questions(&project);
        assert_eq!(decisions(&again, &questions), decisions(&store, &questions));
    }
}

/// The laws would hold for projects in which nothing happens.
#[test]
fn random_projects_have_answers_of_every_layer_and_kind() {
    let mut runner = TestRunner::deterministic();
    let mut won = BTreeMap::new();
    for _ in 0..200 {
        let project = project().new_tree(&mut runner).unwrap().current();
        each_answer(
            &stored(&project),
            &questions(&project),
            |_, _, found, long| {
                let sort = match found.answer {
                    None => "off",
                    Some(_) if long.kind == Kind::Limit => "number",
                    Some(_) => "on",
                };
                *won.entry((found.winner, sort)).or_insert(0) += 1;
            },
        );
    }
    let sorts: Vec<_> = won.keys().map(|(layer, sort)| (*layer, *sort)).collect();
    let overridden = |layer| ["number", "off", "on"].map(|sort| (layer, sort));
    let mut expected = vec![(LayerKind::Switch, "off"), (LayerKind::Switch, "on")];
    expected.extend(overridden(LayerKind::UserOverride));
    expected.extend(overridden(LayerKind::OrganizationOverride));
    expected.extend([(LayerKind::Targeting, "off"), (LayerKind::Targeting, "on")]);
    expected.extend([(LayerKind::Plan, "number"), (LayerKind::Plan, "on")]);
    expected.push((LayerKind::Default, "off"));
    assert_eq!(sorts, expected);
    assert!(won.values().all(|times| *times >= 50), "{won:?}");
}

fn enabled(project: &Document, key: &FeatureKey) -> bool {
    project.features[key].clone().into_parts().0.enabled
}

fn standing(project: &Document, subject: &SubjectId, key: &FeatureKey) -> Option<Effect> {
    let over = project.overrides.get(subject)?.get(key)?;
    (over.standing(now()) == Standing::Active).then_some(over.effect)
}

/// How far away the plan is that grants: own, an organization's, the default one, none.
fn level(finding: &Finding<'_>) -> u8 {
    match finding {
        Finding::Granted { via, .. } => match via {
            Via::User => 0,
            Via::Organization(_) => 1,
            Via::Default => 2,
        },
        _ => 3,
    }
}

/// The changes that make up a project, in parts that can be written in any order.
fn parts(project: &Document) -> Vec<Vec<Change>> {
    let mut parts: Vec<Vec<Change>> = vec![vec![Change::Settings {
        before: Settings::default(),
        after: project.settings.clone(),
    }]];
    for change in project.clone().into_changes().changes() {
        match change {
            Change::Settings { .. } => {}
            // An audience follows its feature, rule by rule.
            Change::AudienceDefault { .. } | Change::Rule { .. } => {
                parts.last_mut().unwrap().push(change.clone());
            }
            _ => parts.push(vec![change.clone()]),
        }
    }
    parts
}

/// The project with one of the values that its plans and overrides grant exchanged.
fn with_one_value(project: &Document, which: Index, change: impl Fn(Value) -> Value) -> Document {
    let mut project = project.clone();
    let mut places = 0;
    let wanted = which.index(64);
    for plan in project.plans.values_mut() {
        let (definition, mut grants) = plan.clone().into_parts();
        for value in grants.values_mut() {
            if places % 8 == wanted % 8 {
                *value = change(*value);
            }
            places += 1;
        }
        *plan = PlanDocument::new(definition, grants);
    }
    for over in project
        .overrides
        .values_mut()
        .flat_map(|held| held.values_mut())
    {
        if let Effect::Grant(value) = over.effect
            && places % 8 == wanted / 8
        {
            over.effect = Effect::Grant(change(value));
        }
        places += 1;
    }
    project
}

/// The project with every share exchanged for this one, and rules that only give: a share that
/// takes away must not grow, if everybody is to keep what they have.
fn with_shares(project: &Document, share: Percent) -> Document {
    let mut project = project.clone();
    for feature in project.features.values_mut() {
        let (definition, mut audience) = feature.clone().into_parts();
        for rule in &mut audience.rules {
            rule.serve = Serve::On;
            for condition in &mut rule.when {
                if let Condition::Percent(found) = condition {
                    *found = share;
                }
            }
        }
        *feature = FeatureDocument::new(definition, audience);
    }
    project
}

/// The project with nothing in it that Astapa does not have.
fn as_in_astapa(mut project: Document) -> Document {
    project.settings.default_plan = None;
    project.organizations.clear();
    for user in project.users.values_mut() {
        user.organizations.clear();
    }
    for feature in project.features.values_mut() {
        let (mut definition, _) = feature.clone().into_parts();
        definition.enabled = true;
        *feature = FeatureDocument::new(definition, Audience::default());
    }
    project
        .overrides
        .retain(|subject, _| matches!(subject, SubjectId::User(_)));
    for over in project
        .overrides
        .values_mut()
        .flat_map(|held| held.values_mut())
    {
        *over = Override {
            starts: None,
            expires: None,
            ..over.clone()
        };
    }
    project
}

/// Astapa's contract page, *Rules*: read the user's plan, take that plan's features, apply the
/// user's overrides (grant or revoke); the merged result is the token's `features`.
fn astapa_features(project: &Document, user: &Id) -> BTreeMap<FeatureKey, Value> {
    let plan = project.users[user].plan.clone();
    let plan = plan.map(|plan| project.plans[&plan].clone());
    let mut features = plan.unwrap_or_default().into_parts().1;
    let overrides = project.overrides.get(&SubjectId::User(user.clone()));
    for (key, over) in overrides.into_iter().flatten() {
        match over.effect {
            Effect::Grant(value) => features.insert(key.clone(), value),
            Effect::Revoke => features.remove(key),
        };
    }
    features
}
