//! Moments and spans of time in words.
//!
//! A person asks "how long ago?" and "when does this run out?"; a script wants an exact moment
//! that sorts. Seconds since 1970 (UTC) come in, and no time zone is ever looked up.

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// The Gregorian year, 365.2425 days, and a twelfth of it.
const YEAR: u64 = 31_556_952;
const MONTH: u64 = YEAR / 12;

/// Closer than this is "just now": clocks disagree by as much.
const NOW: u64 = 5;

/// `then` as seen from `now`: "just now", "3 minutes ago", "in 14 days".
pub fn relative(now: i64, then: i64) -> String {
    let distance = now.abs_diff(then);
    if distance < NOW {
        "just now".to_owned()
    } else if then > now {
        format!("in {}", duration(distance))
    } else {
        format!("{} ago", duration(distance))
    }
}

/// A span of `seconds` in its largest fitting unit: "1 hour", "14 days".
///
/// Rounded to the nearest, because an override made a second ago "for 14 days" has 14 days
/// left and not 13. Days go up to 59 and months to 23: "45 days" says more than "1 month".
pub fn duration(seconds: u64) -> String {
    let units = [
        (1, 60, "second"),
        (MINUTE, 60, "minute"),
        (HOUR, 24, "hour"),
        (DAY, 60, "day"),
        (MONTH, 24, "month"),
    ];
    for (unit, limit, name) in units {
        let count = rounded(seconds, unit);
        if count < limit {
            return counted(count, name);
        }
    }
    counted(rounded(seconds, YEAR), "year")
}

fn rounded(seconds: u64, unit: u64) -> u64 {
    seconds.saturating_add(unit / 2) / unit
}

fn counted(count: u64, name: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {name}{plural}")
}

/// `seconds` since 1970 as RFC 3339 in UTC. Beyond the years such a text can hold, the number
/// itself after an `@`, as `date` reads it.
pub fn rfc3339(seconds: i64) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(moment) => moment.to_string(),
        Err(_) => format!("@{seconds}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_now() {
        let now = 1_800_000_000;
        let day = 86_400;
        for (offset, words) in [
            (0, "just now"),
            (4, "just now"),
            (-4, "just now"),
            (5, "in 5 seconds"),
            (-59, "59 seconds ago"),
            (-60, "1 minute ago"),
            (-180, "3 minutes ago"),
            (3_599, "in 1 hour"),
            (-7_200, "2 hours ago"),
            (day, "in 1 day"),
            (14 * day - 1, "in 14 days"),
            (59 * day, "in 59 days"),
            (-61 * day, "2 months ago"),
            (365 * day, "in 12 months"),
            (-731 * day, "2 years ago"),
        ] {
            assert_eq!(relative(now, now + offset), words, "{offset}");
        }
    }

    #[test]
    fn the_ends_of_time_are_still_words() {
        assert_eq!(relative(i64::MIN, i64::MAX), "in 584554049253 years");
        assert_eq!(relative(i64::MAX, i64::MIN), "584554049253 years ago");
    }

    #[test]
    fn a_pipe_gets_rfc_3339_in_utc() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(1_795_323_600), "2026-11-22T05:00:00Z");
        assert_eq!(rfc3339(i64::MAX), "@9223372036854775807");
    }
}
