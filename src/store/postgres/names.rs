//! Which row a subject has: by one look-up each, or, where many are asked for, from a roll in memory
//! that holds all of them.
//!
//! A look-up is a trip to the server, in which it could read hundreds of names; an import looks for
//! each user that it makes known. Of many millions the names would take too much room.

use super::datum::column;
use super::fault::Fault;
use super::subjects::{kind, last_subject};
use super::view::View;
use crate::domain::subject::SubjectId;
use crate::store::roll::{MANY, Roll, prefix};

const ALL: &str = "SELECT id, kind, name FROM subject WHERE id > $1 ORDER BY id LIMIT 20000";
const SOME: &str = "SELECT id, kind, name FROM subject WHERE id = ANY($1)";

/// So many are looked up before anybody thinks of reading all of them.
const FEW: u64 = 100;
/// A look-up costs as much as reading so many subjects in a row.
const WORTH: u64 = 500;

/// The subjects' rows and names.
#[derive(Default)]
pub(super) struct Names {
    looked_up: u64,
    /// The highest row, once it was asked for.
    last: Option<u64>,
    too_many: bool,
    roll: Option<Roll>,
    /// Those made known that no table has yet.
    waiting: Vec<(SubjectId, i64)>,
}

impl View<'_> {
    /// What the roll says of a subject's row; nothing where there is no roll.
    pub(super) fn enrolled(&self, subject: &SubjectId) -> Result<Option<Option<i64>>, Fault> {
        let mut names = self.names.borrow_mut();
        names.looked_up += 1;
        let is_worth = match names.last {
            _ if names.roll.is_some() || names.too_many || names.looked_up < FEW => false,
            None => {
                let last = u64::try_from(last_subject(self)?).unwrap_or_default();
                names.last = Some(last);
                names.looked_up * WORTH > last
            }
            Some(last) => names.looked_up * WORTH > last,
        };
        if is_worth {
            names.roll = match names.last.is_some_and(|last| last <= MANY) {
                true => self.read_roll(&names.waiting)?,
                false => None,
            };
            names.too_many = names.roll.is_none();
        }
        let roll = names.roll.as_ref();
        Ok(roll.map(|roll| roll.find(kind(subject), subject.id().as_str())))
    }

    /// Reads them all, with those that wait behind them; nothing where that would take too much room.
    fn read_roll(&self, waiting: &[(SubjectId, i64)]) -> Result<Option<Roll>, Fault> {
        let mut roll = Roll::default();
        let mut after = i64::MIN;
        loop {
            self.look_up()?;
            let rows = self.ask(ALL, &[after.into()])?;
            let Some(last) = rows.last() else {
                break;
            };
            after = column(last, 0)?;
            for row in &rows {
                if !roll.add(column(row, 1)?, column(row, 2)?, column(row, 0)?) {
                    return Ok(None);
                }
            }
        }
        let all = waiting
            .iter()
            .all(|(subject, row)| roll.add(kind(subject), subject.id().as_str(), *row));
        Ok(all.then_some(roll))
    }

    /// Notes a subject that is known from now on, and is yet to be written.
    pub(super) fn enroll(&self, subject: &SubjectId, row: i64) {
        let mut names = self.names.borrow_mut();
        let added = match &mut names.roll {
            Some(roll) => roll.add(kind(subject), subject.id().as_str(), row),
            None => true,
        };
        if !added {
            names.roll = None;
            names.too_many = true;
        }
        names.waiting.push((subject.clone(), row));
    }

    /// Notes that the tables have all of them.
    pub(super) fn all_are_written(&self) {
        self.names.borrow_mut().waiting.clear();
    }

    /// Forgets every subject, after some were deleted.
    pub(super) fn forget_names(&self) {
        let mut names = self.names.borrow_mut();
        names.roll = None;
        names.looked_up = 0;
        names.last = None;
    }

    /// The names of subjects with their types in front, as the history has them, for rows that
    /// ascend; `place` is where the roll was last looked into.
    pub(super) fn names_of(&self, rows: &[i64], place: &mut usize) -> Result<Vec<String>, Fault> {
        let roll = &self.names.borrow().roll;
        let mut names = vec![String::new(); rows.len()];
        let mut lacking = Vec::new();
        for (name, row) in names.iter_mut().zip(rows) {
            match roll.as_ref().and_then(|roll| roll.at(*row, place)) {
                Some((kind, id)) => *name = [prefix(kind), id].concat(),
                None => lacking.push(*row),
            }
        }
        if lacking.is_empty() {
            return Ok(names);
        }
        for found in &self.ask(SOME, &[lacking.into()])? {
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
