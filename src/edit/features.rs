//! Defining features, altering them, and taking them away.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::known::feature_in;
use super::{Alter, AlterSet, EditError, Missing};
use crate::domain::change::ChangeSet;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Description, Name, Tag};
use crate::domain::value::Kind;
use crate::store::{Scope, Snapshot};

/// Define a feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefineFeature {
    /// Its key.
    pub feature: FeatureKey,
    /// What values it has.
    #[serde(rename = "type", default = "boolean")]
    pub kind: Kind,
    /// `false` defines it with the kill switch thrown.
    #[serde(default = "enabled")]
    pub enabled: bool,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Labels to find it by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<Tag>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Name>,
}

fn boolean() -> Kind {
    Kind::Boolean
}

fn enabled() -> bool {
    true
}

/// Alter a feature, all but its key and its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditFeature {
    /// The feature.
    pub feature: FeatureKey,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub name: Alter<Name>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub description: Alter<Description>,
    /// Labels to find it by.
    #[serde(default, skip_serializing_if = "AlterSet::leaves")]
    pub tags: AlterSet<Tag>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub owner: Alter<Name>,
    /// The kill switch: `false` throws it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

impl DefineFeature {
    /// Defines a feature that has nothing but its key and kind.
    pub fn new(feature: FeatureKey, kind: Kind) -> Self {
        Self {
            feature,
            kind,
            enabled: true,
            name: None,
            description: None,
            tags: BTreeSet::new(),
            owner: None,
        }
    }

    /// What is to be defined.
    pub(super) fn definition(&self) -> Feature {
        Feature {
            enabled: self.enabled,
            name: self.name.clone().filter(|text| !text.is_empty()),
            description: self.description.clone().filter(|text| !text.is_empty()),
            tags: self.tags.clone(),
            owner: self.owner.clone().filter(|text| !text.is_empty()),
            ..Feature::new(self.kind)
        }
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        if catalog.features.contains_key(&self.feature) {
            return Err(Refusal::FeatureExists(self.feature.clone()).into());
        }
        let feature = self.definition();
        let defined = catalog.set_feature(&self.feature, Some(feature));
        Ok(ChangeSet::new([defined]))
    }
}

impl EditFeature {
    /// Leaves all of it as it is.
    pub fn new(feature: FeatureKey) -> Self {
        Self {
            feature,
            name: Alter::Leave,
            description: Alter::Leave,
            tags: AlterSet::default(),
            owner: Alter::Leave,
            enabled: None,
        }
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        altered(snapshot, &self.feature, |feature| {
            self.name.apply_text(&mut feature.name);
            self.description.apply_text(&mut feature.description);
            self.tags.apply(&mut feature.tags);
            self.owner.apply_text(&mut feature.owner);
            feature.enabled = self.enabled.unwrap_or(feature.enabled);
        })
    }
}

/// Throws or releases the kill switch.
pub(super) fn switch(
    snapshot: &dyn Snapshot,
    key: &FeatureKey,
    enabled: bool,
) -> Result<ChangeSet, EditError> {
    altered(snapshot, key, |feature| feature.enabled = enabled)
}

fn altered(
    snapshot: &dyn Snapshot,
    key: &FeatureKey,
    alter: impl FnOnce(&mut Feature),
) -> Result<ChangeSet, EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let mut feature = feature_in(&catalog, key)?.feature.clone();
    alter(&mut feature);
    Ok(ChangeSet::new([catalog.set_feature(key, Some(feature))]))
}

/// Deletes the feature with all that hangs on it.
pub(super) fn delete(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<ChangeSet, EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let Some(audience) = snapshot.audience(key)? else {
        return Err(Missing::feature(&catalog, key).into());
    };
    let mut overrides = Vec::new();
    let scope = Scope::Features(std::slice::from_ref(key));
    snapshot.overrides(scope, None, &mut |(subject, _, held)| {
        overrides.push((subject, held.over));
        ControlFlow::Continue(())
    })?;
    Ok(catalog.delete_feature(key, audience, overrides))
}
