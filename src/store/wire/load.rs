//! Writes that are too long to be held, sent as lines.
//!
//! Whoever feeds such a write wants to know what becomes of its rows before the end, and a request
//! is answered only behind its own. So what is fed is sent twice: to be told the fates, and then to
//! be written if, in the transaction that writes it, all of them turn out the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::write::{Caused, Updated};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::SubjectId;
use crate::domain::text::Reason;
use crate::store::Fate;

/// A line of a long write.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// A change, with what was there before
    Change(#[schemars(with = "serde_json::Value")] Change),
    /// An override that is wanted, whatever is there
    Want(WantedRow),
    /// Settle what is wanted so far
    Settle,
    /// Forget it
    Weigh,
}

/// An override that is wanted, whatever is there.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedRow {
    /// By which number its fate is told
    pub row: u32,
    /// Whose
    pub subject: SubjectId,
    /// Of which feature
    pub feature: FeatureKey,
    /// What there is to be; `null` for nothing
    pub after: Option<Override>,
}

/// A row of what is answered to a long write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// What becomes of the row with this number.
    Fate(u32, Fate),
    /// What came of all of it: the last row.
    Done(Updated),
}

/// How far a long write goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Tell the fates, without keeping anybody else waiting
    Rehearse,
    /// Tell the fates of what would be written, and take it back
    Try,
    /// Write, if the fates are those that were told
    Write,
}

/// How a long write is meant.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadQuery {
    /// How far it goes
    pub mode: Mode,
    /// Of which settling the fates are told, from 0
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u32>,
    /// The sum of the fates that were told, to be written only if it is the same
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fates: Option<u64>,
    /// The command's name
    #[serde(default)]
    #[schemars(length(max = 256))]
    pub command: String,
    /// Why
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What the request is called that is carried out with it, if it may come again: a hash
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub request: Option<String>,
    /// The hash of what that request asks for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub fingerprint: Option<String>,
}

impl LoadQuery {
    /// By which command, and why.
    pub fn cause(&self) -> Caused {
        Caused {
            command: self.command.clone(),
            reason: self.reason.clone(),
            request: self.request.clone(),
            fingerprint: self.fingerprint.clone(),
        }
    }
}

/// What stands for many fates, in whichever order they were told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fates(pub u64);

impl Fates {
    /// Adds one.
    pub fn add(&mut self, row: u32, fate: Fate) {
        let (kind, first) = match fate {
            Fate::Added => (1, 0),
            Fate::Altered => (2, 0),
            Fate::Cleared => (3, 0),
            Fate::Unchanged => (4, 0),
            Fate::Contradicts(None) => (5, 0),
            Fate::Contradicts(Some(first)) => (6, first),
        };
        let [a, b, c, d] = row.to_le_bytes();
        let [e, f, g, h] = first.to_le_bytes();
        self.0 = self
            .0
            .wrapping_add(xxh3_64(&[kind, a, b, c, d, e, f, g, h]));
    }
}
