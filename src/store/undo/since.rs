//! What has happened since a write, as far as it meets what the write touched.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::undo::{
    Conflict, Digest, Judge, Met, Part, RuleNumber, Rules, Who, digest, touches,
};
use crate::store::{About, HistoryError, Scope, Snapshot, Span, StoreError};

/// What has happened since a write.
pub(super) struct Since {
    conflicts: Vec<Conflict>,
    /// Things that the write altered and a later one altered, too, without being in its way.
    shared: HashSet<Digest>,
    /// The rules as the write left them, and as they are now.
    rules: (Rules, Rules),
    /// Audiences whose rules came or went by the write itself: nobody has moved them since.
    own: HashSet<FeatureKey>,
}

impl Since {
    /// Reads the write and all later ones.
    pub(super) fn read(
        present: &dyn Snapshot,
        write: Span,
        latest: Revision,
    ) -> Result<Self, StoreError> {
        let since = Span {
            after: write.until,
            until: latest,
        };
        let catalog = present.catalog(Scope::All)?;
        let now = Rules::new(&catalog);
        let mut then = now.clone();
        walk(present, since, About::Definitions, &mut |at, change| {
            back(&mut then, &change, at).map(|_| ())
        })?;
        let mut reading = Reading {
            judge: Judge::default(),
            altered: HashSet::new(),
            shared: HashSet::new(),
            own: HashSet::new(),
            cap: catalog.settings.max_features,
        };
        let mut rules = then.clone();
        walk(present, write, About::All, &mut |at, change| {
            reading.own(&change, back(&mut rules, &change, at)?);
            Ok(())
        })?;
        let mut rules = now.clone();
        walk(present, since, About::All, &mut |at, change| {
            reading.later(at, &change, back(&mut rules, &change, at)?);
            Ok(())
        })?;
        Ok(Self {
            conflicts: reading.conflicts(&catalog)?,
            shared: reading.shared,
            rules: (then, now),
            own: reading.own,
        })
    }

    pub(super) fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Whether later writes have altered other parts of what the change alters.
    pub(super) fn shares(&self, change: &Change) -> bool {
        thing(change).is_some_and(|thing| self.shared.contains(&thing))
    }

    /// Where a rule is now that had a place in its audience when the write was made.
    pub(super) fn place(&self, feature: &FeatureKey, rule: usize) -> Option<usize> {
        if self.own.contains(feature) {
            return Some(rule);
        }
        let (then, now) = &self.rules;
        let number: RuleNumber = *then.of(feature).get(rule)?;
        now.of(feature).iter().position(|known| *known == number)
    }
}

struct Reading {
    judge: Judge,
    /// What the write altered without making it or doing away with it.
    altered: HashSet<Digest>,
    shared: HashSet<Digest>,
    own: HashSet<FeatureKey>,
    /// How many features there may be once the write is taken back.
    cap: u32,
}

impl Reading {
    fn own(&mut self, change: &Change, met: Met) {
        touches(change, met, &mut |touch| self.judge.own(&touch));
        if let Some(thing) = altered(change) {
            self.altered.insert(thing);
        }
        match change {
            Change::Settings { before, after } if before.max_features != after.max_features => {
                self.cap = before.max_features;
            }
            Change::Rule { feature, .. } if !self.own.contains(feature) => {
                self.own.insert(feature.clone());
            }
            _ => {}
        }
    }

    fn later(&mut self, at: Revision, change: &Change, met: Met) {
        touches(change, met, &mut |touch| {
            let words = || touch.part.in_words(change);
            self.judge.later(at, &touch, words);
        });
        if let Some(thing) = thing(change).filter(|thing| self.altered.contains(thing)) {
            self.shared.insert(thing);
        }
    }

    fn conflicts(&self, catalog: &Catalog) -> Result<Vec<Conflict>, StoreError> {
        let conflicts = self.judge.conflicts();
        let conflicts = conflicts.map_err(|torn| HistoryError::Torn(torn.0))?;
        if !conflicts.is_empty() {
            return Ok(conflicts);
        }
        let defined = i64::try_from(catalog.features.len()).unwrap_or(i64::MAX);
        let excess = defined.saturating_add(self.judge.returning()) - i64::from(self.cap);
        match usize::try_from(excess) {
            Ok(excess) if excess > 0 => Ok(self.judge.crowding(excess)),
            _ => Ok(conflicts),
        }
    }
}

/// The thing that a change is about, if it has parts that others may alter.
fn thing(change: &Change) -> Option<Digest> {
    Some(match change {
        Change::Settings { .. } => digest("settings"),
        Change::Feature { key, .. } => digest(&Part::Feature(key)),
        Change::Plan { key, .. } => digest(&Part::Plan(key)),
        Change::User { id, .. } => digest(&Part::Subject(Who::User(id))),
        Change::Organization { id, .. } => digest(&Part::Subject(Who::Organization(id))),
        _ => return None,
    })
}

/// The thing that a change alters, but neither makes nor does away with.
fn altered(change: &Change) -> Option<Digest> {
    let stays = match change {
        Change::Settings { .. } => true,
        Change::Feature { before, after, .. } => before.is_some() && after.is_some(),
        Change::Plan { before, after, .. } => before.is_some() && after.is_some(),
        Change::User { before, after, .. } => before.is_some() && after.is_some(),
        Change::Organization { before, after, .. } => before.is_some() && after.is_some(),
        _ => false,
    };
    thing(change).filter(|_| stays)
}

fn back(rules: &mut Rules, change: &Change, at: Revision) -> Result<Met, StoreError> {
    let met = rules.back(change);
    met.ok_or_else(|| HistoryError::Torn(at).into())
}

fn walk(
    present: &dyn Snapshot,
    span: Span,
    about: About<'_>,
    visit: &mut dyn FnMut(Revision, Change) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut failed = None;
    present.changed(span, about, &mut |(at, change)| match visit(at, change) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}
