//! What a project in memory holds, and what a change may do to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::lists::Lists;
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::domain::text::counted;
use crate::store::Entry;
use crate::store::chain::{Digest, Head, Link, Signature};

/// Everything, at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    pub(super) revision: Revision,
    pub(super) catalog: Catalog,
    pub(super) lists: Lists,
    pub(super) users: BTreeMap<Id, User>,
    pub(super) organizations: BTreeMap<Id, Organization>,
    /// Only subjects that hold an override have a place here.
    pub(super) overrides: BTreeMap<SubjectId, BTreeMap<FeatureKey, Held>>,
    /// The writes, in order.
    pub(super) history: Vec<Arc<Recorded>>,
}

/// A write as it is remembered.
#[derive(Debug)]
pub(super) struct Recorded {
    pub(super) entry: Entry,
    pub(super) changes: ChangeSet,
    /// What its hash is made of: each change as the JSON it would be, or the rows that another store
    /// told, each with its position.
    pub(super) rows: Vec<(i64, String)>,
    pub(super) digest: Digest,
}

impl Recorded {
    /// The hash of the write behind the one before.
    pub(super) fn feed(&self, mut link: Link) -> Link {
        for (position, body) in &self.rows {
            link.change(*position, body.as_bytes());
        }
        link
    }
}

/// The rows of changes that were made here.
fn rows(changes: &ChangeSet) -> Vec<(i64, String)> {
    // Everything that is written has been read from JSON or could be.
    let body = |change| serde_json::to_string(change).unwrap_or_default();
    (0..).zip(changes.changes().iter().map(body)).collect()
}

impl Contents {
    /// Carries a change out. After a refusal the contents may be half changed and are of no use.
    pub(super) fn apply(&mut self, change: &Change, revision: Revision) -> Result<(), Refusal> {
        let edits = self.catalog.apply(change, revision)?;
        match change {
            Change::Target { feature, .. } | Change::Rule { feature, .. } => {
                for edit in edits {
                    let fits = self.lists.apply(edit);
                    unless_stale(fits, || format!("the audience of {feature}"))?;
                }
            }
            Change::Feature {
                key, after: None, ..
            } => self.nobody_overrides(key)?,
            Change::Plan {
                key, after: None, ..
            } => self.nobody_is_on(key)?,
            Change::User { id, before, after } => {
                self.apply_user(id, before.as_ref(), after.as_ref())?;
            }
            Change::Organization { id, before, after } => {
                self.apply_organization(id, before.as_ref(), after.as_ref())?;
            }
            Change::Override {
                subject,
                feature,
                before,
                after,
            } => {
                let after = after.clone().map(|over| Held { over, revision });
                self.apply_override(subject, feature, before.as_ref(), after)?;
            }
            Change::Settings { .. }
            | Change::Feature { .. }
            | Change::AudienceDefault { .. }
            | Change::Plan { .. }
            | Change::Grant { .. } => {}
        }
        Ok(())
    }

    /// Closes a write: its revision is now that of the contents.
    pub(super) fn record(&mut self, entry: Entry, changes: ChangeSet) {
        let link = Link::new(&self.head().digest, &Signature::from(&entry));
        let mut recorded = Recorded {
            entry,
            rows: rows(&changes),
            changes,
            digest: Digest::default(),
        };
        recorded.digest = recorded.feed(link).close();
        self.keep(recorded);
    }

    /// Puts a write behind the others.
    pub(super) fn keep(&mut self, recorded: Recorded) {
        self.revision = recorded.entry.revision;
        self.history.push(Arc::new(recorded));
    }

    /// Where the history ends.
    pub(super) fn head(&self) -> Head {
        let last = self.history.last();
        last.map_or_else(Head::default, |last| Head {
            revision: last.entry.revision,
            digest: last.digest,
        })
    }

    pub(super) fn members<'c>(&'c self, organization: &'c Id) -> impl Iterator<Item = &'c Id> {
        self.users
            .iter()
            .filter(|(_, user)| user.organizations.contains(organization))
            .map(|(id, _)| id)
    }

    pub(super) fn knows(&self, subject: &SubjectId) -> bool {
        match subject {
            SubjectId::User(id) => self.users.contains_key(id),
            SubjectId::Organization(id) => self.organizations.contains_key(id),
        }
    }

    fn apply_user(
        &mut self,
        id: &Id,
        before: Option<&User>,
        after: Option<&User>,
    ) -> Result<(), Refusal> {
        unless_stale(self.users.get(id) == before, || format!("user {id}"))?;
        match after {
            None => {
                self.holds_nothing(&SubjectId::User(id.clone()))?;
                self.users.remove(id);
            }
            Some(user) => {
                for organization in &user.organizations {
                    self.known(&SubjectId::Organization(organization.clone()))?;
                }
                self.users.insert(id.clone(), user.clone());
            }
        }
        Ok(())
    }

    fn apply_organization(
        &mut self,
        id: &Id,
        before: Option<&Organization>,
        after: Option<&Organization>,
    ) -> Result<(), Refusal> {
        let found = self.organizations.get(id);
        unless_stale(found == before, || format!("organization {id}"))?;
        match after {
            None => {
                let members = self.members(id).map(|_| 1).sum();
                if members > 0 {
                    let organization = id.clone();
                    return Err(Refusal::OrganizationInUse {
                        organization,
                        members,
                    });
                }
                self.holds_nothing(&SubjectId::Organization(id.clone()))?;
                self.organizations.remove(id);
            }
            Some(organization) => {
                self.organizations.insert(id.clone(), organization.clone());
            }
        }
        Ok(())
    }

    fn apply_override(
        &mut self,
        subject: &SubjectId,
        feature: &FeatureKey,
        before: Option<&Override>,
        after: Option<Held>,
    ) -> Result<(), Refusal> {
        self.known(subject)?;
        let of_subject = self.overrides.entry(subject.clone()).or_default();
        let found = of_subject.get(feature).map(|held| &held.over);
        unless_stale(found == before, || {
            format!("the override of {feature} for {subject}")
        })?;
        match after {
            None => of_subject.remove(feature),
            Some(held) => of_subject.insert(feature.clone(), held),
        };
        if of_subject.is_empty() {
            self.overrides.remove(subject);
        }
        Ok(())
    }

    fn known(&self, subject: &SubjectId) -> Result<(), Refusal> {
        if self.knows(subject) {
            Ok(())
        } else {
            Err(Refusal::UnknownSubject(subject.clone()))
        }
    }

    fn holds_nothing(&self, subject: &SubjectId) -> Result<(), Refusal> {
        match self.overrides.get(subject).map_or(0, BTreeMap::len) {
            0 => Ok(()),
            overrides => Err(Refusal::SubjectInUse {
                subject: subject.clone(),
                by: counted(overrides, "override"),
            }),
        }
    }

    fn nobody_overrides(&self, feature: &FeatureKey) -> Result<(), Refusal> {
        let holding = self
            .overrides
            .values()
            .filter(|of_subject| of_subject.contains_key(feature));
        match holding.count() {
            0 => Ok(()),
            overrides => Err(Refusal::FeatureInUse {
                feature: feature.clone(),
                by: counted(overrides, "override"),
            }),
        }
    }

    fn nobody_is_on(&self, plan: &PlanKey) -> Result<(), Refusal> {
        let users = self.users.values().map(|user| &user.plan);
        let organizations = self.organizations.values().map(|found| &found.plan);
        let on_it = users
            .chain(organizations)
            .filter(|on| on.as_ref() == Some(plan));
        match on_it.count() {
            0 => Ok(()),
            subjects => Err(Refusal::PlanInUse {
                plan: plan.clone(),
                by: counted(subjects, "subject"),
            }),
        }
    }
}

fn unless_stale(holds: bool, what: impl FnOnce() -> String) -> Result<(), Refusal> {
    if holds {
        Ok(())
    } else {
        Err(Refusal::Stale(what()))
    }
}
