//! Asking the resolver twice about everybody concerned, and telling what differs.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::{Effect, Reach};
use crate::domain::brief::Brief;
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::lists::ListIds;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Resolver, Slot, Subject};
use crate::domain::subject::{SubjectId, SubjectRecord};
use crate::domain::target::{Id, ListId};
use crate::domain::time::Time;
use crate::store::preview::{After, Preview};
use crate::store::{Among, Facts, Question, Scope, Snapshot, StoreError, gather};

/// Up to how many subjects are asked for one by one. With more of them, walking past everybody is
/// cheaper.
const ONE_BY_ONE: usize = 20_000;

/// Whether a subject is one of those to be compared.
type Wanted<'w> = dyn Fn(&SubjectId) -> bool + 'w;

/// The two sides.
pub(super) struct Comparison<'c> {
    /// One resolver for each side serves all subjects: making one reads the whole catalog.
    was: Resolver<'c>,
    is: Resolver<'c>,
    present: &'c Catalog,
    planned: &'c Catalog,
    preview: &'c Preview<'c>,
    features: &'c [FeatureKey],
    at: Time,
    /// Where each of the features is on either side, if it is there.
    slots: Vec<(Option<Slot>, Option<Slot>)>,
}

impl<'c> Comparison<'c> {
    /// Prepares both sides for the features concerned; the catalogs have no others.
    pub(super) fn new(
        (present, planned): (&'c Catalog, &'c Catalog),
        preview: &'c Preview<'c>,
        features: &'c [FeatureKey],
        at: Time,
    ) -> Self {
        let (was, is) = (Resolver::new(present), Resolver::new(planned));
        let slots = features.iter().map(|key| (was.slot(key), is.slot(key)));
        Self {
            slots: slots.collect(),
            was,
            is,
            present,
            planned,
            preview,
            features,
            at,
        }
    }

    /// Compares for everybody within reach of the changes.
    pub(super) fn all(
        &self,
        snapshot: &dyn Snapshot,
        reach: Reach,
        changes: &ChangeSet,
        tell: &mut dyn FnMut(Effect),
    ) -> Result<(), StoreError> {
        let Reach {
            everybody,
            plans,
            named,
        } = reach;
        if everybody {
            self.walk(snapshot, Among::All, None, tell)?;
        } else {
            let named = with_members(snapshot, named)?;
            if named.len() > ONE_BY_ONE {
                let wanted = |subject: &SubjectId| named.contains(subject);
                self.walk(snapshot, Among::All, Some(&wanted), tell)?;
            } else {
                for subject in &named {
                    self.one(snapshot, subject, tell)?;
                }
            }
            if !plans.is_empty() {
                let plans: Vec<PlanKey> = plans.into_iter().collect();
                let others = |subject: &SubjectId| !named.contains(subject);
                let others: Option<&Wanted<'_>> = if named.is_empty() {
                    None
                } else {
                    Some(&others)
                };
                self.walk(snapshot, Among::OnPlans(&plans), others, tell)?;
            }
            if named.len() <= ONE_BY_ONE {
                return Ok(());
            }
        }
        for newcomer in newcomers(changes) {
            self.one(snapshot, &newcomer, tell)?;
        }
        Ok(())
    }

    /// Compares in one pass; with `wanted`, only those for whom it holds.
    fn walk(
        &self,
        snapshot: &dyn Snapshot,
        among: Among<'_>,
        wanted: Option<&Wanted<'_>>,
        tell: &mut dyn FnMut(Effect),
    ) -> Result<(), StoreError> {
        let mut failed = Ok(());
        snapshot.briefs(Scope::Features(self.features), among, &mut |brief| {
            let passed_over = wanted
                .is_some_and(|wanted| brief.subject().is_none_or(|subject| !wanted(&subject)));
            if !passed_over {
                failed = self.met(brief, tell);
            }
            match failed {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        failed
    }

    /// Compares for a subject that a walk tells of. The facts after the changes are asked for anew
    /// only where the changes can have altered them.
    fn met(&self, brief: &Brief<'_>, tell: &mut dyn FnMut(Effect)) -> Result<(), StoreError> {
        let lists: ListIds;
        let mut then = *brief;
        if !self.preview.dropped().is_empty() {
            let stay = |list: &ListId| !self.preview.dropped().contains(list);
            lists = brief.lists.iter().copied().filter(stay).collect();
            then.lists = &lists;
        }
        match self.preview.after(brief) {
            After::Same => self.compare_briefs(brief, &then, tell),
            After::Overrides(held) => {
                let mut held = held.iter();
                let user = then.user.iter().zip(&mut held);
                then.user = user.map(|(party, held)| party.holding(held)).next();
                let organizations = then.organizations.iter().zip(held);
                let organizations: Vec<_> = organizations
                    .map(|(party, held)| party.holding(held))
                    .collect();
                then.organizations = &organizations;
                self.compare_briefs(brief, &then, tell);
            }
            After::Others => {
                if let Some(subject) = brief.subject() {
                    let after = self.facts(self.preview, self.planned, &subject)?;
                    let was = self.was.bind_brief(brief);
                    let is = after.as_ref().map(|record| self.is.bind(record));
                    let name = || Some(subject.clone());
                    self.compare(&name, Some(&was), is.as_ref(), tell);
                }
            }
        }
        Ok(())
    }

    fn compare_briefs(&self, before: &Brief<'_>, after: &Brief<'_>, tell: &mut dyn FnMut(Effect)) {
        let was = self.was.bind_brief(before);
        let is = self.is.bind_brief(after);
        self.compare(&|| before.subject(), Some(&was), Some(&is), tell);
    }

    fn one(
        &self,
        snapshot: &dyn Snapshot,
        subject: &SubjectId,
        tell: &mut dyn FnMut(Effect),
    ) -> Result<(), StoreError> {
        let before = self.facts(snapshot, self.present, subject)?;
        let after = self.facts(self.preview, self.planned, subject)?;
        let was = before.as_ref().map(|record| self.was.bind(record));
        let is = after.as_ref().map(|record| self.is.bind(record));
        self.compare(&|| Some(subject.clone()), was.as_ref(), is.as_ref(), tell);
        Ok(())
    }

    /// What one side knows of a subject, read with that side's catalog: whether any rule names
    /// anybody differs between the two.
    fn facts(
        &self,
        facts: &dyn Facts,
        catalog: &Catalog,
        subject: &SubjectId,
    ) -> Result<Option<SubjectRecord>, StoreError> {
        let targets = Vec::new();
        let question = match subject.clone() {
            SubjectId::User(id) => Question::User {
                id,
                within: None,
                targets,
            },
            SubjectId::Organization(id) => Question::Organization { id, targets },
        };
        let scope = Scope::Features(self.features);
        match gather(facts, catalog, scope, &question) {
            Err(StoreError::Refused(Refusal::UnknownSubject(_))) => Ok(None),
            found => found.map(Some),
        }
    }

    /// Tells of the answers that differ; who is not known on a side gets nothing there. Nearly
    /// always nothing differs, so who it is about is asked last.
    fn compare(
        &self,
        subject: &dyn Fn() -> Option<SubjectId>,
        was: Option<&Subject<'_>>,
        is: Option<&Subject<'_>>,
        tell: &mut dyn FnMut(Effect),
    ) {
        let answer = |side: &Resolver<'_>, subject: Option<&Subject<'_>>, slot: Option<Slot>| {
            side.decide(subject?, slot?, self.at).answer
        };
        for (feature, (before, after)) in self.features.iter().zip(&self.slots) {
            let before = answer(&self.was, was, *before);
            let after = answer(&self.is, is, *after);
            if before != after
                && let Some(subject) = subject()
            {
                tell(Effect {
                    subject,
                    feature: feature.clone(),
                    before,
                    after,
                });
            }
        }
    }
}

/// Who is not known before the changes: a walk through all that are known already does not meet them.
/// One who goes and comes back was known.
fn newcomers(changes: &ChangeSet) -> Vec<SubjectId> {
    let mut met = BTreeSet::new();
    let mut newcomers = Vec::new();
    for change in changes.changes() {
        let (subject, is_new) = match change {
            Change::User { id, before, .. } => (SubjectId::User(id.clone()), before.is_none()),
            Change::Organization { id, before, .. } => {
                (SubjectId::Organization(id.clone()), before.is_none())
            }
            _ => continue,
        };
        if met.insert(subject.clone()) && is_new {
            newcomers.push(subject);
        }
    }
    newcomers
}

/// The subjects, and the users of the organizations among them.
fn with_members(
    snapshot: &dyn Snapshot,
    named: BTreeSet<SubjectId>,
) -> Result<BTreeSet<SubjectId>, StoreError> {
    let mut all = named.clone();
    for subject in &named {
        if let SubjectId::Organization(id) = subject {
            snapshot.members(id, &mut |member: Id| {
                all.insert(SubjectId::User(member));
                ControlFlow::Continue(())
            })?;
        }
    }
    Ok(all)
}
