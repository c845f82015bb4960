//! Taking back what a write did, as the changes of a new write.
//!
//! The latest write is reversed as it is. For an earlier one the changes since are walked through:
//! [`Judge`](crate::domain::undo::Judge) tells which revisions stand in the way, and where only
//! other parts of the same thing have been altered, the changes are made to fit what is there now.
//! A write may hold a million changes, so they come one by one.

mod fit;
mod since;
pub mod trail;

use std::ops::ControlFlow;

use super::{About, Entry, HistoryError, Snapshot, Span, StoreError};
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::undo::Conflict;
use fit::Fitted;
use since::Since;

/// The taking back of one write.
pub struct Undo<'s> {
    present: &'s dyn Snapshot,
    entry: Entry,
    /// What has happened since; `None` for the latest write.
    since: Option<Since>,
}

impl<'s> Undo<'s> {
    /// Looks at what stands in the way of taking a revision back; `None` if there is no such
    /// revision.
    ///
    /// # Errors
    ///
    /// [`HistoryError::Missing`] where the write, or one since, is not in the history, and
    /// [`HistoryError::Torn`] where the write is not what its hash says, or where they do not follow
    /// from each other.
    pub fn of(present: &'s dyn Snapshot, revision: Revision) -> Result<Option<Self>, StoreError> {
        let latest = present.revision()?;
        if revision == Revision::UNKNOWN || revision > latest {
            return Ok(None);
        }
        let entry = whole(present, latest, revision)?;
        if !present.is_intact(revision)? {
            return Err(HistoryError::Torn(revision).into());
        }
        let since = match revision < latest {
            true => Some(Since::read(present, span(revision), latest)?),
            false => None,
        };
        Ok(Some(Self {
            present,
            entry,
            since,
        }))
    }

    /// The write that is taken back.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The later revisions that stand in the way, latest first.
    pub fn conflicts(&self) -> &[Conflict] {
        self.since.as_ref().map_or(&[], Since::conflicts)
    }

    /// The changes that take the write back, in their order. `visit` may stop the walk.
    ///
    /// # Errors
    ///
    /// Those of the store, and [`HistoryError::Missing`] where it is not written down what the
    /// write changed.
    pub fn changes(
        &self,
        visit: &mut dyn FnMut(Change) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut fitted = Fitted::new(self.present, self.entry.revision, self.since.as_ref());
        if let Some(room) = fitted.room(true)?
            && visit(room).is_break()
        {
            return Ok(());
        }
        let (mut failed, mut any, mut stopped) = (None, false, false);
        let span = span(self.entry.revision);
        self.present.changed(span, About::All, &mut |(_, change)| {
            any = true;
            let flow = match fitted.fit(change.reversed()) {
                Ok(change) => visit(change),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            };
            stopped = flow.is_break();
            flow
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if !any {
            return Err(HistoryError::Missing(self.entry.revision).into());
        }
        if !stopped && let Some(room) = fitted.room(false)? {
            // Whether it is the last that is wanted or not, it is the last.
            let _wanted = visit(room);
        }
        Ok(())
    }
}

/// One write alone.
fn span(revision: Revision) -> Span {
    Span {
        after: Revision(revision.0.saturating_sub(1)),
        until: revision,
    }
}

/// The write that made a revision, if every write since is known, too.
fn whole(
    present: &dyn Snapshot,
    latest: Revision,
    revision: Revision,
) -> Result<Entry, StoreError> {
    let mut expected = latest;
    let mut found = None;
    present.history(None, &mut |entry| {
        if entry.revision != expected {
            return ControlFlow::Break(());
        }
        if entry.revision == revision {
            found = Some(entry);
            return ControlFlow::Break(());
        }
        expected = Revision(expected.0.saturating_sub(1));
        ControlFlow::Continue(())
    })?;
    found.ok_or_else(|| HistoryError::Missing(expected).into())
}
