//! A JSON document that is written while it is made.
//!
//! A report is one value, which a write of a million changes must not be. Here a document is put
//! together piece by piece, and only what has not been written yet is held. It reads as if it had
//! been made whole: [`json::pretty`](super::json::pretty) on several lines, or one document a line.

use std::io;

use serde_json::Value;

use super::{Stream, Terminal, json};

/// A document on its way to stdout, or several, one a line.
pub struct Composer<'terminal> {
    stream: Stream<'terminal>,
    lines: bool,
    /// How many elements each array or object has so far that is open.
    open: Vec<usize>,
    /// Whether a member's name stands there without its value.
    named: bool,
}

impl<'terminal> Composer<'terminal> {
    pub(super) const fn new(terminal: &'terminal Terminal, lines: bool) -> Self {
        Self {
            stream: Stream::new(terminal),
            lines,
            open: Vec::new(),
            named: false,
        }
    }

    /// Begins an array or object, by its first character.
    pub fn begin(&mut self, bracket: char) {
        self.place();
        self.stream.push(bracket.encode_utf8(&mut [0; 4]));
        self.open.push(0);
    }

    /// Writes a member's name, which must be plain; its value follows.
    pub fn name(&mut self, name: &str) {
        self.place();
        let colon = if self.lines { ":" } else { ": " };
        for part in ["\"", name, "\"", colon] {
            self.stream.push(part);
        }
        self.named = true;
    }

    /// Writes a value: an element, or that of the member just named.
    ///
    /// # Errors
    /// What stdout meets.
    pub fn value(&mut self, value: &Value) -> io::Result<()> {
        self.place();
        let text = match self.lines {
            true => json::line(value)?,
            false => json::pretty(value)?,
        };
        let mut lines = text.trim_end().split('\n');
        self.stream.push(lines.next().unwrap_or_default());
        for line in lines {
            self.break_line();
            self.stream.push(line);
        }
        self.ended()
    }

    /// Ends an array or object, by its last character.
    ///
    /// # Errors
    /// What stdout meets.
    pub fn end(&mut self, bracket: char) -> io::Result<()> {
        if self.open.pop() > Some(0) && !self.lines {
            self.break_line();
        }
        self.stream.push(bracket.encode_utf8(&mut [0; 4]));
        self.ended()
    }

    /// Writes what is held.
    ///
    /// # Errors
    /// What stdout meets.
    pub fn finish(mut self) -> io::Result<()> {
        self.stream.flush()
    }

    /// What stands between two elements, and where the next one begins.
    fn place(&mut self) {
        if std::mem::take(&mut self.named) {
            return;
        }
        let Some(elements) = self.open.last_mut() else {
            return;
        };
        *elements += 1;
        if *elements > 1 {
            self.stream.push(",");
        }
        if !self.lines {
            self.break_line();
        }
    }

    fn break_line(&mut self) {
        self.stream.push("\n");
        for _ in &self.open {
            self.stream.push("  ");
        }
    }

    fn ended(&mut self) -> io::Result<()> {
        if self.open.is_empty() {
            self.stream.push("\n");
        }
        self.stream.flush_if_long()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ui::Look;

    fn composed(lines: bool, document: &Value) -> String {
        fn put(composer: &mut Composer<'_>, value: &Value) -> io::Result<()> {
            match value {
                Value::Array(elements) => {
                    composer.begin('[');
                    for element in elements {
                        put(composer, element)?;
                    }
                    composer.end(']')
                }
                Value::Object(members) if members.contains_key("open") => {
                    composer.begin('{');
                    for (name, member) in members {
                        composer.name(name);
                        put(composer, member)?;
                    }
                    composer.end('}')
                }
                value => composer.value(value),
            }
        }
        let terminal = Terminal::captured(Look::pipe(0));
        let mut composer = terminal.composer(lines);
        put(&mut composer, document).unwrap();
        composer.finish().unwrap();
        terminal.captured_out()
    }

    #[test]
    fn what_grows_reads_as_if_it_had_been_made_whole() {
        let nasty = "a\n\u{1b}[2J\u{202e}\"";
        for document in [
            json!([]),
            json!({"open": {}, "more": []}),
            json!([{"open": [1, {"two": [2, {}]}, []], "b": nasty}, {"open": null}]),
        ] {
            assert_eq!(composed(false, &document), json::pretty(&document).unwrap());
            assert_eq!(composed(true, &document), json::line(&document).unwrap());
        }
    }
}
