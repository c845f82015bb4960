//! Keeping count of what becomes of the rows, and telling it of each one where that is wanted.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use super::records::SplitError;
use super::refused::{PrivateFile, Refused};
use super::row::Reading;
use crate::cli::exit::Exit;
use crate::cli::interrupt::ended_by;
use crate::store::{Fate, StoreError};

/// Why an import ended before its end.
#[derive(Debug)]
pub enum Stopped {
    /// Rows were refused, so that the write was given up.
    Refused {
        /// Whether the input was read to its end.
        ended: bool,
    },
    /// It was asked to end.
    Interrupted(Exit),
    /// The input cannot be split into records.
    Split(SplitError),
    /// The store's error.
    Store(StoreError),
    /// Anything else.
    Other(anyhow::Error),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Interrupted => Self::Interrupted(ended_by().unwrap_or(Exit::Interrupted)),
            error => Self::Store(error),
        }
    }
}

impl From<SplitError> for Stopped {
    fn from(error: SplitError) -> Self {
        Self::Split(error)
    }
}

impl From<anyhow::Error> for Stopped {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// How many rows had each fate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Overrides or users that were not there.
    pub added: u64,
    /// Those that were otherwise.
    pub altered: u64,
    /// Those taken away.
    pub cleared: u64,
    /// Those that are as they were.
    pub unchanged: u64,
}

/// What became of the rows so far.
pub struct Told {
    /// Those refused.
    pub refused: Refused,
    /// The others.
    pub counts: Counts,
    verdicts: Option<PrivateFile>,
    contradictions: BTreeMap<u32, String>,
    waiting: u64,
}

impl Told {
    /// Tells each verdict to a file, if there is one.
    pub fn new(refused: Refused, verdicts: Option<PrivateFile>) -> Self {
        Self {
            refused,
            counts: Counts::default(),
            verdicts,
            contradictions: BTreeMap::new(),
            waiting: 0,
        }
    }

    /// How many rows were read.
    pub fn read(&self) -> u64 {
        self.rows() + self.waiting
    }

    /// How many rows have a verdict.
    pub fn rows(&self) -> u64 {
        let Counts {
            added,
            altered,
            cleared,
            unchanged,
        } = self.counts;
        added + altered + cleared + unchanged + self.refused.count()
    }

    /// Notes a row whose verdict comes later.
    pub fn wait(&mut self) {
        self.waiting += 1;
    }

    /// Notes what became of a row.
    pub fn fate(&mut self, line: u32, fate: Fate) -> Result<(), Stopped> {
        self.waiting = self.waiting.saturating_sub(1);
        let (count, verdict) = match fate {
            Fate::Added => (&mut self.counts.added, "added"),
            Fate::Altered => (&mut self.counts.altered, "altered"),
            Fate::Cleared => (&mut self.counts.cleared, "cleared"),
            Fate::Unchanged => (&mut self.counts.unchanged, "unchanged"),
            Fate::Contradicts(first) => {
                let first = first.map_or_else(
                    || "an earlier line".to_owned(),
                    |first| format!("line {first}"),
                );
                let because = format!("it contradicts {first}, which is about the same override");
                self.refused.note(line, &because);
                self.verdict(|| json!({"line": line, "verdict": "refused", "because": because}))?;
                self.contradictions.insert(line, because);
                return Ok(());
            }
        };
        *count += 1;
        self.verdict(|| json!({"line": line, "verdict": verdict}))
    }

    /// Notes a row that cannot be.
    pub fn refuse(
        &mut self,
        reading: &mut Reading,
        line: u32,
        because: &str,
        raw: &[u8],
    ) -> Result<(), Stopped> {
        self.refused.note(line, because);
        self.refused.write(reading, line, because, raw)?;
        self.verdict(|| json!({"line": line, "verdict": "refused", "because": because}))
    }

    /// Those of the refused rows that are not yet written to their file.
    pub fn take_contradictions(&mut self) -> BTreeMap<u32, String> {
        std::mem::take(&mut self.contradictions)
    }

    /// Puts the files in their place.
    pub fn finish(&mut self) -> Result<()> {
        self.refused.finish()?;
        self.verdicts.take().map_or(Ok(()), PrivateFile::finish)
    }

    fn verdict(&mut self, document: impl FnOnce() -> Value) -> Result<(), Stopped> {
        match &mut self.verdicts {
            None => Ok(()),
            Some(file) => Ok(file.document(&document())?),
        }
    }
}
