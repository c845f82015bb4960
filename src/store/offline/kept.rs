//! A place as it was when it was last read.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::copy::{Answer, Copy, Definitions};
use super::{Shelf, Terms};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, SubjectRecord, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::memory::MemoryStore;
use crate::store::{
    About, Amend, Among, Author, Basis, Capabilities, Digest, Entry, Facts, Feed, Head, Loaded,
    Look, LookAlone, Overrides, Piece, Planner, Purpose, Question, RecordKind, Records, Relay,
    Scope, Snapshot, Span, Store, StoreError, Subjects, Verification, Visit, Written, basis,
    gather,
};

/// The commands, by the names that a place is asked for before they begin, that may only look.
const MAY_READ: [&str; 7] = [
    "plan",
    "user",
    "org",
    "override",
    "log",
    "notify",
    "resolve --all",
];

/// A store that answers from copies and opens nothing.
#[derive(Debug, Clone)]
pub struct KeptStore {
    shelf: Shelf,
    terms: Terms,
}

impl KeptStore {
    /// The copies on a shelf.
    pub fn new(shelf: Shelf, terms: Terms) -> Self {
        Self { shelf, terms }
    }

    pub(super) fn view(&self) -> KeptView {
        KeptView {
            store: self.clone(),
            definitions: OnceCell::new(),
            project: OnceCell::new(),
        }
    }

    fn unwritable<T>(&self) -> Result<T, StoreError> {
        Err(StoreError::Unsupported {
            what: format!("nothing is written to a copy of {}", self.shelf.name()),
            instead: Some("leave --offline out, and write when it can be reached".to_owned()),
        })
    }
}

impl Store for KeptStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(self.view()))
    }

    fn update(&self, _: &Author, _: &mut Planner<'_>) -> Result<Written, StoreError> {
        self.unwritable()
    }

    fn load(&self, _: Purpose<'_>, _: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        self.unwritable()
    }

    fn replay(&self, _: &Head, _: &mut Relay<'_>) -> Result<Head, StoreError> {
        self.unwritable()
    }

    /// A write is refused by its name; what a command that reads does not find is told when it looks.
    fn refuses(&self, command: &str, _: &[Target]) -> Result<(), StoreError> {
        match MAY_READ.contains(&command) {
            true => Ok(()),
            false => self.unwritable(),
        }
    }

    fn accepts(&self, _: &dyn Snapshot, _: &ChangeSet) -> Result<(), StoreError> {
        self.unwritable()
    }

    fn given(&self, _: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        Err(missing(&self.shelf, "what the place itself reckons"))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            kind: "offline",
            overrides: Overrides::Kept,
            subjects: match self.shelf.is_whole() {
                true => Subjects::Anybody,
                false => Subjects::Known,
            },
            history: false,
            records: false,
            blind: false,
            far: false,
        }
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn await_pulse(&self, _: u64, _: Duration) -> Result<u64, StoreError> {
        self.pulse()
    }
}

impl Records for KeptStore {
    fn record(&self, _: RecordKind, _: &str) -> Result<Option<String>, StoreError> {
        Err(missing(&self.shelf, "what is kept beside the project"))
    }

    fn records(&self, _: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        Err(missing(&self.shelf, "what is kept beside the project"))
    }

    fn amend(&self, _: RecordKind, _: &str, _: &mut Amend<'_>) -> Result<(), StoreError> {
        self.unwritable()
    }
}

/// That there is no copy of something.
fn missing(shelf: &Shelf, what: &str) -> StoreError {
    StoreError::NoCopy {
        what: what.to_owned(),
        place: shelf.name().to_owned(),
    }
}

/// The copies, each read once.
pub(super) struct KeptView {
    store: KeptStore,
    definitions: OnceCell<Option<Copy<Definitions>>>,
    /// The definitions with all whom they name, where there are such.
    project: OnceCell<MemoryStore>,
}

impl KeptView {
    fn missing<T>(&self, what: &str) -> Result<T, StoreError> {
        Err(missing(&self.store.shelf, what))
    }

    fn found(&self) -> Option<&Copy<Definitions>> {
        let read = || self.store.shelf.definitions();
        self.definitions.get_or_init(read).as_ref()
    }

    /// The definitions, if they are young enough.
    fn definitions(&self) -> Result<&Definitions, StoreError> {
        match self.found() {
            None => self.missing("the definitions"),
            Some(copy) => {
                self.store.shelf.admit(copy)?;
                self.store.terms.admit(copy.as_of)?;
                Ok(&copy.body)
            }
        }
    }

    /// The project, where its definitions say all whom they name.
    fn project(&self) -> Result<Option<&MemoryStore>, StoreError> {
        if !self.store.shelf.is_whole() {
            return Ok(None);
        }
        let Some(document) = self.definitions()?.document.clone() else {
            return Ok(None);
        };
        if self.project.get().is_none() {
            let project = MemoryStore::from_document(document)?;
            drop(self.project.set(project));
        }
        Ok(self.project.get())
    }

    /// The basis of an answer that was given before.
    fn answered(&self, scope: Scope<'_>, question: &Question) -> Result<Option<Basis>, StoreError> {
        let Some(copy) = self.store.shelf.answer(question) else {
            return Ok(None);
        };
        let covers = match (&copy.body.scope, scope) {
            (None, _) => true,
            (Some(_), Scope::All) => false,
            (Some(kept), Scope::Features(keys)) => keys.iter().all(|key| kept.contains(key)),
        };
        if !covers {
            return Ok(None);
        }
        self.store.shelf.admit(&copy)?;
        self.store.terms.admit(copy.as_of)?;
        let Answer { basis, .. } = copy.body;
        let catalog = within(&basis.catalog, scope);
        Ok(Some(Basis { catalog, ..basis }))
    }
}

fn within(catalog: &Catalog, scope: Scope<'_>) -> Catalog {
    match scope {
        Scope::All => catalog.clone(),
        Scope::Features(keys) => catalog.narrowed(keys),
    }
}

impl Snapshot for KeptView {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.definitions()?.revision)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        Ok(within(&self.definitions()?.catalog, scope))
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        if let Some(project) = self.project()? {
            let snapshot = project.snapshot()?;
            return anybody(&*snapshot, scope, question);
        }
        if let Some(basis) = self.answered(scope, question)? {
            return Ok(basis);
        }
        match question {
            Question::Plan { plan, targets } if targets.is_empty() => {
                let catalog = self.catalog(scope)?;
                let record = match catalog.plans.contains_key(plan) {
                    true => Ok(SubjectRecord::hypothetical(plan.clone())),
                    false => Err(crate::domain::refusal::Refusal::UnknownPlan(plan.clone())),
                };
                let revision = self.definitions()?.revision;
                Ok(Basis {
                    revision,
                    catalog,
                    record,
                })
            }
            _ => self.missing("the answer to this question, which was not asked before"),
        }
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        match self.project()? {
            Some(project) => project.snapshot()?.audience(feature),
            None => self.missing("whom rules name"),
        }
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        match self.project()? {
            Some(project) => project.snapshot()?.list_size(list),
            None => self.missing("whom rules name"),
        }
    }

    fn users(&self, _: Option<&Id>, _: &mut Visit<'_, (Id, User)>) -> Result<(), StoreError> {
        self.missing("users")
    }

    fn organizations(
        &self,
        _: Option<&Id>,
        _: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        self.missing("organizations")
    }

    fn members(&self, _: &Id, _: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        self.missing("who belongs to organizations")
    }

    fn overrides(
        &self,
        _: Scope<'_>,
        _: Option<&SubjectId>,
        _: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        self.missing("overrides")
    }

    fn briefs(&self, _: Scope<'_>, _: Among<'_>, _: &mut Look<'_>) -> Result<(), StoreError> {
        self.missing("users and organizations")
    }

    fn each_alone(&self, _: &mut LookAlone<'_>) -> Result<(), StoreError> {
        self.missing("users and organizations")
    }

    /// Who set something is not kept: an explanation goes without.
    fn entry(&self, _: Revision) -> Result<Option<Entry>, StoreError> {
        Ok(None)
    }

    fn changes(&self, _: Revision) -> Result<ChangeSet, StoreError> {
        self.missing("the history")
    }

    fn change_count(&self, _: Revision) -> Result<u64, StoreError> {
        self.missing("the history")
    }

    fn each_change(
        &self,
        _: Revision,
        _: About<'_>,
        _: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        self.missing("the history")
    }

    fn digest(&self, _: Revision) -> Result<Option<Digest>, StoreError> {
        self.missing("the history")
    }

    fn verify(&self, _: Option<Digest>) -> Result<Verification, StoreError> {
        self.missing("the history")
    }

    fn is_intact(&self, _: Revision) -> Result<bool, StoreError> {
        self.missing("the history")
    }

    fn history(&self, _: Option<Revision>, _: &mut Visit<'_, Entry>) -> Result<(), StoreError> {
        self.missing("the history")
    }

    fn changed(
        &self,
        _: Span,
        _: About<'_>,
        _: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        self.missing("the history")
    }

    fn retell(&self, _: Revision, _: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        self.missing("the history")
    }
}

impl Facts for KeptView {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        match self.project()? {
            Some(project) => project.snapshot()?.lists_naming(target),
            None => self.missing("whom rules name"),
        }
    }

    fn user(&self, _: &Id) -> Result<Option<User>, StoreError> {
        match self.project()? {
            Some(_) => Ok(Some(User::default())),
            None => self.missing("what is known of single users"),
        }
    }

    fn organization(&self, _: &Id) -> Result<Option<Organization>, StoreError> {
        match self.project()? {
            Some(_) => Ok(Some(Organization::default())),
            None => self.missing("what is known of single organizations"),
        }
    }

    fn overrides_of(
        &self,
        _: &SubjectId,
        _: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        match self.project()? {
            Some(_) => Ok(Vec::new()),
            None => self.missing("overrides"),
        }
    }
}

/// The basis of an answer for whomever anybody names: the place has no list of subjects.
fn anybody(
    snapshot: &dyn Snapshot,
    scope: Scope<'_>,
    question: &Question,
) -> Result<Basis, StoreError> {
    let (Question::User { .. } | Question::Organization { .. }) = question else {
        return basis(snapshot, scope, question);
    };
    let catalog = snapshot.catalog(scope)?;
    let within = match question {
        Question::User { within, .. } => within.as_ref(),
        _ => None,
    };
    let record = gather(&Anybody { snapshot, within }, &catalog, scope, question)?;
    Ok(Basis {
        revision: snapshot.revision()?,
        catalog,
        record: Ok(record),
    })
}

/// Facts about whomever anybody names, who belongs where the question says.
struct Anybody<'a> {
    snapshot: &'a dyn Snapshot,
    within: Option<&'a Id>,
}

impl Facts for Anybody<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.snapshot.lists_naming(target)
    }

    fn user(&self, _: &Id) -> Result<Option<User>, StoreError> {
        Ok(Some(User {
            organizations: self.within.cloned().into_iter().collect(),
            ..User::default()
        }))
    }

    fn organization(&self, _: &Id) -> Result<Option<Organization>, StoreError> {
        Ok(Some(Organization::default()))
    }

    fn overrides_of(
        &self,
        _: &SubjectId,
        _: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        Ok(Vec::new())
    }
}
