//! Carrying a change out on a catalog, after checking it against the catalog's rules.
//!
//! Every store runs this inside its write, so no two can disagree about what is allowed. Changes
//! of users, organizations and overrides are checked here too, as far as the catalog knows; that
//! their `before` still stands is for the store to compare, since it holds them.

use super::catalog::{Catalog, FeatureEntry, Grant, PlanEntry, Revision, Settings};
use super::change::{Change, known_feature, known_plan};
use super::feature::Feature;
use super::key::{FeatureKey, PlanKey};
use super::overrides::{Effect, Override};
use super::plan::Plan;
use super::refusal::Refusal;
use super::target::{Audience, Condition, ListId, Members, Rule, Serve, Target, TargetType};
use super::value::{Kind, Value};

/// What an applied change means for the lists of named targets, which the catalog does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEdit {
    /// A new list with its first members.
    Create {
        /// Its number.
        list: ListId,
        /// What it names.
        target_type: TargetType,
        /// Whom it names.
        ids: Members,
    },
    /// The list is no longer referred to.
    Drop {
        /// Its number.
        list: ListId,
        /// What it named.
        target_type: TargetType,
        /// Whom it must have named, all of them.
        ids: Members,
    },
    /// The list names one more.
    Name {
        /// Its number.
        list: ListId,
        /// Who.
        target: Target,
    },
    /// The list names one less.
    Unname {
        /// Its number.
        list: ListId,
        /// Who.
        target: Target,
    },
}

impl Catalog {
    /// Carries the change out, marking what it touches with `revision`.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] when a rule forbids it or when `before` is not what the catalog holds; the
    /// catalog is then as it was.
    pub fn apply(&mut self, change: &Change, revision: Revision) -> Result<Vec<ListEdit>, Refusal> {
        match change {
            Change::Settings { before, after } => self.apply_settings(before, after)?,
            Change::Feature { key, before, after } => {
                self.apply_feature(key, before.as_ref(), after.as_ref(), revision)?;
            }
            Change::AudienceDefault {
                feature,
                before,
                after,
            } => {
                let entry = self.targetable(feature)?;
                expected(entry.audience.default == *before, || {
                    format!("the audience of {feature}")
                })?;
                entry.audience.default = *after;
                entry.audience_revision = revision;
            }
            Change::Rule {
                feature,
                index,
                before,
                after,
            } => {
                return self.apply_rule(feature, *index, before.as_ref(), after.as_ref(), revision);
            }
            Change::Target {
                feature,
                rule,
                condition,
                target,
                after,
                ..
            } => {
                return self.apply_target(feature, (*rule, *condition), target, *after, revision);
            }
            Change::Plan { key, before, after } => {
                self.apply_plan(key, before.as_ref(), after.as_ref(), revision)?;
            }
            Change::Grant {
                plan,
                feature,
                before,
                after,
            } => {
                self.apply_grant(plan, feature, *before, *after, revision)?;
            }
            Change::User { after, .. } => {
                self.on_known_plan(after.as_ref().map(|u| &u.plan))?;
                custom_only(after.iter().flat_map(|user| &user.targets))?;
            }
            Change::Organization { after, .. } => {
                self.on_known_plan(after.as_ref().map(|o| &o.plan))?;
                custom_only(after.iter().flat_map(|organization| &organization.targets))?;
            }
            Change::Override { feature, after, .. } => {
                self.override_fits(feature, after.as_ref())?;
            }
        }
        Ok(Vec::new())
    }

    fn apply_settings(&mut self, before: &Settings, after: &Settings) -> Result<(), Refusal> {
        expected(self.settings == *before, || {
            "the catalog's settings".to_owned()
        })?;
        if let Some(plan) = &after.default_plan {
            known_plan(self, plan)?;
        }
        let defined = self.features.len();
        if usize::try_from(after.max_features).is_ok_and(|max| max < defined) {
            return Err(Refusal::CapTooLow {
                max: after.max_features,
                defined,
            });
        }
        self.settings = after.clone();
        Ok(())
    }

    fn apply_feature(
        &mut self,
        key: &FeatureKey,
        before: Option<&Feature>,
        after: Option<&Feature>,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let found = self.features.get(key);
        match (found.map(|entry| &entry.feature), before, after) {
            (Some(_), None, Some(_)) => return Err(Refusal::FeatureExists(key.clone())),
            (None, Some(_), _) => return Err(Refusal::UnknownFeature(key.clone())),
            (found, before, _) => expected(found == before, || format!("feature {key}"))?,
        }
        if let Some(after) = after {
            switch_fits(key, after)?;
        }
        match after {
            None => {
                if found.is_some() {
                    self.nothing_hangs_on(key)?;
                }
                self.features.remove(key);
            }
            Some(after) => match self.features.get_mut(key) {
                Some(entry) if entry.feature.kind != after.kind => {
                    let kind = entry.feature.kind;
                    return Err(Refusal::KindIsFixed {
                        feature: key.clone(),
                        kind,
                    });
                }
                Some(entry) => {
                    entry.feature = after.clone();
                    entry.revision = revision;
                }
                None => self.define(key, after, revision)?,
            },
        }
        Ok(())
    }

    fn define(&mut self, key: &FeatureKey, feature: &Feature, at: Revision) -> Result<(), Refusal> {
        let max = self.settings.max_features;
        if usize::try_from(max).is_ok_and(|max| max <= self.features.len()) {
            return Err(Refusal::TooManyFeatures { max });
        }
        let feature = feature.clone();
        let audience = Audience::default();
        let entry = FeatureEntry {
            feature,
            audience,
            revision: at,
            audience_revision: at,
        };
        self.features.insert(key.clone(), entry);
        Ok(())
    }

    fn nothing_hangs_on(&self, key: &FeatureKey) -> Result<(), Refusal> {
        let in_use = |by: String| Refusal::FeatureInUse {
            feature: key.clone(),
            by,
        };
        if let Some((plan, _)) = self.plans.iter().find(|(_, e)| e.grants.contains_key(key)) {
            return Err(in_use(format!("plan {plan}")));
        }
        match self.features.get(key) {
            Some(entry) if !entry.audience.rules.is_empty() => Err(in_use("its rules".to_owned())),
            // Taking the deletion back would not bring the audience with it.
            Some(entry) if entry.audience != Audience::default() => {
                Err(in_use("its audience".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn targetable(&mut self, key: &FeatureKey) -> Result<&mut FeatureEntry, Refusal> {
        match self.features.get_mut(key) {
            None => Err(Refusal::UnknownFeature(key.clone())),
            Some(entry) if entry.feature.kind == Kind::Limit => {
                Err(Refusal::NotTargetable(key.clone()))
            }
            Some(entry) => Ok(entry),
        }
    }

    fn apply_rule(
        &mut self,
        feature: &FeatureKey,
        index: usize,
        before: Option<&Rule<Members>>,
        after: Option<&Rule<Members>>,
        revision: Revision,
    ) -> Result<Vec<ListEdit>, Refusal> {
        let stale = || Refusal::Stale(format!("the audience of {feature}"));
        let mut edits = Vec::new();
        let rules = &self.targetable(feature)?.audience.rules;
        if index.saturating_add(usize::from(before.is_some())) > rules.len() {
            return Err(stale());
        }
        if let Some(before) = before {
            edits = dropped(&rules[index], before).ok_or_else(stale)?;
        }
        let put = after.map(|rule| self.numbered(rule, &mut edits));
        let entry = self.targetable(feature)?;
        if before.is_some() {
            entry.audience.rules.remove(index);
        }
        if let Some(put) = put {
            entry.audience.rules.insert(index, put);
        }
        entry.audience_revision = revision;
        Ok(edits)
    }

    /// The rule with a number for each of its lists, which are noted as created.
    fn numbered(&mut self, rule: &Rule<Members>, edits: &mut Vec<ListEdit>) -> Rule<ListId> {
        let when = rule.when.iter().map(|condition| match condition {
            Condition::OneOf { target_type, ids } => {
                let (list, target_type) = (self.new_list(), target_type.clone());
                let created = ListEdit::Create {
                    list,
                    target_type: target_type.clone(),
                    ids: ids.clone(),
                };
                edits.push(created);
                Condition::OneOf {
                    target_type,
                    ids: list,
                }
            }
            Condition::Percent(share) => Condition::Percent(*share),
            Condition::Unsupported(what) => Condition::Unsupported(what.clone()),
        });
        Rule {
            id: rule.id.clone(),
            serve: rule.serve,
            when: when.collect(),
        }
    }

    fn apply_target(
        &mut self,
        feature: &FeatureKey,
        (rule, condition): (usize, usize),
        target: &Target,
        named: bool,
        revision: Revision,
    ) -> Result<Vec<ListEdit>, Refusal> {
        let entry = self.targetable(feature)?;
        let found = entry
            .audience
            .rules
            .get(rule)
            .and_then(|rule| rule.when.get(condition));
        match found {
            Some(Condition::OneOf { target_type, ids }) if *target_type == target.target_type => {
                let (list, target) = (*ids, target.clone());
                entry.audience_revision = revision;
                Ok(vec![if named {
                    ListEdit::Name { list, target }
                } else {
                    ListEdit::Unname { list, target }
                }])
            }
            _ => Err(Refusal::Stale(format!("the audience of {feature}"))),
        }
    }

    fn apply_plan(
        &mut self,
        key: &PlanKey,
        before: Option<&Plan>,
        after: Option<&Plan>,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let found = self.plans.get(key);
        match (found.map(|entry| &entry.plan), before, after) {
            (Some(_), None, Some(_)) => return Err(Refusal::PlanExists(key.clone())),
            (None, Some(_), _) => return Err(Refusal::UnknownPlan(key.clone())),
            (found, before, _) => expected(found == before, || format!("plan {key}"))?,
        }
        let in_use = |by: &str| Refusal::PlanInUse {
            plan: key.clone(),
            by: by.to_owned(),
        };
        match after {
            None if found.is_some_and(|entry| !entry.grants.is_empty()) => {
                Err(in_use("its own grants"))
            }
            None if self.settings.default_plan.as_ref() == Some(key) => {
                Err(in_use("the settings: it is the default plan"))
            }
            None => {
                self.plans.remove(key);
                Ok(())
            }
            Some(after) => {
                let blank = || PlanEntry {
                    plan: Plan::default(),
                    grants: std::collections::BTreeMap::new(),
                    revision,
                };
                let entry = self.plans.entry(key.clone()).or_insert_with(blank);
                entry.plan = after.clone();
                entry.revision = revision;
                Ok(())
            }
        }
    }

    fn apply_grant(
        &mut self,
        plan: &PlanKey,
        feature: &FeatureKey,
        before: Option<Value>,
        after: Option<Value>,
        revision: Revision,
    ) -> Result<(), Refusal> {
        self.value_fits(feature, after)?;
        let found = known_plan(self, plan)?
            .grants
            .get(feature)
            .map(|grant| grant.value);
        expected(found == before, || {
            format!("what plan {plan} grants of {feature}")
        })?;
        if let Some(entry) = self.plans.get_mut(plan) {
            match after {
                None => entry.grants.remove(feature),
                Some(value) => entry
                    .grants
                    .insert(feature.clone(), Grant { value, revision }),
            };
        }
        Ok(())
    }

    /// Refuses a value of the wrong kind.
    pub fn value_fits(&self, feature: &FeatureKey, value: Option<Value>) -> Result<(), Refusal> {
        let kind = known_feature(self, feature)?.feature.kind;
        match value {
            Some(value) if value.kind() != kind => Err(Refusal::WrongKind {
                feature: feature.clone(),
                kind,
                value,
            }),
            _ => Ok(()),
        }
    }

    /// Whether a subject may have the override of the feature.
    pub fn override_fits(
        &self,
        feature: &FeatureKey,
        over: Option<&Override>,
    ) -> Result<(), Refusal> {
        if let Some(over) = over {
            over.stands_once().map_err(Refusal::NeverStands)?;
        }
        let value = over.and_then(|over| match over.effect {
            Effect::Grant(value) => Some(value),
            Effect::Revoke => None,
        });
        self.value_fits(feature, value)
    }

    fn on_known_plan(&self, plan: Option<&Option<PlanKey>>) -> Result<(), Refusal> {
        match plan {
            Some(Some(plan)) => known_plan(self, plan).map(|_| ()),
            _ => Ok(()),
        }
    }
}

/// The switch serves no more than the kind of feature can be worth.
fn switch_fits(key: &FeatureKey, feature: &Feature) -> Result<(), Refusal> {
    match (feature.kind, feature.off_value) {
        (Kind::Limit, Serve::On) => Err(Refusal::WrongKind {
            feature: key.clone(),
            kind: Kind::Limit,
            value: Value::On,
        }),
        _ => Ok(()),
    }
}

fn custom_only<'t>(mut targets: impl Iterator<Item = &'t Target>) -> Result<(), Refusal> {
    match targets.find(|target| !target.is_custom()) {
        None => Ok(()),
        Some(target) => Err(Refusal::NotACustomTarget(target.clone())),
    }
}

fn expected(holds: bool, what: impl FnOnce() -> String) -> Result<(), Refusal> {
    if holds {
        Ok(())
    } else {
        Err(Refusal::Stale(what()))
    }
}

/// The lists that go with a rule, if the rule found has the form of the one to be taken out.
fn dropped(found: &Rule<ListId>, before: &Rule<Members>) -> Option<Vec<ListEdit>> {
    if found.id != before.id || found.serve != before.serve || found.when.len() != before.when.len()
    {
        return None;
    }
    let mut edits = Vec::new();
    for pair in found.when.iter().zip(&before.when) {
        match pair {
            (
                Condition::OneOf {
                    target_type,
                    ids: list,
                },
                Condition::OneOf {
                    target_type: same,
                    ids,
                },
            ) if target_type == same => edits.push(ListEdit::Drop {
                list: *list,
                target_type: same.clone(),
                ids: ids.clone(),
            }),
            (Condition::Percent(a), Condition::Percent(b)) if a == b => {}
            (Condition::Unsupported(a), Condition::Unsupported(b)) if a == b => {}
            _ => return None,
        }
    }
    Some(edits)
}
