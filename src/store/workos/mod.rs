//! WorkOS: what its side speaks, read into the words of the domain.
//!
//! WorkOS's server decides nothing about a flag while a page is being served. It hands its SDKs a
//! *configuration payload*, every flag of an environment with its rules and targets, and they
//! evaluate it on the spot. Whoever reads that payload as they do gives their answers, and with
//! them can explain, compare and test, without a request for each question. It is also the only
//! read in WorkOS's API that shows whom a flag names.
//!
//! There are two versions: the Node SDK 11 asks for the first, the Python SDK 10.8 for the second
//! (contract page, *Configuration payloads*). [`payload`] reads both into a
//! [`Document`](crate::domain::document::Document), which the one resolver then answers from: a
//! WorkOS flag is a boolean feature that has a switch and an audience, and no plan, grant or
//! override. The measure of the reading is their evaluators' source, not their documentation.
//! `tests/interop/workos` asks those evaluators and ours the same questions.
//!
//! [`WorkosStore`] is an environment as it is now: it asks for the configuration, joins the list of
//! flags where definitions are shown, and writes what the API can write, one request for each
//! change. What the API lacks it refuses before anything is sent.
//!
//! | file | holds |
//! | --- | --- |
//! | [`payload`], `version1`, `version2` | the configuration, read |
//! | `contents`, `view` | what it says, as a snapshot |
//! | `flags` | the list of flags, which describes them |
//! | `server` | the requests, and what an answer proves |
//! | `steps`, `write` | changes as requests, and what became of each |
//! | `unsupported` | what the API lacks, and what can do it |
//!
//! What ours cannot judge never matches, as with them. What it has no room for (a slug that is not
//! a key, an identifier with a space in it) is left out and noted, because a definition that is
//! missing in silence is found out by a customer.

mod contents;
mod flags;
pub mod payload;
mod server;
mod steps;
mod unsupported;
mod version1;
mod version2;
mod view;
mod write;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use self::server::Server;
use self::steps::Resource;
use self::view::View;
use super::capabilities::{Overrides, Subjects};
use super::journal::Journal;
use super::{
    Amend, Author, Capabilities, Environment, Feed, Halt, Head, Loaded, Planner, Purpose,
    RecordKind, Records, Relay, Snapshot, Store, StoreError, Written,
};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use crate::remote::api::Api;

/// Commands whose plan has nothing to do with what flags are called, unlike that of a file.
const OF_ONE_FLAG: [&str; 4] = [
    "feature enable",
    "feature disable",
    "target add",
    "target remove",
];

/// An environment at WorkOS.
#[derive(Debug)]
pub struct WorkosStore {
    server: Server,
    /// Where it is written down what was done of a write of several changes.
    journal: Option<PathBuf>,
    halt: Halt,
}

impl WorkosStore {
    /// The environment whose key the API's credential is. Nothing is asked for yet.
    pub fn new(api: Api, journal: Option<PathBuf>) -> Self {
        Self::of(Server::new(api, None), journal)
    }

    /// The environment at a place. Nothing is asked for yet.
    pub fn open(environment: &Environment) -> Self {
        let server = Server::new(environment.server.api(), environment.notes.clone());
        Self::of(server, environment.journal.clone())
    }

    fn of(server: Server, journal: Option<PathBuf>) -> Self {
        Self {
            server,
            journal,
            halt: || false,
        }
    }

    /// The same, asking whether it is to end between two changes of a write.
    #[must_use]
    pub fn heeding(self, halt: Halt) -> Self {
        Self { halt, ..self }
    }
}

impl Store for WorkosStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(View::new(&self.server)))
    }

    /// Others may write meanwhile, and what is planned is not one transaction: each change is a
    /// request of its own. Where it breaks off, the error says after how many.
    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        let view = match OF_ONE_FLAG.contains(&author.command.as_str()) {
            true => View::bare(&self.server),
            false => View::new(&self.server),
        };
        let changes = planner(&view)?;
        let steps = steps::steps(&view, &changes)?;
        if steps.is_empty() {
            // What a file calls a rule, for example, has no place there.
            return Ok(Written {
                revision: Revision::UNKNOWN,
                changes: ChangeSet::default(),
                trace: None,
            });
        }
        let journal = match &self.journal {
            Some(path) if steps.len() > 1 => {
                Some(Journal::begin(path, &write::several(&self.server, &steps))?)
            }
            _ => None,
        };
        write::carry_out(&self.server, &steps, journal, self.halt)?;
        Ok(Written {
            revision: Revision::UNKNOWN,
            changes,
            trace: None,
        })
    }

    fn load(&self, _: Purpose<'_>, _: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        Err(unsupported::import())
    }

    fn replay(&self, _: &Head, _: &mut Relay<'_>) -> Result<Head, StoreError> {
        Err(unsupported::import())
    }

    fn refuses(&self, command: &str, targets: &[Target]) -> Result<(), StoreError> {
        match unsupported::command(command) {
            Some(refused) => Err(refused),
            None => targets
                .iter()
                .try_for_each(|target| Resource::of(target).map(drop)),
        }
    }

    fn accepts(&self, snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<(), StoreError> {
        steps::steps(snapshot, changes).map(drop)
    }

    fn given(&self, subject: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        self.server.given(subject)
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            kind: "workos",
            overrides: Overrides::Named,
            subjects: Subjects::Anybody,
            history: false,
            records: false,
            blind: false,
            far: true,
        }
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        Err(unsupported::history())
    }

    fn await_pulse(&self, _: u64, _: Duration) -> Result<u64, StoreError> {
        self.pulse()
    }
}

impl Records for WorkosStore {
    fn record(&self, _: RecordKind, _: &str) -> Result<Option<String>, StoreError> {
        Err(unsupported::records())
    }

    fn records(&self, _: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        Err(unsupported::records())
    }

    fn amend(&self, _: RecordKind, _: &str, _: &mut Amend<'_>) -> Result<(), StoreError> {
        Err(unsupported::records())
    }
}
