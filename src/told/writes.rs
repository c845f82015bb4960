//! What writes did or would do, and what the history says of them.

use schemars::JsonSchema;
use serde::Serialize;

use super::ValueTold;
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::key::FeatureKey;
use crate::domain::steps::Kept;
use crate::domain::subject::SubjectId;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::store::{Digest, Effect, Verification};

/// A moment of the history, in milliseconds since 1970, by RFC 3339. Beyond the years that such a
/// text can hold, its seconds after an `@`, as `date` reads it.
pub fn moment(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1000);
    Time::from_unix(seconds).map_or_else(|_| format!("@{seconds}"), |time| time.to_string())
}

/// Who gains and who loses: all counted, the first ones named.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Effects {
    /// Answers that become more.
    pub gained: u64,
    /// Answers that become less.
    pub lost: u64,
    /// The first of them.
    pub first: Vec<EffectTold>,
    /// Whether these are all.
    pub complete: bool,
}

/// One answer that changes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EffectTold {
    subject: SubjectId,
    feature: FeatureKey,
    before: ValueTold,
    after: ValueTold,
}

impl From<&Effect> for EffectTold {
    fn from(effect: &Effect) -> Self {
        Self {
            subject: effect.subject.clone(),
            feature: effect.feature.clone(),
            before: ValueTold(effect.before),
            after: ValueTold(effect.after),
        }
    }
}

/// What a write did, or would do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Written {
    /// Whether this is only what it would do.
    pub dry_run: bool,
    /// Whether anything was written.
    pub changed: bool,
    /// The revision now.
    pub revision: Revision,
    /// What was changed, or would be.
    pub changes: ChangeSet,
    /// Of a dry run, who would gain and lose.
    pub effects: Option<Effects>,
    /// Of a catalog that was applied, what it did not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// What applying a catalog would change.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiffTold {
    /// Whether anything.
    pub differs: bool,
    /// The revision that it was compared with.
    pub revision: Revision,
    /// What.
    pub changes: ChangeSet,
    /// For whom.
    pub effects: Effects,
    /// What it does not name.
    pub kept: Kept,
}

/// What taking a write back did, or would do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UndoTold {
    /// Whether this is only what it would do.
    pub dry_run: bool,
    /// Whether anything was written.
    pub changed: bool,
    /// The revision now.
    pub revision: Revision,
    /// The write that is taken back.
    pub undone: Revision,
    /// The write that stands again, where an undo is taken back.
    pub restored: Option<Revision>,
    /// How many changes there are.
    pub count: u64,
    /// They, or the first of them.
    pub changes: ChangeSet,
    /// Of a dry run, who would gain and lose.
    pub effects: Option<Effects>,
}

/// A write as the history keeps it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WriteTold {
    /// The revision that it made.
    pub revision: Revision,
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// By which command.
    pub command: String,
    /// Why.
    pub reason: Option<Reason>,
    /// Its hash, which covers every write before it.
    pub hash: Option<String>,
    /// How many changes it made.
    pub change_count: u64,
    /// Those wanted, or the first of them.
    pub changes: ChangeSet,
    /// Whether there are more of those wanted.
    pub truncated: bool,
}

/// Whether the history is what was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VerificationTold {
    valid: bool,
    writes: u64,
    revision: Revision,
    hash: String,
    noted: Option<Noted>,
    misfit: Option<Misfitting>,
}

/// A hash that was noted earlier, and the write that has it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Noted {
    hash: String,
    revision: Option<Revision>,
}

/// The first write that does not fit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Misfitting {
    revision: i64,
    tampering: &'static str,
    detail: String,
}

impl VerificationTold {
    /// Tells what was found, and whether a hash noted earlier was met.
    pub fn new(found: &Verification, noted: Option<Digest>) -> Self {
        let lost = noted.is_some() && found.noted.is_none();
        Self {
            valid: found.misfit.is_none() && !lost,
            writes: found.writes,
            revision: found.head.revision,
            hash: found.head.digest.to_string(),
            noted: noted.map(|noted| Noted {
                hash: noted.to_string(),
                revision: found.noted,
            }),
            misfit: found.misfit.as_ref().map(|misfit| Misfitting {
                revision: misfit.revision,
                tampering: misfit.tampering.name(),
                detail: misfit.to_string(),
            }),
        }
    }

    /// Whether it is.
    pub fn is_valid(&self) -> bool {
        self.valid
    }
}
