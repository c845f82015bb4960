//! What a write takes anyway, asked for in the trip in which it locks: every trip more is one for
//! which all other writers wait.
//!
//! It is what was there when the write began, and forgotten once anything is altered.

use tokio_postgres::Row;

use super::datum::{Datum, column, maybe_text, text};
use super::fault::Fault;
use super::records;
use super::session::Ask;
use crate::store::RecordKind;

/// Where everything ends: the history, its chain, and the rows.
const ENDS: &str = "SELECT (SELECT coalesce(max(id), 0) FROM revision), \
     (SELECT value FROM setting WHERE name = 'head'), \
     (SELECT coalesce(max(id), 0) FROM feature), (SELECT coalesce(max(id), 0) FROM plan), \
     (SELECT coalesce(max(id), 0) FROM subject)";

/// What a write is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Matter<'a> {
    /// The project, and the note of a request that may have been carried out before.
    Project(Option<&'a str>),
    /// A record.
    Record(RecordKind, &'a str),
}

impl<'a> Matter<'a> {
    /// The record that it takes.
    pub(super) fn record(self) -> Option<(RecordKind, &'a str)> {
        match self {
            Self::Project(request) => request.map(|name| (RecordKind::Request, name)),
            Self::Record(kind, name) => Some((kind, name)),
        }
    }

    /// What asks for it, with the values for its record.
    pub(super) fn asking(self, record: &'a [Datum<'a>]) -> Vec<Ask<'a>> {
        let mut asked: Vec<Ask<'a>> = Vec::new();
        if let Self::Project(_) = self {
            asked.push((ENDS, &[]));
        }
        if self.record().is_some() {
            asked.push((records::ONE, record));
        }
        asked
    }

    /// What the answers to that say.
    pub(super) fn found(self, answers: &[Vec<Row>]) -> Result<Foreseen, Fault> {
        let mut answers = answers.iter();
        let ends = match self {
            Self::Project(_) => {
                let row = answers.next().and_then(|rows| rows.first());
                row.map(Ends::of).transpose()?
            }
            Self::Record(..) => None,
        };
        let record = match self.record() {
            Some((kind, name)) => {
                let row = answers.next().and_then(|rows| rows.first());
                let body = row.map(|row| Ok::<_, Fault>(text(row, 0)?.into_owned()));
                Some((kind, name.to_owned(), body.transpose()?))
            }
            None => None,
        };
        Ok(Foreseen { ends, record })
    }
}

/// What is known before anybody asks.
#[derive(Debug, Default)]
pub(super) struct Foreseen {
    pub(super) ends: Option<Ends>,
    record: Option<(RecordKind, String, Option<String>)>,
}

impl Foreseen {
    /// A record, if it is the one that was foreseen.
    pub(super) fn record(&self, kind: RecordKind, name: &str) -> Option<Option<String>> {
        let (of, named, body) = self.record.as_ref()?;
        (*of == kind && named == name).then(|| body.clone())
    }
}

/// Where everything ended when the write began.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    /// The latest revision.
    pub(super) revision: i64,
    /// The note of the end of the chain.
    pub(super) head: Option<String>,
    pub(super) lasts: Lasts,
}

impl Ends {
    fn of(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            revision: column(row, 0)?,
            head: maybe_text(row, 1)?.map(std::borrow::Cow::into_owned),
            lasts: Lasts {
                feature: column(row, 2)?,
                plan: column(row, 3)?,
                subject: column(row, 4)?,
            },
        })
    }
}

/// The numbers that rows got last; the next ones are behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lasts {
    pub(super) feature: i64,
    pub(super) plan: i64,
    pub(super) subject: i64,
}
