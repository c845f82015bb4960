//! Several edits in one write: each sees what those before it leave.

use thiserror::Error;

use super::{Edit, EditError};
use crate::domain::change::ChangeSet;
use crate::domain::time::Time;
use crate::store::{Preview, Scope, Snapshot};

/// One of several edits cannot be planned, and so none of them is.
#[derive(Debug, Error)]
#[error("edit {index}: {error}")]
pub struct NthError {
    /// Its place, from 0.
    pub index: usize,
    /// Why.
    #[source]
    pub error: EditError,
}

/// The changes that the edits take, one after the other.
///
/// # Errors
///
/// The first edit that cannot be, by its place. What the catalog's rules forbid is found here too,
/// so that it is told of the edit that does it.
pub fn plan_all(snapshot: &dyn Snapshot, edits: &[Edit], now: Time) -> Result<ChangeSet, NthError> {
    let nth = |index: usize| move |error: EditError| NthError { index, error };
    let catalog = snapshot.catalog(Scope::All).map_err(EditError::from);
    let catalog = catalog.map_err(nth(0))?;
    let mut preview = Preview::new(snapshot, &catalog, &ChangeSet::default())
        .map_err(|error| nth(0)(error.into()))?;
    let mut all = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let changes = edit.plan(&preview, now).map_err(nth(index))?;
        let laid = preview.lay_over(&changes).map_err(EditError::from);
        laid.map_err(nth(index))?;
        all.extend(changes.changes().iter().cloned());
    }
    Ok(ChangeSet::new(all))
}
