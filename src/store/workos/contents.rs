//! A configuration as the resolver reads it, and who is named in it.

use std::collections::BTreeSet;
use std::convert::Infallible;

use super::payload::Note;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::document::Document;
use crate::domain::key::FeatureKey;
use crate::domain::lists::Lists;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Audience, Condition, Members};

/// Every flag of an environment. It has no revision: WorkOS does not count its changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    pub(super) catalog: Catalog,
    pub(super) lists: Lists,
    /// What was left out or read with doubts.
    pub(super) notes: Vec<Note>,
}

impl Contents {
    /// What the document describes.
    pub(super) fn of(document: Document, notes: Vec<Note>) -> Result<Self, Refusal> {
        let mut contents = Self {
            notes,
            ..Self::default()
        };
        for change in document.into_changes().changes() {
            contents.apply(change)?;
        }
        Ok(contents)
    }

    fn apply(&mut self, change: &Change) -> Result<(), Refusal> {
        for edit in self.catalog.apply(change, Revision::UNKNOWN)? {
            if !self.lists.apply(edit) {
                return Err(Refusal::Stale("whom a flag names".to_owned()));
            }
        }
        Ok(())
    }

    /// One flag's audience with everybody it names.
    pub(super) fn audience(&self, key: &FeatureKey) -> Option<Audience<Members>> {
        let entry = self.catalog.features.get(key)?;
        let complete = entry.audience.try_map(|_, list| {
            let named = self.lists.members(*list).cloned();
            Ok::<_, Infallible>(named.unwrap_or_default())
        });
        match complete {
            Ok(audience) => Some(audience),
            Err(never) => match never {},
        }
    }

    /// The users and organizations that some rule names: as many as the configuration tells of.
    pub(super) fn named(&self) -> BTreeSet<SubjectId> {
        let rules = self
            .catalog
            .features
            .values()
            .flat_map(|entry| &entry.audience.rules);
        let mut named = BTreeSet::new();
        for condition in rules.flat_map(|rule| &rule.when) {
            let Condition::OneOf { target_type, ids } = condition else {
                continue;
            };
            let subject = match target_type.as_str() {
                "user" => SubjectId::User,
                "organization" => SubjectId::Organization,
                _ => continue,
            };
            let members = self.lists.members(*ids).into_iter().flatten();
            named.extend(members.cloned().map(subject));
        }
        named
    }
}
