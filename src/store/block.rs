//! Many overrides as one row of the history.
//!
//! A change of its own for each of a million overrides would cost more room and time than the
//! overrides themselves. Those that follow each other in one write share a row: what they have in
//! common is written once, and each is a name and three small numbers.
//!
//! ```json
//! {"change":"overrides","features":["beta"],"states":[null,{"grant":true}],
//!  "rows":[["user:u1",0,0,1]]}
//! ```
//!
//! A row says whose, which feature, what was there before and what is there after. Names stand in
//! full, so that a database can pass a block over by a look at its text, as it does with other changes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::hash::Hash;
use std::ops::ControlFlow;

use hashbrown::HashMap;
use serde::Deserialize;

use super::rows::{Torn, from_json, json, parsed};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::mention::Mentions;
use crate::domain::overrides::Override;

/// How the text of a block begins, and of no other change.
const HEAD: &str = "{\"change\":\"overrides\",";
/// A block has at most so many rows: one that may matter is read whole.
const MAX_ROWS: usize = 4096;
/// And at most so much text in its states, in bytes, give or take one.
const MAX_STATES: usize = 128 * 1024;

/// Overrides on their way into the history.
#[derive(Debug, Default)]
pub(super) struct Block {
    count: usize,
    features: Shared<FeatureKey>,
    states: Shared<Option<Override>>,
    rows: String,
    states_length: usize,
}

impl Block {
    /// How many changes it holds.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Whether it should be written before it grows any further.
    pub(super) fn is_full(&self) -> bool {
        self.count >= MAX_ROWS || self.states_length >= MAX_STATES
    }

    /// Adds a change: of a subject, by its name with its type in front.
    pub(super) fn push(
        &mut self,
        subject: &str,
        feature: &FeatureKey,
        before: &Option<Override>,
        after: &Option<Override>,
    ) -> Result<(), Torn> {
        let feature = self.features.number(feature);
        let known = self.states.values.len();
        let (before, after) = (self.states.number(before), self.states.number(after));
        for state in &self.states.values[known..] {
            let reason = state.as_ref().and_then(|over| over.reason.as_deref());
            self.states_length += 64 + reason.map_or(0, str::len);
        }
        if self.count > 0 {
            self.rows.push(',');
        }
        self.rows.push('[');
        if subject.bytes().any(|byte| matches!(byte, b'"' | b'\\')) {
            self.rows.push_str(&json(&subject)?);
        } else {
            self.rows.push('"');
            self.rows.push_str(subject);
            self.rows.push('"');
        }
        for number in [feature, before, after] {
            self.rows.push(',');
            push_number(&mut self.rows, number);
        }
        self.rows.push(']');
        self.count += 1;
        Ok(())
    }

    /// Its text, of one change that of any single one. It is empty afterwards.
    pub(super) fn take(&mut self) -> Result<String, Torn> {
        let features = json(&self.features.values)?;
        let states = json(&self.states.values)?;
        let text = format!(
            "{HEAD}\"features\":{features},\"states\":{states},\"rows\":[{}]}}",
            self.rows
        );
        let single = self.count == 1;
        self.count = 0;
        self.features.clear();
        self.states.clear();
        self.rows.clear();
        self.states_length = 0;
        match single {
            true => json(&Read::of(&text)?.change(0)?),
            false => Ok(text),
        }
    }
}

/// Adds a number, most often of one digit.
fn push_number(text: &mut String, number: usize) {
    match u8::try_from(number) {
        Ok(digit @ 0..10) => text.push(char::from(b'0' + digit)),
        // Writing to a String cannot fail.
        _ => drop(write!(text, "{number}")),
    }
}

/// Values that are written once, each with its number.
#[derive(Debug)]
struct Shared<T> {
    values: Vec<T>,
    numbers: HashMap<T, usize>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Shared<T> {
    fn number(&mut self, value: &T) -> usize {
        // Most often there are only a few, and comparing these is quicker.
        let first = self.values.iter().take(4).position(|known| known == value);
        if let Some(number) = first.or_else(|| self.numbers.get(value).copied()) {
            return number;
        }
        let number = self.values.len();
        self.values.push(value.clone());
        if number >= 4 {
            self.numbers.insert(value.clone(), number);
        }
        number
    }

    fn clear(&mut self) {
        self.values.clear();
        self.numbers.clear();
    }
}

/// A block as the history holds it.
#[derive(Deserialize)]
pub(super) struct Read<'t> {
    features: Vec<FeatureKey>,
    states: Vec<Option<Override>>,
    #[serde(borrow)]
    rows: Vec<(Cow<'t, str>, usize, usize, usize)>,
}

impl<'t> Read<'t> {
    fn of(text: &'t str) -> Result<Self, Torn> {
        from_json(text, "history")
    }

    /// The block that a text of the history is, if it is one.
    pub(super) fn new(text: &'t str) -> Result<Option<Self>, Torn> {
        match text.starts_with(HEAD) {
            true => Self::of(text).map(Some),
            false => Ok(None),
        }
    }

    /// Its changes in order.
    pub(super) fn changes(&self) -> impl Iterator<Item = Result<Change, Torn>> {
        (0..self.rows.len()).map(|row| self.change(row))
    }

    /// How many changes it holds.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Its changes that mention all of these, in order.
    pub(super) fn mentioning(
        &self,
        wanted: &Mentions,
    ) -> impl DoubleEndedIterator<Item = Result<Change, Torn>> {
        let names: Vec<String> = wanted.subjects.iter().map(ToString::to_string).collect();
        let feature = wanted.feature.clone();
        // No override says anything about a plan.
        let rows = match wanted.plan {
            None => self.rows.as_slice(),
            Some(_) => &[],
        };
        let found = rows.iter().enumerate().filter(move |(_, row)| {
            let of = || self.features.get(row.1);
            feature.as_ref().is_none_or(|feature| of() == Some(feature))
                && names.iter().all(|name| *name == row.0)
        });
        found.map(|(row, _)| self.change(row))
    }

    /// Its changes, the last one first: those of a subject, by its name, or all.
    pub(super) fn latest_first(
        &self,
        subject: Option<&str>,
        visit: &mut dyn FnMut(Change) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Torn> {
        for (row, (name, ..)) in self.rows.iter().enumerate().rev() {
            if subject.is_none_or(|wanted| wanted == name) && visit(self.change(row)?).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn change(&self, row: usize) -> Result<Change, Torn> {
        let torn = || Torn("the history cannot be read: a number too high".to_owned());
        let (subject, feature, before, after) = self.rows.get(row).ok_or_else(torn)?;
        let state = |number: &usize| self.states.get(*number).cloned().ok_or_else(torn);
        Ok(Change::Override {
            subject: parsed(subject, "subject")?,
            feature: self.features.get(*feature).cloned().ok_or_else(torn)?,
            before: state(before)?,
            after: state(after)?,
        })
    }
}

/// The changes of a row of the history, in order: of a block each of its own.
pub(super) fn changes(body: &str) -> Result<Vec<Change>, Torn> {
    match Read::new(body)? {
        None => Ok(vec![from_json(body, "history")?]),
        Some(block) => block.changes().collect(),
    }
}
