//! Wanted overrides, on their way into the order of their table: shared by the stores that have one.
//!
//! Written as they come, each row would touch another page of the table; sorted, all rows of a page
//! are written at once, which is several times as fast, and a pile that is settled in parts walks
//! along the table as often. So that ten million of them fit into memory, one takes 12 bytes: which
//! feature and what of it is kept once, as most of them want the same.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use crate::domain::overrides::Override;
use crate::store::Fate;

/// Above this the pile is settled, in bytes.
const ROOM: usize = 144 * 1024 * 1024;
/// What a form takes beside its reason: itself, its place in the table, and a pair or two.
const FORM: usize = 144;
/// So many forms are compared, before others are looked up.
const FEW: usize = 8;

/// One wanted override.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The row of the subject.
    pub(super) subject: i64,
    /// The place of the feature.
    pub(super) place: usize,
    /// Its number.
    pub(super) row: u32,
    form: u32,
}

impl Entry {
    /// Whether both are about the same override.
    pub(super) fn is_about_the_same(self, other: Self) -> bool {
        (self.subject, self.place) == (other.subject, other.place)
    }
}

/// The same in less room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed {
    subject: u32,
    /// The number of the pair of place and form.
    pair: u32,
    row: u32,
}

/// A feature by its place, and what is wanted of it.
type Pair = (u32, u32);

/// What is wanted and not yet settled.
#[derive(Debug, Default)]
pub(super) struct Pile {
    entries: Vec<Packed>,
    forms: Vec<Option<Override>>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    forms_length: usize,
    pairs: HashMap<Pair, u32>,
}

impl Pile {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries.len() * size_of::<Packed>() + self.forms_length >= ROOM
    }

    /// The number of what is wanted; nothing where there are more than can be told apart.
    pub(super) fn form(&mut self, after: Option<&Override>) -> Option<u32> {
        // Most rows want one of a few, and comparing with these is quicker.
        let few = self.forms.iter().take(FEW);
        let known = few.zip(0..).find(|(form, _)| form.as_ref() == after);
        if let Some((_, number)) = known {
            return Some(number);
        }
        let hash = self.hasher.hash_one(after);
        let form = |number: &u32| self.forms.get(*number as usize).and_then(Option::as_ref);
        let same = |number: &u32| form(number) == after;
        if let Some(number) = self.numbers.find(hash, same) {
            return Some(*number);
        }
        let number = u32::try_from(self.forms.len()).ok()?;
        let rehash = |number: &u32| self.hasher.hash_one(form(number));
        self.numbers.insert_unique(hash, number, rehash);
        let reason = after.and_then(|over| over.reason.as_deref());
        self.forms_length += FORM + reason.map_or(0, str::len);
        self.forms.push(after.cloned());
        Some(number)
    }

    /// The number of a feature, by its place, with what is wanted of it, once it has one: that it
    /// can have it has been seen then.
    pub(super) fn pair(&self, place: usize, form: u32) -> Option<u32> {
        let place = u32::try_from(place).ok()?;
        self.pairs.get(&(place, form)).copied()
    }

    /// Gives it a number; nothing where there are more than can be told apart.
    pub(super) fn new_pair(&mut self, place: usize, form: u32) -> Option<u32> {
        let number = u32::try_from(self.pairs.len()).ok()?;
        self.pairs
            .insert((u32::try_from(place).ok()?, form), number);
        Some(number)
    }

    /// Puts one on it; `false` where there are more subjects than can be told apart.
    pub(super) fn push(&mut self, subject: i64, pair: u32, row: u32) -> bool {
        let Ok(subject) = u32::try_from(subject) else {
            return false;
        };
        self.entries.push(Packed { subject, pair, row });
        true
    }

    /// Takes all of it, in the order of the table.
    pub(super) fn take(&mut self) -> Sorted {
        let taken = std::mem::take(self);
        let mut pairs: Vec<(Pair, u32)> = taken.pairs.into_iter().collect();
        pairs.sort_unstable();
        let mut ranks = vec![0; pairs.len()];
        for (rank, (_, number)) in (0..).zip(&pairs) {
            ranks[*number as usize] = rank;
        }
        let mut entries = taken.entries;
        for entry in &mut entries {
            entry.pair = ranks[entry.pair as usize];
        }
        entries.sort_unstable();
        Sorted {
            entries,
            pairs: pairs.into_iter().map(|(pair, _)| pair).collect(),
            forms: taken.forms,
        }
    }
}

/// A pile in order.
#[derive(Debug)]
pub(super) struct Sorted {
    entries: Vec<Packed>,
    pairs: Vec<Pair>,
    forms: Vec<Option<Override>>,
}

impl Sorted {
    /// Puts about `length` entries into the chunk, from `from` on, and tells how many they are: all
    /// of those that are about the same override, the first row in front.
    pub(super) fn read(&self, from: usize, length: usize, chunk: &mut Vec<Entry>) -> usize {
        chunk.clear();
        for entry in self
            .entries
            .iter()
            .skip(from)
            .map(|entry| self.unpacked(*entry))
        {
            let last = chunk.last();
            let goes_on = last.is_some_and(|last| last.is_about_the_same(entry));
            if chunk.len() >= length && !goes_on {
                break;
            }
            chunk.push(entry);
        }
        for same in chunk.chunk_by_mut(|a, b| a.is_about_the_same(*b)) {
            same.sort_unstable_by_key(|entry| entry.row);
        }
        chunk.len()
    }

    fn unpacked(&self, entry: Packed) -> Entry {
        let (place, form) = self
            .pairs
            .get(entry.pair as usize)
            .copied()
            .unwrap_or_default();
        Entry {
            subject: i64::from(entry.subject),
            place: place as usize,
            row: entry.row,
            form,
        }
    }

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
