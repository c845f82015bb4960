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
use super::schema::{PULSE, lacks, standing};
use super::session::Session;
use super::setup::quoted;
use crate::store::waiting::FAR;

/// How long the question waits for its answer.
const SHORT: Duration = Duration::from_secs(2);
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
        let (ear, is_kept) = match self.kept() {
            Some(ear) => (ear, true),
            None => (self.connected()?, false),
        };
        let (ear, pulse) = match self.felt(&ear) {
            Ok(pulse) => (ear, pulse),
            // It may have ended long ago.
            Err(fault) if is_kept && fault.passing() == Passing::Lost => {
                let ear = self.connected()?;
                let pulse = self.felt(&ear)?;
                (ear, pulse)
            }
            Err(fault) => return Err(fault),
        };
        self.ear.replace(Some(ear));
        Ok(pulse)
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
        let mut session = Session::open(&self.place, Need::Write)?;
        if !session.is_leader {
            return Err(Fault::NoLeader);
        }
        session.hurry(SHORT);
        Ok(Ear {
            session,
            listens: false,
        })
    }

    fn felt(&self, ear: &Ear) -> Result<u64, Fault> {
        let begun = Instant::now();
        let rows = ear.session.ask(PULSE, &[]);
        let rows = rows.map_err(|fault| lacks(fault, &ear.session, &self.place))?;
        let pulse = standing(&rows, &self.place)?.pulse;
        self.place.latest.notice(pulse);
        let pulse = pulse.unsigned_abs();
        self.place.latest.feel(begun, pulse);
        Ok(pulse)
    }
}
