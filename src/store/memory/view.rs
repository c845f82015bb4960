//! Reading a project in memory.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use super::contents::{Contents, Recorded};
use crate::domain::brief::Brief;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::chain::{Digest, Signature, Verification, Verifier};
use crate::store::{
    About, Alone, Among, Basis, Entry, Facts, Look, LookAlone, Piece, Question, Scope, Snapshot,
    Span, StoreError, Visit, basis, gather,
};

/// The contents as they were when it was made.
#[derive(Debug)]
pub(super) struct View(pub(super) Arc<Contents>);

impl Facts for View {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let lists = self
            .0
            .lists
            .naming(target.target_type.as_str(), target.id.as_str());
        Ok(lists.to_vec())
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        Ok(self.0.users.get(id).cloned())
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        Ok(self.0.organizations.get(id).cloned())
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        let held = self.0.overrides.get(subject).into_iter().flatten();
        Ok(held
            .filter(|(feature, _)| scope.includes(feature))
            .map(|(feature, held)| (feature.clone(), held.clone()))
            .collect())
    }
}

impl Snapshot for View {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.0.revision)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        let catalog = &self.0.catalog;
        Ok(match scope {
            Scope::All => catalog.clone(),
            Scope::Features(keys) => catalog.narrowed(keys),
        })
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        basis(self, scope, question)
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        let Some(entry) = self.0.catalog.features.get(feature) else {
            return Ok(None);
        };
        let complete = entry.audience.try_map(|_, list| {
            let named = self.0.lists.members(*list).cloned();
            Ok::<_, Infallible>(named.unwrap_or_default())
        });
        match complete {
            Ok(audience) => Ok(Some(audience)),
            Err(never) => match never {},
        }
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        Ok(self.0.lists.members(list).map_or(0, |ids| ids.len() as u64))
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        walk(behind(&self.0.users, after), visit)
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        walk(behind(&self.0.organizations, after), visit)
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        walk(self.0.members(organization).cloned(), visit)
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        let behind = (
            after.map_or(Bound::Unbounded, Bound::Excluded),
            Bound::Unbounded,
        );
        let holders = self.0.overrides.range::<SubjectId, _>(behind);
        let everything = holders.flat_map(|(subject, held)| {
            let one = move |(feature, held): (&FeatureKey, &Held)| {
                (subject.clone(), feature.clone(), held.clone())
            };
            held.iter()
                .filter(|(feature, _)| scope.includes(feature))
                .map(one)
        });
        walk(everything, visit)
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        let catalog = self.catalog(scope)?;
        let users = self.0.users.keys().cloned().map(SubjectId::User);
        let organizations = self.0.organizations.keys().cloned();
        for subject in users.chain(organizations.map(SubjectId::Organization)) {
            let record = gather(self, &catalog, scope, &about(&subject))?;
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
        let users = self.0.users.keys().cloned().map(SubjectId::User);
        let organizations = self.0.organizations.keys().cloned();
        for subject in users.chain(organizations.map(SubjectId::Organization)) {
            if let Some(alone) = Alone::look_up(self, subject)?
                && visit(&alone).is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        Ok(self.written(revision).map(|written| written.entry.clone()))
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        let changes = self
            .written(revision)
            .map(|written| written.changes.clone());
        Ok(changes.unwrap_or_default())
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        let written = self.written(revision);
        Ok(written.map_or(0, |written| written.changes.changes().len() as u64))
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        let changes = self
            .written(revision)
            .map(|written| written.changes.changes());
        let wanted = changes.into_iter().flatten();
        walk(wanted.filter(|change| about.covers(change)).cloned(), visit)
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        Ok(self.written(revision).map(|written| written.digest))
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        // What is never taken apart cannot be put together otherwise.
        Ok(self.written(revision).is_some())
    }

    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError> {
        let mut verifier = Verifier::new(noted, Some(self.0.head()));
        for written in &self.0.history {
            let fits = match verifier.next(&Signature::from(&written.entry)) {
                ControlFlow::Continue(link) => {
                    verifier.close(written.feed(link), &written.digest.0)
                }
                ControlFlow::Break(()) => ControlFlow::Break(()),
            };
            if fits.is_break() {
                break;
            }
        }
        if verifier.fits() {
            verifier.ends();
        }
        Ok(verifier.found())
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        let wanted = |entry: &&Entry| before.is_none_or(|before| entry.revision < before);
        let latest_first = self.0.history.iter().rev().map(|written| &written.entry);
        walk(latest_first.filter(wanted).cloned(), visit)
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        let written = self.0.history.iter().rev().map(|written| &**written);
        let within = written
            .skip_while(|written| written.entry.revision > span.until)
            .take_while(|written| written.entry.revision > span.after);
        let changes = within.flat_map(|written| {
            let changes = written.changes.changes().iter().rev();
            changes.map(|change| (written.entry.revision, change))
        });
        let wanted = changes.filter(|(_, change)| about.covers(change));
        walk(wanted.map(|(at, change)| (at, change.clone())), visit)
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        let behind = |written: &&Arc<Recorded>| written.entry.revision > after;
        let pieces = self.0.history.iter().filter(behind).flat_map(|written| {
            let rows = written.rows.iter().map(|(position, body)| Piece::Row {
                position: *position,
                body: body.clone(),
            });
            let begin = std::iter::once(Piece::Write(written.entry.clone()));
            let end = std::iter::once(Piece::Sealed(written.digest));
            begin.chain(rows).chain(end)
        });
        walk(pieces, visit)
    }
}

impl View {
    fn written(&self, revision: Revision) -> Option<&Recorded> {
        let history = &self.0.history;
        let found = history.binary_search_by_key(&revision, |written| written.entry.revision);
        found.ok().map(|index| &*history[index])
    }
}

fn about(subject: &SubjectId) -> Question {
    let targets = Vec::new();
    match subject.clone() {
        SubjectId::User(id) => Question::User {
            id,
            within: None,
            targets,
        },
        SubjectId::Organization(id) => Question::Organization { id, targets },
    }
}

fn behind<T: Clone>(map: &BTreeMap<Id, T>, after: Option<&Id>) -> impl Iterator<Item = (Id, T)> {
    let start = after.map_or(Bound::Unbounded, Bound::Excluded);
    map.range::<Id, _>((start, Bound::Unbounded))
        .map(|(id, row)| (id.clone(), row.clone()))
}

fn walk<T>(rows: impl Iterator<Item = T>, visit: &mut Visit<'_, T>) -> Result<(), StoreError> {
    for row in rows {
        if visit(row) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}
