//! When a call is made once more, and after what time.
//!
//! `backon` was weighed and left: what a server asks for in `Retry-After`, what is left of the whole
//! call's time, and whether the server may have seen a write decide here, and beside them the
//! doubling of a number is the smallest part.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::remote::lifetime::{date, one, seconds};

/// How long the first wait is; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(250);
/// The longest that is waited because a server asks for it.
const LONGEST: Duration = Duration::from_secs(60);

/// The time of one call, with all its attempts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    at: Instant,
    pub total: Duration,
}

impl Deadline {
    /// So much time, from now.
    pub(super) fn within(total: Duration) -> Self {
        Self {
            at: Instant::now() + total,
            total,
        }
    }

    /// What is left; nothing once it is over.
    pub(super) fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

/// Whether a status may be another one if it is asked for again.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..=599)
}

/// How long to wait before the attempt after so many, give or take a third: those who failed
/// together shall not come back together.
pub(super) fn backoff(attempts: u32) -> Duration {
    let whole = FIRST * 2_u32.saturating_pow(attempts.saturating_sub(1).min(10));
    let share = RandomState::new().hash_one(attempts) % 1000;
    let share = u32::try_from(share).unwrap_or_default();
    whole * 2 / 3 + whole * 2 / 3 * share / 1000
}

/// What a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Nothing, or nothing that can be read.
    Nothing,
    /// So much time.
    Wait(Duration),
    /// More time than anybody waits: until then.
    TooLong(Timestamp),
}

impl Asked {
    /// Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date by the server's own clock.
    pub(super) fn of(headers: &HeaderMap, now: Timestamp) -> Self {
        let Some(text) = one(headers, RETRY_AFTER).map(str::trim) else {
            return Self::Nothing;
        };
        let wait = match (seconds(text), date(text)) {
            (Some(seconds), _) => seconds,
            (None, Some(then)) => {
                let sent = one(headers, DATE).and_then(date).unwrap_or(now);
                u64::try_from(then.as_second() - sent.as_second()).unwrap_or(0)
            }
            (None, None) => return Self::Nothing,
        };
        let wait = Duration::from_secs(wait);
        match wait > LONGEST {
            true => Self::TooLong(after(now, wait)),
            false => Self::Wait(wait),
        }
    }

    /// Until when the server wants to be left alone.
    pub(super) fn until(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Nothing => None,
            Self::Wait(wait) => Some(after(now, wait)),
            Self::TooLong(until) => Some(until),
        }
    }

    /// How long to wait after so many attempts, within what is left of the time; else until when
    /// the server wants to be left alone, if it said so.
    pub(super) fn wait(
        self,
        attempts: u32,
        left: Duration,
        now: Timestamp,
    ) -> Result<Duration, Option<Timestamp>> {
        let wait = match self {
            Self::Nothing => backoff(attempts),
            Self::Wait(wait) => wait.max(backoff(attempts)),
            Self::TooLong(until) => return Err(Some(until)),
        };
        match (wait < left, self) {
            (true, _) => Ok(wait),
            (false, _) => Err(self.until(now)),
        }
    }
}

/// A moment so much later, to the second.
fn after(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    let then = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
    Timestamp::from_second(then.as_second()).unwrap_or(then)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(after: &'static str, date: Option<&'static str>) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(after));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        Asked::of(&headers, now())
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT
    fn now() -> Timestamp {
        Timestamp::from_second(784_111_777).unwrap()
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let wait = |seconds| Asked::Wait(Duration::from_secs(seconds));
        assert_eq!(asked("7", None), wait(7));
        assert_eq!(asked(" 60 ", None), wait(60));
        assert_eq!(asked("0", None), wait(0));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT", None), wait(10));
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT", None), wait(0));
        let ahead = Some("Sun, 06 Nov 1994 09:49:37 GMT");
        assert_eq!(asked("Sun, 06 Nov 1994 09:49:40 GMT", ahead), wait(3));
        for nothing in ["soon", "-1", "1.5", ""] {
            assert_eq!(asked(nothing, None), Asked::Nothing, "{nothing}");
        }
    }

    #[test]
    fn whoever_wants_to_be_left_alone_for_long_is() {
        let day = asked("86400", None);
        let until = "1994-11-07T08:49:37Z".parse().unwrap();
        assert_eq!(day, Asked::TooLong(until));
        assert_eq!(day.wait(1, LONGEST, now()), Err(Some(until)));
        let never = asked("99999999999999999999", None);
        assert!(matches!(never, Asked::TooLong(_)), "{never:?}");
        let minute = asked("60", None);
        let until = "1994-11-06T08:50:37Z".parse().unwrap();
        assert_eq!(minute.wait(1, LONGEST, now()), Err(Some(until)));
    }

    #[test]
    fn waits_grow_and_are_not_all_the_same() {
        for (attempts, whole) in [(1, 250_u32), (2, 500), (3, 1000)] {
            let waits: Vec<_> = (0..50).map(|_| backoff(attempts)).collect();
            let least = Duration::from_millis((whole * 2 / 3).into());
            let most = Duration::from_millis((whole * 4 / 3 + 1).into());
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)));
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
    }
}
