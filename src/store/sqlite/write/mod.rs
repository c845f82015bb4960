//! A write: the planner, its changes and their history in one transaction.
//!
//! What a change may do is decided by [`Catalog::apply`]; here its `before` is compared with the
//! rows that the catalog does not hold, and the rows are brought to its `after`. Whatever goes
//! wrong, the transaction ends without a trace.

mod definitions;
pub(super) mod subjects;

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::chain::SEAL;
use super::definitions::Definitions;
use super::fault::Fault;
use super::history::number;
use super::schema;
use super::view::View;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::store::chain::{Head, Link, Signature};
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
    if !schema::is_current(connection)? {
        schema::migrate(connection)?;
    }
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    schema::is_current(&transaction)?;
    let view = View::on_write(&transaction, path);
    let revision = view.read_revision()?;
    let changes = planner(&view)?;
    if changes.is_empty() {
        return Ok(Written { revision, changes });
    }
    // A number that was given out is not given out again, even if its row is gone.
    let head = view.read_head()?;
    let revision = revision.max(head.revision).next();
    Write::new(view, author.entry(revision), &head)?.carry_out(&changes)?;
    transaction.commit()?;
    Ok(Written { revision, changes })
}

/// A write in progress.
struct Write<'t> {
    view: View<'t>,
    revision: Revision,
    entry: Entry,
    /// What becomes of the history's hash.
    link: Link,
    /// The catalog as the changes so far have left it, and the rows of its parts.
    catalog: Catalog,
    features: HashMap<FeatureKey, i64>,
    plans: HashMap<PlanKey, i64>,
}

impl<'t> Write<'t> {
    fn new(view: View<'t>, entry: Entry, head: &Head) -> Result<Self, Fault> {
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
            catalog,
            features: features.into_iter().map(|(row, key)| (key, row)).collect(),
            plans: plans.into_iter().map(|(row, key)| (key, row)).collect(),
        })
    }

    fn carry_out(mut self, changes: &ChangeSet) -> Result<(), Fault> {
        let list = self.catalog.next_list;
        self.sign()?;
        for (position, change) in changes.changes().iter().enumerate() {
            self.change(change)?;
            self.record(position, change)?;
        }
        if self.catalog.next_list != list {
            self.put_setting("next_list", Some(&self.catalog.next_list.to_string()))?;
        }
        self.seal()
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

    fn record(&mut self, position: usize, change: &Change) -> Result<(), Fault> {
        self.keep(position, &json(change)?)
    }

    /// Keeps a row of the history: the one place where rows are written, and hashed as they are.
    /// Positions ascend.
    fn keep(&mut self, position: usize, body: &str) -> Result<(), Fault> {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        let mut statement = self.view.prepare_cached(CHANGE)?;
        statement.execute((number(self.revision), position, body))?;
        self.link.change(position, body.as_bytes());
        Ok(())
    }

    /// Closes the write: nothing of it is recorded behind this.
    fn seal(self) -> Result<(), Fault> {
        let digest = self.link.clone().close();
        let mut statement = self.view.prepare_cached(SEAL)?;
        statement.execute((number(self.revision), digest.0))?;
        let revision = self.revision;
        self.put_setting("head", Some(&Head { revision, digest }.to_string()))
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

/// What the tables hold as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String, Fault> {
    // Everything that is written has been read from JSON or could be.
    serde_json::to_string(value).map_err(|error| Fault::Damaged(error.to_string()))
}
