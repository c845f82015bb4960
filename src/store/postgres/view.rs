//! The snapshot: one transaction, begun by the first question.
//!
//! So a question that comes alone takes one trip: the beginning, the row of the state and the
//! question go out together, and the end is sent and not waited for. Until the first answer nothing
//! was told, so whatever passes is waited for and the moment is another one.

use std::cell::{Cell, Ref, RefCell};

use tokio_postgres::Row;

use super::PostgresStore;
use super::connect::Need;
use super::datum::Datum;
use super::fault::{Fault, Passing};
use super::foreseen::{Ends, Foreseen};
use super::latest::Latest;
use super::names::Names;
use super::near::Near;
use super::schema::{STATE, Standing, lacks, standing};
use super::session::{Ask, Session};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::chain::{Digest, Verification};
use crate::store::{
    About, Among, Basis, Entry, Facts, Head, Look, LookAlone, Piece, Question, RecordKind, Scope,
    Snapshot, Span, StoreError, Visit,
};

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The session that a view reads through.
enum Link<'s> {
    /// The store's, once the first question was asked; it goes back at the end.
    Kept(Box<RefCell<Option<Session>>>),
    /// That of a write, whose transaction is not ours to end.
    Writing(&'s Session),
}

/// Everything from one moment.
pub(super) struct View<'s> {
    store: &'s PostgresStore,
    link: Link<'s>,
    standing: Cell<Option<Standing>>,
    /// What passes, and was told to whoever asked as an error.
    met: RefCell<Option<Fault>>,
    pub(super) names: RefCell<Names>,
    pub(super) near: RefCell<Near>,
    foreseen: RefCell<Foreseen>,
}

impl<'s> View<'s> {
    /// A view of the moment of the first question.
    pub(super) fn new(store: &'s PostgresStore) -> Self {
        Self {
            store,
            link: Link::Kept(Box::default()),
            standing: Cell::default(),
            met: RefCell::default(),
            names: RefCell::default(),
            near: RefCell::new(Near::at_hand()),
            foreseen: RefCell::default(),
        }
    }

    /// The same where many are looked up, of each of whom little is wanted.
    pub(super) fn of_many(self) -> Self {
        self.near.replace(Near::default());
        self
    }

    /// A view of what a write has done so far. The row of its state was read; of that the latest
    /// revision is yet to be.
    pub(super) fn on_write(
        store: &'s PostgresStore,
        session: &'s Session,
        standing: Standing,
        foreseen: Foreseen,
    ) -> Self {
        Self {
            store,
            link: Link::Writing(session),
            standing: Cell::new(Some(standing)),
            met: RefCell::default(),
            names: RefCell::default(),
            near: RefCell::default(),
            foreseen: RefCell::new(foreseen),
        }
    }

    /// Something is altered: what was foreseen is no longer so.
    pub(super) fn alter(&self) {
        self.foreseen.take();
    }

    /// A record, where it was foreseen.
    pub(super) fn foreseen_record(&self, kind: RecordKind, name: &str) -> Option<Option<String>> {
        self.foreseen.borrow().record(kind, name)
    }

    /// Where everything ended when a write began that has altered nothing yet.
    pub(super) fn ends(&self) -> Option<Ends> {
        self.foreseen.borrow().ends.clone()
    }

    /// The pulse that a write found.
    pub(super) fn pulse(&self) -> Option<i64> {
        self.standing.get().map(|standing| standing.pulse)
    }

    /// What this process knows.
    pub(super) fn latest(&self) -> &'s Latest {
        &self.store.place.latest
    }

    /// What passes and was told since, if anything: whoever got it as an error made another of it.
    pub(super) fn met(&self) -> Option<Fault> {
        self.met.take()
    }

    /// The session of a write.
    pub(super) fn session(&self) -> Result<&'s Session, Fault> {
        match &self.link {
            Link::Writing(session) => Ok(session),
            Link::Kept(_) => Err(StoreError::GivenUp.into()),
        }
    }

    /// The place, as errors of files have it.
    pub(super) fn path(&self) -> std::path::PathBuf {
        self.store.place.as_path()
    }

    /// Gives work up if it was asked to end.
    pub(super) fn look_up(&self) -> Result<(), StoreError> {
        match self.store.halt.is_some_and(|halt| halt()) {
            true => Err(StoreError::Interrupted),
            false => Ok(()),
        }
    }

    /// Asks one thing.
    pub(super) fn ask(
        &self,
        statement: &'static str,
        values: &[Datum<'_>],
    ) -> Result<Vec<Row>, Fault> {
        let mut answers = self.ask_all(&[(statement, values)])?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// Asks several things in one trip.
    pub(super) fn ask_all(&self, asked: &[Ask<'_>]) -> Result<Vec<Vec<Row>>, Fault> {
        match &self.link {
            Link::Writing(session) => session.ask_all(asked),
            Link::Kept(slot) => {
                if let Ok(session) = Ref::filter_map(slot.borrow(), Option::as_ref) {
                    return session.ask_all(asked);
                }
                let (session, answers) = self.begin(asked)?;
                slot.replace(Some(session));
                Ok(answers)
            }
        }
    }

    fn begin(&self, asked: &[Ask<'_>]) -> Result<(Session, Vec<Vec<Row>>), Fault> {
        let (place, mut need) = (&self.store.place, Need::Read);
        let mut patience = self.store.patience_of_readers();
        let with_state: Vec<Ask<'_>> = std::iter::once((STATE, &[][..]))
            .chain(asked.iter().copied())
            .collect();
        loop {
            let session = match self.store.take(need) {
                Ok(session) => session,
                Err(fault) => {
                    // A replica may have caught up meanwhile.
                    need = Need::Read;
                    patience.pause(fault)?;
                    continue;
                }
            };
            patience.knows();
            session.yield_if_lost(place.hosts.len() > 1);
            let fault = match session.begin(BEGIN, &with_state) {
                Ok(mut answers) => {
                    let state = answers.remove(0);
                    match standing(&state, place) {
                        // What this process has seen written is in all of its answers.
                        Ok(found) if !session.is_leader && place.latest.is_beyond(found.pulse) => {
                            need = Need::Write;
                            Fault::Behind
                        }
                        Ok(found) => {
                            if session.is_leader {
                                place.latest.notice(found.pulse);
                            }
                            self.standing.set(Some(found));
                            return Ok((session, answers));
                        }
                        Err(fault) => fault,
                    }
                }
                Err(fault) => lacks(fault, &session, place),
            };
            session.rollback();
            self.store.give(session);
            patience.pause(fault)?;
        }
    }

    /// The row of the state, as this view's moment has it.
    fn standing(&self) -> Result<Standing, Fault> {
        if self.standing.get().is_none() {
            self.ask_all(&[])?;
        }
        self.standing
            .get()
            .ok_or_else(|| Fault::Damaged("the row of its state is gone".to_owned()))
    }

    /// The latest revision, where it came with the row of the state.
    pub(super) fn standing_revision(&self) -> Result<Option<i64>, Fault> {
        match &self.link {
            Link::Writing(_) => Ok(self.ends().map(|ends| ends.revision)),
            Link::Kept(_) => Ok(Some(self.standing()?.revision)),
        }
    }

    /// The end of the chain, where it came with the row of the state and can be read.
    pub(super) fn standing_head(&self) -> Result<Option<Head>, Fault> {
        match &self.link {
            Link::Writing(_) => {
                let head = self.ends().and_then(|ends| ends.head);
                Ok(head.and_then(|head| head.parse().ok()))
            }
            Link::Kept(_) => Ok(self.standing()?.head),
        }
    }

    /// An error as whoever asked gets it.
    pub(super) fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| {
            if fault.passing() != Passing::No {
                self.met
                    .replace(Some(Fault::Passed(fault.passing(), fault.words())));
            }
            fault.told(&self.store.place)
        })
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        if let Link::Kept(slot) = &self.link
            && let Some(session) = slot.take()
        {
            session.rollback();
            self.store.give(session);
        }
    }
}

impl Facts for View<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.told(self.near_lists_naming(target))
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        self.told(self.near_user(id))
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.told(self.near_organization(id))
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.told(self.near_overrides_of(subject, scope))
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
        self.told(self.read_basis(scope, question))
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
