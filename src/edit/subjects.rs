//! Users and organizations: what is kept about them, and forgetting them.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::known::{introduced, is_known, known_plan, known_subject};
use super::{Alter, AlterSet, EditError, Missing};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Condition, Id, Target};
use crate::domain::text::Name;
use crate::store::{Scope, Snapshot, StoreError};

/// Make a user known, or alter what is kept about one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignUser {
    /// The user.
    pub user: Id,
    /// Its own plan.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub plan: Alter<PlanKey>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub email: Alter<Name>,
    /// The organizations it belongs to.
    #[serde(default, skip_serializing_if = "AlterSet::leaves")]
    pub organizations: AlterSet<Id>,
    /// Custom targets that it always brings along.
    #[serde(default, skip_serializing_if = "AlterSet::leaves")]
    pub targets: AlterSet<Target>,
    /// Make the organizations if they are not known yet.
    #[serde(default, skip_serializing_if = "super::set::is_false")]
    pub create: bool,
}

/// Make an organization known, or alter what is kept about one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignOrganization {
    /// The organization.
    pub organization: Id,
    /// Its plan, which its users share.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub plan: Alter<PlanKey>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub name: Alter<Name>,
    /// Custom targets that it and its users always bring along.
    #[serde(default, skip_serializing_if = "AlterSet::leaves")]
    pub targets: AlterSet<Target>,
}

impl AssignUser {
    /// Makes the user known, or leaves all of it as it is.
    pub fn new(user: Id) -> Self {
        Self {
            user,
            plan: Alter::Leave,
            email: Alter::Leave,
            organizations: AlterSet::default(),
            targets: AlterSet::default(),
            create: false,
        }
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        custom_only(&self.targets)?;
        on_known_plan(snapshot, &self.plan)?;
        let mut changes = Vec::new();
        for id in self.organizations.added() {
            let organization = SubjectId::Organization(id.clone());
            match (is_known(snapshot, &organization)?, self.create) {
                (true, _) => {}
                (false, true) => changes.push(introduced(&organization)),
                (false, false) => {
                    let creatable = true;
                    let missing = Missing::subject(&organization);
                    return Err(Missing {
                        creatable,
                        ..missing
                    }
                    .into());
                }
            }
        }
        for id in self.organizations.removed() {
            known_subject(snapshot, &SubjectId::Organization(id.clone()))?;
        }
        let before = snapshot.user(&self.user)?;
        let mut after = before.clone().unwrap_or_default();
        self.plan.apply(&mut after.plan);
        self.email.apply_text(&mut after.email);
        self.organizations.apply(&mut after.organizations);
        self.targets.apply(&mut after.targets);
        changes.push(Change::User {
            id: self.user.clone(),
            before,
            after: Some(after),
        });
        Ok(ChangeSet::new(changes))
    }
}

impl AssignOrganization {
    /// Makes the organization known, or leaves all of it as it is.
    pub fn new(organization: Id) -> Self {
        Self {
            organization,
            plan: Alter::Leave,
            name: Alter::Leave,
            targets: AlterSet::default(),
        }
    }

    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        custom_only(&self.targets)?;
        on_known_plan(snapshot, &self.plan)?;
        let before = snapshot.organization(&self.organization)?;
        let mut after = before.clone().unwrap_or_default();
        self.plan.apply(&mut after.plan);
        self.name.apply_text(&mut after.name);
        self.targets.apply(&mut after.targets);
        Ok(ChangeSet::new([Change::Organization {
            id: self.organization.clone(),
            before,
            after: Some(after),
        }]))
    }
}

fn on_known_plan(snapshot: &dyn Snapshot, plan: &Alter<PlanKey>) -> Result<(), EditError> {
    plan.put().map_or(Ok(()), |plan| known_plan(snapshot, plan))
}

/// Refuses targets that are not custom: who somebody is and where it belongs is said otherwise.
fn custom_only(targets: &AlterSet<Target>) -> Result<(), Refusal> {
    match targets.added().iter().find(|target| !target.is_custom()) {
        None => Ok(()),
        Some(target) => Err(Refusal::NotACustomTarget(target.clone())),
    }
}

/// Forgets the user, its overrides, and its name wherever a rule has it.
pub(super) fn forget_user(snapshot: &dyn Snapshot, id: &Id) -> Result<ChangeSet, EditError> {
    let subject = SubjectId::User(id.clone());
    let Some(before) = snapshot.user(id)? else {
        return Err(Missing::subject(&subject).into());
    };
    let forgotten = forgotten(snapshot, &subject)?.into_iter();
    Ok(ChangeSet::new(forgotten.chain([Change::User {
        id: id.clone(),
        before: Some(before),
        after: None,
    }])))
}

/// Forgets the organization likewise; one that still has users stays.
pub(super) fn forget_organization(
    snapshot: &dyn Snapshot,
    id: &Id,
) -> Result<ChangeSet, EditError> {
    let subject = SubjectId::Organization(id.clone());
    let Some(before) = snapshot.organization(id)? else {
        return Err(Missing::subject(&subject).into());
    };
    let mut members = 0;
    snapshot.members(id, &mut |_| {
        members += 1;
        ControlFlow::Continue(())
    })?;
    if members > 0 {
        let organization = id.clone();
        return Err(Refusal::OrganizationInUse {
            organization,
            members,
        }
        .into());
    }
    let forgotten = forgotten(snapshot, &subject)?.into_iter();
    Ok(ChangeSet::new(forgotten.chain([Change::Organization {
        id: id.clone(),
        before: Some(before),
        after: None,
    }])))
}

/// The changes that take away all that hangs on a subject: its overrides and its name in rules.
fn forgotten(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<Vec<Change>, StoreError> {
    let held = snapshot.overrides_of(subject, Scope::All)?;
    let overrides = held.into_iter().map(|(feature, held)| Change::Override {
        subject: subject.clone(),
        feature,
        before: Some(held.over),
        after: None,
    });
    let catalog = snapshot.catalog(Scope::All)?;
    Ok(overrides
        .chain(no_longer_named(snapshot, &catalog, subject)?)
        .collect())
}

/// The changes that take a subject's name off every list of every rule.
fn no_longer_named(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    subject: &SubjectId,
) -> Result<Vec<Change>, StoreError> {
    let target = subject.target();
    let naming = snapshot.lists_naming(&target)?;
    let mut changes = Vec::new();
    for (feature, entry) in &catalog.features {
        for (rule, found) in entry.audience.rules.iter().enumerate() {
            for (condition, when) in found.when.iter().enumerate() {
                let Condition::OneOf { ids, .. } = when else {
                    continue;
                };
                if naming.contains(ids) {
                    changes.push(Change::Target {
                        feature: feature.clone(),
                        rule,
                        condition,
                        target: target.clone(),
                        before: true,
                        after: false,
                    });
                }
            }
        }
    }
    Ok(changes)
}
