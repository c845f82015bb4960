//! Why an edit cannot be: what is missing, what a rule forbids, what the store says.

use std::fmt;

use thiserror::Error;

use super::settings::LARGEST_CAP;
use crate::domain::catalog::Catalog;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::nearest::nearest;
use crate::domain::overrides::OverrideError;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::time::Time;
use crate::store::StoreError;

/// An edit cannot be planned.
#[derive(Debug, Error)]
pub enum EditError {
    /// It names what nobody knows.
    #[error(transparent)]
    Missing(Missing),
    /// A rule of the domain says no.
    #[error(transparent)]
    Refused(Refusal),
    /// The override would never count.
    #[error("the override would have expired at {expires}, and it is {now}")]
    Expired {
        /// When it would have ended.
        expires: Time,
        /// The present moment.
        now: Time,
    },
    /// The override would start after its end.
    #[error(transparent)]
    Span(OverrideError),
    /// A plan cannot be its own successor.
    #[error("plan `{0}` cannot be moved to itself")]
    OwnSuccessor(PlanKey),
    /// So many features can never be.
    #[error("the cap cannot be {0}: write 1 to {LARGEST_CAP}")]
    CapOutOfRange(u32),
    /// The store could not be read.
    #[error(transparent)]
    Store(StoreError),
}

impl EditError {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(missing) => missing.code(),
            Self::Refused(refusal) => refusal.code(),
            Self::Expired { .. } => "expired",
            Self::Span(_) => "span",
            Self::OwnSuccessor(_) => "usage",
            Self::CapOutOfRange(_) => "cap_out_of_range",
            Self::Store(error) => error.code(),
        }
    }
}

impl From<Refusal> for EditError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A refusal is one, whoever says it.
impl From<StoreError> for EditError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            error => Self::Store(error),
        }
    }
}

impl From<Missing> for EditError {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

/// What an edit names and nobody knows, at least one of the three.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error)]
pub struct Missing {
    /// A feature.
    pub feature: Option<FeatureKey>,
    /// A plan.
    pub plan: Option<PlanKey>,
    /// A user or an organization.
    pub subject: Option<SubjectId>,
    /// The keys there are that were probably meant: the feature's, then the plan's.
    pub nearest: Vec<String>,
    /// Whether the edit makes what is missing if it is told to create it.
    pub creatable: bool,
}

impl Missing {
    /// An unknown feature, with the nearest key there is.
    pub fn feature(catalog: &Catalog, feature: &FeatureKey) -> Self {
        Self {
            feature: Some(feature.clone()),
            ..Self::default()
        }
        .with_nearest(catalog)
    }

    /// An unknown plan, with the nearest key there is.
    pub fn plan(catalog: &Catalog, plan: &PlanKey) -> Self {
        Self {
            plan: Some(plan.clone()),
            ..Self::default()
        }
        .with_nearest(catalog)
    }

    /// An unknown user or organization.
    pub fn subject(subject: &SubjectId) -> Self {
        Self {
            subject: Some(subject.clone()),
            ..Self::default()
        }
    }

    pub(super) fn with_nearest(mut self, catalog: &Catalog) -> Self {
        let features = || catalog.features.keys().map(FeatureKey::as_str);
        let plans = || catalog.plans.keys().map(PlanKey::as_str);
        let feature = self.feature.as_ref();
        let feature = feature.and_then(|key| nearest(key.as_str(), features()));
        let plan = self.plan.as_ref();
        let plan = plan.and_then(|key| nearest(key.as_str(), plans()));
        self.nearest = feature.into_iter().chain(plan).map(str::to_owned).collect();
        self
    }

    /// Whether all is there.
    pub fn is_nothing(&self) -> bool {
        self.feature.is_none() && self.plan.is_none() && self.subject.is_none()
    }

    /// The refusal of the first that is missing.
    pub fn refusal(&self) -> Option<Refusal> {
        let feature = self.feature.clone().map(Refusal::UnknownFeature);
        let plan = || self.plan.clone().map(Refusal::UnknownPlan);
        let subject = || self.subject.clone().map(Refusal::UnknownSubject);
        feature.or_else(plan).or_else(subject)
    }

    /// A stable name for scripts: that of the first that is missing.
    pub fn code(&self) -> &'static str {
        let refusal = self.refusal();
        refusal.map_or("not_found", |refusal| refusal.code())
    }

    /// What is missing, each in words: ``feature `sso` ``.
    pub fn things(&self) -> Vec<String> {
        let feature = self.feature.as_ref().map(|key| format!("feature `{key}`"));
        let plan = self.plan.as_ref().map(|key| format!("plan `{key}`"));
        let subject = self.subject.as_ref();
        let subject = subject.map(|s| format!("{} `{}`", s.noun(), s.id()));
        feature.into_iter().chain(plan).chain(subject).collect()
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {}", self.things().join(" and no "))
    }
}
