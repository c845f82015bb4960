//! A moment: whole seconds since 1970, written as RFC 3339 in UTC.
//!
//! The domain has no clock; every question carries the moment it is asked about. Seconds are
//! enough for starts and expiries, and an integer comparison is all the resolver then needs.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::text::parsed;

/// A moment, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// Why a text or number is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TimeError {
    /// It does not name one.
    #[error("`{0}` is not a moment: write RFC 3339, such as 2026-12-31T23:59:59Z, or a date")]
    Unreadable(String),
    /// It names one that is too early.
    #[error("`{0}` is before the first moment that can be kept, {first}", first = Time::FIRST)]
    TooEarly(String),
    /// It names one that is too late.
    #[error("`{0}` is beyond the last moment that can be kept, {last}", last = Time::LAST)]
    TooLate(String),
}

impl TimeError {
    /// What was written names a moment that cannot be kept: one in the past, or in the future.
    pub fn out_of_range(past: bool, written: impl Into<String>) -> Self {
        match past {
            true => Self::TooEarly(written.into()),
            false => Self::TooLate(written.into()),
        }
    }
}

impl Time {
    /// The first moment that can be kept.
    pub const FIRST: Self = Self(-377_705_023_201);
    /// The last moment that can be kept.
    pub const LAST: Self = Self(253_402_207_200);

    /// The moment `seconds` after 1970, if RFC 3339 can name it.
    pub fn from_unix(seconds: i64) -> Result<Self, TimeError> {
        Timestamp::from_second(seconds)
            .map(|_| Self(seconds))
            .map_err(|_| TimeError::out_of_range(seconds < 0, seconds.to_string()))
    }

    /// Seconds since 1970.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The moment `seconds` later, if RFC 3339 can name it.
    pub fn after(self, seconds: i64) -> Result<Self, TimeError> {
        let sum = self
            .0
            .checked_add(seconds)
            .ok_or_else(|| TimeError::out_of_range(seconds < 0, seconds.to_string()))?;
        Self::from_unix(sum)
    }
}

/// Reads RFC 3339 with a zone, dropping fractions of a second, or a date for its first UTC second.
impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let refused = || match is_a_moment(text) {
            Some(year) => TimeError::out_of_range(year < 0, text),
            None => TimeError::Unreadable(text.to_owned()),
        };
        if let Ok(date) = text.parse::<jiff::civil::Date>()
            && text.len() == "2026-12-31".len()
        {
            let midnight = date.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
            return midnight
                .map(|zoned| Self(zoned.timestamp().as_second()))
                .map_err(|_| refused());
        }
        let moment: Timestamp = text.parse().map_err(|_| refused())?;
        let floor = moment.as_nanosecond().div_euclid(1_000_000_000);
        i64::try_from(floor)
            .map_err(|_| refused())
            .and_then(Self::from_unix)
    }
}

/// The year of what is written as a moment should be, kept or not.
fn is_a_moment(text: &str) -> Option<i16> {
    let pieces = Pieces::parse(text).ok()?;
    let whole = pieces.time().is_some() && pieces.to_numeric_offset().is_some();
    let date = pieces.time().is_none() && text.len() == "2026-12-31".len();
    (whole || date).then(|| pieces.date().year())
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_second(self.0) {
            Ok(moment) => moment.fmt(f),
            Err(_) => self.0.fmt(f),
        }
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_rfc_3339_and_writes_it_back_in_utc() {
        let read = |text: &str| text.parse::<Time>().map(|t| t.to_string());
        assert_eq!(
            read("2026-11-22T05:00:00Z").as_deref(),
            Ok("2026-11-22T05:00:00Z")
        );
        assert_eq!(
            read("2026-11-22T05:00:00.9+02:00").as_deref(),
            Ok("2026-11-22T03:00:00Z")
        );
        assert_eq!(read("2026-11-22").as_deref(), Ok("2026-11-22T00:00:00Z"));
        for bad in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-11-22T05:00:00",
            "1763787600",
        ] {
            let told = read(bad).unwrap_err().to_string();
            assert!(told.contains("is not a moment"), "{told}");
        }
    }

    #[test]
    fn a_moment_that_cannot_be_kept_is_told_from_none() {
        assert_eq!(Time::LAST.to_string(), "9999-12-30T22:00:00Z");
        assert_eq!("9999-12-30T22:00:00Z".parse(), Ok(Time::LAST));
        for late in ["9999-12-31", "9999-12-31T23:59:59Z", "9999-12-30T22:00:01Z"] {
            let told = late.parse::<Time>().unwrap_err().to_string();
            let said = "is beyond the last moment that can be kept, 9999-12-30T22:00:00Z";
            assert_eq!(told, format!("`{late}` {said}"));
        }
        let early = "-009999-01-01T00:00:00Z".parse::<Time>();
        assert!(matches!(early, Err(TimeError::TooEarly(_))), "{early:?}");
    }
}
