//! How far a destination has been told, as a record of the store.
//!
//! A position in the history says that everything before it has been dealt with; what of it has not
//! arrived is noted by what it is about, the first report of each only, since the later ones are
//! found in the history again. So the record stays small, however long a receiver is away.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::report::EVERYTHING;
use crate::domain::catalog::Revision;

/// How long a lease lasts that nobody renews, in milliseconds: longer than an attempt may take.
pub(super) const LEASE: i64 = 30_000;
/// After how long of nothing but failures a destination is left alone, in milliseconds: three days.
pub(super) const PATIENCE: i64 = 3 * 86_400_000;
/// How many reports that were refused are remembered.
const REMEMBERED: usize = 10;

/// A report's place: which write, and which of its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The revision that the write made.
    pub revision: Revision,
    /// Which of its reports, from 0.
    pub number: usize,
}

impl Place {
    /// The first report of a write.
    pub fn first(revision: Revision) -> Self {
        Self {
            revision,
            number: 0,
        }
    }

    /// The next report of the same write.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            number: self.number + 1,
            ..self
        }
    }
}

/// The first report about something that has not arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Which report.
    pub place: Place,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was first to be sent, in milliseconds since 1970, UTC.
    pub since: i64,
    /// When it is tried next.
    pub next: i64,
    /// What came back, without anything secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Why nothing is sent for now, or until somebody has looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Since when, in milliseconds since 1970, UTC.
    pub since: i64,
    /// Until when, if it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// After how many attempts.
    pub attempts: u32,
    /// What came back, without anything secret.
    pub why: String,
}

/// A report that a receiver will never take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Which report.
    pub place: Place,
    /// What it was about.
    pub about: String,
    /// What came back.
    pub why: String,
}

/// Who delivers at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// A name for the process, by chance.
    pub holder: String,
    /// Until when, in milliseconds since 1970, UTC.
    pub until: i64,
}

/// How far a destination has been told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// All before it has arrived, or is noted in `late`.
    pub position: Place,
    /// What has not arrived, by what it is about: the first report of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub late: BTreeMap<String, Late>,
    /// Nothing is sent for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Stop>,
    /// Nothing is sent until somebody has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Stop>,
    /// Who delivers at present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
    /// How many reports have arrived.
    #[serde(default)]
    pub delivered: u64,
    /// When the last one did, in milliseconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
    /// How many were refused for ever.
    #[serde(default)]
    pub refused: u64,
    /// The last of those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refused>,
}

/// How a destination does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Whatever is written is reported.
    Active,
    /// Some reports are tried again.
    Retrying,
    /// All reports wait.
    Waiting,
    /// Somebody has to look.
    Paused,
}

impl State {
    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retrying => "retrying",
            Self::Waiting => "waiting",
            Self::Paused => "paused",
        }
    }
}

impl Delivery {
    /// Nothing is told yet of what was written behind a revision.
    pub fn behind(revision: Revision) -> Self {
        Self {
            position: Place::first(revision.next()),
            late: BTreeMap::new(),
            waiting: None,
            paused: None,
            lease: None,
            delivered: 0,
            last: None,
            refused: 0,
            refusals: Vec::new(),
        }
    }

    /// Reads a record; `None` if it is not one of a delivery.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The body of its record.
    pub fn write(&self) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// How the destination does.
    pub fn state(&self) -> State {
        if self.paused.is_some() {
            State::Paused
        } else if self.waiting.is_some() {
            State::Waiting
        } else if self.late.is_empty() {
            State::Active
        } else {
            State::Retrying
        }
    }

    /// What came back last of what failed.
    pub fn error(&self) -> Option<&str> {
        let stop = self.paused.as_ref().or(self.waiting.as_ref());
        let late = || self.late.values().find_map(|late| late.error.as_deref());
        stop.map(|stop| &*stop.why).or_else(late)
    }

    /// When something is to be sent next: at once if that is in the past. `latest` is the revision
    /// of the store.
    pub fn due(&self, latest: Revision) -> Option<i64> {
        if self.paused.is_some() {
            return None;
        }
        let new = (self.position.revision <= latest).then_some(0);
        let late = self
            .late
            .iter()
            .filter(|(about, late)| self.is_next(about, late.place));
        let late = late.map(|(_, late)| late.next).min();
        let next = new.into_iter().chain(late).min()?;
        let until = self.waiting.as_ref().and_then(|stop| stop.until);
        Some(until.map_or(next, |until| until.max(next)))
    }

    /// Whether a report may be sent now without overtaking one before it.
    pub(super) fn is_next(&self, about: &str, place: Place) -> bool {
        let earlier = |late: &Late| late.place < place;
        match about {
            EVERYTHING => !self.late.values().any(earlier),
            _ => {
                let all = self.late.get(EVERYTHING).is_some_and(earlier);
                let own = self.late.get(about).is_some_and(earlier);
                !all && !own
            }
        }
    }

    /// Whether somebody else delivers.
    pub(super) fn is_taken(&self, holder: &str, now: i64) -> bool {
        let valid = |lease: &Lease| {
            // One from the far future is a clock's mistake and holds nobody up.
            lease.holder != holder && (now..=now.saturating_add(2 * LEASE)).contains(&lease.until)
        };
        self.lease.as_ref().is_some_and(valid)
    }

    pub(super) fn refuse(&mut self, place: Place, about: &str, why: String) {
        self.refused += 1;
        self.refusals.push(Refused {
            place,
            about: about.to_owned(),
            why,
        });
        if self.refusals.len() > REMEMBERED {
            self.refusals.remove(0);
        }
    }

    /// Leaves the destination alone if it has failed for too long.
    pub(super) fn lose_patience(&mut self, now: i64) {
        let first = self.late.values().filter(|late| late.attempts > 0);
        let first = first.map(|late| late.since);
        let waiting = self.waiting.as_ref().map(|stop| stop.since);
        let Some(since) = first.chain(waiting).min() else {
            return;
        };
        if now.saturating_sub(since) > PATIENCE {
            let why = self.error().unwrap_or_default().to_owned();
            self.paused = Some(Stop {
                since: now,
                until: None,
                attempts: 0,
                why: format!("nothing but failures for three days: {why}"),
            });
        }
    }

    /// Lets it be tried again, at once.
    pub fn resume(&mut self) {
        self.paused = None;
        self.waiting = None;
        for late in self.late.values_mut() {
            late.attempts = 0;
            late.next = 0;
            late.since = i64::MAX;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late(revision: u64, next: i64) -> Late {
        Late {
            place: Place::first(Revision(revision)),
            attempts: 1,
            since: 0,
            next,
            error: Some("status 500".to_owned()),
        }
    }

    #[test]
    fn what_failed_holds_back_its_own_and_no_other() {
        let mut delivery = Delivery::behind(Revision(9));
        delivery.late.insert("feature a".to_owned(), late(5, 100));
        let place = Place::first(Revision(10));
        assert!(!delivery.is_next("feature a", place));
        assert!(delivery.is_next("feature b", place));
        assert!(!delivery.is_next(EVERYTHING, place));
        // The one that failed is the next itself.
        assert!(delivery.is_next("feature a", Place::first(Revision(5))));
        delivery.late.insert(EVERYTHING.to_owned(), late(7, 100));
        assert!(!delivery.is_next("feature b", place));
        assert!(delivery.is_next("feature a", Place::first(Revision(5))));
    }

    #[test]
    fn what_is_due_is_what_is_new_or_whose_time_has_come() {
        let mut delivery = Delivery::behind(Revision(9));
        assert_eq!(delivery.due(Revision(9)), None);
        assert_eq!(delivery.due(Revision(10)), Some(0));
        delivery.late.insert("feature a".to_owned(), late(5, 100));
        assert_eq!(delivery.due(Revision(9)), Some(100));
        delivery.waiting = Some(Stop {
            since: 0,
            until: Some(500),
            attempts: 1,
            why: String::new(),
        });
        assert_eq!(delivery.due(Revision(10)), Some(500));
        delivery.paused = delivery.waiting.clone();
        assert_eq!(delivery.due(Revision(10)), None);
    }

    #[test]
    fn a_destination_that_fails_for_three_days_is_left_alone_until_it_is_resumed() {
        let mut delivery = Delivery::behind(Revision(9));
        delivery.late.insert("feature a".to_owned(), late(5, 100));
        delivery.lose_patience(PATIENCE);
        assert_eq!(delivery.state(), State::Retrying);
        delivery.lose_patience(PATIENCE + 1);
        assert_eq!(delivery.state(), State::Paused);
        assert!(
            delivery
                .error()
                .is_some_and(|why| why.ends_with("status 500"))
        );
        delivery.resume();
        delivery.lose_patience(PATIENCE + 2);
        assert_eq!(delivery.state(), State::Retrying);
    }

    #[test]
    fn a_lease_is_anothers_until_its_time_is_over() {
        let mut delivery = Delivery::behind(Revision(9));
        let holder = "one".to_owned();
        delivery.lease = Some(Lease {
            holder,
            until: 1000 + LEASE,
        });
        assert!(delivery.is_taken("two", 1000));
        assert!(!delivery.is_taken("one", 1000));
        assert!(!delivery.is_taken("two", 1001 + LEASE));
        assert!(!delivery.is_taken("two", 1000 - 2 * LEASE));
    }
}
