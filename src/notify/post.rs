//! One destination's turn: whatever is due is sent, and after each answer is noted what came of it.
//!
//! The note is written before the next report is sent. A process that dies in between leaves at most
//! one report that arrived and is not noted; it is sent once more, with the same identifier.

use std::collections::VecDeque;

use super::delivery::{Delivery, LEASE, Late, Lease, Place, State, Stop};
use super::destination::{Destination, DestinationName};
use super::envelope::{HEADER, signature};
use super::records::NotifyError;
use super::report::{Report, reports};
use super::run::{Courier, Outcome, Told, Turn};
use super::schedule::backoff;
use super::verdict::{Verdict, verdict};
use crate::domain::catalog::Revision;
use crate::store::{Kept, RecordKind, Store, StoreError};

/// One destination's turn.
pub(super) struct Post<'c> {
    courier: &'c Courier<'c>,
    store: &'c dyn Store,
    name: &'c DestinationName,
    destination: &'c Destination,
    delivery: Delivery,
    /// The reports of the write that was looked at last.
    read: Option<(Revision, Vec<Report>)>,
    turn: Turn,
}

impl<'c> Post<'c> {
    /// Sends what is due, if nobody else does.
    pub(super) fn take(
        courier: &'c Courier<'c>,
        store: &'c dyn Store,
        name: &'c DestinationName,
        destination: &'c Destination,
    ) -> Result<Turn, NotifyError> {
        let mut post = Self {
            courier,
            store,
            name,
            destination,
            delivery: Delivery::behind(destination.since),
            read: None,
            turn: Turn::default(),
        };
        if !post.leased()? {
            post.turn.busy = true;
            return Ok(post.turn);
        }
        let sent = post.send();
        // Whatever happened, others may go on from here.
        let released = post.note(|delivery| delivery.lease = None);
        match (sent, released) {
            (Err(NotifyError::Overtaken), _) | (Ok(()), Err(NotifyError::Overtaken)) => {
                post.turn.busy = true;
            }
            (sent, released) => sent.and(released)?,
        }
        post.turn.state = Some(post.delivery.state());
        post.turn.late = post.delivery.late.len();
        Ok(post.turn)
    }

    /// Takes the lease, unless another has it.
    fn leased(&mut self) -> Result<bool, NotifyError> {
        let (now, holder) = (self.courier.now(), &self.courier.holder);
        let mut taken = None;
        let behind = Delivery::behind(self.destination.since);
        let alter = &mut |found: Option<&str>| {
            let read = found.map(Delivery::read);
            // A record that cannot be read is not made away with.
            let Some(mut delivery) = read.unwrap_or_else(|| Some(behind.clone())) else {
                taken = None;
                return Kept::AsItWas;
            };
            if delivery.is_taken(holder, now) {
                taken = Some(None);
                return Kept::AsItWas;
            }
            delivery.lease = Some(Lease {
                holder: holder.clone(),
                until: now.saturating_add(LEASE),
            });
            let body = delivery.write();
            taken = Some(Some(delivery));
            Kept::Now(body)
        };
        self.store
            .amend(RecordKind::Delivery, self.name.as_str(), alter)?;
        match taken {
            None => Err(NotifyError::Unreadable(self.name.clone())),
            Some(None) => Ok(false),
            Some(Some(delivery)) => {
                self.delivery = delivery;
                Ok(true)
            }
        }
    }

    /// Notes what came of something, and renews the lease, unless another has it by now.
    fn note(&mut self, alter: impl Fn(&mut Delivery)) -> Result<(), NotifyError> {
        let (now, holder) = (self.courier.now(), &self.courier.holder);
        let mut noted = None;
        let amend = &mut |found: Option<&str>| {
            noted = None;
            let Some(mut delivery) = found.and_then(Delivery::read) else {
                return Kept::AsItWas;
            };
            match &mut delivery.lease {
                Some(lease) if lease.holder == *holder => lease.until = now.saturating_add(LEASE),
                _ => return Kept::AsItWas,
            }
            alter(&mut delivery);
            let body = delivery.write();
            noted = Some(delivery);
            Kept::Now(body)
        };
        self.store
            .amend(RecordKind::Delivery, self.name.as_str(), amend)?;
        self.delivery = noted.ok_or(NotifyError::Overtaken)?;
        Ok(())
    }

    fn send(&mut self) -> Result<(), NotifyError> {
        let late: Vec<String> = self.delivery.late.keys().cloned().collect();
        for about in late {
            if !self.catch_up(&about)? {
                return Ok(());
            }
        }
        self.advance()
    }

    /// Whether nothing is to be sent now, to nobody.
    fn is_over(&self) -> bool {
        let now = self.courier.now();
        let stop = self.delivery.waiting.as_ref().and_then(|stop| stop.until);
        self.courier.is_to_end()
            || self.delivery.paused.is_some()
            || stop.is_some_and(|until| until > now)
    }

    /// Sends what is late about something, for as long as it arrives. Whether to go on with others.
    fn catch_up(&mut self, about: &str) -> Result<bool, NotifyError> {
        let mut coming: Option<VecDeque<Place>> = None;
        while let Some(late) = self.delivery.late.get(about).cloned() {
            let due = late.next <= self.courier.now() && self.delivery.is_next(about, late.place);
            if self.is_over() {
                return Ok(false);
            }
            if !due {
                return Ok(true);
            }
            let Some(report) = self.report(late.place)? else {
                // It is not there any more: the destination wants other events than it did.
                self.note(|delivery| drop(delivery.late.remove(about)))?;
                continue;
            };
            let verdict = self.attempt(&report)?;
            let arrived = matches!(verdict, Verdict::Delivered | Verdict::Refused(_));
            if arrived && coming.is_none() {
                coming = Some(self.places_of(about, late.place)?);
            }
            let next = coming.as_mut().and_then(VecDeque::pop_front);
            self.note_late(about, &late, next, &verdict)?;
            if matches!(verdict, Verdict::Wait(..) | Verdict::Closed(_)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes what came of a report that was late, and which one about the same is next.
    fn note_late(
        &mut self,
        about: &str,
        late: &Late,
        next: Option<Place>,
        verdict: &Verdict,
    ) -> Result<(), NotifyError> {
        let now = self.courier.now();
        self.count(verdict);
        self.note(|delivery| {
            settle(delivery, verdict, late.place, about, now);
            match verdict {
                Verdict::Delivered | Verdict::Refused(_) => {
                    delivery.late.remove(about);
                    if let Some(place) = next {
                        let place = untried(place, now);
                        delivery.late.insert(about.to_owned(), place);
                    }
                }
                Verdict::Again(why) => {
                    delivery
                        .late
                        .insert(about.to_owned(), again(late, why, now));
                }
                Verdict::Wait(..) | Verdict::Closed(_) => {}
            }
            delivery.lose_patience(now);
        })
    }

    /// Goes on through the history for as long as there is any.
    fn advance(&mut self) -> Result<(), NotifyError> {
        while !self.is_over() {
            let place = self.delivery.position;
            let latest = self.store.snapshot()?.revision()?;
            if place.revision > latest {
                return Ok(());
            }
            let Some(report) = self.report(place)? else {
                let next = Place::first(place.revision.next());
                self.note(|delivery| delivery.position = next)?;
                continue;
            };
            let now = self.courier.now();
            let about = report.about.as_str();
            if !self.delivery.is_next(about, place) {
                self.note(|delivery| {
                    // Behind one that is late already it is found in the history.
                    let late = delivery.late.entry(about.to_owned());
                    late.or_insert_with(|| untried(place, now));
                    delivery.position = place.next();
                })?;
                continue;
            }
            let verdict = self.attempt(&report)?;
            let now = self.courier.now();
            self.count(&verdict);
            self.note(|delivery| {
                settle(delivery, &verdict, place, about, now);
                match &verdict {
                    Verdict::Delivered | Verdict::Refused(_) => delivery.position = place.next(),
                    Verdict::Again(why) => {
                        let late = again(&untried(place, now), why, now);
                        delivery.late.insert(about.to_owned(), late);
                        delivery.position = place.next();
                    }
                    Verdict::Wait(..) | Verdict::Closed(_) => {}
                }
                delivery.lose_patience(now);
            })?;
        }
        Ok(())
    }

    /// The report at a place, if the write has so many.
    fn report(&mut self, place: Place) -> Result<Option<Report>, StoreError> {
        self.read(place.revision)?;
        let read = self.read.as_ref();
        Ok(read.and_then(|(_, reports)| reports.get(place.number).cloned()))
    }

    fn read(&mut self, revision: Revision) -> Result<(), StoreError> {
        if self
            .read
            .as_ref()
            .is_some_and(|(read, _)| *read == revision)
        {
            return Ok(());
        }
        let snapshot = self.store.snapshot()?;
        let found = reports(&*snapshot, self.destination, revision)?;
        self.read = Some((revision, found));
        Ok(())
    }

    /// Where the later reports about the same are, up to the position.
    fn places_of(&mut self, about: &str, after: Place) -> Result<VecDeque<Place>, StoreError> {
        let until = self.delivery.position;
        let mut places = VecDeque::new();
        let mut revision = after.revision;
        while revision <= until.revision && Place::first(revision) < until {
            self.read(revision)?;
            let reports = self.read.iter().flat_map(|(_, reports)| reports);
            let numbered = reports.enumerate().map(|(number, report)| {
                let place = Place { revision, number };
                (place, report)
            });
            let wanted = numbered.filter(|(place, report)| {
                *place > after && *place < until && report.about == about
            });
            places.extend(wanted.map(|(place, _)| place));
            revision = revision.next();
        }
        Ok(places)
    }

    /// Sends a report once.
    fn attempt(&mut self, report: &Report) -> Result<Verdict, NotifyError> {
        // Nobody else may begin while this is under way.
        let until = self.delivery.lease.as_ref().map_or(0, |lease| lease.until);
        if until.saturating_sub(self.courier.now()) < LEASE / 2 {
            self.note(|_| {})?;
        }
        Ok(attempt(self.courier, self.destination, report).1)
    }

    fn count(&mut self, verdict: &Verdict) {
        let (counter, outcome) = match verdict {
            Verdict::Delivered => (&mut self.turn.delivered, Outcome::Delivered),
            Verdict::Refused(why) => (&mut self.turn.refused, Outcome::Refused(why.clone())),
            Verdict::Again(why) | Verdict::Wait(_, why) | Verdict::Closed(why) => {
                (&mut self.turn.failed, Outcome::Failed(why.clone()))
            }
        };
        *counter += 1;
        self.courier.tell(&Told {
            destination: self.name.clone(),
            outcome,
        });
        self.turn.state = Some(State::Active);
    }
}

/// Sends a report once: what came back, and what that means.
pub(super) fn attempt(
    courier: &Courier<'_>,
    destination: &Destination,
    report: &Report,
) -> (
    Result<crate::remote::Reply, crate::remote::RemoteError>,
    Verdict,
) {
    let address = match destination.address() {
        Ok(address) => address,
        Err(error) => {
            let why = error.to_string();
            let nothing = crate::remote::RemoteError::Unprepared(why.clone());
            return (Err(nothing), Verdict::Closed(why));
        }
    };
    let signed = destination
        .secret
        .as_ref()
        .map(|secret| signature(secret, courier.now(), &report.body));
    let headers: Vec<(&'static str, &str)> = signed.iter().map(|text| (HEADER, &**text)).collect();
    let answer = courier
        .poster
        .post(&address, destination.private, &headers, &report.body);
    let found = verdict(destination.kind, &destination.url, &answer, courier.now());
    (answer, found)
}

/// What an answer means for the destination as a whole.
fn settle(delivery: &mut Delivery, verdict: &Verdict, place: Place, about: &str, now: i64) {
    match verdict {
        Verdict::Delivered => {
            delivery.delivered += 1;
            delivery.last = Some(now);
            delivery.waiting = None;
        }
        Verdict::Refused(why) => {
            delivery.refuse(place, about, why.clone());
            delivery.waiting = None;
        }
        // Somebody is there.
        Verdict::Again(_) => delivery.waiting = None,
        Verdict::Wait(after, why) => {
            let before = delivery.waiting.as_ref();
            let attempts = before.map_or(0, |stop| stop.attempts).saturating_add(1);
            let wait = after.unwrap_or_else(|| backoff(attempts));
            delivery.waiting = Some(Stop {
                since: before.map_or(now, |stop| stop.since),
                until: Some(now.saturating_add(wait)),
                attempts,
                why: why.clone(),
            });
        }
        Verdict::Closed(why) => {
            delivery.paused = Some(Stop {
                since: now,
                until: None,
                attempts: 1,
                why: why.clone(),
            });
        }
    }
}

fn untried(place: Place, now: i64) -> Late {
    Late {
        place,
        attempts: 0,
        since: now,
        next: 0,
        error: None,
    }
}

fn again(late: &Late, why: &str, now: i64) -> Late {
    let attempts = late.attempts.saturating_add(1);
    Late {
        place: late.place,
        attempts,
        // What was resumed counts from its first attempt on.
        since: late.since.min(now),
        next: now.saturating_add(backoff(attempts)),
        error: Some(why.to_owned()),
    }
}
