//! JSON into the tree.
//!
//! Whether the text is JSON is for `serde_json` to say, as everywhere else in the program; the
//! places come from a second, more lenient parser that keeps them.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use super::fields::nothing_twice;
use super::mistakes::Mistakes;
use super::node::{Content, Key, Node, Position};
use super::positions::Positions;

pub(super) fn read(text: &str, mistakes: &mut Mistakes) -> Option<Node> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        mistakes.add(syntax_position(text, &error), worded(&error));
        return None;
    }
    let options = CollectOptions::default();
    let parsed = match parse_to_ast(text, &options, &ParseOptions::default()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = Positions::of(text).at(error.range().start);
            mistakes.add(at, format!("this is not JSON: {}", error.kind()));
            return None;
        }
    };
    let positions = Positions::of(text);
    Some(node(parsed.value?, &positions, mistakes))
}

/// The library counts columns in bytes, and from 0 where a line has just begun.
fn syntax_position(text: &str, error: &serde_json::Error) -> Position {
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let before = error.column().saturating_sub(1);
    let column = line.map_or(before, |line| {
        line.bytes()
            .take(before)
            .filter(|byte| !(0x80..0xc0).contains(byte))
            .count()
    });
    let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: short(error.line().max(1)),
        column: short(column).saturating_add(1),
    }
}

fn worded(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The place is told apart from the words here.
    let words = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(words, _)| words);
    format!("this is not JSON: {words}")
}

fn node(value: Value<'_>, positions: &Positions<'_>, mistakes: &mut Mistakes) -> Node {
    let at = positions.at(value.start());
    let content = match value {
        Value::NullKeyword(_) => Content::Null,
        Value::BooleanLit(literal) => Content::Switch(literal.value),
        Value::NumberLit(literal) => Content::Number(literal.value.into()),
        Value::StringLit(literal) => Content::Text(literal.value.into()),
        Value::Array(array) => {
            let nodes = array.elements.into_iter();
            Content::List(
                nodes
                    .map(|value| node(value, positions, mistakes))
                    .collect(),
            )
        }
        Value::Object(object) => {
            let entries = object.properties.into_iter().map(|property| {
                let at = positions.at(property.name.start());
                let text = match property.name {
                    ObjectPropName::String(literal) => literal.value.into(),
                    ObjectPropName::Word(literal) => literal.value.into(),
                };
                let value = node(property.value, positions, mistakes);
                (Key { at, text }, value)
            });
            let entries = entries.collect();
            Content::Map(nothing_twice(entries, mistakes))
        }
    };
    Node { at, content }
}
