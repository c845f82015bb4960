//! Past writes of another store: here, too, kept as they were told.

use super::contents::{Contents, Recorded};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::refusal::Refusal;
use crate::store::block::{Unreadable, each_change};
use crate::store::replay::Course;
use crate::store::{Digest, Entry, HistoryError, Piece, RecordKind, Replay, StoreError};

/// Records and what becomes of them.
type Beside = Vec<(RecordKind, String, Option<String>)>;

/// Writes as far as they have been told.
pub(super) struct Replayed {
    contents: Contents,
    course: Course,
    /// The write under way.
    entry: Option<Entry>,
    changes: Vec<Change>,
    rows: Vec<(i64, String)>,
    beside: Beside,
}

impl Replayed {
    pub(super) fn new(found: &Contents) -> Self {
        Self {
            course: Course::behind(found.head()),
            contents: found.clone(),
            entry: None,
            changes: Vec::new(),
            rows: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// The contents behind the last write, and what is kept beside them.
    pub(super) fn finish(self) -> Result<(Contents, Beside), StoreError> {
        self.course.end()?;
        Ok((self.contents, self.beside))
    }

    fn row(&mut self, position: i64, body: &str) -> Result<(), StoreError> {
        let revision = self.contents.revision.next();
        let before = self.changes.len();
        each_change(body, &mut |change| {
            self.contents.apply(&change, revision)?;
            self.changes.push(change);
            Ok::<_, Wrong>(())
        })
        .map_err(|wrong| match wrong {
            Wrong::Told(error) => *error,
            Wrong::Unreadable => HistoryError::Torn(revision).into(),
        })?;
        let made = (self.changes.len() - before) as u64;
        self.course.row(position, body, made)?;
        self.rows.push((position, body.to_owned()));
        Ok(())
    }

    fn seal(&mut self, expected: &Digest) -> Result<(), StoreError> {
        let digest = self.course.seal(expected)?.digest;
        if let Some(entry) = self.entry.take() {
            self.contents.keep(Recorded {
                entry,
                changes: ChangeSet::new(std::mem::take(&mut self.changes)),
                rows: std::mem::take(&mut self.rows),
                digest,
            });
        }
        Ok(())
    }
}

/// Why a row is not carried out.
enum Wrong {
    Unreadable,
    Told(Box<StoreError>),
}

impl From<Unreadable> for Wrong {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        Self::Told(Box::new(refusal.into()))
    }
}

impl Replay for Replayed {
    fn take(&mut self, piece: &Piece) -> Result<(), StoreError> {
        match piece {
            Piece::Write(entry) => {
                self.course.begin(entry)?;
                self.entry = Some(entry.clone());
                Ok(())
            }
            Piece::Row { position, body } => self.row(*position, body),
            Piece::Sealed(digest) => self.seal(digest),
            Piece::Record { kind, name, body } => {
                self.beside.push((*kind, name.clone(), body.clone()));
                Ok(())
            }
        }
    }
}
