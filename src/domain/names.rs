//! Features by name, for a caller that asks by a name each time.
//!
//! To decide is a look into a table, so finding the name has to be little more. A general map
//! hashes every byte, searches a group of places and compares by a call; measured, that is most of
//! the time of a question. Here the two ends of a name are both its hash and, for most names, all
//! that there is to compare, and the places are so many that the first one is nearly always right.

use xxhash_rust::xxh3::xxh3_64;

use super::resolver::Slot;

/// Places for each name. Four bytes each, so that a hundred features still need less than half of
/// the processor's nearest cache.
const SPACE: usize = 16;

/// A place where there is no name; beyond the last feature.
const FREE: u32 = u32::MAX;

/// The names of features, in the order of their slots.
#[derive(Debug)]
pub(super) struct Names<'a> {
    names: Vec<Name<'a>>,
    /// The number of the name at the place that its hash says, or at the next one that was free.
    places: Vec<u32>,
}

#[derive(Debug)]
struct Name<'a> {
    ends: Ends,
    text: &'a str,
}

impl<'a> Names<'a> {
    pub(super) fn new(texts: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<_> = texts.map(Name::new).collect();
        let mut places = vec![FREE; (SPACE * names.len()).next_power_of_two()];
        let last = places.len() - 1;
        for (number, name) in (0..FREE).zip(&names) {
            let mut place = name.ends.hash(name.text) & last;
            while places[place] != FREE {
                place = (place + 1) & last;
            }
            places[place] = number;
        }
        Self { names, places }
    }

    #[inline]
    pub(super) fn find(&self, text: &str) -> Option<Slot> {
        let ends = Ends::of(text.as_bytes());
        let mut place = ends.hash(text);
        loop {
            place &= self.places.len() - 1;
            let number = *self.places.get(place)?;
            // There is none at a place that is free: nobody has the name.
            let name = self.names.get(number as usize)?;
            if name.ends == ends && (ends.are_all() || name.text == text) {
                return Some(Slot(number));
            }
            place += 1;
        }
    }
}

impl<'a> Name<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            ends: Ends::of(text.as_bytes()),
            text,
        }
    }
}

/// How a text begins and ends, up to eight bytes each, which overlap in a short one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    first: u64,
    last: u64,
    length: usize,
}

impl Ends {
    #[inline]
    fn of(text: &[u8]) -> Self {
        let (first, last) = if let (Some(a), Some(b)) = (text.first_chunk(), text.last_chunk()) {
            (u64::from_le_bytes(*a), u64::from_le_bytes(*b))
        } else if let (Some(a), Some(b)) = (text.first_chunk(), text.last_chunk()) {
            let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
            (four(a), four(b))
        } else {
            let push = |word, byte: &u8| word << 8 | u64::from(*byte);
            (text.iter().fold(0, push), 0)
        };
        Self {
            first,
            last,
            length: text.len(),
        }
    }

    /// Whether there is nothing between the ends.
    #[inline]
    fn are_all(self) -> bool {
        self.length <= 16
    }

    /// One multiplication for a text that the ends tell completely. The longer ones may well begin
    /// and end alike: of those every byte counts. Whoever chooses names that meet at one place makes
    /// his own catalog slow, and nobody else's.
    #[inline]
    fn hash(self, text: &str) -> usize {
        if !self.are_all() {
            return xxh3_64(text.as_bytes()) as usize;
        }
        // Digits of the golden ratio and of the square root of 5: neither end may make the product 0.
        let first = self.first ^ 0x9e37_79b9_7f4a_7c15;
        let last = self.last ^ 0x3c6e_f372_fe94_f82b ^ self.length as u64;
        let product = u128::from(first) * u128::from(last);
        (product ^ product >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name is found at its own place, and a name that is left out is not found.
    fn assert_tells_apart(texts: &[String]) {
        let all = Names::new(texts.iter().map(String::as_str));
        for (number, text) in (0u32..).zip(texts) {
            assert_eq!(all.find(text), Some(Slot(number)), "{text}");
        }
        for (number, left_out) in texts.iter().enumerate() {
            let others = texts[..number].iter().chain(&texts[number + 1..]);
            let others = Names::new(others.map(String::as_str));
            assert_eq!(others.find(left_out), None, "{left_out}");
        }
    }

    #[test]
    fn names_of_one_letter_are_told_apart_by_their_length() {
        let texts: Vec<String> = (1..=64).map(|length| "a".repeat(length)).collect();
        assert_tells_apart(&texts);
    }

    #[test]
    fn names_that_differ_in_one_place_are_told_apart_wherever_it_is() {
        for length in 1..=64 {
            let differing = (0..length).map(|place| {
                let mut text = "a".repeat(length);
                text.replace_range(place..=place, "b");
                text
            });
            assert_tells_apart(&differing.collect::<Vec<_>>());
        }
    }

    #[test]
    fn names_that_begin_and_end_alike_have_places_of_their_own() {
        let texts: Vec<String> = (0..1000)
            .map(|number| format!("enterprise_{number:04}_enabled"))
            .collect();
        let all = Names::new(texts.iter().map(String::as_str));
        let hash = |name: &Name<'_>| name.ends.hash(name.text) & (all.places.len() - 1);
        let at_first = (0u32..)
            .zip(&all.names)
            .filter(|(number, name)| all.places[hash(name)] == *number);
        assert!(at_first.count() > 900);
    }

    #[test]
    fn without_names_none_is_found() {
        let none = Names::new(std::iter::empty());
        assert_eq!(none.find("a"), None);
        assert_eq!(none.find(""), None);
    }
}
