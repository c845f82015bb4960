//! What a feature can be worth: on, or a number; off is the absence of a value.

use std::fmt;
use std::str::FromStr;

use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// What kind of value a feature has. A feature never changes its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// On or off.
    Boolean,
    /// A numeric cap that the application enforces.
    Limit,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Boolean => "boolean",
            Self::Limit => "limit",
        })
    }
}

/// A numeric cap from 0 to 2^53-1: the integers that every JSON reader keeps exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(u64);

impl Limit {
    /// The largest cap; operators may write it `unlimited`.
    pub const UNLIMITED: Self = Self((1 << 53) - 1);

    /// A cap of `number`, or `None` above [`Limit::UNLIMITED`].
    pub const fn new(number: u64) -> Option<Self> {
        if number <= Self::UNLIMITED.0 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The cap as a number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::UNLIMITED {
            f.pad("unlimited")
        } else {
            self.0.fmt(f)
        }
    }
}

/// Why a text is not a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ValueError {
    /// Digits beyond 2^53-1.
    #[error("`{0}` is above the largest limit, 9007199254740991; write `unlimited` for that one")]
    TooLarge(String),
    /// Neither a word nor a whole number.
    #[error("`{0}` is not a value: write `on`, `off`, a whole number from 0, or `unlimited`")]
    Unreadable(String),
}

impl FromStr for Limit {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if text == "unlimited" {
            return Ok(Self::UNLIMITED);
        }
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ValueError::Unreadable(text.to_owned()));
        }
        text.parse()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| ValueError::TooLarge(text.to_owned()))
    }
}

/// The value of a feature that is not off. Ordered by generosity among values of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A boolean feature that is on.
    On,
    /// A limit feature's cap.
    Limit(Limit),
}

impl Value {
    /// The kind of feature that can have this value.
    pub const fn kind(self) -> Kind {
        match self {
            Self::On => Kind::Boolean,
            Self::Limit(_) => Kind::Limit,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On => f.pad("on"),
            Self::Limit(limit) => limit.fmt(f),
        }
    }
}

/// `true`, or the number: the form of a token's `features` (Astapa's contract page).
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On => serializer.serialize_bool(true),
            Self::Limit(limit) => serializer.serialize_u64(limit.0),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Form)
    }
}

/// Reads a value in the forms that JSON has for it.
struct Form;

impl Visitor<'_> for Form {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`, a whole number from 0 to 2^53-1, or \"unlimited\"")
    }

    fn visit_bool<E: serde::de::Error>(self, on: bool) -> Result<Value, E> {
        if on {
            Ok(Value::On)
        } else {
            Err(E::invalid_value(Unexpected::Bool(on), &self))
        }
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        let cap = Limit::new(number).map(Value::Limit);
        cap.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        match u64::try_from(number) {
            Ok(number) => self.visit_u64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(number), &self)),
        }
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Value, E> {
        match word {
            "unlimited" => Ok(Value::Limit(Limit::UNLIMITED)),
            _ => Err(E::invalid_value(Unexpected::Str(word), &self)),
        }
    }
}

/// What a layer or a resolution says: `None` is off.
pub type Answer = Option<Value>;

/// An answer for people: `on`, `off`, `5`, `unlimited`.
pub fn answer_in_words(answer: Answer) -> String {
    answer.map_or_else(|| "off".to_owned(), |value| value.to_string())
}

/// An answer for JSON: `true`, `false` or a number.
pub fn answer_as_json(answer: Answer) -> serde_json::Value {
    match answer {
        None => serde_json::Value::Bool(false),
        Some(Value::On) => serde_json::Value::Bool(true),
        Some(Value::Limit(limit)) => limit.get().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_json_safe_whole_number_or_unlimited() {
        assert_eq!("unlimited".parse(), Ok(Limit::UNLIMITED));
        assert_eq!("9007199254740991".parse(), Ok(Limit::UNLIMITED));
        for bad in [
            "9007199254740992",
            "99999999999999999999999",
            "-1",
            "+1",
            "1.0",
            "",
            "1e3",
        ] {
            assert!(bad.parse::<Limit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn values_read_back_from_json_as_they_were_written() {
        for value in [
            Value::On,
            Value::Limit(Limit(0)),
            Value::Limit(Limit::UNLIMITED),
        ] {
            let text = serde_json::to_string(&value).unwrap_or_default();
            assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
        }
        for bad in ["false", "-1", "1.5", "9007199254740992", "null", "\"on\""] {
            assert!(serde_json::from_str::<Value>(bad).is_err(), "{bad}");
        }
    }
}
