//! Mapping features into plans, and overriding them for one subject.

use serde::{Deserialize, Serialize};

use super::known::{feature_in, introduced, is_known, known_subject, plan_in};
use super::word::{Word, meant, suggested_kind};
use super::{EditError, Missing};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override};
use crate::domain::plan::Plan;
use crate::domain::subject::SubjectId;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::domain::value::Value;
use crate::store::{Scope, Snapshot, StoreError};

/// Map a feature into a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetGrant {
    /// The plan.
    pub plan: PlanKey,
    /// The feature.
    pub feature: FeatureKey,
    /// What the plan gives of it: on, unless it is a limit. Off takes the mapping away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Word>,
    /// Make the feature and the plan if there is none yet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub create: bool,
}

/// Override a feature for a user or an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetOverride {
    /// Whose.
    pub subject: SubjectId,
    /// The feature.
    pub feature: FeatureKey,
    /// What they get: on, unless it is a limit. Off revokes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Word>,
    /// Why, kept with the override.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// When it starts to count; at once if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Time>,
    /// When it ends; never if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Time>,
    /// Make the feature and the subject if there is none yet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub create: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

impl SetGrant {
    /// What it names that is not there yet.
    pub fn missing(&self, snapshot: &dyn Snapshot) -> Result<Missing, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        let plan = (!catalog.plans.contains_key(&self.plan)).then(|| self.plan.clone());
        let missing = Missing {
            plan,
            ..no_feature(&catalog, &self.feature)
        };
        Ok(told(&catalog, missing, self.value))
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        unless_created(self.missing(snapshot)?, self.create)?;
        let catalog = snapshot.catalog(Scope::All)?;
        let (defined, value) = defined(&catalog, &self.feature, self.value)?;
        let known = catalog.plans.contains_key(&self.plan);
        let made = (!known).then(|| catalog.set_plan(&self.plan, Some(Plan::default())));
        let grant = catalog.set_grant(&self.plan, &self.feature, value);
        Ok(defined.into_iter().chain(made).chain([grant]).collect())
    }
}

impl SetOverride {
    /// Refuses an override that has ended before it could begin.
    pub fn check_end(&self, now: Time) -> Result<(), EditError> {
        match self.expires {
            Some(expires) if expires <= now => Err(EditError::Expired { expires, now }),
            _ => Ok(()),
        }
    }

    /// What it names that is not there yet.
    pub fn missing(&self, snapshot: &dyn Snapshot) -> Result<Missing, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        let unknown = !is_known(snapshot, &self.subject)?;
        let missing = Missing {
            subject: unknown.then(|| self.subject.clone()),
            ..no_feature(&catalog, &self.feature)
        };
        Ok(told(&catalog, missing, self.value))
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot, now: Time) -> Result<ChangeSet, EditError> {
        self.check_end(now)?;
        let missing = unless_created(self.missing(snapshot)?, self.create)?;
        let catalog = snapshot.catalog(Scope::All)?;
        let (defined, value) = defined(&catalog, &self.feature, self.value)?;
        let made = missing.subject.as_ref().map(introduced);
        let over = Override {
            effect: value.map_or(Effect::Revoke, Effect::Grant),
            reason: self.reason.clone(),
            starts: self.starts,
            expires: self.expires,
        };
        let over = over.checked().map_err(EditError::Span)?;
        let set = overridden(snapshot, &self.subject, &self.feature, Some(over))?;
        Ok(defined.into_iter().chain(made).chain([set]).collect())
    }
}

/// Takes what a plan gives of a feature away; where nothing was set there is nothing to change.
pub(super) fn unset_grant(
    snapshot: &dyn Snapshot,
    plan: &PlanKey,
    feature: &FeatureKey,
) -> Result<ChangeSet, EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    feature_in(&catalog, feature)?;
    plan_in(&catalog, plan)?;
    Ok(ChangeSet::new([catalog.set_grant(plan, feature, None)]))
}

/// Takes one subject's override of a feature away.
pub(super) fn unset_override(
    snapshot: &dyn Snapshot,
    subject: &SubjectId,
    feature: &FeatureKey,
) -> Result<ChangeSet, EditError> {
    feature_in(&snapshot.catalog(Scope::All)?, feature)?;
    known_subject(snapshot, subject)?;
    Ok(ChangeSet::new([overridden(
        snapshot, subject, feature, None,
    )?]))
}

/// The change of one subject's override of one feature.
fn overridden(
    snapshot: &dyn Snapshot,
    subject: &SubjectId,
    feature: &FeatureKey,
    after: Option<Override>,
) -> Result<Change, StoreError> {
    let held = snapshot.overrides_of(subject, Scope::Features(std::slice::from_ref(feature)))?;
    let before = held.into_iter().next().map(|(_, held)| held.over);
    let (subject, feature) = (subject.clone(), feature.clone());
    Ok(Change::Override {
        subject,
        feature,
        before,
        after,
    })
}

fn no_feature(catalog: &Catalog, feature: &FeatureKey) -> Missing {
    let unknown = !catalog.features.contains_key(feature);
    Missing {
        feature: unknown.then(|| feature.clone()),
        ..Missing::default()
    }
}

/// The same with what may have been meant. What is off needs no definition: it is a mistyped key,
/// not one to make.
fn told(catalog: &Catalog, missing: Missing, value: Option<Word>) -> Missing {
    match &missing.feature {
        Some(feature) if value == Some(Word::Off) => Missing::feature(catalog, feature),
        _ => Missing {
            creatable: true,
            ..missing
        }
        .with_nearest(catalog),
    }
}

/// Refuses what is missing, unless it is to be made.
fn unless_created(missing: Missing, create: bool) -> Result<Missing, Missing> {
    match missing.is_nothing() || (create && missing.creatable) {
        true => Ok(missing),
        false => Err(missing),
    }
}

/// The change that defines the feature, if there is none yet, and what the word means for it.
fn defined(
    catalog: &Catalog,
    key: &FeatureKey,
    word: Option<Word>,
) -> Result<(Option<Change>, Option<Value>), EditError> {
    match catalog.features.get(key) {
        Some(entry) => Ok((None, meant(key, &entry.feature, word)?)),
        None => {
            let made = Feature::new(suggested_kind(word));
            let value = meant(key, &made, word)?;
            Ok((Some(catalog.set_feature(key, Some(made))), value))
        }
    }
}
