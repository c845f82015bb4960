//! Random projects: small enough that everything meets everything, and valid.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use flags::domain::catalog::Settings;
use flags::domain::document::{Document, FeatureDocument, PlanDocument};
use flags::domain::feature::Feature;
use flags::domain::key::{FeatureKey, PlanKey};
use flags::domain::overrides::{Effect, Override};
use flags::domain::plan::Plan;
use flags::domain::subject::{Organization, SubjectId, User};
use flags::domain::target::{Audience, Condition, Id, Members, Percent, Rule, Serve, Target};
use flags::domain::text::Name;
use flags::domain::time::Time;
use flags::domain::value::{Kind, Limit, Value};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::project::read;

/// Boolean features begin with `b`, limits with `l`.
const FEATURES: [&str; 7] = ["b0", "b1", "b2", "b3", "l0", "l1", "l2"];
const PLANS: [&str; 4] = ["p0", "p1", "p2", "p3"];
const ORGANIZATIONS: [&str; 4] = ["o0", "o1", "o2", "o3"];
const USERS: [&str; 5] = ["u0", "u1", "u2", "u3", "u4"];
const SUBJECTS: [&str; 9] = [
    "user:u0", "user:u1", "user:u2", "user:u3", "user:u4", "org:o0", "org:o1", "org:o2", "org:o3",
];
/// What a rule may name.
const TARGETS: [&str; 5] = [
    "workspace:w0",
    "workspace:w1",
    "team:w0",
    "user:u1",
    "org:o1",
];
/// What a subject may bring along: never another subject.
const CUSTOM: [&str; 3] = ["workspace:w0", "workspace:w1", "team:w0"];
const NAMED: [(&str, &[&str]); 4] = [
    ("user", &["u0", "u1", "u2", "u3", "ghost"]),
    ("organization", &["o0", "o1", "o2", "ghost"]),
    ("workspace", &["w0", "w1", "w2"]),
    ("team", &["w0", "u0"]),
];

/// The moment that questions are asked about; overrides begin and end around it.
pub(crate) fn now() -> Time {
    Time::from_unix(1_800_000_000).unwrap()
}

pub(crate) fn kind(feature: &str) -> Kind {
    match feature.as_bytes()[0] {
        b'l' => Kind::Limit,
        _ => Kind::Boolean,
    }
}

fn one<T: FromStr<Err: std::fmt::Debug> + std::fmt::Debug>(
    names: &'static [&'static str],
) -> impl Strategy<Value = T> {
    select(names).prop_map(read)
}

pub(crate) fn feature_key() -> impl Strategy<Value = FeatureKey> {
    one(&FEATURES)
}

pub(crate) fn plan_key() -> impl Strategy<Value = PlanKey> {
    one(&PLANS)
}

pub(crate) fn user_id() -> impl Strategy<Value = Id> {
    one(&USERS)
}

pub(crate) fn organization_id() -> impl Strategy<Value = Id> {
    one(&ORGANIZATIONS)
}

pub(crate) fn subject_id() -> impl Strategy<Value = SubjectId> {
    one(&SUBJECTS)
}

pub(crate) fn target() -> impl Strategy<Value = Target> {
    one(&TARGETS)
}

fn any_name() -> impl Strategy<Value = Name> {
    vec(any::<char>(), 0..5).prop_map(|chars| read(&chars.into_iter().collect::<String>()))
}

fn cap() -> impl Strategy<Value = Limit> {
    prop_oneof![8 => (0_u64..6).prop_map(|n| Limit::new(n).unwrap()), 1 => Just(Limit::UNLIMITED)]
}

/// A value that fits the kind of the feature.
pub(crate) fn value(feature: &str, cap: Limit) -> Value {
    match kind(feature) {
        Kind::Boolean => Value::On,
        Kind::Limit => Value::Limit(cap),
    }
}

pub(crate) fn grant_of_any_kind() -> impl Strategy<Value = (FeatureKey, Value)> {
    (feature_key(), cap()).prop_map(|(feature, cap)| {
        let value = value(&feature.to_string(), cap);
        (feature, value)
    })
}

pub(crate) fn percent() -> impl Strategy<Value = Percent> {
    let hundredths = prop_oneof![Just(0_u32), Just(10_000), 0..=10_000_u32];
    hundredths.prop_map(|n| read(&format!("{}.{:02}", n / 100, n % 100)))
}

fn condition() -> impl Strategy<Value = Condition<Members>> {
    let naming = select(&NAMED).prop_flat_map(|(target_type, ids)| {
        let ids = btree_set(one::<Id>(ids), 0..4);
        ids.prop_map(move |ids| Condition::OneOf {
            target_type: read(target_type),
            ids,
        })
    });
    prop_oneof![
        6 => naming,
        3 => percent().prop_map(Condition::Percent),
        1 => Just(Condition::Unsupported(read("semver"))),
    ]
}

fn serve() -> impl Strategy<Value = Serve> {
    prop_oneof![4 => Just(Serve::On), 3 => Just(Serve::Off), 1 => Just(Serve::NoValue)]
}

pub(crate) fn rule() -> impl Strategy<Value = Rule<Members>> {
    let when = prop_oneof![1 => vec(condition(), 0..1), 9 => vec(condition(), 1..3)];
    (any_name(), serve(), when).prop_map(|(id, serve, when)| Rule { id, serve, when })
}

fn audience() -> impl Strategy<Value = Audience<Members>> {
    let default =
        prop_oneof![1 => Just(Serve::On), 4 => Just(Serve::Off), 1 => Just(Serve::NoValue)];
    (default, vec(rule(), 0..4)).prop_map(|(default, rules)| Audience { default, rules })
}

fn feature() -> impl Strategy<Value = FeatureDocument> {
    let definition = (option::of(any_name()), prop::bool::weighted(0.85), serve());
    (definition, audience()).prop_map(|((name, enabled, off_value), audience)| {
        let feature = Feature {
            name,
            enabled,
            off_value,
            ..Feature::new(Kind::Boolean)
        };
        FeatureDocument::new(feature, audience)
    })
}

/// The feature as one that fits its key: what limits cannot have is taken off.
fn fitting(key: &FeatureKey, document: FeatureDocument) -> FeatureDocument {
    let (mut feature, audience) = document.into_parts();
    match kind(&key.to_string()) {
        Kind::Boolean => FeatureDocument::new(feature, audience),
        Kind::Limit => {
            feature.kind = Kind::Limit;
            feature.off_value = Serve::Off;
            FeatureDocument::new(feature, Audience::default())
        }
    }
}

fn plan() -> impl Strategy<Value = PlanDocument> {
    let price = option::of(select(&["0", "9.50", "29.00"]).prop_map(read));
    let grants = vec(grant_of_any_kind(), 0..8);
    (option::of(any_name()), price, grants).prop_map(|(display_name, price, grants)| {
        let plan = Plan {
            display_name,
            price,
            ..Plan::default()
        };
        PlanDocument::new(plan, grants.into_iter().collect())
    })
}

fn targets() -> impl Strategy<Value = BTreeSet<Target>> {
    btree_set(one(&CUSTOM), 0..3)
}

pub(crate) fn organization() -> impl Strategy<Value = Organization> {
    (option::of(any_name()), option::of(plan_key()), targets()).prop_map(|(name, plan, targets)| {
        Organization {
            name,
            plan,
            targets,
        }
    })
}

pub(crate) fn user() -> impl Strategy<Value = User> {
    let organizations = btree_set(organization_id(), 0..4);
    (
        option::of(any_name()),
        option::of(plan_key()),
        organizations,
        targets(),
    )
        .prop_map(|(email, plan, organizations, targets)| User {
            email,
            plan,
            organizations,
            targets,
        })
}

fn moment() -> impl Strategy<Value = Option<Time>> {
    let near = select(&[-1_000_000, -1, 0, 1, 1_000_000]);
    option::of(near.prop_map(|seconds| now().after(seconds).unwrap()))
}

/// An override of a feature, from before, at or after the moment asked about.
pub(crate) fn override_of_any_kind() -> impl Strategy<Value = (FeatureKey, Override)> {
    let effect = (prop::bool::weighted(0.6), grant_of_any_kind());
    let reason = option::weighted(0.2, any_name());
    (effect, reason, moment(), moment()).prop_map(|((grants, (feature, value)), why, from, to)| {
        let over = Override {
            effect: if grants {
                Effect::Grant(value)
            } else {
                Effect::Revoke
            },
            reason: why.map(|why| read(&why)),
            starts: from,
            expires: to,
        };
        let lasting = |over: Override| Override {
            expires: None,
            ..over
        };
        let over = over.clone().checked().unwrap_or_else(|_| lasting(over));
        (feature, over)
    })
}

/// A whole project in which everything that is named exists.
pub(crate) fn project() -> impl Strategy<Value = Document> {
    (
        (option::of(plan_key()), 7_u32..60),
        btree_map(feature_key(), feature(), 3..12),
        btree_map(plan_key(), plan(), 0..8),
        btree_map(organization_id(), organization(), 0..8),
        btree_map(user_id(), user(), 1..8),
        vec((subject_id(), override_of_any_kind()), 0..40),
    )
        .prop_map(
            |(settings, features, plans, organizations, users, overrides)| {
                let mut held: BTreeMap<SubjectId, BTreeMap<FeatureKey, Override>> = BTreeMap::new();
                for (subject, (feature, over)) in overrides {
                    held.entry(subject).or_default().insert(feature, over);
                }
                let features = features.into_iter();
                let project = Document {
                    settings: Settings {
                        default_plan: settings.0,
                        max_features: settings.1,
                    },
                    features: features
                        .map(|(key, found)| (key.clone(), fitting(&key, found)))
                        .collect(),
                    plans,
                    organizations,
                    users,
                    overrides: held,
                    ..Document::empty()
                };
                without_loose_ends(project)
            },
        )
}

/// Takes off whatever names what is not there.
pub(crate) fn without_loose_ends(mut project: Document) -> Document {
    let (features, plans) = (project.features.clone(), project.plans.clone());
    let is_there = |plan: &PlanKey| plans.contains_key(plan);
    project.settings.default_plan = project.settings.default_plan.filter(is_there);
    for plan in project.plans.values_mut() {
        let (definition, mut grants) = plan.clone().into_parts();
        grants.retain(|feature, _| features.contains_key(feature));
        *plan = PlanDocument::new(definition, grants);
    }
    for organization in project.organizations.values_mut() {
        organization.plan = organization.plan.take().filter(is_there);
    }
    let organizations = project.organizations.clone();
    for user in project.users.values_mut() {
        user.plan = user.plan.take().filter(is_there);
        user.organizations
            .retain(|id| organizations.contains_key(id));
    }
    let users = project.users.clone();
    for of_subject in project.overrides.values_mut() {
        of_subject.retain(|feature, _| features.contains_key(feature));
    }
    project.overrides.retain(|subject, held| {
        let known = match subject {
            SubjectId::User(id) => users.contains_key(id),
            SubjectId::Organization(id) => organizations.contains_key(id),
        };
        known && !held.is_empty()
    });
    project
}
