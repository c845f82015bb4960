//! Reading the tree: each function notes what is wrong and hands back what could be read.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use super::mistakes::Mistakes;
use super::node::{Content, Key, Node, Position};

/// The named values of a map of which every name is known beforehand.
pub struct Fields<'n> {
    at: Position,
    entries: &'n [(Key, Node)],
}

impl<'n> Fields<'n> {
    /// Takes a map, and notes every name in it that is none of those known.
    pub fn of(node: &'n Node, known: &[&str], mistakes: &mut Mistakes) -> Option<Self> {
        let entries = entries(node, mistakes)?;
        for (key, _) in entries {
            if !known.contains(&&*key.text) {
                let what = format!("there is no field {:?} here", key.text);
                mistakes.unknown(key.at, &what, known.iter().copied(), &key.text);
            }
        }
        let at = node.at;
        Some(Self { at, entries })
    }

    /// The value of that name, if it is there.
    pub fn get(&self, name: &str) -> Option<&'n Node> {
        let found = self.entries.iter().find(|(key, _)| &*key.text == name);
        found.map(|(_, node)| node)
    }

    /// The value of that name, whose absence is a mistake.
    pub fn required(&self, name: &str, mistakes: &mut Mistakes) -> Option<&'n Node> {
        let found = self.get(name);
        if found.is_none() {
            mistakes.add(self.at, format!("the field `{name}` is missing here"));
        }
        found
    }
}

/// The named values of a map, or a mistake where the node is none. An empty place counts as an
/// empty map: that is how YAML writes a map whose entries are all commented out.
pub fn entries<'n>(node: &'n Node, mistakes: &mut Mistakes) -> Option<&'n [(Key, Node)]> {
    match &node.content {
        Content::Map(entries) => Some(entries),
        Content::Null => Some(&[]),
        _ => expected("a map of names", node, mistakes),
    }
}

/// The values of a list, or a mistake where the node is none.
pub fn each<'n>(node: &'n Node, mistakes: &mut Mistakes) -> Option<&'n [Node]> {
    match &node.content {
        Content::List(nodes) => Some(nodes),
        Content::Null => Some(&[]),
        _ => expected("a list", node, mistakes),
    }
}

/// A text, or a mistake. A number is none, lest `1.10` lose its last digit in another reader.
pub fn text<'n>(node: &'n Node, mistakes: &mut Mistakes) -> Option<&'n str> {
    match &node.content {
        Content::Text(text) => Some(text),
        Content::Number(_) | Content::Switch(_) => {
            let found = node.in_words();
            mistakes.add(
                node.at,
                format!("expected a text, found {found}: put it in quotes"),
            );
            None
        }
        _ => expected("a text", node, mistakes),
    }
}

/// What a text stands for, or a mistake that says why it cannot.
pub fn parse<T>(node: &Node, mistakes: &mut Mistakes) -> Option<T>
where
    T: FromStr<Err: fmt::Display>,
{
    parsed(text(node, mistakes)?, node.at, mistakes)
}

/// The same of a text that was taken from its node already, such as a key.
pub(super) fn parsed<T>(text: &str, at: Position, mistakes: &mut Mistakes) -> Option<T>
where
    T: FromStr<Err: fmt::Display>,
{
    text.parse()
        .map_err(|error: T::Err| mistakes.add(at, error))
        .ok()
}

/// True or false: also `on`, `off`, `yes` and `no`, which people write and YAML takes for words.
pub fn switch(node: &Node, mistakes: &mut Mistakes) -> Option<bool> {
    match &node.content {
        Content::Switch(on) => Some(*on),
        Content::Text(word) if matches!(&**word, "on" | "yes") => Some(true),
        Content::Text(word) if matches!(&**word, "off" | "no") => Some(false),
        _ => expected("`true` or `false`", node, mistakes),
    }
}

/// Notes that something else stands there.
pub(super) fn expected<T>(what: &str, node: &Node, mistakes: &mut Mistakes) -> Option<T> {
    let found = node.in_words();
    mistakes.add(node.at, format!("expected {what}, found {found}"));
    None
}

/// The entries without those whose name stood before, which are mistakes.
pub(super) fn nothing_twice(
    entries: Vec<(Key, Node)>,
    mistakes: &mut Mistakes,
) -> Vec<(Key, Node)> {
    let mut seen = HashSet::with_capacity(entries.len());
    let repeated: Vec<bool> = entries
        .iter()
        .map(|(key, _)| {
            let repeated = !seen.insert(&*key.text);
            if repeated {
                mistakes.add(key.at, format!("`{}` stands twice", key.text));
            }
            repeated
        })
        .collect();
    drop(seen);
    let mut repeated = repeated.into_iter();
    let mut entries = entries;
    entries.retain(|_| !repeated.next().unwrap_or(false));
    entries
}
