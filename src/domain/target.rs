//! Who is targeted: an audience is a list of ordered rules, the first that matches serves.
//!
//! The three common forms are None (no rule), Some (rules that name users, organizations or
//! custom targets, or a percentage) and All (no rule, on by default). The general form carries
//! what WorkOS's configuration payload can say (contract page, *Configuration payloads*),
//! including what its evaluator is told to pass over.
//!
//! A rule does not hold the names it stands for: lists may name millions. `Audience<ListId>`, the
//! form the resolver reads, refers to lists by number, and a subject brings along the numbers of
//! the lists that name it. `Audience<Members>` is the complete form, for files and history.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use xxhash_rust::xxh3::Xxh3;

use super::in_place::InPlace;
use super::key::FeatureKey;
use super::text::{Name, parsed};

/// What a rule or a switch serves. Written `true`, `false` or `null` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Serve {
    /// The feature is on.
    On,
    /// The feature is off.
    Off,
    /// The payload served something that is not a boolean: WorkOS's evaluator then hands the
    /// question back to its caller. Here that is no answer of targeting (a WorkOS catalog has no
    /// plan that could give one), and `Resolution::is_handed_back` tells it from off.
    NoValue,
}

impl Serialize for Serve {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On => serializer.serialize_bool(true),
            Self::Off => serializer.serialize_bool(false),
            Self::NoValue => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Serve {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not by `Option`, for which a field that is missing would count as one that is null.
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Bool(true) => Ok(Self::On),
            serde_json::Value::Bool(false) => Ok(Self::Off),
            serde_json::Value::Null => Ok(Self::NoValue),
            _ => Err(serde::de::Error::custom(
                "what is served is true, false or null",
            )),
        }
    }
}

/// Why a text does not name a target or a subject.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TargetError {
    /// Not an identifier.
    #[error(
        "{0:?} is not an identifier: 1 to 255 printable ASCII characters without spaces, and \
         neither `.` nor `..`"
    )]
    Id(String),
    /// Not a target type.
    #[error(
        "{0:?} is not a target type: a lowercase letter, then at most 63 of a-z, 0-9, `-` and `_`"
    )]
    Type(String),
    /// No `type:` in front.
    #[error("{0:?} does not say what it names: write user:ID, org:ID or another TYPE:ID")]
    Untyped(String),
    /// Not a percentage.
    #[error("{0:?} is not a percentage: write 0 to 100 with at most two decimals")]
    Percent(String),
}

/// The identifier of a user, an organization or a custom target: 1–255 printable ASCII
/// characters without spaces. Compared exactly, case included.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(InPlace);

impl Id {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let shaped = (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if shaped && text != "." && text != ".." {
            Ok(Self(text.into()))
        } else {
            Err(TargetError::Id(text.to_owned()))
        }
    }
}

/// What kind of thing a target is: `user`, `organization`, or a custom type such as `workspace`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TargetType(Box<str>);

impl TargetType {
    /// The type of users.
    pub fn user() -> Self {
        Self("user".into())
    }

    /// The type of organizations.
    pub fn organization() -> Self {
        Self("organization".into())
    }

    /// The type as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads a target type; `org` is short for `organization`.
impl FromStr for TargetType {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let mut bytes = text.bytes();
        let shaped = text.len() <= 64
            && bytes.next().is_some_and(|b| b.is_ascii_lowercase())
            && bytes.all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        match text {
            "org" => Ok(Self::organization()),
            _ if shaped => Ok(Self(text.into())),
            _ => Err(TargetError::Type(text.to_owned())),
        }
    }
}

macro_rules! text_forms {
    ($name:ident) => {
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer)
            }
        }
    };
}

text_forms!(Id);
text_forms!(TargetType);

/// One thing that a rule can name, written `workspace:ws_1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// What kind of thing it is.
    pub target_type: TargetType,
    /// Which one.
    pub id: Id,
}

impl Target {
    /// Whether it is neither a user nor an organization.
    pub fn is_custom(&self) -> bool {
        !matches!(self.target_type.as_str(), "user" | "organization")
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let (target_type, id) = text
            .split_once(':')
            .ok_or_else(|| TargetError::Untyped(text.to_owned()))?;
        Ok(Self {
            target_type: target_type.parse()?,
            id: id.parse()?,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.target_type, self.id)
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// A share of all subjects, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

impl Percent {
    /// Everybody.
    pub const ALL: Self = Self(10_000);
    /// Nobody.
    pub const NONE: Self = Self(0);

    /// Whether the subject `id` is within the share for `feature`.
    ///
    /// XXH3-64 of the feature's key, a NUL and the identifier, modulo 10,000, is below the
    /// share. The place of a subject never moves, so that a larger share keeps everybody that a
    /// smaller one had, and two features pick different people.
    pub fn includes(self, feature: &FeatureKey, id: Option<&Id>) -> bool {
        if self == Self::ALL {
            return true;
        }
        id.is_some_and(|id| {
            let mut hash = Xxh3::new();
            hash.update(feature.as_str().as_bytes());
            hash.update(&[0]);
            hash.update(id.as_str().as_bytes());
            hash.digest() % u64::from(Self::ALL.0) < u64::from(self.0)
        })
    }
}

impl FromStr for Percent {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let refused = || TargetError::Percent(text.to_owned());
        let number = text.strip_suffix('%').unwrap_or(text);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(whole) || !digits(fraction) || fraction.len() > 2 {
            return Err(refused());
        }
        let hundredths = format!("{whole}{fraction:0<2}");
        hundredths
            .parse()
            .ok()
            .filter(|n| *n <= Self::ALL.0)
            .map(Self)
            .ok_or_else(refused)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 100)?;
        match self.0 % 100 {
            0 => write!(f, "%"),
            tens if tens % 10 == 0 => write!(f, ".{}%", tens / 10),
            hundredths => write!(f, ".{hundredths:02}%"),
        }
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u16(self.0 / 100)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number
            .to_string()
            .trim_end_matches(".0")
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The number of a list of named targets; it has a meaning only within its own catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListId(pub u32);

/// Who a condition names, complete.
pub type Members = BTreeSet<Id>;

/// One thing that must hold for a rule to match.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition<L> {
    /// The subject, or a target it brings along, is one of those named.
    OneOf {
        /// What kind of thing is named.
        #[serde(rename = "type")]
        target_type: TargetType,
        /// Which ones.
        ids: L,
    },
    /// The subject is within a stable share of all subjects.
    Percent(Percent),
    /// Something that this version cannot judge: never holds (WorkOS's rule for unknown
    /// operators), and says what it was.
    Unsupported(Name),
}

/// A rule: when all its conditions hold, and it has at least one, it serves its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule<L> {
    /// A name for the rule, for explanations.
    pub id: Name,
    /// What it serves.
    pub serve: Serve,
    /// What must hold, all of it.
    pub when: Vec<Condition<L>>,
}

/// Ordered rules, and what holds where none matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience<L> {
    /// Served where no rule matches. Only [`Serve::On`] is an answer: with the other two the
    /// question goes on to the plan.
    pub default: Serve,
    /// First match wins.
    #[serde(default = "Vec::new")]
    pub rules: Vec<Rule<L>>,
}

impl<L> Default for Audience<L> {
    fn default() -> Self {
        Self {
            default: Serve::Off,
            rules: Vec::new(),
        }
    }
}

/// The common form that an audience has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Targeting gives it to nobody.
    None,
    /// It gives it to those named, or to a share.
    Some,
    /// It gives it to everybody.
    All,
    /// Rules that fit none of these.
    Rules,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Some => "some",
            Self::All => "all",
            Self::Rules => "rules",
        })
    }
}

impl<L> Audience<L> {
    /// The audience that holds everybody.
    pub fn all() -> Self {
        Self {
            default: Serve::On,
            rules: Vec::new(),
        }
    }

    /// The common form of this audience.
    pub fn access(&self) -> Access {
        let gives = |rule: &Rule<L>| rule.serve == Serve::On && rule.when.len() == 1;
        match (self.rules.is_empty(), self.default) {
            (true, Serve::On) => Access::All,
            (true, Serve::Off) => Access::None,
            (false, Serve::Off) if self.rules.iter().all(gives) => Access::Some,
            _ => Access::Rules,
        }
    }

    /// The rule that gives the feature to targets of one type and asks for nothing else.
    pub fn naming_rule(&self, target_type: &TargetType) -> Option<usize> {
        self.rules.iter().position(|rule| {
            rule.serve == Serve::On
                && matches!(rule.when.as_slice(),
                    [Condition::OneOf { target_type: named, .. }] if named == target_type)
        })
    }

    /// The rule that gives the feature to a share of all subjects and asks for nothing else.
    pub fn share_rule(&self) -> Option<(usize, Percent)> {
        self.rules
            .iter()
            .enumerate()
            .find_map(|(index, rule)| match rule.when.as_slice() {
                [Condition::Percent(share)] if rule.serve == Serve::On => Some((index, *share)),
                _ => None,
            })
    }

    /// The same audience with each list exchanged, for example members for a list's number.
    pub fn try_map<M, E>(
        &self,
        mut exchange: impl FnMut(&TargetType, &L) -> Result<M, E>,
    ) -> Result<Audience<M>, E> {
        let rules = self.rules.iter().map(|rule| rule.try_map(&mut exchange));
        Ok(Audience {
            default: self.default,
            rules: rules.collect::<Result<_, E>>()?,
        })
    }
}

impl<L> Rule<L> {
    /// The same rule with each list exchanged.
    pub fn try_map<M, E>(
        &self,
        exchange: &mut impl FnMut(&TargetType, &L) -> Result<M, E>,
    ) -> Result<Rule<M>, E> {
        let when = self.when.iter().map(|condition| {
            Ok(match condition {
                Condition::OneOf { target_type, ids } => Condition::OneOf {
                    target_type: target_type.clone(),
                    ids: exchange(target_type, ids)?,
                },
                Condition::Percent(share) => Condition::Percent(*share),
                Condition::Unsupported(what) => Condition::Unsupported(what.clone()),
            })
        });
        Ok(Rule {
            id: self.id.clone(),
            serve: self.serve,
            when: when.collect::<Result<_, E>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_keeps_two_decimals_through_text_and_json() {
        for (text, shown) in [
            ("0", "0%"),
            ("25", "25%"),
            ("12.5%", "12.5%"),
            ("0.05", "0.05%"),
            ("100", "100%"),
        ] {
            let share: Percent = text.parse().unwrap_or(Percent::ALL);
            assert_eq!(share.to_string(), shown);
            let json = serde_json::to_string(&share).unwrap_or_default();
            assert_eq!(
                serde_json::from_str::<Percent>(&json).ok(),
                Some(share),
                "{json}"
            );
        }
        for bad in ["", "-1", "100.01", "101", "1.234", "1e1", "%", ".5", "5."] {
            assert!(bad.parse::<Percent>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_larger_share_keeps_everybody_a_smaller_one_had_and_is_about_as_large_as_it_says() {
        let Ok(feature) = "beta".parse::<FeatureKey>() else {
            unreachable!()
        };
        let ids: Vec<Id> = (0..10_000)
            .filter_map(|n| format!("user_{n}").parse().ok())
            .collect();
        let within = |share: &str| -> BTreeSet<&Id> {
            let share: Percent = share.parse().unwrap_or(Percent::ALL);
            ids.iter()
                .filter(|id| share.includes(&feature, Some(id)))
                .collect()
        };
        let (small, large) = (within("10"), within("30"));
        assert!(small.is_subset(&large));
        assert!((900..1100).contains(&small.len()), "{}", small.len());
        assert!((2800..3200).contains(&large.len()), "{}", large.len());
        assert!(within("0").is_empty());
        assert_eq!(within("100").len(), ids.len());
    }

    #[test]
    fn a_target_says_what_it_names() {
        let read = |text: &str| text.parse::<Target>().map(|t| t.to_string());
        assert_eq!(read("org:acme").as_deref(), Ok("organization:acme"));
        assert_eq!(read("workspace:a:b").as_deref(), Ok("workspace:a:b"));
        for bad in [
            "u1", ":u1", "user:", "User:u1", "user:a b", "user:..", "1x:y",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
