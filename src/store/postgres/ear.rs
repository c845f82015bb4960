//! Whether anybody wrote: asked of the leader, and heard from it.
//!
//! Servers ask before they answer, so it is one short question outside of any transaction, of a
//! session that is kept for it, and nobody waits for it as long as for a failover. A replica is not
//! asked: it may not have got yet what the leader has acknowledged.
//!
//! Whoever waits is told of every write, where the database does that. It asks now and then all the
//! same, since what stands in between may keep that from it, unless another session of this process
//! has asked.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::PostgresStore;
use super::connect::Need;
use super::fault::{Fault, Passing};
use super::place::Host;
use super::schema::{PULSE, lacks, standing};
use super::session::Session;
use super::setup::quoted;
use crate::store::waiting::FAR;

/// How long the question waits for its answer.
pub(super) const SHORT: Duration = Duration::from_secs(2);
/// For how long nobody asks who was not told of anything.
const SURE: Duration = Duration::from_secs(2);

/// What asks the leader, and hears it.
pub(super) struct Ear {
    session: Session,
    listens: bool,
}

impl PostgresStore {
    /// How often the project was written to.
    pub(super) fn read_pulse(&self) -> Result<u64, Fault> {
        // Whoever listens looks for the next leader.
        if self.place.latest.is_leaderless()
            && let Some(pulse) = self.pulse_of_a_replica()
        {
            return Ok(pulse);
        }
        if let Some(ear) = self.kept() {
            match self.felt(&ear) {
                Ok(pulse) => return Ok(self.keep(ear, pulse)),
                // It may have ended long ago.
                Err(fault) if fault.passing() == Passing::Lost => {
                    if let Some(pulse) = self.pulse_of_a_replica() {
                        return Ok(pulse);
                    }
                }
                Err(fault) => return Err(fault),
            }
        }
        let asked = self.connected().and_then(|ear| {
            let pulse = self.felt(&ear)?;
            Ok(self.keep(ear, pulse))
        });
        asked.or_else(|fault| match fault.passing() {
            Passing::Lost => self.pulse_of_a_replica().ok_or(fault),
            _ => Err(fault),
        })
    }

    fn keep(&self, ear: Ear, pulse: u64) -> u64 {
        self.ear.replace(Some(ear));
        pulse
    }

    /// Waits until that is another number, at most so long.
    pub(super) fn hear(&self, seen: u64, at_most: Duration) -> Result<u64, Fault> {
        let begun = Instant::now();
        let mut ear = match self.kept() {
            Some(ear) => ear,
            None => self.connected()?,
        };
        let mut is_told = !ear.listens && ear.session.engine.notifies();
        if is_told {
            let channel = quoted(&format!("flags_{}", self.place.schema));
            ear.session.batch(&format!("LISTEN {channel}"))?;
            ear.listens = true;
        }
        let sure = if ear.listens { SURE } else { FAR };
        loop {
            // What is written from here on is told.
            let pulse = match !is_told && self.place.latest.felt(sure) == Some(seen) {
                true => seen,
                false => self.felt(&ear)?,
            };
            let left = at_most.saturating_sub(begun.elapsed());
            if pulse != seen || left.is_zero() {
                self.ear.replace(Some(ear));
                return Ok(pulse);
            }
            is_told = match ear.listens {
                true => ear.session.hear(left)?,
                false => {
                    sleep(FAR.min(left));
                    false
                }
            };
        }
    }

    fn kept(&self) -> Option<Ear> {
        self.ear.take().filter(|ear| ear.session.is_sound())
    }

    fn connected(&self) -> Result<Ear, Fault> {
        let opened = Session::open(&self.place, Need::Write);
        let mut session = opened.inspect_err(|fault| self.lose(fault, None))?;
        if !session.is_leader {
            self.lose(&Fault::NoLeader, None);
            return Err(Fault::NoLeader);
        }
        session.hurry(SHORT);
        Ok(Ear {
            session,
            listens: false,
        })
    }

    /// Notes that there is no leader to be asked, if that is what a fault says. Only where somebody
    /// goes on to look for one.
    fn lose(&self, fault: &Fault, host: Option<&Host>) {
        if self.place.without_leader.is_some() && fault.passing() == Passing::Lost {
            self.place.latest.lose(host);
        }
    }

    fn felt(&self, ear: &Ear) -> Result<u64, Fault> {
        let begun = Instant::now();
        let rows = ear.session.ask(PULSE, &[]);
        let rows = rows.inspect_err(|fault| self.lose(fault, Some(&ear.session.host)));
        let rows = rows.map_err(|fault| lacks(fault, &ear.session, &self.place))?;
        let pulse = standing(&rows, &self.place)?.pulse;
        self.place.latest.notice(pulse);
        let pulse = pulse.unsigned_abs();
        self.place.latest.feel(begun, pulse);
        Ok(pulse)
    }
}
