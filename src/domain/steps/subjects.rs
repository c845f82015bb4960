//! The way of organizations, users and overrides.

use super::super::change::Change;
use super::super::target::{Condition, Target};
use super::Way;
use crate::domain::subject::SubjectId;

impl Way<'_> {
    pub(super) fn overrides_out(&mut self) {
        let wanted = self.wanted.overrides.as_ref();
        for (subject, held) in &self.present.overrides {
            let named = wanted.and_then(|wanted| wanted.get(subject));
            let subject_goes = self.going.has(subject);
            for (feature, over) in held {
                let is_named = named.is_some_and(|named| named.contains_key(feature));
                let unwanted = wanted.is_some() && !is_named;
                let goes = subject_goes || self.going.features.contains(feature);
                if goes || (unwanted && self.prune) {
                    self.changes.push(Change::Override {
                        subject: subject.clone(),
                        feature: feature.clone(),
                        before: Some(over.clone()),
                        after: None,
                    });
                } else if unwanted {
                    self.kept.overrides += 1;
                }
            }
        }
    }

    pub(super) fn overrides_in(&mut self) {
        for (subject, wanted) in self.wanted.overrides.iter().flatten() {
            let held = self.present.overrides.get(subject);
            for (feature, over) in wanted {
                let before = held.and_then(|held| held.get(feature));
                if before != Some(over) {
                    self.changes.push(Change::Override {
                        subject: subject.clone(),
                        feature: feature.clone(),
                        before: before.cloned(),
                        after: Some(over.clone()),
                    });
                }
            }
        }
    }

    pub(super) fn organizations_in(&mut self) {
        for (id, after) in self.wanted.organizations.iter().flatten() {
            let before = self.present.organizations.get(id);
            if before != Some(after) {
                self.changes.push(Change::Organization {
                    id: id.clone(),
                    before: before.cloned(),
                    after: Some(after.clone()),
                });
            }
        }
    }

    pub(super) fn users_in(&mut self) {
        for (id, after) in self.wanted.users.iter().flatten() {
            let before = self.present.users.get(id);
            if before != Some(after) {
                self.changes.push(Change::User {
                    id: id.clone(),
                    before: before.cloned(),
                    after: Some(after.clone()),
                });
            }
        }
    }

    pub(super) fn users_out(&mut self) {
        let Some(wanted) = &self.wanted.users else {
            return;
        };
        for (id, before) in &self.present.users {
            if self.going.users.contains(id) {
                self.no_longer_named(&SubjectId::User(id.clone()));
                self.changes.push(Change::User {
                    id: id.clone(),
                    before: Some(before.clone()),
                    after: None,
                });
            } else if !wanted.contains_key(id) {
                self.kept.users += 1;
            }
        }
    }

    pub(super) fn organizations_out(&mut self) {
        let Some(wanted) = &self.wanted.organizations else {
            return;
        };
        for (id, before) in &self.present.organizations {
            if self.going.organizations.contains(id) {
                self.no_longer_named(&SubjectId::Organization(id.clone()));
                self.changes.push(Change::Organization {
                    id: id.clone(),
                    before: Some(before.clone()),
                    after: None,
                });
            } else if !wanted.contains_key(id) {
                self.kept.organizations += 1;
            }
        }
    }

    /// Takes a subject that goes off the lists of rules, unless the rules are wanted as well: then
    /// they name whom they name.
    fn no_longer_named(&mut self, subject: &SubjectId) {
        if self.wanted.features.is_some() {
            return;
        }
        let Target { target_type, id } = subject.target();
        for (feature, document) in &self.present.features {
            for (rule, found) in document.targeting().rules.iter().enumerate() {
                for (condition, when) in found.when.iter().enumerate() {
                    let named = matches!(when, Condition::OneOf { target_type: of, ids }
                        if *of == target_type && ids.contains(&id));
                    if named {
                        self.changes.push(Change::Target {
                            feature: feature.clone(),
                            rule,
                            condition,
                            target: subject.target(),
                            before: true,
                            after: false,
                        });
                    }
                }
            }
        }
    }
}
