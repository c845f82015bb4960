//! A write as one line.

use crate::domain::catalog::Revision;
use crate::ui::Line;

/// Who wrote what when and why. The moment is written out: a line that stands on a screen for
/// hours cannot say "just now".
pub struct Head<'h> {
    /// The revision that it made.
    pub revision: Revision,
    /// When, by RFC 3339.
    pub at: &'h str,
    /// Who.
    pub actor: &'h str,
    /// By which command.
    pub command: &'h str,
    /// Why; empty if nobody said.
    pub reason: &'h str,
}

/// The line, with what was changed in words.
pub fn line(head: &Head<'_>, changes: Line) -> Line {
    let line = Line::new()
        .key(head.revision.to_string())
        .dim(format!("  {}  ", head.at))
        .plain(format!("{}  ", head.actor))
        .strong(head.command)
        .plain("  ")
        .then(changes);
    match head.reason {
        "" => line,
        reason => line.dim(format!("  ({reason})")),
    }
}
