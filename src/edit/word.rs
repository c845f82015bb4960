//! A value as somebody asks for it, before it is known what kind of feature it is for.

use std::fmt;
use std::str::FromStr;

use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Kind, Limit, Value, ValueError};

/// A value as somebody asks for it. In JSON `true`, `false`, a number, or one of the words that an
/// operator types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// `on` or `true`.
    On,
    /// `off` or `false`.
    Off,
    /// A number, or `unlimited`.
    Number(Limit),
}

impl FromStr for Word {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "on" | "true" => Ok(Self::On),
            "off" | "false" => Ok(Self::Off),
            _ => text.parse().map(Self::Number),
        }
    }
}

impl From<Option<Value>> for Word {
    fn from(value: Option<Value>) -> Self {
        match value {
            None => Self::Off,
            Some(Value::On) => Self::On,
            Some(Value::Limit(limit)) => Self::Number(limit),
        }
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On => serializer.serialize_bool(true),
            Self::Off => serializer.serialize_bool(false),
            Self::Number(limit) => serializer.serialize_u64(limit.get()),
        }
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Form)
    }
}

/// Reads a word in the forms that JSON has for it.
struct Form;

impl Visitor<'_> for Form {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a whole number from 0 to 2^53-1, or \"unlimited\"")
    }

    fn visit_bool<E: serde::de::Error>(self, on: bool) -> Result<Word, E> {
        Ok(if on { Word::On } else { Word::Off })
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Word, E> {
        let limit = Limit::new(number).map(Word::Number);
        limit.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Word, E> {
        match u64::try_from(number) {
            Ok(number) => self.visit_u64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(number), &self)),
        }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Word, E> {
        match text {
            "on" => Ok(Word::On),
            "off" => Ok(Word::Off),
            "unlimited" => Ok(Word::Number(Limit::UNLIMITED)),
            // A number in quotes is a slip: what it would mean, the next reader may see otherwise.
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

/// The kind of feature that a word suggests, for a feature that is yet to be defined.
pub fn suggested_kind(word: Option<Word>) -> Kind {
    match word {
        Some(Word::Number(_)) => Kind::Limit,
        _ => Kind::Boolean,
    }
}

/// What the word means for a feature: `None` is off.
pub fn meant(
    key: &FeatureKey,
    feature: &Feature,
    word: Option<Word>,
) -> Result<Option<Value>, Refusal> {
    match (feature.kind, word) {
        (_, Some(Word::Off)) => Ok(None),
        (Kind::Boolean, None | Some(Word::On)) => Ok(Some(Value::On)),
        (Kind::Limit, Some(Word::Number(limit))) => Ok(Some(Value::Limit(limit))),
        (Kind::Limit, None | Some(Word::On)) => Err(Refusal::NumberMissing(key.clone())),
        (kind, Some(Word::Number(limit))) => Err(Refusal::WrongKind {
            feature: key.clone(),
            kind,
            value: Value::Limit(limit),
        }),
    }
}
