//! Why a change or a question is refused by the rules of the domain.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::key::{FeatureKey, PlanKey};
use super::overrides::OverrideError;
use super::subject::SubjectId;
use super::target::{Id, Target};
use super::text::counted;
use super::value::{Kind, Value};

/// A rule says no. Every message names what is concerned; the command line adds what helps.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Refusal {
    /// The catalog does not define the feature.
    #[error("there is no feature `{0}`")]
    UnknownFeature(FeatureKey),
    /// The catalog does not define the plan.
    #[error("there is no plan `{0}`")]
    UnknownPlan(PlanKey),
    /// The store does not know the user or organization.
    #[error("there is no {} `{}`", .0.noun(), .0.id())]
    UnknownSubject(SubjectId),
    /// The user does not belong to the organization.
    #[error("user `{user}` does not belong to organization `{organization}`")]
    NotAMember {
        /// The user.
        user: Id,
        /// The organization.
        organization: Id,
    },
    /// The key is taken.
    #[error("feature `{0}` is defined already")]
    FeatureExists(FeatureKey),
    /// The key is taken.
    #[error("plan `{0}` exists already")]
    PlanExists(PlanKey),
    /// The project has as many features as its settings allow.
    #[error("the catalog has {max} features, which is its cap")]
    TooManyFeatures {
        /// The cap.
        max: u32,
    },
    /// The cap would be below what is defined.
    #[error("the cap cannot be {max}: {defined} features are defined")]
    CapTooLow {
        /// The cap asked for.
        max: u32,
        /// Features defined.
        defined: usize,
    },
    /// A number for a boolean feature, or none for a limit.
    #[error("{feature} is a {kind} feature: `{value}` is not a value for it")]
    WrongKind {
        /// The feature.
        feature: FeatureKey,
        /// Its kind.
        kind: Kind,
        /// The value offered.
        value: Value,
    },
    /// A limit without its number.
    #[error("{0} is a limit feature: it needs a number, or `unlimited`")]
    NumberMissing(FeatureKey),
    /// A feature keeps its kind.
    #[error("{feature} is a {kind} feature and stays one; delete it and define it anew")]
    KindIsFixed {
        /// The feature.
        feature: FeatureKey,
        /// Its kind.
        kind: Kind,
    },
    /// An override without a moment at which it counts.
    #[error(transparent)]
    NeverStands(OverrideError),
    /// Targeting a limit.
    #[error("{0} is a limit feature: only boolean features are targeted")]
    NotTargetable(FeatureKey),
    /// Something still depends on the feature.
    #[error("feature `{feature}` is still used by {by}")]
    FeatureInUse {
        /// The feature.
        feature: FeatureKey,
        /// By what.
        by: String,
    },
    /// Something still depends on the plan.
    #[error("plan `{plan}` is still used by {by}")]
    PlanInUse {
        /// The plan.
        plan: PlanKey,
        /// By what.
        by: String,
    },
    /// Users still belong to the organization.
    #[error("organization `{organization}` still has {}", counted(*members, "member"))]
    OrganizationInUse {
        /// The organization.
        organization: Id,
        /// How many users belong to it.
        members: u64,
    },
    /// Overrides still belong to the user or organization.
    #[error("{} `{}` still holds {by}", subject.noun(), subject.id())]
    SubjectInUse {
        /// Whose overrides they are.
        subject: SubjectId,
        /// How many, in words.
        by: String,
    },
    /// A user or an organization in the place of a custom target: rules would take the subject for
    /// somebody else.
    #[error("`{0}` is not a custom target")]
    NotACustomTarget(Target),
    /// The change was made for other contents than those found.
    #[error("{0} has changed meanwhile: nothing was written")]
    Stale(String),
}

impl Refusal {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFeature(_) => "feature_not_found",
            Self::UnknownPlan(_) => "plan_not_found",
            Self::UnknownSubject(SubjectId::User(_)) => "user_not_found",
            Self::UnknownSubject(SubjectId::Organization(_)) => "organization_not_found",
            Self::NotAMember { .. } => "not_a_member",
            Self::FeatureExists(_) => "feature_exists",
            Self::PlanExists(_) => "plan_exists",
            Self::TooManyFeatures { .. } => "too_many_features",
            Self::CapTooLow { .. } => "cap_too_low",
            Self::WrongKind { .. } | Self::NumberMissing(_) => "wrong_type",
            Self::KindIsFixed { .. } => "type_is_fixed",
            Self::NeverStands(_) => "override_never_stands",
            Self::NotTargetable(_) => "not_targetable",
            Self::FeatureInUse { .. } => "feature_in_use",
            Self::PlanInUse { .. } => "plan_in_use",
            Self::OrganizationInUse { .. }
            | Self::SubjectInUse {
                subject: SubjectId::Organization(_),
                ..
            } => "organization_in_use",
            Self::SubjectInUse {
                subject: SubjectId::User(_),
                ..
            } => "user_in_use",
            Self::NotACustomTarget(_) => "not_a_custom_target",
            Self::Stale(_) => "stale",
        }
    }
}
