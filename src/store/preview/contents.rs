//! The whole project as it would be then, so that more changes can be planned on top.
//!
//! What is laid over the base is small, the base may not be: a walk goes through the base once and
//! puts what is laid in at its place. The history is that of the base, since nothing was written.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::{Overlay, Preview};
use crate::domain::brief::Brief;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Condition, Id, ListId, Members};
use crate::store::{
    About, Alone, Among, Basis, Digest, Entry, Look, LookAlone, Piece, Question, Scope, Snapshot,
    Span, StoreError, Verification, Visit, basis, gather,
};

impl Preview<'_> {
    fn everybody(&self) -> Result<Vec<SubjectId>, StoreError> {
        let mut everybody = Vec::new();
        self.users(None, &mut |(id, _)| {
            everybody.push(SubjectId::User(id));
            ControlFlow::Continue(())
        })?;
        self.organizations(None, &mut |(id, _)| {
            everybody.push(SubjectId::Organization(id));
            ControlFlow::Continue(())
        })?;
        Ok(everybody)
    }

    /// Whom the lists of a feature's rules name in the base.
    fn base_members(&self, feature: &FeatureKey) -> Result<BTreeMap<ListId, Members>, StoreError> {
        let scope = Scope::Features(std::slice::from_ref(feature));
        let numbered = self.base.catalog(scope)?.features.remove(feature);
        let complete = self.base.audience(feature)?;
        let (Some(numbered), Some(complete)) = (numbered, complete) else {
            return Ok(BTreeMap::new());
        };
        let numbers = numbered.audience.rules.iter().flat_map(|rule| &rule.when);
        let members = complete.rules.into_iter().flat_map(|rule| rule.when);
        let pairs = numbers.zip(members).filter_map(|pair| match pair {
            (Condition::OneOf { ids: list, .. }, Condition::OneOf { ids, .. }) => {
                Some((*list, ids))
            }
            _ => None,
        });
        Ok(pairs.collect())
    }

    /// What is laid over the overrides of the base, as far as it is in scope.
    fn laid_overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
    ) -> BTreeMap<(SubjectId, FeatureKey), Option<Held>> {
        let mut laid = BTreeMap::new();
        let mut lay = |subject: SubjectId, overlay: &Overlay| {
            if after.is_some_and(|after| subject <= *after) {
                return;
            }
            for (feature, over) in overlay.iter().filter(|(key, _)| scope.includes(key)) {
                let revision = self.revision;
                let held = over.clone().map(|over| Held { over, revision });
                laid.insert((subject.clone(), feature.clone()), held);
            }
        };
        for (id, overlay) in &self.overrides.users {
            lay(SubjectId::User(id.clone()), overlay);
        }
        for (id, overlay) in &self.overrides.organizations {
            lay(SubjectId::Organization(id.clone()), overlay);
        }
        laid
    }
}

/// Walks through rows of the base, in order, with those that are laid over them.
fn merged<K: Ord, V>(
    laid: BTreeMap<K, Option<V>>,
    visit: &mut Visit<'_, (K, V)>,
    walk: impl FnOnce(&mut Visit<'_, (K, V)>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut laid = laid.into_iter().peekable();
    let mut flow = ControlFlow::Continue(());
    walk(&mut |(key, found)| {
        while let Some((first, row)) = laid.next_if(|(first, _)| *first < key) {
            flow = row.map_or(flow, |row| visit((first, row)));
            if flow.is_break() {
                return flow;
            }
        }
        flow = match laid.next_if(|(first, _)| *first == key) {
            None => visit((key, found)),
            Some((key, Some(row))) => visit((key, row)),
            Some((_, None)) => ControlFlow::Continue(()),
        };
        flow
    })?;
    let rest = laid.filter_map(|(key, row)| Some((key, row?)));
    for row in rest {
        if flow.is_break() {
            break;
        }
        flow = visit(row);
    }
    Ok(())
}

/// Those behind `after`, in order.
fn behind<V: Clone>(laid: &HashMap<Id, V>, after: Option<&Id>) -> BTreeMap<Id, V> {
    let behind = laid
        .iter()
        .filter(|(id, _)| after.is_none_or(|after| *id > after));
    behind.map(|(id, row)| (id.clone(), row.clone())).collect()
}

impl Snapshot for Preview<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.revision)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        Ok(match scope {
            Scope::All => self.catalog.clone(),
            Scope::Features(keys) => self.catalog.narrowed(keys),
        })
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        basis(self, scope, question)
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        let Some(entry) = self.catalog.features.get(feature) else {
            return Ok(None);
        };
        let base = self.base_members(feature)?;
        let complete = entry.audience.try_map(|_, list| {
            let mut members = base.get(list).cloned().unwrap_or_default();
            let unnamed = self.unnamed.iter();
            for (target, _) in unnamed.filter(|(_, lists)| lists.contains(list)) {
                members.remove(&target.id);
            }
            let named = self.named.iter();
            let named = named.filter(|(_, lists)| lists.contains(list));
            members.extend(named.map(|(target, _)| target.id.clone()));
            Ok::<_, StoreError>(members)
        })?;
        Ok(Some(complete))
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        let in_base = |target| Ok::<_, StoreError>(self.base.lists_naming(target)?.contains(&list));
        let mut size = self.base.list_size(list)?;
        for (target, _) in self.named.iter().filter(|(_, on)| on.contains(&list)) {
            size += u64::from(!in_base(target)?);
        }
        for (target, _) in self.unnamed.iter().filter(|(_, off)| off.contains(&list)) {
            size -= u64::from(in_base(target)?);
        }
        Ok(size)
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        merged(behind(&self.users, after), visit, |each| {
            self.base.users(after, each)
        })
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        merged(behind(&self.organizations, after), visit, |each| {
            self.base.organizations(after, each)
        })
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        let laid = self.users.iter().map(|(id, user)| {
            let belongs = |user: &User| user.organizations.contains(organization);
            (id.clone(), user.as_ref().is_some_and(belongs).then_some(()))
        });
        merged(laid.collect(), &mut |(id, ())| visit(id), |each| {
            self.base.members(organization, &mut |id| each((id, ())))
        })
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        let mut flat = |((subject, feature), held)| visit((subject, feature, held));
        merged(self.laid_overrides(scope, after), &mut flat, |each| {
            let mut pair = |(subject, feature, held)| each(((subject, feature), held));
            self.base.overrides(scope, after, &mut pair)
        })
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        let catalog = Snapshot::catalog(self, scope)?;
        for subject in self.everybody()? {
            let record = gather(self, &catalog, scope, &about(subject))?;
            let tell = |brief: &Brief<'_>| match among.includes(brief) {
                true => visit(brief),
                false => ControlFlow::Continue(()),
            };
            if record.in_brief(tell).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError> {
        for subject in self.everybody()? {
            if let Some(alone) = Alone::look_up(self, subject)?
                && visit(&alone).is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.base.entry(revision)
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        self.base.changes(revision)
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        self.base.change_count(revision)
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        self.base.each_change(revision, about, visit)
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        self.base.digest(revision)
    }

    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError> {
        self.base.verify(noted)
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        self.base.is_intact(revision)
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        self.base.history(before, visit)
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        self.base.changed(span, about, visit)
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.base.retell(after, visit)
    }
}

fn about(subject: SubjectId) -> Question {
    let targets = Vec::new();
    match subject {
        SubjectId::User(id) => Question::User {
            id,
            within: None,
            targets,
        },
        SubjectId::Organization(id) => Question::Organization { id, targets },
    }
}
