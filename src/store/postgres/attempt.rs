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
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
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
        loop {
            let (session, found) = match self.locked(&name, doubt.is_some()) {
                Ok(locked) => locked,
                Err(fault) => {
                    self.pause(&mut patience, fault, doubt.is_some())?;
                    continue;
                }
            };
            patience.knows();
            if doubt.is_some() && (found.marked || again.get() == Again::No) {
                // Either way it counts only with a write behind it.
                if let Err(fault) = beat(&session).and_then(|()| session.commit()) {
                    self.pause(&mut patience, fault, true)?;
                    continue;
                }
                self.give(session);
                return match doubt.take() {
                    Some(value) if found.marked => Ok(value),
                    _ => Err(Fault::NotWritten("it was not committed".to_owned())),
                };
            }
            let view = View::on_write(self, &session, found.standing);
            let attempted = work(&view);
            let met = view.met();
            drop(view);
            let (fault, committing) = match attempted {
                Ok(Attempt::Idle(value)) if doubt.is_none() => {
                    session.rollback();
                    self.give(session);
                    return Ok(value);
                }
                // What was not found here may still have been lost elsewhere.
                Ok(Attempt::Idle(value)) => match beat(&session).and_then(|()| session.commit()) {
                    Ok(()) => return Ok(value),
                    Err(fault) => (fault, false),
                },
                Ok(Attempt::Ready(value, revision)) => {
                    match self.commit(&session, &name, revision) {
                        Ok(()) => {
                            self.give(session);
                            return Ok(value);
                        }
                        Err((fault, sent)) => {
                            if sent {
                                doubt = Some(value);
                            }
                            (fault, sent)
                        }
                    }
                }
                Err(Fault::Told(StoreError::Repeated(done))) => {
                    // Who is told so takes it for done.
                    match beat(&session).and_then(|()| session.commit()) {
                        Ok(()) => {
                            self.give(session);
                            return Err(StoreError::Repeated(done).into());
                        }
                        Err(fault) => (fault, false),
                    }
                }
                Err(fault) => (fault, false),
            };
            session.rollback();
            self.give(session);
            let fault = match (fault.passing(), met) {
                (Passing::No, Some(met)) => met,
                _ => fault,
            };
            if again.get() == Again::No && !committing {
                return Err(match fault.passing() {
                    Passing::No => fault,
                    _ => Fault::NotWritten(fault.words()),
                });
            }
            // An attempt whose commit is in doubt has passed by definition: it is looked up.
            let fault = match (committing, fault.passing()) {
                (true, Passing::No) => Fault::Late(0),
                _ => fault,
            };
            self.pause(&mut patience, fault, doubt.is_some())?;
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

/// What is found under the lock.
struct Found {
    standing: Standing,
    marked: bool,
}

fn beat(session: &Session) -> Result<(), Fault> {
    session.put(BEAT, Vec::new())?;
    session.flush()
}

/// A name that nobody else makes up.
fn mark() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    match rand::fill(&mut bytes) {
        Ok(()) => Ok(hex(&bytes)),
        Err(_) => Err(Fault::Damaged("there is no randomness here".to_owned())),
    }
}
