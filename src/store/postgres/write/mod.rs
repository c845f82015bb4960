//! A write: the planner, its changes and their history in one transaction.
//!
//! What a change may do is decided by [`Catalog::apply`]; here its `before` is compared with the
//! rows that the catalog does not hold, and the rows are brought to its `after`. What needs no answer
//! waits for the next trip. Whatever goes wrong, the transaction ends without a trace.

mod ahead;
mod definitions;
mod introduce;
pub(super) mod load;
pub(super) mod replay;
mod settle;
mod subjects;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use super::attempt::{Again, Attempt};
use super::chain::SEAL;
use super::datum::{Datum, column};
use super::definitions::Definitions;
use super::fault::Fault;
use super::foreseen::{Lasts, Matter};
use super::near::Near;
use super::session::Session;
use super::subjects::LAST_SUBJECT;
use super::view::View;
use super::{PostgresStore, records};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::store::block::Block;
use crate::store::chain::{Digest, Head, Link, Signature};
use crate::store::rows::{json, number};
use crate::store::{Author, Entry, Planner, Trace, Written};
use ahead::Ahead;
use introduce::Newcomers;

const REVISION: &str = "INSERT INTO revision(id, at, actor, command, reason, hash) \
     VALUES($1, $2, $3, $4, $5, $6)";
const CHANGES: &str = "INSERT INTO change(revision, position, body) \
     SELECT $1, made.position, made.body FROM unnest($2, $3) AS made(position, body)";
const LAST_FEATURE: &str = "SELECT coalesce(max(id), 0) FROM feature";
const LAST_PLAN: &str = "SELECT coalesce(max(id), 0) FROM plan";

/// So many rows of the history are written at once.
const ROWS: usize = 500;
/// And at most about so many bytes of them.
const BYTES: usize = 512 * 1024;

/// Plans and carries out one write.
pub(super) fn update(
    store: &PostgresStore,
    author: &Author,
    planner: &mut Planner<'_>,
) -> Result<Written, Fault> {
    let (again, matter) = (Cell::new(Again::Yes), Matter::Project(request(author)));
    store.write(&again, matter, &mut |view| {
        records::refuse_repeated(view, author)?;
        view.near.replace(Near::at_hand());
        let changes = planner(view)?;
        view.look_up()?;
        if changes.is_empty() {
            let revision = view.read_revision()?;
            return Ok(Attempt::Idle(Written {
                revision,
                changes,
                trace: None,
            }));
        }
        let (entry, head) = next(view, author)?;
        let revision = entry.revision;
        let digest = Write::new(view, entry, &head)?.carry_out(&changes)?;
        records::note_request(view.session()?, author, revision)?;
        let found = view.pulse().map(i64::unsigned_abs);
        let trace = found.zip(digest).map(|(found, digest)| Trace {
            found,
            // Each commit raises it by one.
            left: found + 1,
            digest,
        });
        let written = Written {
            revision,
            changes,
            trace,
        };
        Ok(Attempt::Ready(written, Some(revision.0)))
    })
}

/// The request that a write carries out, by name.
fn request(author: &Author) -> Option<&str> {
    author.request.as_ref().map(|request| request.name.as_str())
}

/// The line that a write gets in the history, and the one it is chained to.
fn next(view: &View<'_>, author: &Author) -> Result<(Entry, Head), Fault> {
    let head = view.read_head()?;
    // A number that was given out is not given out again, even if its row is gone.
    let revision = view.read_revision()?.max(head.revision).next();
    Ok((author.entry(revision), head))
}

/// A write in progress.
struct Write<'v> {
    view: &'v View<'v>,
    revision: Revision,
    entry: Entry,
    /// What becomes of the history's hash.
    link: Link,
    /// The catalog as the changes so far have left it, and the rows of its parts.
    catalog: Catalog,
    features: HashMap<FeatureKey, i64>,
    plans: HashMap<PlanKey, i64>,
    lasts: Lasts,
    /// The number of the next list when the write began.
    first_list: u32,
    /// What the rows of definitions were when the write began, for whoever writes next.
    definitions: Arc<Definitions>,
    /// Whether any of that is another one now.
    redefined: bool,
    /// Whether its line is in the history already.
    signed: bool,
    /// How many changes the history holds of it.
    recorded: u64,
    /// Overrides that are yet to be recorded.
    block: Block,
    /// Rows of the history that are yet to be written.
    positions: Vec<i64>,
    bodies: Vec<String>,
    bytes: usize,
    /// Subjects that are made known and yet to be written.
    newcomers: Newcomers,
    ahead: RefCell<Ahead>,
}

impl<'v> Write<'v> {
    fn new(view: &'v View<'v>, entry: Entry, head: &Head) -> Result<Self, Fault> {
        let definitions = view.read_definitions()?;
        let lasts = match view.ends() {
            Some(ends) => ends.lasts,
            None => lasts(view)?,
        };
        let catalog = definitions.catalog.clone();
        let (features, plans) = (definitions.features.iter(), definitions.plans.iter());
        Ok(Self {
            view,
            revision: entry.revision,
            link: Link::new(&head.digest, &Signature::from(&entry)),
            entry,
            first_list: catalog.next_list,
            lasts,
            recorded: 0,
            block: Block::default(),
            positions: Vec::new(),
            bodies: Vec::new(),
            bytes: 0,
            newcomers: Newcomers::default(),
            ahead: RefCell::default(),
            catalog,
            features: features.map(|(row, key)| (key.clone(), *row)).collect(),
            plans: plans.map(|(row, key)| (key.clone(), *row)).collect(),
            definitions,
            redefined: false,
            signed: false,
        })
    }

    fn session(&self) -> Result<&'v Session, Fault> {
        self.view.session()
    }

    fn carry_out(mut self, changes: &ChangeSet) -> Result<Option<Digest>, Fault> {
        self.view.alter();
        for change in changes.changes() {
            self.view.look_up()?;
            self.change(change)?;
            self.record(change)?;
        }
        self.close().map(|(_, digest)| digest)
    }

    /// Writes what is kept back until the end; tells how many changes there were, and the hash of the
    /// write if there were any.
    fn close(mut self) -> Result<(u64, Option<Digest>), Fault> {
        self.introduce_all()?;
        self.record_block()?;
        self.write_rows()?;
        if self.catalog.next_list != self.first_list {
            self.put_setting("next_list", Some(self.catalog.next_list.to_string()))?;
        }
        match self.recorded {
            0 => Ok((0, None)),
            changes => Ok((changes, Some(self.seal()?))),
        }
    }

    /// Puts its line into the history before its hash is known: it may be a long write.
    fn sign(&mut self) -> Result<(), Fault> {
        self.signed = true;
        self.put_line(&[])
    }

    fn put_line(&self, hash: &[u8]) -> Result<(), Fault> {
        let entry = &self.entry;
        let values = vec![
            number(entry.revision).into(),
            entry.at.into(),
            entry.actor.clone().into(),
            entry.command.clone().into(),
            entry.reason.as_deref().map(str::to_owned).into(),
            Datum::Bytes(hash.to_vec().into()),
        ];
        self.session()?.put(REVISION, values)
    }

    fn record(&mut self, change: &Change) -> Result<(), Fault> {
        if let Change::Override {
            subject,
            feature,
            before,
            after,
        } = change
        {
            return self.record_override(&subject.to_string(), feature, before, after);
        }
        self.record_block()?;
        self.put_record(1, json(change)?)
    }

    /// Records an override: of a subject, by its name with its type in front.
    fn record_override(
        &mut self,
        subject: &str,
        feature: &FeatureKey,
        before: &Option<Override>,
        after: &Option<Override>,
    ) -> Result<(), Fault> {
        self.block.push(subject, feature, before, after)?;
        match self.block.is_full() {
            true => self.record_block(),
            false => Ok(()),
        }
    }

    fn record_block(&mut self) -> Result<(), Fault> {
        match self.block.count() {
            0 => Ok(()),
            count => {
                let body = self.block.take()?;
                self.put_record(count as u64, body)
            }
        }
    }

    /// Puts so many changes into the history, at the position of the first of them: the one place
    /// where rows are made, and hashed as they are. Positions ascend.
    fn put_record(&mut self, count: u64, body: String) -> Result<(), Fault> {
        let position = i64::try_from(self.recorded).unwrap_or(i64::MAX);
        self.link.change(position, body.as_bytes());
        self.recorded += count;
        self.put_row(position, body)
    }

    fn put_row(&mut self, position: i64, body: String) -> Result<(), Fault> {
        self.bytes += body.len();
        self.positions.push(position);
        self.bodies.push(body);
        match self.positions.len() >= ROWS || self.bytes >= BYTES {
            true => self.write_rows(),
            false => Ok(()),
        }
    }

    fn write_rows(&mut self) -> Result<(), Fault> {
        if self.positions.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let positions = std::mem::take(&mut self.positions);
        let bodies = std::mem::take(&mut self.bodies);
        let bodies = bodies.into_iter().map(Into::into).collect();
        let values = vec![
            number(self.revision).into(),
            positions.into(),
            Datum::Texts(bodies),
        ];
        self.session()?.put(CHANGES, values)
    }

    /// Closes the write: nothing of it is recorded behind this.
    fn seal(self) -> Result<Digest, Fault> {
        let digest = self.link.clone().close();
        match self.signed {
            true => {
                let hash = Datum::Bytes(digest.0.to_vec().into());
                let values = vec![number(self.revision).into(), hash];
                self.session()?.put(SEAL, values)?;
            }
            false => self.put_line(&digest.0)?,
        }
        let revision = self.revision;
        let head = Head { revision, digest };
        self.put_setting("head", Some(head.to_string()))?;
        if !self.redefined {
            // Should it not be committed, nobody ever asks for them.
            self.view.latest().learn(head, self.definitions);
        }
        Ok(digest)
    }

    fn change(&mut self, change: &Change) -> Result<(), Fault> {
        let edits = self.catalog.apply(change, self.revision)?;
        if !self.introduces(change) {
            self.introduce_all()?;
        }
        match change {
            Change::Override { .. } => {}
            Change::User { .. } | Change::Organization { .. } => self.view.forget_near(),
            _ => {
                self.view.forget_near();
                self.redefined = true;
            }
        }
        match change {
            Change::Settings { .. } => self.put_settings(),
            Change::Feature { key, .. } => self.put_feature(key),
            Change::AudienceDefault { feature, .. }
            | Change::Rule { feature, .. }
            | Change::Target { feature, .. } => {
                for edit in &edits {
                    self.edit_list(feature, edit)?;
                }
                self.put_feature(feature)
            }
            Change::Plan { key, .. } => self.put_plan(key),
            Change::Grant { plan, feature, .. } => self.put_grant(plan, feature),
            Change::User { id, before, after } => {
                self.put_user(id, before.as_ref(), after.as_ref())
            }
            Change::Organization { id, before, after } => {
                self.put_organization(id, before.as_ref(), after.as_ref())
            }
            Change::Override {
                subject,
                feature,
                before,
                after,
            } => self.put_override(subject, feature, before.as_ref(), after.as_ref()),
        }
    }
}

/// The numbers that rows got last, in a write of which nothing was foreseen.
fn lasts(view: &View<'_>) -> Result<Lasts, Fault> {
    let lasts = view.ask_all(&[(LAST_FEATURE, &[]), (LAST_PLAN, &[]), (LAST_SUBJECT, &[])])?;
    let last = |of: usize| -> Result<i64, Fault> {
        let row = lasts.get(of).and_then(|rows| rows.first());
        row.map_or(Ok(0), |row| column(row, 0))
    };
    Ok(Lasts {
        feature: last(0)?,
        plan: last(1)?,
        subject: last(2)?,
    })
}

/// What a change found is not what is there.
fn stale(what: impl Into<String>) -> Fault {
    Refusal::Stale(what.into()).into()
}
