//! Catalogs beyond the usual size, with names alike: what is kept in tables of a size that fits
//! the usual one must answer all the same.

use std::collections::BTreeMap;

use flags::domain::catalog::{Catalog, FeatureEntry, Grant, PlanEntry, Revision, Settings};
use flags::domain::feature::Feature;
use flags::domain::key::FeatureKey;
use flags::domain::overrides::{Effect, Override};
use flags::domain::plan::Plan;
use flags::domain::resolve::{LayerKind, Resolver};
use flags::domain::subject::{Held, Party, SubjectRecord};
use flags::domain::target::{Audience, Condition, ListId, Rule, Serve};
use flags::domain::value::{Kind, Limit, Value};

use crate::project::read;
use crate::random::now;

const FEATURES: u32 = 300;

/// The number of the so-manieth list.
type Numbering = fn(u32) -> ListId;

#[test]
fn answers_are_those_explained_with_more_features_than_a_subject_holds_in_place() {
    assert_answers_as_explained(3, ListId);
}

#[test]
fn answers_are_those_explained_with_as_many_plans_as_are_worked_out_beforehand() {
    assert_answers_as_explained(204, ListId);
}

#[test]
fn answers_are_those_explained_with_more_plans_than_are_worked_out_beforehand() {
    assert_answers_as_explained(205, ListId);
}

#[test]
fn answers_are_those_explained_with_lists_whose_numbers_lie_far_apart() {
    assert_answers_as_explained(3, |number| ListId(7 + 1_000_000 * number));
}

#[test]
fn answers_are_those_explained_with_lists_of_the_highest_numbers() {
    assert_answers_as_explained(3, |number| ListId(u32::MAX - number));
}

fn assert_answers_as_explained(plans: u32, numbering: Numbering) {
    let catalog = catalog(plans, numbering);
    let resolver = Resolver::new(&catalog);
    let mut winners: BTreeMap<LayerKind, usize> = BTreeMap::new();
    for record in records(plans, numbering) {
        let subject = resolver.bind(&record);
        for key in catalog.features.keys() {
            let slot = resolver.slot(key).unwrap();
            assert_eq!(resolver.key(slot), key);
            let decision = resolver.decide(&subject, slot, now());
            let explained = resolver.resolve(&subject, slot, now());
            assert_eq!(
                (decision.answer, decision.winner),
                (explained.answer, explained.winner),
                "{key} for {record:?}"
            );
            *winners.entry(decision.winner).or_default() += 1;
        }
    }
    assert_eq!(winners.len(), 6, "a layer was never asked: {winners:?}");
}

/// Keys that begin and end alike.
fn key(number: u32) -> FeatureKey {
    read(&format!("enterprise_feature_{number:04}_enabled"))
}

fn plan_key(number: u32) -> String {
    format!("plan-{number:04}")
}

fn catalog(plans: u32, numbering: Numbering) -> Catalog {
    let features = (0..FEATURES).map(|number| (key(number), feature(number, numbering)));
    let plans = (0..plans).map(|number| (read(&plan_key(number)), plan(number)));
    Catalog {
        settings: Settings {
            default_plan: Some(read(&plan_key(0))),
            max_features: FEATURES,
        },
        features: features.collect(),
        plans: plans.collect(),
        next_list: 2 * FEATURES,
    }
}

fn kind(number: u32) -> Kind {
    match number % 5 {
        4 => Kind::Limit,
        _ => Kind::Boolean,
    }
}

fn feature(number: u32, numbering: Numbering) -> FeatureEntry {
    let feature = Feature {
        enabled: !number.is_multiple_of(11),
        off_value: if number.is_multiple_of(22) {
            Serve::On
        } else {
            Serve::Off
        },
        ..Feature::new(kind(number))
    };
    FeatureEntry {
        feature,
        audience: audience(number, numbering),
        revision: Revision(1),
        audience_revision: Revision(1),
    }
}

/// By turns: rules that serve the same, that do not, one that asks for two lists, a percentage.
fn audience(number: u32, numbering: Numbering) -> Audience<ListId> {
    let list = |other: u32| Condition::OneOf {
        target_type: read("user"),
        ids: numbering(2 * number + other),
    };
    let rule = |serve, when| Rule {
        id: read("rule"),
        serve,
        when,
    };
    let rules = match (kind(number), number % 7) {
        (Kind::Limit, _) | (_, 0) => Vec::new(),
        (_, 1) => vec![
            rule(Serve::On, vec![list(0)]),
            rule(Serve::On, vec![list(1)]),
        ],
        (_, 2) => vec![rule(Serve::Off, vec![list(0)])],
        (_, 3) => vec![
            rule(Serve::Off, vec![list(0)]),
            rule(Serve::On, vec![list(1)]),
        ],
        (_, 4) => vec![rule(Serve::On, vec![list(0), list(1)])],
        (_, 5) => vec![rule(Serve::NoValue, vec![list(0)])],
        _ => vec![rule(Serve::On, vec![Condition::Percent(read("30"))])],
    };
    let default = if number % 13 == 5 && kind(number) == Kind::Boolean {
        Serve::On
    } else {
        Serve::Off
    };
    Audience { default, rules }
}

/// The caps of limits are more than what is known of features can have numbers of its own for.
fn value(number: u32, cap: u32) -> Value {
    match kind(number) {
        Kind::Boolean => Value::On,
        Kind::Limit => Value::Limit(Limit::new(u64::from(1000 * number + cap)).unwrap()),
    }
}

fn plan(number: u32) -> PlanEntry {
    let granted = (0..FEATURES).filter(|feature| (feature + number).is_multiple_of(3));
    let grant = |feature| Grant {
        value: value(feature, 1 + number),
        revision: Revision(1),
    };
    PlanEntry {
        plan: Plan::default(),
        grants: granted
            .map(|feature| (key(feature), grant(feature)))
            .collect(),
        revision: Revision(1),
    }
}

/// Users and organizations of no plan, of one, and of several, named by none, some and all lists.
fn records(plans: u32, numbering: Numbering) -> Vec<SubjectRecord> {
    let last = plans - 1;
    let of_plans: [(Option<u32>, &[Option<u32>]); 7] = [
        (None, &[]),
        (Some(1), &[]),
        (Some(last), &[]),
        (None, &[Some(last)]),
        (Some(1), &[Some(1), None]),
        (None, &[Some(1), Some(last)]),
        (Some(last), &[Some(1), Some(0)]),
    ];
    let listed = [0, 1, 3, 151].map(|step| lists(step, numbering));
    let of_lists = of_plans
        .iter()
        .flat_map(|of| listed.iter().map(move |lists| (of, lists)));
    of_lists
        .map(|((own, shared), lists)| {
            let shared = (0u32..).zip(*shared);
            SubjectRecord {
                user: Some(party("user", 0, *own)),
                organizations: shared
                    .map(|(n, plan)| party("organization", n + 1, *plan))
                    .collect(),
                lists: lists.iter().copied().collect(),
            }
        })
        .collect()
}

/// Each `step`-th list, of the number 0 none.
fn lists(step: usize, numbering: Numbering) -> Vec<ListId> {
    let all = (0..2 * FEATURES).map(numbering);
    match step {
        0 => Vec::new(),
        step => all.step_by(step).collect(),
    }
}

/// Somebody with an override of each twentieth feature.
fn party(what: &str, number: u32, plan: Option<u32>) -> Party {
    let overridden = (0..FEATURES).filter(|feature| feature % 20 == number);
    let effect = |feature: u32| match feature % 40 {
        0..20 => Effect::Grant(value(feature, 77)),
        _ => Effect::Revoke,
    };
    let held = |feature| Held {
        over: Override {
            effect: effect(feature),
            reason: None,
            starts: None,
            expires: None,
        },
        revision: Revision(1),
    };
    Party {
        id: Some(read(&format!("{what}_{number}"))),
        plan: plan.map(|plan| read(&plan_key(plan))),
        overrides: overridden
            .map(|feature| (key(feature), held(feature)))
            .collect(),
    }
}
