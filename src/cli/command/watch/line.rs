//! A write as one line.

use crate::domain::catalog::Revision;
use crate::store::Entry;
use crate::ui::{Line, time};

/// Who wrote what when and why. The moment is written out: a line that stands on a screen for
/// hours cannot say "just now".
pub fn line(entry: &Entry, changes: Line) -> Line {
    let Revision(revision) = entry.revision;
    let head = Line::new()
        .key(revision.to_string())
        .dim(format!("  {}  ", time::rfc3339(entry.at.div_euclid(1000))))
        .plain(format!("{}  ", entry.actor))
        .strong(entry.command.clone())
        .plain("  ")
        .then(changes);
    match &entry.reason {
        Some(reason) if !reason.is_empty() => head.dim(format!("  ({})", &**reason)),
        _ => head,
    }
}
