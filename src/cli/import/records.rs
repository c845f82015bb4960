//! Splitting the input into records, without reading them yet.
//!
//! A record is a line, but for CSV whose quoted cells may hold line breaks. Each knows the line of
//! the file in which it begins, and keeps its text, so that a refused one can be handed back as it
//! was. Its length is bounded: one quote that is not closed must not take the rest of a large file
//! for a single cell.

use std::io::{self, BufRead, BufReader, Read};

use memchr::memchr;
use thiserror::Error;

/// The longest record, in bytes.
const MAX_RECORD: usize = 1024 * 1024;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Comma-separated values (RFC 4180) under a line of column names
    Csv,
    /// One JSON object on each line
    Ndjson,
}

/// Why the input cannot be split into records: nothing behind this place can be trusted.
#[derive(Debug, Error)]
pub enum SplitError {
    /// The system's error.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// The end comes within a quoted cell.
    #[error(
        "it ends within a quoted cell of the record that begins in line {0}: it was cut off, or a \
         quote is not closed"
    )]
    Open(u32),
    /// The end comes within a JSON object.
    #[error("it ends in the middle of the object in line {0}: it was cut off")]
    Cut(u32),
    /// A record does not end.
    #[error(
        "the record that begins in line {0} is longer than 1 MiB; a quote is probably not closed"
    )]
    Long(u32),
    /// It is not text that can be read here.
    #[error("this is UTF-16 text; save it as UTF-8")]
    Utf16,
    /// More lines than are counted.
    #[error("it has more than 4,294,967,295 lines")]
    Lines,
}

/// Records one after another.
pub struct Records<R> {
    input: BufReader<R>,
    form: Form,
    /// Lines that were read.
    lines: u32,
    /// Bytes that were read.
    bytes: u64,
    raw: Vec<u8>,
}

/// Where a CSV record stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    /// Within a cell that began without a quote, where quotes are characters as others are.
    Plain,
    /// Within quotes.
    Quoted,
    /// Behind a quote within quotes: the last, or half of one that is meant.
    Closing,
}

impl<R: Read> Records<R> {
    /// Reads from the start of the input.
    pub fn new(input: R, form: Form) -> Self {
        Self {
            input: BufReader::with_capacity(256 * 1024, input),
            form,
            lines: 0,
            bytes: 0,
            raw: Vec::new(),
        }
    }

    /// How many bytes were read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next record that is not an empty line: where it begins, and its text without the line's
    /// end.
    pub fn next(&mut self) -> Result<Option<(u32, &[u8])>, SplitError> {
        loop {
            let Some(line) = self.read_record()? else {
                return Ok(None);
            };
            if !self.raw.is_empty() {
                return Ok(Some((line, &self.raw)));
            }
        }
    }

    fn read_record(&mut self) -> Result<Option<u32>, SplitError> {
        self.raw.clear();
        let line = self.lines.checked_add(1).ok_or(SplitError::Lines)?;
        let mut state = State::Start;
        loop {
            let from = self.raw.len();
            let ended = self.read_line(line)?;
            if self.raw.len() == from && !ended {
                return match from {
                    0 => Ok(None),
                    _ => Err(SplitError::Open(line)),
                };
            }
            if line == 1 && from == 0 {
                self.skip_mark()?;
            }
            let part = self.raw.get(from..).unwrap_or_default();
            state = match self.form {
                Form::Csv => advanced(state, part),
                Form::Ndjson => State::Plain,
            };
            match (state, ended) {
                (State::Quoted, true) => continue,
                (State::Quoted, false) => return Err(SplitError::Open(line)),
                _ => {}
            }
            trim_line_end(&mut self.raw);
            if self.form == Form::Ndjson && !ended && is_cut(&self.raw) {
                return Err(SplitError::Cut(line));
            }
            return Ok(Some(line));
        }
    }

    /// Adds a line with its end; `false` at the end of the input, where there is none.
    fn read_line(&mut self, first: u32) -> Result<bool, SplitError> {
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let end = memchr(b'\n', buffer);
            let length = end.map_or(buffer.len(), |end| end + 1);
            if self.raw.len() + length > MAX_RECORD {
                return Err(SplitError::Long(first));
            }
            self.raw.extend_from_slice(&buffer[..length]);
            self.input.consume(length);
            self.bytes += length as u64;
            if end.is_some() {
                self.lines = self.lines.checked_add(1).ok_or(SplitError::Lines)?;
                return Ok(true);
            }
        }
    }

    /// Drops the byte-order mark that some programs put in front of UTF-8.
    fn skip_mark(&mut self) -> Result<(), SplitError> {
        if self.raw.starts_with(b"\xff\xfe") || self.raw.starts_with(b"\xfe\xff") {
            return Err(SplitError::Utf16);
        }
        if self.raw.starts_with(b"\xef\xbb\xbf") {
            self.raw.drain(..3);
        }
        Ok(())
    }
}

/// The state behind some more of a record.
fn advanced(state: State, part: &[u8]) -> State {
    if state != State::Quoted && memchr(b'"', part).is_none() {
        return State::Plain;
    }
    part.iter().fold(state, |state, byte| match (state, byte) {
        (State::Start | State::Closing, b'"') => State::Quoted,
        (State::Quoted, b'"') => State::Closing,
        (State::Quoted, _) => State::Quoted,
        (_, b',') => State::Start,
        _ => State::Plain,
    })
}

fn trim_line_end(raw: &mut Vec<u8>) {
    for end in [b'\n', b'\r'] {
        if raw.last() == Some(&end) {
            raw.pop();
        }
    }
}

/// Whether a last line without an end is only the beginning of an object.
fn is_cut(raw: &[u8]) -> bool {
    let read = serde_json::from_slice::<serde::de::IgnoredAny>(raw);
    read.is_err_and(|error| error.is_eof())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8], form: Form) -> Result<Vec<(u32, String)>, SplitError> {
        let mut records = Records::new(text, form);
        let mut found = Vec::new();
        while let Some((line, raw)) = records.next()? {
            found.push((line, String::from_utf8_lossy(raw).into_owned()));
        }
        Ok(found)
    }

    fn csv(text: &str) -> Vec<(u32, String)> {
        all(text.as_bytes(), Form::Csv).unwrap()
    }

    fn at(line: u32, text: &str) -> (u32, String) {
        (line, text.to_owned())
    }

    #[test]
    fn a_record_knows_its_line_whatever_came_before() {
        let text = "\u{feff}a,b\r\n\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n\n2,x\"y\n3,";
        let expected = [
            at(1, "a,b"),
            at(3, "1,\"two\nlines, \"\"quoted\"\"\""),
            at(6, "2,x\"y"),
            at(7, "3,"),
        ];
        assert_eq!(csv(text), expected);
    }

    #[test]
    fn an_input_that_was_cut_off_is_not_taken_for_a_whole_one() {
        let open = all(b"a\n1,\"x\n2,y\n", Form::Csv);
        assert!(matches!(open, Err(SplitError::Open(2))), "{open:?}");
        let cut = all(b"{\"a\":1}\n{\"a\":", Form::Ndjson);
        assert!(matches!(cut, Err(SplitError::Cut(2))), "{cut:?}");
        assert_eq!(all(b"{\"a\":1}", Form::Ndjson).unwrap().len(), 1);
        let wide = all(b"\xff\xfea\0", Form::Csv);
        assert!(matches!(wide, Err(SplitError::Utf16)), "{wide:?}");
    }

    #[test]
    fn one_record_never_takes_the_whole_input() {
        let text = format!("a\n\"{}", "x,y\n".repeat(400_000));
        let long = all(text.as_bytes(), Form::Csv);
        assert!(matches!(long, Err(SplitError::Long(2))), "{long:?}");
    }
}
