//! What the server tells its operator: one JSON document a line, and nothing secret in any of them.
//!
//! A line has the route's pattern and never the path, so that neither a query nor an identifier gets
//! into a log. Lines are written by a thread of their own: a reader that does not keep up costs
//! lines, which are counted, and no request waits for it.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use thiserror::Error;

/// Lines that wait to be written, at most.
const WAITING: usize = 4096;

/// How much is told, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Off,
    /// What the operator has to look after.
    Error,
    /// What looks wrong.
    Warn,
    /// What happens, but for evaluations that succeeded.
    Info,
    /// Every request.
    Debug,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Off, Self::Error, Self::Warn, Self::Info, Self::Debug];

    /// The name as it is typed and told.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

/// Not the name of a level.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a level: it is off, error, warn, info or debug")]
pub struct LevelError(String);

impl FromStr for Level {
    type Err = LevelError;

    fn from_str(text: &str) -> Result<Self, LevelError> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|level| level.as_str() == text);
        found.ok_or_else(|| LevelError(text.to_owned()))
    }
}

/// Takes lines, each with its end.
pub type Sink = Box<dyn FnMut(&str) + Send>;

/// Where lines are handed in.
pub struct Log {
    level: Level,
    lost: AtomicU64,
    writer: Mutex<Option<Writer>>,
    lines: Option<SyncSender<String>>,
}

struct Writer {
    end: SyncSender<String>,
    thread: JoinHandle<()>,
}

/// What ends the writer: no line is empty.
const END: String = String::new();

impl Log {
    /// Tells `sink` what has at least this level.
    pub fn new(level: Level, sink: Sink) -> Self {
        if level == Level::Off {
            return Self::silent();
        }
        let (lines, waiting) = sync_channel(WAITING);
        let writer = Writer {
            end: lines.clone(),
            thread: thread::spawn(move || write(sink, &waiting)),
        };
        Self {
            level,
            lost: AtomicU64::new(0),
            writer: Mutex::new(Some(writer)),
            lines: Some(lines),
        }
    }

    /// Tells nobody anything.
    pub fn silent() -> Self {
        Self {
            level: Level::Off,
            lost: AtomicU64::new(0),
            writer: Mutex::new(None),
            lines: None,
        }
    }

    /// Whether anybody wants to know.
    pub fn wants(&self, level: Level) -> bool {
        level <= self.level
    }

    /// Tells `event`, with what `fields` holds.
    pub fn tell(&self, level: Level, event: &str, fields: &Value) {
        if !self.wants(level) {
            return;
        }
        let Some(lines) = &self.lines else {
            return;
        };
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lines.try_send(line(level, event, fields, lost)).is_err() {
            self.lost.fetch_add(lost + 1, Ordering::Relaxed);
        }
    }

    /// Has all of it written, and tells nothing more.
    pub fn finish(&self) {
        let writer = self.writer.lock();
        let writer = writer.unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Writer { end, thread }) = writer {
            // A writer that is gone already has nothing left to write.
            let _ = end.send(END);
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({})", self.level.as_str())
    }
}

/// Writes what waits in as few pieces as possible.
fn write(mut sink: Sink, waiting: &Receiver<String>) {
    let mut piece = String::new();
    while let Ok(first) = waiting.recv() {
        let mut next = Some(first);
        let mut ended = false;
        while let Some(line) = next {
            ended |= line.is_empty();
            piece.push_str(&line);
            next = match piece.len() {
                0..60_000 => waiting.try_recv().ok(),
                _ => None,
            };
        }
        if !piece.is_empty() {
            sink(&piece);
        }
        piece.clear();
        if ended {
            return;
        }
    }
}

fn line(level: Level, event: &str, fields: &Value, lost: u64) -> String {
    let mut document = Map::new();
    document.insert("at".to_owned(), json!(Timestamp::now().to_string()));
    document.insert("level".to_owned(), json!(level.as_str()));
    document.insert("event".to_owned(), json!(event));
    if let Value::Object(fields) = fields {
        let told = fields.iter().filter(|(_, value)| !value.is_null());
        document.extend(told.map(|(name, value)| (name.clone(), value.clone())));
    }
    if lost > 0 {
        document.insert("lines_lost".to_owned(), json!(lost));
    }
    let mut text = plain(&Value::Object(document).to_string());
    text.push('\n');
    text
}

/// The same JSON in ASCII, which no terminal takes for anything but letters.
fn plain(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ 0x20..0x7f) => plain.push(char::from(byte)),
            // Writing into a text cannot fail.
            _ => drop(fmt::Write::write_fmt(
                &mut plain,
                format_args!("\\u{unit:04x}"),
            )),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn told(level: Level, tell: impl FnOnce(&Log)) -> String {
        let kept = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&kept);
        let log = Log::new(
            level,
            Box::new(move |text| sink.lock().unwrap().push_str(text)),
        );
        tell(&log);
        log.finish();
        kept.lock().unwrap().clone()
    }

    #[test]
    fn what_is_told_is_one_line_of_letters_that_steer_no_terminal() {
        let name = "a\u{1b}[2J\n\u{202e}é\u{1f600}\u{7f}";
        let text = told(Level::Info, |log| {
            log.tell(Level::Warn, "request", &json!({"key": name, "route": null}));
            log.tell(Level::Debug, "request", &json!({}));
        });
        assert_eq!(text.lines().count(), 1, "{text}");
        let line = text.trim_end_matches('\n');
        assert!(line.bytes().all(|b| (0x20..0x7f).contains(&b)), "{line}");
        let read: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (&read["key"], &read["level"]),
            (&json!(name), &json!("warn"))
        );
        assert!(read.get("route").is_none());
    }

    #[test]
    fn a_reader_that_does_not_keep_up_costs_lines_which_are_counted() {
        let (go, stuck) = sync_channel::<()>(1);
        let kept = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&kept);
        let log = Log::new(
            Level::Info,
            Box::new(move |text| {
                let _ = stuck.recv();
                sink.lock().unwrap().push_str(text);
            }),
        );
        for _ in 0..WAITING * 3 {
            log.tell(Level::Info, "request", &json!({}));
        }
        drop(go);
        thread::sleep(std::time::Duration::from_millis(200));
        log.tell(Level::Info, "request", &json!({}));
        log.finish();
        let kept = kept.lock().unwrap();
        let last: Value = serde_json::from_str(kept.lines().last().unwrap()).unwrap();
        let lost = last["lines_lost"].as_u64().unwrap();
        let all = WAITING * 3 + 1;
        assert_eq!(usize::try_from(lost).unwrap() + kept.lines().count(), all);
    }
}
