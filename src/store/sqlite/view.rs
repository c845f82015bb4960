//! The snapshot: one transaction, and how rows turn back into what the domain knows.

use std::cell::{Ref, RefCell};
use std::collections::HashMap;
use std::ops::Deref;
use std::path::Path;

use rusqlite::Connection;

use super::fault::Fault;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::chain::{Digest, Verification};
pub(super) use crate::store::rows::{from_json, natural, parsed, revision};
use crate::store::{
    About, Among, Basis, Entry, Facts, Look, LookAlone, Piece, Question, Scope, Snapshot, Span,
    StoreError, Visit, basis,
};

/// The connection that a view reads through.
enum Link<'s> {
    /// The store's own, which goes back to it.
    Kept(Ref<'s, Connection>),
    /// One that ends with the view.
    Own(Connection),
    /// That of a write, whose transaction is not ours to end.
    Writing(&'s Connection),
}

/// Everything from one moment.
pub(super) struct View<'s> {
    link: Link<'s>,
    path: &'s Path,
    /// Rows that were looked up before.
    pub(super) known: RefCell<Known>,
}

/// Rows that were looked up before: a question comes back to the same few, and each statement
/// spared is one that need not be prepared. A write that deletes forgets them.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) features: HashMap<FeatureKey, i64>,
    pub(super) plans: HashMap<i64, PlanKey>,
    /// The last subject only, of which there may be millions.
    pub(super) subject: Option<(SubjectId, i64)>,
}

impl<'s> View<'s> {
    fn new(link: Link<'s>, path: &'s Path) -> Self {
        let known = RefCell::default();
        Self { link, path, known }
    }

    /// A view through a connection that has begun a transaction and stays the store's.
    pub(super) fn on_kept(connection: Ref<'s, Connection>, path: &'s Path) -> Self {
        Self::new(Link::Kept(connection), path)
    }

    /// A view through a connection that has begun a transaction and is closed at the end.
    pub(super) fn on_own(connection: Connection, path: &'s Path) -> Self {
        Self::new(Link::Own(connection), path)
    }

    /// A view of what a write has done so far.
    pub(super) fn on_write(connection: &'s Connection, path: &'s Path) -> Self {
        Self::new(Link::Writing(connection), path)
    }

    /// Forgets every row, after some were deleted.
    pub(super) fn forget(&self) {
        self.known.replace(Known::default());
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.reading(self.path))
    }
}

impl Deref for View<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.link {
            Link::Kept(connection) => connection,
            Link::Own(connection) => connection,
            Link::Writing(connection) => connection,
        }
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        if let Link::Kept(connection) = &self.link {
            // Should it fail, the transaction stays open and the store takes another connection.
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
}

impl Facts for View<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.told(self.read_lists_naming(target))
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        self.told(self.read_user(id))
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.told(self.read_organization(id))
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.told(self.read_overrides_of(subject, scope))
    }
}

impl Snapshot for View<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        self.told(self.read_revision())
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        self.told(self.read_catalog(scope))
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        basis(self, scope, question)
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        self.told(self.read_audience(feature))
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        self.told(self.read_list_size(list))
    }

    fn users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_users(after, visit))
    }

    fn organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_organizations(after, visit))
    }

    fn members(&self, organization: &Id, visit: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        self.told(self.walk_members(organization, visit))
    }

    fn overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_overrides(scope, after, visit))
    }

    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_briefs(scope, among, visit))
    }

    fn each_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), StoreError> {
        self.told(self.walk_alone(visit))
    }

    fn entry(&self, revision: Revision) -> Result<Option<Entry>, StoreError> {
        self.told(self.read_entry(revision))
    }

    fn changes(&self, revision: Revision) -> Result<ChangeSet, StoreError> {
        self.told(self.read_changes(revision))
    }

    fn change_count(&self, revision: Revision) -> Result<u64, StoreError> {
        self.told(self.read_change_count(revision))
    }

    fn each_change(
        &self,
        revision: Revision,
        about: About<'_>,
        visit: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_changes(revision, about, visit))
    }

    fn digest(&self, revision: Revision) -> Result<Option<Digest>, StoreError> {
        self.told(self.read_digest(revision))
    }

    fn is_intact(&self, revision: Revision) -> Result<bool, StoreError> {
        self.told(self.read_is_intact(revision))
    }

    fn verify(&self, noted: Option<Digest>) -> Result<Verification, StoreError> {
        self.told(self.verify_chain(noted))
    }

    fn history(
        &self,
        before: Option<Revision>,
        visit: &mut Visit<'_, Entry>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_history(before, visit))
    }

    fn changed(
        &self,
        span: Span,
        about: About<'_>,
        visit: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        self.told(self.walk_changed(span, about, visit))
    }

    fn retell(&self, after: Revision, visit: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.told(self.walk_pieces(after, visit))
    }
}
