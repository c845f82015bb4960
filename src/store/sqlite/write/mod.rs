//! A write: the planner, its changes and their history in one transaction.
//!
//! What a change may do is decided by [`Catalog::apply`]; here its `before` is compared with the
//! rows that the catalog does not hold, and the rows are brought to its `after`. Whatever goes
//! wrong, the transaction ends without a trace.

mod definitions;
mod inserts;
pub(super) mod load;
pub(super) mod names;
pub(super) mod replay;
pub(super) mod settle;
pub(super) mod subjects;

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::chain::SEAL;
use super::definitions::Definitions;
use super::fault::Fault;
use super::halt;
use super::history::number;
use super::view::View;
use super::{records, schema};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::store::block::Block;
use crate::store::chain::{Digest, Head, Link, Signature};
pub(super) use crate::store::rows::json;
use crate::store::{Author, Entry, Planner, Written};

const REVISION: &str =
    "INSERT INTO revision(id, at, actor, command, reason) VALUES(?1, ?2, ?3, ?4, ?5)";
const CHANGE: &str = "INSERT INTO change(revision, position, body) VALUES(?1, ?2, ?3)";

/// Plans and carries out one write.
pub(super) fn update(
    connection: &mut Connection,
    path: &Path,
    author: &Author,
    planner: &mut Planner<'_>,
) -> Result<Written, Fault> {
    migrated(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    schema::is_current(&transaction)?;
    let view = View::on_write(&transaction, path);
    records::refuse_repeated(&view, author)?;
    let revision = view.read_revision()?;
    let changes = planner(&view)?;
    halt::look_up()?;
    if changes.is_empty() {
        return Ok(Written {
            revision,
            changes,
            trace: None,
        });
    }
    let (entry, head) = next(&view, author)?;
    let revision = entry.revision;
    Write::new(Rc::new(view), entry, &head)?.carry_out(&changes)?;
    records::note_request(&transaction, author, revision)?;
    halt::look_up()?;
    transaction.commit()?;
    Ok(Written {
        revision,
        changes,
        trace: None,
    })
}

/// The line that a write gets in the history, and the one it is chained to.
fn next(view: &View<'_>, author: &Author) -> Result<(Entry, Head), Fault> {
    let head = view.read_head()?;
    // A number that was given out is not given out again, even if its row is gone.
    let revision = view.read_revision()?.max(head.revision).next();
    Ok((author.entry(revision), head))
}

/// Brings an older store's tables up to date.
pub(super) fn migrated(connection: &mut Connection) -> Result<(), Fault> {
    match schema::is_current(connection)? {
        true => Ok(()),
        false => schema::migrate(connection),
    }
}

/// A write in progress.
struct Write<'t> {
    view: Rc<View<'t>>,
    revision: Revision,
    entry: Entry,
    /// What becomes of the history's hash.
    link: Link,
    /// The catalog as the changes so far have left it, and the rows of its parts.
    catalog: Catalog,
    features: HashMap<FeatureKey, i64>,
    plans: HashMap<PlanKey, i64>,
    /// The number of the next list when the write began.
    first_list: u32,
    /// How many changes the history holds of it.
    recorded: u64,
    /// Overrides that are yet to be recorded.
    block: Block,
}

impl<'t> Write<'t> {
    fn new(view: Rc<View<'t>>, entry: Entry, head: &Head) -> Result<Self, Fault> {
        let Definitions {
            catalog,
            features,
            plans,
        } = view.read_definitions()?;
        Ok(Self {
            view,
            revision: entry.revision,
            link: Link::new(&head.digest, &Signature::from(&entry)),
            entry,
            first_list: catalog.next_list,
            recorded: 0,
            block: Block::default(),
            catalog,
            features: features.into_iter().map(|(row, key)| (key, row)).collect(),
            plans: plans.into_iter().map(|(row, key)| (key, row)).collect(),
        })
    }

    fn carry_out(mut self, changes: &ChangeSet) -> Result<(), Fault> {
        self.sign()?;
        for change in changes.changes() {
            halt::look_up()?;
            self.change(change)?;
            self.record(change)?;
        }
        self.close().map(|_| ())
    }

    /// Writes what is kept back until the end; tells how many changes there were.
    fn close(mut self) -> Result<u64, Fault> {
        self.record_block()?;
        self.put_next_list()?;
        match self.recorded {
            0 => Ok(0),
            _ => self.seal(),
        }
    }

    fn put_next_list(&self) -> Result<(), Fault> {
        if self.catalog.next_list != self.first_list {
            self.put_setting("next_list", Some(&self.catalog.next_list.to_string()))?;
        }
        Ok(())
    }

    fn sign(&self) -> Result<(), Fault> {
        let entry = &self.entry;
        let mut statement = self.view.prepare_cached(REVISION)?;
        statement.execute((
            number(entry.revision),
            entry.at,
            &entry.actor,
            &entry.command,
            entry.reason.as_deref(),
        ))?;
        Ok(())
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
        self.put_record(1, &json(change)?)
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
                self.put_record(count as u64, &body)
            }
        }
    }

    /// Puts so many changes into the history, at the position of the first of them: the one place
    /// where rows are written, and hashed as they are. Positions ascend.
    fn put_record(&mut self, count: u64, body: &str) -> Result<(), Fault> {
        let position = i64::try_from(self.recorded).unwrap_or(i64::MAX);
        self.put_row(position, body)?;
        self.link.change(position, body.as_bytes());
        self.recorded += count;
        Ok(())
    }

    fn put_row(&self, position: i64, body: &str) -> Result<(), Fault> {
        let mut statement = self.view.prepare_cached(CHANGE)?;
        statement.execute((number(self.revision), position, body))?;
        Ok(())
    }

    /// Closes the write: nothing of it is recorded behind this.
    fn seal(self) -> Result<u64, Fault> {
        let digest = self.link.clone().close();
        let revision = self.revision;
        self.put_hash(&digest)?;
        self.put_head(&Head { revision, digest })?;
        Ok(self.recorded)
    }

    fn put_hash(&self, digest: &Digest) -> Result<(), Fault> {
        let mut statement = self.view.prepare_cached(SEAL)?;
        statement.execute((number(self.revision), digest.0))?;
        Ok(())
    }

    fn put_head(&self, head: &Head) -> Result<(), Fault> {
        self.put_setting("head", Some(&head.to_string()))
    }

    fn change(&mut self, change: &Change) -> Result<(), Fault> {
        let edits = self.catalog.apply(change, self.revision)?;
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

/// What a change found is not what is there.
fn stale(what: impl Into<String>) -> Fault {
    Refusal::Stale(what.into()).into()
}
