//! The moment that an answer is as of: in the future, in the past, or what a revision left.
//!
//! The past is what the history says, and the future what starts and expiries will make of today.
//! Moments are shown in whole seconds, so whoever types one that was shown means that second with
//! all that was written in it; a date means its very beginning. Two writes can share a millisecond,
//! which is why a revision can be named as well.

use std::str::FromStr;

use anyhow::Result;
use jiff::Timestamp;
use thiserror::Error;

use super::context::Context;
use super::values::{When, WhenError};
use crate::domain::catalog::Revision;
use crate::domain::time::Time;
use crate::store::{HistoryError, Snapshot, StoreError, revision_at};

/// What an answer is as of, as an operator types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// What a revision left, written `r17`.
    Revision(Revision),
    /// A moment, and how many milliseconds of its second count.
    Moment(When, i64),
}

/// The latest second of a moment is over after so many milliseconds.
const WHOLE_SECOND: i64 = 999;

/// Why a text is not what an answer can be as of.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AsOfError {
    /// It names neither a moment nor a revision.
    #[error(
        "`{0}` is not a moment: write a span from now such as -3d or 14d, a date \
         such as 2026-12-31, RFC 3339, or a revision such as r17"
    )]
    Unreadable(String),
    /// It names a moment that cannot be kept.
    #[error(transparent)]
    Moment(WhenError),
}

impl FromStr for AsOf {
    type Err = AsOfError;

    fn from_str(text: &str) -> Result<Self, AsOfError> {
        if let Some(revision) = numbered(text) {
            return Ok(Self::Revision(revision));
        }
        match text.parse() {
            Ok(when) => Ok(Self::Moment(when, counted_milliseconds(text))),
            Err(WhenError::Unreadable(text)) => Err(AsOfError::Unreadable(text)),
            Err(error) => Err(AsOfError::Moment(error)),
        }
    }
}

fn numbered(text: &str) -> Option<Revision> {
    let digits = text.strip_prefix('r')?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok().map(Revision)).flatten()
}

/// How much of its second belongs to the moment that is written.
fn counted_milliseconds(text: &str) -> i64 {
    match text.parse::<Timestamp>() {
        Ok(moment) if text.contains(['.', ',']) => moment
            .as_nanosecond()
            .div_euclid(1_000_000)
            .rem_euclid(1000)
            .try_into()
            .unwrap_or(WHOLE_SECOND),
        Ok(_) => WHOLE_SECOND,
        // A date, which means its beginning; a span has its own way.
        Err(_) => 0,
    }
}

/// A place in a store's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The revision that was the latest, where that is not the latest now.
    pub past: Option<Revision>,
    /// What the clock showed.
    pub at: Time,
}

impl AsOf {
    /// Finds the place in a store's time.
    ///
    /// # Errors
    ///
    /// Exit 3 for a moment before the first write, and for a revision that is yet to come.
    pub fn find(self, context: &Context, snapshot: &dyn Snapshot) -> Result<Point> {
        let (now, latest) = (context.milliseconds(), snapshot.revision()?);
        let (found, at) = match self {
            Self::Revision(revision) => (revision, moment_of(snapshot, revision, latest, now)?),
            Self::Moment(when, within) => {
                let at = when.from(context.now()?)?;
                let moment = match when {
                    When::At(_) => at.unix().saturating_mul(1000).saturating_add(within),
                    When::In(_) => at.unix() * 1000 + now.rem_euclid(1000),
                };
                (revision_by(snapshot, when, moment, now, latest)?, at)
            }
        };
        Ok(Point {
            past: (found != latest).then_some(found),
            at,
        })
    }

    /// The moment for what has no history, such as a file: there only the clock moves.
    ///
    /// # Errors
    ///
    /// Exit 3 for a revision.
    pub fn clock(self, now: Time) -> Result<Time> {
        match self {
            Self::Moment(when, _) => Ok(when.from(now)?),
            Self::Revision(_) => Err(StoreError::from(HistoryError::None).into()),
        }
    }
}

/// Which revision answers, for what is no answer at a moment; `None` for the latest. Of an earlier
/// one it is said which, since what is shown has no place for it.
///
/// # Errors
///
/// As with [`AsOf::find`].
pub fn revision(
    context: &Context,
    snapshot: &dyn Snapshot,
    as_of: Option<AsOf>,
) -> Result<Option<Revision>> {
    let Some(as_of) = as_of else {
        return Ok(None);
    };
    let past = as_of.find(context, snapshot)?.past;
    if let Some(revision) = past {
        context.remark(&format!("as of revision {revision}"))?;
    }
    Ok(past)
}

/// When a revision was made. What the first write found was there until then.
fn moment_of(
    snapshot: &dyn Snapshot,
    revision: Revision,
    latest: Revision,
    now: i64,
) -> Result<Time> {
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
    Ok(Time::from_unix(moment.div_euclid(1000))?)
}

/// The latest write by a moment. What is yet to come is asked of today's catalog.
fn revision_by(
    snapshot: &dyn Snapshot,
    when: When,
    moment: i64,
    now: i64,
    latest: Revision,
) -> Result<Revision> {
    let ahead = moment >= now;
    if ahead && (matches!(when, When::In(_)) || latest == Revision::UNKNOWN) {
        return Ok(latest);
    }
    // A moment that is written out is looked up, even one that lies ahead: whoever wrote last may
    // have had a clock that was ahead of ours.
    Ok(revision_at(snapshot, moment)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_that_was_shown_means_its_whole_second_and_a_date_its_beginning() {
        let within = |text: &str| match text.parse() {
            Ok(AsOf::Moment(_, within)) => within,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(within("2026-05-01T12:00:00Z"), 999);
        assert_eq!(within("2026-05-01T12:00:00+02:00"), 999);
        assert_eq!(within("2026-05-01T12:00:00.250Z"), 250);
        assert_eq!(within("2026-05-01T12:00:00.0009Z"), 0);
        assert_eq!(within("1969-12-31T23:59:59.750Z"), 750);
        assert_eq!(within("2026-05-01"), 0);
    }

    #[test]
    fn a_revision_is_an_r_and_a_number() {
        assert_eq!("r17".parse(), Ok(AsOf::Revision(Revision(17))));
        for bad in [
            "r",
            "r-1",
            "r1.5",
            "R",
            "17",
            "r99999999999999999999",
            "r 1",
        ] {
            let told = bad.parse::<AsOf>().unwrap_err();
            assert_eq!(told, AsOfError::Unreadable(bad.to_owned()));
        }
    }
}
