//! Features, plans, and both beside each other.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::catalog::{Catalog, FeatureEntry, PlanEntry, Revision};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::{Currency, Period, Price};
use crate::domain::target::{Access, Audience, Condition, Percent, Rule, Serve, TargetType};
use crate::domain::text::{Description, Name, PlanDescription, Tag};
use crate::domain::value::{Kind, Value, answer_as_json};

/// A feature, as lists have it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FeatureTold<'a> {
    key: &'a FeatureKey,
    #[serde(rename = "type")]
    kind: Kind,
    enabled: bool,
    off_value: Serve,
    access: Access,
    name: Option<&'a Name>,
    description: Option<&'a Description>,
    tags: &'a BTreeSet<Tag>,
    owner: Option<&'a Name>,
    revision: Revision,
}

impl<'a> FeatureTold<'a> {
    /// Tells of a feature.
    pub fn new(key: &'a FeatureKey, entry: &'a FeatureEntry) -> Self {
        let feature = &entry.feature;
        Self {
            key,
            kind: feature.kind,
            enabled: feature.enabled,
            off_value: feature.off_value,
            access: entry.audience.access(),
            name: feature.name.as_ref(),
            description: feature.description.as_ref(),
            tags: &feature.tags,
            owner: feature.owner.as_ref(),
            revision: entry.revision.max(entry.audience_revision),
        }
    }
}

/// A feature by itself, with its targeting and the plans that grant it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FeatureShown<'a> {
    #[serde(flatten)]
    feature: FeatureTold<'a>,
    rules: Vec<RuleTold<'a>>,
    default: Serve,
    plans: BTreeMap<&'a str, Value>,
}

impl<'a> FeatureShown<'a> {
    /// Tells of a feature, where each list of its rules stands by its size, and of what plans give.
    pub fn new(
        key: &'a FeatureKey,
        entry: &'a FeatureEntry,
        sizes: &'a Audience<(TargetType, u64)>,
        grants: impl IntoIterator<Item = (&'a PlanKey, Value)>,
    ) -> Self {
        let grants = grants.into_iter();
        Self {
            feature: FeatureTold::new(key, entry),
            rules: sizes.rules.iter().map(RuleTold::new).collect(),
            default: sizes.default,
            plans: grants.map(|(plan, value)| (plan.as_str(), value)).collect(),
        }
    }
}

/// A rule of an audience, with the size of each list in its place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleTold<'a> {
    id: &'a Name,
    serve: Serve,
    when: Vec<ConditionTold<'a>>,
}

/// What must hold for the rule.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ConditionTold<'a> {
    /// One of so many is asked about.
    Named {
        /// Of which type they are.
        #[serde(rename = "type")]
        target_type: &'a TargetType,
        /// How many are named.
        named: u64,
    },
    /// Within a share.
    Percent {
        /// The share.
        percent: Percent,
    },
    /// Something that is not judged here.
    Unsupported {
        /// What it was.
        unsupported: &'a Name,
    },
}

impl<'a> RuleTold<'a> {
    fn new(rule: &'a Rule<(TargetType, u64)>) -> Self {
        let when = rule.when.iter().map(|condition| match condition {
            Condition::OneOf {
                ids: (target_type, named),
                ..
            } => ConditionTold::Named {
                target_type,
                named: *named,
            },
            Condition::Percent(percent) => ConditionTold::Percent { percent: *percent },
            Condition::Unsupported(unsupported) => ConditionTold::Unsupported { unsupported },
        });
        Self {
            id: &rule.id,
            serve: rule.serve,
            when: when.collect(),
        }
    }
}

/// A plan with its grants.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanTold<'a> {
    key: &'a PlanKey,
    display_name: Option<&'a Name>,
    description: Option<&'a PlanDescription>,
    price: Option<&'a Price>,
    currency: Option<&'a Currency>,
    period: Option<Period>,
    default: bool,
    grants: BTreeMap<&'a str, Value>,
    revision: Revision,
}

impl<'a> PlanTold<'a> {
    /// Tells of a plan, and whether it is the default plan.
    pub fn new(key: &'a PlanKey, entry: &'a PlanEntry, default: bool) -> Self {
        let plan = &entry.plan;
        let grants = entry.grants.iter();
        Self {
            key,
            display_name: plan.display_name.as_ref(),
            description: plan.description.as_ref(),
            price: plan.price.as_ref(),
            currency: plan.currency.as_ref(),
            period: plan.period,
            default,
            grants: grants
                .map(|(feature, grant)| (feature.as_str(), grant.value))
                .collect(),
            revision: entry.revision,
        }
    }
}

/// What holds for the whole project.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettingsTold {
    /// The plan whose grants are everybody's floor.
    pub default_plan: Option<PlanKey>,
    /// How many features may be defined.
    pub max_features: u32,
}

/// What each plan gives of a feature.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatrixRow<'a> {
    feature: &'a FeatureKey,
    #[serde(rename = "type")]
    kind: Kind,
    enabled: bool,
    /// By plan: `false`, `true` or a number.
    plans: serde_json::Map<String, serde_json::Value>,
}

impl<'a> MatrixRow<'a> {
    /// A row for each feature, in the order of the keys.
    pub fn all(catalog: &'a Catalog) -> impl Iterator<Item = Self> {
        catalog.features.iter().map(|(key, entry)| {
            let plans = catalog.plans.iter().map(|(plan, granting)| {
                let value = granting.grants.get(key).map(|grant| grant.value);
                (plan.to_string(), answer_as_json(value))
            });
            Self {
                feature: key,
                kind: entry.feature.kind,
                enabled: entry.feature.enabled,
                plans: plans.collect(),
            }
        })
    }
}
