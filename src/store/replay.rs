//! A history that goes from one store to another as it is.
//!
//! The hash of a write is made of the very rows that are kept of it ([`Digest`]), and of who made it
//! and when. To write the same changes once more would make other rows, in another name, at another
//! moment, and so another history. Here a store tells what it keeps ([`Snapshot::retell`]), and
//! another one carries that out and keeps it so ([`Store::replay`]), with each hash held against
//! the one that it had. What is kept beside the project can come along in the same transaction.
//!
//! [`Snapshot::retell`]: super::Snapshot::retell
//! [`Store::replay`]: super::Store::replay

use serde::{Deserialize, Serialize};

use super::chain::{Head, Link, Signature};
use super::{Digest, Entry, HistoryError, RecordKind, StoreError, block};
use crate::domain::catalog::Revision;
use crate::domain::change::Change;

/// A piece of a history, or what is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Piece {
    /// A write begins.
    Write(Entry),
    /// What is kept of some of its changes.
    Row {
        /// How many of its changes come before them.
        position: i64,
        /// The text that is kept: a change, or a block of overrides.
        body: String,
    },
    /// The write ends, and has this hash.
    Sealed(Digest),
    /// What is kept beside the project under this name, and no part of a write.
    Record {
        /// Its kind.
        kind: RecordKind,
        /// Its name.
        name: String,
        /// What it says; `None` where it goes.
        body: Option<String>,
    },
}

/// Where the pieces of a history are put.
pub trait Replay {
    /// Takes the next piece.
    ///
    /// # Errors
    ///
    /// [`HistoryError`] where it does not fit behind the one before, or a write does not have its
    /// hash; [`StoreError::Refused`] where a change does not fit what is there.
    fn take(&mut self, piece: &Piece) -> Result<(), StoreError>;
}

/// Puts the pieces of whole writes into a store. It is called once, since what it reads from need
/// not be there twice; its error takes all of them back.
pub type Relay<'r> = dyn FnMut(&mut dyn Replay) -> Result<(), StoreError> + 'r;

/// How far a history has been replayed: what may come next, and which hash it has to have.
#[derive(Debug)]
pub(super) struct Course {
    head: Head,
    open: Option<Open>,
}

/// A write that has begun.
#[derive(Debug)]
struct Open {
    revision: Revision,
    link: Link,
    changes: i64,
}

impl Course {
    /// Begins behind the last write that is there.
    pub(super) fn behind(head: Head) -> Self {
        Self { head, open: None }
    }

    /// A write begins, which has to be the next one.
    pub(super) fn begin(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let expected = self.head.revision.next();
        if self.open.is_some() || entry.revision != expected {
            return Err(HistoryError::Missing(expected).into());
        }
        self.open = Some(Open {
            revision: entry.revision,
            link: Link::new(&self.head.digest, &Signature::from(entry)),
            changes: 0,
        });
        Ok(())
    }

    /// What a row of the write changes. Whoever tells nonsense is not the one who is told it.
    pub(super) fn changes(&self, body: &str) -> Result<Vec<Change>, StoreError> {
        Ok(block::changes(body).map_err(|_| self.torn())?)
    }

    /// A row of the write, with so many changes.
    pub(super) fn row(
        &mut self,
        position: i64,
        body: &str,
        changes: u64,
    ) -> Result<(), StoreError> {
        let torn = self.torn();
        let open = self.open.as_mut().filter(|open| open.changes == position);
        let open = open.ok_or(torn)?;
        open.link.change(position, body.as_bytes());
        open.changes += i64::try_from(changes).unwrap_or(i64::MAX);
        Ok(())
    }

    /// The write ends; tells which it was and what it is chained to next.
    pub(super) fn seal(&mut self, expected: &Digest) -> Result<Head, StoreError> {
        let torn = self.torn();
        let open = self.open.take().ok_or(torn.clone())?;
        let (revision, digest) = (open.revision, open.link.close());
        if digest != *expected {
            return Err(torn.into());
        }
        self.head = Head { revision, digest };
        Ok(self.head)
    }

    /// Nothing more comes: where the history ends now.
    pub(super) fn end(self) -> Result<Head, StoreError> {
        match self.open {
            None => Ok(self.head),
            Some(_) => Err(StoreError::GivenUp),
        }
    }

    fn torn(&self) -> HistoryError {
        let open = self.open.as_ref().map(|open| open.revision);
        HistoryError::Torn(open.unwrap_or(self.head.revision.next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(revision: u64) -> Entry {
        Entry {
            revision: Revision(revision),
            at: 0,
            actor: "tester".to_owned(),
            command: "set".to_owned(),
            reason: None,
        }
    }

    fn digest_of_first() -> Digest {
        let mut link = Link::new(&Digest::default(), &Signature::from(&entry(1)));
        link.change(0, b"{}");
        link.close()
    }

    #[test]
    fn writes_follow_each_other_with_the_hashes_that_they_had() {
        let mut course = Course::behind(Head::default());
        course.begin(&entry(1)).unwrap();
        course.row(0, "{}", 1).unwrap();
        let head = course.seal(&digest_of_first()).unwrap();
        assert_eq!(head.revision, Revision(1));
        course.begin(&entry(2)).unwrap();
        let digest = Link::new(&head.digest, &Signature::from(&entry(2))).close();
        course.seal(&digest).unwrap();
        assert_eq!(course.end().unwrap().digest, digest);
    }

    #[test]
    fn what_is_out_of_order_or_altered_is_no_history() {
        let begun = || {
            let mut course = Course::behind(Head::default());
            course.begin(&entry(1)).unwrap();
            course
        };
        assert!(Course::behind(Head::default()).begin(&entry(2)).is_err());
        assert!(Course::behind(Head::default()).row(0, "{}", 1).is_err());
        assert!(
            Course::behind(Head::default())
                .seal(&digest_of_first())
                .is_err()
        );
        assert!(begun().begin(&entry(2)).is_err(), "the first is not sealed");
        assert!(begun().row(1, "{}", 1).is_err(), "a row is left out");
        assert!(begun().end().is_err(), "cut off");
        let mut course = begun();
        course.row(0, "{ }", 1).unwrap();
        assert!(course.seal(&digest_of_first()).is_err(), "altered");
    }
}
