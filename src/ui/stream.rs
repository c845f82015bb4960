//! Rows that are shown as they come.
//!
//! A report is built whole before anybody sees it, which a million rows must not be. A stream
//! holds only what has not been written yet; the same promises hold for each of its rows: for a
//! person a line that cannot steer a terminal, for a program one JSON document on a line. Rows may
//! also go to a file, which is nobody's terminal.

use std::fmt::{self, Write};
use std::io;

use serde_json::Value;

use super::{Look, Page, Terminal, json, render, sanitise};

/// How much is held before it is written, in bytes.
const CHUNK: usize = 64 * 1024;

/// Rows on their way to stdout, or to a file.
pub struct Stream<'sink> {
    sink: Sink<'sink>,
    text: String,
}

enum Sink<'sink> {
    Terminal(&'sink Terminal),
    File(&'sink mut dyn io::Write),
}

impl<'sink> Stream<'sink> {
    pub(super) const fn new(terminal: &'sink Terminal) -> Self {
        Self {
            sink: Sink::Terminal(terminal),
            text: String::new(),
        }
    }

    /// Rows for a file.
    pub const fn to_file(file: &'sink mut dyn io::Write) -> Self {
        Self {
            sink: Sink::File(file),
            text: String::new(),
        }
    }

    /// Where to put lines of the program's own making, and of keys, identifiers and numbers, which
    /// have no characters that hide: for rows so many that formatting each would be most of the
    /// work.
    pub const fn own_lines(&mut self) -> &mut String {
        &mut self.text
    }

    /// Adds a row, with its end, of a format in which data stands as it is: anywhere but on a
    /// terminal exactly. There, a line break within the row is shown and not obeyed.
    pub fn data(&mut self, row: &str) {
        match self.sink {
            Sink::Terminal(terminal) if terminal.out_is_terminal() => {
                self.line(row.strip_suffix('\n').unwrap_or(row));
            }
            _ => self.text.push_str(row),
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
        let look = match &self.sink {
            Sink::Terminal(terminal) => terminal.out_look(),
            Sink::File(_) => Look::pipe(0),
        };
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
    /// What stdout or the file meets.
    pub fn flush_if_long(&mut self) -> io::Result<()> {
        if self.text.len() < CHUNK {
            return Ok(());
        }
        self.flush()
    }

    /// Writes what is held.
    ///
    /// # Errors
    /// What stdout or the file meets.
    pub fn flush(&mut self) -> io::Result<()> {
        if !self.text.is_empty() {
            match &mut self.sink {
                Sink::Terminal(terminal) => terminal.write_out(&self.text)?,
                Sink::File(file) => file.write_all(self.text.as_bytes())?,
            }
            self.text.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
    fn data_is_exact_in_a_pipe_and_in_a_file_and_safe_on_a_terminal() {
        let row = "a,\"b\u{1b}[2J\nc\"\n";
        let shown = |look: Look| {
            let terminal = Terminal::captured(look);
            let mut stream = terminal.stream();
            stream.data(row);
            stream.flush().unwrap();
            terminal.captured_out()
        };
        assert_eq!(shown(Look::pipe(0)), row);
        assert_eq!(shown(Look::terminal(0, 80)), "a,\"b\\u{1b}[2J\\nc\"\n");
        let mut file = Vec::new();
        let mut stream = Stream::to_file(&mut file);
        stream.data(row);
        stream.flush().unwrap();
        assert_eq!(file, row.as_bytes());
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
