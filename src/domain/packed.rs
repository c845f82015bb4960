//! Short texts as numbers.
//!
//! Identifiers are looked up far more often than they are made, and nearly all of them are short.
//! Four words are hashed and compared in place, where a text would be a second place in memory to
//! visit and a loop over its bytes.

use std::hash::{Hash, Hasher};

/// The longest text that is packed: a user's identifier of WorkOS has 31 characters.
const SHORT: usize = 32;

/// A text without NUL: its bytes, filled up with NUL, or the longer text itself.
#[derive(Debug, Clone)]
pub(super) enum Packed<Long> {
    Short([u64; SHORT / 8]),
    Long(Long),
}

impl<Long> Packed<Long> {
    /// No text at all.
    pub(super) const EMPTY: Self = Self::Short([0; SHORT / 8]);
}

impl<'t> Packed<&'t str> {
    #[inline]
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if bytes.len() > SHORT {
            return Self::Long(text);
        }
        let (low, high) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) if bytes.len() > 16 => {
                // What the first half holds already is shifted out.
                let last = u128::from_le_bytes(*last) >> (8 * (SHORT - bytes.len()));
                (u128::from_le_bytes(*first), last)
            }
            _ => (half(bytes), 0),
        };
        let words = [low, low >> 64, high, high >> 64];
        Self::Short(words.map(|word| word as u64))
    }

    /// Whether `kept` is the same text.
    #[inline]
    pub(super) fn is(&self, kept: &Packed<Box<str>>) -> bool {
        match (self, kept) {
            (Self::Short([a, b, c, d]), Packed::Short([e, f, g, h])) => {
                // Word by word: read together, words just made would keep the processor waiting.
                (a ^ e) | (b ^ f) | (c ^ g) | (d ^ h) == 0
            }
            (Self::Long(text), Packed::Long(kept)) => **text == **kept,
            _ => false,
        }
    }

    /// The same text, to be kept.
    pub(super) fn keep(&self) -> Packed<Box<str>> {
        match *self {
            Self::Short(words) => Packed::Short(words),
            Self::Long(text) => Packed::Long(text.into()),
        }
    }
}

/// Word by word: a slice is hashed byte by byte, with its length in front.
impl<Long: Hash> Hash for Packed<Long> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Short(words) => words.iter().for_each(|word| state.write_u64(*word)),
            Self::Long(text) => text.hash(state),
        }
    }
}

/// At most 16 bytes. They are read as two parts that agree where they overlap: no loop is needed,
/// and a loop of unforeseeable length costs more than all the rest.
#[inline]
fn half(bytes: &[u8]) -> u128 {
    let place = |part: usize| 8 * (bytes.len() - part);
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u64::from_le_bytes(*last)) << place(8);
        u128::from(u64::from_le_bytes(*first)) | last
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u32::from_le_bytes(*last)) << place(4);
        u128::from(u32::from_le_bytes(*first)) | last
    } else {
        let push = |word, byte: &u8| word << 8 | u128::from(*byte);
        bytes.iter().rev().fold(0, push)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of(packed: &Packed<&str>) -> Vec<u8> {
        match packed {
            Packed::Short(words) => words.iter().flat_map(|word| word.to_le_bytes()).collect(),
            Packed::Long(text) => text.as_bytes().to_vec(),
        }
    }

    #[test]
    fn a_text_of_any_length_is_its_bytes_filled_up() {
        let text: String = ('!'..='~').collect();
        for length in 1..=text.len() {
            let mut expected = text.as_bytes()[..length].to_vec();
            expected.resize(length.max(SHORT), 0);
            assert_eq!(
                bytes_of(&Packed::new(&text[..length])),
                expected,
                "{length}"
            );
        }
    }

    #[test]
    fn a_text_is_what_was_kept_of_it_and_of_no_other() {
        let texts: Vec<String> = (1..=40)
            .flat_map(|length| ["a".repeat(length), "a".repeat(length - 1) + "b"])
            .collect();
        for one in &texts {
            for other in &texts {
                let kept = Packed::new(other).keep();
                assert_eq!(Packed::new(one).is(&kept), one == other, "{one} {other}");
            }
        }
    }
}
