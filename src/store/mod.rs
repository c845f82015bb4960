//! Where a project lives: the narrow trait that every kind of store speaks.
//!
//! A store keeps and finds; it decides nothing about access. Reading goes through a [`Snapshot`],
//! in which everything is from one moment. Writing goes through [`Store::update`]: the store hands
//! a snapshot that no other writer can overtake to a planner, carries out the changes that come
//! back, and records them, all of it or nothing.
//!
//! Neither trait has default bodies, so that a store cannot forget an operation.

mod alone;
pub mod astapa;
mod block;
mod capabilities;
mod chain;
mod effect;
mod error;
mod export;
mod fingerprint;
mod gather;
pub mod http;
mod journal;
mod load;
pub mod memory;
pub mod offline;
mod past;
mod pile;
pub mod postgres;
mod preview;
mod record;
mod replay;
mod rewound;
mod roll;
mod rows;
mod sift;
pub mod sqlite;
mod timeline;
mod turn;
mod undo;
mod waiting;
pub(crate) mod wire;
pub mod workos;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use alone::{Alone, LookAlone, lists_naming};
pub use capabilities::{Capabilities, Overrides, Subjects};
pub use chain::{
    Digest, DigestError, Evidence, Head, Link, Misfit, Signature, Tampering, Verification, Verifier,
};
pub use effect::{Effect, effects};
pub use error::{HistoryError, StoreError};
pub use export::{Parts, export};
pub use fingerprint::{Fingerprint, Part, fingerprint};
pub use gather::{Basis, Question, basis, gather, gather_as_told, names_anybody};
pub use journal::{Journal, JournalError, Several};
pub use load::{Fate, Feed, Intake, Loaded, Purpose, Wanted};
pub use past::{Past, export_of, revision_at};
pub use preview::Preview;
pub use record::{Amend, Done, Kept, RecordKind, Records, Request, RequestName};
pub use replay::{Piece, Relay, Replay};
pub use rewound::Rewound;
pub use timeline::{Cause, Due, Step, Timeline, Told, timeline};
pub use turn::{Turn, turns};
pub use undo::{Undo, trail};

use crate::domain::brief::Brief;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::domain::text::Reason;
use crate::remote::api::{Api, Known, Options, Watcher};
use crate::remote::{Address, Client, Limits};
use postgres::Place;

/// Which features an answer needs.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Every one.
    All,
    /// These; keys that are not defined are passed over.
    Features(&'a [FeatureKey]),
}

impl Scope<'_> {
    /// Whether the feature is among those needed.
    pub fn includes(&self, key: &FeatureKey) -> bool {
        match self {
            Self::All => true,
            Self::Features(keys) => keys.contains(key),
        }
    }
}

/// Who makes a change, when, by which command, why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// The command's name, such as `set`: never its arguments, which might hold more.
    pub command: String,
    /// Why.
    pub reason: Option<Reason>,
    /// The request that is carried out with it, if it may come again.
    pub request: Option<Request>,
}

impl Author {
    /// The author's line in the history, for the write that makes a revision.
    pub fn entry(&self, revision: Revision) -> Entry {
        let Self {
            at,
            actor,
            command,
            reason,
            request: _,
        } = self.clone();
        Entry {
            revision,
            at,
            actor,
            command,
            reason,
        }
    }
}

/// A write as the history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The revision that the write made.
    pub revision: Revision,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// Why.
    pub reason: Option<Reason>,
}

/// Some of the writes: those behind one revision, up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The last write that is not among them.
    pub after: Revision,
    /// The last that is.
    pub until: Revision,
}

/// What a walk through past changes is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// Everything.
    All,
    /// Settings, features, rules, plans and grants; no single names on lists, of which there may be
    /// millions.
    Definitions,
    /// The definitions, and where one target was named or no longer named.
    Naming(&'a Target),
    /// All that marks the catalog with its revision: the definitions, and every name.
    Catalog,
    /// What is kept about one user or organization, and the overrides that it holds itself.
    Subject(&'a SubjectId),
    /// What mentions all of these.
    Mentioning(&'a Mentions),
}

impl About<'_> {
    /// Whether the change is one of those wanted.
    pub fn covers(&self, change: &Change) -> bool {
        match (self, change) {
            (Self::All, _) => true,
            (Self::Mentioning(wanted), change) => wanted.found_in(change),
            (Self::Subject(SubjectId::User(wanted)), Change::User { id, .. })
            | (Self::Subject(SubjectId::Organization(wanted)), Change::Organization { id, .. }) => {
                *wanted == *id
            }
            (Self::Subject(wanted), Change::Override { subject, .. }) => *wanted == subject,
            (Self::Subject(_), _)
            | (_, Change::User { .. } | Change::Organization { .. } | Change::Override { .. }) => {
                false
            }
            (Self::Definitions, Change::Target { .. }) => false,
            (Self::Naming(wanted), Change::Target { target, .. }) => *wanted == target,
            _ => true,
        }
    }
}

/// What a write did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The project's revision now: one more than before, or the same if there was nothing to do.
    pub revision: Revision,
    /// What was changed.
    pub changes: ChangeSet,
    /// What it left beside, where the store can tell: who remembers what was there before need not
    /// ask what is there now.
    pub trace: Option<Trace>,
}

/// What a write that changed something found and left, and nobody else in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// The pulse before.
    pub found: u64,
    /// The pulse behind it.
    pub left: u64,
    /// The hash of the revision that it made.
    pub digest: Digest,
}

/// Makes the changes of a write from what is there. It may be called again if the store has to
/// start over, so it must do nothing else.
pub type Planner<'p> = dyn FnMut(&dyn Snapshot) -> Result<ChangeSet, StoreError> + 'p;

/// A place where a project lives.
pub trait Store: Records {
    /// Opens a view in which everything is from one moment, whatever is written meanwhile: this one,
    /// or that of the first look, where looking is a journey.
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError>;

    /// Writes what the planner makes of the present contents, and its history, in one transaction.
    ///
    /// Every change is checked by [`Catalog::apply`] and its `before` against what is there; the
    /// first that does not fit refuses the whole. Without changes nothing is written and the
    /// revision stays. On return the write survives a power cut.
    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError>;

    /// Writes what is fed to it, and its history, in one transaction, holding only a part of it at
    /// a time. Changes are checked as those of [`Store::update`] are. On return the write survives a
    /// power cut.
    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError>;

    /// Writes past writes as what they were: each with its revision, its author and its rows, and so
    /// with its hash; and what is kept beside the project as it is told. All of it is one
    /// transaction. `after` is where the history has to end before; tells where it ends then. On
    /// return the writes survive a power cut.
    ///
    /// # Errors
    ///
    /// [`StoreError::Moved`] where the history ends elsewhere, and see [`Replay::take`].
    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError>;

    /// Refuses a command, by its name, that this kind of store can never carry out, or not with these
    /// targets. Nothing is asked of anybody.
    fn refuses(&self, command: &str, targets: &[Target]) -> Result<(), StoreError>;

    /// Refuses changes that this kind of store can never carry out, made for what the snapshot shows.
    /// Nothing is written, and nothing sent that alters anything.
    fn accepts(&self, snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<(), StoreError>;

    /// The keys of the features that the place itself calls on for a subject, by its own reckoning:
    /// to hold our answers against. Some keys there may be none of ours.
    ///
    /// # Errors
    ///
    /// Also where nobody but our own resolver reckons.
    fn given(&self, subject: &SubjectId) -> Result<BTreeSet<String>, StoreError>;

    /// What this kind of store can do.
    fn capabilities(&self) -> Capabilities;

    /// A number that is another one whenever something may have been written since, by whomever.
    /// Cheap, so that it can be asked for before each answer that was prepared beforehand.
    fn pulse(&self) -> Result<u64, StoreError>;

    /// Waits until the pulse is another one than `seen`, at most so long, and returns it. Another one
    /// was asked for meanwhile; that it is still the same may be known from shortly before.
    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError>;
}

/// Whether a write under way is to end; asked again and again until it is committed.
pub type Halt = fn() -> bool;

/// Where a store is, and of which kind.
#[derive(Debug, Clone)]
pub enum Location {
    /// A file of this machine.
    Sqlite(PathBuf),
    /// A server of ours (`flags serve`).
    Http(Server),
    /// A project at Astapa.
    Astapa(Server),
    /// A PostgreSQL database, or what speaks its protocol.
    Postgres(Place),
    /// An environment at WorkOS.
    Workos(Environment),
}

/// What a place is called in sentences. There is nothing secret in it.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Http(server) | Self::Astapa(server) => write!(f, "{}", server.address),
            Self::Workos(environment) => write!(f, "{}", environment.server.address),
            Self::Postgres(place) => write!(f, "{place}"),
        }
    }
}

/// An environment at WorkOS, and what goes with it on this machine.
#[derive(Clone)]
pub struct Environment {
    /// Where it is.
    pub server: Server,
    /// Where it is written down what was done of a write of several changes.
    pub journal: Option<PathBuf>,
    /// Who is told of flags that are left out or read with doubts.
    pub notes: Option<Watcher>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("server", &self.server)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}

/// A server that keeps a project, and what it takes to ask it. Nothing is opened by naming it.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its address, below which its paths begin.
    pub address: Address,
    /// What it knows us by.
    pub known: Known,
    /// Certificates that are trusted beside the machine's own (PEM).
    pub ca_bundle: Option<PathBuf>,
    /// How far a call may go.
    pub options: Options,
}

impl Server {
    /// What asks it.
    pub fn api(&self) -> Api {
        let client = Client::new(self.ca_bundle.clone(), Limits::default());
        Api::new(
            client,
            self.address.clone(),
            self.known.clone(),
            self.options.clone(),
        )
    }
}

impl Location {
    /// The same for a server, which may go on answering for so long while it cannot ask the one that
    /// is written to.
    #[must_use]
    pub fn served(self, without_leader: Duration) -> Self {
        match self {
            Self::Postgres(place) => Self::Postgres(place.served(without_leader)),
            other => other,
        }
    }
}

/// Opens the store at a place: the one registry of the kinds of store.
pub fn open(location: &Location, halt: Halt) -> Result<Box<dyn Store + Send>, StoreError> {
    match location {
        Location::Sqlite(path) => Ok(Box::new(sqlite::SqliteStore::open(path)?.heeding(halt))),
        Location::Astapa(server) => Ok(Box::new(astapa::AstapaStore::new(server.api()))),
        Location::Http(server) => Ok(Box::new(http::HttpStore::new(server.api(), halt))),
        Location::Postgres(place) => postgres::open(place, halt),
        Location::Workos(environment) => Ok(Box::new(
            workos::WorkosStore::open(environment).heeding(halt),
        )),
    }
}

/// Makes an empty store at a place where there is none.
///
/// # Errors
///
/// [`StoreError::Exists`] where there is one; and where it cannot be made, or such a place is made
/// by others.
pub fn create(location: &Location) -> Result<Box<dyn Store + Send>, StoreError> {
    match location {
        Location::Sqlite(path) => Ok(Box::new(sqlite::SqliteStore::create(path)?)),
        Location::Postgres(place) => postgres::create(place),
        Location::Astapa(_) | Location::Http(_) | Location::Workos(_) => {
            Err(StoreError::Unsupported {
                what: "a project at a server is made there, not from here".to_owned(),
                instead: None,
            })
        }
    }
}

/// Called once for each row; [`ControlFlow::Break`] ends the walk.
pub type Visit<'v, T> = dyn FnMut(T) -> ControlFlow<()> + 'v;

/// Called once for each subject, whose brief is gone with the next.
pub type Look<'v> = dyn FnMut(&Brief<'_>) -> ControlFlow<()> + 'v;

/// Which subjects a walk is to tell of.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// All of them.
    All,
    /// Those for whom one of these plans could count: it is their own, or an organization's.
    OnPlans(&'a [PlanKey]),
}

impl Among<'_> {
    /// Whether the subject is among those wanted.
    pub fn includes(&self, brief: &Brief<'_>) -> bool {
        match self {
            Self::All => true,
            Self::OnPlans(plans) => {
                let mut on = brief.parties().filter_map(|party| party.plan);
                on.any(|plan| plans.contains(plan))
            }
        }
    }
}

/// What is known about one subject, at one moment: indexed look-ups, however many there are.
pub trait Facts {
    /// The numbers of the lists that name the target, ascending.
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError>;

    /// One user.
    fn user(&self, id: &Id) -> Result<Option<User>, StoreError>;

    /// One organization.
    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError>;

    /// The overrides that a user or organization holds itself, of the features in scope, in the
    /// order of the keys.
    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError>;
}

/// A project at one moment.
pub trait Snapshot: Facts {
    /// The revision of everything in this view.
    fn revision(&self) -> Result<Revision, StoreError>;

    /// The definitions. With [`Scope::Features`], what resolving these features reads and no more:
    /// the settings, these features, and every plan with its grants of them but no particulars.
    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError>;

    /// What answering takes: [`basis`], in as few trips as the store can make of it.
    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError>;

    /// One feature's audience with everybody it names; `None` for an unknown feature.
    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError>;

    /// How many targets the list names.
    fn list_size(&self, list: ListId) -> Result<u64, StoreError>;

    /// The users behind `after`, in the order of their identifiers' bytes.
    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError>;

    /// The organizations behind `after`, in the order of their identifiers' bytes.
    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError>;

    /// The users of an organization, in the order of their identifiers' bytes.
    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError>;

    /// The overrides of the features in scope that subjects behind `after` hold, in the order of
    /// subject (organizations behind users) and key.
    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError>;

    /// The users and organizations wanted as the resolver reads them, with the overrides of the
    /// features in scope: what [`gather`] gives one by one, in one pass and in the order that
    /// suits the store.
    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError>;

    /// Every user and organization by itself, in one pass and in the order that suits the store.
    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError>;

    /// The write that made a revision.
    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError>;

    /// What the write that made a revision changed, in order.
    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError>;

    /// How many changes the write that made a revision holds.
    fn change_count(&self, revision: Revision) -> Result<u64, StoreError>;

    /// Those of the changes of one write that are wanted, in order. One at a time is in memory.
    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError>;

    /// The hash of the write that made a revision, see [`Digest`].
    ///
    /// # Errors
    ///
    /// [`HistoryError::Unchained`] where the store is of a form that kept none.
    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError>;

    /// Computes the hash of each write anew, and tells the first that does not fit; looks on the
    /// way for the write that had the hash `noted`.
    ///
    /// # Errors
    ///
    /// As with [`Snapshot::digest`].
    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError>;

    /// Whether what is kept of a write is what its hash was made from; also where the store is of a
    /// form that kept none. `false` if it is not kept.
    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError>;

    /// The writes before `before` (all if `None`), latest first.
    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError>;

    /// What the writes in the span changed in what is wanted, each with the revision it made;
    /// latest first, also within a write. One change at a time is in memory.
    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError>;

    /// The writes behind `after`, the first one first, piece by piece as they are kept. One row at
    /// a time is in memory.
    ///
    /// # Errors
    ///
    /// As with [`Snapshot::digest`].
    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError>;
}
