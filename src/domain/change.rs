//! Changes: what a write does to a project, as data, with what was there before and what is there
//! after.
//!
//! That makes each one checkable (what was there must still be there), reversible (exchange the
//! two) and a history row in itself. A write is a [`ChangeSet`]: all of it happens, or nothing.

use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, Settings};
use super::feature::Feature;
use super::key::{FeatureKey, PlanKey};
use super::overrides::Override;
use super::plan::Plan;
use super::refusal::Refusal;
use super::subject::{Organization, SubjectId, User};
use super::target::{Audience, Condition, Id, Members, Rule, Serve, Target};
use super::text::Name;
use super::value::Value;

/// One change. `before` and `after` are `None` where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// What holds for the whole project.
    Settings {
        /// Found.
        before: Settings,
        /// Left.
        after: Settings,
    },
    /// A feature's definition.
    Feature {
        /// Which.
        key: FeatureKey,
        /// Found.
        before: Option<Feature>,
        /// Left.
        after: Option<Feature>,
    },
    /// What an audience serves where no rule matches.
    AudienceDefault {
        /// Whose audience.
        feature: FeatureKey,
        /// Found.
        before: Serve,
        /// Left.
        after: Serve,
    },
    /// A rule put in or taken out; the rules behind it move.
    Rule {
        /// Whose audience.
        feature: FeatureKey,
        /// Its place, from 0.
        index: usize,
        /// Taken out.
        before: Option<Rule<Members>>,
        /// Put in.
        after: Option<Rule<Members>>,
    },
    /// One name put on or taken from the list of a rule's condition.
    Target {
        /// Whose audience.
        feature: FeatureKey,
        /// The rule's place, from 0.
        rule: usize,
        /// The condition's place in the rule, from 0.
        condition: usize,
        /// Who.
        target: Target,
        /// Whether the list named it.
        before: bool,
        /// Whether the list names it.
        after: bool,
    },
    /// A plan's definition.
    Plan {
        /// Which.
        key: PlanKey,
        /// Found.
        before: Option<Plan>,
        /// Left.
        after: Option<Plan>,
    },
    /// What a plan gives of a feature.
    Grant {
        /// Which plan.
        plan: PlanKey,
        /// Which feature.
        feature: FeatureKey,
        /// Found.
        before: Option<Value>,
        /// Left.
        after: Option<Value>,
    },
    /// What is kept about a user.
    User {
        /// Who.
        id: Id,
        /// Found.
        before: Option<User>,
        /// Left.
        after: Option<User>,
    },
    /// What is kept about an organization.
    Organization {
        /// Which.
        id: Id,
        /// Found.
        before: Option<Organization>,
        /// Left.
        after: Option<Organization>,
    },
    /// A subject's override of a feature.
    Override {
        /// Whose.
        subject: SubjectId,
        /// Of which feature.
        feature: FeatureKey,
        /// Found.
        before: Option<Override>,
        /// Left.
        after: Option<Override>,
    },
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        use std::mem::swap;
        match &mut self {
            Self::Settings { before, after } => swap(before, after),
            Self::Feature { before, after, .. } => swap(before, after),
            Self::AudienceDefault { before, after, .. } => swap(before, after),
            Self::Rule { before, after, .. } => swap(before, after),
            Self::Target { before, after, .. } => swap(before, after),
            Self::Plan { before, after, .. } => swap(before, after),
            Self::Grant { before, after, .. } => swap(before, after),
            Self::User { before, after, .. } => swap(before, after),
            Self::Organization { before, after, .. } => swap(before, after),
            Self::Override { before, after, .. } => swap(before, after),
        }
        self
    }

    /// Whether both alter the same in the same way. A place may or may not tell what a feature is
    /// called; a switch is the same switch.
    fn alters_as(&self, other: &Self) -> bool {
        let switched = |change: &Self| match change {
            Self::Feature {
                key,
                before: Some(before),
                after: Some(after),
            } => {
                let rest = Feature {
                    enabled: after.enabled,
                    ..before.clone()
                };
                (rest == *after).then(|| (key.clone(), before.enabled, after.enabled))
            }
            _ => None,
        };
        self == other || switched(self).is_some_and(|one| switched(other) == Some(one))
    }

    /// Whether the change leaves what it found.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Settings { before, after } => before == after,
            Self::Feature { before, after, .. } => before == after,
            Self::AudienceDefault { before, after, .. } => before == after,
            Self::Rule { before, after, .. } => before.is_none() && after.is_none(),
            Self::Target { before, after, .. } => before == after,
            Self::Plan { before, after, .. } => before == after,
            Self::Grant { before, after, .. } => before == after,
            Self::User { before, after, .. } => before == after,
            Self::Organization { before, after, .. } => before == after,
            Self::Override { before, after, .. } => before == after,
        }
    }
}

/// Changes that happen together or not at all, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeSet(Vec<Change>);

impl ChangeSet {
    /// Takes the changes, without those that change nothing.
    pub fn new(changes: impl IntoIterator<Item = Change>) -> Self {
        Self(
            changes
                .into_iter()
                .filter(|change| !change.is_nothing())
                .collect(),
        )
    }

    /// The changes in order.
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the others alter the same in the same way: the same changes, but for what features are
    /// called by both without altering it.
    pub fn alters_as(&self, other: &Self) -> bool {
        let mut pairs = self.0.iter().zip(&other.0);
        self.0.len() == other.0.len() && pairs.all(|(one, other)| one.alters_as(other))
    }

    /// The changes that take these back, last first.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self(self.0.into_iter().rev().map(Change::reversed).collect())
    }
}

impl FromIterator<Change> for ChangeSet {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        Self::new(changes)
    }
}

/// The changes that edits are made of, from what the catalog holds now.
impl Catalog {
    /// Gives, alters or takes away a plan's grant.
    pub fn set_grant(&self, plan: &PlanKey, feature: &FeatureKey, after: Option<Value>) -> Change {
        let entry = self.plans.get(plan);
        let before = entry
            .and_then(|entry| entry.grants.get(feature))
            .map(|grant| grant.value);
        Change::Grant {
            plan: plan.clone(),
            feature: feature.clone(),
            before,
            after,
        }
    }

    /// Defines, edits or (`None`) deletes a feature; see also [`Catalog::delete_feature`].
    pub fn set_feature(&self, key: &FeatureKey, after: Option<Feature>) -> Change {
        let before = self.features.get(key).map(|entry| entry.feature.clone());
        Change::Feature {
            key: key.clone(),
            before,
            after,
        }
    }

    /// Creates, edits or (`None`) deletes a plan; see also [`Catalog::delete_plan`].
    pub fn set_plan(&self, key: &PlanKey, after: Option<Plan>) -> Change {
        let before = self.plans.get(key).map(|entry| entry.plan.clone());
        Change::Plan {
            key: key.clone(),
            before,
            after,
        }
    }

    /// Alters what holds for the whole project.
    pub fn set_settings(&self, after: Settings) -> Change {
        Change::Settings {
            before: self.settings.clone(),
            after,
        }
    }

    /// Deletes a feature with all that hangs on it: its rules (`audience` is the complete one),
    /// its grants and the overrides handed in.
    pub fn delete_feature(
        &self,
        key: &FeatureKey,
        audience: Audience<Members>,
        overrides: impl IntoIterator<Item = (SubjectId, Override)>,
    ) -> ChangeSet {
        let overrides = overrides
            .into_iter()
            .map(|(subject, before)| Change::Override {
                subject,
                feature: key.clone(),
                before: Some(before),
                after: None,
            });
        let granting = self
            .plans
            .iter()
            .filter(|(_, entry)| entry.grants.contains_key(key));
        let grants = granting.map(|(plan, _)| self.set_grant(plan, key, None));
        let rules = replace_audience(key, audience, Audience::default());
        overrides
            .chain(grants)
            .chain(rules)
            .chain([self.set_feature(key, None)])
            .collect()
    }

    /// Deletes a plan with its grants. Whoever is on it must have been moved before.
    pub fn delete_plan(&self, key: &PlanKey) -> ChangeSet {
        let entry = self.plans.get(key);
        let granted = entry.into_iter().flat_map(|entry| entry.grants.keys());
        let grants = granted.map(|feature| self.set_grant(key, feature, None));
        grants.chain([self.set_plan(key, None)]).collect()
    }

    /// Names a target under Some: on the list of the rule for its type, which is made if need be.
    /// `named` tells whether that list names it already.
    pub fn add_target(&self, feature: &FeatureKey, target: &Target, named: bool) -> Option<Change> {
        let audience = &self.features.get(feature)?.audience;
        let change = match audience.naming_rule(&target.target_type) {
            Some(rule) => Change::Target {
                feature: feature.clone(),
                rule,
                condition: 0,
                target: target.clone(),
                before: named,
                after: true,
            },
            None => Change::Rule {
                feature: feature.clone(),
                index: audience.rules.len(),
                before: None,
                after: Some(Rule::naming(target)),
            },
        };
        Some(change)
    }
}

impl Rule<Members> {
    /// The rule that gives a feature to one target, and to more as they are added.
    pub fn naming(target: &Target) -> Self {
        let ids = Members::from([target.id.clone()]);
        let target_type = target.target_type.clone();
        Self {
            id: Name::new(target_type.as_str()).unwrap_or_default(),
            serve: Serve::On,
            when: vec![Condition::OneOf { target_type, ids }],
        }
    }
}

/// Exchanges one complete audience for another: the rules out, last first, then the new ones in.
/// Those in front that both have stay where they are, however many they name.
pub fn replace_audience(
    feature: &FeatureKey,
    before: Audience<Members>,
    after: Audience<Members>,
) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let pairs = before.rules.iter().zip(&after.rules);
    let same = pairs.take_while(|(old, new)| old == new).count();
    let rule = |index, before, after| Change::Rule {
        feature: feature.clone(),
        index,
        before,
        after,
    };
    let out = before.rules.into_iter().enumerate().skip(same).rev();
    let default = Change::AudienceDefault {
        feature: feature.clone(),
        before: before.default,
        after: after.default,
    };
    let put = after.rules.into_iter().enumerate().skip(same);
    out.map(|(index, taken)| rule(index, Some(taken), None))
        .chain([default])
        .chain(put.map(|(index, put)| rule(index, None, Some(put))))
        .collect()
}

/// Looks a feature up, or refuses.
pub fn known_feature<'a>(
    catalog: &'a Catalog,
    key: &FeatureKey,
) -> Result<&'a super::catalog::FeatureEntry, Refusal> {
    catalog
        .features
        .get(key)
        .ok_or_else(|| Refusal::UnknownFeature(key.clone()))
}

/// Looks a plan up, or refuses.
pub fn known_plan<'a>(
    catalog: &'a Catalog,
    key: &PlanKey,
) -> Result<&'a super::catalog::PlanEntry, Refusal> {
    catalog
        .plans
        .get(key)
        .ok_or_else(|| Refusal::UnknownPlan(key.clone()))
}
