//! Users, organizations and their overrides.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::moment;
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override, Standing};
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::{Name, Reason};
use crate::domain::time::Time;
use crate::domain::value::Value;
use crate::store::Entry;

/// A user, as lists have it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UserTold<'a> {
    id: &'a Id,
    email: Option<&'a Name>,
    plan: Option<&'a PlanKey>,
    organizations: &'a BTreeSet<Id>,
    targets: &'a BTreeSet<Target>,
}

impl<'a> UserTold<'a> {
    /// Tells of a user.
    pub fn new(id: &'a Id, user: &'a User) -> Self {
        Self {
            id,
            email: user.email.as_ref(),
            plan: user.plan.as_ref(),
            organizations: &user.organizations,
            targets: &user.targets,
        }
    }
}

/// What a subject holds itself, by feature.
type Holds<'a> = BTreeMap<&'a str, &'a Override>;

fn holds(overrides: &[(FeatureKey, Held)]) -> Holds<'_> {
    let overrides = overrides.iter();
    overrides
        .map(|(feature, held)| (feature.as_str(), &held.over))
        .collect()
}

/// A user by itself, with its overrides.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UserShown<'a> {
    #[serde(flatten)]
    user: UserTold<'a>,
    overrides: Holds<'a>,
}

impl<'a> UserShown<'a> {
    /// Tells of a user.
    pub fn new(id: &'a Id, user: &'a User, overrides: &'a [(FeatureKey, Held)]) -> Self {
        Self {
            user: UserTold::new(id, user),
            overrides: holds(overrides),
        }
    }
}

/// An organization, as lists have it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrganizationTold<'a> {
    id: &'a Id,
    name: Option<&'a Name>,
    plan: Option<&'a PlanKey>,
    targets: &'a BTreeSet<Target>,
}

impl<'a> OrganizationTold<'a> {
    /// Tells of an organization.
    pub fn new(id: &'a Id, organization: &'a Organization) -> Self {
        Self {
            id,
            name: organization.name.as_ref(),
            plan: organization.plan.as_ref(),
            targets: &organization.targets,
        }
    }
}

/// An organization by itself, with its overrides.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrganizationShown<'a> {
    #[serde(flatten)]
    organization: OrganizationTold<'a>,
    members: u64,
    overrides: Holds<'a>,
}

impl<'a> OrganizationShown<'a> {
    /// Tells of an organization with so many members.
    pub fn new(
        id: &'a Id,
        organization: &'a Organization,
        members: u64,
        overrides: &'a [(FeatureKey, Held)],
    ) -> Self {
        Self {
            organization: OrganizationTold::new(id, organization),
            members,
            overrides: holds(overrides),
        }
    }
}

/// One subject's override of one feature.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OverrideTold<'a> {
    subject: &'a SubjectId,
    feature: &'a FeatureKey,
    /// `grant` or `revoke`.
    effect: &'static str,
    value: Option<Value>,
    /// `active`, `not_started` or `expired`.
    standing: &'static str,
    reason: Option<&'a Reason>,
    starts: Option<Time>,
    expires: Option<Time>,
    revision: Revision,
}

impl<'a> OverrideTold<'a> {
    /// Tells of an override, as it stands now.
    pub fn new(subject: &'a SubjectId, feature: &'a FeatureKey, held: &'a Held, now: Time) -> Self {
        let over = &held.over;
        let (effect, value) = match over.effect {
            Effect::Grant(value) => ("grant", Some(value)),
            Effect::Revoke => ("revoke", None),
        };
        Self {
            subject,
            feature,
            effect,
            value,
            standing: standing_name(over.standing(now)),
            reason: over.reason.as_ref(),
            starts: over.starts,
            expires: over.expires,
            revision: held.revision,
        }
    }
}

/// The standing as programs know it.
pub fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::NotStarted => "not_started",
        Standing::Expired => "expired",
    }
}

/// An override by itself, with who set it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OverrideShown<'a> {
    #[serde(flatten)]
    over: OverrideTold<'a>,
    set_by: Option<&'a str>,
    set_at: Option<String>,
}

impl<'a> OverrideShown<'a> {
    /// Tells of an override that this write set.
    pub fn new(over: OverrideTold<'a>, set: Option<&'a Entry>) -> Self {
        Self {
            over,
            set_by: set.map(|entry| entry.actor.as_str()),
            set_at: set.map(|entry| moment(entry.at)),
        }
    }
}
