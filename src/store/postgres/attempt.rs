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
//!
//! All other writers wait under that lock, so what is behind it takes few trips: what any write needs
//! comes with the lock, and what is to be written goes out with the commit.

use std::cell::Cell;

use aws_lc_rs::rand;

use super::PostgresStore;
use super::connect::Need;
use super::datum::{Datum, column};
use super::fault::{Fault, Passing};
use super::foreseen::{Foreseen, Matter};
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
/// One write in so many looks for marks that nobody needs any more.
const FORGETTING: i64 = 128;
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
    pub(super) fn write<T>(
        &self,
        again: &Cell<Again>,
        matter: Matter<'_>,
        work: &mut Work<'_, T>,
    ) -> Result<T, Fault> {
        let name = mark()?;
        let mut patience = self.patience(self.place.patience);
        // What the last attempt came to whose commit was not answered.
        let mut doubt: Option<T> = None;
        // What was said against the write since.
        let mut refused: Option<Fault> = None;
        loop {
            let (session, found) = match self.locked(&name, matter, doubt.is_some()) {
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
            let pulse = found.standing.pulse;
            let view = View::on_write(self, &session, found.standing, found.foreseen);
            let attempted = work(&view);
            let met = view.met();
            drop(view);
            let mark = Mark { name: &name, pulse };
            let outcome = self.finish(&session, &mark, attempted, doubt.is_some());
            if let Outcome::Idle(_) | Outcome::Failed(_) = outcome {
                session.rollback();
            }
            self.give(session);
            let fault = match outcome {
                Outcome::Idle(value) => return Ok(value),
                Outcome::Done(value) => {
                    // Each commit raises it by one, and nobody else's came between.
                    self.place.latest.notice(pulse + 1);
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
        mark: &Mark<'_>,
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
            Ok(Attempt::Ready(value, revision)) => match self.commit(session, mark, revision) {
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
    fn locked(
        &self,
        name: &str,
        matter: Matter<'_>,
        in_doubt: bool,
    ) -> Result<(Session, Found), Fault> {
        let session = self.take(Need::Write)?;
        session.heed(self.halt);
        let (marked, record) = ([name.into()], matter.record());
        let record = record.map(|(kind, name)| [kind.as_str().into(), name.into()]);
        let record: &[Datum<'_>] = record.as_ref().map_or(&[], |values| values);
        // Each sees what was committed before it, and so by whoever had the lock.
        let mut asked: Vec<Ask<'_>> = vec![(LOCK, &[])];
        asked.extend(matter.asking(record));
        if in_doubt {
            asked.push((MARKED, &marked));
        }
        let begun = session.begin(BEGIN, &asked);
        let mut answers = begun.map_err(|fault| self.unlocked(fault, &session))?;
        let marked = match in_doubt {
            true => answers.pop().unwrap_or_default(),
            false => Vec::new(),
        };
        let marked = match marked.first() {
            Some(row) => column::<i64>(row, 0)? > 0,
            None => false,
        };
        let Some((state, rest)) = answers.split_first() else {
            return Err(Fault::Damaged("the row of its state is gone".to_owned()));
        };
        let standing = standing(state, &self.place)?;
        self.place.latest.notice(standing.pulse);
        let found = Found {
            standing,
            foreseen: matter.found(rest)?,
            marked,
        };
        Ok((session, found))
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
        mark: &Mark<'_>,
        revision: Option<u64>,
    ) -> Result<(), (Fault, bool)> {
        let signed = || {
            session.put(MARK, vec![mark.name.to_owned().into()])?;
            if mark.pulse % FORGETTING == 0 {
                session.put(FORGET, Vec::new())?;
            }
            session.put(BEAT, Vec::new())?;
            if session.engine.notifies() {
                // Records have no revision, and are waited for as well.
                let told = revision.map_or_else(String::new, |revision| revision.to_string());
                session.put(NOTIFY, vec![told.into()])?;
            }
            Ok(())
        };
        signed().map_err(|fault| (fault, false))?;
        if self.halt.is_some_and(|halt| halt()) {
            return Err((StoreError::Interrupted.into(), false));
        }
        session.commit()
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

/// What a write is known by.
struct Mark<'n> {
    /// The name that it made up for itself.
    name: &'n str,
    /// The pulse that it found.
    pulse: i64,
}

/// What is found under the lock.
struct Found {
    standing: Standing,
    foreseen: Foreseen,
    marked: bool,
}

/// Commits a write that only counts.
fn commit_beat(session: &Session) -> Result<(), Fault> {
    session.put(BEAT, Vec::new())?;
    session.commit().map_err(|(fault, _)| fault)
}

/// A name that nobody else makes up.
fn mark() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    match rand::fill(&mut bytes) {
        Ok(()) => Ok(hex(&bytes)),
        Err(_) => Err(Fault::Damaged("there is no randomness here".to_owned())),
    }
}
