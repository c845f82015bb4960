//! What an edit says, done to a document in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use flags::domain::document::{Document, FeatureDocument, PlanDocument};
use flags::domain::feature::Feature;
use flags::domain::key::{FeatureKey, PlanKey};
use flags::domain::overrides::{Effect, Override, Standing};
use flags::domain::plan::Plan;
use flags::domain::subject::SubjectId;
use flags::domain::target::{Audience, Condition, Id, Members, Rule, Serve, Target};
use flags::domain::value::{Kind, Value};
use flags::edit::{Alter, AlterSet, Edit, PlanFields, Successor, Word};

use crate::project::read;
use crate::random::now;

/// The document after an edit that is possible.
pub(super) fn done_by_hand(edit: &Edit, mut project: Document) -> Document {
    let whole = &mut project;
    match edit {
        Edit::SetGrant(set) => {
            let value = defined(whole, &set.feature, set.value);
            whole.plans.entry(set.plan.clone()).or_default();
            granted(whole, &set.plan, &set.feature, value);
        }
        Edit::UnsetGrant { plan, feature } => granted(whole, plan, feature, None),
        Edit::SetOverride(set) => {
            let value = defined(whole, &set.feature, set.value);
            known(whole, &set.subject);
            let over = Override {
                effect: value.map_or(Effect::Revoke, Effect::Grant),
                reason: set.reason.clone(),
                starts: set.starts,
                expires: set.expires,
            };
            let held = whole.overrides.entry(set.subject.clone()).or_default();
            held.insert(set.feature.clone(), over);
        }
        Edit::UnsetOverride { subject, feature } => {
            cleared(whole, |holder, key, _| holder == subject && key == feature);
        }
        Edit::ClearOverrides(clear) => cleared(whole, |holder, key, over| {
            let meant = clear
                .subject
                .as_ref()
                .is_none_or(|subject| subject == holder);
            let named = clear.features.is_empty() || clear.features.contains(key);
            meant && named && (!clear.expired || over.standing(now()) == Standing::Expired)
        }),
        Edit::DefineFeature(define) => {
            let feature = Feature {
                enabled: define.enabled,
                name: define.name.clone().filter(|text| !text.is_empty()),
                description: define.description.clone().filter(|text| !text.is_empty()),
                tags: define.tags.clone(),
                owner: define.owner.clone().filter(|text| !text.is_empty()),
                ..Feature::new(define.kind)
            };
            let defined = FeatureDocument::new(feature, Audience::default());
            whole.features.insert(define.feature.clone(), defined);
        }
        Edit::EditFeature(edit) => of_feature(whole, &edit.feature, |feature, _| {
            put_text(&mut feature.name, &edit.name, |text| text.is_empty());
            put_text(&mut feature.description, &edit.description, |text| {
                text.is_empty()
            });
            put_text(&mut feature.owner, &edit.owner, |text| text.is_empty());
            put_all(&mut feature.tags, &edit.tags);
            feature.enabled = edit.enabled.unwrap_or(feature.enabled);
        }),
        Edit::EnableFeature { feature } => {
            of_feature(whole, feature, |feature, _| feature.enabled = true);
        }
        Edit::DisableFeature { feature } => {
            of_feature(whole, feature, |feature, _| feature.enabled = false);
        }
        Edit::DeleteFeature { feature } => {
            let plans: Vec<PlanKey> = whole.plans.keys().cloned().collect();
            for plan in plans {
                granted(whole, &plan, feature, None);
            }
            cleared(whole, |_, key, _| key == feature);
            whole.features.remove(feature);
        }
        Edit::TargetAll { .. }
        | Edit::TargetNone { .. }
        | Edit::TargetPercent { .. }
        | Edit::AddTargets { .. }
        | Edit::RemoveTargets { .. }
        | Edit::ReplaceAudience { .. } => targeted(whole, edit),
        Edit::CreatePlan(fields) => {
            whole
                .plans
                .insert(fields.plan.clone(), PlanDocument::default());
            plan_edited(whole, fields);
        }
        Edit::EditPlan(fields) => plan_edited(whole, fields),
        Edit::DeletePlan { plan, successor } => plan_deleted(whole, plan, successor.as_ref()),
        Edit::EditSettings(edit) => {
            put(&mut whole.settings.default_plan, &edit.default_plan);
            let cap = &mut whole.settings.max_features;
            *cap = edit.max_features.unwrap_or(*cap);
        }
        Edit::AssignUser(assign) => {
            for organization in added(&assign.organizations) {
                known(whole, &SubjectId::Organization(organization.clone()));
            }
            let user = whole.users.entry(assign.user.clone()).or_default();
            put(&mut user.plan, &assign.plan);
            put_text(&mut user.email, &assign.email, |text| text.is_empty());
            put_all(&mut user.organizations, &assign.organizations);
            put_all(&mut user.targets, &assign.targets);
        }
        Edit::AssignOrganization(assign) => {
            let found = whole.organizations.entry(assign.organization.clone());
            let organization = found.or_default();
            put(&mut organization.plan, &assign.plan);
            put_text(&mut organization.name, &assign.name, |text| text.is_empty());
            put_all(&mut organization.targets, &assign.targets);
        }
        Edit::ForgetUser { user } => {
            forgotten(whole, &SubjectId::User(user.clone()));
            whole.users.remove(user);
        }
        Edit::ForgetOrganization { organization } => {
            forgotten(whole, &SubjectId::Organization(organization.clone()));
            whole.organizations.remove(organization);
        }
    }
    project
}

fn put<T: Clone>(slot: &mut Option<T>, alter: &Alter<T>) {
    match alter {
        Alter::Leave => {}
        Alter::Clear => *slot = None,
        Alter::Put(value) => *slot = Some(value.clone()),
    }
}

fn put_text<T: Clone>(slot: &mut Option<T>, alter: &Alter<T>, is_empty: impl Fn(&T) -> bool) {
    match alter {
        Alter::Put(text) if is_empty(text) => *slot = None,
        alter => put(slot, alter),
    }
}

fn added<T: Ord>(alter: &AlterSet<T>) -> &BTreeSet<T> {
    match alter {
        AlterSet::Exactly(all) => all,
        AlterSet::Some { add, .. } => add,
    }
}

fn put_all<T: Ord + Clone>(set: &mut BTreeSet<T>, alter: &AlterSet<T>) {
    *set = match alter {
        AlterSet::Exactly(all) => all.clone(),
        AlterSet::Some { add, remove } => &(&*set | add) - remove,
    };
}

/// Defines what is not there yet; what the word means for the feature.
fn defined(project: &mut Document, key: &FeatureKey, word: Option<Word>) -> Option<Value> {
    let kind = match word {
        Some(Word::Number(_)) => Kind::Limit,
        _ => Kind::Boolean,
    };
    let blank = || FeatureDocument::new(Feature::new(kind), Audience::default());
    project.features.entry(key.clone()).or_insert_with(blank);
    match word {
        None | Some(Word::On) => Some(Value::On),
        Some(Word::Off) => None,
        Some(Word::Number(limit)) => Some(Value::Limit(limit)),
    }
}

fn known(project: &mut Document, subject: &SubjectId) {
    match subject.clone() {
        SubjectId::User(id) => drop(project.users.entry(id).or_default()),
        SubjectId::Organization(id) => drop(project.organizations.entry(id).or_default()),
    }
}

fn granted(project: &mut Document, plan: &PlanKey, feature: &FeatureKey, value: Option<Value>) {
    of_plan(project, plan, |_, grants| {
        grants.remove(feature);
        grants.extend(value.map(|value| (feature.clone(), value)));
    });
}

fn cleared(project: &mut Document, goes: impl Fn(&SubjectId, &FeatureKey, &Override) -> bool) {
    for (subject, held) in &mut project.overrides {
        held.retain(|feature, over| !goes(subject, feature, over));
    }
    project.overrides.retain(|_, held| !held.is_empty());
}

fn of_feature(
    project: &mut Document,
    key: &FeatureKey,
    alter: impl FnOnce(&mut Feature, &mut Audience<Members>),
) {
    let found = project.features.get_mut(key).unwrap();
    let (mut feature, mut audience) = found.clone().into_parts();
    alter(&mut feature, &mut audience);
    *found = FeatureDocument::new(feature, audience);
}

fn of_plan(
    project: &mut Document,
    key: &PlanKey,
    alter: impl FnOnce(&mut Plan, &mut BTreeMap<FeatureKey, Value>),
) {
    let found = project.plans.get_mut(key).unwrap();
    let (mut plan, mut grants) = found.clone().into_parts();
    alter(&mut plan, &mut grants);
    *found = PlanDocument::new(plan, grants);
}

fn plan_edited(project: &mut Document, fields: &PlanFields) {
    of_plan(project, &fields.plan, |plan, _| {
        put_text(&mut plan.display_name, &fields.display_name, |text| {
            text.is_empty()
        });
        put_text(&mut plan.description, &fields.description, |text| {
            text.is_empty()
        });
        put(&mut plan.price, &fields.price);
        put(&mut plan.currency, &fields.currency);
        put(&mut plan.period, &fields.period);
    });
    let default = &mut project.settings.default_plan;
    match fields.default {
        Some(true) => *default = Some(fields.plan.clone()),
        Some(false) => *default = default.take().filter(|plan| *plan != fields.plan),
        None => {}
    }
}

fn plan_deleted(project: &mut Document, plan: &PlanKey, successor: Option<&Successor>) {
    let next = match successor {
        Some(Successor::Plan(next)) => Some(next.clone()),
        Some(Successor::None) | None => None,
    };
    let users = project.users.values_mut().map(|user| &mut user.plan);
    let organizations = project.organizations.values_mut();
    let organizations = organizations.map(|organization| &mut organization.plan);
    let default = [&mut project.settings.default_plan];
    for on in users.chain(organizations).chain(default) {
        if on.as_ref() == Some(plan) {
            on.clone_from(&next);
        }
    }
    project.plans.remove(plan);
}

fn forgotten(project: &mut Document, subject: &SubjectId) {
    cleared(project, |holder, _, _| holder == subject);
    let gone = subject.target();
    let keys: Vec<FeatureKey> = project.features.keys().cloned().collect();
    for key in keys {
        of_feature(project, &key, |_, audience| {
            for condition in audience.rules.iter_mut().flat_map(|rule| &mut rule.when) {
                if let Condition::OneOf { target_type, ids } = condition
                    && *target_type == gone.target_type
                {
                    ids.remove(&gone.id);
                }
            }
        });
    }
}

fn targeted(project: &mut Document, edit: &Edit) {
    match edit {
        Edit::TargetAll { feature } => {
            of_feature(project, feature, |_, audience| *audience = Audience::all());
        }
        Edit::TargetNone { feature } => {
            of_feature(project, feature, |_, audience| {
                *audience = Audience::default()
            });
        }
        Edit::TargetPercent { feature, percent } => of_feature(project, feature, |_, audience| {
            let rule = Rule {
                id: read("percent"),
                serve: Serve::On,
                when: vec![Condition::Percent(*percent)],
            };
            match audience.share_rule() {
                Some((index, _)) => audience.rules[index] = rule,
                None => audience.rules.push(rule),
            }
            audience.default = Serve::Off;
        }),
        Edit::AddTargets { feature, targets } => of_feature(project, feature, |_, audience| {
            for target in sorted(targets) {
                match audience.naming_rule(&target.target_type) {
                    Some(index) => drop(named(audience, index).insert(target.id.clone())),
                    None => audience.rules.push(Rule::naming(target)),
                }
            }
        }),
        Edit::RemoveTargets { feature, targets } => of_feature(project, feature, |_, audience| {
            for target in sorted(targets) {
                audience
                    .rules
                    .retain_mut(|rule| match rule.when.as_mut_slice() {
                        [Condition::OneOf { target_type, ids }]
                            if rule.serve == Serve::On && *target_type == target.target_type =>
                        {
                            !(ids.remove(&target.id) && ids.is_empty())
                        }
                        _ => true,
                    });
            }
        }),
        Edit::ReplaceAudience {
            feature,
            audience: after,
        } => of_feature(project, feature, |_, audience| audience.clone_from(after)),
        other => panic!("{other:?} targets nobody"),
    }
}

fn sorted(targets: &[Target]) -> BTreeSet<&Target> {
    targets.iter().collect()
}

/// Whom the rule names, that names and does nothing else.
fn named(audience: &mut Audience<Members>, rule: usize) -> &mut BTreeSet<Id> {
    match audience.rules[rule].when.as_mut_slice() {
        [Condition::OneOf { ids, .. }] => ids,
        other => panic!("{other:?} names nobody"),
    }
}
