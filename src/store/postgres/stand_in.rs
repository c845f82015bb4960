//! Whether anybody wrote, asked of a replica: while nobody leads who could be asked.
//!
//! A server that asks the leader before each answer would have none to give while the next leader is
//! chosen. Meanwhile a replica is asked, if whoever serves allows that, and for no longer after the
//! leader was last heard than they allow. It has everything that this process knows; what others
//! wrote just before the leader was lost it may lack.

use super::PostgresStore;
use super::connect::Need;
use super::ear::SHORT;
use super::schema::{PULSE, standing};
use super::session::Session;

/// Sets the pulse of a replica apart. What it has and the next leader lacks is gone, and what comes
/// in its place has the same number.
const OF_A_REPLICA: u64 = 1 << 63;

impl PostgresStore {
    /// How often the project was written to as a replica has it; nothing where none may be asked, or
    /// none can.
    pub(super) fn pulse_of_a_replica(&self) -> Option<u64> {
        let latest = &self.place.latest;
        latest.felt(self.place.without_leader?)?;
        // What was a replica may have led since, and be the one that is lost.
        let kept = self.stand_in.take();
        let kept = kept.filter(|session| session.is_sound() && !latest.is_lost(&session.host));
        let told = kept.and_then(|session| self.told_by(session));
        let pulse = told.or_else(|| {
            let mut session = Session::open(&self.place, Need::Read).ok()?;
            session.hurry(SHORT);
            self.told_by(session)
        })?;
        (!latest.is_beyond(pulse)).then_some(pulse.unsigned_abs() | OF_A_REPLICA)
    }

    fn told_by(&self, session: Session) -> Option<i64> {
        let rows = session.ask(PULSE, &[]).ok()?;
        let pulse = standing(&rows, &self.place).ok()?.pulse;
        self.stand_in.replace(Some(session));
        Some(pulse)
    }
}
