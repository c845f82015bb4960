//! Writes told whole, many at a time.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::store::{About, Digest, Entry, HistoryError, Snapshot, Span, StoreError};

/// A write of more changes than this is told without them.
const FEW: usize = 32;
/// So many writes are told together at the most, whoever asks.
const MOST: u32 = 256;

/// A write, and as much of it as fits into a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteTold {
    /// Who made it, when and why.
    pub entry: Entry,
    /// How many changes it holds.
    pub count: u64,
    /// Its hash; `None` where the store keeps none.
    pub hash: Option<Digest>,
    /// Those of its changes that are wanted, in order; `None` if they are many.
    pub changes: Option<Vec<Change>>,
}

impl WriteTold {
    /// Tells the latest writes up to one that have such changes, latest first.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn each(
        snapshot: &dyn Snapshot,
        until: Revision,
        limit: u32,
        about: About<'_>,
        visit: &mut dyn FnMut(&Self) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut until = until.min(snapshot.revision()?);
        for _ in 0..limit.min(MOST) {
            let Some(entry) = latest(snapshot, until, about)? else {
                break;
            };
            until = Revision(entry.revision.0.saturating_sub(1));
            if visit(&Self::of(snapshot, entry, about)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn of(snapshot: &dyn Snapshot, entry: Entry, about: About<'_>) -> Result<Self, StoreError> {
        let revision = entry.revision;
        let mut changes = Vec::new();
        let mut are_many = false;
        snapshot.each_change(revision, about, &mut |change| {
            are_many = changes.len() == FEW;
            if are_many {
                return ControlFlow::Break(());
            }
            changes.push(change);
            ControlFlow::Continue(())
        })?;
        let hash = match snapshot.digest(revision) {
            Err(StoreError::History(HistoryError::Unchained)) => None,
            hash => hash?,
        };
        Ok(Self {
            count: snapshot.change_count(revision)?,
            hash,
            changes: (!are_many).then_some(changes),
            entry,
        })
    }
}

/// The latest write up to one with such a change.
fn latest(
    snapshot: &dyn Snapshot,
    until: Revision,
    about: About<'_>,
) -> Result<Option<Entry>, StoreError> {
    if matches!(about, About::All) {
        let mut found = None;
        snapshot.history(Some(until.next()), &mut |entry| {
            found = Some(entry);
            ControlFlow::Break(())
        })?;
        return Ok(found);
    }
    let after = Revision::UNKNOWN;
    let mut found = None;
    snapshot.changed(Span { after, until }, about, &mut |(revision, _)| {
        found = Some(revision);
        ControlFlow::Break(())
    })?;
    match found {
        Some(revision) => snapshot.entry(revision),
        None => Ok(None),
    }
}
