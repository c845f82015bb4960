//! TOML into the tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistakes::Mistakes;
use super::node::{Content, Key, Node};
use super::positions::Positions;

pub(super) fn read(text: &str, mistakes: &mut Mistakes) -> Option<Node> {
    let positions = Positions::of(text);
    match DeTable::parse(text) {
        Ok(table) => {
            let at = positions.at(table.span().start);
            let content = map(table.get_ref(), &positions);
            Some(Node { at, content })
        }
        Err(error) => {
            let at = positions.at(error.span().map_or(0, |span| span.start));
            mistakes.add(at, format!("this is not TOML: {}", error.message()));
            None
        }
    }
}

/// In the order of the file: the parser's table is in that of the names.
fn map(table: &DeTable<'_>, positions: &Positions<'_>) -> Content {
    let entries = table.iter().map(|(name, value)| {
        let key = Key {
            at: positions.at(name.span().start),
            text: name.get_ref().as_ref().into(),
        };
        (key, node(value, positions))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(key, _)| key.at);
    Content::Map(entries)
}

fn node(value: &Spanned<DeValue<'_>>, positions: &Positions<'_>) -> Node {
    let at = positions.at(value.span().start);
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Text(text.as_ref().into()),
        DeValue::Boolean(on) => Content::Switch(*on),
        DeValue::Integer(integer) => {
            let digits = integer.as_str();
            let decimal = i128::from_str_radix(digits, integer.radix());
            // What is beyond every number here is refused by whoever reads it, as it stands.
            Content::Number(decimal.map_or_else(|_| digits.into(), |n| n.to_string().into()))
        }
        DeValue::Float(float) => Content::Number(float.as_str().into()),
        DeValue::Datetime(moment) => Content::Text(moment.to_string().into()),
        DeValue::Array(values) => {
            Content::List(values.iter().map(|value| node(value, positions)).collect())
        }
        DeValue::Table(table) => map(table, positions),
    };
    Node { at, content }
}
