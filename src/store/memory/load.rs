//! Feeding a write: here all of it is simply collected.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::contents::Contents;
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::store::load::introduces;
use crate::store::{Fate, Intake, StoreError, Visit, Wanted};

/// Rows for one override: their numbers, and what each one wants.
type Rows = Vec<(u32, Option<Override>)>;

/// A write as far as it has been fed.
pub(super) struct Load {
    contents: Contents,
    revision: Revision,
    made: Vec<Change>,
    pile: BTreeMap<(SubjectId, FeatureKey), Rows>,
}

impl Load {
    pub(super) fn new(found: &Contents) -> Self {
        Self {
            contents: found.clone(),
            revision: found.revision.next(),
            made: Vec::new(),
            pile: BTreeMap::new(),
        }
    }

    /// The contents with all that was fed, and how they came to be so.
    pub(super) fn finish(mut self) -> Result<(Contents, ChangeSet), StoreError> {
        self.settle_untold()?;
        Ok((self.contents, ChangeSet::new(self.made)))
    }

    fn make(&mut self, change: Change) -> Result<(), StoreError> {
        self.contents.apply(&change, self.revision)?;
        self.made.push(change);
        Ok(())
    }

    fn settle_untold(&mut self) -> Result<(), StoreError> {
        let mut contradicts = false;
        self.settle(&mut |(_, fate)| {
            contradicts |= matches!(fate, Fate::Contradicts(_));
            ControlFlow::Continue(())
        })?;
        match contradicts {
            true => Err(Refusal::Stale("an override wanted twice".to_owned()).into()),
            false => Ok(()),
        }
    }

    /// Empties the pile, and tells what becomes of each row and what that changes.
    fn clear(
        &mut self,
        visit: &mut Visit<'_, (u32, Fate)>,
        make: &mut dyn FnMut(&mut Self, Change) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for ((subject, feature), mut rows) in std::mem::take(&mut self.pile) {
            rows.sort_by_key(|(row, _)| *row);
            let mut rows = rows.into_iter();
            let Some((first, after)) = rows.next() else {
                continue;
            };
            let held = self.contents.overrides.get(&subject);
            let held = held.and_then(|held| held.get(&feature)).cloned();
            let here = held
                .as_ref()
                .is_some_and(|held| held.revision == self.revision);
            let before = held.map(|held| held.over);
            let fate = match (&before, &after) {
                (before, after) if before == after => Fate::Unchanged,
                _ if here => Fate::Contradicts(None),
                (None, _) => Fate::Added,
                (_, None) => Fate::Cleared,
                _ => Fate::Altered,
            };
            let mut told = vec![(first, fate)];
            told.extend(rows.map(|(row, wanted)| match wanted == after {
                true => (row, Fate::Unchanged),
                false => (row, Fate::Contradicts(Some(first))),
            }));
            if told.into_iter().any(|row| visit(row).is_break()) {
                return Err(StoreError::GivenUp);
            }
            if matches!(fate, Fate::Added | Fate::Altered | Fate::Cleared) {
                let change = Change::Override {
                    subject,
                    feature,
                    before,
                    after,
                };
                make(self, change)?;
            }
        }
        Ok(())
    }
}

impl Intake for Load {
    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        if !introduces(change) {
            self.settle_untold()?;
        }
        match change.is_nothing() {
            true => Ok(()),
            false => self.make(change.clone()),
        }
    }

    fn want(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, StoreError> {
        let Wanted {
            row,
            subject,
            feature,
            after,
        } = *wanted;
        if let Err(refusal) = self.contents.catalog.override_fits(feature, after) {
            return Ok(Err(refusal));
        }
        if !self.contents.knows(subject) {
            return Ok(Err(Refusal::UnknownSubject(subject.clone())));
        }
        let rows = self.pile.entry((subject.clone(), feature.clone()));
        rows.or_default().push((row, after.cloned()));
        Ok(Ok(()))
    }

    fn is_full(&self) -> bool {
        false
    }

    fn settle(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        self.clear(visit, &mut Self::make)
    }

    fn weigh(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        self.clear(visit, &mut |_, _| Ok(()))
    }
}
