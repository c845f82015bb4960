//! A key as the server holds it: what the store says of it, when it was last used, and how often it
//! may be used still.

use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::{Caller, Key};

/// A use is noted in the store when the one noted before is older than this, in milliseconds.
const WORTH_NOTING: i64 = 60_000;

/// A key as the server holds it.
#[derive(Debug)]
pub struct Standing {
    key: Key,
    caller: Caller,
    traces: Arc<Traces>,
}

/// What stays when the keys are read again.
#[derive(Debug, Default)]
pub struct Traces {
    /// Milliseconds since 1970, UTC; 0 before the first use.
    used: AtomicI64,
    /// Until when what was let through has used up the rate, in microseconds since 1970, UTC.
    booked: AtomicI64,
}

impl Standing {
    /// The key as the store says, with what is known of it from before.
    pub fn new(key: Key, before: Option<&Self>) -> Self {
        let before = before.filter(|before| before.key.hash == key.hash);
        let traces = before.map_or_else(Arc::default, |before| Arc::clone(&before.traces));
        let caller = Caller {
            name: key.name.as_str().into(),
            scopes: key.scopes.as_slice().into(),
        };
        Self {
            key,
            caller,
            traces,
        }
    }

    /// Whoever shows it.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Remembers a use.
    pub fn use_at(&self, now: i64) {
        // Most uses are within the same millisecond, and nobody has to wait for a line of cache then.
        if self.traces.used.load(Ordering::Relaxed) != now {
            self.traces.used.store(now, Ordering::Relaxed);
        }
    }

    /// The last use, if it is worth noting in the store.
    pub fn to_note(&self) -> Option<i64> {
        let used = self.traces.used.load(Ordering::Relaxed);
        let noted = self.key.used.unwrap_or(0);
        (used != 0 && used >= noted.saturating_add(WORTH_NOTING)).then_some(used)
    }

    /// What the rate is counted in.
    pub fn traces(&self) -> &Traces {
        &self.traces
    }
}

impl Deref for Standing {
    type Target = Key;

    fn deref(&self) -> &Key {
        &self.key
    }
}

impl Traces {
    /// Counts a request against a rate a second, of which a second's worth may come at once. When
    /// there were too many, the seconds after which to try again.
    ///
    /// # Errors
    ///
    /// Those seconds.
    pub fn book(&self, now: i64, rate: NonZeroU32) -> Result<(), u32> {
        const SECOND: i64 = 1_000_000;
        let now = now.saturating_mul(1000);
        let each = (SECOND / i64::from(rate.get())).max(1);
        let mut over = 0;
        let book = |booked: i64| {
            // A clock that was set back must not shut anybody out for longer than a second.
            let begin = booked.clamp(now, now.saturating_add(SECOND));
            over = begin + each - now - SECOND;
            Some(if over > 0 { begin } else { begin + each })
        };
        // It always has something to put.
        let _ = self
            .booked
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, book);
        match over {
            ..=0 => Ok(()),
            over => Err(u32::try_from((over + SECOND - 1) / SECOND).unwrap_or(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_s_worth_comes_at_once_and_the_rest_at_its_rate() {
        let traces = Traces::default();
        let rate = NonZeroU32::new(10).unwrap();
        let now = 1_777_636_800_000;
        let let_through =
            |at: i64, tries: usize| (0..tries).filter(|_| traces.book(at, rate).is_ok()).count();
        assert_eq!(let_through(now, 30), 10);
        assert_eq!(traces.book(now, rate), Err(1));
        assert_eq!(let_through(now + 500, 30), 5);
        assert_eq!(let_through(now + 60_000, 30), 10);
        // The clock was set back by an hour.
        assert_eq!(let_through(now - 3_600_000, 30), 0);
        assert_eq!(let_through(now - 3_600_000 + 1000, 30), 10);
    }

    #[test]
    fn a_use_is_noted_once_a_minute_and_survives_reading_the_keys_again() {
        let key = Key::generate("app", Vec::new(), 0).unwrap().key;
        let standing = Standing::new(key.clone(), None);
        assert_eq!(standing.to_note(), None);
        standing.use_at(100_000);
        assert_eq!(standing.to_note(), Some(100_000));
        let noted = Key {
            used: Some(100_000),
            ..key.clone()
        };
        let standing = Standing::new(noted, Some(&standing));
        assert_eq!(standing.to_note(), None);
        standing.use_at(159_999);
        assert_eq!(standing.to_note(), None);
        standing.use_at(160_000);
        assert_eq!(standing.to_note(), Some(160_000));
        let other = Key::generate("app", Vec::new(), 0).unwrap().key;
        assert_eq!(Standing::new(other, Some(&standing)).to_note(), None);
    }
}
