//! The catalog: every definition of a project, without its subjects.
//!
//! It is small and bounded, so it is always read whole or for the features in question. The
//! lists that its rules refer to are not part of it (see `target.rs`).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::feature::Feature;
use super::key::{FeatureKey, PlanKey};
use super::plan::Plan;
use super::target::{Audience, ListId};
use super::value::Value;

/// The version of a project: rises by one with each write, never falls.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl Revision {
    /// What is known without a history, such as a file's contents.
    pub const UNKNOWN: Self = Self(0);

    /// The revision that the next write makes.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many features a project may define unless its settings say otherwise (Astapa's limit).
pub const MAX_FEATURES: u32 = 50;

/// What holds for the whole project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The plan whose grants are everybody's floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_plan: Option<PlanKey>,
    /// How many features may be defined.
    #[serde(default = "max_features")]
    pub max_features: u32,
}

fn max_features() -> u32 {
    MAX_FEATURES
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_plan: None,
            max_features: MAX_FEATURES,
        }
    }
}

/// A feature in its catalog.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureEntry {
    /// Its definition.
    pub feature: Feature,
    /// Who is targeted.
    pub audience: Audience<ListId>,
    /// The revision that last changed the definition.
    pub revision: Revision,
    /// The revision that last changed the audience.
    pub audience_revision: Revision,
}

/// A plan's grant of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The value given.
    pub value: Value,
    /// The revision that set it.
    pub revision: Revision,
}

/// A plan in its catalog.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEntry {
    /// Its definition.
    pub plan: Plan,
    /// What it gives.
    pub grants: BTreeMap<FeatureKey, Grant>,
    /// The revision that last changed the definition.
    pub revision: Revision,
}

/// Every definition of a project.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// What holds for the whole project.
    pub settings: Settings,
    /// The features, by key.
    pub features: BTreeMap<FeatureKey, FeatureEntry>,
    /// The plans, by key.
    pub plans: BTreeMap<PlanKey, PlanEntry>,
    /// The number that the next new list gets.
    pub next_list: u32,
}

impl Catalog {
    /// The number of a new list.
    pub fn new_list(&mut self) -> ListId {
        let list = ListId(self.next_list);
        self.next_list += 1;
        list
    }

    /// Takes over what another catalog says of features that this one does not describe: it decides
    /// nothing.
    pub fn describe_as(&mut self, known: &Self) {
        for (key, entry) in &mut self.features {
            if let Some(known) = known.features.get(key) {
                entry.feature.describe_as(&known.feature);
            }
        }
    }

    /// What resolving these features reads, and no more: the settings, these features, and every
    /// plan with its grants of them but no particulars. Keys that are not defined are passed over.
    #[must_use]
    pub fn narrowed(&self, keys: &[FeatureKey]) -> Self {
        let feature = |key: &FeatureKey| -> Option<(FeatureKey, FeatureEntry)> {
            Some((key.clone(), self.features.get(key)?.clone()))
        };
        let grants = |entry: &PlanEntry| {
            keys.iter()
                .filter_map(|key| Some((key.clone(), *entry.grants.get(key)?)))
                .collect()
        };
        let plans = self.plans.iter().map(|(key, entry)| {
            let entry = PlanEntry {
                plan: Plan::default(),
                grants: grants(entry),
                revision: entry.revision,
            };
            (key.clone(), entry)
        });
        Self {
            settings: self.settings.clone(),
            features: keys.iter().filter_map(feature).collect(),
            plans: plans.collect(),
            next_list: self.next_list,
        }
    }
}
