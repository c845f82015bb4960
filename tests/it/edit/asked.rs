//! Random edits: whatever an operator may ask for, possible or not.

use std::collections::BTreeSet;
use std::fmt::Debug;

use flags::domain::overrides::Effect;
use flags::domain::target::{Audience, Target};
use flags::domain::text::Text;
use flags::domain::value::Kind;
use flags::edit::{
    Alter, AlterSet, AssignOrganization, AssignUser, ClearOverrides, DefineFeature, Edit,
    EditFeature, EditSettings, PlanFields, SetGrant, SetOverride, Successor, Word,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::project::read;
use crate::random::{
    feature_key, grant_of_any_kind, kind, organization_id, override_of_any_kind, percent, plan_key,
    rule, subject_id, target, user_id,
};

fn alter<T: Clone + Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Alter<T>> {
    prop_oneof![
        2 => Just(Alter::Leave),
        1 => Just(Alter::Clear),
        2 => value.prop_map(Alter::Put),
    ]
}

fn text<const MAX: usize>() -> impl Strategy<Value = Text<MAX>> {
    select(&["", "Ana", "Best value"]).prop_map(read)
}

fn alter_set<T: Ord + Clone + Debug + 'static>(
    one: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = AlterSet<T>> {
    let some = (btree_set(one.clone(), 0..3), btree_set(one.clone(), 0..3));
    prop_oneof![
        1 => btree_set(one, 0..4).prop_map(AlterSet::Exactly),
        2 => some.prop_map(|(add, remove)| AlterSet::Some { add, remove }),
    ]
}

fn custom() -> impl Strategy<Value = Target> + Clone {
    select(&["workspace:w0", "workspace:w1", "team:w0"]).prop_map(read)
}

fn word() -> impl Strategy<Value = Option<Word>> {
    let word = prop_oneof![
        Just(Word::On),
        Just(Word::Off),
        select(&["0", "5", "unlimited"]).prop_map(read),
    ];
    option::of(word)
}

fn sets() -> impl Strategy<Value = Edit> {
    let fitting =
        || grant_of_any_kind().prop_map(|(key, value)| (key, Some(Word::from(Some(value)))));
    let value = || prop_oneof![3 => fitting(), 1 => (feature_key(), word())];
    let grant = (plan_key(), value(), any::<bool>());
    let over = (subject_id(), override_of_any_kind(), value(), any::<bool>());
    prop_oneof![
        grant.prop_map(|(plan, (feature, value), create)| Edit::SetGrant(SetGrant {
            plan,
            feature,
            value,
            create,
        })),
        (plan_key(), feature_key()).prop_map(|(plan, feature)| Edit::UnsetGrant { plan, feature }),
        over.prop_map(|(subject, (_, over), (feature, value), create)| {
            let value = match over.effect {
                Effect::Grant(_) => value,
                Effect::Revoke => Some(Word::Off),
            };
            Edit::SetOverride(SetOverride {
                subject,
                feature,
                value,
                reason: over.reason,
                starts: over.starts,
                expires: over.expires,
                create,
            })
        }),
        (subject_id(), feature_key())
            .prop_map(|(subject, feature)| Edit::UnsetOverride { subject, feature }),
        (
            option::of(subject_id()),
            vec(feature_key(), 0..3),
            any::<bool>()
        )
            .prop_map(|(subject, features, expired)| Edit::ClearOverrides(
                ClearOverrides {
                    subject,
                    features,
                    expired,
                }
            )),
    ]
}

fn features() -> impl Strategy<Value = Edit> {
    let tag = select(&["beta", "ui", "billing"]).prop_map(read);
    let define = (
        (feature_key(), any::<bool>(), any::<bool>()),
        (option::of(text()), option::of(text()), option::of(text())),
        btree_set(tag.clone(), 0..3),
    );
    let edit = (
        (feature_key(), option::of(any::<bool>())),
        (alter(text()), alter(text()), alter(text())),
        alter_set(tag),
    );
    prop_oneof![
        3 => define.prop_map(|((feature, enabled, other), (name, description, owner), tags)| {
            let kind = match other {
                true => Kind::Boolean,
                false => kind(feature.as_str()),
            };
            Edit::DefineFeature(DefineFeature {
                feature,
                kind,
                enabled,
                name,
                description,
                tags,
                owner,
            })
        }),
        3 => edit.prop_map(|((feature, enabled), (name, description, owner), tags)| {
            Edit::EditFeature(EditFeature {
                feature,
                name,
                description,
                tags,
                owner,
                enabled,
            })
        }),
        1 => feature_key().prop_map(|feature| Edit::EnableFeature { feature }),
        1 => feature_key().prop_map(|feature| Edit::DisableFeature { feature }),
        2 => feature_key().prop_map(|feature| Edit::DeleteFeature { feature }),
    ]
}

fn audiences() -> impl Strategy<Value = Edit> {
    let who = || vec(target(), 0..4);
    let audience = (any::<bool>(), vec(rule(), 0..3)).prop_map(|(all, rules)| Audience {
        rules,
        ..if all {
            Audience::all()
        } else {
            Audience::default()
        }
    });
    prop_oneof![
        1 => feature_key().prop_map(|feature| Edit::TargetAll { feature }),
        1 => feature_key().prop_map(|feature| Edit::TargetNone { feature }),
        2 => (feature_key(), percent())
            .prop_map(|(feature, percent)| Edit::TargetPercent { feature, percent }),
        3 => (feature_key(), who())
            .prop_map(|(feature, targets)| Edit::AddTargets { feature, targets }),
        3 => (feature_key(), who())
            .prop_map(|(feature, targets)| Edit::RemoveTargets { feature, targets }),
        2 => (feature_key(), audience)
            .prop_map(|(feature, audience)| Edit::ReplaceAudience { feature, audience }),
    ]
}

fn plans() -> impl Strategy<Value = Edit> {
    let fields = (
        (plan_key(), option::of(any::<bool>())),
        (alter(text()), alter(text())),
        alter(select(&["0", "9.50"]).prop_map(read)),
        alter(select(&["USD", "EUR"]).prop_map(read)),
        alter(select(&["monthly", "one_time"]).prop_map(read)),
    );
    let fields = fields.prop_map(
        |((plan, default), (display_name, description), price, currency, period)| PlanFields {
            plan,
            display_name,
            description,
            price,
            currency,
            period,
            default,
        },
    );
    let successor = prop_oneof![
        Just(None),
        Just(Some(Successor::None)),
        plan_key().prop_map(|plan| Some(Successor::Plan(plan))),
    ];
    let settings = (alter(plan_key()), option::of(3_u32..12));
    prop_oneof![
        (fields, any::<bool>()).prop_map(|(fields, new)| match new {
            true => Edit::CreatePlan(fields),
            false => Edit::EditPlan(fields),
        }),
        (plan_key(), successor).prop_map(|(plan, successor)| Edit::DeletePlan { plan, successor }),
        settings.prop_map(
            |(default_plan, max_features)| Edit::EditSettings(EditSettings {
                default_plan,
                max_features,
            })
        ),
    ]
}

fn subjects() -> impl Strategy<Value = Edit> {
    let organizations = select(&["o0", "o1", "o2", "o3"]).prop_map(read);
    let user = (
        (user_id(), any::<bool>()),
        (alter(plan_key()), alter(text())),
        (alter_set(organizations), alter_set(custom())),
    );
    let organization = (
        organization_id(),
        (alter(plan_key()), alter(text())),
        alter_set(custom()),
    );
    prop_oneof![
        user.prop_map(
            |((user, create), (plan, email), (organizations, targets))| {
                Edit::AssignUser(AssignUser {
                    user,
                    plan,
                    email,
                    organizations,
                    targets,
                    create,
                })
            }
        ),
        organization.prop_map(|(organization, (plan, name), targets)| {
            Edit::AssignOrganization(AssignOrganization {
                organization,
                plan,
                name,
                targets,
            })
        }),
        user_id().prop_map(|user| Edit::ForgetUser { user }),
        organization_id().prop_map(|organization| Edit::ForgetOrganization { organization }),
    ]
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![sets(), features(), audiences(), plans(), subjects()]
}

/// All the kinds there are, for those who count them.
pub(super) fn names(edits: &[Edit]) -> BTreeSet<String> {
    let names = edits.iter().map(|edit| {
        let edit = serde_json::to_value(edit).unwrap();
        edit["edit"].as_str().unwrap().to_owned()
    });
    names.collect()
}
