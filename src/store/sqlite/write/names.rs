//! Which row a subject has: by one look-up each, or, where many will be asked for, from a table in
//! memory that holds all of them.
//!
//! Reading every subject once costs about a tenth of looking each one up, so it is done when a tenth
//! of them have been looked up. Of many millions the names would take too much room.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use rusqlite::Row;

use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::store::sqlite::definitions::text;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::subjects::{ORGANIZATION, USER, kind};
use crate::store::sqlite::view::{View, parsed};

const LAST: &str = "SELECT coalesce(max(id), 0) FROM subject";
const ALL: &str = "SELECT id, kind, name FROM subject ORDER BY id";
const ONE: &str = "SELECT kind, name FROM subject WHERE id = ?1";

/// What walks through the subjects, and what must not.
#[cfg(test)]
pub(in crate::store::sqlite) const WALKS: &[&str] = &[ALL];
#[cfg(test)]
pub(in crate::store::sqlite) const SEARCHES: &[&str] = &[LAST, ONE];

/// A look-up costs as much as reading so many subjects in a row.
const WORTH: u64 = 10;
/// Fewer subjects than these are read at once.
const FEW: u64 = 1000;
/// More subjects than these are never read at once: their names would take too much room.
const MANY: u64 = 3_000_000;
/// Nor are names of more bytes than these.
const ROOM: usize = 96 * 1024 * 1024;

/// The subjects' rows and names.
pub(super) struct Names {
    /// The highest row.
    last: u64,
    looked_up: u64,
    too_many: bool,
    table: Option<Table>,
}

impl Names {
    pub(super) fn new(view: &View<'_>) -> Result<Self, Fault> {
        let last: i64 = view.prepare_cached(LAST)?.query_row([], |row| row.get(0))?;
        Ok(Self {
            last: u64::try_from(last).unwrap_or(u64::MAX),
            looked_up: 0,
            too_many: false,
            table: None,
        })
    }

    /// The subject's row.
    pub(super) fn row_of(
        &mut self,
        view: &View<'_>,
        subject: &SubjectId,
    ) -> Result<Option<i64>, Fault> {
        if let Some(table) = &self.table {
            return Ok(table.find(kind(subject), subject.id().as_str()));
        }
        self.looked_up += 1;
        let enough = self.looked_up.saturating_mul(WORTH) > self.last.max(FEW);
        if enough && !self.too_many {
            self.table = match self.last <= MANY {
                true => Table::read(view)?,
                false => None,
            };
            self.too_many = self.table.is_none();
        }
        view.row_of(subject)
    }

    /// A row behind all there are.
    pub(super) fn behind(&self, so_many: usize) -> i64 {
        let last = i64::try_from(self.last).unwrap_or_default();
        last.saturating_add(1 + i64::try_from(so_many).unwrap_or(i64::MAX))
    }

    /// Notes a subject that is known from now on.
    pub(super) fn add(&mut self, subject: &SubjectId, row: i64) {
        if let Some(table) = &mut self.table
            && !table.add(kind(subject), subject.id().as_str(), row)
        {
            self.forget();
        }
    }

    /// Forgets every subject, after some were deleted.
    pub(super) fn forget(&mut self) {
        self.table = None;
        self.looked_up = 0;
    }

    /// Writes the subject's name with its type in front, as the history has it. Rows must be asked
    /// for in ascending order, from wherever `place` stands.
    pub(super) fn write_name(
        &self,
        view: &View<'_>,
        row: i64,
        place: &mut usize,
        name: &mut String,
    ) -> Result<(), Fault> {
        name.clear();
        if let Some((kind, id)) = self.table.as_ref().and_then(|table| table.at(row, place)) {
            name.push_str(prefix(kind));
            name.push_str(id);
            return Ok(());
        }
        let mut statement = view.prepare_cached(ONE)?;
        let mut rows = statement.query([row])?;
        let Some(found) = rows.next()? else {
            return Err(Fault::Damaged(format!("there is no subject {row}")));
        };
        let id: Id = parsed(text(found, 1)?, "subject")?;
        name.push_str(prefix(found.get(0)?));
        name.push_str(id.as_str());
        Ok(())
    }
}

fn prefix(kind: i64) -> &'static str {
    match kind {
        USER => "user:",
        _ => "org:",
    }
}

/// Every subject, in the order of the rows.
struct Table {
    /// Their numbers: those of a table of so few are small.
    rows: Vec<u32>,
    /// Where each name ends in `names`; a name begins with one byte for its kind.
    ends: Vec<u32>,
    names: String,
    hasher: DefaultHashBuilder,
    places: HashTable<u32>,
}

impl Table {
    /// Reads them all; nothing where that would take too much room.
    fn read(view: &View<'_>) -> Result<Option<Self>, Fault> {
        let mut table = Self {
            rows: Vec::new(),
            ends: Vec::new(),
            names: String::new(),
            hasher: DefaultHashBuilder::default(),
            places: HashTable::new(),
        };
        let mut statement = view.prepare(ALL)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !table.take(row)? {
                return Ok(None);
            }
        }
        Ok(Some(table))
    }

    fn take(&mut self, row: &Row<'_>) -> Result<bool, Fault> {
        Ok(self.add(row.get(1)?, text(row, 2)?, row.get(0)?))
    }

    /// Adds a subject behind all others; `false` where there is no room for it.
    fn add(&mut self, kind: i64, id: &str, row: i64) -> bool {
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

    fn find(&self, kind: i64, id: &str) -> Option<i64> {
        let hash = self.hasher.hash_one((mark(kind), id));
        let wanted = (mark(kind), id);
        let same = |place: &u32| named(&self.names, &self.ends, *place as usize) == wanted;
        let place = self.places.find(hash, same)?;
        self.rows.get(*place as usize).map(|row| i64::from(*row))
    }

    /// The kind and name in a row, at `place` or behind it.
    fn at(&self, row: i64, place: &mut usize) -> Option<(i64, &str)> {
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
