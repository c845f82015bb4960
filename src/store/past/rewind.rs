//! The whole project as one document, as a revision left it.
//!
//! A subject's facts are led back one by one when they are asked for ([`Past`](super::Past)); a
//! document has everybody in it, so every change is undone in one pass through the history.

use super::{last, unless_done};
use crate::domain::catalog::Revision;
use crate::domain::document::Document;
use crate::store::{About, HistoryError, Parts, Snapshot, Span, StoreError, export};

/// Writes down what was there when `revision` was the latest: what [`export`] would have written
/// then.
///
/// # Errors
///
/// [`StoreError::History`] where the history does not reach back to it, or is damaged.
pub fn export_of(
    present: &dyn Snapshot,
    revision: Revision,
    parts: Parts,
) -> Result<Document, StoreError> {
    let until = present.revision()?;
    if revision > until {
        let latest = until;
        return Err(HistoryError::Ahead { revision, latest }.into());
    }
    // That none of the writes between is missing.
    last(present, &mut |entry| entry.revision <= revision)?;
    let mut document = export(present, parts)?;
    let about = match parts.subjects || parts.overrides {
        true => About::All,
        false => About::Catalog,
    };
    let mut torn = None;
    let after = revision;
    present.changed(Span { after, until }, about, &mut |(at, change)| {
        if parts.include(&change) && document.take_back(&change).is_err() {
            torn = Some(at);
        }
        unless_done(torn.is_some())
    })?;
    match torn {
        None => Ok(document),
        Some(at) => Err(HistoryError::Torn(at).into()),
    }
}
