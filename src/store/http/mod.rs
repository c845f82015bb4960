//! A project at a server of ours: the same answers as at home, from afar.
//!
//! Nothing is decided there that is decided here elsewhere: what the resolver reads is fetched, and
//! changes are planned here on what was seen. A snapshot is of the moment of its first look. Later
//! looks name that moment, and the server answers as of it or says that it cannot any more; so an
//! answer is never made of two moments, and the server keeps nothing of us in between. A write names
//! the revision that it was planned on, is planned anew where somebody else was first, and is carried
//! out once however often it is sent.
//!
//! | file | holds |
//! | --- | --- |
//! | `look` | one look at the server: lines, their end, and what went wrong |
//! | `snapshot` | a project as of the first look |
//! | `ahead` | the next writes, told in advance to whoever goes through the history |
//! | `load` | long writes, kept in a file until they are sent |
//! | `replay` | past writes of another store, the same way |
//! | `known` | who is known there, for rows that ask about many |

mod ahead;
mod known;
mod load;
mod look;
mod replay;
mod snapshot;

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::waiting::{FAR, poll};
use super::wire::{Amended, Amendment, Caused, RecordTold, Update, Updated};
use super::{
    Amend, Author, Capabilities, Done, Feed, Halt, Head, Kept, Loaded, Planner, Purpose,
    RecordKind, Records, Relay, Snapshot, Store, StoreError, Written,
};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use crate::remote::api::{Api, Call, Method, Reply};
use look::store_error;
use snapshot::Far;

/// How often a write is planned anew when somebody else was first, and a record is looked at anew.
const ATTEMPTS: usize = 10;

/// A project at a server of ours.
#[derive(Debug)]
pub struct HttpStore {
    api: Api,
    halt: Halt,
}

impl HttpStore {
    /// The project of a server; nothing is opened before it is asked.
    pub fn new(api: Api, halt: Halt) -> Self {
        Self { api, halt }
    }

    /// Whether a write under way is to end.
    fn is_over(&self) -> Result<(), StoreError> {
        match (self.halt)() {
            true => Err(StoreError::Interrupted),
            false => Ok(()),
        }
    }

    /// Makes a call that is no look.
    fn call(&self, call: &Call) -> Result<Reply, StoreError> {
        self.api.call(call).map_err(store_error)
    }

    /// Refuses a request that was carried out before.
    fn refuse_repeated(&self, author: &Author) -> Result<(), StoreError> {
        let Some(request) = &author.request else {
            return Ok(());
        };
        let note = self.record(RecordKind::Request, request.name.as_str())?;
        match note.as_deref().and_then(Done::read) {
            Some(done) => Err(StoreError::Repeated(done)),
            None => Ok(()),
        }
    }

    /// Plans on what is there now, and sends what comes of it.
    fn attempt(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        let snapshot = Far::new(self);
        let changes = planner(&snapshot)?;
        let revision = snapshot.revision()?;
        if changes.is_empty() {
            return Ok(Written {
                revision,
                changes,
                trace: None,
            });
        }
        can_be_sent(&changes)?;
        self.is_over()?;
        let update = Update {
            revision,
            cause: Caused::from(author),
            changes,
        };
        let call = Call::write(Method::POST, &["v1", "store", "update"]).body(json!(update));
        let reply = self.call(&call)?;
        let Updated { revision, changes } = reply.read().map_err(StoreError::from)?;
        let sent = update.changes.changes().len() as u64;
        if changes != sent || revision <= update.revision {
            let what = format!("it says that it made {changes} changes of {sent}");
            return Err(reply.unfit(what).into());
        }
        Ok(Written {
            revision,
            changes: update.changes,
            trace: None,
        })
    }
}

impl Store for HttpStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(Far::new(self)))
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        self.refuse_repeated(author)?;
        for _ in 0..ATTEMPTS {
            match self.attempt(author, planner) {
                Err(StoreError::Moved) => self.is_over()?,
                done => return done,
            }
        }
        Err(Refusal::Stale("the project".to_owned()).into())
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        if let Purpose::Write(author) = purpose {
            self.refuse_repeated(author)?;
        }
        load::load(self, purpose, feed)
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        replay::replay(self, after, relay)
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
        Capabilities::all("http").far_away()
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        #[derive(Deserialize)]
        struct Told {
            pulse: u64,
        }
        let reply = self.call(&Call::get(&["v1", "store", "pulse"]))?;
        let Told { pulse } = reply.read().map_err(StoreError::from)?;
        Ok(pulse)
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        poll(seen, at_most, FAR, || self.pulse())
    }
}

/// Refuses what has no form in which it could be sent.
fn can_be_sent(changes: &ChangeSet) -> Result<(), StoreError> {
    for change in changes.changes() {
        if let Change::Override {
            after: Some(over), ..
        } = change
        {
            over.stands_once().map_err(Refusal::NeverStands)?;
        }
    }
    Ok(())
}

/// The records that a server tells.
#[derive(Deserialize)]
struct RecordsTold {
    records: Vec<RecordTold>,
}

impl Records for HttpStore {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        let call = records(kind).query("name", name);
        let reply = self.call(&call)?;
        let RecordsTold { records } = reply.read().map_err(StoreError::from)?;
        let found = records.into_iter().find(|record| record.name == name);
        Ok(found.map(|record| record.body))
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        let reply = self.call(&records(kind))?;
        let RecordsTold { records } = reply.read().map_err(StoreError::from)?;
        let pairs = records.into_iter().map(|told| (told.name, told.body));
        Ok(pairs.collect())
    }

    /// Whoever decides sees what is there; if that is another by the time it is amended, they decide
    /// anew.
    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        let mut before = self.record(kind, name)?;
        for _ in 0..ATTEMPTS {
            let after = match amend(before.as_deref()) {
                Kept::AsItWas => return Ok(()),
                Kept::Now(body) => Some(body),
                Kept::Gone => None,
            };
            self.is_over()?;
            let amendment = Amendment { before, after };
            let mut call = records(kind).query("name", name).body(json!(amendment));
            call.method = Method::PUT;
            call.kind = crate::remote::api::Kind::Write {
                idempotency_key: None,
                safe_to_repeat: true,
            };
            let Amended { amended, found } = self.call(&call)?.read().map_err(StoreError::from)?;
            // What was sent once more may have been carried out the first time.
            if amended || found == amendment.after {
                return Ok(());
            }
            before = found;
        }
        Err(Refusal::Stale(format!("the record {name}")).into())
    }
}

fn records(kind: RecordKind) -> Call {
    Call::get(&["v1", "store", "records", kind.as_str()])
}
