//! Users, a line for each.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Kind, Taken};
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::edit::Alter;
use crate::store::{Fate, Intake, Scope, Snapshot, StoreError};

/// What a line says: what it leaves out stays, and `null` takes away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    /// The user
    #[serde(alias = "user")]
    id: Id,
    /// Its e-mail address
    #[serde(default)]
    email: Alter<Name>,
    /// Its own plan
    #[serde(default)]
    plan: Alter<PlanKey>,
    /// The organizations it belongs to
    #[serde(default)]
    #[schemars(with = "Option<Vec<Id>>")]
    organizations: Alter<BTreeSet<Id>>,
    /// Custom targets that it always brings along
    #[serde(default)]
    #[schemars(with = "Option<Vec<Target>>")]
    targets: Alter<BTreeSet<Target>>,
}

pub(super) struct Users {
    create: bool,
    catalog: Catalog,
    /// Whether an organization is known, as far as that was asked.
    organizations: HashMap<Id, bool>,
    hasher: RandomState,
    /// By the hash of a user: the line that was about it, and the hash of what it is to be.
    seen: HashMap<u64, (u32, u64)>,
}

impl Users {
    pub(super) fn new(create: bool) -> Self {
        Self {
            create,
            catalog: Catalog::default(),
            organizations: HashMap::new(),
            hasher: RandomState::new(),
            seen: HashMap::new(),
        }
    }

    /// What rules say against a line, whoever it is about.
    fn forbidden(&self, row: &Row) -> Option<Refusal> {
        let plan = row.plan.put();
        if let Some(plan) = plan.filter(|plan| !self.catalog.plans.contains_key(*plan)) {
            return Some(Refusal::UnknownPlan(plan.clone()));
        }
        let mut targets = row.targets.put().into_iter().flatten();
        let subject = targets.find(|target| !target.is_custom())?;
        Some(Refusal::NotACustomTarget(subject.clone()))
    }

    /// Those of the organizations that nobody knows.
    fn unknown(&mut self, row: &Row, snapshot: &dyn Snapshot) -> Result<Vec<Id>, StoreError> {
        let mut unknown = Vec::new();
        for id in row.organizations.put().into_iter().flatten() {
            let known = match self.organizations.get(id) {
                Some(known) => *known,
                None => {
                    let known = snapshot.organization(id)?.is_some();
                    self.organizations.insert(id.clone(), known);
                    known
                }
            };
            if !known {
                unknown.push(id.clone());
            }
        }
        Ok(unknown)
    }

    /// What becomes of a line about a user that an earlier one was about.
    fn repeated(&mut self, line: u32, id: &Id, after: &User) -> Option<Taken> {
        let User {
            email,
            plan,
            organizations,
            targets,
        } = after;
        let wanted = self.hasher.hash_one((email, plan, organizations, targets));
        let user = self.hasher.hash_one(id);
        match self.seen.get(&user) {
            None => {
                self.seen.insert(user, (line, wanted));
                None
            }
            Some((_, same)) if *same == wanted => Some(Taken::Decided(Fate::Unchanged)),
            Some((first, _)) => {
                let because = format!("it contradicts line {first}, which is about the same user");
                Some(Taken::Refused(because))
            }
        }
    }
}

impl Kind for Users {
    const COMMAND: &'static str = "user import";
    type Row = Row;

    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError> {
        self.catalog = snapshot.catalog(Scope::All)?;
        self.organizations.clear();
        self.seen.clear();
        Ok(())
    }

    fn take(
        &mut self,
        line: u32,
        row: Row,
        (snapshot, intake): (&dyn Snapshot, &mut dyn Intake),
    ) -> Result<Taken, StoreError> {
        if let Some(refusal) = self.forbidden(&row) {
            return Ok(Taken::Refused(refusal.to_string()));
        }
        let unknown = self.unknown(&row, snapshot)?;
        if let (Some(first), false) = (unknown.first(), self.create) {
            let unknown = SubjectId::Organization(first.clone());
            return Ok(Taken::Refused(Refusal::UnknownSubject(unknown).to_string()));
        }
        let before = snapshot.user(&row.id)?;
        let mut after = before.clone().unwrap_or_default();
        put(row.email, &mut after.email);
        after.email.take_if(|email| email.is_empty());
        put(row.plan, &mut after.plan);
        put_all(row.organizations, &mut after.organizations);
        put_all(row.targets, &mut after.targets);
        if let Some(taken) = self.repeated(line, &row.id, &after) {
            return Ok(taken);
        }
        for id in unknown {
            self.organizations.insert(id.clone(), true);
            intake.change(&Change::Organization {
                id,
                before: None,
                after: Some(Organization::default()),
            })?;
        }
        let fate = match &before {
            None => Fate::Added,
            Some(before) if *before == after => return Ok(Taken::Decided(Fate::Unchanged)),
            Some(_) => Fate::Altered,
        };
        let (id, after) = (row.id, Some(after));
        intake.change(&Change::User { id, before, after })?;
        Ok(Taken::Decided(fate))
    }
}

fn put<T>(alter: Alter<T>, slot: &mut Option<T>) {
    match alter {
        Alter::Leave => {}
        Alter::Clear => *slot = None,
        Alter::Put(value) => *slot = Some(value),
    }
}

fn put_all<T: Ord>(alter: Alter<BTreeSet<T>>, set: &mut BTreeSet<T>) {
    match alter {
        Alter::Leave => {}
        Alter::Clear => set.clear(),
        Alter::Put(all) => *set = all,
    }
}
