//! Planning inside a write, with errors that a store does not know.

use super::EditError;
use crate::domain::change::ChangeSet;
use crate::store::{Author, Snapshot, Store, StoreError, Written};

/// Writes what `plan` makes of the present contents, as [`Store::update`] does. The plan may look
/// at more than an edit, for example at the revision.
///
/// # Errors
///
/// Those of the plan and of the store; nothing is written then.
pub fn update(
    store: &dyn Store,
    author: &Author,
    plan: &mut dyn FnMut(&dyn Snapshot) -> Result<ChangeSet, EditError>,
) -> Result<Written, EditError> {
    let mut failed = None;
    let written = store.update(author, &mut |snapshot| {
        plan(snapshot).map_err(|error| match error {
            EditError::Store(error) => error,
            error => {
                failed = Some(error);
                StoreError::GivenUp
            }
        })
    });
    match (failed, written) {
        (Some(error), Err(StoreError::GivenUp)) => Err(error),
        (_, written) => Ok(written?),
    }
}
