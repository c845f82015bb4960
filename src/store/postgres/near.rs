//! All about one subject, looked up when anything about it is asked: who asks who a user is asks next
//! what it holds and what its organizations hold. It comes in one trip, and the rest is answered
//! without any.
//!
//! It holds for as long as the view does, or until a write alters it. Where many are looked up, of
//! each of whom little is wanted, it would be too much.

use std::collections::HashSet;

use super::basis::{Known, NAMED, OVERRIDES, PARTIES, TARGETS, TARGETS_NAMED};
use super::datum::Datum;
use super::fault::Fault;
use super::session::Ask;
use super::subjects::kind;
use super::view::View;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};
use crate::store::{Facts, Scope};

/// So many subjects are kept at most, beyond the organizations of one user.
const MOST: usize = 64;

/// Who was looked up, with all that belongs to them.
#[derive(Default)]
pub(super) struct Near {
    is_at_hand: bool,
    /// Those whom it tells of, known or not.
    subjects: HashSet<SubjectId>,
    /// The targets of which it tells which lists name them.
    targets: HashSet<Target>,
    known: Known,
}

impl Near {
    /// Nobody yet, for whoever looks few up.
    pub(super) fn at_hand() -> Self {
        Self {
            is_at_hand: true,
            ..Self::default()
        }
    }

    /// Adds what was looked up about a subject; nothing else where that would be too much.
    fn add(&mut self, subject: &SubjectId, found: Known, with_lists: bool) {
        let is_user = matches!(subject, SubjectId::User(_));
        if is_user || self.subjects.len() >= MOST {
            *self = Self::at_hand();
        }
        self.subjects.extend(found.rows.keys().cloned());
        self.subjects.insert(subject.clone());
        if with_lists {
            let users = found.users.values().map(|user| &user.targets);
            let organizations = found.organizations.values().map(|found| &found.targets);
            let brought = users.chain(organizations).flatten().cloned();
            self.targets.extend(brought);
            // Whom the store does not know may be named as well, and no row says so.
            self.targets
                .extend(found.rows.keys().map(SubjectId::target));
        }
        self.known.add(found);
    }
}

impl Known {
    fn add(&mut self, found: Self) {
        self.users.extend(found.users);
        self.organizations.extend(found.organizations);
        self.overrides.extend(found.overrides);
        self.lists.extend(found.lists);
        self.rows.extend(found.rows);
    }
}

impl View<'_> {
    /// Has a subject near, if it is worth it.
    fn has_near(&self, subject: &SubjectId) -> Result<bool, Fault> {
        let near = self.near.borrow();
        if !near.is_at_hand || near.subjects.contains(subject) {
            return Ok(near.is_at_hand);
        }
        drop(near);
        let name = subject.id().as_str();
        let party: [Datum<'_>; 3] = [kind(subject).into(), name.into(), "".into()];
        let mut asked: Vec<Ask<'_>> = vec![(PARTIES, &party), (TARGETS, &party)];
        asked.push((OVERRIDES, &party));
        // Should there be lists after all, whoever needs them asks for them.
        let with_lists = !self.latest().may_name_nobody();
        if with_lists {
            asked.extend([(NAMED, &party[..]), (TARGETS_NAMED, &party)]);
        }
        let found = Known::of(&self.ask_all(&asked)?)?;
        self.near.borrow_mut().add(subject, found, with_lists);
        Ok(true)
    }

    pub(super) fn near_user(&self, id: &Id) -> Result<Option<User>, Fault> {
        let subject = SubjectId::User(id.clone());
        match self.has_near(&subject)? {
            true => Ok(self.near.borrow().known.users.get(id).cloned()),
            false => self.read_user(id),
        }
    }

    pub(super) fn near_organization(&self, id: &Id) -> Result<Option<Organization>, Fault> {
        let subject = SubjectId::Organization(id.clone());
        match self.has_near(&subject)? {
            true => Ok(self.near.borrow().known.organizations.get(id).cloned()),
            false => self.read_organization(id),
        }
    }

    pub(super) fn near_overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, Fault> {
        let near = self.near.borrow();
        if !near.subjects.contains(subject) {
            drop(near);
            return self.read_overrides_of(subject, scope);
        }
        let mut found = near.known.overrides_of(subject, scope)?;
        if let Scope::Features(keys) = scope {
            found.retain(|(key, _)| keys.contains(key));
        }
        Ok(found)
    }

    pub(super) fn near_lists_naming(&self, target: &Target) -> Result<Vec<ListId>, Fault> {
        let near = self.near.borrow();
        if near.targets.contains(target) {
            return Ok(near.known.lists_naming(target)?);
        }
        drop(near);
        self.read_lists_naming(target)
    }

    /// The row of a subject and the override that it holds of a feature, if it is near.
    pub(super) fn near_override(
        &self,
        subject: &SubjectId,
        feature: &FeatureKey,
    ) -> Option<(i64, Option<Override>)> {
        let near = self.near.borrow();
        let row = near.known.rows.get(subject)?;
        let held = near.known.overrides.get(subject).into_iter().flatten();
        let mut held = held.filter(|(key, _)| key == feature);
        Some((*row, held.next().map(|(_, held)| held.over.clone())))
    }

    /// Notes an override that was set or taken away.
    pub(super) fn note_override(
        &self,
        subject: &SubjectId,
        feature: &FeatureKey,
        after: Option<&Override>,
        revision: Revision,
    ) {
        let mut near = self.near.borrow_mut();
        if !near.subjects.contains(subject) {
            return;
        }
        let held: &mut Vec<_> = near.known.overrides.entry(subject.clone()).or_default();
        held.retain(|(key, _)| key != feature);
        held.extend(after.map(|over| {
            let over = over.clone();
            (feature.clone(), Held { over, revision })
        }));
    }

    /// Forgets whoever is near: they may be altered.
    pub(super) fn forget_near(&self) {
        let mut near = self.near.borrow_mut();
        if near.is_at_hand {
            *near = Near::at_hand();
        }
    }
}
