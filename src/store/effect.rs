//! Who gains and who loses by a set of changes, before anything is written.
//!
//! The same resolver answers for each subject concerned, before and after. Changes that can only
//! concern some subjects (an override, a user's plan, one more name on a list) look at those, and
//! what a plan grants concerns those on the plan; anything else walks through all.

mod comparison;

use std::collections::BTreeSet;

use super::preview::Preview;
use super::{Scope, Snapshot, StoreError};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::target::{Condition, Members, Rule, Target};
use crate::domain::time::Time;
use crate::domain::value::Answer;
use comparison::Comparison;

/// One subject's answer that a change alters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Whose.
    pub subject: SubjectId,
    /// For which feature.
    pub feature: FeatureKey,
    /// What they get now.
    pub before: Answer,
    /// What they would get.
    pub after: Answer,
}

/// Tells of every answer that the changes alter, at the moment `at`.
///
/// # Errors
///
/// Those of the store, and the refusal that writing the changes would meet.
pub fn effects(
    snapshot: &dyn Snapshot,
    changes: &ChangeSet,
    at: Time,
    tell: &mut dyn FnMut(Effect),
) -> Result<(), StoreError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let preview = Preview::new(snapshot, &catalog, changes)?;
    let mut features: BTreeSet<FeatureKey> = BTreeSet::new();
    let mut reach = Reach::default();
    for change in changes.changes() {
        let all = features.len() == catalog.features.len();
        if !all || matches!(change, Change::Feature { .. }) {
            features.extend(concerned(&catalog, change));
        }
        reach.add(change);
    }
    let features: Vec<FeatureKey> = features.into_iter().collect();
    // Only what is concerned: a subject's answers cost as much as there are features to bind.
    let (present, planned) = (
        catalog.narrowed(&features),
        preview.catalog().narrowed(&features),
    );
    reach.widen(&[&present, &planned]);
    let sides = (&present, &planned);
    let comparison = Comparison::new(sides, &preview, &features, at);
    comparison.all(snapshot, reach, changes, tell)
}

/// Whom changes can concern.
#[derive(Default)]
struct Reach {
    everybody: bool,
    /// Everybody for whom one of these plans could count.
    plans: BTreeSet<PlanKey>,
    named: BTreeSet<SubjectId>,
}

impl Reach {
    fn add(&mut self, change: &Change) {
        match change {
            Change::User { id, .. } => self.name(SubjectId::User(id.clone())),
            Change::Organization { id, .. } => self.name(SubjectId::Organization(id.clone())),
            Change::Override { subject, .. } => self.name(subject.clone()),
            Change::Target { target, .. } => self.name_all([named(target)]),
            Change::Grant { plan, .. } => {
                self.plans.insert(plan.clone());
            }
            Change::Rule { before, after, .. } => {
                for rule in [before, after].into_iter().flatten() {
                    self.name_all(of_rule(rule));
                }
            }
            Change::Feature {
                before: Some(before),
                after: Some(after),
                ..
            } => {
                let same = before.enabled == after.enabled && before.off_value == after.off_value;
                self.everybody |= !same;
            }
            Change::Feature {
                before: None,
                after: Some(after),
                ..
            } if after.enabled => {}
            Change::Plan { .. } => {}
            Change::Settings { before, after } if before.default_plan == after.default_plan => {}
            _ => self.everybody = true,
        }
    }

    fn name(&mut self, subject: SubjectId) {
        self.named.insert(subject);
    }

    /// These, and everybody if one of them is no subject.
    fn name_all(&mut self, subjects: impl IntoIterator<Item = Option<SubjectId>>) {
        for subject in subjects {
            match subject {
                Some(subject) => self.name(subject),
                None => self.everybody = true,
            }
        }
    }

    /// The default plan counts for everybody.
    fn widen(&mut self, catalogs: &[&Catalog]) {
        let defaults = catalogs
            .iter()
            .filter_map(|c| c.settings.default_plan.as_ref());
        self.everybody |= defaults.into_iter().any(|plan| self.plans.contains(plan));
    }
}

fn named(target: &Target) -> Option<SubjectId> {
    match target.target_type.as_str() {
        "user" => Some(SubjectId::User(target.id.clone())),
        "organization" => Some(SubjectId::Organization(target.id.clone())),
        _ => None,
    }
}

/// A rule concerns at most those that one of its conditions names, since all must hold. Nothing
/// stands for those that are no subjects, or for everybody.
fn of_rule(rule: &Rule<Members>) -> Vec<Option<SubjectId>> {
    let subjects = rule.when.iter().find_map(|condition| match condition {
        Condition::OneOf { target_type, ids } => ids
            .iter()
            .map(|id| {
                let target_type = target_type.clone();
                let id = id.clone();
                named(&Target { target_type, id }).map(Some)
            })
            .collect::<Option<Vec<_>>>(),
        _ => None,
    });
    subjects.unwrap_or_else(|| vec![None])
}

/// The features whose answers a change can alter.
fn concerned(catalog: &Catalog, change: &Change) -> Vec<FeatureKey> {
    match change {
        Change::Feature { key, .. } => vec![key.clone()],
        Change::AudienceDefault { feature, .. }
        | Change::Rule { feature, .. }
        | Change::Target { feature, .. }
        | Change::Grant { feature, .. }
        | Change::Override { feature, .. } => vec![feature.clone()],
        Change::Settings { .. } | Change::User { .. } | Change::Organization { .. } => {
            catalog.features.keys().cloned().collect()
        }
        Change::Plan { .. } => Vec::new(),
    }
}
