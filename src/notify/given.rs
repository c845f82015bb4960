//! What the default plan gave of a feature, before a write and after it: a part of what a flag
//! serves by default.

use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::value::Value;
use crate::store::{Past, Scope, Snapshot, StoreError};

use super::sorted::Sorted;

/// What the default plan gave of the features that one write touched.
pub(super) struct Given {
    before: Side,
    after: Side,
}

/// One side of a write: the default plan, and what plans give.
struct Side {
    plan: Option<PlanKey>,
    grants: Vec<(PlanKey, FeatureKey, Value)>,
}

impl Given {
    /// What is to be known for the features of a write that made a revision.
    pub(super) fn read(
        snapshot: &dyn Snapshot,
        revision: Revision,
        sorted: &Sorted,
    ) -> Result<Self, StoreError> {
        let catalog = match snapshot.revision()? == revision {
            true => snapshot.catalog(Scope::All)?,
            false => Past::of(snapshot, revision)?.catalog().clone(),
        };
        let settings = sorted.settings.as_ref();
        let plan = catalog.settings.default_plan.clone();
        let plan_before =
            settings.map_or_else(|| plan.clone(), |(before, _)| before.default_plan.clone());
        let mut grants = Vec::new();
        for (key, default) in &catalog.plans {
            if plan.as_ref() != Some(key) && plan_before.as_ref() != Some(key) {
                continue;
            }
            let touched = default.grants.iter();
            let touched = touched.filter(|(feature, _)| sorted.features.contains_key(*feature));
            grants.extend(touched.map(|(feature, grant)| {
                let feature = feature.clone();
                (key.clone(), feature, grant.value)
            }));
        }
        let after = Side { plan, grants };
        let mut before = Side {
            plan: plan_before,
            grants: after.grants.clone(),
        };
        for change in sorted.grants.iter().rev() {
            before.take_back(change);
        }
        Ok(Self { before, after })
    }

    /// What there was of a feature before the write.
    pub(super) fn before(&self, feature: &FeatureKey) -> Option<Value> {
        self.before.of(feature)
    }

    /// What there is of it since.
    pub(super) fn after(&self, feature: &FeatureKey) -> Option<Value> {
        self.after.of(feature)
    }
}

impl Side {
    fn of(&self, feature: &FeatureKey) -> Option<Value> {
        let default = self.plan.as_ref()?;
        let mut grants = self.grants.iter();
        let found = grants.find(|(plan, of, _)| plan == default && of == feature);
        found.map(|(_, _, value)| *value)
    }

    fn take_back(&mut self, change: &Change) {
        let Change::Grant {
            plan,
            feature,
            before,
            ..
        } = change
        else {
            return;
        };
        self.grants
            .retain(|(of, key, _)| of != plan || key != feature);
        let back = before.map(|value| (plan.clone(), feature.clone(), value));
        self.grants.extend(back);
    }
}
