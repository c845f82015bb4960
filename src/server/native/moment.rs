//! The moment that an answer is as of: now, another one, or what a revision left.
//!
//! The past is what the history says, and the future what starts and ends will make of today, as on
//! the command line: a moment means its whole second, and a date its beginning.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::domain::catalog::Revision;
use crate::domain::time::{Time, TimeError};
use crate::server::problem::Problem;
use crate::store::{HistoryError, Snapshot, StoreError, revision_at};

/// What an answer is as of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub(super) enum AsOf {
    /// What a revision left, written `r17`.
    Revision(Revision),
    /// A moment, and how many milliseconds of its second count.
    Moment(Time, i64),
}

impl FromStr for AsOf {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let digits = text.strip_prefix('r');
        let digits = digits.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(Ok(revision)) = digits.map(str::parse) {
            return Ok(Self::Revision(Revision(revision)));
        }
        let is_date = text.len() == "2026-12-31".len();
        text.parse()
            .map(|at| Self::Moment(at, if is_date { 0 } else { 999 }))
    }
}

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl AsOf {
    /// The revision that answers, where that is not the latest, and what the clock showed.
    pub(super) fn find(
        self,
        snapshot: &dyn Snapshot,
        now: i64,
    ) -> Result<(Option<Revision>, Time), Problem> {
        let latest = snapshot.revision()?;
        let (found, at) = match self {
            Self::Revision(revision) => (revision, moment_of(snapshot, revision, latest, now)?),
            Self::Moment(at, _) if latest == Revision::UNKNOWN => (latest, at),
            Self::Moment(at, within) => {
                let moment = at.unix().saturating_mul(1000).saturating_add(within);
                (revision_at(snapshot, moment)?, at)
            }
        };
        Ok(((found != latest).then_some(found), at))
    }
}

/// When a revision was made. What the first write found was there until then.
fn moment_of(
    snapshot: &dyn Snapshot,
    revision: Revision,
    latest: Revision,
    now: i64,
) -> Result<Time, Problem> {
    if revision > latest {
        return Err(StoreError::from(HistoryError::Ahead { revision, latest }).into());
    }
    let made = match revision {
        Revision::UNKNOWN => snapshot.entry(revision.next())?,
        _ => snapshot.entry(revision)?,
    };
    let moment = match made {
        Some(entry) => entry.at,
        None if latest == Revision::UNKNOWN => now,
        None => return Err(StoreError::from(HistoryError::Missing(revision)).into()),
    };
    Time::from_unix(moment.div_euclid(1000)).map_err(|error| Problem::unreadable(error.to_string()))
}
