//! A whole project as a revision of late had left it.
//!
//! Somebody far away who looks at a project asks more than once, and all answers have to be of one
//! moment while others go on writing. Here the few changes since that moment are undone over the
//! present, so that every question of a [`Snapshot`] can still be asked; [`Past`](super::Past)
//! leads farther back, but to the facts about one subject at a time.

use std::ops::ControlFlow;

use super::{
    About, Among, Basis, Digest, Entry, Facts, HistoryError, Look, LookAlone, Piece, Preview,
    Question, Scope, Snapshot, Span, StoreError, Verification, Visit, basis,
};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};

/// So many changes are undone; from farther back nobody is led.
const MOST: usize = 10_000;

/// A project as a revision of late had left it. What has changed since is marked with
/// [`Revision::UNKNOWN`].
pub struct Rewound<'s> {
    present: &'s dyn Snapshot,
    then: Preview<'s>,
    revision: Revision,
    numbered: Revision,
}

impl<'s> Rewound<'s> {
    /// Undoes what has been written since.
    ///
    /// # Errors
    ///
    /// [`StoreError::Moved`] where too much has been written since, and [`StoreError::History`]
    /// where the revision is yet to come or the history does not reach back to it.
    pub fn to(present: &'s dyn Snapshot, revision: Revision) -> Result<Self, StoreError> {
        let latest = present.revision()?;
        if revision > latest {
            return Err(HistoryError::Ahead { revision, latest }.into());
        }
        let mut undone = Vec::new();
        let mut first = latest.next();
        let span = Span {
            after: revision,
            until: latest,
        };
        present.changed(span, About::All, &mut |(at, change)| {
            first = at;
            undone.push(change.reversed());
            match undone.len() > MOST {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        if undone.len() > MOST {
            return Err(StoreError::Moved);
        }
        if first != revision.next() {
            return Err(HistoryError::Missing(revision.next()).into());
        }
        let relisted = undone
            .iter()
            .any(|change| matches!(change, Change::Rule { .. }));
        let catalog = present.catalog(Scope::All)?;
        let undone = ChangeSet::new(undone);
        Ok(Self {
            then: Preview::marked(present, &catalog, &undone, Revision::UNKNOWN)?,
            present,
            revision,
            // A list that came back has another number than it had.
            numbered: if relisted { latest } else { revision },
        })
    }

    /// By which revision lists have their numbers.
    pub fn numbered(&self) -> Revision {
        self.numbered
    }

    /// What had been written by then.
    fn by_then<T: Default>(
        &self,
        revision: Revision,
        ask: impl FnOnce(&dyn Snapshot) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match revision <= self.revision {
            true => ask(self.present),
            false => Ok(T::default()),
        }
    }
}

impl Facts for Rewound<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.then.lists_naming(target)
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        self.then.user(id)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.then.organization(id)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.then.overrides_of(subject, scope)
    }
}

impl Snapshot for Rewound<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.revision)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        Snapshot::catalog(&self.then, scope)
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        basis(self, scope, question)
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        self.then.audience(feature)
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        self.then.list_size(list)
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        self.then.users(after, visit)
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        self.then.organizations(after, visit)
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        self.then.members(organization, visit)
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        self.then.overrides(scope, after, visit)
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        self.then.briefs(scope, among, visit)
    }

    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError> {
        self.then.each_alone(visit)
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.by_then(revision, |present| present.entry(revision))
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        self.by_then(revision, |present| present.changes(revision))
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        self.by_then(revision, |present| present.change_count(revision))
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        self.by_then(revision, |present| {
            present.each_change(revision, about, visit)
        })
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        self.by_then(revision, |present| present.digest(revision))
    }

    /// The chain is checked to its end, and that is not the end of then.
    fn verify(&self, _: Option<Digest>) -> Result<Verification, StoreError> {
        Err(StoreError::Moved)
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        self.by_then(revision, |present| present.is_intact(revision))
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        let end = self.revision.next();
        let before = before.map_or(end, |before| before.min(end));
        self.present.history(Some(before), visit)
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        let until = span.until.min(self.revision);
        self.present.changed(Span { until, ..span }, about, visit)
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.present.retell(after, &mut |piece| match &piece {
            Piece::Write(entry) if entry.revision > self.revision => ControlFlow::Break(()),
            _ => visit(piece),
        })
    }
}
