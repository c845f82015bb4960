//! TOML out: a table for each feature, plan and subject.

use serde_json::{Map, Value};

use super::{Hidden, number, quoted};

pub(super) fn write(value: &Value, hidden: &Hidden) -> String {
    let mut out = Writer {
        text: String::new(),
        hidden,
    };
    if let Value::Object(parts) = value {
        out.table(&[], parts);
    }
    out.text
}

struct Writer<'w> {
    text: String,
    hidden: &'w Hidden,
}

/// Tables within a feature or plan that are worth a heading of their own.
const HEADED: [&str; 2] = ["grants", "targeting"];

/// Whether a map is a table with a heading: parts, what is in them, and what is large in those.
fn is_table(path: &[&str], name: &str) -> bool {
    match path {
        [] => true,
        ["settings"] => false,
        [_] => true,
        [_, _] => HEADED.contains(&name),
        _ => false,
    }
}

impl Writer<'_> {
    /// What is in a table: its own values first, since what follows a heading belongs to it.
    fn table(&mut self, path: &[&str], map: &Map<String, Value>) {
        let headed = |name: &str, value: &Value| match value {
            Value::Object(_) => is_table(path, name),
            Value::Array(values) => name == "rules" && !values.is_empty(),
            _ => false,
        };
        for (name, value) in map.iter().filter(|(name, value)| !headed(name, value)) {
            self.entry(name, value);
        }
        for (name, value) in map.iter().filter(|(name, value)| headed(name, value)) {
            let within: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            match value {
                Value::Object(map) => {
                    let only_tables = map
                        .iter()
                        .all(|(name, value)| value.is_object() && is_table(&within, name));
                    if map.is_empty() || !only_tables {
                        self.heading("[", &within, "]");
                    }
                    self.table(&within, map);
                }
                Value::Array(values) => {
                    for value in values {
                        self.heading("[[", &within, "]]");
                        for (name, value) in value.as_object().into_iter().flatten() {
                            self.entry(name, value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, open: &str, path: &[&str], close: &str) {
        let names: Vec<String> = path.iter().map(|name| self.key(name)).collect();
        let names = names.join(".");
        self.text.push_str(&format!("\n{open}{names}{close}\n"));
    }

    fn entry(&mut self, name: &str, value: &Value) {
        self.text.push_str(&self.key(name));
        self.text.push_str(" = ");
        self.value(value, 0);
        self.text.push('\n');
    }

    fn key(&self, name: &str) -> String {
        let bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        match !name.is_empty() && name.bytes().all(bare) {
            true => name.to_owned(),
            false => quoted(name, self.hidden),
        }
    }

    /// A value within its line. Only lists take several: a table in braces may not.
    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => self.text.push_str("\"no value\""),
            Value::Bool(on) => self.text.push_str(&on.to_string()),
            Value::Number(found) => self.text.push_str(&number(found)),
            Value::String(text) => self.text.push_str(&quoted(text, self.hidden)),
            Value::Array(values) if values.is_empty() => self.text.push_str("[]"),
            Value::Array(values) => {
                self.text.push_str("[\n");
                for value in values {
                    self.indent(depth + 1);
                    self.value(value, depth + 1);
                    self.text.push_str(",\n");
                }
                self.indent(depth);
                self.text.push(']');
            }
            Value::Object(map) if map.is_empty() => self.text.push_str("{}"),
            Value::Object(map) => {
                self.text.push_str("{ ");
                for (number, (name, value)) in map.iter().enumerate() {
                    if number > 0 {
                        self.text.push_str(", ");
                    }
                    self.text.push_str(&self.key(name));
                    self.text.push_str(" = ");
                    self.value(value, depth);
                }
                self.text.push_str(" }");
            }
        }
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
    }
}
