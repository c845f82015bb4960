//! When a token is valid, against a moment that is handed in, in words.
//!
//! "Is it still the old token?" is the commonest question asked of a token, and `1767225600` answers
//! it for nobody. The words here are for people; the numbers stay available beside them. A time that
//! cannot be understood is said to be so, never guessed at: a token may state any JSON number, and
//! some are far outside every calendar.
//!
//! Nothing here verifies: there is no leeway, and a token with good times may still be forged.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;
use serde_json::{Map, Number, Value};

use super::duration::{another, duration_in_words, whole_of};

const NANOSECONDS: i128 = 1_000_000_000;

/// A moment as tokens write it: seconds since 1970-01-01T00:00:00Z, fractions allowed (RFC 7519 §2).
///
/// Ordered by time, to the nanosecond; what lies further off than 10^21 years is held at that bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumericDate {
    nanoseconds: i128,
}

impl NumericDate {
    pub(super) fn read(number: &Number) -> Option<Self> {
        let whole = number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from));
        let nanoseconds = match whole {
            Some(seconds) => seconds * NANOSECONDS,
            None => {
                let double = number.as_f64()?;
                // `as` saturates; the fraction is split off first because seconds times 10^9 has
                // more digits than a double holds.
                let fraction = ((double - double.floor()) * NANOSECONDS as f64).round() as i128;
                (double.floor() as i128)
                    .saturating_mul(NANOSECONDS)
                    .saturating_add(fraction)
            }
        };
        Some(Self { nanoseconds })
    }

    /// So many seconds later; held at the bound.
    pub(super) fn later_by(self, seconds: u64) -> Self {
        let later = i128::from(seconds).saturating_mul(NANOSECONDS);
        Self {
            nanoseconds: self.nanoseconds.saturating_add(later),
        }
    }

    /// The moment, or `None` outside the years -9999 to 9999.
    #[must_use]
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_nanosecond(self.nanoseconds).ok()
    }

    /// Whether the number makes sense only as milliseconds: as such it lies between the years 1973
    /// and 5138, as seconds beyond.
    #[must_use]
    pub const fn is_milliseconds(self) -> bool {
        let seconds = self.nanoseconds / NANOSECONDS;
        seconds >= 100_000_000_000 && seconds < 100_000_000_000_000
    }

    /// Whole seconds from `now` to this moment, if it lies in the future.
    #[must_use]
    pub fn seconds_after(self, now: Timestamp) -> Option<u64> {
        let now = Self::from(now);
        (self > now).then(|| seconds_between(self, now))
    }

    /// How the moment lies to `now`: `3 minutes ago`, `in 2 hours`, `now` (within a second).
    #[must_use]
    pub fn relative_to(self, now: Timestamp) -> String {
        let now = Self::from(now);
        match (self.cmp(&now), seconds_between(self, now)) {
            (_, 0) => "now".to_owned(),
            (Ordering::Less, seconds) => format!("{} ago", duration_in_words(seconds)),
            (_, seconds) => format!("in {}", duration_in_words(seconds)),
        }
    }
}

impl From<Timestamp> for NumericDate {
    fn from(moment: Timestamp) -> Self {
        Self {
            nanoseconds: moment.as_nanosecond(),
        }
    }
}

/// Whole seconds from one to the other, in either order; held at the bound of `u64`.
pub(super) fn seconds_between(one: NumericDate, other: NumericDate) -> u64 {
    let nanoseconds = one
        .nanoseconds
        .saturating_sub(other.nanoseconds)
        .unsigned_abs();
    u64::try_from(nanoseconds / NANOSECONDS.unsigned_abs()).unwrap_or(u64::MAX)
}

/// One of the time claims, as the token has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TimeClaim {
    /// The token does not have the claim.
    #[default]
    Absent,
    /// A moment.
    At(NumericDate),
    /// The claim is there, but no number (RFC 7519 §2 allows nothing else).
    NotANumber(Value),
}

impl TimeClaim {
    /// Reads the claim of this name.
    #[must_use]
    pub fn read(claims: &Map<String, Value>, name: &str) -> Self {
        match claims.get(name) {
            None => Self::Absent,
            Some(Value::Number(number)) => NumericDate::read(number)
                .map_or_else(|| Self::NotANumber(Value::Number(number.clone())), Self::At),
            Some(other) => Self::NotANumber(other.clone()),
        }
    }

    /// The moment, where there is one.
    #[must_use]
    pub const fn at(&self) -> Option<NumericDate> {
        match self {
            Self::At(moment) => Some(*moment),
            Self::Absent | Self::NotANumber(_) => None,
        }
    }
}

/// The registered time claims of a token (RFC 7519 §4.1.4 to §4.1.6).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Times {
    /// `iat`.
    pub issued_at: TimeClaim,
    /// `nbf`.
    pub not_before: TimeClaim,
    /// `exp`.
    pub expires_at: TimeClaim,
}

impl Times {
    /// Reads the three claims.
    #[must_use]
    pub fn read(claims: &Map<String, Value>) -> Self {
        Self {
            issued_at: TimeClaim::read(claims, "iat"),
            not_before: TimeClaim::read(claims, "nbf"),
            expires_at: TimeClaim::read(claims, "exp"),
        }
    }

    /// Where `now` lies in the token's time: valid from `nbf` (that moment included) until `exp`
    /// (that moment excluded), to the nanosecond and without leeway.
    ///
    /// `iat` in the future does not make a token invalid (RFC 7519 §4.1.6) and does not here.
    #[must_use]
    pub fn validity(&self, now: Timestamp) -> Validity {
        let now = NumericDate::from(now);
        let begins = self.not_before.at();
        let ends = self.expires_at.at();
        if let (Some(begins), Some(ends)) = (begins, ends)
            && ends <= begins
        {
            return Validity::Never;
        }
        if let Some(ends) = ends
            && ends <= now
        {
            return Validity::Expired {
                ago: seconds_between(now, ends),
                lifetime: self.lifetime(),
            };
        }
        if let Some(begins) = begins
            && begins > now
        {
            let lifetime = ends.map(|ends| seconds_between(begins, ends));
            return Validity::NotYet {
                wait: seconds_between(begins, now),
                lifetime,
            };
        }
        match (&self.expires_at, &self.not_before) {
            (TimeClaim::NotANumber(_), _) => Validity::Unreadable { claim: "exp" },
            (_, TimeClaim::NotANumber(_)) => Validity::Unreadable { claim: "nbf" },
            (TimeClaim::Absent, _) => Validity::NoExpiry,
            (TimeClaim::At(ends), _) => Validity::Valid {
                remaining: seconds_between(*ends, now),
                lifetime: self.lifetime(),
            },
        }
    }

    /// Seconds from the later of `iat` and `nbf` to `exp`, where that is a span at all.
    fn lifetime(&self) -> Option<u64> {
        let begins = self.issued_at.at().max(self.not_before.at())?;
        let ends = self.expires_at.at()?;
        (ends > begins).then(|| seconds_between(ends, begins))
    }
}

/// Where a moment lies in a token's time. Spans are whole seconds, rounded down.
///
/// `Display` puts it in words, without a capital or full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Begun, if there is a beginning, and no end.
    NoExpiry,
    /// Begun and not ended.
    Valid {
        /// Seconds to go; 0 when less than one.
        remaining: u64,
        /// Seconds from beginning to end, if a beginning is stated.
        lifetime: Option<u64>,
    },
    /// Ended: `now` is on or after `exp` (RFC 7519 §4.1.4).
    Expired {
        /// Seconds since.
        ago: u64,
        /// Seconds from beginning to end, if a beginning is stated.
        lifetime: Option<u64>,
    },
    /// Not begun: `now` is before `nbf` (RFC 7519 §4.1.5).
    NotYet {
        /// Seconds to wait.
        wait: u64,
        /// Seconds from `nbf` to `exp`, if there is an end.
        lifetime: Option<u64>,
    },
    /// `exp` is not after `nbf`: there is no moment at which the token is valid.
    Never,
    /// The claim that would decide is not a number.
    Unreadable {
        /// `exp` or `nbf`.
        claim: &'static str,
    },
}

impl fmt::Display for Validity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoExpiry => out.write_str("no expiry"),
            Self::Valid {
                remaining,
                lifetime,
            } => {
                write!(out, "valid for {}", another(remaining))?;
                lifetime.map_or(Ok(()), |whole| {
                    write!(out, " (of {})", whole_of(remaining, whole))
                })
            }
            Self::Expired { ago, lifetime } => {
                match ago {
                    0 => out.write_str("expired just now")?,
                    ago => write!(out, "expired {} ago", duration_in_words(ago))?,
                }
                clause(out, ", was valid for ", lifetime)
            }
            Self::NotYet { wait, lifetime } => {
                write!(out, "not valid for {}", another(wait))?;
                clause(out, ", then valid for ", lifetime)
            }
            Self::Never => {
                out.write_str("never valid: it ends (exp) no later than it begins (nbf)")
            }
            Self::Unreadable { claim } => write!(out, "cannot tell: `{claim}` is not a number"),
        }
    }
}

fn clause(out: &mut fmt::Formatter<'_>, lead: &str, span: Option<u64>) -> fmt::Result {
    span.map_or(Ok(()), |span| {
        write!(out, "{lead}{}", duration_in_words(span))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn times(claims: &Value) -> Times {
        Times::read(claims.as_object().unwrap())
    }

    fn words(claims: &Value) -> String {
        times(claims)
            .validity(Timestamp::from_second(NOW).unwrap())
            .to_string()
    }

    #[test]
    fn validity_is_told_in_words() {
        for (claims, expected) in [
            (json!({}), "no expiry"),
            (json!({"nbf": NOW, "iat": NOW}), "no expiry"),
            (
                json!({"iat": NOW - 60, "exp": NOW + 240}),
                "valid for another 4 minutes (of 5)",
            ),
            (
                json!({"iat": NOW - 30, "exp": NOW + 270}),
                "valid for another 4 minutes 30 seconds (of 5 minutes)",
            ),
            (
                json!({"iat": NOW - 255, "exp": NOW + 45}),
                "valid for another 45 seconds (of 5 minutes)",
            ),
            (json!({"exp": NOW + 1}), "valid for another 1 second"),
            (
                json!({"iat": NOW - 480, "exp": NOW - 180}),
                "expired 3 minutes ago, was valid for 5 minutes",
            ),
            (json!({"exp": NOW - 3600}), "expired 1 hour ago"),
            (json!({"nbf": NOW + 7200}), "not valid for another 2 hours"),
            (
                json!({"nbf": NOW + 7200, "exp": NOW + 7500}),
                "not valid for another 2 hours, then valid for 5 minutes",
            ),
            (
                json!({"nbf": NOW, "exp": NOW}),
                "never valid: it ends (exp) no later than it begins (nbf)",
            ),
            (json!({"exp": "soon"}), "cannot tell: `exp` is not a number"),
            (
                json!({"exp": NOW + 9, "nbf": null}),
                "cannot tell: `nbf` is not a number",
            ),
        ] {
            assert_eq!(words(&claims), expected, "{claims}");
        }
    }

    #[test]
    fn the_moment_of_expiry_counts_as_expired_and_that_of_beginning_as_begun() {
        assert_eq!(words(&json!({"exp": NOW})), "expired just now");
        assert_eq!(
            words(&json!({"nbf": NOW, "exp": NOW + 60})),
            "valid for another 1 minute (of 1)"
        );
    }

    #[test]
    fn fractions_of_a_second_count() {
        let half = NOW as f64 + 0.5;
        assert_eq!(
            words(&json!({"exp": half})),
            "valid for another fraction of a second"
        );
        assert_eq!(
            words(&json!({"nbf": half})),
            "not valid for another fraction of a second"
        );
        let moment = times(&json!({"exp": half})).expires_at.at().unwrap();
        assert_eq!(
            moment.timestamp().unwrap().as_millisecond(),
            NOW * 1000 + 500
        );
        assert_eq!(
            times(&json!({"exp": -0.25}))
                .expires_at
                .at()
                .unwrap()
                .nanoseconds,
            -250_000_000
        );
    }

    #[test]
    fn absurd_times_neither_overflow_nor_panic() {
        for far in [json!(u64::MAX), json!(1e19), json!(1e300), json!(f64::MAX)] {
            let claims = json!({"iat": -1e308, "exp": far});
            assert_eq!(
                words(&claims),
                "valid for over 10,000 years more (of over 10,000 years)"
            );
            assert_eq!(times(&claims).expires_at.at().unwrap().timestamp(), None);
        }
        for past in [json!(i64::MIN), json!(-1e308)] {
            assert_eq!(
                words(&json!({"exp": past})),
                "expired over 10,000 years ago"
            );
        }
        assert_eq!(
            words(&json!({"iat": NOW, "exp": 1e300})),
            "valid for over 10,000 years more (of over 10,000 years)"
        );
        assert_eq!(
            words(&json!({"exp": 1e-320})),
            "expired 53 years 330 days ago"
        );
    }

    #[test]
    fn a_decided_question_needs_no_other_claim() {
        assert_eq!(
            words(&json!({"exp": NOW - 1, "nbf": "x"})),
            "expired 1 second ago"
        );
        assert_eq!(
            words(&json!({"exp": "x", "nbf": NOW + 1})),
            "not valid for another 1 second"
        );
    }

    #[test]
    fn moments_are_told_relative_to_now() {
        let relative = |at: i64| {
            let now = Timestamp::from_second(NOW).unwrap();
            times(&json!({"iat": at}))
                .issued_at
                .at()
                .unwrap()
                .relative_to(now)
        };
        assert_eq!(relative(NOW - 180), "3 minutes ago");
        assert_eq!(relative(NOW + 7200), "in 2 hours");
        assert_eq!(relative(NOW), "now");
    }
}
