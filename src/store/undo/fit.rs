//! Making a reversed change fit what is there now.

use std::collections::HashMap;
use std::hash::Hash;

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
    settings: Option<Settings>,
    features: HashMap<FeatureKey, Option<Feature>>,
    plans: HashMap<PlanKey, Option<Plan>>,
    users: HashMap<Id, Option<User>>,
    organizations: HashMap<Id, Option<Organization>>,
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
            settings: None,
            features: HashMap::new(),
            plans: HashMap::new(),
            users: HashMap::new(),
            organizations: HashMap::new(),
        }
    }

    /// The change as it can be carried out now.
    pub(super) fn fit(&mut self, change: Change) -> Result<Change, StoreError> {
        let Some(since) = self.since else {
            return Ok(change);
        };
        if let Change::Target {
            feature,
            rule,
            condition,
            target,
            before,
            after,
        } = change
        {
            let place = since.place(&feature, rule);
            return Ok(Change::Target {
                rule: place.ok_or_else(|| self.torn())?,
                feature,
                condition,
                target,
                before,
                after,
            });
        }
        let capped = since.cap().is_some() && matches!(change, Change::Settings { .. });
        match capped || since.shares(&change) {
            true => self.merged(change),
            false => Ok(change),
        }
    }

    fn torn(&self) -> StoreError {
        HistoryError::Torn(self.revision).into()
    }

    /// What is reversed leads from what the write left to what it had found: of things that are
    /// there before and after, only the difference.
    fn merged(&mut self, change: Change) -> Result<Change, StoreError> {
        match change {
            Change::Settings { before, after } => {
                let now = self.settings()?;
                let merged = merged_settings(now.clone(), &after, &before);
                // That has its own time.
                let after = Settings {
                    max_features: now.max_features,
                    ..merged
                };
                Ok(self.settled(now, after))
            }
            Change::Feature { key, before, after } => {
                let found = self.catalog()?.features.get(&key);
                let found = found.map(|entry| entry.feature.clone());
                let sides = (before, after);
                let fitted = fitted(&mut self.features, &key, found, sides, merged_feature);
                let (before, after) = fitted.ok_or_else(|| self.torn())?;
                Ok(Change::Feature { key, before, after })
            }
            Change::Plan { key, before, after } => {
                let found = self.catalog()?.plans.get(&key);
                let found = found.map(|entry| entry.plan.clone());
                let sides = (before, after);
                let fitted = fitted(&mut self.plans, &key, found, sides, merged_plan);
                let (before, after) = fitted.ok_or_else(|| self.torn())?;
                Ok(Change::Plan { key, before, after })
            }
            Change::User { id, before, after } => {
                let found = self.present.user(&id)?;
                let sides = (before, after);
                let fitted = fitted(&mut self.users, &id, found, sides, merged_user);
                let (before, after) = fitted.ok_or_else(|| self.torn())?;
                Ok(Change::User { id, before, after })
            }
            Change::Organization { id, before, after } => {
                let found = self.present.organization(&id)?;
                let (sides, known) = ((before, after), &mut self.organizations);
                let fitted = fitted(known, &id, found, sides, merged_organization);
                let (before, after) = fitted.ok_or_else(|| self.torn())?;
                Ok(Change::Organization { id, before, after })
            }
            change => Ok(change),
        }
    }

    /// The change that makes room for as many features as there might be, before any of them comes
    /// back; or takes room away, after all are gone that go. In between, where the write had it,
    /// there may be more of them by now than there was room for then.
    pub(super) fn room(&mut self, before_all: bool) -> Result<Option<Change>, StoreError> {
        let Some(cap) = self.since.and_then(Since::cap) else {
            return Ok(None);
        };
        let now = self.settings()?;
        let is_its_time = match before_all {
            true => cap > now.max_features,
            false => cap < now.max_features,
        };
        let after = Settings {
            max_features: cap,
            ..now.clone()
        };
        Ok(is_its_time.then(|| self.settled(now, after)))
    }

    fn settings(&mut self) -> Result<Settings, StoreError> {
        match self.settings.clone() {
            Some(fitted) => Ok(fitted),
            None => Ok(self.catalog()?.settings.clone()),
        }
    }

    fn settled(&mut self, before: Settings, after: Settings) -> Change {
        self.settings = Some(after.clone());
        Change::Settings { before, after }
    }

    /// The definitions before anything was taken back.
    fn catalog(&mut self) -> Result<&Catalog, StoreError> {
        if self.catalog.is_none() {
            self.catalog = Some(self.present.catalog(Scope::All)?);
        }
        self.catalog.as_ref().ok_or_else(|| self.torn())
    }
}

/// What a thing is before and after a change.
type Sides<T> = (Option<T>, Option<T>);

/// A reversed change on top of those before it; `None` where what it alters is not there.
fn fitted<K: Clone + Eq + Hash, T: Clone>(
    known: &mut HashMap<K, Option<T>>,
    key: &K,
    found: Option<T>,
    (left, back): Sides<T>,
    merge: fn(T, &T, &T) -> T,
) -> Option<Sides<T>> {
    let now = known.get(key).cloned().unwrap_or(found);
    let (before, after) = match (left, back) {
        (Some(left), Some(back)) => {
            let now = now?;
            (Some(now.clone()), Some(merge(now, &back, &left)))
        }
        whole => whole,
    };
    known.insert(key.clone(), after.clone());
    Some((before, after))
}
