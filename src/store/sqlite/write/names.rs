//! Which row a subject has: by one look-up each, or, where many will be asked for, from a table in
//! memory that holds all of them.
//!
//! Reading every subject once costs about a tenth of looking each one up, so it is done when a tenth
//! of them have been looked up. Of many millions the names would take too much room.

use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::store::roll::{MANY, Roll, prefix};
use crate::store::sqlite::definitions::text;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::subjects::kind;
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

/// The subjects' rows and names.
pub(super) struct Names {
    /// The highest row.
    last: u64,
    looked_up: u64,
    too_many: bool,
    table: Option<Roll>,
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
                true => read(view)?,
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

/// Reads them all; nothing where that would take too much room.
fn read(view: &View<'_>) -> Result<Option<Roll>, Fault> {
    let mut roll = Roll::default();
    let mut statement = view.prepare(ALL)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !roll.add(row.get(1)?, text(row, 2)?, row.get(0)?) {
            return Ok(None);
        }
    }
    Ok(Some(roll))
}
