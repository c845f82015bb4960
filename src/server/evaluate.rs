//! What a subject gets, for every protocol.
//!
//! Answers come from what is in memory ([`live`](super::live)), and where somebody is asked about
//! who is not there, from a snapshot of the store. Either way the resolver gives them.

use std::sync::Arc;
use std::time::Instant;

use super::app::App;
use super::live::Prepared;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::finding::Finding;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::lists::ListIds;
use crate::domain::resolve::{Decision, LayerKind, Resolution, Resolver, Slot, Subject};
use crate::domain::subject::{Party, SubjectId, SubjectRecord};
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::domain::value::Kind;
use crate::store::{
    Facts, Question, Scope, Snapshot, Store, StoreError, gather, lists_naming, names_anybody,
};

/// Which features are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// This one; there is no answer if it is not defined.
    One(FeatureKey),
}

/// Who is asked about by a program that may know more of them than the store does.
///
/// What the store knows of a user counts unless something else is said; a user that it does not
/// know has only what is said, the lists that name it and its place in percentages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The user.
    pub user: Option<Id>,
    /// Takes the place of the user's own plan.
    pub plan: Option<PlanKey>,
    /// Takes the place of the organizations that the user belongs to.
    pub organizations: Option<Vec<Id>>,
    /// Custom targets that come with the question.
    pub targets: Vec<Target>,
}

/// Who is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A subject that the store has to know.
    Question(Question),
    /// One that it may know.
    Context(Context),
}

/// What a subject gets, all of it from one revision.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The revision that the answers are from.
    pub revision: Revision,
    /// Each feature asked about that is defined, in the order of the keys.
    pub answers: Vec<(FeatureKey, Kind, Decision)>,
}

/// The same, not yet worked out.
#[derive(Debug)]
pub struct Answers<'a> {
    revision: Revision,
    resolver: &'a Resolver<'a>,
    subject: &'a Subject<'a>,
    slots: Slots,
    at: Time,
}

#[derive(Debug, Clone, Copy)]
enum Slots {
    All,
    One(Option<Slot>),
}

impl<'a> Answers<'a> {
    /// What `resolver` says of a subject at a moment.
    pub fn new(
        revision: Revision,
        resolver: &'a Resolver<'a>,
        subject: &'a Subject<'a>,
        which: &Which,
        at: Time,
    ) -> Self {
        let slots = match which {
            Which::All => Slots::All,
            Which::One(key) => Slots::One(resolver.slot(key)),
        };
        Self {
            revision,
            resolver,
            subject,
            slots,
            at,
        }
    }

    /// The revision that the answers are from.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The place of each feature asked about that is defined, in the order of the keys.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        let (all, one) = match self.slots {
            Slots::All => (Some(self.resolver.slots()), None),
            Slots::One(slot) => (None, slot),
        };
        all.into_iter().flatten().chain(one)
    }

    /// The key of a feature.
    pub fn key(&self, slot: Slot) -> &'a FeatureKey {
        self.resolver.key(slot)
    }

    /// The kind of a feature.
    pub fn kind(&self, slot: Slot) -> Kind {
        self.resolver.kind(slot)
    }

    /// What the subject gets of a feature.
    pub fn decide(&self, slot: Slot) -> Decision {
        self.resolver.decide(self.subject, slot, self.at)
    }

    /// What one layer saw.
    pub fn saw(&self, layer: LayerKind, slot: Slot) -> Finding<'a> {
        self.resolver.find(layer, self.subject, slot, self.at)
    }

    /// The same with what every layer said; reasons and revisions of overrides are not told.
    pub fn resolve(&self, slot: Slot) -> Resolution<'a> {
        self.resolver.resolve(self.subject, slot, self.at)
    }

    /// All of them, worked out.
    pub fn evaluated(&self) -> Evaluated {
        let answers = self.slots().map(|slot| {
            let decision = self.decide(slot);
            (self.key(slot).clone(), self.kind(slot), decision)
        });
        Evaluated {
            revision: self.revision,
            answers: answers.collect(),
        }
    }
}

tokio::task_local! {
    /// When the request at hand came. For what is asked over and over while an answer lasts, the
    /// moment is now.
    pub static ARRIVED: Instant;
}

/// Everything that was written before the request came has been taken note of: only
/// [`App::fresh`] makes one.
#[derive(Debug, Clone, Copy)]
pub struct Fresh(());

impl App {
    /// Takes note of everything that was written before the request at hand came, less what answers
    /// may be old.
    ///
    /// # Errors
    ///
    /// What keeps the store from being read; then nothing of it may be answered.
    pub async fn fresh(self: &Arc<Self>) -> Result<Fresh, StoreError> {
        let since = self.since();
        if !self.live.is_settled(since) {
            let (app, watch) = (Arc::clone(self), self.live.watch());
            let settle = move |store: &dyn Store| app.take_note(watch, since, store);
            self.stores.read(settle).await?;
        }
        Ok(Fresh(()))
    }

    /// What was written at this moment has to be in the answer to the request at hand.
    pub fn since(&self) -> Instant {
        let arrived = ARRIVED.try_with(|arrived| *arrived);
        let arrived = arrived.unwrap_or_else(|_| Instant::now());
        // A machine that has not run for so long has nothing older.
        let since = arrived.checked_sub(self.settings.max_staleness);
        since.unwrap_or(arrived)
    }

    pub(super) fn take_note(
        &self,
        watch: usize,
        since: Instant,
        store: &dyn Store,
    ) -> Result<(), StoreError> {
        let keys = |store: &dyn Store| self.access.reread(store);
        self.live.settle(watch, since, store, keys)
    }

    /// Asks what a subject gets now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the store does not know who is asked about; never an answer
    /// instead.
    pub async fn evaluate(
        self: &Arc<Self>,
        question: Question,
        which: Which,
    ) -> Result<Evaluated, StoreError> {
        let fresh = self.fresh().await?;
        let asked = Asked::Question(question);
        let evaluated = |answers: &Answers<'_>| answers.evaluated();
        self.ask(fresh, asked, which, evaluated).await
    }

    /// Tells the answers to `tell`, which makes of them what the caller needs: quicker than
    /// [`App::evaluate`], since nothing is copied.
    ///
    /// # Errors
    ///
    /// As with [`App::evaluate`].
    pub async fn ask<R: Send + 'static>(
        self: &Arc<Self>,
        _: Fresh,
        asked: Asked,
        which: Which,
        tell: impl FnOnce(&Answers<'_>) -> R + Send + 'static,
    ) -> Result<R, StoreError> {
        let at = self.now().map_err(|_| StoreError::GivenUp)?;
        match self.live.answer(&asked, &which, at, tell) {
            Ok(told) => Ok(told?),
            Err(tell) => {
                let app = Arc::clone(self);
                let look_up = move |store: &dyn Store| {
                    let snapshot = store.snapshot()?;
                    // Should it fail, what is wrong shows when it is looked up.
                    let is_kept = app.live.keep(&*snapshot, &asked).unwrap_or(false);
                    let told = match is_kept {
                        true => app.live.answer(&asked, &which, at, tell),
                        false => Err(tell),
                    };
                    match told {
                        Ok(told) => Ok(told?),
                        Err(tell) => {
                            let known = app.live.prepared();
                            look_up(&*snapshot, known, &asked, &which, at, tell)
                        }
                    }
                };
                self.stores.read(look_up).await
            }
        }
    }
}

/// Asks the store itself, but for the definitions where those of the same revision are known.
///
/// # Errors
///
/// As with [`App::evaluate`].
pub fn look_up<R>(
    snapshot: &dyn Snapshot,
    known: Option<(Arc<Prepared>, Revision)>,
    asked: &Asked,
    which: &Which,
    at: Time,
    tell: impl FnOnce(&Answers<'_>) -> R,
) -> Result<R, StoreError> {
    let scope = match which {
        Which::All => Scope::All,
        Which::One(key) => Scope::Features(std::slice::from_ref(key)),
    };
    let record_by = |catalog: &Catalog| match asked {
        Asked::Question(question) => gather(snapshot, catalog, scope, question),
        Asked::Context(context) => known_of(snapshot, catalog, scope, context),
    };
    // They nearly always are those of the snapshot, which says so when it is asked anything.
    if let Some((prepared, as_of)) = known {
        let record = record_by(prepared.catalog());
        if snapshot.revision()? == as_of {
            let (resolver, record) = (prepared.resolver(), record?);
            let subject = resolver.bind(&record);
            return Ok(tell(&Answers::new(as_of, resolver, &subject, which, at)));
        }
    }
    let catalog = snapshot.catalog(scope)?;
    let record = record_by(&catalog)?;
    let resolver = Resolver::new(&catalog);
    let subject = resolver.bind(&record);
    let revision = snapshot.revision()?;
    Ok(tell(&Answers::new(
        revision, &resolver, &subject, which, at,
    )))
}

/// What is known of one whom the store need not know.
fn known_of(
    facts: &dyn Facts,
    catalog: &Catalog,
    scope: Scope<'_>,
    context: &Context,
) -> Result<SubjectRecord, StoreError> {
    let Context {
        user,
        plan,
        organizations,
        targets,
    } = context;
    let mut named = targets.clone();
    let mut record = SubjectRecord::default();
    let mut joined = organizations.clone();
    match user {
        Some(id) => {
            let subject = SubjectId::User(id.clone());
            let found = facts.user(id)?.unwrap_or_default();
            named.push(subject.target());
            named.extend(found.targets);
            joined = joined.or_else(|| Some(found.organizations.into_iter().collect()));
            record.user = Some(Party {
                id: Some(id.clone()),
                plan: plan.clone().or(found.plan),
                overrides: facts.overrides_of(&subject, scope)?.into_iter().collect(),
            });
        }
        None => {
            record.user = plan.clone().map(|plan| Party {
                plan: Some(plan),
                ..Party::default()
            });
        }
    }
    let mut joined = joined.unwrap_or_default();
    joined.sort_unstable();
    joined.dedup();
    for id in joined {
        let subject = SubjectId::Organization(id.clone());
        let found = facts.organization(&id)?.unwrap_or_default();
        named.push(subject.target());
        named.extend(found.targets);
        record.organizations.push(Party {
            id: Some(id),
            plan: found.plan,
            overrides: facts.overrides_of(&subject, scope)?.into_iter().collect(),
        });
    }
    if names_anybody(catalog) {
        record.lists = ListIds::from_iter(lists_naming(facts, named)?);
    }
    Ok(record)
}
