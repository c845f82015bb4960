//! The way of settings, features, plans and grants.

use super::super::catalog::Settings;
use super::super::change::{Change, replace_audience};
use super::super::key::FeatureKey;
use super::super::target::{Audience, Condition, Members, Rule, Target};
use super::{KeptGrant, Way};

impl Way<'_> {
    pub(super) fn grants_out(&mut self) {
        for (key, plan) in &self.present.plans {
            let wanted = self.wanted.plans.as_ref();
            let wanted = wanted.and_then(|plans| plans.get(key));
            let wanted = wanted.map(|plan| plan.clone().into_parts().1);
            let plan_goes = self.going.plans.contains(key);
            for (feature, value) in plan.clone().into_parts().1 {
                let unwanted = wanted
                    .as_ref()
                    .is_some_and(|grants| !grants.contains_key(&feature));
                let goes = plan_goes || self.going.features.contains(&feature);
                if goes || (unwanted && self.prune) {
                    self.changes.push(Change::Grant {
                        plan: key.clone(),
                        feature,
                        before: Some(value),
                        after: None,
                    });
                } else if unwanted {
                    let plan = key.clone();
                    self.kept.grants.push(KeptGrant { plan, feature });
                }
            }
        }
    }

    pub(super) fn features_out(&mut self) {
        let Some(wanted) = &self.wanted.features else {
            return;
        };
        for (key, feature) in &self.present.features {
            if wanted.contains_key(key) {
                continue;
            }
            if !self.going.features.contains(key) {
                self.kept.features.push(key.clone());
                continue;
            }
            let (before, audience) = feature.clone().into_parts();
            self.changes
                .extend(replace_audience(key, audience, Audience::default()));
            self.changes.push(Change::Feature {
                key: key.clone(),
                before: Some(before),
                after: None,
            });
        }
    }

    /// The settings as they are to be in the end.
    fn settings_wanted(&self) -> Settings {
        let present = &self.present.settings;
        let Some(wanted) = &self.wanted.settings else {
            return present.clone();
        };
        let default_plan = match &wanted.default_plan {
            Some(said) => said.clone(),
            None if self.prune => None,
            None => present.default_plan.clone(),
        };
        Settings {
            default_plan,
            max_features: wanted.max_features.unwrap_or(present.max_features),
        }
    }

    /// The cap once there is room below it, and the default plan if it is there already.
    pub(super) fn settings_before(&mut self) {
        let wanted = self.settings_wanted();
        let there = |plan| self.present.plans.contains_key(plan);
        let after = match &wanted.default_plan {
            Some(plan) if !there(plan) => Settings {
                default_plan: self.present.settings.default_plan.clone(),
                ..wanted
            },
            _ => wanted,
        };
        let before = self.present.settings.clone();
        self.changes.push(Change::Settings { before, after });
    }

    /// The default plan once it is there.
    pub(super) fn settings_after(&mut self) {
        let wanted = self.settings_wanted();
        let present = &self.present.settings.default_plan;
        if self
            .wanted
            .settings
            .as_ref()
            .is_some_and(|said| said.default_plan.is_none())
        {
            self.kept.default_plan = present.clone().filter(|_| !self.prune);
        }
        let there = |plan| self.present.plans.contains_key(plan);
        if wanted.default_plan.as_ref().is_none_or(there) {
            return;
        }
        let before = Settings {
            default_plan: present.clone(),
            ..wanted.clone()
        };
        let after = wanted;
        self.changes.push(Change::Settings { before, after });
    }

    pub(super) fn features_in(&mut self) {
        for (key, feature) in self.wanted.features.iter().flatten() {
            let found = self.present.features.get(key);
            if found == Some(feature) {
                continue;
            }
            let (after, targeting) = feature.clone().into_parts();
            let (before, targeted) = match found.cloned() {
                None => (None, Audience::default()),
                Some(found) => {
                    let (before, targeted) = found.into_parts();
                    (Some(before), targeted)
                }
            };
            self.changes.push(Change::Feature {
                key: key.clone(),
                before,
                after: Some(after),
            });
            self.changes.extend(retarget(key, targeted, targeting));
        }
    }

    pub(super) fn plans_in(&mut self) {
        for (key, plan) in self.wanted.plans.iter().flatten() {
            let found = self.present.plans.get(key);
            let found = found.map(|found| found.clone().into_parts());
            let (before, granted) = found.unzip();
            let (after, grants) = plan.clone().into_parts();
            self.changes.push(Change::Plan {
                key: key.clone(),
                before,
                after: Some(after),
            });
            let granted = granted.unwrap_or_default();
            let grants = grants.into_iter().map(|(feature, value)| Change::Grant {
                plan: key.clone(),
                before: granted.get(&feature).copied(),
                feature,
                after: Some(value),
            });
            self.changes.extend(grants);
        }
    }

    pub(super) fn plans_out(&mut self) {
        let Some(wanted) = &self.wanted.plans else {
            return;
        };
        for (key, plan) in &self.present.plans {
            if wanted.contains_key(key) {
                continue;
            }
            if !self.going.plans.contains(key) {
                self.kept.plans.push(key.clone());
                continue;
            }
            self.changes.push(Change::Plan {
                key: key.clone(),
                before: Some(plan.clone().into_parts().0),
                after: None,
            });
        }
    }
}

/// One audience for another. Where only the names on lists differ, only those are exchanged: a
/// list may hold a million.
fn retarget(
    feature: &FeatureKey,
    before: Audience<Members>,
    after: Audience<Members>,
) -> Vec<Change> {
    let alike = before.rules.len() == after.rules.len()
        && before
            .rules
            .iter()
            .zip(&after.rules)
            .all(|(a, b)| is_alike(a, b));
    if !alike {
        return replace_audience(feature, before, after);
    }
    let mut changes = vec![Change::AudienceDefault {
        feature: feature.clone(),
        before: before.default,
        after: after.default,
    }];
    for (rule, (was, is)) in before.rules.iter().zip(&after.rules).enumerate() {
        for (condition, (was, is)) in was.when.iter().zip(&is.when).enumerate() {
            let (
                Condition::OneOf {
                    target_type,
                    ids: was,
                },
                Condition::OneOf { ids: is, .. },
            ) = (was, is)
            else {
                continue;
            };
            let renamed = was.symmetric_difference(is).map(|id| Change::Target {
                feature: feature.clone(),
                rule,
                condition,
                target: Target {
                    target_type: target_type.clone(),
                    id: id.clone(),
                },
                before: was.contains(id),
                after: is.contains(id),
            });
            changes.extend(renamed);
        }
    }
    changes
}

/// Whether two rules are the same but for the names on their lists.
fn is_alike(a: &Rule<Members>, b: &Rule<Members>) -> bool {
    let conditions = a.when.iter().zip(&b.when).all(|pair| match pair {
        (Condition::OneOf { target_type: a, .. }, Condition::OneOf { target_type: b, .. }) => {
            a == b
        }
        (a, b) => a == b,
    });
    a.id == b.id && a.serve == b.serve && a.when.len() == b.when.len() && conditions
}
