//! What a write leaves of what is in memory.

use std::ops::ControlFlow;

use super::shelf::{Kind, found_by};
use super::world::World;
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::subject::SubjectId;
use crate::domain::target::{Condition, Id, Members, Rule, Target};
use crate::store::{About, Snapshot, Span, StoreError};

/// After how many changes it is quicker to forget everything.
const MOST: usize = 20_000;

/// What was touched by writes.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Whether the definitions have to be read again.
    pub(super) definitions: bool,
    /// Whether custom targets are named by other lists now.
    custom: bool,
    found: Vec<(Kind, String)>,
    organizations: Vec<Id>,
}

impl Touched {
    /// What the writes of a span touched; `None` where they touched too much to tell.
    pub(super) fn by(snapshot: &dyn Snapshot, span: Span) -> Result<Option<Self>, StoreError> {
        let mut touched = Self::default();
        let mut changes = 0_usize;
        snapshot.changed(span, About::All, &mut |(_, change)| {
            changes = changes.saturating_add(touched.add(&change));
            match changes {
                0..=MOST => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        Ok((changes <= MOST).then_some(touched))
    }

    /// What these changes touched; likewise.
    pub(super) fn of(changes: &ChangeSet) -> Option<Self> {
        let mut touched = Self::default();
        let mut count = 0_usize;
        for change in changes.changes() {
            count = count.saturating_add(touched.add(change));
            if count > MOST {
                return None;
            }
        }
        Some(touched)
    }

    /// Adds what a change touched, and tells how much that was.
    fn add(&mut self, change: &Change) -> usize {
        match change {
            Change::Settings { .. }
            | Change::Feature { .. }
            | Change::AudienceDefault { .. }
            | Change::Plan { .. }
            | Change::Grant { .. } => {
                self.definitions = true;
                1
            }
            Change::Rule { after, .. } => {
                self.definitions = true;
                // A list that goes has a number that no rule refers to any more.
                after.as_ref().map_or(1, |rule| self.add_rule(rule))
            }
            Change::Target { target, .. } => self.add_target(target),
            Change::User { id, .. } => self.add_user(id),
            Change::Organization { id, .. } => self.add_organization(id),
            Change::Override { subject, .. } => match subject {
                SubjectId::User(id) => self.add_user(id),
                SubjectId::Organization(id) => self.add_organization(id),
            },
        }
    }

    fn add_rule(&mut self, rule: &Rule<Members>) -> usize {
        let mut added = 1;
        for condition in &rule.when {
            let Condition::OneOf { target_type, ids } = condition else {
                continue;
            };
            added += ids.len();
            if added > MOST {
                break;
            }
            for id in ids {
                let (target_type, id) = (target_type.clone(), id.clone());
                self.add_target(&Target { target_type, id });
            }
        }
        added
    }

    fn add_target(&mut self, target: &Target) -> usize {
        match found_by(target) {
            None => return self.add_organization(&target.id),
            Some((kind, id)) => {
                self.custom |= kind == Kind::Custom;
                self.found.push((kind, id));
            }
        }
        1
    }

    fn add_user(&mut self, id: &Id) -> usize {
        self.found.push((Kind::User, id.to_string()));
        1
    }

    fn add_organization(&mut self, id: &Id) -> usize {
        self.organizations.push(id.clone());
        1
    }

    /// Forgets it. The world is then as at `revision`.
    pub(super) fn forget(&self, world: &mut World, revision: Revision) {
        for (kind, id) in &self.found {
            world.shelf.take(*kind, id);
            let hash = world.shelf.hash(*kind, id);
            if let Some(touched) = &mut world.filling {
                touched.insert(hash);
            }
        }
        for id in &self.organizations {
            world.shelf.take_organization(id);
            let hash = world.shelf.hash_of_organization(id);
            if let Some(touched) = &mut world.filling {
                touched.insert(hash);
            }
        }
        if self.custom {
            world.targets_since = revision;
        }
    }
}
