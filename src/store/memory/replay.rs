//! Past writes of another store: here, too, kept as they were told.

use super::contents::{Contents, Recorded};
use crate::domain::change::{Change, ChangeSet};
use crate::store::replay::Course;
use crate::store::{Digest, Entry, Piece, RecordKind, Replay, StoreError};

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
        let changes = self.course.changes(body)?;
        for change in &changes {
            self.contents.apply(change, revision)?;
        }
        self.course.row(position, body, changes.len() as u64)?;
        self.changes.extend(changes);
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
