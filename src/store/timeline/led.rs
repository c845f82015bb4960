//! One subject and one feature, led back write by write.
//!
//! Each step is held against what is there, as in every look at the past.

use std::collections::{BTreeMap, BTreeSet};

use super::trail::Trail;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};
use crate::domain::value::Kind;
use crate::store::past::relist;
use crate::store::{Facts, HistoryError, Scope, Snapshot, StoreError};

/// What was there, as far as it concerns the question.
pub(super) struct Led {
    feature: [FeatureKey; 1],
    /// Of the features only this one.
    catalog: Catalog,
    lists: BTreeMap<Target, BTreeSet<ListId>>,
    users: BTreeMap<Id, User>,
    organizations: BTreeMap<Id, Organization>,
    overrides: BTreeMap<SubjectId, Override>,
}

impl Led {
    /// What is there now.
    pub(super) fn new(
        present: &dyn Snapshot,
        feature: &FeatureKey,
        trail: &Trail,
    ) -> Result<Self, StoreError> {
        let mut catalog = present.catalog(Scope::All)?;
        catalog.features.retain(|key, _| key == feature);
        for plan in catalog.plans.values_mut() {
            plan.grants.retain(|key, _| key == feature);
        }
        let mut led = Self {
            feature: [feature.clone()],
            catalog,
            lists: BTreeMap::new(),
            users: BTreeMap::new(),
            organizations: BTreeMap::new(),
            overrides: BTreeMap::new(),
        };
        for target in &trail.targets {
            let naming = present.lists_naming(target)?.into_iter().collect();
            led.lists.insert(target.clone(), naming);
        }
        for party in &trail.parties {
            match party {
                SubjectId::User(id) => {
                    let found = present.user(id)?;
                    led.users.extend(found.map(|user| (id.clone(), user)));
                }
                SubjectId::Organization(id) => {
                    let found = present.organization(id)?;
                    led.organizations
                        .extend(found.map(|found| (id.clone(), found)));
                }
            }
            let held = present.overrides_of(party, led.scope())?;
            let held = held.into_iter().map(|(_, held)| (party.clone(), held.over));
            led.overrides.extend(held.collect::<Vec<_>>());
        }
        Ok(led)
    }

    pub(super) fn scope(&self) -> Scope<'_> {
        Scope::Features(&self.feature)
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        let entry = self.catalog.features.get(&self.feature[0])?;
        Some(entry.feature.kind)
    }

    /// Takes back what a write changed, latest first.
    pub(super) fn undo(
        &mut self,
        revision: Revision,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        match changes.iter().all(|change| self.take_back(change)) {
            true => Ok(()),
            false => Err(HistoryError::Torn(revision).into()),
        }
    }

    /// That nothing is left of what the first write found: it found nothing.
    pub(super) fn is_blank(&self) -> Result<(), StoreError> {
        let blank = self.catalog.features.is_empty()
            && self.catalog.plans.is_empty()
            && self.users.is_empty()
            && self.organizations.is_empty()
            && self.overrides.is_empty();
        match blank {
            true => Ok(()),
            false => Err(HistoryError::Torn(Revision::UNKNOWN.next()).into()),
        }
    }

    /// `false` where the change did not leave what is there.
    fn take_back(&mut self, change: &Change) -> bool {
        match change {
            Change::User { id, before, after } => {
                exchange(&mut self.users, id, before.as_ref(), after.as_ref())
            }
            Change::Organization { id, before, after } => {
                exchange(&mut self.organizations, id, before.as_ref(), after.as_ref())
            }
            Change::Override {
                subject,
                before,
                after,
                ..
            } => {
                let held = &mut self.overrides;
                exchange(held, subject, before.as_ref(), after.as_ref())
            }
            definition => {
                let undone = definition.clone().reversed();
                let Ok(edits) = self.catalog.apply(&undone, Revision::UNKNOWN) else {
                    return false;
                };
                self.lists.iter_mut().all(|(target, naming)| {
                    let mut edits = edits.iter();
                    edits.all(|edit| relist(naming, target, edit))
                })
            }
        }
    }
}

fn exchange<K: Ord + Clone, V: PartialEq + Clone>(
    map: &mut BTreeMap<K, V>,
    key: &K,
    before: Option<&V>,
    after: Option<&V>,
) -> bool {
    let fits = map.get(key) == after;
    match before {
        None => map.remove(key),
        Some(before) => map.insert(key.clone(), before.clone()),
    };
    fits
}

impl Facts for Led {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let naming = self.lists.get(target).into_iter().flatten();
        Ok(naming.copied().collect())
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        Ok(self.users.get(id).cloned())
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        Ok(self.organizations.get(id).cloned())
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        _: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        let held = self.overrides.get(subject).map(|over| {
            let revision = Revision::UNKNOWN;
            let held = Held {
                over: over.clone(),
                revision,
            };
            (self.feature[0].clone(), held)
        });
        Ok(held.into_iter().collect())
    }
}
