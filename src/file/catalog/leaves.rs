//! The smallest things of a catalog file, in every spelling that is meant.

use super::super::fields::{each, expected, parse, parsed, text};
use super::super::mistakes::Mistakes;
use super::super::node::{Content, Node};
use crate::domain::plan::Price;
use crate::domain::target::{Percent, Serve};
use crate::domain::value::{Kind, Limit, Value};

/// A feature's kind.
pub(super) fn kind(node: &Node, mistakes: &mut Mistakes) -> Option<Kind> {
    match text(node, mistakes)? {
        "boolean" => Some(Kind::Boolean),
        "limit" => Some(Kind::Limit),
        other => {
            let what = format!("expected `boolean` or `limit`, found {other:?}");
            mistakes.unknown(node.at, &what, ["boolean", "limit"], other);
            None
        }
    }
}

/// What a plan or an override gives. `instead` says how to write that it gives nothing.
pub(super) fn value(node: &Node, instead: &str, mistakes: &mut Mistakes) -> Option<Value> {
    let nothing = matches!(&node.content, Content::Switch(false))
        || matches!(&node.content, Content::Text(word) if &**word == "off");
    match &node.content {
        _ if nothing => {
            let what = format!("nothing is given by `off`: {instead}");
            mistakes.add(node.at, what);
            None
        }
        Content::Switch(true) => Some(Value::On),
        Content::Text(word) if &**word == "on" => Some(Value::On),
        Content::Text(word) if &**word == "unlimited" => Some(Value::Limit(Limit::UNLIMITED)),
        Content::Number(number) => limit(number, node, mistakes).map(Value::Limit),
        _ => {
            let what = "`on`, a whole number from 0 to 9007199254740991, or `unlimited`";
            expected(what, node, mistakes)
        }
    }
}

fn limit(number: &str, node: &Node, mistakes: &mut Mistakes) -> Option<Limit> {
    let whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if number.len() > 1 && whole && number.starts_with('0') {
        let what =
            format!("{number} is ten in one reader and eight in another: write it without 0");
        mistakes.add(node.at, what);
        return None;
    }
    match whole {
        true => parsed(number, node.at, mistakes),
        false => expected("a whole number from 0", node, mistakes),
    }
}

/// A whole number of things.
pub(super) fn count(node: &Node, mistakes: &mut Mistakes) -> Option<u32> {
    let read = match &node.content {
        Content::Number(number) if !(number.len() > 1 && number.starts_with('0')) => {
            number.parse().ok()
        }
        _ => None,
    };
    read.or_else(|| expected("a whole number from 0 to 4294967295", node, mistakes))
}

/// What a rule or a switch serves.
pub(super) fn serve(node: &Node, mistakes: &mut Mistakes) -> Option<Serve> {
    match &node.content {
        Content::Switch(true) => Some(Serve::On),
        Content::Switch(false) => Some(Serve::Off),
        Content::Null => Some(Serve::NoValue),
        Content::Text(word) => match &**word {
            "on" => Some(Serve::On),
            "off" => Some(Serve::Off),
            "no value" => Some(Serve::NoValue),
            _ => expected(SERVED, node, mistakes),
        },
        _ => expected(SERVED, node, mistakes),
    }
}

const SERVED: &str = "`on`, `off`, or `null` for no value";

/// A share of all subjects.
pub(super) fn percent(node: &Node, mistakes: &mut Mistakes) -> Option<Percent> {
    match &node.content {
        // `25.0` is what other programs make of 25; more digits than two are more than is kept.
        Content::Number(number) => parsed(
            number.strip_suffix(".0").unwrap_or(number),
            node.at,
            mistakes,
        ),
        _ => parse(node, mistakes),
    }
}

/// An amount with the digits it was written with, in quotes or not.
pub(super) fn price(node: &Node, mistakes: &mut Mistakes) -> Option<Price> {
    match &node.content {
        Content::Number(number) => parsed(number, node.at, mistakes),
        _ => parse(node, mistakes),
    }
}

/// A list in which nothing stands twice.
pub(super) fn set<T>(node: &Node, mistakes: &mut Mistakes) -> std::collections::BTreeSet<T>
where
    T: std::str::FromStr<Err: std::fmt::Display> + Ord,
{
    let mut set = std::collections::BTreeSet::new();
    for node in each(node, mistakes).unwrap_or_default() {
        if let Some(thing) = parse(node, mistakes)
            && !set.insert(thing)
        {
            mistakes.add(node.at, format!("{} stands twice", node.in_words()));
        }
    }
    set
}
