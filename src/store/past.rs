//! What was there at an earlier moment: the present with the changes since then undone.
//!
//! Nothing else is kept of the past than its changes, and each of them knows what it found. Undone
//! latest first, they lead back to any revision of the history. The definitions are small and are
//! led back at once. What is known about one subject, or which lists name it, is led back when it
//! is asked for, by the changes that are about it; those of a million others are passed over.
//!
//! Each step is held against what is there: a history that does not fit is an error and never an
//! answer, and so is a moment before its beginning.

mod facts;
mod lists;
mod log;
mod marks;
mod rewind;

use std::ops::ControlFlow;
use std::rc::Rc;

use super::{About, Entry, HistoryError, Snapshot, Span, StoreError};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
pub(super) use lists::relist;
use log::Log;
pub(super) use log::Made;
use marks::{mark, unmark_audiences, unmarked};
pub use rewind::export_of;

/// A project as it was when a revision was its latest.
///
/// Its facts are those of that time but for two things. A list that is gone by now has another
/// number, the same in the catalog and in [`Facts::lists_naming`](super::Facts::lists_naming). And what has changed since is
/// marked with [`Revision::UNKNOWN`] unless [`Past::with_revisions`] looked up who had set it.
pub struct Past<'s> {
    log: Rc<Log<'s>>,
    revision: Revision,
    catalog: Catalog,
    /// Whether anybody has come onto a rule's list, or gone, since.
    relisted: bool,
    /// Whether it is looked up who had set what is undone.
    revisions: bool,
}

impl<'s> Past<'s> {
    /// The project at a moment, in milliseconds since 1970: as the last write that was made by
    /// then had left it. From the first write onwards, later ones never count as earlier, whatever
    /// the clocks of those who made them said.
    ///
    /// # Errors
    ///
    /// [`StoreError::History`] where the history does not reach back to the moment, or is damaged.
    pub fn at(present: &'s dyn Snapshot, moment: i64) -> Result<Self, StoreError> {
        Self::new(present, revision_at(present, moment)?)
    }

    /// The project as a revision left it. [`Revision::UNKNOWN`] is what the first write found.
    ///
    /// # Errors
    ///
    /// As with [`Past::at`].
    pub fn of(present: &'s dyn Snapshot, revision: Revision) -> Result<Self, StoreError> {
        let found = last(present, &mut |entry| entry.revision == revision)?;
        match found {
            None if revision > Revision::UNKNOWN => Err(HistoryError::Missing(revision).into()),
            _ => Self::new(present, revision),
        }
    }

    fn new(present: &'s dyn Snapshot, after: Revision) -> Result<Self, StoreError> {
        let until = present.revision()?;
        let log = Log::new(present, Span { after, until })?;
        Self::undo(Rc::new(log), after)
    }

    fn undo(log: Rc<Log<'s>>, revision: Revision) -> Result<Self, StoreError> {
        let mut catalog = log.catalog.clone();
        let mut relisted = unmark_audiences(&mut catalog, revision);
        for (at, change) in since(&log.definitions()?, revision) {
            relisted |= matches!(change, Change::Rule { .. });
            let undone = catalog.apply(&change.clone().reversed(), Revision::UNKNOWN);
            fits(undone.is_ok(), *at)?;
        }
        Ok(Self {
            log,
            revision,
            catalog,
            relisted,
            revisions: false,
        })
    }

    /// The project as a later revision left it, by what has been read already.
    ///
    /// # Errors
    ///
    /// [`HistoryError::Missing`] for an earlier revision, or one that is yet to come.
    pub fn later(&self, revision: Revision) -> Result<Self, StoreError> {
        let Span { after, until } = self.log.span;
        if (after..=until).contains(&revision) {
            Self::undo(Rc::clone(&self.log), revision)
        } else {
            Err(HistoryError::Missing(revision).into())
        }
    }

    /// Looks up, farther back in the history, who had set what has changed since.
    pub fn with_revisions(mut self) -> Result<Self, StoreError> {
        self.revisions = true;
        let mut open = unmarked(&self.catalog);
        let catalog = &mut self.catalog;
        let before = Span {
            after: Revision::UNKNOWN,
            until: self.revision,
        };
        if open > 0 {
            let present = self.log.present;
            present.changed(before, About::Catalog, &mut |(at, change)| {
                open -= mark(catalog, &change, at);
                unless_done(open == 0)
            })?;
        }
        Ok(self)
    }

    /// The revision that was the latest.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The writes that have been made since.
    pub fn since(&self) -> Span {
        Span {
            after: self.revision,
            until: self.log.span.until,
        }
    }

    /// The project as it is now.
    pub(super) fn present(&self) -> &'s dyn Snapshot {
        self.log.present
    }

    /// What has been changed in a subject.
    pub(super) fn changes_of(&self, subject: &SubjectId) -> Result<Made, StoreError> {
        self.log.subject(subject)
    }

    /// What has been changed in the definitions, and where the target was named.
    pub(super) fn changes_naming(&self, target: &Target) -> Result<Made, StoreError> {
        match self.relisted {
            true => self.log.naming(target),
            false => self.log.definitions(),
        }
    }

    /// Every definition.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }
}

/// The revision that was the latest at a moment, in milliseconds since 1970, as [`Past::at`] finds
/// it.
///
/// # Errors
///
/// As there.
pub fn revision_at(present: &dyn Snapshot, moment: i64) -> Result<Revision, StoreError> {
    let mut first = None;
    let found = last(present, &mut |entry| {
        first = Some(entry.at);
        entry.at <= moment
    })?;
    match (found, first) {
        (Some(revision), _) => Ok(revision),
        (None, Some(first)) => Err(HistoryError::Before { first }.into()),
        (None, None) => Err(HistoryError::None.into()),
    }
}

/// The latest write that is looked for, and that the history is whole up to there.
fn last(
    present: &dyn Snapshot,
    wanted: &mut dyn FnMut(&Entry) -> bool,
) -> Result<Option<Revision>, StoreError> {
    let mut expected = present.revision()?;
    let mut found = None;
    let mut gap = false;
    present.history(None, &mut |entry| {
        gap = entry.revision != expected;
        if gap {
            return ControlFlow::Break(());
        }
        found = wanted(&entry).then_some(entry.revision);
        expected = Revision(expected.0.saturating_sub(1));
        unless_done(found.is_some())
    })?;
    if gap || (found.is_none() && expected > Revision::UNKNOWN) {
        return Err(HistoryError::Missing(expected).into());
    }
    Ok(found)
}

/// The changes behind a revision.
fn since(made: &Made, revision: Revision) -> impl Iterator<Item = &(Revision, Change)> {
    made.iter().take_while(move |(at, _)| *at > revision)
}

fn fits(fits: bool, revision: Revision) -> Result<(), StoreError> {
    match fits {
        true => Ok(()),
        false => Err(HistoryError::Torn(revision).into()),
    }
}

fn unless_done(done: bool) -> ControlFlow<()> {
    match done {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    }
}
