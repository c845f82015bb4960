//! Which write a taking back was about, and which one comes before it.
//!
//! The history says of a taking back that it was one; which one it took back is in its reason
//! unless somebody gave another. Then it is told by what it did.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::store::{About, Entry, HistoryError, Snapshot, Span, StoreError};

/// How the history names the command.
pub const COMMAND: &str = "undo";
const REASON: &str = "takes back revision ";

/// How many writes are looked at.
const WRITES: usize = 200;
/// A taking back of more changes is not told by what it did.
const CHANGES: usize = 200;

/// The reason that the history gets where nobody gives one.
pub fn reason(revision: Revision) -> String {
    format!("{REASON}{revision}")
}

/// A write that is to be taken back, among those around it.
pub struct Trail {
    /// The write.
    pub entry: Entry,
    /// The write that stands again afterwards: the one that this one took back.
    pub restored: Option<Revision>,
    /// The latest write before it that stands.
    pub further: Option<Revision>,
}

impl Trail {
    /// Looks around a write.
    ///
    /// # Errors
    ///
    /// [`HistoryError::Missing`] where it is not in the history.
    pub fn read(snapshot: &dyn Snapshot, revision: Revision) -> Result<Self, StoreError> {
        let entry = snapshot.entry(revision)?;
        let entry = entry.ok_or(HistoryError::Missing(revision))?;
        let restored = taken_back(snapshot, &entry)?;
        let before = restored.unwrap_or(revision);
        Ok(Self {
            restored,
            further: further(snapshot, revision, before)?,
            entry,
        })
    }

    /// What is taken back, in words.
    pub fn in_words(&self) -> String {
        match self.restored {
            Some(restored) => format!("the undo of revision {restored}"),
            None => format!("revision {}", self.entry.revision),
        }
    }
}

/// The latest write before a revision that has not been taken back and is no taking back itself.
fn further(
    snapshot: &dyn Snapshot,
    revision: Revision,
    before: Revision,
) -> Result<Option<Revision>, StoreError> {
    let mut gone: BTreeSet<Revision> = [revision].into();
    let (mut found, mut failed, mut left) = (None, None, WRITES);
    snapshot.history(None, &mut |entry| {
        left -= 1;
        if gone.contains(&entry.revision) {
        } else if entry.command == COMMAND {
            match taken_back(snapshot, &entry) {
                Ok(about) => gone.extend(about),
                Err(error) => failed = Some(error),
            }
        } else if entry.revision < before {
            found = Some(entry.revision);
        }
        match found.is_some() || failed.is_some() || left == 0 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    failed.map_or(Ok(found), Err)
}

/// Which revision a write took back, if it did that.
///
/// # Errors
///
/// Those of the store.
pub fn taken_back(snapshot: &dyn Snapshot, entry: &Entry) -> Result<Option<Revision>, StoreError> {
    if entry.command != COMMAND {
        return Ok(None);
    }
    let reason = entry.reason.as_deref();
    let told = reason.and_then(|reason| reason.strip_prefix(REASON)?.parse().ok());
    match told.map(Revision).filter(|told| *told < entry.revision) {
        Some(told) => Ok(Some(told)),
        None => reversed_by(snapshot, entry.revision),
    }
}

/// The latest earlier write of which a write is exactly the reverse.
fn reversed_by(
    snapshot: &dyn Snapshot,
    revision: Revision,
) -> Result<Option<Revision>, StoreError> {
    let mut wanted: Vec<Change> = Vec::new();
    snapshot.changed(one(revision), About::All, &mut |(_, change)| {
        wanted.push(change.reversed());
        match wanted.len() > CHANGES {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if wanted.len() > CHANGES {
        return Ok(None);
    }
    // Its last change reversed the first of what it took back; a walk meets the last one first.
    wanted.reverse();
    for earlier in (1..revision.0).rev().take(WRITES).map(Revision) {
        let mut rest = wanted.iter();
        let mut same = true;
        snapshot.changed(one(earlier), About::All, &mut |(_, change)| {
            same = rest.next() == Some(&change);
            match same {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        })?;
        if same && rest.next().is_none() {
            return Ok(Some(earlier));
        }
    }
    Ok(None)
}

/// One write alone.
pub fn one(revision: Revision) -> Span {
    Span {
        after: Revision(revision.0.saturating_sub(1)),
        until: revision,
    }
}
