//! The changes that an edit asks for, where nobody can look at what is there.
//!
//! Some places take a write and show nothing: no list of features, of plans, of overrides. Of an edit
//! that says all that is to be, the changes are in its words. What was there before is not known, so
//! what stands there for it in a change is made up, and only makes it a change of the right kind: it
//! is not to be shown, and whether the feature or the user exists is for the place to say.

use super::{AssignUser, ClearOverrides, Edit, EditError, SetOverride, meant, suggested_kind};
use crate::domain::catalog::Settings;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override};
use crate::domain::plan::Plan;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::Serve;
use crate::domain::time::Time;
use crate::domain::value::{Kind, Value};

impl Edit {
    /// The changes that the edit asks for, in its own words alone; at least one, whatever is there.
    ///
    /// # Errors
    ///
    /// What a rule forbids, as far as the edit itself shows it.
    pub fn unseen(&self, now: Time) -> Result<ChangeSet, EditError> {
        Ok(match self {
            Self::SetOverride(edit) => [edit.unseen(now)?].into_iter().collect(),
            Self::UnsetOverride { subject, feature } => {
                [taken(subject, feature)].into_iter().collect()
            }
            Self::ClearOverrides(edit) => edit.unseen(),
            Self::AssignUser(edit) => [edit.unseen()].into_iter().collect(),
            edit => [edit.kind_of_change()].into_iter().collect(),
        })
    }

    /// A change of the kind that the edit makes, with its names.
    fn kind_of_change(&self) -> Change {
        match self {
            Self::DefineFeature(edit) => feature(&edit.feature, None, Some(edit.definition())),
            Self::DeleteFeature { feature: key } => {
                feature(key, Some(Feature::new(Kind::Boolean)), None)
            }
            Self::EditFeature(edit) => switched(&edit.feature, true),
            Self::EnableFeature { feature } => switched(feature, true),
            Self::DisableFeature { feature } => switched(feature, false),
            Self::SetGrant(edit) => granted(&edit.plan, &edit.feature, true),
            Self::UnsetGrant { plan, feature } => granted(plan, feature, false),
            Self::TargetAll { feature }
            | Self::TargetNone { feature }
            | Self::TargetPercent { feature, .. }
            | Self::AddTargets { feature, .. }
            | Self::RemoveTargets { feature, .. }
            | Self::ReplaceAudience { feature, .. } => Change::AudienceDefault {
                feature: feature.clone(),
                before: Serve::Off,
                after: Serve::On,
            },
            Self::CreatePlan(fields) | Self::EditPlan(fields) => plan(&fields.plan, true),
            Self::DeletePlan { plan: key, .. } => plan(key, false),
            Self::ForgetUser { user } => Change::User {
                id: user.clone(),
                before: Some(User::default()),
                after: None,
            },
            Self::AssignOrganization(edit) => Change::Organization {
                id: edit.organization.clone(),
                before: None,
                after: Some(Organization::default()),
            },
            Self::ForgetOrganization { organization } => Change::Organization {
                id: organization.clone(),
                before: Some(Organization::default()),
                after: None,
            },
            // What is left alters the settings; the others have been told apart before.
            _ => Change::Settings {
                before: Settings::default(),
                after: Settings {
                    max_features: 0,
                    ..Settings::default()
                },
            },
        }
    }
}

impl SetOverride {
    fn unseen(&self, now: Time) -> Result<Change, EditError> {
        self.check_end(now)?;
        let kind = Feature::new(suggested_kind(self.value));
        let value = meant(&self.feature, &kind, self.value)?;
        let over = Override {
            effect: value.map_or(Effect::Revoke, Effect::Grant),
            // Who shows nothing keeps no reasons.
            reason: None,
            starts: self.starts,
            expires: self.expires,
        };
        Ok(Change::Override {
            subject: self.subject.clone(),
            feature: self.feature.clone(),
            before: None,
            after: Some(over.checked().map_err(EditError::Span)?),
        })
    }
}

impl ClearOverrides {
    /// One change for each feature named; without names there are none to tell.
    fn unseen(&self) -> ChangeSet {
        let of = |subject: &SubjectId| -> ChangeSet {
            self.features
                .iter()
                .map(|feature| taken(subject, feature))
                .collect()
        };
        match &self.subject {
            Some(subject) if !self.expired => of(subject),
            _ => ChangeSet::default(),
        }
    }
}

impl AssignUser {
    fn unseen(&self) -> Change {
        let mut after = User::default();
        self.plan.apply(&mut after.plan);
        self.email.apply_text(&mut after.email);
        self.organizations.apply(&mut after.organizations);
        self.targets.apply(&mut after.targets);
        // A plan that goes must have been there; which it was, nobody knows.
        let had = (!self.plan.leaves() && after.plan.is_none()).then(|| User {
            plan: "unknown".parse().ok(),
            ..User::default()
        });
        Change::User {
            id: self.user.clone(),
            before: had,
            after: Some(after),
        }
    }
}

fn feature(key: &FeatureKey, before: Option<Feature>, after: Option<Feature>) -> Change {
    Change::Feature {
        key: key.clone(),
        before,
        after,
    }
}

fn switched(key: &FeatureKey, enabled: bool) -> Change {
    let side = |enabled| Feature {
        enabled,
        ..Feature::new(Kind::Boolean)
    };
    feature(key, Some(side(!enabled)), Some(side(enabled)))
}

fn granted(plan: &PlanKey, feature: &FeatureKey, comes: bool) -> Change {
    Change::Grant {
        plan: plan.clone(),
        feature: feature.clone(),
        before: (!comes).then_some(Value::On),
        after: comes.then_some(Value::On),
    }
}

fn plan(key: &PlanKey, comes: bool) -> Change {
    Change::Plan {
        key: key.clone(),
        before: (!comes).then(Plan::default),
        after: comes.then(Plan::default),
    }
}

fn taken(subject: &SubjectId, feature: &FeatureKey) -> Change {
    Change::Override {
        subject: subject.clone(),
        feature: feature.clone(),
        before: Some(Override {
            effect: Effect::Revoke,
            reason: None,
            starts: None,
            expires: None,
        }),
        after: None,
    }
}
