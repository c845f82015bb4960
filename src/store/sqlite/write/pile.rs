//! Wanted overrides, on their way into the order of their table.
//!
//! Written as they come, each row would touch another page of the table; sorted, all rows of a page
//! are written at once, which is several times as fast. So that millions of them fit into memory,
//! one takes 16 bytes: what they want is kept once, as most of them want the same.

use hashbrown::{HashMap, HashSet};

use crate::domain::overrides::Override;
use crate::store::Fate;

/// Above this the pile is settled, in rows.
const MAX_ROWS: usize = 6_000_000;
/// Or above this, in bytes of what is wanted.
const MAX_FORMS: usize = 24 * 1024 * 1024;
/// So many forms are compared, before others are looked up.
const FEW: usize = 8;
/// How many bits of a key stand for the feature.
const FEATURE_BITS: u32 = 24;

/// One wanted override. Sorted, entries stand in the order of the table, then in that of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    key: u64,
    pub(super) row: u32,
    pub(super) form: u32,
}

impl Entry {
    /// The row of the subject.
    pub(super) fn subject(self) -> i64 {
        i64::try_from(self.key >> FEATURE_BITS).unwrap_or(i64::MAX)
    }

    /// The place of the feature.
    pub(super) fn place(self) -> usize {
        usize::try_from(self.key & ((1 << FEATURE_BITS) - 1)).unwrap_or(usize::MAX)
    }

    /// Whether both are about the same override.
    pub(super) fn is_about_the_same(self, other: Self) -> bool {
        self.key == other.key
    }
}

/// What is wanted and not yet settled.
#[derive(Debug, Default)]
pub(super) struct Pile {
    entries: Vec<Entry>,
    forms: Vec<Option<Override>>,
    numbers: HashMap<Option<Override>, u32>,
    forms_length: usize,
    /// Which features, by place, can have which of the forms.
    fitting: HashSet<(usize, u32)>,
}

impl Pile {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries.len() >= MAX_ROWS || self.forms_length >= MAX_FORMS
    }

    /// The number of what is wanted; nothing where there are more than can be told apart.
    pub(super) fn form(&mut self, after: Option<&Override>) -> Option<u32> {
        // Most rows want one of a few, and comparing with these is quicker.
        let few = self.forms.iter().take(FEW);
        let known = few.zip(0..).find(|(form, _)| form.as_ref() == after);
        if let Some((_, number)) = known {
            return Some(number);
        }
        let form = after.cloned();
        if let Some(number) = self.numbers.get(&form) {
            return Some(*number);
        }
        let number = u32::try_from(self.forms.len()).ok()?;
        let reason = after.and_then(|over| over.reason.as_deref());
        self.forms_length += 2 * (96 + reason.map_or(0, str::len));
        self.forms.push(form.clone());
        self.numbers.insert(form, number);
        Some(number)
    }

    /// Whether it is known that the feature can have what is wanted.
    pub(super) fn fits(&self, place: usize, form: u32) -> bool {
        self.fitting.contains(&(place, form))
    }

    /// Notes that it can.
    pub(super) fn note_fit(&mut self, place: usize, form: u32) {
        self.fitting.insert((place, form));
    }

    /// Puts one on it; `false` where there are more subjects or features than can be told apart.
    pub(super) fn push(&mut self, subject: i64, place: usize, row: u32, form: u32) -> bool {
        let (Ok(subject), Ok(place)) = (u64::try_from(subject), u64::try_from(place)) else {
            return false;
        };
        if subject >> (u64::BITS - FEATURE_BITS) != 0 || place >> FEATURE_BITS != 0 {
            return false;
        }
        let key = subject << FEATURE_BITS | place;
        self.entries.push(Entry { key, row, form });
        true
    }

    /// Takes all of it, in the order of the table.
    pub(super) fn take(&mut self) -> Sorted {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable();
        let forms = std::mem::take(&mut self.forms);
        *self = Self::default();
        Sorted { entries, forms }
    }
}

/// A pile in order.
#[derive(Debug)]
pub(super) struct Sorted {
    pub(super) entries: Vec<Entry>,
    pub(super) forms: Vec<Option<Override>>,
}

impl Sorted {
    /// What an entry wants.
    pub(super) fn wanted(&self, entry: Entry) -> &Option<Override> {
        self.forms.get(entry.form as usize).unwrap_or(&None)
    }

    /// The fate of an entry, seen from the first about the same override.
    pub(super) fn beside(first: Entry, other: Entry) -> Fate {
        match first.form == other.form {
            true => Fate::Unchanged,
            false => Fate::Contradicts(Some(first.row)),
        }
    }
}
