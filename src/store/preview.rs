//! What would be known about a subject if some changes were made: a snapshot with the changes
//! laid over it. Nothing is written.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Facts, Scope, Snapshot, StoreError};
use crate::domain::apply::ListEdit;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, SubjectRecord, User};
use crate::domain::target::{Id, ListId, Target};

/// A snapshot with changes laid over it.
pub struct Preview<'s> {
    base: &'s dyn Snapshot,
    catalog: Catalog,
    revision: Revision,
    users: HashMap<Id, Option<User>>,
    organizations: HashMap<Id, Option<Organization>>,
    overrides: HashMap<SubjectId, HashMap<FeatureKey, Option<Override>>>,
    dropped: HashSet<ListId>,
    named: HashMap<Target, BTreeSet<ListId>>,
    unnamed: HashSet<(Target, ListId)>,
}

impl<'s> Preview<'s> {
    /// Lays the changes over the snapshot.
    ///
    /// # Errors
    ///
    /// The refusal that writing them would meet, as far as the catalog can tell.
    pub fn new(
        base: &'s dyn Snapshot,
        catalog: &Catalog,
        changes: &ChangeSet,
    ) -> Result<Self, StoreError> {
        let mut preview = Self {
            base,
            catalog: catalog.clone(),
            revision: base.revision()?.next(),
            users: HashMap::new(),
            organizations: HashMap::new(),
            overrides: HashMap::new(),
            dropped: HashSet::new(),
            named: HashMap::new(),
            unnamed: HashSet::new(),
        };
        for change in changes.changes() {
            preview.lay(change)?;
        }
        Ok(preview)
    }

    /// The catalog after the changes.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The lists that no rule refers to any more.
    pub fn dropped(&self) -> &HashSet<ListId> {
        &self.dropped
    }

    /// Whether the facts about the subject, whose record is the present one, are others after the
    /// changes, apart from lists that are gone for everybody.
    pub fn alters(&self, subject: &SubjectId, record: &SubjectRecord) -> bool {
        let touched = |subject: &SubjectId| {
            let kept = match subject {
                SubjectId::User(id) => self.users.contains_key(id),
                SubjectId::Organization(id) => self.organizations.contains_key(id),
            };
            kept || self.overrides.contains_key(subject) || self.renames(&subject.target())
        };
        let organizations = record
            .organizations
            .iter()
            .filter_map(|party| party.id.clone());
        touched(subject)
            || organizations
                .map(SubjectId::Organization)
                .any(|id| touched(&id))
            || self.renames_custom()
    }

    fn renames(&self, target: &Target) -> bool {
        self.named.contains_key(target) || self.unnamed.iter().any(|(gone, _)| gone == target)
    }

    /// Whether custom targets are concerned: a record does not tell which ones a subject has.
    fn renames_custom(&self) -> bool {
        let custom = Target::is_custom;
        self.named.keys().any(custom) || self.unnamed.iter().any(|(gone, _)| custom(gone))
    }

    fn lay(&mut self, change: &Change) -> Result<(), StoreError> {
        for edit in self.catalog.apply(change, self.revision)? {
            self.relist(edit);
        }
        match change {
            Change::User { id, after, .. } => {
                self.users.insert(id.clone(), after.clone());
            }
            Change::Organization { id, after, .. } => {
                self.organizations.insert(id.clone(), after.clone());
            }
            Change::Override {
                subject,
                feature,
                after,
                ..
            } => {
                let held = self.overrides.entry(subject.clone()).or_default();
                held.insert(feature.clone(), after.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn relist(&mut self, edit: ListEdit) {
        match edit {
            ListEdit::Create {
                list,
                target_type,
                ids,
            } => {
                for id in ids {
                    let target = Target {
                        target_type: target_type.clone(),
                        id,
                    };
                    self.named.entry(target).or_default().insert(list);
                }
            }
            ListEdit::Drop { list, .. } => {
                self.dropped.insert(list);
            }
            ListEdit::Name { list, target } => {
                self.unnamed.remove(&(target.clone(), list));
                self.named.entry(target).or_default().insert(list);
            }
            ListEdit::Unname { list, target } => {
                if let Some(lists) = self.named.get_mut(&target) {
                    lists.remove(&list);
                }
                self.unnamed.insert((target, list));
            }
        }
    }
}

impl Facts for Preview<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let mut lists: BTreeSet<ListId> = self.base.lists_naming(target)?.into_iter().collect();
        lists.extend(self.named.get(target).into_iter().flatten());
        let gone = |list: &ListId| {
            self.dropped.contains(list) || self.unnamed.contains(&(target.clone(), *list))
        };
        Ok(lists.into_iter().filter(|list| !gone(list)).collect())
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        match self.users.get(id) {
            Some(laid) => Ok(laid.clone()),
            None => self.base.user(id),
        }
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        match self.organizations.get(id) {
            Some(laid) => Ok(laid.clone()),
            None => self.base.organization(id),
        }
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        let mut held = self.base.overrides_of(subject, scope)?;
        let laid = self.overrides.get(subject).into_iter().flatten();
        for (feature, over) in laid.filter(|(feature, _)| scope.includes(feature)) {
            held.retain(|(known, _)| known != feature);
            if let Some(over) = over.clone() {
                held.push((
                    feature.clone(),
                    Held {
                        over,
                        revision: self.revision,
                    },
                ));
            }
        }
        held.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(held)
    }
}
