//! What an operator asks for, as data, and the changes that it takes.
//!
//! An [`Edit`] says what is wanted (`sso` disabled, `u1` on plan `pro`) and nothing about how it was
//! asked: the command line makes one of its arguments, a server one of a request's body. What it
//! means depends on what is there, so it is planned against a [`Snapshot`], inside the write: the
//! plan is a [`ChangeSet`], and an edit of what is so already needs none. Whoever reads an error has
//! other commands to offer than the next, so that errors here say what is wrong and hints are added
//! above.

mod alter;
mod error;
mod features;
mod known;
mod named;
mod overrides;
mod plans;
mod set;
mod settings;
mod several;
mod subjects;
mod summary;
mod targets;
mod unseen;
mod update;
mod wanted;
mod word;

use serde::{Deserialize, Serialize};

pub use alter::{Alter, AlterSet};
pub use error::{EditError, Missing};
pub use features::{DefineFeature, EditFeature};
pub use known::{known_feature, known_plan, known_subject};
pub use overrides::ClearOverrides;
pub use plans::{PlanFields, Successor};
pub use set::{SetGrant, SetOverride};
pub use settings::{EditSettings, LARGEST_CAP};
pub use several::{NthError, plan_all};
pub use subjects::{AssignOrganization, AssignUser};
pub use summary::Summary;
pub use update::update;
pub use wanted::way_to;
pub use word::{Word, meant, suggested_kind};

use crate::domain::change::ChangeSet;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::target::{Audience, Id, Members, Percent, Target};
use crate::domain::time::Time;
use crate::store::Snapshot;

/// What somebody asks for. In JSON the kind is the member `edit`, and a field that is absent stays
/// as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Map a feature into a plan.
    SetGrant(SetGrant),
    /// Take what a plan gives of a feature away.
    UnsetGrant {
        /// The plan.
        plan: PlanKey,
        /// The feature.
        feature: FeatureKey,
    },
    /// Override a feature for a user or an organization.
    SetOverride(SetOverride),
    /// Take one override away.
    UnsetOverride {
        /// Whose.
        subject: SubjectId,
        /// The feature.
        feature: FeatureKey,
    },
    /// Take overrides away.
    ClearOverrides(ClearOverrides),
    /// Define a feature.
    DefineFeature(DefineFeature),
    /// Alter a feature, all but its key and its type.
    EditFeature(EditFeature),
    /// Release a feature's kill switch.
    EnableFeature {
        /// The feature.
        feature: FeatureKey,
    },
    /// Throw a feature's kill switch.
    DisableFeature {
        /// The feature.
        feature: FeatureKey,
    },
    /// Delete a feature with its grants, rules and overrides.
    DeleteFeature {
        /// The feature.
        feature: FeatureKey,
    },
    /// Target everybody.
    TargetAll {
        /// The feature.
        feature: FeatureKey,
    },
    /// Target nobody: the plans decide.
    TargetNone {
        /// The feature.
        feature: FeatureKey,
    },
    /// Target a stable share of all, beside those named.
    TargetPercent {
        /// The feature.
        feature: FeatureKey,
        /// The share.
        percent: Percent,
    },
    /// Name more targets.
    AddTargets {
        /// The feature.
        feature: FeatureKey,
        /// Who.
        targets: Vec<Target>,
    },
    /// Name some targets no longer.
    RemoveTargets {
        /// The feature.
        feature: FeatureKey,
        /// Who.
        targets: Vec<Target>,
    },
    /// Exchange a feature's rules and default for others.
    ReplaceAudience {
        /// The feature.
        feature: FeatureKey,
        /// Its rules, with everybody they name, and its default.
        audience: Audience<Members>,
    },
    /// Create a plan.
    CreatePlan(PlanFields),
    /// Alter a plan, all but its key and its grants.
    EditPlan(PlanFields),
    /// Delete a plan with its grants.
    DeletePlan {
        /// The plan.
        plan: PlanKey,
        /// What becomes of whoever is on it; a plan that somebody is on stays without this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        successor: Option<Successor>,
    },
    /// Alter what holds for the whole project.
    EditSettings(EditSettings),
    /// Make a user known, or alter what is kept about one.
    AssignUser(AssignUser),
    /// Forget a user, with its overrides and wherever rules name it.
    ForgetUser {
        /// The user.
        user: Id,
    },
    /// Make an organization known, or alter what is kept about one.
    AssignOrganization(AssignOrganization),
    /// Forget an organization, with its overrides and wherever rules name it.
    ForgetOrganization {
        /// The organization.
        organization: Id,
    },
}

impl Edit {
    /// The changes that the edit takes, seen at the moment `now`; none where it is so already.
    ///
    /// # Errors
    ///
    /// What is missing, and what a rule forbids, as far as that can be told before writing.
    pub fn plan(&self, snapshot: &dyn Snapshot, now: Time) -> Result<ChangeSet, EditError> {
        match self {
            Self::SetGrant(edit) => edit.plan(snapshot),
            Self::UnsetGrant { plan, feature } => set::unset_grant(snapshot, plan, feature),
            Self::SetOverride(edit) => edit.plan(snapshot, now),
            Self::UnsetOverride { subject, feature } => {
                set::unset_override(snapshot, subject, feature)
            }
            Self::ClearOverrides(edit) => edit.plan(snapshot, now),
            Self::DefineFeature(edit) => edit.plan(snapshot),
            Self::EditFeature(edit) => edit.plan(snapshot),
            Self::EnableFeature { feature } => features::switch(snapshot, feature, true),
            Self::DisableFeature { feature } => features::switch(snapshot, feature, false),
            Self::DeleteFeature { feature } => features::delete(snapshot, feature),
            Self::TargetAll { feature } => targets::target_all(snapshot, feature),
            Self::TargetNone { feature } => targets::target_none(snapshot, feature),
            Self::TargetPercent { feature, percent } => {
                targets::target_percent(snapshot, feature, *percent)
            }
            Self::AddTargets { feature, targets } => targets::add(snapshot, feature, targets),
            Self::RemoveTargets { feature, targets } => targets::remove(snapshot, feature, targets),
            Self::ReplaceAudience { feature, audience } => {
                targets::replace(snapshot, feature, audience)
            }
            Self::CreatePlan(edit) => edit.create(snapshot),
            Self::EditPlan(edit) => edit.edit(snapshot),
            Self::DeletePlan { plan, successor } => {
                plans::delete(snapshot, plan, successor.as_ref())
            }
            Self::EditSettings(edit) => edit.plan(snapshot),
            Self::AssignUser(edit) => edit.plan(snapshot),
            Self::ForgetUser { user } => subjects::forget_user(snapshot, user),
            Self::AssignOrganization(edit) => edit.plan(snapshot),
            Self::ForgetOrganization { organization } => {
                subjects::forget_organization(snapshot, organization)
            }
        }
    }

    /// The command that asks for the same, for the history: it reads alike whoever wrote.
    pub fn command(&self) -> &'static str {
        match self {
            Self::SetGrant(_) | Self::SetOverride(_) => "set",
            Self::UnsetGrant { .. } | Self::UnsetOverride { .. } => "unset",
            Self::ClearOverrides(_) => "override clear",
            Self::DefineFeature(_) => "feature define",
            Self::EditFeature(_) => "feature edit",
            Self::EnableFeature { .. } => "feature enable",
            Self::DisableFeature { .. } => "feature disable",
            Self::DeleteFeature { .. } => "feature delete",
            Self::TargetAll { .. }
            | Self::TargetNone { .. }
            | Self::TargetPercent { .. }
            | Self::ReplaceAudience { .. } => "target",
            Self::AddTargets { .. } => "target add",
            Self::RemoveTargets { .. } => "target remove",
            Self::CreatePlan(_) => "plan create",
            Self::EditPlan(_) => "plan edit",
            Self::DeletePlan { .. } => "plan delete",
            Self::EditSettings(edit) => edit.command(),
            Self::AssignUser(_) => "user assign",
            Self::ForgetUser { .. } => "user forget",
            Self::AssignOrganization(_) => "org assign",
            Self::ForgetOrganization { .. } => "org forget",
        }
    }
}
