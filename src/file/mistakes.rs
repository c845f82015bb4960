//! What is wrong with a file: all of it, in the order of the file, each with its place.

use std::fmt;

use super::node::Position;
use crate::domain::nearest::nearest;

/// One thing that is wrong. The text may quote the file, to be sanitised where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Where.
    pub at: Position,
    /// What is wrong and what was expected, without a full stop.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// Everything that is wrong with one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes {
    found: Vec<Mistake>,
}

impl Mistakes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes one.
    pub fn add(&mut self, at: Position, what: impl fmt::Display) {
        let what = what.to_string();
        self.found.push(Mistake { at, what });
    }

    /// Notes that a name is none of those known, and which one it may have been meant to be.
    pub fn unknown<'k>(
        &mut self,
        at: Position,
        what: &str,
        known: impl IntoIterator<Item = &'k str>,
        name: &str,
    ) {
        let meant = nearest(name, known).map(|meant| format!(": did you mean `{meant}`?"));
        self.add(at, format!("{what}{}", meant.unwrap_or_default()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// In the order of the file, none of them twice.
    pub fn into_sorted(mut self) -> Vec<Mistake> {
        self.found.sort();
        self.found.dedup();
        self.found
    }

    /// A line for each of them: `catalog.yaml:3:5: …`.
    pub fn in_file(self, name: impl fmt::Display) -> impl fmt::Display {
        let lines = self.into_sorted();
        let lines = lines.iter().map(|mistake| format!("{name}:{mistake}\n"));
        lines.collect::<String>()
    }
}
