//! The tree that every form is read into: what stands there, and where.

use std::fmt;

use serde_json::Value;

/// A place in a text: line and column, both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Position {
    /// Where a text begins, for what is missing from the whole of it.
    pub const START: Self = Self { line: 1, column: 1 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A name in a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Where it stands.
    pub at: Position,
    /// What it says. `1`, `no` and `null` are names like any other.
    pub text: Box<str>,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it begins.
    pub at: Position,
    /// What it is.
    pub content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing: JSON's `null`, or an empty place in YAML.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number with the digits it was written with, in base ten: no reader rounds it.
    Number(Box<str>),
    /// A text; also a moment of TOML.
    Text(Box<str>),
    /// Values in order.
    List(Vec<Node>),
    /// Named values in the order of the file; no name stands twice.
    Map(Vec<(Key, Node)>),
}

impl Node {
    /// What it is, for a message: `the number 5`, `a list`.
    pub fn in_words(&self) -> String {
        match &self.content {
            Content::Null => "nothing".to_owned(),
            Content::Switch(on) => format!("`{on}`"),
            Content::Number(number) => format!("the number {number}"),
            Content::Text(text) => format!("the text {}", quoted(text)),
            Content::List(_) => "a list".to_owned(),
            Content::Map(_) => "a map".to_owned(),
        }
    }

    /// The value of that name, where this is a map that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match &self.content {
            Content::Map(entries) => entries
                .iter()
                .find(|(key, _)| &*key.text == name)
                .map(|(_, node)| node),
            _ => None,
        }
    }

    /// The same without places, for readers of JSON.
    pub fn to_json(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Switch(on) => Value::Bool(*on),
            Content::Number(number) => serde_json::from_str(number)
                .unwrap_or_else(|_| Value::String(number.clone().into())),
            Content::Text(text) => Value::String(text.clone().into()),
            Content::List(nodes) => nodes.iter().map(Self::to_json).collect(),
            Content::Map(entries) => entries
                .iter()
                .map(|(key, node)| (String::from(key.text.clone()), node.to_json()))
                .collect(),
        }
    }
}

/// A text in a message: cut where it would fill the screen.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}…", &text[..end]),
    }
}
