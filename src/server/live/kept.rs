//! What is looked up of who is asked about, to be kept in memory.

use super::shelf::Kind;
use super::world::World;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};
use crate::server::evaluate::Asked;
use crate::store::{Alone, Facts, Question, Scope, Snapshot, StoreError, lists_naming};

/// What was looked up of who was asked about.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) revision: Revision,
    subjects: Vec<Alone>,
    /// A user whom the store does not know, and custom targets, with the lists that name them.
    named: Vec<(Kind, String, Vec<ListId>)>,
}

impl Kept {
    pub(super) fn look_up(facts: &dyn Facts, asked: &Asked) -> Result<Self, StoreError> {
        let mut kept = Self::default();
        match asked {
            Asked::Question(Question::User { id, targets, .. }) => {
                kept.user(facts, id)?;
                kept.targets(facts, targets)?;
            }
            Asked::Question(Question::Organization { id, targets }) => {
                kept.organization(facts, id)?;
                kept.targets(facts, targets)?;
            }
            Asked::Question(Question::Plan { .. }) => {}
            Asked::Context(context) => {
                if let Some(id) = &context.user {
                    kept.user(facts, id)?;
                }
                for id in context.organizations.iter().flatten() {
                    kept.organization(facts, id)?;
                }
                kept.targets(facts, &context.targets)?;
            }
        }
        Ok(kept)
    }

    fn user(&mut self, facts: &dyn Facts, id: &Id) -> Result<(), StoreError> {
        let subject = SubjectId::User(id.clone());
        match Alone::look_up(facts, subject.clone())? {
            None => {
                let lists = lists_naming(facts, [subject.target()])?;
                self.named.push((Kind::User, id.to_string(), lists));
            }
            Some(alone) => {
                for id in &alone.organizations {
                    self.organization(facts, id)?;
                }
                self.subjects.push(alone);
            }
        }
        Ok(())
    }

    fn organization(&mut self, facts: &dyn Facts, id: &Id) -> Result<(), StoreError> {
        let found = Alone::look_up(facts, SubjectId::Organization(id.clone()))?;
        self.subjects.extend(found);
        Ok(())
    }

    fn targets(&mut self, facts: &dyn Facts, targets: &[Target]) -> Result<(), StoreError> {
        for target in targets.iter().filter(|target| target.is_custom()) {
            let lists = lists_naming(facts, [target.clone()])?;
            self.named.push((Kind::Custom, target.to_string(), lists));
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.subjects.is_empty() && self.named.is_empty()
    }

    pub(super) fn put(&self, world: &mut World) {
        for alone in &self.subjects {
            world.shelf.put(alone, self.revision);
        }
        for (kind, id, lists) in &self.named {
            // Those of whom nothing is known never drive out anybody.
            if !world.shelf.is_full() {
                world.shelf.put_named(*kind, id, lists);
            }
        }
    }
}

/// The facts where no rule names anybody, so that there is no list to ask for.
pub(super) struct Unnamed<'f>(pub(super) &'f dyn Snapshot);

impl Facts for Unnamed<'_> {
    fn lists_naming(&self, _: &Target) -> Result<Vec<ListId>, StoreError> {
        Ok(Vec::new())
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        self.0.user(id)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.0.organization(id)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.0.overrides_of(subject, scope)
    }
}
