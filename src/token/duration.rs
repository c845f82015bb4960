//! Spans of time in words.
//!
//! One home for them, so that every place that says how long says it alike: two units at most, since
//! nobody acts on the third, and never "1 minutes".

use std::fmt;

/// A span in words: the largest unit and, where it is not zero, the next one below.
///
/// `5 minutes`, `1 hour 1 minute`, `2 years 14 days`, `over 10,000 years`, and for 0 `less than a
/// second`, as spans are whole seconds rounded down. What the two units do not show is cut, not
/// rounded. A year is 365 days; months, which have no one length, are not used.
#[must_use]
pub fn duration_in_words(seconds: u64) -> String {
    Span::of(seconds).to_string()
}

/// Units and their seconds, each a multiple of the one below.
const UNITS: [(&str, u64); 5] = [
    ("year", YEAR),
    ("day", 86_400),
    ("hour", 3600),
    ("minute", 60),
    ("second", 1),
];

const YEAR: u64 = 365 * 86_400;

/// Beyond this many years a count tells nobody anything.
const MOST_YEARS: u64 = 10_000;

/// A span as it is spoken of.
#[derive(Clone, Copy)]
enum Span {
    Instant,
    Counted {
        largest: (u64, &'static str),
        next: Option<(u64, &'static str)>,
    },
    Ages,
}

impl Span {
    fn of(seconds: u64) -> Self {
        if seconds > MOST_YEARS * YEAR {
            return Self::Ages;
        }
        let mut units = UNITS.iter().skip_while(|(_, length)| seconds < *length);
        let Some((unit, length)) = units.next() else {
            return Self::Instant;
        };
        let next = units
            .next()
            .map(|(unit, shorter)| (seconds % length / shorter, *unit));
        Self::Counted {
            largest: (seconds / length, unit),
            next: next.filter(|(count, _)| *count > 0),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        match *self {
            Self::Instant => out.write_str("less than a second"),
            Self::Ages => out.write_str("over 10,000 years"),
            Self::Counted {
                largest: (count, unit),
                next,
            } => {
                write!(out, "{count} {unit}{}", plural(count))?;
                next.map_or(Ok(()), |(count, unit)| {
                    write!(out, " {count} {unit}{}", plural(count))
                })
            }
        }
    }
}

/// What is still to come: `another 4 minutes`, `over 10,000 years more`. Follows "valid for" and
/// "not valid for" alike.
pub(super) fn another(seconds: u64) -> String {
    match Span::of(seconds) {
        Span::Instant => "another fraction of a second".to_owned(),
        span @ Span::Counted { .. } => format!("another {span}"),
        span @ Span::Ages => format!("{span} more"),
    }
}

/// The whole of which `remaining` is left: its unit is left out where both are counted in that one
/// unit alone, as in `4 minutes (of 5)`.
pub(super) fn whole_of(remaining: u64, whole: u64) -> String {
    match (Span::of(remaining), Span::of(whole)) {
        (
            Span::Counted {
                largest: (_, left),
                next: None,
            },
            Span::Counted {
                largest: (count, unit),
                next: None,
            },
        ) if left == unit => count.to_string(),
        (_, whole) => whole.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_units_at_most_and_the_right_number() {
        for (seconds, expected) in [
            (0, "less than a second"),
            (1, "1 second"),
            (59, "59 seconds"),
            (61, "1 minute 1 second"),
            (3599, "59 minutes 59 seconds"),
            (3605, "1 hour"),
            (86_400 + 3600 + 59, "1 day 1 hour"),
            (2 * YEAR + 14 * 86_400, "2 years 14 days"),
            (MOST_YEARS * YEAR, "10000 years"),
            (u64::MAX, "over 10,000 years"),
        ] {
            assert_eq!(duration_in_words(seconds), expected);
        }
    }
}
