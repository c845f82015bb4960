//! Any text as JSON, read by four readers: `parse`, `pick`, `serde_json`, and a reader that keeps
//! every member. The first two agree in verdict and words; with `serde_json` they differ in names
//! that appear twice and in depth, and in nothing else.

#![no_main]

use std::collections::HashSet;
use std::fmt;

use fuzz_flags::token::strict_json::{self, JsonError, MAX_DEPTH, Picked};
use libfuzzer_sys::fuzz_target;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

const NAMES: [&str; 4] = ["exp", "aud", "a", ""];

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let ours = strict_json::parse(&text);
    let theirs = serde_json::from_str::<Value>(&text);
    let plain = serde_json::from_str::<Tree>(&text);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours, theirs);
            let tree = plain.unwrap();
            assert!(!tree.repeats_a_name && tree.depth <= MAX_DEPTH);
        }
        (Err(JsonError::Syntax { .. }), Ok(_)) | (Ok(_), Err(_)) => {
            panic!("{ours:?} and {theirs:?}")
        }
        (Err(_), Ok(_)) => {
            let tree = plain.unwrap();
            assert!(tree.repeats_a_name || tree.depth > MAX_DEPTH);
        }
        (Err(_), Err(_)) => {}
    }
    if let Err(error) = &ours {
        assert!(error.to_string().len() < 500 + 8 * text.len());
    }
    match (strict_json::pick(&text, &NAMES, &NAMES), ours) {
        (Err(picking), Err(parsing)) => assert_eq!(picking, parsing),
        (Ok(Picked::Members { kept, noticed }), Ok(Value::Object(members))) => {
            assert_eq!(kept, NAMES.map(|name| members.get(name).cloned()));
            assert_eq!(noticed, NAMES.map(|name| members.contains_key(name)));
        }
        (Ok(Picked::Other(_)), Ok(value)) => assert!(!value.is_object()),
        (picked, parsed) => panic!("{picked:?} and {parsed:?}"),
    }
});

/// What a document is like, by a reader that forgets nothing.
#[derive(Default)]
struct Tree {
    depth: usize,
    repeats_a_name: bool,
}

impl Tree {
    fn take(&mut self, inner: &Self) {
        self.depth = self.depth.max(inner.depth + 1);
        self.repeats_a_name |= inner.repeats_a_name;
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Tree, E> {
        Ok(Tree::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut tree = Tree { depth: 1, ..Tree::default() };
        while let Some(element) = access.next_element::<Tree>()? {
            tree.take(&element);
        }
        Ok(tree)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut tree = Tree { depth: 1, ..Tree::default() };
        let mut names = HashSet::new();
        while let Some((name, value)) = access.next_entry::<String, Tree>()? {
            tree.repeats_a_name |= !names.insert(name);
            tree.take(&value);
        }
        Ok(tree)
    }
}
