//! Whom the payload would have to name: the overrides that stand, and for which features there is
//! room.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::carried::{LeftOut, Overridden};
use crate::domain::catalog::Catalog;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::{Effect, Override, Standing};
use crate::domain::subject::SubjectId;
use crate::domain::target::Condition;
use crate::domain::time::Time;
use crate::domain::value::Kind;
use crate::store::{Scope, Snapshot, StoreError};

/// How many names the payload takes for one feature.
pub const MOST_FOR_ONE: u64 = 10_000;
/// How many names it takes in all.
pub const MOST_IN_ALL: u64 = 100_000;

/// The overrides of boolean features that stand at a moment.
#[derive(Default)]
pub(super) struct Overrides {
    of: BTreeMap<FeatureKey, (u64, Overridden)>,
    /// They stand as they do before this moment.
    pub(super) until: Option<Time>,
}

impl Overrides {
    pub(super) fn read(
        snapshot: &dyn Snapshot,
        catalog: &Catalog,
        at: Time,
    ) -> Result<Self, StoreError> {
        let features = catalog.features.iter();
        let boolean = features.filter(|(_, entry)| entry.feature.kind == Kind::Boolean);
        let boolean: Vec<FeatureKey> = boolean.map(|(key, _)| key.clone()).collect();
        let mut read = Self::default();
        let scope = Scope::Features(&boolean);
        snapshot.overrides(scope, None, &mut |(subject, feature, held)| {
            read.add(subject, feature, &held.over, at);
            ControlFlow::Continue(())
        })?;
        Ok(read)
    }

    fn add(&mut self, subject: SubjectId, feature: FeatureKey, over: &Override, at: Time) {
        let turns = [over.starts, over.expires].into_iter().flatten();
        let next = turns.filter(|turn| *turn > at).chain(self.until);
        self.until = next.min();
        if over.standing(at) != Standing::Active {
            return;
        }
        let (named, overridden) = self.of.entry(feature).or_default();
        *named += 1;
        if *named > MOST_FOR_ONE {
            // There is no room for them: they are counted, and not held.
            *overridden = Overridden::default();
            return;
        }
        let place = usize::from(over.effect != Effect::Revoke);
        let _ = match subject {
            SubjectId::User(id) => overridden.users[place].insert(id),
            SubjectId::Organization(id) => overridden.organizations[place].insert(id),
        };
    }

    /// The overrides of one feature, which are then gone from here.
    pub(super) fn take(&mut self, feature: &FeatureKey) -> Overridden {
        let found = self.of.remove(feature);
        found.map(|(_, overridden)| overridden).unwrap_or_default()
    }

    fn named(&self, feature: &FeatureKey) -> u64 {
        self.of.get(feature).map_or(0, |(named, _)| *named)
    }
}

/// The features for whose names there is no room. Of those that would fit alone the ones that name
/// the fewest are let in first, so that one long list does not keep out many short ones.
pub(super) fn without_room(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    overrides: &Overrides,
) -> Result<BTreeMap<FeatureKey, LeftOut>, StoreError> {
    let mut left_out = BTreeMap::new();
    let mut sizes = Vec::new();
    for (key, entry) in &catalog.features {
        let mut named = overrides.named(key);
        for condition in entry.audience.rules.iter().flat_map(|rule| &rule.when) {
            if let Condition::OneOf { ids, .. } = condition {
                named = named.saturating_add(snapshot.list_size(*ids)?);
            }
        }
        if named > MOST_FOR_ONE {
            let most = MOST_FOR_ONE;
            left_out.insert(key.clone(), LeftOut::TooManyNames { named, most });
        } else {
            sizes.push((named, key));
        }
    }
    sizes.sort_unstable();
    let mut all = 0;
    for (named, key) in sizes {
        all += named;
        if all > MOST_IN_ALL {
            let most = MOST_IN_ALL;
            left_out.insert(key.clone(), LeftOut::NoRoom { named, most });
        }
    }
    Ok(left_out)
}
