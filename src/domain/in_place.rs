//! Short texts that lie where they are named, and not in a piece of memory of their own.
//!
//! An identifier is copied for every subject that is asked about. Nearly all are short, and to find
//! a place in memory for so little, and to give it back, takes longer than to answer.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use arrayvec::ArrayString;
use serde::{Serialize, Serializer};

/// The longest text that lies in place: a user's identifier of WorkOS has 31 characters.
const SHORT: usize = 32;

/// A text, in place if it is short.
#[derive(Clone)]
pub(super) enum InPlace {
    Short(ArrayString<SHORT>),
    Long(Box<str>),
}

impl From<&str> for InPlace {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Long(text.into()), Self::Short)
    }
}

impl Deref for InPlace {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Short(text) => text,
            Self::Long(text) => text,
        }
    }
}

impl PartialEq for InPlace {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for InPlace {}

impl PartialOrd for InPlace {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for InPlace {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for InPlace {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl Serialize for InPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of every length around the longest short one, that differ at the end alone.
    fn texts() -> Vec<String> {
        let lengths = 0..2 * SHORT;
        lengths
            .flat_map(|length| ["a", "b"].map(|end| "u".repeat(length) + end))
            .collect()
    }

    #[test]
    fn a_text_is_the_same_wherever_it_lies() {
        for text in texts() {
            let held = InPlace::from(text.as_str());
            assert_eq!(*held, *text);
            assert_eq!(*held.clone(), *text);
            assert_eq!(matches!(held, InPlace::Short(_)), text.len() <= SHORT);
        }
    }

    #[test]
    fn short_and_long_texts_are_ordered_together() {
        for one in texts() {
            for other in texts() {
                let order = InPlace::from(one.as_str()).cmp(&InPlace::from(other.as_str()));
                assert_eq!(order, one.cmp(&other), "{one} {other}");
            }
        }
    }
}
