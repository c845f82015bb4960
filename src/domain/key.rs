//! Keys of features and plans: parsed once, valid for ever.
//!
//! The form is Astapa's (contract page, *Rules*): 1–64 of `a-z 0-9 - _`. A key that exists as a
//! value of one of these types needs no second check anywhere.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::text::parsed;

/// The longest key, in characters.
pub const MAX_KEY: usize = 64;

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// There is no text at all.
    #[error("a {what} key cannot be empty")]
    Empty {
        /// `feature` or `plan`.
        what: &'static str,
    },
    /// More than [`MAX_KEY`] characters.
    #[error("a {what} key has at most {MAX_KEY} characters, this one has {length}")]
    TooLong {
        /// `feature` or `plan`.
        what: &'static str,
        /// Characters found.
        length: usize,
    },
    /// A character outside `a-z 0-9 - _`.
    #[error("a {what} key is made of a-z, 0-9, `-` and `_`; `{text}` contains {found:?}")]
    Character {
        /// `feature` or `plan`.
        what: &'static str,
        /// The refused text.
        text: String,
        /// Its first character that is not allowed.
        found: char,
    },
}

fn check(what: &'static str, text: &str) -> Result<(), KeyError> {
    if text.is_empty() {
        return Err(KeyError::Empty { what });
    }
    let length = text.chars().count();
    if length > MAX_KEY {
        return Err(KeyError::TooLong { what, length });
    }
    let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_');
    match text.chars().find(|c| !allowed(*c)) {
        Some(found) => Err(KeyError::Character {
            what,
            text: text.to_owned(),
            found,
        }),
        None => Ok(()),
    }
}

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = KeyError;

            fn from_str(text: &str) -> Result<Self, KeyError> {
                check($what, text)?;
                Ok(Self(text.into()))
            }
        }

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
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer)
            }
        }
    };
}

key!(
    /// The key of a feature, such as `max_seats`.
    FeatureKey,
    "feature"
);
key!(
    /// The key of a plan, such as `pro`.
    PlanKey,
    "plan"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_to_sixty_four_allowed_characters() {
        for good in ["a", "max_seats", "sso-2", &"k".repeat(64)] {
            assert!(good.parse::<FeatureKey>().is_ok(), "{good}");
        }
        for bad in ["", "Analytics", "a b", "é", "a.b", "a\n", &"k".repeat(65)] {
            assert!(bad.parse::<PlanKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_refused_key_names_the_character() {
        let refusal = "Max".parse::<FeatureKey>().map_err(|e| e.to_string());
        assert_eq!(
            refusal,
            Err("a feature key is made of a-z, 0-9, `-` and `_`; `Max` contains 'M'".to_owned())
        );
    }
}
