//! Every subject's row and name, in memory, in as little room as there can be: shared by the stores
//! that have tables, for writes that ask for very many of them.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// More subjects than these are never held at once: their names would take too much room.
pub(super) const MANY: u64 = 3_000_000;
/// Nor are names of more bytes than these.
const ROOM: usize = 96 * 1024 * 1024;

/// The kind of a user, in the tables.
pub(super) const USER: i64 = 0;
/// The kind of an organization.
pub(super) const ORGANIZATION: i64 = 1;

/// What stands before a subject's identifier in the history.
pub(super) fn prefix(kind: i64) -> &'static str {
    match kind {
        USER => "user:",
        _ => "org:",
    }
}

/// Every subject, in the order of the rows.
#[derive(Default)]
pub(super) struct Roll {
    /// Their numbers: those of a table of so few are small.
    rows: Vec<u32>,
    /// Where each name ends in `names`; a name begins with one byte for its kind.
    ends: Vec<u32>,
    names: String,
    hasher: DefaultHashBuilder,
    places: HashTable<u32>,
}

impl Roll {
    /// Adds a subject behind all others; `false` where there is no room for it.
    pub(super) fn add(&mut self, kind: i64, id: &str, row: i64) -> bool {
        let (Ok(place), Ok(row)) = (u32::try_from(self.rows.len()), u32::try_from(row)) else {
            return false;
        };
        if self.rows.last().is_some_and(|last| *last >= row) {
            return false;
        }
        self.names.push(mark(kind));
        self.names.push_str(id);
        let Ok(end) = u32::try_from(self.names.len()) else {
            return false;
        };
        self.rows.push(row);
        self.ends.push(end);
        let hash = self.hasher.hash_one((mark(kind), id));
        let (names, ends, hasher) = (&self.names, &self.ends, &self.hasher);
        let rehash = |place: &u32| {
            let (kind, id) = named(names, ends, *place as usize);
            hasher.hash_one((kind, id))
        };
        self.places.insert_unique(hash, place, rehash);
        self.names.len() <= ROOM
    }

    pub(super) fn find(&self, kind: i64, id: &str) -> Option<i64> {
        let hash = self.hasher.hash_one((mark(kind), id));
        let wanted = (mark(kind), id);
        let same = |place: &u32| named(&self.names, &self.ends, *place as usize) == wanted;
        let place = self.places.find(hash, same)?;
        self.rows.get(*place as usize).map(|row| i64::from(*row))
    }

    /// The kind and name in a row, at `place` or behind it.
    pub(super) fn at(&self, row: i64, place: &mut usize) -> Option<(i64, &str)> {
        let row = u32::try_from(row).ok()?;
        if self.rows.get(*place) != Some(&row) {
            let behind = self.rows.get(*place..)?;
            *place += match behind.get(1) {
                Some(next) if *next == row => 1,
                _ => behind.binary_search(&row).ok()?,
            };
        }
        let (kind, id) = named(&self.names, &self.ends, *place);
        let kind = if kind == mark(USER) {
            USER
        } else {
            ORGANIZATION
        };
        Some((kind, id))
    }
}

/// The byte that stands for a kind.
fn mark(kind: i64) -> char {
    if kind == USER { 'u' } else { 'o' }
}

/// A name by its place: its kind's mark and the identifier.
fn named<'n>(names: &'n str, ends: &[u32], place: usize) -> (char, &'n str) {
    let start = match place {
        0 => 0,
        _ => ends.get(place - 1).map_or(0, |end| *end as usize),
    };
    let end = ends.get(place).map_or(start, |end| *end as usize);
    let mut name = names.get(start..end).unwrap_or_default().chars();
    let kind = name.next().unwrap_or_default();
    (kind, name.as_str())
}
