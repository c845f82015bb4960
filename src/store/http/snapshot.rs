//! A project at a server, as it was at the first look.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::ControlFlow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::HttpStore;
use super::ahead::Ahead;
use super::known::{FEW, Known};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, SubjectRecord, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::wire::{Looking, Moment, Sought, Whole};
use crate::store::{
    About, Alone, Among, Basis, Digest, Entry, Facts, Look, LookAlone, Piece, Question, Scope,
    Snapshot, Span, StoreError, Verification, Visit,
};

/// A project as of the first look.
pub(super) struct Far<'s> {
    store: &'s HttpStore,
    revision: Cell<Option<Revision>>,
    /// By which revision lists have their numbers, once one was told.
    numbered: Cell<Option<Revision>>,
    /// Every definition, once all were fetched.
    catalog: OnceCell<Catalog>,
    /// For those who ask about many subjects.
    users: Asked,
    organizations: Asked,
    is_for_many: bool,
    ahead: Ahead,
}

/// Who of one kind was asked for.
#[derive(Default)]
struct Asked {
    one_by_one: Cell<usize>,
    all: RefCell<Option<Known>>,
}

impl<'s> Far<'s> {
    pub(super) fn new(store: &'s HttpStore) -> Self {
        Self {
            store,
            revision: Cell::new(None),
            numbered: Cell::new(None),
            catalog: OnceCell::new(),
            users: Asked::default(),
            organizations: Asked::default(),
            is_for_many: false,
            ahead: Ahead::default(),
        }
    }

    /// The same for a long write, whose rows ask about many subjects.
    pub(super) fn for_many(store: &'s HttpStore) -> Self {
        Self {
            is_for_many: true,
            ..Self::new(store)
        }
    }

    /// One subject: asked for by itself, or found among all of them.
    fn subject<T: Serialize + DeserializeOwned>(
        &self,
        asked: &Asked,
        id: &Id,
        alone: Sought,
        all: Sought,
    ) -> Result<Option<T>, StoreError> {
        let number = asked.one_by_one.get();
        if !self.is_for_many || number < FEW {
            asked.one_by_one.set(number + 1);
            return self.one(alone);
        }
        let mut known = asked.all.borrow_mut();
        let known = match &mut *known {
            Some(known) => known,
            none => none.insert(Known::of::<T>(|visit| self.many(all, visit))?),
        };
        match known.get(id) {
            Ok(found) => Ok(found),
            Err(Some(error)) => Err(error),
            Err(None) => self.one(alone),
        }
    }

    fn looking(&self, look: Sought) -> Looking {
        let at = self.revision.get();
        Looking { at, look }
    }

    /// Looks for one thing.
    fn one<T: DeserializeOwned>(&self, look: Sought) -> Result<T, StoreError> {
        let names_lists = names_lists(&look);
        let (found, moment) = self.store.one(&self.looking(look))?;
        self.is_of(moment, names_lists)?;
        Ok(found)
    }

    /// Walks through many.
    pub(super) fn many<T: DeserializeOwned>(
        &self,
        look: Sought,
        visit: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let names_lists = names_lists(&look);
        let begin = |moment| self.is_of(moment, names_lists);
        self.store.many(&self.looking(look), begin, visit)
    }

    /// Remembers the moment of the first answer, which is that of all others; lists must have the
    /// same numbers in all of them.
    fn is_of(&self, moment: Moment, names_lists: bool) -> Result<(), StoreError> {
        let Moment { revision, numbered } = moment;
        self.revision.set(Some(revision));
        if !names_lists {
            return Ok(());
        }
        match self.numbered.replace(Some(numbered)) {
            Some(before) if before != numbered => Err(StoreError::Moved),
            _ => Ok(()),
        }
    }
}

/// Whether the answer calls lists by their numbers.
fn names_lists(look: &Sought) -> bool {
    matches!(
        look,
        Sought::Catalog(_)
            | Sought::Basis { .. }
            | Sought::ListSize(_)
            | Sought::ListsNaming(_)
            | Sought::Briefs { .. }
            | Sought::Alone
    )
}

impl Facts for Far<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.one(Sought::ListsNaming(target.clone()))
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        let all = Sought::Users(None);
        self.subject(&self.users, id, Sought::User(id.clone()), all)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        let (alone, all) = (
            Sought::Organization(id.clone()),
            Sought::Organizations(None),
        );
        self.subject(&self.organizations, id, alone, all)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.one(Sought::OverridesOf {
            subject: subject.clone(),
            scope: scope.into(),
        })
    }
}

impl Snapshot for Far<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        if let Some(revision) = self.revision.get() {
            return Ok(revision);
        }
        self.one(Sought::Revision)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        match (self.catalog.get(), scope) {
            (Some(catalog), Scope::All) => Ok(catalog.clone()),
            (Some(catalog), Scope::Features(keys)) => Ok(catalog.narrowed(keys)),
            (None, Scope::Features(_)) => self.one(Sought::Catalog(scope.into())),
            (None, Scope::All) => {
                let catalog = self.one(Sought::Catalog(Whole::None))?;
                Ok(self.catalog.get_or_init(|| catalog).clone())
            }
        }
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        self.one(Sought::Basis {
            scope: scope.into(),
            question: question.clone(),
        })
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        self.one(Sought::Audience(feature.clone()))
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        self.one(Sought::ListSize(list))
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        self.many(Sought::Users(after.cloned()), visit)
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        self.many(Sought::Organizations(after.cloned()), visit)
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        self.many(Sought::Members(organization.clone()), visit)
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        let look = Sought::Overrides {
            scope: scope.into(),
            after: after.cloned(),
        };
        self.many(look, visit)
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        let look = Sought::Briefs {
            scope: scope.into(),
            among: among.into(),
        };
        self.many(look, |record: SubjectRecord| {
            record.in_brief(|brief| visit(brief))
        })
    }

    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError> {
        self.many(Sought::Alone, |alone: Alone| visit(&alone))
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        match self.ahead.write(self, revision, None) {
            Some(write) => Ok(Some(write.entry.clone())),
            None => self.one(Sought::Entry(revision)),
        }
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        let mut changes = Vec::new();
        self.each_change(revision, About::All, &mut |change| {
            changes.push(change);
            ControlFlow::Continue(())
        })?;
        Ok(ChangeSet::new(changes))
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        match self.ahead.write(self, revision, None) {
            Some(write) => Ok(write.count),
            None => self.one(Sought::ChangeCount(revision)),
        }
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        let about = about.into();
        let told = self.ahead.write(self, revision, Some(&about));
        if let Some(changes) = told.as_ref().and_then(|told| told.changes.as_ref()) {
            // Whoever has seen enough of them ends here.
            let _ = changes.iter().cloned().try_for_each(visit);
            return Ok(());
        }
        self.many(Sought::EachChange { revision, about }, visit)
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        let told = self.ahead.write(self, revision, None);
        match told.and_then(|told| told.hash) {
            Some(hash) => Ok(Some(hash)),
            None => self.one(Sought::Digest(revision)),
        }
    }

    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError> {
        self.one(Sought::Verify(noted))
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        self.one(Sought::IsIntact(revision))
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        self.many(Sought::History(before), visit)
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        let mut until = span.until;
        if span.after == Revision::UNKNOWN {
            let (writes, rest) = self.ahead.latest(self, until, &about.into());
            for write in writes {
                let at = write.entry.revision;
                let Some(changes) = &write.changes else {
                    let span = Span { until: at, ..span };
                    return self.many(Sought::changed(span, about), visit);
                };
                let mut latest_first = changes.iter().rev().cloned();
                if latest_first
                    .try_for_each(|change| visit((at, change)))
                    .is_break()
                {
                    return Ok(());
                }
            }
            match rest {
                Some(rest) => until = rest,
                None => return Ok(()),
            }
        }
        let span = Span { until, ..span };
        self.many(Sought::changed(span, about), visit)
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.many(Sought::Retold(after), visit)
    }
}
