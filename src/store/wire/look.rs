//! Looking at a project from afar.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, ListId, Target};
use crate::store::{About, Among, Digest, Question, Scope, Span};

/// What is to be looked at, and as of when.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Looking {
    /// The revision that is to answer; without it, the latest
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Revision>,
    /// What is looked at
    #[serde(deserialize_with = "sought")]
    pub look: Sought,
}

/// Reads what is looked at. What has members is written with their names: as a list it would pass
/// for one whose last members are left out.
fn sought<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sought, D::Error> {
    const WITH_MEMBERS: [&str; 6] = [
        "basis",
        "overrides_of",
        "briefs",
        "each_change",
        "changed",
        "writes",
    ];
    let value = Value::deserialize(deserializer)?;
    let is_list = |name: &&str| value.get(name).is_some_and(Value::is_array);
    match WITH_MEMBERS.iter().find(|name| is_list(name)) {
        Some(name) => Err(D::Error::custom(format!("{name} is an object, not a list"))),
        None => serde_json::from_value(value).map_err(D::Error::custom),
    }
}

/// The moment of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// The revision that answers.
    pub revision: Revision,
    /// By which revision lists have their numbers: numbers of another one mean other lists.
    pub numbered: Revision,
}

/// Every feature, or these.
pub type Whole = Option<Vec<FeatureKey>>;

/// What is looked at: the questions of a snapshot, one for one.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Sought {
    /// The revision alone
    Revision,
    /// The definitions of these features, or of all
    Catalog(Whole),
    /// All that an answer about these features takes
    Basis {
        /// The features; all without it
        scope: Whole,
        /// Who is asked about
        #[schemars(with = "serde_json::Value")]
        question: Question,
    },
    /// Whom a feature's rules name
    Audience(FeatureKey),
    /// How many a list names
    ListSize(#[schemars(with = "u32")] ListId),
    /// The lists that name a target
    ListsNaming(Target),
    /// One user
    User(Id),
    /// One organization
    Organization(Id),
    /// The overrides that a user or an organization holds itself
    OverridesOf {
        /// Whose
        subject: SubjectId,
        /// The features; all without it
        scope: Whole,
    },
    /// The users behind one, or all
    Users(Option<Id>),
    /// The organizations behind one, or all
    Organizations(Option<Id>),
    /// The users of an organization
    Members(Id),
    /// The overrides that subjects hold
    Overrides {
        /// The features; all without it
        scope: Whole,
        /// Only of the subjects behind this one, organizations being behind users
        after: Option<SubjectId>,
    },
    /// Everybody, as far as it decides about these features
    Briefs {
        /// The features; all without it
        scope: Whole,
        /// Only those whom these plans concern
        #[serde(default)]
        among: AmongWhom,
    },
    /// Everybody by itself
    Alone,
    /// The write that made a revision
    Entry(Revision),
    /// How many changes the write that made a revision holds
    ChangeCount(Revision),
    /// The changes of one write
    EachChange {
        /// Which write
        revision: Revision,
        /// Which of its changes
        about: AboutWhat,
    },
    /// The hash of a write
    Digest(Revision),
    /// Whether every write has its hash, and which has this one
    Verify(Option<Digest>),
    /// Whether what is kept of a write is what its hash was made from
    IsIntact(Revision),
    /// The writes before one, or all, latest first
    History(Option<Revision>),
    /// The latest writes up to one, latest first, each with its changes if they are few
    Writes {
        /// The last that is among them
        until: Revision,
        /// How many
        limit: u32,
        /// Only those with such changes, and these of them
        about: AboutWhat,
    },
    /// The changes of some writes, latest first
    Changed {
        /// The last write that is not among them
        after: Revision,
        /// The last that is
        until: Revision,
        /// Which of their changes
        about: AboutWhat,
    },
    /// The writes behind one, earliest first, as they are kept
    Retold(Revision),
}

impl Sought {
    /// The changes of a span.
    pub fn changed(span: Span, about: About<'_>) -> Self {
        let Span { after, until } = span;
        Self::Changed {
            after,
            until,
            about: about.into(),
        }
    }
}

/// The scope as it is sent.
impl From<Scope<'_>> for Whole {
    fn from(scope: Scope<'_>) -> Self {
        match scope {
            Scope::All => None,
            Scope::Features(keys) => Some(keys.to_vec()),
        }
    }
}

impl<'a> Scope<'a> {
    /// The scope that was sent.
    pub fn of(sent: &'a Whole) -> Self {
        match sent {
            None => Self::All,
            Some(keys) => Self::Features(keys),
        }
    }
}

/// Everybody, or those whom these plans concern.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AmongWhom(Option<Vec<PlanKey>>);

impl From<Among<'_>> for AmongWhom {
    fn from(among: Among<'_>) -> Self {
        Self(match among {
            Among::All => None,
            Among::OnPlans(plans) => Some(plans.to_vec()),
        })
    }
}

impl AmongWhom {
    /// The same as stores are asked.
    pub fn borrowed(&self) -> Among<'_> {
        match &self.0 {
            None => Among::All,
            Some(plans) => Among::OnPlans(plans),
        }
    }
}

/// What a walk through past changes is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AboutWhat {
    /// Everything
    All,
    /// The definitions, without single names
    Definitions,
    /// The definitions, and where a target was named
    Naming(Target),
    /// The definitions, and every name
    Catalog,
    /// A user or an organization
    Subject(SubjectId),
    /// What mentions all of these
    Mentioning(#[schemars(with = "serde_json::Value")] Mentions),
}

impl From<About<'_>> for AboutWhat {
    fn from(about: About<'_>) -> Self {
        match about {
            About::All => Self::All,
            About::Definitions => Self::Definitions,
            About::Naming(target) => Self::Naming(target.clone()),
            About::Catalog => Self::Catalog,
            About::Subject(subject) => Self::Subject(subject.clone()),
            About::Mentioning(mentions) => Self::Mentioning(mentions.clone()),
        }
    }
}

impl AboutWhat {
    /// The same as stores are asked.
    pub fn borrowed(&self) -> About<'_> {
        match self {
            Self::All => About::All,
            Self::Definitions => About::Definitions,
            Self::Naming(target) => About::Naming(target),
            Self::Catalog => About::Catalog,
            Self::Subject(subject) => About::Subject(subject),
            Self::Mentioning(mentions) => About::Mentioning(mentions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_members_is_asked_for_by_their_names() {
        let asked = |look: &str| serde_json::from_str::<Looking>(&format!("{{\"look\":{look}}}"));
        for good in [
            r#""revision""#,
            r#"{"catalog":["sso"]}"#,
            r#"{"briefs":{"scope":["sso"]}}"#,
        ] {
            assert!(asked(good).is_ok(), "{good}");
        }
        for bad in [
            r#"{"briefs":[null,null]}"#,
            r#"{"changed":[1,2,"all"]}"#,
            r#"{"briefs":{"other":1}}"#,
        ] {
            assert!(asked(bad).is_err(), "{bad}");
        }
    }
}
