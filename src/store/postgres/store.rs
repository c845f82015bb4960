//! The store: its sessions, and what is asked of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use super::connect::Need;
use super::ear::Ear;
use super::fault::Fault;
use super::foreseen::Matter;
use super::patience::Patience;
use super::place::Place;
use super::session::Session;
use super::view::View;
use super::{attempt, records, schema, write};
use crate::domain::change::ChangeSet;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use crate::store::{
    Amend, Author, Capabilities, Feed, Halt, Head, Loaded, Planner, Purpose, RecordKind, Records,
    Relay, Snapshot, Store, StoreError, Written,
};

const ANALYZE: &str = "ANALYZE subject; ANALYZE membership; ANALYZE subject_target; \
     ANALYZE \"override\"; ANALYZE change";

/// How long a question waits for a server at most: who asks would rather hear that there is none.
const READING: Duration = Duration::from_secs(10);

/// A project in a PostgreSQL database. To be used by one thread at a time; every thread or process
/// may have its own on the same database.
///
/// Sessions are opened when they are first needed and kept: one, and a second one for a write while
/// a snapshot is open.
pub struct PostgresStore {
    pub(super) place: Place,
    pub(super) halt: Option<Halt>,
    idle: RefCell<Vec<Session>>,
    pub(super) ear: RefCell<Option<Ear>>,
    pub(super) stand_in: RefCell<Option<Session>>,
    /// Whether a server has ever answered.
    reached: Cell<bool>,
}

impl PostgresStore {
    /// Makes an empty project: its schema, unless there is an empty one, and its tables.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is a project already, [`StoreError::NotAStore`] where
    /// there is anything else, and whatever keeps the tables from being made; there is then nothing
    /// of it, and it can be tried again.
    pub fn create(place: &Place) -> Result<Self, StoreError> {
        let store = Self::open(place);
        schema::create(&store).map_err(|fault| fault.told(place))?;
        Ok(store)
    }

    /// Names the project at a place. Whether it is there shows when it is first asked.
    pub fn open(place: &Place) -> Self {
        Self {
            place: place.clone(),
            halt: None,
            idle: RefCell::default(),
            ear: RefCell::default(),
            stand_in: RefCell::default(),
            reached: Cell::new(false),
        }
    }

    /// Has writes ask whether they are to end: they are then given up, with
    /// [`StoreError::Interrupted`].
    #[must_use]
    pub fn heeding(mut self, halt: Halt) -> Self {
        self.halt = Some(halt);
        self
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A session that nobody uses.
    pub(super) fn take(&self, need: Need) -> Result<Session, Fault> {
        let mut idle = self.idle.borrow_mut();
        let latest = &self.place.latest;
        idle.retain(|session| session.is_sound() && !latest.is_lost(&session.host));
        let fits = |session: &Session| match need {
            Need::Write => session.is_leader,
            Need::Read => session.need == Need::Read || self.place.hosts.len() == 1,
        };
        if let Some(place) = idle.iter().position(fits) {
            return Ok(idle.swap_remove(place));
        }
        drop(idle);
        let session = Session::open(&self.place, need)?;
        self.reached.set(true);
        match need == Need::Write && !session.is_leader {
            true => Err(Fault::NoLeader),
            false => Ok(session),
        }
    }

    /// Takes a session back, if it is still of use.
    pub(super) fn give(&self, session: Session) {
        session.heed(None);
        session.yield_if_lost(false);
        if session.is_sound() {
            self.idle.borrow_mut().push(session);
        } else {
            // What happened to one has happened to all.
            self.idle.borrow_mut().clear();
        }
    }

    /// Has the server see what its tables hold: until it does so by itself, about a minute later, it
    /// plans as if there were hardly anything. What it does not do now it does then.
    pub(super) fn look_over(&self) {
        if let Ok(session) = self.take(Need::Write) {
            let _ = session.batch(ANALYZE);
            self.give(session);
        }
    }

    /// Patience for a write, or for a question.
    pub(super) fn patience(&self, limit: Duration) -> Patience {
        let is_known = self.reached.get() || self.place.hosts.len() > 1;
        Patience::new(limit, self.halt, is_known)
    }

    /// Patience for a question.
    pub(super) fn patience_of_readers(&self) -> Patience {
        let is_known = self.reached.get() || self.place.hosts.len() > 1;
        Patience::new(self.place.patience.min(READING), None, is_known)
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.told(&self.place))
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresStore")
            .field(&self.place.to_string())
            .finish()
    }
}

impl Store for PostgresStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(View::new(self)))
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        self.told(write::update(self, author, planner))
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        self.told(match purpose {
            Purpose::Write(author) => write::load::load(self, author, feed),
            Purpose::Rehearse => write::load::rehearse(self, feed),
        })
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        self.told(write::replay::replay(self, after, relay))
    }

    fn refuses(&self, _: &str, _: &[Target]) -> Result<(), StoreError> {
        Ok(())
    }

    fn accepts(&self, _: &dyn Snapshot, _: &ChangeSet) -> Result<(), StoreError> {
        Ok(())
    }

    fn given(&self, _: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        Err(StoreError::answers_itself())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all("PostgreSQL").far_away()
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        self.told(self.read_pulse())
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        self.told(self.hear(seen, at_most))
    }
}

impl Records for PostgresStore {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        self.told(records::one(&View::new(self), kind, name))
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        self.told(records::all(&View::new(self), kind))
    }

    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        let matter = Matter::Record(kind, name);
        let again = Cell::new(attempt::Again::Yes);
        self.told(self.write(&again, matter, &mut |view| {
            records::amend(view, kind, name, amend)
        }))
    }
}
