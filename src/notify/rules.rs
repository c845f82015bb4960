//! Who was targeted by a feature, before a write and after it: the present with what was changed
//! since taken back.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::{Map, Value, json};

use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::mention::Mentions;
use crate::domain::target::{Access, Audience, Condition, Id, Members, Serve};
use crate::store::{About, Scope, Snapshot, Span, StoreError};

/// Of longer lists only those are told who came or went.
const LONGEST_READ: u64 = 10_000;
/// How many users, and how many organizations, are told by name.
const MOST_NAMED: usize = 1000;

/// A feature at one moment of its history.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// Its definition, if it has one then.
    pub(super) feature: Option<Feature>,
    /// Its rules. Who is named by them is not known where the lists are `long`.
    pub(super) audience: Audience<Members>,
    /// Whether its lists are too long to be told.
    pub(super) long: bool,
}

impl Moment {
    /// The feature as a revision left it.
    pub(super) fn of(
        snapshot: &dyn Snapshot,
        key: &FeatureKey,
        revision: Revision,
    ) -> Result<Self, StoreError> {
        let mut moment = Self::present(snapshot, key)?;
        let until = snapshot.revision()?;
        if until > revision {
            let since = Span {
                after: revision,
                until,
            };
            let about = Mentions {
                feature: Some(key.clone()),
                ..Mentions::default()
            };
            snapshot.changed(since, About::Mentioning(&about), &mut |(_, change)| {
                moment.take_back(&change);
                ControlFlow::Continue(())
            })?;
        }
        Ok(moment)
    }

    fn present(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<Self, StoreError> {
        let mut catalog = snapshot.catalog(Scope::Features(std::slice::from_ref(key)))?;
        let Some(entry) = catalog.features.remove(key) else {
            return Ok(Self {
                feature: None,
                audience: Audience::default(),
                long: false,
            });
        };
        let mut names = 0;
        let empty = entry.audience.try_map(|_, list| {
            names += snapshot.list_size(*list)?;
            Ok::<_, StoreError>(Members::new())
        })?;
        let long = names > LONGEST_READ;
        let audience = match long {
            true => empty,
            false => snapshot.audience(key)?.unwrap_or_default(),
        };
        let feature = Some(entry.feature);
        Ok(Self {
            feature,
            audience,
            long,
        })
    }

    /// Undoes a change, if it is one of this.
    pub(super) fn take_back(&mut self, change: &Change) {
        let rules = &mut self.audience.rules;
        match change {
            Change::Feature { before, .. } => self.feature.clone_from(before),
            Change::AudienceDefault { before, .. } => self.audience.default = *before,
            Change::Rule {
                index,
                before,
                after,
                ..
            } => {
                if after.is_some() && *index < rules.len() {
                    rules.remove(*index);
                }
                if let Some(before) = before {
                    rules.insert((*index).min(rules.len()), before.clone());
                }
            }
            Change::Target {
                rule,
                condition,
                target,
                before,
                ..
            } => {
                let condition = rules
                    .get_mut(*rule)
                    .and_then(|rule| rule.when.get_mut(*condition));
                if let Some(Condition::OneOf { ids, .. }) = condition {
                    match before {
                        true => ids.insert(target.id.clone()),
                        false => ids.remove(&target.id),
                    };
                }
            }
            _ => {}
        }
    }

    /// None, Some or All: whatever is none of them names somebody after all.
    pub(super) fn access(&self) -> &'static str {
        match self.audience.access() {
            Access::None => "none",
            Access::All => "all",
            Access::Some | Access::Rules => "some",
        }
    }

    /// Those of a type whom a rule gives the feature.
    fn named(&self, target_type: &str) -> BTreeSet<&Id> {
        let giving = self.audience.rules.iter();
        let giving = giving.filter(|rule| rule.serve == Serve::On);
        let conditions = giving.flat_map(|rule| &rule.when);
        conditions
            .filter_map(|condition| match condition {
                Condition::OneOf {
                    target_type: named,
                    ids,
                } if named.as_str() == target_type => Some(ids),
                _ => None,
            })
            .flatten()
            .collect()
    }

    /// The access type and the targets, as WorkOS tells them; and whether some are left out.
    pub(super) fn context(
        &self,
        snapshot: &dyn Snapshot,
    ) -> Result<(Map<String, Value>, bool), StoreError> {
        let organizations = self.named("organization");
        let users = self.named("user");
        let cut = self.long || organizations.len() > MOST_NAMED || users.len() > MOST_NAMED;
        let mut told_organizations = Vec::new();
        for id in organizations.into_iter().take(MOST_NAMED) {
            let name = snapshot.organization(id)?.and_then(|known| known.name);
            let name = name.as_deref().unwrap_or(id.as_str());
            told_organizations.push(json!({"id": id, "name": name}));
        }
        let mut told_users = Vec::new();
        for id in users.into_iter().take(MOST_NAMED) {
            let email = snapshot.user(id)?.and_then(|known| known.email);
            told_users.push(json!({"id": id, "email": email.as_deref().unwrap_or_default()}));
        }
        let mut told = Map::new();
        told.insert("access_type".to_owned(), json!(self.access()));
        let targets = json!({"organizations": told_organizations, "users": told_users});
        told.insert("configured_targets".to_owned(), targets);
        Ok((told, cut))
    }
}
