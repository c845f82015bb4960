//! Version 1, which the Node SDK 11 asks for: lists of targets, any of which turns a flag on.
//!
//! It has no way to say "not this one", no order and no "both of these". Where that would be needed
//! it gives less than it should and never more: a target is listed only if whoever brings it along
//! gets the feature, whatever else they bring along. The rest is told as what was lost.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::carried::Carried;
use crate::domain::key::FeatureKey;
use crate::domain::target::{Condition, Id, Members, Rule, Serve, TargetType};

/// What version 1 can say of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakened {
    enabled: bool,
    default_value: bool,
    targets: BTreeMap<TargetType, Members>,
    /// Who gets off of it though the feature is on for them.
    pub lost: Option<&'static str>,
}

impl Weakened {
    /// What of the ordered rules can be said without order.
    pub fn of(carried: &Carried) -> Self {
        let rules = &carried.audience.rules;
        let takes_away = |rule: &Rule<Members>| rule.serve != Serve::On;
        let by_default = carried.audience.default == Serve::On;
        let default_value = by_default && !rules.iter().any(takes_away);
        let mut weakened = Self {
            enabled: carried.enabled,
            default_value,
            targets: BTreeMap::new(),
            lost: None,
        };
        for (index, rule) in rules.iter().enumerate() {
            if !takes_away(rule) {
                let earlier = rules[..index].iter().filter(|rule| takes_away(rule));
                weakened.add(rule, earlier);
            }
        }
        if default_value {
            // Whoever no list names has it all the same.
            weakened.lost = None;
        } else if by_default {
            weakened.lost = Some("everybody whom no list names, since it is off for some of them");
        }
        if !carried.enabled && carried.off_value {
            weakened.lost = Some("everybody, since it is disabled, and on while it is");
        }
        weakened
    }

    /// Lists whom a rule names, but for those whom a rule in front may take it away from.
    fn add<'r>(&mut self, rule: &Rule<Members>, earlier: impl Iterator<Item = &'r Rule<Members>>) {
        let [Condition::OneOf { target_type, ids }] = rule.when.as_slice() else {
            if !rule.when.iter().any(|condition| self.covers(condition)) {
                self.lost = Some("those of whom a rule asks for several targets at once");
            }
            return;
        };
        let mut safe = ids.clone();
        for rule in earlier {
            safe.retain(|id| !may_match(rule, target_type, id));
        }
        let listed = self.targets.entry(target_type.clone()).or_default();
        listed.extend(safe);
        if !ids.is_subset(listed) {
            self.lost = Some("some of those named, since it is off for others of them");
        }
    }

    /// Whether all that a condition names are listed.
    fn covers(&self, condition: &Condition<Members>) -> bool {
        match condition {
            Condition::OneOf { target_type, ids } => {
                let listed = self.targets.get(target_type);
                listed.is_some_and(|listed| ids.is_subset(listed))
            }
            Condition::Percent(_) | Condition::Unsupported(_) => false,
        }
    }

    /// The flag of the payload.
    pub(super) fn flag(&self, key: &FeatureKey) -> Value {
        let of = |target_type: &TargetType| -> Vec<Value> {
            let ids = self.targets.get(target_type).into_iter().flatten();
            ids.map(|id| json!({"id": id, "enabled": true})).collect()
        };
        let mut targets = Map::new();
        let (users, organizations) = (TargetType::user(), TargetType::organization());
        targets.insert("users".to_owned(), of(&users).into());
        targets.insert("organizations".to_owned(), of(&organizations).into());
        let custom = self.targets.iter();
        let custom = custom.filter(|(named, _)| **named != users && **named != organizations);
        let custom: Vec<Value> = custom
            .flat_map(|(named, ids)| {
                let target = move |id| json!({"type": named, "id": id, "enabled": true});
                ids.iter().map(target)
            })
            .collect();
        targets.insert("custom_targets".to_owned(), custom.into());
        json!({
            "slug": key,
            "enabled": self.enabled,
            "default_value": self.default_value,
            "targets": targets,
        })
    }
}

/// Whether somebody who brings the target along may be matched by the rule.
fn may_match(rule: &Rule<Members>, wanted: &TargetType, id: &Id) -> bool {
    rule.when.iter().all(|condition| match condition {
        Condition::OneOf { target_type, ids } => target_type != wanted || ids.contains(id),
        Condition::Percent(_) | Condition::Unsupported(_) => true,
    })
}
