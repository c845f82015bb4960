//! What would be known about a subject if some changes were made: a snapshot with the changes
//! laid over it. Nothing is written.

mod contents;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Facts, Scope, Snapshot, StoreError};
use crate::domain::apply::ListEdit;
use crate::domain::brief::{Brief, PartyBrief, decisive};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};

/// A snapshot with changes laid over it.
pub struct Preview<'s> {
    base: &'s dyn Snapshot,
    catalog: Catalog,
    revision: Revision,
    users: HashMap<Id, Option<User>>,
    organizations: HashMap<Id, Option<Organization>>,
    overrides: Laid,
    dropped: HashSet<ListId>,
    named: HashMap<Target, BTreeSet<ListId>>,
    unnamed: HashMap<Target, HashSet<ListId>>,
    /// Whether custom targets come onto lists or go.
    renames_custom: bool,
}

/// One subject's overrides after the changes: nothing for one that is taken away.
type Overlay = HashMap<FeatureKey, Option<Override>>;

/// The overrides that the changes lay over those of users and of organizations.
#[derive(Default)]
struct Laid {
    users: HashMap<Id, Overlay>,
    organizations: HashMap<Id, Overlay>,
}

impl Laid {
    fn of(&self, subject: &SubjectId) -> Option<&Overlay> {
        match subject {
            SubjectId::User(id) => self.users.get(id),
            SubjectId::Organization(id) => self.organizations.get(id),
        }
    }

    fn put(&mut self, subject: &SubjectId, feature: &FeatureKey, over: Option<&Override>) {
        let (side, id) = match subject {
            SubjectId::User(id) => (&mut self.users, id),
            SubjectId::Organization(id) => (&mut self.organizations, id),
        };
        let overlay = side.entry(id.clone()).or_default();
        overlay.insert(feature.clone(), over.cloned());
    }
}

/// Whether a party is a user or an organization.
#[derive(Clone, Copy)]
enum Side {
    User,
    Organization,
}

impl Side {
    fn subject(self, id: Id) -> SubjectId {
        match self {
            Self::User => SubjectId::User(id),
            Self::Organization => SubjectId::Organization(id),
        }
    }
}

/// A party's overrides with the changes laid over them.
fn overlaid<'p>(party: &PartyBrief<'p>, overlay: &'p Overlay) -> Vec<(&'p FeatureKey, Held)> {
    let stay = party
        .overrides
        .iter()
        .filter(|(feature, _)| !overlay.contains_key(*feature));
    let laid = overlay
        .iter()
        .filter_map(|(feature, over)| Some((feature, decisive(over.as_ref()?))));
    stay.cloned().chain(laid).collect()
}

/// What the changes leave of the facts about a subject.
pub enum After<'p> {
    /// All of them.
    Same,
    /// All but overrides: those of each party as they are then, the user's first.
    Overrides(Vec<Vec<(&'p FeatureKey, Held)>>),
    /// They have to be asked for.
    Others,
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
        let next = base.revision()?.next();
        Self::marked(base, catalog, changes, next)
    }

    /// The same, where what the changes touch is marked with another revision.
    pub(super) fn marked(
        base: &'s dyn Snapshot,
        catalog: &Catalog,
        changes: &ChangeSet,
        revision: Revision,
    ) -> Result<Self, StoreError> {
        let mut preview = Self {
            base,
            catalog: catalog.clone(),
            revision,
            users: HashMap::new(),
            organizations: HashMap::new(),
            overrides: Laid::default(),
            dropped: HashSet::new(),
            named: HashMap::new(),
            unnamed: HashMap::new(),
            renames_custom: false,
        };
        preview.lay_over(changes)?;
        Ok(preview)
    }

    /// Lays more changes over what is there then.
    ///
    /// # Errors
    ///
    /// As with [`Preview::new`]; the preview is then of no use.
    pub fn lay_over(&mut self, changes: &ChangeSet) -> Result<(), StoreError> {
        for change in changes.changes() {
            self.lay(change)?;
        }
        let mut renamed = self.named.keys().chain(self.unnamed.keys());
        self.renames_custom = renamed.any(Target::is_custom);
        Ok(())
    }

    /// The catalog after the changes.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The lists that no rule refers to any more.
    pub fn dropped(&self) -> &HashSet<ListId> {
        &self.dropped
    }

    /// What is left of the facts about a subject, apart from lists that are gone for everybody.
    pub fn after<'p>(&'p self, brief: &Brief<'p>) -> After<'p> {
        if self.lays_nothing() {
            return After::Same;
        }
        let users = brief.user.iter().map(|party| (party, Side::User));
        let organizations = brief.organizations.iter();
        let parties = users.chain(organizations.map(|party| (party, Side::Organization)));
        if self.renames_custom
            || parties
                .clone()
                .any(|(party, side)| self.alters(party.id, side))
        {
            return After::Others;
        }
        if !parties
            .clone()
            .any(|(party, side)| self.overlay(party.id, side).is_some())
        {
            return After::Same;
        }
        let overlaid = parties.map(|(party, side)| match self.overlay(party.id, side) {
            Some(overlay) => overlaid(party, overlay),
            None => party.overrides.to_vec(),
        });
        After::Overrides(overlaid.collect())
    }

    /// Whether nothing is laid over anybody: the changes are all about the catalog.
    fn lays_nothing(&self) -> bool {
        let nobody = self.users.is_empty() && self.organizations.is_empty();
        let unnamed = self.named.is_empty() && self.unnamed.is_empty();
        nobody
            && unnamed
            && self.overrides.users.is_empty()
            && self.overrides.organizations.is_empty()
    }

    /// Whether what is kept about a party is altered, or the lists that name it.
    fn alters(&self, id: &Id, side: Side) -> bool {
        let kept = match side {
            Side::User => self.users.contains_key(id),
            Side::Organization => self.organizations.contains_key(id),
        };
        kept || (!self.named.is_empty() || !self.unnamed.is_empty()) && {
            let target = side.subject(id.clone()).target();
            self.named.contains_key(&target) || self.unnamed.contains_key(&target)
        }
    }

    fn overlay(&self, id: &Id, side: Side) -> Option<&Overlay> {
        match side {
            Side::User => self.overrides.users.get(id),
            Side::Organization => self.overrides.organizations.get(id),
        }
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
                self.overrides.put(subject, feature, after.as_ref());
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
                if let Some(lists) = self.unnamed.get_mut(&target) {
                    lists.remove(&list);
                }
                self.named.entry(target).or_default().insert(list);
            }
            ListEdit::Unname { list, target } => {
                if let Some(lists) = self.named.get_mut(&target) {
                    lists.remove(&list);
                }
                self.unnamed.entry(target).or_default().insert(list);
            }
        }
    }
}

impl Facts for Preview<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let mut lists: BTreeSet<ListId> = self.base.lists_naming(target)?.into_iter().collect();
        lists.extend(self.named.get(target).into_iter().flatten());
        let unnamed = self.unnamed.get(target);
        let gone = |list: &ListId| {
            self.dropped.contains(list) || unnamed.is_some_and(|lists| lists.contains(list))
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
        let laid = self.overrides.of(subject).into_iter().flatten();
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
