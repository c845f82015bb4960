//! What is known about one subject, and which lists name it, led back by the changes about it.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::relist;
use super::{Past, fits, since, unless_done};
use crate::domain::apply::ListEdit;
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};
use crate::store::{About, Facts, Scope, Span, StoreError};

/// What a change found, and what it left.
type BeforeAfter<'c, T> = (Option<&'c T>, Option<&'c T>);

impl Past<'_> {
    /// What is kept about a subject, led back to what its changes found.
    fn led_back<T: PartialEq + Clone>(
        &self,
        subject: &SubjectId,
        present: Option<T>,
        sides: fn(&Change) -> Option<BeforeAfter<'_, T>>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = present;
        for (at, change) in since(&self.log.subject(subject)?, self.revision) {
            if let Some((before, after)) = sides(change) {
                fits(found.as_ref() == after, *at)?;
                found = before.cloned();
            }
        }
        Ok(found)
    }

    /// Finds the write that had set each override whose mark is missing.
    fn mark_overrides(
        &self,
        subject: &SubjectId,
        held: &mut BTreeMap<FeatureKey, Held>,
    ) -> Result<(), StoreError> {
        let unknown = |held: &&mut Held| held.revision == Revision::UNKNOWN;
        let mut open = held.values_mut().filter(unknown).count();
        if open == 0 {
            return Ok(());
        }
        let before = Span {
            after: Revision::UNKNOWN,
            until: self.revision,
        };
        let about = About::Subject(subject);
        self.log
            .present
            .changed(before, about, &mut |(at, change)| {
                if let Change::Override { feature, .. } = change
                    && let Some(held) = held.get_mut(&feature).filter(|held| unknown(held))
                {
                    held.revision = at;
                    open -= 1;
                }
                unless_done(open == 0)
            })
    }
}

impl Facts for Past<'_> {
    /// Goes through the definitions once more, since lists that are gone get their numbers on the
    /// way.
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let present = self.log.present.lists_naming(target)?;
        if !self.relisted {
            return Ok(present);
        }
        let mut naming: BTreeSet<ListId> = present.into_iter().collect();
        let mut catalog = self.log.catalog.clone();
        for (at, change) in since(&self.log.naming(target)?, self.revision) {
            let edits = catalog.apply(&change.clone().reversed(), Revision::UNKNOWN);
            let relisted = |edits: Vec<ListEdit>| {
                let mut edits = edits.iter();
                edits.all(|edit| relist(&mut naming, target, edit))
            };
            fits(edits.is_ok_and(relisted), *at)?;
        }
        Ok(naming.into_iter().collect())
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        let subject = SubjectId::User(id.clone());
        self.led_back(
            &subject,
            self.log.present.user(id)?,
            |change| match change {
                Change::User { before, after, .. } => Some((before.as_ref(), after.as_ref())),
                _ => None,
            },
        )
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        let subject = SubjectId::Organization(id.clone());
        let present = self.log.present.organization(id)?;
        self.led_back(&subject, present, |change| match change {
            Change::Organization { before, after, .. } => Some((before.as_ref(), after.as_ref())),
            _ => None,
        })
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        let present = self.log.present.overrides_of(subject, scope)?;
        let mut held: BTreeMap<FeatureKey, Held> = present.into_iter().collect();
        for (at, change) in since(&self.log.subject(subject)?, self.revision) {
            let Change::Override {
                feature,
                before,
                after,
                ..
            } = change
            else {
                continue;
            };
            if !scope.includes(feature) {
                continue;
            }
            let found = match before.clone() {
                None => held.remove(feature),
                Some(over) => {
                    let revision = Revision::UNKNOWN;
                    held.insert(feature.clone(), Held { over, revision })
                }
            };
            fits(found.map(|held| held.over) == *after, *at)?;
        }
        if self.revisions {
            self.mark_overrides(subject, &mut held)?;
        }
        Ok(held.into_iter().collect())
    }
}
