//! How long a document holds, by what its server says (RFC 9111, a private cache).
//!
//! `http-cache-semantics` was weighed and left: it cannot tell "no lifetime" from "a lifetime of
//! none", reads directives in lower case only, and adds up an `Age` that a server may choose so
//! that the sum overflows, which would end this program. What is needed of it is small, and dates
//! are jiff's to read.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, VARY};

/// How long a document holds whose server says nothing: 5 minutes.
pub const DEFAULT_SECONDS: u64 = 300;
/// How long a document holds at most, whatever its server says: a day. A key that was withdrawn
/// must not be good for ever.
pub const MOST_SECONDS: u64 = 86_400;

/// What an answer says about keeping it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// Whether it may be kept at all.
    pub may_keep: bool,
    /// How many seconds it holds from when it was made; `None` if nothing was said.
    pub lifetime: Option<u64>,
    /// How many seconds ago it was made, by the caches on its way.
    pub age: u64,
}

impl Terms {
    /// Reads the headers of an answer that arrived at `now`.
    pub(super) fn of(headers: &HeaderMap, now: Timestamp) -> Self {
        let control = Control::of(headers);
        // What varies with everything, or is to be asked for again each time, holds for no time.
        let never = control.no_cache || all(headers, VARY).any(|value| value.trim() == "*");
        let lifetime = if never {
            Some(0)
        } else {
            control.max_age.or_else(|| until_expiry(headers, now))
        };
        let age = one(headers, AGE).map_or(0, |age| seconds(age.trim()).unwrap_or(u64::MAX));
        Self {
            may_keep: !control.no_store,
            lifetime,
            age,
        }
    }
}

/// What `Cache-Control` says, as far as it concerns us.
#[derive(Default)]
struct Control {
    no_store: bool,
    no_cache: bool,
    max_age: Option<u64>,
}

impl Control {
    /// Commas within quotation marks are taken for separators too. At worst that keeps a document
    /// for a shorter time than its server allows, or for as long as [`MOST_SECONDS`].
    fn of(headers: &HeaderMap) -> Self {
        let mut control = Self::default();
        for directive in all(headers, CACHE_CONTROL).flat_map(|value| value.split(',')) {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-store" => control.no_store = true,
                "no-cache" => control.no_cache = true,
                "max-age" => {
                    // What cannot be read, or is said twice, counts as the shorter (§4.2.1).
                    let said = seconds(value.trim().trim_matches('"')).unwrap_or(0);
                    control.max_age = Some(control.max_age.unwrap_or(said).min(said));
                }
                _ => {}
            }
        }
        control
    }
}

/// `Expires`, counted from the server's own clock if it tells it. What is no date, such as `0`,
/// says that the document has expired already (§5.3).
fn until_expiry(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let expires = one(headers, EXPIRES)?;
    let made = one(headers, DATE).and_then(date).unwrap_or(now);
    let left = date(expires).map_or(0, |expires| expires.as_second() - made.as_second());
    Some(u64::try_from(left).unwrap_or(0))
}

pub(super) fn date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

/// Delta-seconds (§1.2.2): digits, and a number too large to hold is a very large one.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

fn all(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    values.filter_map(|value| value.to_str().ok())
}

pub(super) fn one(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn terms(headers: &[(&'static str, &'static str)]) -> (bool, Option<u64>, u64) {
        let pairs = headers.iter().map(|&(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name, value);
        }
        let now = Timestamp::from_second(784_111_777).unwrap();
        let terms = Terms::of(&map, now);
        (terms.may_keep, terms.lifetime, terms.age)
    }

    #[test]
    fn silence_is_not_a_lifetime_of_none() {
        assert_eq!(terms(&[]), (true, None, 0));
        assert_eq!(terms(&[("cache-control", "public")]), (true, None, 0));
        assert_eq!(terms(&[("cache-control", "max-age=0")]), (true, Some(0), 0));
    }

    #[test]
    fn directives_are_read_in_any_case_and_order() {
        for (value, expected) in [
            ("max-age=60", (true, Some(60), 0)),
            ("public, Max-Age=\"60\"", (true, Some(60), 0)),
            ("MAX-AGE = 60 , s-maxage=9", (true, Some(60), 0)),
            ("max-age=60, max-age=30", (true, Some(30), 0)),
            ("max-age=soon", (true, Some(0), 0)),
            ("max-age=-1", (true, Some(0), 0)),
            ("max-age=99999999999999999999", (true, Some(u64::MAX), 0)),
            ("No-Cache, max-age=60", (true, Some(0), 0)),
            ("no-store", (false, None, 0)),
            ("max-age=60, NO-STORE", (false, Some(60), 0)),
        ] {
            assert_eq!(terms(&[("cache-control", value)]), expected, "{value}");
        }
        let twice = [
            ("cache-control", "max-age=60"),
            ("cache-control", "no-store"),
        ];
        assert_eq!(terms(&twice), (false, Some(60), 0));
    }

    #[test]
    fn an_expiry_counts_from_the_servers_own_clock() {
        let expires = ("expires", "Sun, 06 Nov 1994 08:51:37 GMT");
        assert_eq!(terms(&[expires]), (true, Some(120), 0));
        let behind = ("date", "Sun, 06 Nov 1994 07:51:37 GMT");
        assert_eq!(terms(&[expires, behind]), (true, Some(3600), 0));
        let longer = ("cache-control", "max-age=7");
        assert_eq!(terms(&[expires, longer]), (true, Some(7), 0));
        assert_eq!(terms(&[("expires", "0")]), (true, Some(0), 0));
        let past = ("expires", "Sun, 06 Nov 1994 08:00:00 GMT");
        assert_eq!(terms(&[past]), (true, Some(0), 0));
    }

    #[test]
    fn an_age_that_no_number_holds_is_a_great_age() {
        assert_eq!(terms(&[("age", "30")]), (true, None, 30));
        let great = ("age", "99999999999999999999");
        assert_eq!(terms(&[great]), (true, None, u64::MAX));
        assert_eq!(terms(&[("age", "old")]), (true, None, u64::MAX));
    }

    #[test]
    fn what_varies_with_everything_holds_for_no_time() {
        let vary = [("vary", "*"), ("cache-control", "max-age=60")];
        assert_eq!(terms(&vary), (true, Some(0), 0));
        assert_eq!(terms(&[("vary", "accept")]), (true, None, 0));
    }
}
