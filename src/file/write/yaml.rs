//! YAML out: blocks, one thing a line.

use serde_json::Value;

use super::{Hidden, number, quoted};

pub(super) fn write(value: &Value, hidden: &Hidden) -> String {
    let mut out = Writer {
        text: String::new(),
        hidden,
    };
    if let Value::Object(parts) = value {
        for (name, part) in parts {
            // An empty line between parts, to find them by.
            if !out.text.is_empty() && part.is_object() {
                out.text.push('\n');
            }
            out.entry(name, part, 0);
        }
    }
    out.text
}

struct Writer<'w> {
    text: String,
    hidden: &'w Hidden,
}

impl Writer<'_> {
    /// `name: value`, behind the indentation that is there already.
    fn entry(&mut self, name: &str, value: &Value, depth: usize) {
        match is_plain(name) {
            true => self.text.push_str(name),
            false => self.text.push_str(&quoted(name, self.hidden)),
        }
        self.text.push(':');
        match value {
            Value::Object(map) if !map.is_empty() => {
                self.text.push('\n');
                for (name, value) in map {
                    self.indent(depth + 1);
                    self.entry(name, value, depth + 1);
                }
            }
            Value::Array(values) if !values.is_empty() => {
                self.text.push('\n');
                for value in values {
                    self.indent(depth + 1);
                    self.text.push_str("- ");
                    self.item(value, depth + 2);
                }
            }
            Value::String(text) if is_block(text, self.hidden) => self.block(text, depth + 1),
            _ => {
                self.text.push(' ');
                self.scalar(value);
            }
        }
    }

    /// What stands behind a dash; more of it is `depth` deep.
    fn item(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (number, (name, value)) in map.iter().enumerate() {
                    if number > 0 {
                        self.indent(depth);
                    }
                    self.entry(name, value, depth);
                }
            }
            _ => self.scalar(value),
        }
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
    }

    /// Whatever fits on one line, and its end.
    fn scalar(&mut self, value: &Value) {
        let text = match value {
            Value::Null => "null".to_owned(),
            Value::Bool(on) => on.to_string(),
            Value::Number(found) => number(found).trim_matches('"').to_owned(),
            Value::String(text) if is_plain(text) => text.clone(),
            Value::String(text) => quoted(text, self.hidden),
            Value::Array(_) => "[]".to_owned(),
            Value::Object(_) => "{}".to_owned(),
        };
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// A text of several lines as such, so that a change of one is a change of one.
    fn block(&mut self, text: &str, depth: usize) {
        self.text.push_str(match text.ends_with('\n') {
            true => " |\n",
            false => " |-\n",
        });
        for line in text.lines() {
            if !line.is_empty() {
                self.indent(depth);
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }
}

/// Whether a text can stand without quotes and is a text for every reader of YAML, be it of
/// version 1.1 or 1.2. Words of free text are always quoted: it looks more regular.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan",
    ];
    let mut bytes = text.bytes();
    let shaped = bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"-_./:@".contains(&b))
        && !text.ends_with(':');
    shaped && !WORDS.contains(&&*text.to_ascii_lowercase())
}

/// Whether a text of several lines comes back from a block exactly as it was.
fn is_block(text: &str, hidden: &Hidden) -> bool {
    let shown =
        |c: char| c == '\n' || !(c.is_control() || hidden(c) || u32::from(c) & 0xfffe == 0xfffe);
    let body = text.strip_suffix('\n').unwrap_or(text);
    let whole = |line: &str| line.is_empty() || !line.trim().is_empty();
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && text.chars().all(shown)
        && body.split('\n').all(whole)
}
