//! From a store's contents to a whole project as somebody wants it.

use std::ops::ControlFlow;

use super::EditError;
use super::plans::in_words;
use crate::domain::document::Document;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::steps::{Steps, steps};
use crate::domain::target::Id;
use crate::domain::wanted::Wanted;
use crate::store::{Parts, Scope, Snapshot, StoreError, export};

/// The way from what the snapshot holds to what is wanted, and what stays beside. What is wanted is
/// the truth about whatever it names; with `prune` what it leaves out of its parts goes.
///
/// # Errors
///
/// What cannot go because it is in use, and those of the store.
pub fn way_to(snapshot: &dyn Snapshot, wanted: &Wanted, prune: bool) -> Result<Steps, EditError> {
    let present = present(snapshot, wanted, prune)?;
    let way = steps(&present, wanted, prune);
    if prune {
        nobody_is_left_behind(snapshot, &present, wanted)?;
    }
    Ok(way)
}

/// As much of the snapshot as the way depends on.
fn present(snapshot: &dyn Snapshot, wanted: &Wanted, prune: bool) -> Result<Document, StoreError> {
    let subjects = wanted.organizations.is_some() || wanted.users.is_some();
    let parts = Parts {
        subjects,
        // With a subject go its overrides.
        overrides: wanted.overrides.is_some() || (subjects && prune),
    };
    let mut present = export(snapshot, parts)?;
    let Some(features) = wanted
        .features
        .as_ref()
        .filter(|_| prune && !parts.overrides)
    else {
        return Ok(present);
    };
    let all = present.features.keys();
    let going: Vec<FeatureKey> = all
        .filter(|key| !features.contains_key(*key))
        .cloned()
        .collect();
    if !going.is_empty() {
        snapshot.overrides(Scope::Features(&going), None, &mut |(
            subject,
            feature,
            held,
        )| {
            let of_subject = present.overrides.entry(subject).or_default();
            of_subject.insert(feature, held.over);
            ControlFlow::Continue(())
        })?;
    }
    Ok(present)
}

/// Refuses to take away a plan or an organization from under users that are not spoken of: where
/// they go is a decision, which `plan delete` and `user assign` take.
fn nobody_is_left_behind(
    snapshot: &dyn Snapshot,
    present: &Document,
    wanted: &Wanted,
) -> Result<(), EditError> {
    let plans = wanted.plans.as_ref();
    let is_going = |plan: &PlanKey| {
        plans.is_some_and(|plans| !plans.contains_key(plan)) && present.plans.contains_key(plan)
    };
    if present.plans.keys().any(is_going) {
        let (plan, on_it) = on_going_plans(snapshot, wanted, &is_going)?;
        if let Some(plan) = plan {
            return Err(Refusal::PlanInUse { plan, by: on_it }.into());
        }
    }
    let (Some(organizations), None) = (&wanted.organizations, &wanted.users) else {
        return Ok(());
    };
    for organization in present.organizations.keys() {
        if organizations.contains_key(organization) {
            continue;
        }
        let mut members = 0;
        snapshot.members(organization, &mut |_: Id| {
            members += 1;
            ControlFlow::Continue(())
        })?;
        if members > 0 {
            let organization = organization.clone();
            let refusal = Refusal::OrganizationInUse {
                organization,
                members,
            };
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// The first plan that goes although somebody is on it, and how many are.
fn on_going_plans(
    snapshot: &dyn Snapshot,
    wanted: &Wanted,
    is_going: &dyn Fn(&PlanKey) -> bool,
) -> Result<(Option<PlanKey>, String), StoreError> {
    let mut found: Option<PlanKey> = None;
    let (mut organizations, mut users) = (0_u64, 0_u64);
    let mut meet = |plan: Option<PlanKey>, count: &mut u64| {
        if let Some(plan) = plan.filter(|plan| is_going(plan)) {
            *count += u64::from(*found.get_or_insert_with(|| plan.clone()) == plan);
        }
        ControlFlow::Continue(())
    };
    if wanted.organizations.is_none() {
        snapshot.organizations(None, &mut |(_, kept)| meet(kept.plan, &mut organizations))?;
    }
    if wanted.users.is_none() {
        snapshot.users(None, &mut |(_, kept)| meet(kept.plan, &mut users))?;
    }
    Ok((found, in_words(organizations, users)))
}
