//! Free text with a bound: names, descriptions, reasons.
//!
//! Any Unicode is kept exactly as given (it is sanitised where it reaches a terminal, never
//! here); only its length is limited, so that a catalog stays small enough to load whole.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// Text of at most `MAX` characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(Box<str>);

/// A display name, a feature's owner, an e-mail address.
pub type Name = Text<256>;
/// A feature's description.
pub type Description = Text<4096>;
/// A plan's description: Astapa keeps at most 512 characters.
pub type PlanDescription = Text<512>;
/// Why a change was made.
pub type Reason = Text<1024>;
/// A label to find features by.
pub type Tag = Text<64>;

/// The text is longer than its bound.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this text has {length} characters; at most {max} are kept")]
pub struct TextError {
    /// Characters found.
    pub length: usize,
    /// Characters allowed.
    pub max: usize,
}

impl<const MAX: usize> Text<MAX> {
    /// Takes the text as it is, or refuses it for its length.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let length = text.chars().count();
        if length > MAX {
            Err(TextError { length, max: MAX })
        } else {
            Ok(Self(text.into()))
        }
    }
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// Reads a text and makes of it what it stands for. Doing so while the reader is still at that
/// place lets a refusal name its line; afterwards it would name the next one.
pub(super) fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Parsed<T>(PhantomData<T>);

    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Parsed<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Parsed(PhantomData))
}

/// A number of things in words: `1 override`, `2 overrides`.
pub fn counted<N: fmt::Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
