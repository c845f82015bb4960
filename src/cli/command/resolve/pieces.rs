//! Entitlements as text, put together from pieces that are written once.
//!
//! Of a million subjects nearly all get nearly all of their features from one of a few plans. What
//! the resolver says of all who share a plan is written once; each subject's text is that one,
//! with the answers exchanged that are its own.

use std::fmt::Write;

use hashbrown::HashMap;
use serde_json::json;

use crate::domain::resolve::{Resolver, Row, Slot, Subject};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Value};

/// The texts for one resolver, at one moment.
pub struct Pieces<'r> {
    resolver: &'r Resolver<'r>,
    at: Time,
    /// `"key":` of every feature.
    keys: Vec<String>,
    rows: HashMap<Row, Shared>,
}

/// What those in one row of the resolver share.
struct Shared {
    /// `"key":value,` of every feature that is on and shared.
    text: String,
    /// Where the text of each feature ends.
    ends: Vec<usize>,
}

impl<'r> Pieces<'r> {
    pub fn new(resolver: &'r Resolver<'r>, at: Time) -> Self {
        let keys = resolver.slots().map(|slot| {
            let key = json!(resolver.key(slot));
            format!("{key}:")
        });
        Self {
            resolver,
            at,
            keys: keys.collect(),
            rows: HashMap::new(),
        }
    }

    /// Adds the object of the subject's entitlements.
    pub fn write(&mut self, subject: &Subject<'_>, text: &mut String) {
        let Self {
            resolver,
            at,
            keys,
            rows,
        } = self;
        let row = resolver.row(subject);
        let shared = rows
            .entry(row)
            .or_insert_with(|| Shared::new(resolver, row, keys));
        text.push('{');
        let empty = text.len();
        // Up to here the shared text is taken; what is behind waits until something differs.
        let mut taken = 0;
        for (slot, place) in resolver.slots().zip(0..) {
            if !resolver.is_shared(subject, slot) {
                text.push_str(&shared.text[taken..shared.start(place)]);
                taken = shared.ends[place];
                let answer = resolver.decide(subject, slot, *at).answer;
                push(text, &keys[place], answer);
            }
        }
        text.push_str(&shared.text[taken..]);
        if text.len() > empty {
            text.pop();
        }
        text.push('}');
    }
}

impl Shared {
    fn new(resolver: &Resolver<'_>, row: Row, keys: &[String]) -> Self {
        let mut shared = Self {
            text: String::new(),
            ends: Vec::new(),
        };
        let slots: Vec<Slot> = resolver.slots().collect();
        for (slot, key) in slots.into_iter().zip(keys) {
            push(&mut shared.text, key, resolver.shared(row, slot).flatten());
            shared.ends.push(shared.text.len());
        }
        shared
    }

    fn start(&self, place: usize) -> usize {
        match place {
            0 => 0,
            _ => self.ends[place - 1],
        }
    }
}

/// Adds `"key":value,`; what is off is left out, as in a token.
fn push(text: &mut String, key: &str, answer: Answer) {
    let Some(value) = answer else {
        return;
    };
    text.push_str(key);
    match value {
        Value::On => text.push_str("true,"),
        Value::Limit(limit) => {
            // Writing to a String cannot fail.
            let _ = write!(text, "{},", limit.get());
        }
    }
}
