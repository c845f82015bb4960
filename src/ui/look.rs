//! Who reads a stream, and so how it should look.
//!
//! Asked again for each thing written: it costs one system call and a few look-ups in the
//! environment, a window may have been resized since, and a command that writes nothing asks
//! nothing.

use std::env;
use std::ffi::OsStr;
use std::io::IsTerminal;
use std::os::fd::AsFd;

/// A terminal that will not tell its width gets this many columns.
const USUAL_WIDTH: usize = 80;

/// How text for one stream should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// A person reads: aligned columns and relative times. Otherwise TABs and RFC 3339.
    pub terminal: bool,
    /// Whether styles become colours.
    pub colour: bool,
    /// The columns a line may take, on a terminal.
    pub width: usize,
    /// The moment that relative times start from, in seconds since 1970.
    pub now: i64,
}

impl Look {
    /// A pipe or a file: plain.
    pub fn pipe(now: i64) -> Self {
        Self {
            terminal: false,
            colour: false,
            width: USUAL_WIDTH,
            now,
        }
    }

    /// A terminal of so many columns, without colour.
    pub fn terminal(now: i64, width: usize) -> Self {
        Self {
            terminal: true,
            colour: false,
            width,
            now,
        }
    }

    /// The same in colour.
    #[must_use]
    pub fn coloured(self) -> Self {
        Self {
            colour: true,
            ..self
        }
    }

    /// How a real stream of this process should look.
    pub(super) fn of(stream: &(impl IsTerminal + AsFd), now: i64) -> Self {
        let terminal = stream.is_terminal();
        let width = if terminal {
            width_of(stream)
        } else {
            USUAL_WIDTH
        };
        let colour = wants_colour(
            terminal,
            env::var_os("NO_COLOR").as_deref(),
            env::var_os("CLICOLOR_FORCE").as_deref(),
            env::var_os("TERM").as_deref(),
        );
        Self {
            terminal,
            colour,
            width,
            now,
        }
    }
}

/// `COLUMNS` is a person's word, so it goes before what the terminal says.
fn width_of(stream: &impl AsFd) -> usize {
    env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .filter(|columns| *columns > 0)
        .or_else(|| terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0)))
        .unwrap_or(USUAL_WIDTH)
}

/// <https://no-color.org> and <https://bixense.com/clicolors>. Where both speak, no colour wins:
/// it is what someone who cannot read colours sets once for everything.
fn wants_colour(
    terminal: bool,
    no_color: Option<&OsStr>,
    force: Option<&OsStr>,
    term: Option<&OsStr>,
) -> bool {
    if no_color.is_some_and(|value| !value.is_empty()) {
        return false;
    }
    if force.is_some_and(|value| !value.is_empty() && value != "0") {
        return true;
    }
    terminal && term.is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(terminal: bool, no_color: Option<&str>, force: Option<&str>, term: &str) -> bool {
        let term = Some(OsStr::new(term));
        wants_colour(
            terminal,
            no_color.map(OsStr::new),
            force.map(OsStr::new),
            term,
        )
    }

    #[test]
    fn a_terminal_gets_colour_and_a_pipe_does_not() {
        assert!(colour(true, None, None, "xterm"));
        assert!(!colour(false, None, None, "xterm"));
        assert!(!colour(true, None, None, "dumb"));
    }

    #[test]
    fn the_environment_decides_when_it_speaks() {
        assert!(!colour(true, Some("1"), None, "xterm"));
        assert!(colour(true, Some(""), None, "xterm"));
        assert!(colour(false, None, Some("1"), "dumb"));
        assert!(!colour(false, None, Some("0"), "xterm"));
        assert!(!colour(false, None, Some(""), "xterm"));
        assert!(!colour(true, Some("1"), Some("1"), "xterm"));
    }
}
