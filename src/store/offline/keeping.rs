//! A remote store of which a copy is kept of all that is read, and answers in its place where it is
//! out of reach and the operator lets it.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::copy::{Answer, Definitions};
use super::kept::{KeptStore, KeptView};
use super::{Shelf, Terms, is_out_of_reach};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::export::written_down;
use crate::store::{
    About, Amend, Among, Author, Basis, Capabilities, Digest, Entry, Facts, Feed, Head, Loaded,
    Look, LookAlone, Parts, Piece, Planner, Purpose, Question, RecordKind, Records, Relay, Scope,
    Snapshot, Span, Store, StoreError, Verification, Visit, Written,
};

/// A remote store, and its copies.
pub struct Keeping {
    store: Box<dyn Store>,
    shelf: Shelf,
    terms: Terms,
}

impl Keeping {
    /// Keeps copies on the shelf. Only where the terms name an age do they answer.
    pub fn new(store: Box<dyn Store>, shelf: Shelf, terms: Terms) -> Self {
        Self {
            store,
            shelf,
            terms,
        }
    }

    /// The copies, where they may take the store's place after this error.
    fn instead(&self, error: &StoreError) -> Option<KeptView> {
        let may = self.terms.at_most.is_some() && is_out_of_reach(error);
        may.then(|| KeptStore::new(self.shelf.clone(), self.terms.clone()).view())
    }
}

impl Store for Keeping {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        let live = match self.store.snapshot() {
            Ok(live) => live,
            Err(error) => match self.instead(&error) {
                Some(kept) => return Ok(Box::new(kept)),
                None => return Err(error),
            },
        };
        Ok(Box::new(View {
            keeping: self,
            live,
            instead: OnceCell::new(),
        }))
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        self.store.update(author, planner)
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        self.store.load(purpose, feed)
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        self.store.replay(after, relay)
    }

    fn refuses(&self, command: &str, targets: &[Target]) -> Result<(), StoreError> {
        self.store.refuses(command, targets)
    }

    fn accepts(&self, snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<(), StoreError> {
        self.store.accepts(snapshot, changes)
    }

    fn given(&self, subject: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        self.store.given(subject)
    }

    fn capabilities(&self) -> Capabilities {
        self.store.capabilities()
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        self.store.pulse()
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        self.store.await_pulse(seen, at_most)
    }
}

impl Records for Keeping {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        self.store.record(kind, name)
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        self.store.records(kind)
    }

    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        self.store.amend(kind, name, amend)
    }
}

/// The store, until the first look finds it out of reach; then the copies, to the end. What was
/// looked at is from one of them and never from both.
struct View<'a> {
    keeping: &'a Keeping,
    live: Box<dyn Snapshot + 'a>,
    /// `None` once something was read from the store itself.
    instead: OnceCell<Option<KeptView>>,
}

impl View<'_> {
    /// What is looked at.
    fn snapshot(&self) -> &dyn Snapshot {
        match self.instead.get() {
            Some(Some(kept)) => kept,
            _ => &*self.live,
        }
    }

    /// Looks, and says whether the store itself answered.
    fn look<T>(
        &self,
        look: impl Fn(&dyn Snapshot) -> Result<T, StoreError>,
    ) -> Result<(T, bool), StoreError> {
        if let Some(Some(kept)) = self.instead.get() {
            return look(kept).map(|found| (found, false));
        }
        let error = match look(&*self.live) {
            Ok(found) => {
                drop(self.instead.set(None));
                return Ok((found, true));
            }
            Err(error) => error,
        };
        let kept = match self.instead.get() {
            None => self.keeping.instead(&error),
            Some(_) => None,
        };
        let Some(kept) = kept else {
            return Err(error);
        };
        match self.instead.get_or_init(|| Some(kept)) {
            // Where there is no copy for us either, it is the place that has to be mended.
            Some(kept) => match look(kept) {
                Err(StoreError::NoCopy { .. } | StoreError::CopyOfAnother { .. }) => Err(error),
                found => found.map(|found| (found, false)),
            },
            None => Err(error),
        }
    }

    /// Keeps the definitions as they are shown.
    fn keep_definitions(&self, revision: Revision, catalog: &Catalog) {
        let shelf = &self.keeping.shelf;
        let document = match shelf.is_whole() {
            true => written_down(&*self.live, catalog.clone(), Parts::default()).ok(),
            false => None,
        };
        let definitions = Definitions {
            revision,
            catalog: catalog.clone(),
            document,
        };
        shelf.keep_definitions(self.keeping.terms.now, &definitions);
    }

    /// Keeps definitions that say what decides, and not what people call it: that is taken over from
    /// when it was last read.
    fn keep_bare_definitions(&self, revision: Revision, mut catalog: Catalog) {
        let shelf = &self.keeping.shelf;
        if let Some(before) = shelf.definitions()
            && shelf.admit(&before).is_ok()
        {
            catalog.describe_as(&before.body.catalog);
        }
        self.keep_definitions(revision, &catalog);
    }
}

impl Snapshot for View<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.look(|snapshot| snapshot.revision())?.0)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        let (catalog, live) = self.look(|snapshot| snapshot.catalog(scope))?;
        if live
            && matches!(scope, Scope::All)
            && let Ok(revision) = self.live.revision()
        {
            self.keep_definitions(revision, &catalog);
        }
        Ok(catalog)
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        let (basis, live) = self.look(|snapshot| snapshot.basis(scope, question))?;
        if !live {
            return Ok(basis);
        }
        let shelf = &self.keeping.shelf;
        // One who hands out everything has everything in hand.
        if shelf.is_whole() {
            // What describes the definitions may take a request more, which no answer is to cost.
            let whole = match scope {
                Scope::All => Some(basis.catalog.clone()),
                Scope::Features(_) => {
                    let whole = self.live.basis(Scope::All, question);
                    whole.ok().map(|whole| whole.catalog)
                }
            };
            if let Some(catalog) = whole {
                self.keep_bare_definitions(basis.revision, catalog);
            }
        } else {
            if matches!(scope, Scope::All) {
                self.keep_definitions(basis.revision, &basis.catalog);
            }
            let answer = Answer {
                question: question.clone(),
                scope: match scope {
                    Scope::All => None,
                    Scope::Features(keys) => Some(keys.to_vec()),
                },
                basis: basis.clone(),
            };
            shelf.keep_answer(self.keeping.terms.now, &answer);
        }
        Ok(basis)
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        Ok(self.look(|snapshot| snapshot.audience(feature))?.0)
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        self.snapshot().list_size(list)
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        self.snapshot().users(after, visit)
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        self.snapshot().organizations(after, visit)
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        self.snapshot().members(organization, visit)
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        self.snapshot().overrides(scope, after, visit)
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        self.snapshot().briefs(scope, among, visit)
    }

    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError> {
        self.snapshot().each_alone(visit)
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.snapshot().entry(revision)
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        self.snapshot().changes(revision)
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        self.snapshot().change_count(revision)
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        self.snapshot().each_change(revision, about, visit)
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        self.snapshot().digest(revision)
    }

    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError> {
        self.snapshot().verify(noted)
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        self.snapshot().is_intact(revision)
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        self.snapshot().history(before, visit)
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        self.snapshot().changed(span, about, visit)
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.snapshot().retell(after, visit)
    }
}

impl Facts for View<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.snapshot().lists_naming(target)
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        Ok(self.look(|snapshot| snapshot.user(id))?.0)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        Ok(self.look(|snapshot| snapshot.organization(id))?.0)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.snapshot().overrides_of(subject, scope)
    }
}
