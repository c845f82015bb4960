//! Making a reversed change fit what is there now.

use std::collections::HashMap;

use super::since::Since;
use crate::domain::catalog::{Catalog, Revision, Settings};
use crate::domain::change::Change;
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::domain::subject::{Organization, User};
use crate::domain::target::Id;
use crate::domain::undo::{
    merged_feature, merged_organization, merged_plan, merged_settings, merged_user,
};
use crate::store::{HistoryError, Scope, Snapshot, StoreError};

/// Reversed changes, one after another, and what they have made of what was altered since.
pub(super) struct Fitted<'u> {
    present: &'u dyn Snapshot,
    revision: Revision,
    since: Option<&'u Since>,
    catalog: Option<Catalog>,
    users: HashMap<Id, User>,
    organizations: HashMap<Id, Organization>,
}

impl<'u> Fitted<'u> {
    pub(super) fn new(
        present: &'u dyn Snapshot,
        revision: Revision,
        since: Option<&'u Since>,
    ) -> Self {
        Self {
            present,
            revision,
            since,
            catalog: None,
            users: HashMap::new(),
            organizations: HashMap::new(),
        }
    }

    /// The change as it can be carried out now.
    pub(super) fn fit(&mut self, change: Change) -> Result<Change, StoreError> {
        let Some(since) = self.since else {
            return Ok(change);
        };
        let shared = since.shares(&change);
        match change {
            Change::Target {
                feature,
                rule,
                condition,
                target,
                before,
                after,
            } => {
                let place = since.place(&feature, rule);
                Ok(Change::Target {
                    rule: place.ok_or_else(|| self.torn())?,
                    feature,
                    condition,
                    target,
                    before,
                    after,
                })
            }
            // What is reversed leads from what the write left to what it had found.
            Change::Settings { before, after } if shared => self.settings(&before, &after),
            Change::Feature {
                key,
                before: Some(left),
                after: Some(found),
            } if shared => self.feature(key, &left, &found),
            Change::Plan {
                key,
                before: Some(left),
                after: Some(found),
            } if shared => self.plan(key, &left, &found),
            Change::User {
                id,
                before: Some(left),
                after: Some(found),
            } if shared => self.user(id, &left, &found),
            Change::Organization {
                id,
                before: Some(left),
                after: Some(found),
            } if shared => self.organization(id, &left, &found),
            change => Ok(change),
        }
    }

    fn torn(&self) -> StoreError {
        HistoryError::Torn(self.revision).into()
    }

    /// The definitions, with what was fitted so far.
    fn catalog(&mut self) -> Result<&mut Catalog, StoreError> {
        if self.catalog.is_none() {
            self.catalog = Some(self.present.catalog(Scope::All)?);
        }
        let torn = self.torn();
        self.catalog.as_mut().ok_or(torn)
    }

    fn settings(&mut self, left: &Settings, found: &Settings) -> Result<Change, StoreError> {
        let catalog = self.catalog()?;
        let before = catalog.settings.clone();
        let after = merged_settings(before.clone(), found, left);
        catalog.settings = after.clone();
        Ok(Change::Settings { before, after })
    }

    fn feature(
        &mut self,
        key: FeatureKey,
        left: &Feature,
        found: &Feature,
    ) -> Result<Change, StoreError> {
        let torn = self.torn();
        let entry = self.catalog()?.features.get_mut(&key).ok_or(torn)?;
        let before = entry.feature.clone();
        let after = merged_feature(before.clone(), found, left);
        entry.feature = after.clone();
        let (before, after) = (Some(before), Some(after));
        Ok(Change::Feature { key, before, after })
    }

    fn plan(&mut self, key: PlanKey, left: &Plan, found: &Plan) -> Result<Change, StoreError> {
        let torn = self.torn();
        let entry = self.catalog()?.plans.get_mut(&key).ok_or(torn)?;
        let before = entry.plan.clone();
        let after = merged_plan(before.clone(), found, left);
        entry.plan = after.clone();
        let (before, after) = (Some(before), Some(after));
        Ok(Change::Plan { key, before, after })
    }

    fn user(&mut self, id: Id, left: &User, found: &User) -> Result<Change, StoreError> {
        let before = match self.users.get(&id) {
            Some(fitted) => fitted.clone(),
            None => self.present.user(&id)?.ok_or_else(|| self.torn())?,
        };
        let after = merged_user(before.clone(), found, left);
        self.users.insert(id.clone(), after.clone());
        let (before, after) = (Some(before), Some(after));
        Ok(Change::User { id, before, after })
    }

    fn organization(
        &mut self,
        id: Id,
        left: &Organization,
        found: &Organization,
    ) -> Result<Change, StoreError> {
        let before = match self.organizations.get(&id) {
            Some(fitted) => fitted.clone(),
            None => self.present.organization(&id)?.ok_or_else(|| self.torn())?,
        };
        let after = merged_organization(before.clone(), found, left);
        self.organizations.insert(id.clone(), after.clone());
        let (before, after) = (Some(before), Some(after));
        Ok(Change::Organization { id, before, after })
    }
}
