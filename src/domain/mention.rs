//! Whom and what a change mentions: how the history is searched, also for what is long gone.
//!
//! A feature is mentioned by all that happens to it: its definition, its audience, what plans give
//! of it and what overrides say about it. A plan also by whoever is put on it or taken off, and a
//! subject by the rules that name it; an organization by whoever joins or leaves it.

use serde::{Deserialize, Serialize};

use super::catalog::Settings;
use super::change::Change;
use super::key::{FeatureKey, PlanKey};
use super::subject::{Organization, SubjectId, User};
use super::target::{Condition, Members, Rule, Target};

/// What a change is looked for by: it has to mention all of these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentions {
    /// A feature.
    pub feature: Option<FeatureKey>,
    /// A plan.
    pub plan: Option<PlanKey>,
    /// Users or organizations.
    pub subjects: Vec<SubjectId>,
}

impl Mentions {
    /// Whether every change would do.
    pub fn is_empty(&self) -> bool {
        self.feature.is_none() && self.plan.is_none() && self.subjects.is_empty()
    }

    /// Whether the change mentions them all.
    pub fn found_in(&self, change: &Change) -> bool {
        let feature = self.feature.as_ref();
        let plan = self.plan.as_ref();
        feature.is_none_or(|feature| change.mentions_feature(feature))
            && plan.is_none_or(|plan| change.mentions_plan(plan))
            && self
                .subjects
                .iter()
                .all(|subject| change.mentions_subject(subject))
    }
}

impl Change {
    /// Whether something happens to the feature.
    pub fn mentions_feature(&self, wanted: &FeatureKey) -> bool {
        match self {
            Self::Feature { key: feature, .. }
            | Self::AudienceDefault { feature, .. }
            | Self::Rule { feature, .. }
            | Self::Target { feature, .. }
            | Self::Grant { feature, .. }
            | Self::Override { feature, .. } => feature == wanted,
            Self::Settings { .. }
            | Self::Plan { .. }
            | Self::User { .. }
            | Self::Organization { .. } => false,
        }
    }

    /// Whether something happens to the plan, or somebody comes onto it or leaves it.
    pub fn mentions_plan(&self, wanted: &PlanKey) -> bool {
        match self {
            Self::Plan { key: plan, .. } | Self::Grant { plan, .. } => plan == wanted,
            Self::Settings { before, after } => {
                let by_default =
                    |settings: &Settings| settings.default_plan.as_ref() == Some(wanted);
                by_default(before) != by_default(after)
            }
            Self::User { before, after, .. } => {
                let on = |user: &User| user.plan.as_ref() == Some(wanted);
                before.as_ref().is_some_and(on) != after.as_ref().is_some_and(on)
            }
            Self::Organization { before, after, .. } => {
                let on = |found: &Organization| found.plan.as_ref() == Some(wanted);
                before.as_ref().is_some_and(on) != after.as_ref().is_some_and(on)
            }
            _ => false,
        }
    }

    /// Whether something happens to the subject, by name.
    pub fn mentions_subject(&self, wanted: &SubjectId) -> bool {
        match (self, wanted) {
            (Self::User { id, .. }, SubjectId::User(wanted))
            | (Self::Organization { id, .. }, SubjectId::Organization(wanted)) => id == wanted,
            (Self::User { before, after, .. }, SubjectId::Organization(wanted)) => {
                let within = |user: &User| user.organizations.contains(wanted);
                before.as_ref().is_some_and(within) != after.as_ref().is_some_and(within)
            }
            (Self::Override { subject, .. }, _) => subject == wanted,
            (Self::Target { target, .. }, _) => *target == wanted.target(),
            (Self::Rule { before, after, .. }, _) => {
                let target = wanted.target();
                let mut rules = before.iter().chain(after);
                rules.any(|rule| names(rule, &target))
            }
            _ => false,
        }
    }
}

fn names(rule: &Rule<Members>, target: &Target) -> bool {
    rule.when.iter().any(|condition| match condition {
        Condition::OneOf { target_type, ids } => {
            *target_type == target.target_type && ids.contains(&target.id)
        }
        Condition::Percent(_) | Condition::Unsupported(_) => false,
    })
}
