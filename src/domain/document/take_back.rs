//! A document led back by one change: what it says becomes what the change had found.
//!
//! Each step is held against what is there, and a change that cannot have led to it is refused, so
//! that a history that does not fit never makes a past that was not.

use std::collections::BTreeMap;

use super::{Document, FeatureDocument, PlanDocument};
use crate::domain::change::Change;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::plan::Plan;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Audience, Condition, Members, Rule, Target};

/// The document does not hold what the change left, so the change was not the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit;

impl Document {
    /// Takes a change back. The changes of a project's history, latest first, lead from its
    /// document to every earlier one.
    ///
    /// # Errors
    ///
    /// [`Misfit`] where the change did not leave what is there; the document is then of no use.
    pub fn take_back(&mut self, change: &Change) -> Result<(), Misfit> {
        match change {
            Change::Settings { before, after } => exchange(&mut self.settings, before, after),
            Change::Feature { key, before, after } => {
                self.take_feature_back(key, before.as_ref(), after.as_ref())
            }
            Change::AudienceDefault {
                feature,
                before,
                after,
            } => exchange(&mut self.targeting(feature)?.default, before, after),
            Change::Rule {
                feature,
                index,
                before,
                after,
            } => {
                let rules = &mut self.targeting(feature)?.rules;
                take_rule_back(rules, *index, before.as_ref(), after.as_ref())
            }
            Change::Target {
                feature,
                rule,
                condition,
                target,
                before,
                after,
            } => {
                let rules = &mut self.targeting(feature)?.rules;
                let found = rules.get_mut(*rule).ok_or(Misfit)?.when.get_mut(*condition);
                take_name_back(found.ok_or(Misfit)?, target, *before, *after)
            }
            Change::Plan { key, before, after } => {
                let plan = self.plans.remove(key);
                let left = take_plan_back(plan, before.as_ref(), after.as_ref())?;
                self.plans.extend(left.map(|plan| (key.clone(), plan)));
                Ok(())
            }
            Change::Grant {
                plan,
                feature,
                before,
                after,
            } => {
                let plan = self.plans.get_mut(plan).ok_or(Misfit)?;
                exchange_at(&mut plan.grants, feature, before.as_ref(), after.as_ref())
            }
            Change::User { id, before, after } => {
                exchange_at(&mut self.users, id, before.as_ref(), after.as_ref())
            }
            Change::Organization { id, before, after } => {
                exchange_at(&mut self.organizations, id, before.as_ref(), after.as_ref())
            }
            Change::Override {
                subject,
                feature,
                before,
                after,
            } => self.take_override_back(subject, feature, before.as_ref(), after.as_ref()),
        }
    }

    /// What hangs on a feature comes and goes by changes of its own.
    fn take_feature_back(
        &mut self,
        key: &FeatureKey,
        before: Option<&Feature>,
        after: Option<&Feature>,
    ) -> Result<(), Misfit> {
        let parts = self
            .features
            .remove(key)
            .map(FeatureDocument::into_parts)
            .unzip();
        let (found, targeting): (_, Option<Audience<Members>>) = parts;
        let targeting = targeting.unwrap_or_default();
        let bare = before.is_some() || targeting == Audience::default();
        fits(found.as_ref() == after && bare)?;
        let left = before.map(|before| FeatureDocument::new(before.clone(), targeting));
        self.features.extend(left.map(|left| (key.clone(), left)));
        Ok(())
    }

    fn take_override_back(
        &mut self,
        subject: &SubjectId,
        feature: &FeatureKey,
        before: Option<&Override>,
        after: Option<&Override>,
    ) -> Result<(), Misfit> {
        let held = self.overrides.entry(subject.clone()).or_default();
        exchange_at(held, feature, before, after)?;
        if held.is_empty() {
            self.overrides.remove(subject);
        }
        Ok(())
    }

    fn targeting(&mut self, feature: &FeatureKey) -> Result<&mut Audience<Members>, Misfit> {
        let found = self.features.get_mut(feature).ok_or(Misfit)?;
        Ok(&mut found.targeting)
    }
}

fn take_plan_back(
    plan: Option<PlanDocument>,
    before: Option<&Plan>,
    after: Option<&Plan>,
) -> Result<Option<PlanDocument>, Misfit> {
    let (found, grants) = plan.map(PlanDocument::into_parts).unzip();
    let grants = grants.unwrap_or_default();
    let bare = before.is_some() || grants.is_empty();
    fits(found.as_ref() == after && bare)?;
    Ok(before.map(|before| PlanDocument::new(before.clone(), grants)))
}

fn take_rule_back(
    rules: &mut Vec<Rule<Members>>,
    index: usize,
    before: Option<&Rule<Members>>,
    after: Option<&Rule<Members>>,
) -> Result<(), Misfit> {
    if after.is_some() {
        fits(rules.get(index) == after)?;
        rules.remove(index);
    }
    if let Some(before) = before {
        fits(index <= rules.len())?;
        rules.insert(index, before.clone());
    }
    Ok(())
}

fn take_name_back(
    found: &mut Condition<Members>,
    target: &Target,
    before: bool,
    after: bool,
) -> Result<(), Misfit> {
    let Condition::OneOf { target_type, ids } = found else {
        return Err(Misfit);
    };
    fits(*target_type == target.target_type && ids.contains(&target.id) == after)?;
    match before {
        true => ids.insert(target.id.clone()),
        false => ids.remove(&target.id),
    };
    Ok(())
}

fn exchange<T: PartialEq + Clone>(found: &mut T, before: &T, after: &T) -> Result<(), Misfit> {
    fits(found == after)?;
    found.clone_from(before);
    Ok(())
}

fn exchange_at<K: Ord + Clone, V: PartialEq + Clone>(
    map: &mut BTreeMap<K, V>,
    key: &K,
    before: Option<&V>,
    after: Option<&V>,
) -> Result<(), Misfit> {
    fits(map.get(key) == after)?;
    match before {
        None => map.remove(key),
        Some(before) => map.insert(key.clone(), before.clone()),
    };
    Ok(())
}

fn fits(fits: bool) -> Result<(), Misfit> {
    match fits {
        true => Ok(()),
        false => Err(Misfit),
    }
}
