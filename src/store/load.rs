//! Writes that are too long to be held: changes that are carried out as they come.
//!
//! [`Store::update`](super::Store::update) has all of a write in memory, which a million rows should
//! not take. Here the one who writes feeds an [`Intake`] instead, one change after another. Overrides
//! that are simply wanted, whatever was there, come in any order and wait on a pile; settled, the
//! store looks up what it holds and writes them in the order in which it keeps them. It is still one
//! transaction, one revision and one entry of the history.

use serde::{Deserialize, Serialize};

use super::{Author, Snapshot, StoreError, Visit};
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;

/// What a feed is for.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// To write, in this name.
    Write(&'a Author),
    /// To learn what writing would do. Nobody else is kept waiting and nothing is written: what
    /// settles is only compared, and a change is only held against the catalog.
    Rehearse,
}

/// What a feed did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// The project's revision now: one more than before, or the same if there was nothing to do.
    pub revision: Revision,
    /// How many changes were made.
    pub changes: u64,
}

/// An override that is wanted, whatever is there.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// By which number its fate is told. Among rows for the same override the lowest is the first.
    pub row: u32,
    /// Whose.
    pub subject: &'w SubjectId,
    /// Of which feature.
    pub feature: &'w FeatureKey,
    /// What there should be; `None` takes it away.
    pub after: Option<&'w Override>,
}

/// What became of a wanted override.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// There was none.
    Added,
    /// There was another one.
    Altered,
    /// It was taken away.
    Cleared,
    /// It is so already, or an earlier row wants the same.
    Unchanged,
    /// An earlier row wants something else, and that stands. Its number, where it is still known.
    Contradicts(Option<u32>),
}

/// Where a feed puts what is to be written.
pub trait Intake {
    /// Carries a change out, as [`Store::update`](super::Store::update) does each of its own: its
    /// `before` must be there. What waits on the pile is settled first, unless the change makes a
    /// subject known; no row of that may contradict another.
    fn change(&mut self, change: &Change) -> Result<(), StoreError>;

    /// Puts a wanted override on the pile, or says why it cannot be.
    fn want(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, StoreError>;

    /// Whether the pile should be settled before it grows any further.
    fn is_full(&self) -> bool;

    /// Writes what waits on the pile, and tells the fate of each row, in the order in which they
    /// are kept. A visitor that breaks off gives the whole write up.
    fn settle(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError>;

    /// Tells what settling would do, and clears the pile without it.
    fn weigh(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError>;
}

/// Feeds a write. It sees what the write found; of what it has altered itself, some stores show what
/// was there before and some what is there now. What still waits on the pile at its end is settled.
/// Its error takes all of it back.
pub type Feed<'f> = dyn FnMut(&dyn Snapshot, &mut dyn Intake) -> Result<(), StoreError> + 'f;

/// Whether a change makes a user or an organization known.
pub(super) fn introduces(change: &Change) -> bool {
    matches!(
        change,
        Change::User { before: None, .. } | Change::Organization { before: None, .. }
    )
}
