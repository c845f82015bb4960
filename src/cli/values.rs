//! Words of the command line that need more than a domain type's own reading.

use std::str::FromStr;

use anyhow::Result;
use thiserror::Error;

use crate::domain::time::{Time, TimeError};

/// A moment as an operator types it: RFC 3339, a date, or a span from now such as `14d`, `+36h`,
/// `-2w`, `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// This moment.
    At(Time),
    /// So much time from now.
    In(Span),
}

/// A span of time as it was typed: a number and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    number: i64,
    unit: char,
}

impl Span {
    /// Its length, if it can be counted.
    fn seconds(self) -> Option<i64> {
        seconds_of(self.unit).and_then(|unit| self.number.checked_mul(unit))
    }
}

/// How old something may be, as an operator types it: `30m`, `24h`, `7d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age(u64);

impl Age {
    /// The same in seconds.
    pub fn seconds(self) -> u64 {
        self.0
    }
}

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length = span(text)
            .filter(|_| !text.starts_with('-'))
            .and_then(Span::seconds);
        let length = length.and_then(|seconds| u64::try_from(seconds).ok());
        length.map(Self).ok_or_else(|| {
            format!(
                "`{text}` is not a length of time: write a number and s, m, h, d or w, such as 24h"
            )
        })
    }
}

/// Why a text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WhenError {
    /// It does not name one.
    #[error(
        "`{0}` is not a moment: write a span from now such as 14d, 36h or 30m, a date such as \
         2026-12-31, or RFC 3339"
    )]
    Unreadable(String),
    /// It names one that cannot be kept.
    #[error(transparent)]
    OutOfRange(TimeError),
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        if text == "now" {
            let (number, unit) = (0, 's');
            return Ok(Self::In(Span { number, unit }));
        }
        match span(text) {
            Some(span) => Ok(Self::In(span)),
            None => text.parse().map(Self::At).map_err(|error| match error {
                TimeError::Unreadable(text) => WhenError::Unreadable(text),
                error => WhenError::OutOfRange(error),
            }),
        }
    }
}

fn seconds_of(unit: char) -> Option<i64> {
    match unit {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3600),
        'd' => Some(86_400),
        'w' => Some(604_800),
        _ => None,
    }
}

fn span(text: &str) -> Option<Span> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let unit = rest.chars().last()?;
    seconds_of(unit)?;
    let digits = &rest[..rest.len() - 1];
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = whole.then(|| digits.parse().ok()).flatten()?;
    let number = number.checked_mul(sign)?;
    Some(Span { number, unit })
}

impl When {
    /// The moment meant, seen back from `now`: `7d` is a week ago, as `-7d` is.
    pub fn ago(self, now: Time) -> Result<Time, TimeError> {
        match self {
            Self::At(time) => Ok(time),
            Self::In(Span { number, unit }) => {
                let number = number.saturating_abs().saturating_neg();
                Self::In(Span { number, unit }).from(now)
            }
        }
    }

    /// The moment meant, seen from `now`.
    pub fn from(self, now: Time) -> Result<Time, TimeError> {
        match self {
            Self::At(time) => Ok(time),
            Self::In(span) => {
                let moment = span.seconds().and_then(|seconds| now.after(seconds).ok());
                moment.ok_or_else(|| {
                    let Span { number, unit } = span;
                    TimeError::out_of_range(number < 0, format!("{number}{unit}"))
                })
            }
        }
    }
}

/// A moment as part of a file's name, such as `20261231T235959Z`.
pub fn stamp(moment: Time) -> String {
    moment.to_string().replace(['-', ':'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_from_now_and_a_moment_stands_for_itself() {
        let now = Time::from_unix(1_000_000).unwrap();
        let read =
            |text: &str| text.parse::<When>().unwrap().from(now).unwrap().unix() - now.unix();
        assert_eq!(read("14d"), 14 * 86_400);
        assert_eq!(read("-2h"), -7200);
        assert_eq!(read("now"), 0);
        assert_eq!(read("1970-01-01T00:00:00Z"), -1_000_000);
        let ago = |text: &str| text.parse::<When>().unwrap().ago(now).unwrap().unix() - now.unix();
        assert_eq!((ago("2h"), ago("-2h"), ago("now")), (-7200, -7200, 0));
        assert_eq!(ago("1970-01-01T00:00:00Z"), -1_000_000);
        for bad in [
            "",
            "d",
            "14",
            "1.5d",
            "--2d",
            "14 d",
            "99999999999999999999d",
        ] {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
        for far in ["9223372036854775807s", "9223372036854775807w", "999999w"] {
            let told = far.parse::<When>().unwrap().from(now).unwrap_err();
            let said = "is beyond the last moment that can be kept, 9999-12-30T22:00:00Z";
            assert_eq!(told.to_string(), format!("`{far}` {said}"));
        }
        let told = "9999-12-31".parse::<When>().unwrap_err().to_string();
        assert!(told.starts_with("`9999-12-31` is beyond"), "{told}");
    }
}
