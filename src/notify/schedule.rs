//! When a report is tried again: later each time, never all at the same moment, and when the
//! receiver says so if it does.

use aws_lc_rs::rand;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

/// The longest first wait, in milliseconds; it doubles with each attempt.
const FIRST: i64 = 2_000;
/// The longest wait of all, whatever a receiver asks for, in milliseconds: an hour.
pub(super) const LONGEST: i64 = 3_600_000;

/// How long to wait after so many attempts failed, in milliseconds: half of it is chance, so that
/// those who failed together do not come back together.
pub(super) fn backoff(attempts: u32) -> i64 {
    let doubled = FIRST.checked_shl(attempts.saturating_sub(1).min(20));
    let longest = doubled.unwrap_or(LONGEST).clamp(FIRST, LONGEST);
    let mut byte = [0];
    // Without random numbers all wait for the same time, which is no worse than a coincidence.
    let _ = rand::fill(&mut byte);
    longest / 2 + longest / 2 * i64::from(byte[0]) / 255
}

/// What `Retry-After` asks for, in milliseconds from `now` (RFC 9110 §10.2.3): seconds, or a date in
/// any of its forms. `None` where it is neither.
pub(super) fn retry_after(text: &str, now: i64) -> Option<i64> {
    let text = text.trim_matches([' ', '\t']);
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large to hold is a very large one.
        let seconds: i64 = text.parse().unwrap_or(i64::MAX);
        return Some(seconds.saturating_mul(1000).min(LONGEST));
    }
    let moment = date(text)?.as_millisecond();
    Some(moment.saturating_sub(now).clamp(0, LONGEST))
}

fn date(text: &str) -> Option<Timestamp> {
    let utc = |text: &str, form: &str| {
        let read = DateTime::strptime(form, text).ok()?;
        Some(read.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    let usual = || DateTimeParser::new().parse_timestamp(text).ok();
    usual()
        .or_else(|| utc(text, "%A, %d-%b-%y %H:%M:%S GMT"))
        .or_else(|| utc(text, "%a %b %e %H:%M:%S %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_about_twice_the_one_before_and_none_is_longer_than_an_hour() {
        for attempts in [1, 2, 5, 11, 12, 100, u32::MAX] {
            let longest = (FIRST << attempts.min(12).saturating_sub(1)).min(LONGEST);
            for _ in 0..20 {
                let wait = backoff(attempts);
                assert!(
                    (longest / 2..=longest).contains(&wait),
                    "{attempts}: {wait}"
                );
            }
        }
    }

    #[test]
    fn a_receiver_says_when_in_seconds_or_as_a_date() {
        let now = "2019-06-03T11:00:00Z"
            .parse::<Timestamp>()
            .unwrap()
            .as_millisecond();
        for (text, seconds) in [
            ("0", Some(0)),
            ("7", Some(7)),
            (" 42\t", Some(42)),
            ("99999999999999999999", Some(3600)),
            ("Mon, 3 Jun 2019 12:00:00 UTC", Some(3600)),
            ("Mon, 03 Jun 2019 11:30:12 GMT", Some(1812)),
            ("Monday, 03-Jun-19 11:30:12 GMT", Some(1812)),
            ("Mon Jun  3 11:30:12 2019", Some(1812)),
            ("Mon, 03 Jun 2019 10:00:00 GMT", Some(0)),
            ("Mon, 03 Jun 2030 10:00:00 GMT", Some(3600)),
            ("-1", None),
            ("+1", None),
            ("1.0", None),
            ("²", None),
            ("", None),
            ("soon", None),
        ] {
            let found = retry_after(text, now);
            assert_eq!(found, seconds.map(|seconds| seconds * 1000), "{text:?}");
        }
    }

    /// What nobody here wrote, where it is at hand.
    #[test]
    fn retry_after_is_read_as_others_read_it() {
        let folder = std::env::var("FLAGS_VECTORS").unwrap_or("../shared/vectors".to_owned());
        let Ok(text) = std::fs::read_to_string(format!("{folder}/retry_after.json")) else {
            return;
        };
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for row in document["vectors"].as_array().unwrap() {
            let now = row["now"].as_str().unwrap_or("2019-06-03T11:00:00Z");
            let now = now.parse::<Timestamp>().unwrap().as_millisecond();
            let expected = row["expect_seconds"].as_i64().map(|seconds| seconds * 1000);
            let found = retry_after(row["value"].as_str().unwrap(), now);
            assert_eq!(found, expected.map(|wait| wait.min(LONGEST)), "{row}");
        }
    }
}
