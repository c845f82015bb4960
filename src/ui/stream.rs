//! Rows that are shown as they come.
//!
//! A report is built whole before anybody sees it, which a million rows must not be. A stream
//! holds only what has not been written yet; the same promises hold for each of its rows: for a
//! person a line that cannot steer a terminal, for a program one JSON document on a line.

use std::fmt::{self, Write};
use std::io;

use serde_json::Value;

use super::{Page, Terminal, json, render, sanitise};

/// How much is held before it is written, in bytes.
const CHUNK: usize = 64 * 1024;

/// Rows on their way to stdout.
#[derive(Debug)]
pub struct Stream<'terminal> {
    terminal: &'terminal Terminal,
    text: String,
}

impl<'terminal> Stream<'terminal> {
    pub(super) const fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            text: String::new(),
        }
    }

    /// Adds a line of words that are the program's own.
    pub fn own(&mut self, words: fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.text.write_fmt(words);
        self.text.push('\n');
    }

    /// Adds a line that may hold text from outside.
    pub fn line(&mut self, words: &str) {
        self.text.push_str(&sanitise(words));
        self.text.push('\n');
    }

    /// Adds a page, or a part of one, as a report's is shown.
    pub fn page(&mut self, page: &Page) {
        let look = self.terminal.out_look();
        self.text.push_str(&render::page(page, &look));
    }

    /// Adds a piece of a document, made safe already.
    pub(super) fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
    }

    /// Adds a document as one line of JSON.
    ///
    /// # Errors
    /// None that a [`Value`] could cause.
    pub fn document(&mut self, document: &Value) -> io::Result<()> {
        self.text.push_str(&json::line(document)?);
        Ok(())
    }

    /// Writes what is held, once it is worth a write.
    ///
    /// # Errors
    /// What stdout meets.
    pub fn flush_if_long(&mut self) -> io::Result<()> {
        if self.text.len() < CHUNK {
            return Ok(());
        }
        self.flush()
    }

    /// Writes what is held.
    ///
    /// # Errors
    /// What stdout meets.
    pub fn flush(&mut self) -> io::Result<()> {
        if !self.text.is_empty() {
            self.terminal.write_out(&self.text)?;
            self.text.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ui::Look;

    #[test]
    fn rows_are_safe_and_written_in_order() {
        let terminal = Terminal::captured(Look::pipe(0));
        let mut stream = terminal.stream();
        stream.own(format_args!("{} fine", 1));
        stream.line("2 \u{1b}[2J");
        stream.document(&json!({"a": "\u{202e}\n"})).unwrap();
        stream.flush_if_long().unwrap();
        assert_eq!(terminal.captured_out(), "");
        stream.flush().unwrap();
        stream.flush().unwrap();
        let expected = "1 fine\n2 \\u{1b}[2J\n{\"a\":\"\\u202e\\n\"}\n";
        assert_eq!(terminal.captured_out(), expected);
    }

    #[test]
    fn what_is_held_is_bounded() {
        let terminal = Terminal::captured(Look::pipe(0));
        let mut stream = terminal.stream();
        for _ in 0..200_000 {
            stream.own(format_args!("row"));
            stream.flush_if_long().unwrap();
            assert!(stream.text.len() < CHUNK);
        }
    }
}
