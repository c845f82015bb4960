//! The streams of the process: data to stdout, everything said about it to stderr.
//!
//! Each text is built whole, written in one go and flushed, so a full disk or a reader that
//! left shows up as an error in the call that wrote. Making a [`Terminal`] touches nothing.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::json::{self, UnknownField};
use super::{Composer, Line, Look, Progress, Report, Stream, render, sanitise};

/// How a report is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputMode {
    /// For a person, or as plain rows.
    Text,
    /// As one JSON document with these fields; with none named, all of them.
    Json(Vec<String>),
}

/// A report could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// A field was asked for that the report does not have.
    #[error(transparent)]
    UnknownField(#[from] UnknownField),
    /// Stdout did not take the text: the disk is full, or (`BrokenPipe`) the reader has left.
    #[error("cannot write the output")]
    Write(#[from] io::Error),
}

impl ShowError {
    /// Whether the reader simply left, as `head` does.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Where output goes: the streams of the process, or buffers in a test.
#[derive(Debug)]
pub struct Terminal {
    now: i64,
    captured: Option<Captured>,
}

#[derive(Debug)]
struct Captured {
    look: Look,
    out: RefCell<String>,
    err: RefCell<String>,
}

impl Terminal {
    /// The streams of this process; relative times are told from `now` (seconds since 1970).
    pub fn from_env(now: i64) -> Self {
        Self {
            now,
            captured: None,
        }
    }

    /// A twin for tests: both streams look like `look` and are kept, and nobody can be asked.
    pub fn captured(look: Look) -> Self {
        let captured = Captured {
            look,
            out: RefCell::default(),
            err: RefCell::default(),
        };
        Self {
            now: look.now,
            captured: Some(captured),
        }
    }

    /// What a captured terminal got on stdout so far; nothing for a real one.
    pub fn captured_out(&self) -> String {
        self.captured
            .as_ref()
            .map(|captured| captured.out.borrow().clone())
            .unwrap_or_default()
    }

    /// What a captured terminal got on stderr so far; nothing for a real one.
    pub fn captured_err(&self) -> String {
        self.captured
            .as_ref()
            .map(|captured| captured.err.borrow().clone())
            .unwrap_or_default()
    }

    /// The moment relative times are told from.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Whether somebody is there to be asked: stdin and stderr are terminals.
    pub fn interactive(&self) -> bool {
        self.captured.is_none() && super::prompt::possible()
    }

    /// Whether data typed by a person, rather than a file or a pipe, would come from stdin.
    pub fn input_is_terminal(&self) -> bool {
        self.captured.is_none() && io::stdin().is_terminal()
    }

    /// Waits for so long, or until a signal comes.
    ///
    /// # Errors
    ///
    /// `BrokenPipe` once nobody reads stdout any more, also while there is nothing to be written.
    pub fn pause(&self, time: Duration) -> io::Result<()> {
        let time = Timespec {
            tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: time.subsec_nanos().into(),
        };
        let stdout = io::stdout();
        let mut streams = [PollFd::new(&stdout, PollFlags::empty())];
        match poll(&mut streams, Some(&time)) {
            Ok(0) | Err(Errno::INTR) => Ok(()),
            Ok(_) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Rows for stdout that are shown before the command ends.
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self)
    }

    /// A JSON document for stdout that is shown while it is made; with `lines`, one document a line.
    pub fn composer(&self, lines: bool) -> Composer<'_> {
        Composer::new(self, lines)
    }

    /// Whether what goes to stderr is read by a person, as it comes.
    pub fn err_is_terminal(&self) -> bool {
        self.err_look().terminal
    }

    /// How far work on so much has come, drawn on stderr where that is a terminal and `wanted`.
    pub fn progress(&self, wanted: bool, total: u64) -> Progress<'_> {
        let drawn = wanted && self.err_look().terminal;
        Progress::new(drawn.then_some(self), total)
    }

    /// Draws a line over the one before, without ending it.
    pub(super) fn draw(&self, text: &str) -> io::Result<()> {
        let width = self.err_look().width.saturating_sub(1);
        let text: String = sanitise(text).chars().take(width).collect();
        self.write_err(&format!("\r{text}\u{1b}[K"))
    }

    /// Shows a report on stdout, unless its rows have been shown as they came.
    pub fn show(&self, report: &dyn Report, mode: &OutputMode) -> Result<(), ShowError> {
        if report.was_streamed() {
            return Ok(());
        }
        let text = match mode {
            OutputMode::Text => render::page(&report.page(), &self.out_look()),
            OutputMode::Json(fields) => {
                let fields = with_kept(report.kept_fields(), fields);
                let document = json::select(report.document(), &fields, report.fields())?;
                json::pretty(&document).map_err(io::Error::from)?
            }
        };
        Ok(self.write_out(&text)?)
    }

    /// Says what is going on, on stderr.
    pub fn status(&self, line: impl Into<Line>) -> io::Result<()> {
        self.say(&[line.into()])
    }

    /// Says what to take care of, on stderr: `warning: …`.
    pub fn warn(&self, line: impl Into<Line>) -> io::Result<()> {
        self.say(&[Line::new().warn("warning:").plain(" ").then(line)])
    }

    /// Says what went wrong and what helps, on stderr: a line `error: …`, then a line `hint: …`
    /// for each hint. Each stays one line whatever is in it.
    pub fn error(&self, message: &str, hints: &[String]) -> io::Result<()> {
        let mut lines = vec![Line::new().bad("error:").plain(" ").plain(message)];
        lines.extend(
            hints
                .iter()
                .map(|hint| Line::new().key("hint:").plain(" ").plain(hint)),
        );
        self.say(&lines)
    }

    /// The same with one line for each thing that is wrong, between the two.
    pub fn errors(&self, message: &str, each: &[String], hints: &[String]) -> io::Result<()> {
        let mut lines = vec![Line::new().bad("error:").plain(" ").plain(message)];
        lines.extend(each.iter().map(|wrong| Line::from(wrong.as_str())));
        self.say(&lines)?;
        let hint = |hint: &String| Line::new().key("hint:").plain(" ").plain(hint);
        self.say(&hints.iter().map(hint).collect::<Vec<_>>())
    }

    /// The same for a program: one line of JSON on stderr, with what is wrong in its own fields.
    pub fn errors_json(
        &self,
        code: &str,
        message: &str,
        (name, each): (&str, serde_json::Value),
        hints: &[String],
    ) -> io::Result<()> {
        self.write_err(&json::errors(code, message, (name, each), hints)?)
    }

    /// The same for a program: one line of JSON on stderr.
    pub fn error_json(&self, code: &str, message: &str, hints: &[String]) -> io::Result<()> {
        self.write_err(&json::error(code, message, hints)?)
    }

    /// Writes lines to stderr that are in their final form: those of a log.
    pub fn log(&self, lines: &str) -> io::Result<()> {
        self.write_err(lines)
    }

    fn say(&self, lines: &[Line]) -> io::Result<()> {
        let look = self.err_look();
        let text: String = lines
            .iter()
            .map(|line| render::line(line, &look) + "\n")
            .collect();
        self.write_err(&text)
    }

    /// Whether a person reads stdout.
    pub fn out_is_terminal(&self) -> bool {
        match &self.captured {
            Some(captured) => captured.look.terminal,
            None => io::stdout().is_terminal(),
        }
    }

    pub(super) fn out_look(&self) -> Look {
        self.captured.as_ref().map_or_else(
            || Look::of(&io::stdout(), self.now),
            |captured| captured.look,
        )
    }

    fn err_look(&self) -> Look {
        self.captured.as_ref().map_or_else(
            || Look::of(&io::stderr(), self.now),
            |captured| captured.look,
        )
    }

    pub(super) fn write_out(&self, text: &str) -> io::Result<()> {
        match &self.captured {
            Some(captured) => captured.out.borrow_mut().push_str(text),
            None => write_whole(&mut io::stdout().lock(), text)?,
        }
        Ok(())
    }

    fn write_err(&self, text: &str) -> io::Result<()> {
        match &self.captured {
            Some(captured) => captured.err.borrow_mut().push_str(text),
            None => write_whole(&mut io::stderr().lock(), text)?,
        }
        Ok(())
    }
}

/// Writes and flushes: stdout keeps a buffer, and an error in emptying it at exit would be lost.
fn write_whole(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// The fields to show: those asked for, behind those that are always shown. None asked for means
/// all of them.
fn with_kept(kept: &[&str], asked: &[String]) -> Vec<String> {
    if asked.is_empty() {
        return Vec::new();
    }
    let missing = kept.iter().map(|&field| field.to_owned());
    let missing = missing.filter(|field| !asked.contains(field));
    missing.chain(asked.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ui::Page;

    struct Answer;

    impl Report for Answer {
        fn fields(&self) -> &'static [&'static str] {
            &["key", "value"]
        }

        fn document(&self) -> Value {
            json!({"key": "analytics", "value": true})
        }

        fn page(&self) -> Page {
            Page::new().line(Line::new().key("analytics").plain(" is ").good("on"))
        }
    }

    fn fields(names: &[&str]) -> OutputMode {
        OutputMode::Json(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn a_report_goes_to_stdout_as_text_or_json() {
        let terminal = Terminal::captured(Look::pipe(0));
        terminal.show(&Answer, &OutputMode::Text).unwrap();
        terminal.show(&Answer, &fields(&["value"])).unwrap();
        assert_eq!(
            terminal.captured_out(),
            "analytics is on\n{\n  \"value\": true\n}\n"
        );
        assert_eq!(terminal.captured_err(), "");
        assert!(!Answer.answered_no());
    }

    #[test]
    fn an_unknown_field_shows_nothing() {
        let terminal = Terminal::captured(Look::pipe(0));
        let error = terminal.show(&Answer, &fields(&["vlue"])).unwrap_err();
        assert!(matches!(error, ShowError::UnknownField(_)), "{error}");
        assert_eq!(terminal.captured_out(), "");
    }

    #[test]
    fn all_that_is_not_data_goes_to_stderr_line_by_line() {
        let terminal = Terminal::captured(Look::pipe(0));
        terminal.status("opening the store").unwrap();
        terminal.warn(Line::from("expires ").time(0)).unwrap();
        terminal
            .error("no feature `a\nhint: b`", &["run `flags init`".to_owned()])
            .unwrap();
        terminal.error_json("not_found", "gone", &[]).unwrap();
        assert_eq!(
            terminal.captured_err(),
            "opening the store\n\
             warning: expires 1970-01-01T00:00:00Z\n\
             error: no feature `a\\nhint: b`\n\
             hint: run `flags init`\n\
             {\"error\":{\"code\":\"not_found\",\"message\":\"gone\",\"hints\":[]}}\n"
        );
        assert_eq!(terminal.captured_out(), "");
    }

    #[test]
    fn nobody_is_asked_by_a_captured_terminal() {
        let terminal = Terminal::captured(Look::terminal(0, 80));
        assert!(!terminal.interactive() && !terminal.input_is_terminal());
    }

    /// A stream that fails in emptying its buffer, as `/dev/full` does.
    struct Full(io::ErrorKind);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_failed_write_is_an_error_of_its_kind() {
        for (kind, broken) in [
            (io::ErrorKind::BrokenPipe, true),
            (io::ErrorKind::StorageFull, false),
        ] {
            let error = ShowError::from(write_whole(&mut Full(kind), "on").unwrap_err());
            assert_eq!(error.is_broken_pipe(), broken, "{kind}");
        }
    }
}
