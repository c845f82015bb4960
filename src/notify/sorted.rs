//! What one write did, sorted by what it was done to. Of what there may be millions of only a few are
//! kept, and all counted.

use std::collections::BTreeMap;

use crate::domain::catalog::Settings;
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;

/// How many single names that came or went are kept of one feature in one write.
const MOST_NAMES: usize = 10_000;
/// More subjects than these, of one feature or of one kind, are told as one event.
pub(super) const MOST_TOLD: usize = 10;
/// What one write did, sorted by what it was done to.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) settings: Option<(Settings, Settings)>,
    pub(super) plans: BTreeMap<PlanKey, (Option<Plan>, Option<Plan>)>,
    pub(super) features: BTreeMap<FeatureKey, Touched>,
    pub(super) grants: Vec<Change>,
    pub(super) overrides: BTreeMap<FeatureKey, Many>,
    pub(super) users: Many,
    pub(super) organizations: Many,
}

/// What was done to a feature and its rules.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) changes: Vec<Change>,
    pub(super) definition: bool,
    pub(super) rules: bool,
    pub(super) names: usize,
    pub(super) more: u64,
}

/// Things of which there may be very many.
#[derive(Default)]
pub(super) struct Many {
    pub(super) first: Vec<Change>,
    pub(super) created: u64,
    pub(super) updated: u64,
    pub(super) deleted: u64,
}

impl Many {
    fn take(&mut self, change: Change, before: bool, after: bool) {
        *match (before, after) {
            (false, _) => &mut self.created,
            (true, false) => &mut self.deleted,
            (true, true) => &mut self.updated,
        } += 1;
        if self.first.len() < MOST_TOLD {
            self.first.push(change);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.created + self.updated + self.deleted
    }
}

impl Touched {
    fn take(&mut self, change: Change) {
        match &change {
            Change::Feature { .. } => self.definition = true,
            Change::Target { .. } => {
                self.rules = true;
                self.names += 1;
                if self.names > MOST_NAMES {
                    self.more += 1;
                    return;
                }
            }
            _ => self.rules = true,
        }
        self.changes.push(change);
    }
}

impl Sorted {
    /// Puts a change where it belongs.
    pub(super) fn take(&mut self, change: Change) {
        match &change {
            Change::Settings { before, after } => {
                let first = self
                    .settings
                    .take()
                    .map_or_else(|| before.clone(), |(b, _)| b);
                self.settings = Some((first, after.clone()));
            }
            Change::Plan { key, before, after } => {
                let told = self.plans.entry(key.clone());
                told.or_insert_with(|| (before.clone(), None)).1 = after.clone();
            }
            Change::Grant { .. } => self.grants.push(change),
            Change::Override {
                feature,
                before,
                after,
                ..
            } => {
                let sides = (before.is_some(), after.is_some());
                let many = self.overrides.entry(feature.clone()).or_default();
                many.take(change, sides.0, sides.1);
            }
            Change::User { before, after, .. } => {
                let sides = (before.is_some(), after.is_some());
                self.users.take(change, sides.0, sides.1);
            }
            Change::Organization { before, after, .. } => {
                let sides = (before.is_some(), after.is_some());
                self.organizations.take(change, sides.0, sides.1);
            }
            Change::Feature { key: feature, .. }
            | Change::AudienceDefault { feature, .. }
            | Change::Rule { feature, .. }
            | Change::Target { feature, .. } => {
                let touched = self.features.entry(feature.clone()).or_default();
                touched.take(change);
            }
        }
    }
}
