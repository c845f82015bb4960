//! Plans: their particulars, and where those on a plan go that is deleted.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::known::plan_in;
use super::{Alter, EditError};
use crate::domain::catalog::{Catalog, Settings};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::PlanKey;
use crate::domain::plan::{Currency, Period, Plan, Price};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, User};
use crate::domain::text::{Name, PlanDescription, counted};
use crate::store::{Scope, Snapshot, StoreError};

/// A plan's particulars, to create or to alter it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFields {
    /// The plan.
    pub plan: PlanKey,
    /// What customers call it.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub display_name: Alter<Name>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub description: Alter<PlanDescription>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub price: Alter<Price>,
    /// The currency of the price.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub currency: Alter<Currency>,
    /// How often the price is due.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub period: Alter<Period>,
    /// Whether it is the default plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

/// What becomes of whoever is on a plan that is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Successor {
    /// They have no plan any more.
    None,
    /// They are put on this one.
    Plan(PlanKey),
}

impl Successor {
    fn key(&self) -> Option<&PlanKey> {
        match self {
            Self::None => None,
            Self::Plan(plan) => Some(plan),
        }
    }
}

impl PlanFields {
    /// Leaves all of it as it is.
    pub fn new(plan: PlanKey) -> Self {
        Self {
            plan,
            display_name: Alter::Leave,
            description: Alter::Leave,
            price: Alter::Leave,
            currency: Alter::Leave,
            period: Alter::Leave,
            default: None,
        }
    }

    pub(super) fn create(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        if catalog.plans.contains_key(&self.plan) {
            return Err(Refusal::PlanExists(self.plan.clone()).into());
        }
        Ok(self.put(&catalog, Plan::default()))
    }

    pub(super) fn edit(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        let plan = plan_in(&catalog, &self.plan)?.plan.clone();
        Ok(self.put(&catalog, plan))
    }

    fn put(&self, catalog: &Catalog, mut plan: Plan) -> ChangeSet {
        self.display_name.apply_text(&mut plan.display_name);
        self.description.apply_text(&mut plan.description);
        self.price.apply(&mut plan.price);
        self.currency.apply(&mut plan.currency);
        self.period.apply(&mut plan.period);
        let mut settings = catalog.settings.clone();
        let is_default = settings.default_plan.as_ref() == Some(&self.plan);
        match self.default {
            Some(true) => settings.default_plan = Some(self.plan.clone()),
            Some(false) if is_default => settings.default_plan = None,
            _ => {}
        }
        ChangeSet::new([
            catalog.set_plan(&self.plan, Some(plan)),
            catalog.set_settings(settings),
        ])
    }
}

/// Deletes the plan with its grants; whoever is on it is moved or taken off first.
pub(super) fn delete(
    snapshot: &dyn Snapshot,
    plan: &PlanKey,
    successor: Option<&Successor>,
) -> Result<ChangeSet, EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let next = successor.and_then(Successor::key);
    if next == Some(plan) {
        return Err(EditError::OwnSuccessor(plan.clone()));
    }
    plan_in(&catalog, plan)?;
    if let Some(next) = next {
        plan_in(&catalog, next)?;
    }
    let moved = moved(snapshot, plan, next)?;
    if !moved.is_empty() && successor.is_none() {
        let users = moved.iter().filter(|c| matches!(c, Change::User { .. }));
        let users = users.count() as u64;
        let by = in_words(moved.len() as u64 - users, users);
        let plan = plan.clone();
        return Err(Refusal::PlanInUse { plan, by }.into());
    }
    let mut settings = catalog.settings.clone();
    if settings.default_plan.as_ref() == Some(plan) {
        settings = Settings {
            default_plan: next.cloned(),
            ..settings
        };
    }
    let resettled = catalog.set_settings(settings);
    let deleted = catalog.delete_plan(plan);
    let all = moved
        .into_iter()
        .chain([resettled])
        .chain(deleted.changes().iter().cloned());
    Ok(ChangeSet::new(all))
}

/// Those on a plan, counted: `2 users`, `1 organization and 3 users`.
pub(super) fn in_words(organizations: u64, users: u64) -> String {
    let counts = [(organizations, "organization"), (users, "user")];
    let words = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = words.map(|(count, noun)| counted(count, noun)).collect();
    words.join(" and ")
}

/// The changes that move everybody from one plan to another, or to none.
fn moved(
    snapshot: &dyn Snapshot,
    plan: &PlanKey,
    to: Option<&PlanKey>,
) -> Result<Vec<Change>, StoreError> {
    let mut moved = Vec::new();
    snapshot.organizations(None, &mut |(id, before)| {
        if before.plan.as_ref() == Some(plan) {
            let after = Some(Organization {
                plan: to.cloned(),
                ..before.clone()
            });
            moved.push(Change::Organization {
                id,
                before: Some(before),
                after,
            });
        }
        ControlFlow::Continue(())
    })?;
    snapshot.users(None, &mut |(id, before)| {
        if before.plan.as_ref() == Some(plan) {
            let after = Some(User {
                plan: to.cloned(),
                ..before.clone()
            });
            moved.push(Change::User {
                id,
                before: Some(before),
                after,
            });
        }
        ControlFlow::Continue(())
    })?;
    Ok(moved)
}
