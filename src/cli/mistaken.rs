//! A file with mistakes: all of them are told, each with its line and column.

use std::fmt;
use std::io;

use serde_json::{Value, json};

use crate::domain::text::counted;
use crate::file::{Mistake, Mistakes};
use crate::ui::Terminal;

/// The name of the failure for scripts: the same for a file that cannot be read at all.
pub const CODE: &str = "unreadable_file";

/// More mistakes than anybody reads are counted.
const TOLD: usize = 1000;

/// A file that cannot be used for what is wrong with it.
#[derive(Debug)]
pub struct Mistaken {
    name: String,
    mistakes: Vec<Mistake>,
}

impl Mistaken {
    /// Takes all that was found; `None` where that is nothing.
    pub fn found(name: &str, mistakes: Mistakes) -> Option<Self> {
        let mistakes = mistakes.into_sorted();
        let name = name.to_owned();
        (!mistakes.is_empty()).then_some(Self { name, mistakes })
    }

    /// Says it on stderr: a line for each, as compilers do, so that editors find the places.
    pub fn tell(&self, terminal: &Terminal, json: bool) -> io::Result<()> {
        let told = self.mistakes.iter().take(TOLD);
        if json {
            let each: Value = told
                .map(|Mistake { at, what }| {
                    json!({"line": at.line, "column": at.column, "message": what})
                })
                .collect();
            return terminal.errors_json(CODE, &self.to_string(), ("mistakes", each), &[]);
        }
        let each: Vec<String> = told
            .map(|mistake| format!("{}:{mistake}", self.name))
            .collect();
        match each.as_slice() {
            [only] => terminal.error(only, &[]),
            _ => terminal.errors(&self.summary(), &each, &[]),
        }
    }

    fn summary(&self) -> String {
        let counted = counted(self.mistakes.len() as u64, "mistake");
        let untold = self.mistakes.len().saturating_sub(TOLD);
        match untold {
            0 => format!("{} has {counted}", self.name),
            _ => format!("{} has {counted}, of which the first {TOLD} are", self.name),
        }
    }
}

/// One line: the only mistake, or how many there are and the first.
impl fmt::Display for Mistaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mistakes.as_slice() {
            [only] => write!(f, "{}:{only}", self.name),
            [first, ..] => write!(f, "{}; the first: {}:{first}", self.summary(), self.name),
            [] => Ok(()),
        }
    }
}

impl std::error::Error for Mistaken {}
