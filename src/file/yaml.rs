//! YAML into the tree: version 1.2 with its core schema, less what surprises.
//!
//! `no`, `on` and `yes` are texts, and keys are texts whatever they look like. Tags could make
//! anything of anything, and are refused; so is a second document, which would be passed over.
//! Aliases work, but what they stand for is counted: a file of a few lines could otherwise fill
//! the memory.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::fields::nothing_twice;
use super::mistakes::Mistakes;
use super::node::{Content, Key, Node, Position};

/// Lists and maps within each other. No file of ours needs more than a dozen.
const MAX_DEPTH: usize = 64;
/// Values that all aliases of a file together may stand for.
const MAX_COPIED: usize = 100_000;

pub(super) fn read(text: &str, mistakes: &mut Mistakes) -> Option<Node> {
    let mut builder = Builder::default();
    let refused = |(at, what): Refused, mistakes: &mut Mistakes| {
        mistakes.add(at, format!("this is not YAML that is read here: {what}"));
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = position(*error.marker());
                mistakes.add(at, format!("this is not YAML: {}", error.info()));
                return None;
            }
        };
        if let Err(what) = builder.take(event, span, mistakes) {
            refused(what, mistakes);
            return None;
        }
    }
    let empty = Node {
        at: Position::START,
        content: Content::Null,
    };
    Some(builder.root.unwrap_or(empty))
}

/// What is YAML, but not read here, and where it stands.
type Refused = (Position, &'static str);

fn position(marker: saphyr_parser::Marker) -> Position {
    let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: short(marker.line().max(1)),
        column: short(marker.col()).saturating_add(1),
    }
}

/// A list or map that is not closed yet.
struct Open {
    at: Position,
    anchor: usize,
    contents: Contents,
}

enum Contents {
    List(Vec<Node>),
    /// The entries, and the key whose value comes next.
    Map(Vec<(Key, Node)>, Option<Key>),
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    copied: usize,
    documents: usize,
    root: Option<Node>,
}

impl Builder {
    fn take(
        &mut self,
        event: Event<'_>,
        span: Span,
        mistakes: &mut Mistakes,
    ) -> Result<(), Refused> {
        let at = position(span.start);
        let tagged = |tag: bool| match tag {
            true => Err((at, "a tag such as !!str; write the value as it is")),
            false => Ok(()),
        };
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err((at, "a second document; one file holds one"));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                tagged(tag.is_some())?;
                let content = match style {
                    ScalarStyle::Plain => None,
                    _ => Some(Content::Text(text.as_ref().into())),
                };
                return self.put(at, anchor, &text, content);
            }
            Event::SequenceStart(anchor, tag) => {
                tagged(tag.is_some())?;
                self.begin(at, anchor, Contents::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                tagged(tag.is_some())?;
                self.begin(at, anchor, Contents::Map(Vec::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(mistakes)?,
            Event::Alias(anchor) => self.copy(at, anchor)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn begin(&mut self, at: Position, anchor: usize, contents: Contents) -> Result<(), Refused> {
        if self.open.len() >= MAX_DEPTH {
            return Err((at, "lists and maps nested too deeply"));
        }
        if self.awaits_key() {
            return Err((at, "a key that is not a text"));
        }
        let open = Open {
            at,
            anchor,
            contents,
        };
        self.open.push(open);
        Ok(())
    }

    fn awaits_key(&self) -> bool {
        let innermost = self.open.last().map(|open| &open.contents);
        matches!(innermost, Some(Contents::Map(_, None)))
    }

    fn end(&mut self, mistakes: &mut Mistakes) -> Result<(), Refused> {
        let Some(Open {
            at,
            anchor,
            contents,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let content = match contents {
            Contents::List(nodes) => Content::List(nodes),
            Contents::Map(entries, _) => Content::Map(nothing_twice(entries, mistakes)),
        };
        self.add(Node { at, content }, anchor)
    }

    /// A scalar: a key where one is awaited, else a value.
    fn put(
        &mut self,
        at: Position,
        anchor: usize,
        text: &str,
        content: Option<Content>,
    ) -> Result<(), Refused> {
        if self.awaits_key() {
            if anchor > 0 {
                let content = Content::Text(text.into());
                self.anchors.insert(anchor, Node { at, content });
            }
            return self.name(at, text);
        }
        let content = content.unwrap_or_else(|| plain(text));
        self.add(Node { at, content }, anchor)
    }

    fn name(&mut self, at: Position, text: &str) -> Result<(), Refused> {
        if text == "<<" {
            return Err((at, "a merge key; write out what it stands for"));
        }
        if let Some(Open {
            contents: Contents::Map(_, key),
            ..
        }) = self.open.last_mut()
        {
            let text = text.into();
            *key = Some(Key { at, text });
        }
        Ok(())
    }

    fn copy(&mut self, at: Position, anchor: usize) -> Result<(), Refused> {
        let itself = "an alias of something that is not complete yet";
        let node = self.anchors.get(&anchor).ok_or((at, itself))?;
        let node = Node { at, ..node.clone() };
        self.count(&node)?;
        match &node.content {
            Content::Text(text) if self.awaits_key() => self.name(at, text),
            _ if self.awaits_key() => Err((at, "a key that is not a text")),
            _ => self.add(node, 0),
        }
    }

    /// A value that is kept once more.
    fn count(&mut self, node: &Node) -> Result<(), Refused> {
        self.copied += size(node, MAX_COPIED);
        match self.copied > MAX_COPIED {
            true => Err((node.at, "anchors and aliases that stand for too much")),
            false => Ok(()),
        }
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Refused> {
        if anchor > 0 {
            self.count(&node)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.contents) {
            None => self.root = Some(node),
            Some(Contents::List(nodes)) => nodes.push(node),
            Some(Contents::Map(entries, key)) => {
                if let Some(key) = key.take() {
                    entries.push((key, node));
                }
            }
        }
        Ok(())
    }
}

/// How many values a node is, counted no further than needed.
fn size(node: &Node, enough: usize) -> usize {
    let sum = |sizes: &mut dyn Iterator<Item = &Node>| {
        let mut all: usize = 1;
        for node in sizes {
            if all > enough {
                break;
            }
            all += size(node, enough);
        }
        all
    };
    match &node.content {
        Content::List(nodes) => sum(&mut nodes.iter()),
        Content::Map(entries) => sum(&mut entries.iter().map(|(_, node)| node)),
        _ => 1,
    }
}

/// What a scalar without quotes is, by the core schema.
fn plain(text: &str) -> Content {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        "true" | "True" | "TRUE" => Content::Switch(true),
        "false" | "False" | "FALSE" => Content::Switch(false),
        _ => number(text).map_or_else(|| Content::Text(text.into()), Content::Number),
    }
}

/// The digits of a number, in base ten.
fn number(text: &str) -> Option<Box<str>> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && digits.chars().all(|c| c.is_digit(radix))
        {
            let decimal = i128::from_str_radix(digits, radix).ok()?;
            return Some(decimal.to_string().into());
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(text.into());
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        None => (unsigned, "0"),
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let some = !whole.is_empty() || !fraction.is_empty();
    let number = some && digits(whole) && digits(fraction) && digits(exponent);
    let number = number && !exponent.is_empty();
    number.then(|| text.strip_prefix('+').unwrap_or(text).into())
}
