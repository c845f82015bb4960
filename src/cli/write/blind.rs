//! Writing where nobody can look: the edit is planned in its own words, and what it does to whom is
//! for the place to know.

use anyhow::Result;

use super::WriteReport;
use crate::cli::context::Context;
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::store::StoreError;

/// Whether the store takes writes and shows nothing of what is there.
pub fn is_blind(context: &Context) -> Result<bool> {
    Ok(context.store()?.capabilities().blind)
}

/// What would be written.
pub fn previewed(changes: ChangeSet) -> Result<WriteReport> {
    let report = WriteReport::written(Revision::UNKNOWN, changes, None);
    Ok(report.unseen().dry())
}

/// Refuses to make what is missing: nobody can tell what is.
///
/// # Errors
///
/// [`StoreError::Unsupported`].
pub fn refuse_to_create(context: &Context) -> Result<()> {
    let kind = context.store()?.capabilities().kind;
    Err(StoreError::Unsupported {
        what: format!("{kind} does not tell whether a feature or a user is there, so --create has nothing to go by"),
        instead: Some("`flags feature define FEATURE` makes sure of the feature".to_owned()),
    }
    .into())
}
