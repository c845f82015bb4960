//! What a layer saw, its answer, and the sentence that explains it.

use super::catalog::{FeatureEntry, Grant, Revision};
use super::key::PlanKey;
use super::overrides::{Effect, Standing};
use super::subject::Held;
use super::target::{Access, Id, ListId, Rule, Serve};
use super::text::counted;
use super::time::Time;
use super::value::{Answer, Value};

/// Whose plan a grant came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via<'a> {
    /// The user's own.
    User,
    /// An organization's.
    Organization(&'a Id),
    /// The catalog's default plan.
    Default,
}

/// What a layer saw.
#[derive(Debug, Clone, Copy)]
pub enum Finding<'a> {
    /// The switch is not thrown.
    Enabled,
    /// The switch is thrown, and serves what the feature serves when off.
    Disabled(&'a FeatureEntry),
    /// The question names no user, or no organization.
    NotAsked,
    /// The user has no organization that could hold an override.
    NoOrganization,
    /// There is no override.
    NoOverride,
    /// There is an override, standing or not.
    Override {
        /// Whose it is.
        holder: Option<&'a Id>,
        /// The override.
        held: &'a Held,
        /// Whether it counts.
        standing: Standing,
    },
    /// Targeting is for boolean features.
    LimitsAreNotTargeted,
    /// A rule matches.
    Rule {
        /// Its place among the rules.
        index: usize,
        /// The rule.
        rule: &'a Rule<ListId>,
        /// Where it stands.
        entry: &'a FeatureEntry,
    },
    /// No rule matches, and the audience holds everybody else.
    Everybody(&'a FeatureEntry),
    /// No rule matches, which is no answer.
    NoRuleMatches {
        /// What the audience would serve, if that were an answer.
        default: Serve,
        /// Where the rules stand.
        entry: &'a FeatureEntry,
    },
    /// A plan grants it.
    Granted {
        /// Which plan.
        plan: &'a PlanKey,
        /// Whose plan.
        via: Via<'a>,
        /// The grant.
        grant: &'a Grant,
    },
    /// The one plan that counts for the subject does not grant it.
    NotGranted(&'a PlanKey),
    /// Several plans count for the subject, and none of them grants it.
    GrantedByNone,
    /// The subject has no plan.
    NoPlan,
    /// Off.
    Off,
}

impl Finding<'_> {
    /// What the layer answers; `None` sends the question on to the next.
    #[inline]
    pub fn answer(&self) -> Option<Answer> {
        match self {
            Self::Disabled(entry) if entry.feature.off_value == Serve::On => Some(Some(Value::On)),
            Self::Everybody(_) => Some(Some(Value::On)),
            Self::Disabled(_) | Self::Off => Some(None),
            Self::Override {
                held,
                standing: Standing::Active,
                ..
            } => Some(held.over.effect.answer()),
            Self::Rule { rule, .. } => match rule.serve {
                Serve::On => Some(Some(Value::On)),
                Serve::Off => Some(None),
                Serve::NoValue => None,
            },
            Self::Granted { grant, .. } => Some(Some(grant.value)),
            _ => None,
        }
    }

    /// Whether the switch, a matching rule or the audience's default was to serve something that
    /// is not a boolean.
    pub fn serves_no_value(&self) -> bool {
        let served = match self {
            Self::Disabled(entry) => entry.feature.off_value,
            Self::Rule { rule, .. } => rule.serve,
            Self::NoRuleMatches { default, .. } => *default,
            _ => return false,
        };
        served == Serve::NoValue
    }

    /// Whether both speak of the same override or grant.
    pub(super) fn is_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Override { held: a, .. }, Self::Override { held: b, .. }) => {
                std::ptr::eq(*a, *b)
            }
            (
                Self::Granted {
                    plan: a, via: v, ..
                },
                Self::Granted {
                    plan: b, via: w, ..
                },
            ) => a == b && v == w,
            _ => false,
        }
    }

    /// The revision that made what was seen, where one did.
    pub fn revision(&self) -> Option<Revision> {
        let revision = match self {
            Self::Override { held, .. } => held.revision,
            Self::Granted { grant, .. } => grant.revision,
            Self::Rule { entry, .. } | Self::Everybody(entry) => entry.audience_revision,
            Self::Disabled(entry) => entry.revision,
            _ => Revision::UNKNOWN,
        };
        (revision != Revision::UNKNOWN).then_some(revision)
    }

    /// The moment at which what was seen ends by itself.
    pub fn until(&self) -> Option<Time> {
        match self {
            Self::Override {
                held,
                standing: Standing::Active,
                ..
            } => held.over.expires,
            _ => None,
        }
    }

    /// A sentence for people: what was seen and what follows. Free text of others (a reason, a
    /// rule's name) is within, to be sanitised where it is shown.
    pub fn in_words(&self) -> String {
        match self {
            Self::Enabled => "the feature is enabled".to_owned(),
            Self::Disabled(entry) if entry.feature.off_value == Serve::On => {
                "the feature is disabled, which serves on".to_owned()
            }
            Self::Disabled(_) => "the feature is disabled for everybody".to_owned(),
            Self::NotAsked => "nobody of this kind is part of the question".to_owned(),
            Self::NoOrganization => "the user belongs to no organization".to_owned(),
            Self::NoOverride => "there is no override".to_owned(),
            Self::Override {
                holder,
                held,
                standing,
            } => override_in_words(*holder, held, *standing),
            Self::LimitsAreNotTargeted => "limits are not targeted".to_owned(),
            Self::Rule { index, rule, .. } => rule_in_words(*index, rule),
            Self::Everybody(_) => "the audience is everybody".to_owned(),
            Self::NoRuleMatches { entry, .. } => match entry.audience.access() {
                Access::None => "the audience is nobody".to_owned(),
                _ => format!(
                    "none of {} matches",
                    counted(entry.audience.rules.len(), "rule")
                ),
            },
            Self::Granted { plan, via, grant } => granted_in_words(plan, *via, grant.value),
            Self::NotGranted(plan) => format!("plan {plan} does not include it"),
            Self::GrantedByNone => "none of the plans asked includes it".to_owned(),
            Self::NoPlan => "there is no plan".to_owned(),
            Self::Off => "off unless something above says otherwise".to_owned(),
        }
    }
}

fn override_in_words(holder: Option<&Id>, held: &Held, standing: Standing) -> String {
    let what = match held.over.effect {
        Effect::Grant(value) => format!("grants {value}"),
        Effect::Revoke => "revokes it".to_owned(),
    };
    let whose = holder
        .map(|id| format!("the override of {id} "))
        .unwrap_or_default();
    let when = match (standing, held.over.starts, held.over.expires) {
        (Standing::Expired, _, Some(end)) => format!(", but expired at {end}"),
        (Standing::NotStarted, Some(start), _) => format!(", but only from {start} on"),
        (Standing::Active, _, Some(end)) => format!(" until {end}"),
        _ => String::new(),
    };
    let why = held
        .over
        .reason
        .as_ref()
        .map(|reason| format!(" ({})", &**reason));
    format!("{whose}{what}{when}{}", why.unwrap_or_default())
}

fn rule_in_words(index: usize, rule: &Rule<ListId>) -> String {
    let serves = match rule.serve {
        Serve::On => "serves on",
        Serve::Off => "serves off",
        Serve::NoValue => "matches, but serves no boolean",
    };
    format!("rule {} ({}) {serves}", index + 1, &*rule.id)
}

fn granted_in_words(plan: &PlanKey, via: Via<'_>, value: Value) -> String {
    match via {
        Via::User => format!("plan {plan} grants {value}"),
        Via::Organization(id) => format!("plan {plan} of organization {id} grants {value}"),
        Via::Default => format!("the default plan, {plan}, grants {value}"),
    }
}
