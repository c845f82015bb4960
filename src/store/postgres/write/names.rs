//! Which row a subject has: by one look-up each, or, where many will be asked for, from a roll in
//! memory that holds all of them.
//!
//! A look-up is a trip to the server, in which it could read hundreds of names. Of many millions the
//! names would take too much room.

use crate::domain::subject::SubjectId;
use crate::store::postgres::datum::column;
use crate::store::postgres::fault::Fault;
use crate::store::postgres::subjects::kind;
use crate::store::postgres::view::View;
use crate::store::roll::{MANY, Roll, prefix};

const ALL: &str = "SELECT id, kind, name FROM subject WHERE id > $1 ORDER BY id LIMIT 20000";
const SOME: &str = "SELECT id, kind, name FROM subject WHERE id = ANY($1)";

/// A look-up costs as much as reading so many subjects in a row.
const WORTH: u64 = 500;

/// The subjects' rows and names.
pub(super) struct Names {
    /// The highest row.
    last: u64,
    looked_up: u64,
    too_many: bool,
    roll: Option<Roll>,
}

impl Names {
    pub(super) fn new(last: i64) -> Self {
        Self {
            last: u64::try_from(last).unwrap_or_default(),
            looked_up: 0,
            too_many: false,
            roll: None,
        }
    }

    /// The subject's row.
    pub(super) fn row_of(
        &mut self,
        view: &View<'_>,
        subject: &SubjectId,
    ) -> Result<Option<i64>, Fault> {
        self.looked_up += 1;
        if self.roll.is_none() && !self.too_many && self.looked_up * WORTH > self.last {
            self.roll = match self.last <= MANY {
                true => read(view)?,
                false => None,
            };
            self.too_many = self.roll.is_none();
        }
        match &self.roll {
            Some(roll) => Ok(roll.find(kind(subject), subject.id().as_str())),
            None => view.row_of(subject),
        }
    }

    /// A row behind all there are.
    pub(super) fn behind(&self, so_many: usize) -> i64 {
        let last = i64::try_from(self.last).unwrap_or_default();
        last.saturating_add(1 + i64::try_from(so_many).unwrap_or(i64::MAX))
    }

    /// Notes a subject that is known from now on.
    pub(super) fn add(&mut self, subject: &SubjectId, row: i64) {
        if let Some(roll) = &mut self.roll
            && !roll.add(kind(subject), subject.id().as_str(), row)
        {
            self.forget();
        }
    }

    /// Forgets every subject, after some were deleted.
    pub(super) fn forget(&mut self) {
        self.roll = None;
        self.looked_up = 0;
    }

    /// The names of subjects with their types in front, as the history has them, for rows that
    /// ascend; `place` is where the roll was last looked into.
    pub(super) fn named(
        &self,
        view: &View<'_>,
        rows: &[i64],
        place: &mut usize,
    ) -> Result<Vec<String>, Fault> {
        let mut names = vec![String::new(); rows.len()];
        let mut lacking = Vec::new();
        for (name, row) in names.iter_mut().zip(rows) {
            match self.roll.as_ref().and_then(|roll| roll.at(*row, place)) {
                Some((kind, id)) => *name = [prefix(kind), id].concat(),
                None => lacking.push(*row),
            }
        }
        if lacking.is_empty() {
            return Ok(names);
        }
        for found in &view.ask(SOME, &[lacking.into()])? {
            let row: i64 = column(found, 0)?;
            let name = [prefix(column(found, 1)?), column(found, 2)?].concat();
            if let Ok(at) = rows.binary_search(&row)
                && let Some(empty) = names.get_mut(at)
            {
                *empty = name;
            }
        }
        match names.iter().position(String::is_empty) {
            Some(at) => Err(Fault::Damaged(format!("there is no subject {}", rows[at]))),
            None => Ok(names),
        }
    }
}

/// Reads them all; nothing where that would take too much room.
fn read(view: &View<'_>) -> Result<Option<Roll>, Fault> {
    let mut roll = Roll::default();
    let mut after = i64::MIN;
    loop {
        view.look_up()?;
        let rows = view.ask(ALL, &[after.into()])?;
        let Some(last) = rows.last() else {
            return Ok(Some(roll));
        };
        after = column(last, 0)?;
        for row in &rows {
            if !roll.add(column(row, 1)?, column(row, 2)?, column(row, 0)?) {
                return Ok(None);
            }
        }
    }
}
