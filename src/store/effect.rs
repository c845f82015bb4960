//! Who gains and who loses by a set of changes, before anything is written.
//!
//! The same resolver answers for each subject concerned, before and after. Changes that can only
//! concern some subjects (an override, a user's plan, one more name on a list) look at those;
//! anything else walks through all.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::gather::Question;
use super::preview::Preview;
use super::{Scope, Snapshot, StoreError, gather};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Resolver, Subject};
use crate::domain::subject::{SubjectId, SubjectRecord};
use crate::domain::target::{Condition, Id, Members, Rule, Target};
use crate::domain::time::Time;
use crate::domain::value::Answer;

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
    let mut subjects = Reach::Some(BTreeSet::new());
    for change in changes.changes() {
        features.extend(concerned(&catalog, change));
        subjects = subjects.and(reach(change));
    }
    let features: Vec<FeatureKey> = features.into_iter().collect();
    // One resolver for each side serves all subjects: making one reads the whole catalog.
    let comparison = Comparison {
        was: Resolver::new(&catalog),
        is: Resolver::new(preview.catalog()),
        present: &catalog,
        preview: &preview,
        features: &features,
        at,
    };
    match subjects {
        Reach::Nobody => Ok(()),
        Reach::Everybody => {
            comparison.everybody(snapshot, tell)?;
            for newcomer in changes.changes().iter().filter_map(newcomer) {
                comparison.one(snapshot, &newcomer, tell)?;
            }
            Ok(())
        }
        Reach::Some(named) => {
            for subject in with_members(snapshot, named)? {
                comparison.one(snapshot, &subject, tell)?;
            }
            Ok(())
        }
    }
}

/// Whom a change can concern.
enum Reach {
    Nobody,
    Some(BTreeSet<SubjectId>),
    Everybody,
}

impl Reach {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everybody, _) | (_, Self::Everybody) => Self::Everybody,
            (Self::Some(mut a), Self::Some(b)) => {
                a.extend(b);
                Self::Some(a)
            }
            (known, Self::Nobody) | (Self::Nobody, known) => known,
        }
    }
}

fn reach(change: &Change) -> Reach {
    let one = |subject: SubjectId| Reach::Some([subject].into());
    match change {
        Change::User { id, .. } => one(SubjectId::User(id.clone())),
        Change::Organization { id, .. } => one(SubjectId::Organization(id.clone())),
        Change::Override { subject, .. } => one(subject.clone()),
        Change::Target { target, .. } => named(target).map_or(Reach::Everybody, one),
        Change::Rule { before, after, .. } => {
            let sides = [before, after].into_iter().flatten().map(of_rule);
            sides.fold(Reach::Nobody, Reach::and)
        }
        Change::Feature {
            before: Some(before),
            after: Some(after),
            ..
        } => {
            let same = before.enabled == after.enabled && before.off_value == after.off_value;
            if same {
                Reach::Nobody
            } else {
                Reach::Everybody
            }
        }
        Change::Feature {
            before: None,
            after: Some(after),
            ..
        } if after.enabled => Reach::Nobody,
        Change::Plan { .. } => Reach::Nobody,
        Change::Settings { before, after } if before.default_plan == after.default_plan => {
            Reach::Nobody
        }
        _ => Reach::Everybody,
    }
}

/// Whom a change makes known: a walk through all that are known already does not meet them.
fn newcomer(change: &Change) -> Option<SubjectId> {
    match change {
        Change::User {
            id, before: None, ..
        } => Some(SubjectId::User(id.clone())),
        Change::Organization {
            id, before: None, ..
        } => Some(SubjectId::Organization(id.clone())),
        _ => None,
    }
}

fn named(target: &Target) -> Option<SubjectId> {
    match target.target_type.as_str() {
        "user" => Some(SubjectId::User(target.id.clone())),
        "organization" => Some(SubjectId::Organization(target.id.clone())),
        _ => None,
    }
}

/// A rule concerns at most those that one of its conditions names, since all must hold.
fn of_rule(rule: &Rule<Members>) -> Reach {
    let subjects = rule.when.iter().find_map(|condition| match condition {
        Condition::OneOf { target_type, ids } => ids
            .iter()
            .map(|id| {
                named(&Target {
                    target_type: target_type.clone(),
                    id: id.clone(),
                })
            })
            .collect::<Option<BTreeSet<_>>>(),
        _ => None,
    });
    subjects.map_or(Reach::Everybody, Reach::Some)
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

/// The subjects, and the users of the organizations among them.
fn with_members(
    snapshot: &dyn Snapshot,
    named: BTreeSet<SubjectId>,
) -> Result<BTreeSet<SubjectId>, StoreError> {
    let mut all = named.clone();
    for subject in &named {
        if let SubjectId::Organization(id) = subject {
            snapshot.members(id, &mut |member: Id| {
                all.insert(SubjectId::User(member));
                ControlFlow::Continue(())
            })?;
        }
    }
    Ok(all)
}

struct Comparison<'c> {
    was: Resolver<'c>,
    is: Resolver<'c>,
    present: &'c Catalog,
    preview: &'c Preview<'c>,
    features: &'c [FeatureKey],
    at: Time,
}

impl Comparison<'_> {
    fn everybody(
        &self,
        snapshot: &dyn Snapshot,
        tell: &mut dyn FnMut(Effect),
    ) -> Result<(), StoreError> {
        let mut failed = Ok(());
        snapshot.records(Scope::Features(self.features), &mut |(subject, before)| {
            let after = self.after(&subject, &before);
            failed = after.map(|after| self.compare(&subject, Some(&before), after.as_ref(), tell));
            if failed.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        failed
    }

    /// The facts after the changes; asked anew only where the changes can have altered them.
    fn after(
        &self,
        subject: &SubjectId,
        before: &SubjectRecord,
    ) -> Result<Option<SubjectRecord>, StoreError> {
        if self.preview.alters(subject, before) {
            return self.facts(self.preview, self.preview.catalog(), subject);
        }
        let mut after = before.clone();
        after
            .lists
            .retain(|list| !self.preview.dropped().contains(&list));
        Ok(Some(after))
    }

    fn one(
        &self,
        snapshot: &dyn Snapshot,
        subject: &SubjectId,
        tell: &mut dyn FnMut(Effect),
    ) -> Result<(), StoreError> {
        let before = self.facts(snapshot, self.present, subject)?;
        let after = self.facts(self.preview, self.preview.catalog(), subject)?;
        self.compare(subject, before.as_ref(), after.as_ref(), tell);
        Ok(())
    }

    /// What one side knows of a subject, read with that side's catalog: whether any rule names
    /// anybody differs between the two.
    fn facts(
        &self,
        facts: &dyn super::Facts,
        catalog: &Catalog,
        subject: &SubjectId,
    ) -> Result<Option<SubjectRecord>, StoreError> {
        let targets = Vec::new();
        let question = match subject.clone() {
            SubjectId::User(id) => Question::User {
                id,
                within: None,
                targets,
            },
            SubjectId::Organization(id) => Question::Organization { id, targets },
        };
        let scope = Scope::Features(self.features);
        match gather(facts, catalog, scope, &question) {
            Err(StoreError::Refused(Refusal::UnknownSubject(_))) => Ok(None),
            found => found.map(Some),
        }
    }

    /// Tells of the answers that differ; who is not known on a side gets nothing there.
    fn compare(
        &self,
        subject: &SubjectId,
        before: Option<&SubjectRecord>,
        after: Option<&SubjectRecord>,
        tell: &mut dyn FnMut(Effect),
    ) {
        let old = before.map(|record| self.was.bind(record));
        let new = after.map(|record| self.is.bind(record));
        let answer = |side: &Resolver<'_>, subject: Option<&Subject<'_>>, feature: &FeatureKey| {
            let slot = side.slot(feature)?;
            side.decide(subject?, slot, self.at).answer
        };
        for feature in self.features {
            let before = answer(&self.was, old.as_ref(), feature);
            let after = answer(&self.is, new.as_ref(), feature);
            if before != after {
                tell(Effect {
                    subject: subject.clone(),
                    feature: feature.clone(),
                    before,
                    after,
                });
            }
        }
    }
}
