//! Which lists name whom, for a walk that asks it of every subject.
//!
//! Nearly always the lists of a project name few in all: these names are held in memory, where to
//! find nobody takes no time. Beyond, the table is asked each time.

use hashbrown::HashMap;
use rusqlite::Row;

use super::definitions::text;
use super::fault::Fault;
use super::view::{View, parsed};
use crate::domain::lists::ListIds;
use crate::domain::target::{Id, ListId, Target, TargetType};

const NAMED: &str = "SELECT type, id, list FROM named ORDER BY type, id, list";

/// What reads the table in the order that it lies in.
#[cfg(test)]
pub(super) const PASSES: &[&str] = &[NAMED];

/// How many names are held: about ten megabytes of them.
const HELD: usize = 100_000;

/// The targets of one type, and the lists that name each.
type Named = HashMap<Box<str>, ListIds>;

/// Which lists name whom.
pub(super) enum Naming<'v> {
    /// Nobody is named, or nobody wants to know.
    Nobody,
    /// These are named.
    Held {
        users: Named,
        organizations: Named,
        others: HashMap<Box<str>, Named>,
    },
    /// Too many to hold.
    Asked(&'v View<'v>),
}

impl<'v> Naming<'v> {
    pub(super) fn new(view: &'v View<'v>, wanted: bool) -> Result<Self, Fault> {
        if !wanted {
            return Ok(Self::Nobody);
        }
        let mut types: HashMap<Box<str>, Named> = HashMap::new();
        let mut statement = view.prepare_cached(NAMED)?;
        let mut rows = statement.query([])?;
        let mut names = 0;
        while let Some(row) = rows.next()? {
            names += 1;
            if names > HELD {
                return Ok(Self::Asked(view));
            }
            let named = types.entry(text(row, 0)?.into()).or_default();
            let lists = named.entry(text(row, 1)?.into()).or_default();
            lists.insert(ListId(row.get(2)?));
        }
        Ok(Self::Held {
            users: types.remove("user").unwrap_or_default(),
            organizations: types.remove("organization").unwrap_or_default(),
            others: types,
        })
    }

    /// The lists that name a user or an organization.
    pub(super) fn lists(&self, is_user: bool, id: &Id) -> Result<Vec<ListId>, Fault> {
        match self {
            Self::Nobody => Ok(Vec::new()),
            Self::Held {
                users,
                organizations,
                ..
            } => {
                let named = if is_user { users } else { organizations };
                let lists = named.get(id.as_str());
                Ok(lists.map_or_else(Vec::new, |lists| lists.to_vec()))
            }
            Self::Asked(view) => {
                let (target_type, id) = match is_user {
                    true => (TargetType::user(), id.clone()),
                    false => (TargetType::organization(), id.clone()),
                };
                view.read_lists_naming(&Target { target_type, id })
            }
        }
    }

    /// Adds the lists that name the custom target in the second and third column.
    pub(super) fn extend(&self, row: &Row<'_>, lists: &mut Vec<ListId>) -> Result<(), Fault> {
        match self {
            Self::Nobody => {}
            Self::Held { others, .. } => {
                let id = text(row, 2)?;
                let named = others.get(text(row, 1)?);
                let naming = named.and_then(|named| named.get(id));
                lists.extend(naming.into_iter().flat_map(|lists| lists.iter()));
            }
            Self::Asked(view) => {
                let target_type = parsed(text(row, 1)?, "target's type")?;
                let id = parsed(text(row, 2)?, "target")?;
                lists.extend(view.read_lists_naming(&Target { target_type, id })?);
            }
        }
        Ok(())
    }
}
