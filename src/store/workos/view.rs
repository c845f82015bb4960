//! An environment at one moment, as its configuration tells it.
//!
//! Nothing is asked for before it is needed, so that what cannot be answered here is refused before
//! anything is sent; and an answer takes the configuration alone, which is one request. The list of
//! flags is asked for where definitions are shown.
//!
//! WorkOS tells of no users and organizations but those that a rule names, and does not say who
//! belongs where. So whoever is asked about is taken at the question's word, as its evaluators do.

use std::cell::OnceCell;
use std::ops::ControlFlow;

use super::contents::Contents;
use super::server::{Server, is_absent};
use super::{flags, unsupported};
use crate::domain::brief::Brief;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::{
    About, Alone, Among, Basis, Digest, Entry, Facts, Look, LookAlone, Piece, Question, Scope,
    Snapshot, Span, StoreError, Verification, Visit, gather, gather_as_told,
};

/// What the server tells, each part from when it was first asked for.
#[derive(Debug)]
pub(super) struct View<'s> {
    server: &'s Server,
    configuration: OnceCell<Contents>,
    /// The same definitions with names, descriptions, owners and tags.
    described: OnceCell<Catalog>,
    /// Whether definitions are wanted with all that, or only with what decides.
    describes: bool,
}

impl<'s> View<'s> {
    /// For whoever looks.
    pub(super) fn new(server: &'s Server) -> Self {
        Self {
            server,
            configuration: OnceCell::new(),
            described: OnceCell::new(),
            describes: true,
        }
    }

    /// For whoever writes: what a flag is called is none of it.
    pub(super) fn bare(server: &'s Server) -> Self {
        Self {
            describes: false,
            ..Self::new(server)
        }
    }

    fn contents(&self) -> Result<&Contents, StoreError> {
        match self.configuration.get() {
            Some(contents) => Ok(contents),
            None => {
                let contents = self.server.configuration()?;
                Ok(self.configuration.get_or_init(|| contents))
            }
        }
    }

    fn described(&self) -> Result<&Catalog, StoreError> {
        match self.described.get() {
            Some(catalog) => Ok(catalog),
            None => {
                let catalog = match self.contents() {
                    Ok(contents) if !self.describes => contents.catalog.clone(),
                    Ok(contents) => {
                        self.server.tell(&contents.notes);
                        flags::join(contents.catalog.clone(), &self.server.flags()?)
                    }
                    // Which flags there are can be shown and switched all the same.
                    Err(error) if is_absent(&error) => flags::alone(&self.server.flags()?),
                    Err(error) => return Err(error),
                };
                Ok(self.described.get_or_init(|| catalog))
            }
        }
    }
}

impl Facts for View<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let lists = &self.contents()?.lists;
        let naming = lists.naming(target.target_type.as_str(), target.id.as_str());
        Ok(naming.to_vec())
    }

    /// Whoever it is. Without a configuration nobody can be told of.
    fn user(&self, _: &Id) -> Result<Option<User>, StoreError> {
        self.contents()?;
        Ok(Some(User::default()))
    }

    fn organization(&self, _: &Id) -> Result<Option<Organization>, StoreError> {
        self.contents()?;
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

impl Snapshot for View<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        Ok(Revision::UNKNOWN)
    }

    fn catalog(&self, scope: Scope<'_>) -> Result<Catalog, StoreError> {
        Ok(match scope {
            Scope::All => self.described()?.clone(),
            Scope::Features(keys) => self.contents()?.catalog.narrowed(keys),
        })
    }

    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        if let Question::Plan { .. } = question {
            return Err(unsupported::plans());
        }
        let contents = self.contents()?;
        // An answer needs no descriptions.
        let catalog = match scope {
            Scope::All => contents.catalog.clone(),
            Scope::Features(keys) => contents.catalog.narrowed(keys),
        };
        let record = match gather_as_told(self, &catalog, scope, question) {
            Ok(record) => Ok(record),
            Err(StoreError::Refused(refusal)) => Err(refusal),
            Err(error) => return Err(error),
        };
        Ok(Basis {
            revision: Revision::UNKNOWN,
            catalog,
            record,
        })
    }

    fn audience(&self, feature: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        Ok(self.contents()?.audience(feature))
    }

    fn list_size(&self, list: ListId) -> Result<u64, StoreError> {
        let members = self.contents()?.lists.members(list);
        Ok(members.map_or(0, |ids| ids.len() as u64))
    }

    fn users(&self, _: Option<&Id>, _: &mut Visit<'_, (Id, User)>) -> Result<(), StoreError> {
        Err(unsupported::subjects())
    }

    fn organizations(
        &self,
        _: Option<&Id>,
        _: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        Err(unsupported::subjects())
    }

    /// Nobody: who belongs where is not told.
    fn members(&self, _: &Id, _: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        Ok(())
    }

    /// None: WorkOS has no overrides, a grant is a name on a flag's list.
    fn overrides(
        &self,
        _: Scope<'_>,
        _: Option<&SubjectId>,
        _: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    /// Those that some rule names.
    fn briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), StoreError> {
        let catalog = self.catalog(scope)?;
        for subject in self.contents()?.named() {
            let record = gather(self, &catalog, scope, &about(subject))?;
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
        for subject in self.contents()?.named() {
            if let Some(alone) = Alone::look_up(self, subject)?
                && visit(&alone).is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn entry(&self, _: Revision) -> Result<Option<Entry>, StoreError> {
        Ok(None)
    }

    fn changes(&self, _: Revision) -> Result<ChangeSet, StoreError> {
        Err(unsupported::history())
    }

    fn change_count(&self, _: Revision) -> Result<u64, StoreError> {
        Err(unsupported::history())
    }

    fn each_change(
        &self,
        _: Revision,
        _: About<'_>,
        _: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        Err(unsupported::history())
    }

    fn digest(&self, _: Revision) -> Result<Option<Digest>, StoreError> {
        Err(unsupported::history())
    }

    fn verify(&self, _: Option<Digest>) -> Result<Verification, StoreError> {
        Err(unsupported::history())
    }

    fn is_intact(&self, _: Revision) -> Result<bool, StoreError> {
        Err(unsupported::history())
    }

    /// Nothing: whoever asks what was there learns that nobody can tell.
    fn history(&self, _: Option<Revision>, _: &mut Visit<'_, Entry>) -> Result<(), StoreError> {
        Ok(())
    }

    fn changed(
        &self,
        _: Span,
        _: About<'_>,
        _: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        Err(unsupported::history())
    }

    fn retell(&self, _: Revision, _: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        Err(unsupported::history())
    }
}

fn about(subject: SubjectId) -> Question {
    let targets = Vec::new();
    match subject {
        SubjectId::User(id) => Question::User {
            id,
            within: None,
            targets,
        },
        SubjectId::Organization(id) => Question::Organization { id, targets },
    }
}
