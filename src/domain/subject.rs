//! Subjects: the users and organizations that a question is about, as they are kept, and the
//! bundle of facts about one of them that the resolver reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::catalog::Revision;
use super::key::{FeatureKey, PlanKey};
use super::list_ids::ListIds;
use super::overrides::Override;
use super::target::{Id, Target, TargetError, TargetType};
use super::text::{Name, parsed};

/// A user or an organization, by its identifier. Written `user:u1`, `org:acme`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectId {
    /// A user.
    User(Id),
    /// An organization.
    Organization(Id),
}

impl SubjectId {
    /// The identifier alone.
    pub fn id(&self) -> &Id {
        match self {
            Self::User(id) | Self::Organization(id) => id,
        }
    }

    /// The word for what it is: `user` or `organization`.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Organization(_) => "organization",
        }
    }

    /// The same thing as a rule would name it.
    pub fn target(&self) -> Target {
        match self {
            Self::User(id) => Target {
                target_type: TargetType::user(),
                id: id.clone(),
            },
            Self::Organization(id) => Target {
                target_type: TargetType::organization(),
                id: id.clone(),
            },
        }
    }
}

impl fmt::Display for SubjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Organization(id) => write!(f, "org:{id}"),
        }
    }
}

impl FromStr for SubjectId {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let Target { target_type, id } = text.parse()?;
        match target_type.as_str() {
            "user" => Ok(Self::User(id)),
            "organization" => Ok(Self::Organization(id)),
            _ => Err(TargetError::Untyped(text.to_owned())),
        }
    }
}

impl Serialize for SubjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SubjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// What is kept about a user.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// How to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Name>,
    /// Their own plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanKey>,
    /// The organizations they belong to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub organizations: BTreeSet<Id>,
    /// Custom targets they always bring along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub targets: BTreeSet<Target>,
}

/// What is kept about an organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Its plan, which its users share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanKey>,
    /// Custom targets that it and its users always bring along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub targets: BTreeSet<Target>,
}

/// An override as a subject holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The override.
    pub over: Override,
    /// The revision that set it; [`Revision::UNKNOWN`] where there is no history.
    pub revision: Revision,
}

/// One who brings a plan and overrides to an answer: the user, or one of its organizations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Who; `None` for a hypothetical subject.
    pub id: Option<Id>,
    /// Its plan.
    pub plan: Option<PlanKey>,
    /// Its overrides.
    pub overrides: BTreeMap<FeatureKey, Held>,
}

/// All that a catalog needs to know about who is asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRecord {
    /// The user, when the question is about one.
    pub user: Option<Party>,
    /// The organizations that count, in the order of their identifiers.
    pub organizations: Vec<Party>,
    /// The lists of the catalog's rules that name the user, an organization or a custom target
    /// of theirs; sorted.
    pub lists: ListIds,
}

impl SubjectRecord {
    /// Nobody in particular who is on `plan`: for a dry run.
    pub fn hypothetical(plan: PlanKey) -> Self {
        let user = Party {
            plan: Some(plan),
            ..Party::default()
        };
        Self {
            user: Some(user),
            ..Self::default()
        }
    }

    /// Whose place in a percentage counts: the user, else the organization.
    pub fn shared_id(&self) -> Option<&Id> {
        match &self.user {
            Some(user) => user.id.as_ref(),
            None => self
                .organizations
                .first()
                .and_then(|organization| organization.id.as_ref()),
        }
    }
}
