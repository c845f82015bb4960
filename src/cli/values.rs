//! Words of the command line that need more than a domain type's own reading.

use std::str::FromStr;

use anyhow::Result;
use thiserror::Error;

use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::time::{Time, TimeError};
use crate::domain::value::{Kind, Limit, Value, ValueError};

/// A value as an operator types it, before it is known what kind of feature it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// `on` or `true`.
    On,
    /// `off` or `false`.
    Off,
    /// A number, or `unlimited`.
    Number(Limit),
}

impl FromStr for Word {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "on" | "true" => Ok(Self::On),
            "off" | "false" => Ok(Self::Off),
            _ => text.parse().map(Self::Number),
        }
    }
}

/// The kind of feature that a word suggests, for a feature that is yet to be defined.
pub fn suggested_kind(word: Option<Word>) -> Kind {
    match word {
        Some(Word::Number(_)) => Kind::Limit,
        _ => Kind::Boolean,
    }
}

/// What the word means for a feature: `None` is off.
pub fn meant(
    key: &FeatureKey,
    feature: &Feature,
    word: Option<Word>,
) -> Result<Option<Value>, Refusal> {
    match (feature.kind, word) {
        (_, Some(Word::Off)) => Ok(None),
        (Kind::Boolean, None | Some(Word::On)) => Ok(Some(Value::On)),
        (Kind::Limit, Some(Word::Number(limit))) => Ok(Some(Value::Limit(limit))),
        (Kind::Limit, None | Some(Word::On)) => Err(Refusal::NumberMissing(key.clone())),
        (kind, Some(Word::Number(limit))) => Err(Refusal::WrongKind {
            feature: key.clone(),
            kind,
            value: Value::Limit(limit),
        }),
    }
}

/// A moment as an operator types it: RFC 3339, a date, or a span from now such as `14d`, `+36h`,
/// `-2w`, `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// This moment.
    At(Time),
    /// So many seconds from now.
    In(i64),
}

/// Why a text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not a moment: write a span from now such as 14d, 36h or 30m, a date such as \
     2026-12-31, or RFC 3339"
)]
pub struct WhenError(pub String);

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        if text == "now" {
            return Ok(Self::In(0));
        }
        match span(text) {
            Some(seconds) => Ok(Self::In(seconds)),
            None => text
                .parse()
                .map(Self::At)
                .map_err(|_| WhenError(text.to_owned())),
        }
    }
}

fn span(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let unit = match rest.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    let digits = &rest[..rest.len() - 1];
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = whole.then(|| digits.parse().ok()).flatten()?;
    number.checked_mul(unit)?.checked_mul(sign)
}

impl When {
    /// The moment meant, seen from `now`.
    pub fn from(self, now: Time) -> Result<Time, TimeError> {
        match self {
            Self::At(time) => Ok(time),
            Self::In(seconds) => now.after(seconds),
        }
    }
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
        assert!(
            "9223372036854775807s"
                .parse::<When>()
                .unwrap()
                .from(now)
                .is_err()
        );
    }
}
