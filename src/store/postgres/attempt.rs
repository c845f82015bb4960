//! Carrying a write out once, whatever happens to the connection.
//!
//! What fails before it was committed left no trace, and is begun again. Where the answer to the
//! commit is lost, nobody knows: the write may be there. So each one leaves a mark, which it made up
//! for itself, and whoever comes back looks for that under the lock that every writer takes. The one
//! that may still be on its way holds that lock, so it is waited for.
//!
//! A leader that was cut off from its replicas does not know it yet, and what it shows may be lost.
//! What is found there counts only once a write behind it was committed: that needs the replicas,
//! where the database is told to wait for them. The marks of one write are the same in all of its
//! attempts, so it does not matter on which server it took place.

use std::cell::Cell;

use aws_lc_rs::rand;

use super::PostgresStore;
use super::connect::Need;
use super::datum::column;
use super::fault::{Fault, Passing};
use super::patience::Patience;
use super::schema::{LOCK, Standing, lacks, standing};
use super::session::{Ask, Session};
use super::view::View;
use crate::domain::hex::hex;
use crate::store::StoreError;

// Statements see what was committed before them: a writer that waited for the lock has to see what
// the one before it wrote.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
const MARKED: &str = "SELECT count(*) FROM mark WHERE name = $1";
const MARK: &str = "INSERT INTO mark(name, at) VALUES($1, extract(epoch FROM now())::INT8)";
const FORGET: &str = "DELETE FROM mark WHERE at < extract(epoch FROM now())::INT8 - 3600";
const BEAT: &str = "UPDATE state SET pulse = pulse + 1 WHERE one = 1";
// Beyond what CockroachDB has: asked of PostgreSQL alone.
const NOTIFY: &str = "SELECT pg_notify('flags_' || current_schema(), $1)";

/// What an attempt came to.
pub(super) enum Attempt<T> {
    /// There was nothing to write.
    Idle(T),
    /// It is written and has to be committed; with the revision that it made, if any.
    Ready(T, Option<u64>),
}

/// Whether a write can be begun again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// As often as it takes.
    Yes,
    /// Not once its source has been read from.
    No,
}

/// Work on a project that nobody else writes to meanwhile.
pub(super) type Work<'w, T> = dyn FnMut(&View<'_>) -> Result<Attempt<T>, Fault> + 'w;

impl PostgresStore {
    /// Does work in one transaction, and commits it.
    pub(super) fn write<T>(&self, again: &Cell<Again>, work: &mut Work<'_, T>) -> Result<T, Fault> {
        let name = mark()?;
        let mut patience = self.patience(self.place.patience);
        // What the last attempt came to whose commit was not answered.
        let mut doubt: Option<T> = None;
        // What was said against the write since.
        let mut refused: Option<Fault> = None;
        loop {
            let (session, found) = match self.locked(&name, doubt.is_some()) {
                Ok(locked) => locked,
                Err(fault) => {
                    self.pause(&mut patience, fault, doubt.is_some())?;
                    continue;
                }
            };
            patience.knows();
            let looks_up = found.marked || refused.is_some() || again.get() == Again::No;
            if doubt.is_some() && looks_up {
                // Either way it counts only with a write behind it.
                if let Err(fault) = commit_beat(&session) {
                    self.pause(&mut patience, fault, true)?;
                    continue;
                }
                self.give(session);
                return match (doubt.take(), refused) {
                    (Some(value), _) if found.marked => Ok(value),
                    (_, Some(fault)) => Err(fault),
                    _ => Err(Fault::NotWritten("it was not committed".to_owned())),
                };
            }
            let view = View::on_write(self, &session, found.standing);
            let attempted = work(&view);
            let met = view.met();
            drop(view);
            let outcome = self.finish(&session, &name, attempted, doubt.is_some());
            if let Outcome::Idle(_) | Outcome::Failed(_) = outcome {
                session.rollback();
            }
            self.give(session);
            let fault = match outcome {
                Outcome::Idle(value) => return Ok(value),
                Outcome::Done(value) => {
                    // Each commit raises it by one, and nobody else's came between.
                    self.place.latest.notice(found.standing.pulse + 1);
                    return Ok(value);
                }
                Outcome::Over(fault) => return Err(fault),
                // A commit that is in doubt is looked up, whatever was said of it.
                Outcome::InDoubt(value, fault) => {
                    doubt = Some(value);
                    match fault.passing() {
                        Passing::No => Fault::Passed(Passing::Lost, fault.words()),
                        _ => fault,
                    }
                }
                Outcome::Failed(fault) => match (fault.passing(), met) {
                    (Passing::No, Some(met)) => self.once_more(again, met)?,
                    // It may be said where a write is not seen that took place elsewhere.
                    (Passing::No, None) if doubt.is_some() => {
                        refused = Some(fault);
                        continue;
                    }
                    _ => self.once_more(again, fault)?,
                },
            };
            self.pause(&mut patience, fault, doubt.is_some())?;
        }
    }

    /// What passes, if the write can be begun again.
    fn once_more(&self, again: &Cell<Again>, fault: Fault) -> Result<Fault, Fault> {
        match (again.get(), fault.passing()) {
            (_, Passing::No) => Err(fault),
            (Again::No, _) => Err(Fault::NotWritten(fault.words())),
            (Again::Yes, _) => Ok(fault),
        }
    }

    /// Commits what an attempt came to, if anything.
    fn finish<T>(
        &self,
        session: &Session,
        name: &str,
        attempted: Result<Attempt<T>, Fault>,
        in_doubt: bool,
    ) -> Outcome<T> {
        match attempted {
            Ok(Attempt::Idle(value)) if !in_doubt => Outcome::Idle(value),
            // What is not found here may have been written elsewhere.
            Ok(Attempt::Idle(value)) => match commit_beat(session) {
                Ok(()) => Outcome::Done(value),
                Err(fault) => Outcome::Failed(fault),
            },
            Ok(Attempt::Ready(value, revision)) => match self.commit(session, name, revision) {
                Ok(()) => Outcome::Done(value),
                Err((fault, true)) => Outcome::InDoubt(value, fault),
                Err((fault, false)) => Outcome::Failed(fault),
            },
            // Whoever is told so takes it for done.
            Err(Fault::Told(StoreError::Repeated(done))) => match commit_beat(session) {
                Ok(()) => Outcome::Over(StoreError::Repeated(done).into()),
                Err(fault) => Outcome::Failed(fault),
            },
            Err(fault) => Outcome::Failed(fault),
        }
    }

    /// Waits, or says what is known of the write.
    fn pause(&self, patience: &mut Patience, fault: Fault, in_doubt: bool) -> Result<(), Fault> {
        let waited = patience.pause(fault);
        match waited {
            Err(fault) if in_doubt => Err(Fault::InDoubt(fault.words())),
            waited => waited,
        }
    }

    /// Begins a transaction that nobody else's write can overtake.
    fn locked(&self, name: &str, in_doubt: bool) -> Result<(Session, Found), Fault> {
        let session = self.take(Need::Write)?;
        session.heed(self.halt);
        let marked = [name.into()];
        let asked: &[Ask<'_>] = match in_doubt {
            true => &[(LOCK, &[]), (MARKED, &marked)],
            false => &[(LOCK, &[])],
        };
        let begun = session.begin(BEGIN, asked);
        let answers = begun.map_err(|fault| self.unlocked(fault, &session))?;
        let rows = answers.first().map(Vec::as_slice).unwrap_or_default();
        let standing = standing(rows, &self.place)?;
        let marked = match answers.get(1).and_then(|rows| rows.first()) {
            Some(row) => column::<i64>(row, 0)? > 0,
            None => false,
        };
        Ok((session, Found { standing, marked }))
    }

    /// What it means that there is no lock.
    fn unlocked(&self, fault: Fault, session: &Session) -> Fault {
        use tokio_postgres::error::SqlState;
        match fault.code() {
            Some(&SqlState::QUERY_CANCELED | &SqlState::LOCK_NOT_AVAILABLE) => {
                Fault::Locked(self.place.patience.as_secs())
            }
            _ => lacks(fault, session, &self.place),
        }
    }

    /// Commits; an error says whether the server may have carried it out.
    fn commit(
        &self,
        session: &Session,
        name: &str,
        revision: Option<u64>,
    ) -> Result<(), (Fault, bool)> {
        let signed = || {
            session.put(MARK, vec![name.to_owned().into()])?;
            session.put(FORGET, Vec::new())?;
            session.put(BEAT, Vec::new())?;
            if let (Some(revision), true) = (revision, session.engine.notifies()) {
                session.put(NOTIFY, vec![revision.to_string().into()])?;
            }
            session.flush()
        };
        signed().map_err(|fault| (fault, false))?;
        if self.halt.is_some_and(|halt| halt()) {
            return Err((StoreError::Interrupted.into(), false));
        }
        let committed = session.commit();
        committed.map_err(|fault| {
            // Only these say that it was taken back.
            let certain = fault.passing() == Passing::Met
                || fault
                    .code()
                    .is_some_and(|code| code.code().starts_with("23"));
            (fault, !certain)
        })
    }
}

/// How an attempt ended.
enum Outcome<T> {
    /// There was nothing to do.
    Idle(T),
    /// It is committed.
    Done(T),
    /// It is refused for good.
    Over(Fault),
    /// Nothing of it is there.
    Failed(Fault),
    /// It may be there.
    InDoubt(T, Fault),
}

/// What is found under the lock.
struct Found {
    standing: Standing,
    marked: bool,
}

/// Commits a write that only counts.
fn commit_beat(session: &Session) -> Result<(), Fault> {
    session.put(BEAT, Vec::new())?;
    session.flush()?;
    session.commit()
}

/// A name that nobody else makes up.
fn mark() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    match rand::fill(&mut bytes) {
        Ok(()) => Ok(hex(&bytes)),
        Err(_) => Err(Fault::Damaged("there is no randomness here".to_owned())),
    }
}
