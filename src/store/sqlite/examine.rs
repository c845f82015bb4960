//! A store looked at by somebody who wonders what is wrong with it: nothing is written, not even
//! a newer form, and each look stands by itself, so that damage in one part leaves the others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::place::{self, Claim};
use super::proof::{faults, last_revision, pragma, strange_part};
use super::view::{View, natural};
use super::{connect, schema};
use crate::domain::catalog::Revision;
use crate::domain::target::{Condition, ListId};
use crate::domain::time::Time;
use crate::store::chain::Verification;
use crate::store::{Scope, StoreError};

/// How many of SQLite's own findings are told.
const TOLD: usize = 10;

/// What refers to what is gone, and how it is counted.
const DANGLING: [(&str, &str); 4] = [
    (
        "overrides of features that are gone",
        "SELECT count(*) FROM \"override\" WHERE feature_id NOT IN (SELECT id FROM feature)",
    ),
    (
        "grants of features that are gone",
        "SELECT count(*) FROM plan_grant WHERE feature_id NOT IN (SELECT id FROM feature)",
    ),
    (
        "subjects on plans that are gone",
        "SELECT count(*) FROM subject WHERE plan_id IS NOT NULL AND plan_id NOT IN (SELECT id FROM plan)",
    ),
    // What SQLite finds itself: members of organizations that are gone, and the like.
    (
        "rows that refer to a row that is gone",
        "SELECT count(*) FROM pragma_foreign_key_check",
    ),
];

/// A look at a store, in which everything is from one moment.
pub struct Examination {
    path: PathBuf,
    view: View<'static>,
    _claim: Claim,
}

/// How much room a store takes, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Its file.
    pub file: u64,
    /// Of that, what is not in use.
    pub free: u64,
    /// The log beside it.
    pub log: u64,
}

/// References to what is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dangling {
    /// What they are.
    pub what: &'static str,
    /// How many.
    pub count: u64,
    /// Whether a command of ours may have left them so.
    pub harmless: bool,
}

/// How many overrides end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endings {
    /// That have ended.
    pub past: u64,
    /// That end by the moment asked about.
    pub ahead: u64,
}

impl Examination {
    /// Opens the store.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from being read at all.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let claim = Claim::new(path)?;
        let reading = connect::read_as_it_is(path).map_err(|fault| fault.reading(path))?;
        Ok(Self {
            path: path.to_owned(),
            view: View::on_own(reading.connection, Path::new("")),
            _claim: claim,
        })
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.reading(&self.path))
    }

    /// What SQLite finds wrong with the file; `whole` compares every index, too.
    pub fn faults(&self, whole: bool) -> Result<Vec<String>, StoreError> {
        self.told(faults(&self.view, whole, TOLD))
    }

    /// A table or anything else that is not as this program makes it.
    pub fn strange_part(&self) -> Result<Option<String>, StoreError> {
        self.told(strange_part(&self.view))
    }

    /// The last revision.
    pub fn revision(&self) -> Result<Revision, StoreError> {
        self.told(last_revision(&self.view))
    }

    /// Whether every write still has the hash that it was given.
    pub fn chain(&self) -> Result<Verification, StoreError> {
        self.told(self.view.verify_chain(None))
    }

    /// The form of its tables.
    pub fn format(&self) -> Result<i64, StoreError> {
        self.told(schema::version(&self.view))
    }

    /// Whether it keeps a write-ahead log.
    pub fn has_log(&self) -> Result<bool, StoreError> {
        let journal = pragma::<String>(&self.view, "journal_mode");
        Ok(self.told(journal)? == "wal")
    }

    /// How much room it takes.
    pub fn room(&self) -> Result<Room, StoreError> {
        let number =
            |name| -> Result<u64, Fault> { Ok(natural(pragma::<i64>(&self.view, name)?)?) };
        let read = || -> Result<(u64, u64), Fault> {
            let page = number("page_size")?;
            Ok((
                page * number("page_count")?,
                page * number("freelist_count")?,
            ))
        };
        let (file, free) = self.told(read())?;
        let log = std::fs::metadata(place::beside(&self.path, "-wal"));
        Ok(Room {
            file,
            free,
            log: log.map_or(0, |found| found.len()),
        })
    }

    /// What refers to what is gone, and how often; only what there is.
    pub fn dangling(&self) -> Result<Vec<Dangling>, StoreError> {
        let mut found = Vec::new();
        for (what, sql) in DANGLING {
            let count = self.count(sql)?;
            if count > 0 {
                found.push(Dangling {
                    what,
                    count,
                    harmless: false,
                });
            }
        }
        let (unused, empty) = match self.lists() {
            // Where the definitions cannot be read, that is why.
            Err(_) if !found.is_empty() => return Ok(found),
            lists => self.told(lists)?,
        };
        let lists = [
            ("lists of names that no rule asks for", unused, false),
            ("rules that name nobody", empty, true),
        ];
        let lists = lists.into_iter().filter(|(_, count, _)| *count > 0);
        found.extend(lists.map(|(what, count, harmless)| Dangling {
            what,
            count,
            harmless,
        }));
        Ok(found)
    }

    fn count(&self, sql: &str) -> Result<u64, StoreError> {
        let counted = self.view.query_row(sql, [], |row| row.get::<_, i64>(0));
        self.told(
            counted
                .map_err(Fault::from)
                .and_then(|count| Ok(natural(count)?)),
        )
    }

    /// How many lists no rule asks for, and how many of those asked for have nobody on them.
    fn lists(&self) -> Result<(u64, u64), Fault> {
        let catalog = self.view.read_catalog(Scope::All)?;
        let audiences = catalog.features.values().map(|entry| &entry.audience);
        let conditions = audiences.flat_map(|audience| &audience.rules);
        let conditions = conditions.flat_map(|rule| &rule.when);
        let asked: BTreeSet<ListId> = conditions
            .filter_map(|condition| match condition {
                Condition::OneOf { ids, .. } => Some(*ids),
                _ => None,
            })
            .collect();
        let mut statement = self.view.prepare("SELECT DISTINCT list FROM named")?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        let mut kept = BTreeSet::new();
        for row in rows {
            kept.insert(ListId(natural(row?)?));
        }
        let unused = kept.difference(&asked).count() as u64;
        Ok((unused, asked.difference(&kept).count() as u64))
    }

    /// How many overrides have ended by `now`, and how many end by `until`.
    pub fn endings(&self, now: Time, until: Time) -> Result<Endings, StoreError> {
        let sql = "SELECT count(*) FILTER (WHERE expires <= ?1), count(*) FILTER (WHERE \
                   expires > ?1 AND expires <= ?2) FROM \"override\" WHERE expires IS NOT NULL";
        let read = || -> Result<Endings, Fault> {
            let moments = (now.unix(), until.unix());
            let (past, ahead): (i64, i64) = self
                .view
                .query_row(sql, moments, |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(Endings {
                past: natural(past)?,
                ahead: natural(ahead)?,
            })
        };
        self.told(read())
    }

    /// How many features there are, and how many there may be.
    pub fn features(&self) -> Result<(u64, u64), StoreError> {
        let catalog = self.told(self.view.read_catalog(Scope::All))?;
        let cap = catalog.settings.max_features;
        Ok((catalog.features.len() as u64, cap.into()))
    }

    /// When the last write was made, in milliseconds since 1970.
    pub fn last_write(&self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT max(at) FROM revision";
        let read = self.view.query_row(sql, [], |row| row.get(0));
        self.told(read.map_err(Fault::from))
    }
}
