//! Which rule is which, while rules come and go and move each other about.
//!
//! A change names a rule by its place at that time. Here each rule has a number of its own, and the
//! audiences are led back change by change. A rule that was taken out and put in again just as it
//! was is the same rule.

use std::collections::HashMap;

use super::{Digest, digest};
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;

/// A rule, wherever it stands.
pub type RuleNumber = u32;

/// The rules of all audiences at a moment, led back from the present.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    audiences: HashMap<FeatureKey, Numbered>,
}

#[derive(Debug, Clone, Default)]
struct Numbered {
    order: Vec<RuleNumber>,
    next: RuleNumber,
    /// Rules that were put in later: one that is found taken out before is the same.
    put: Vec<(Digest, RuleNumber)>,
}

/// What a change meant for the rules of its audience.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Met {
    /// The rule that it took out.
    pub taken: Option<RuleNumber>,
    /// The rule that it put in, or on whose list it put a name or took one off.
    pub put: Option<RuleNumber>,
    /// The order before; `None` where there were no rules.
    pub order_before: Option<Digest>,
    /// The order after.
    pub order_after: Option<Digest>,
}

impl Rules {
    /// The rules of the present.
    pub fn new(catalog: &Catalog) -> Self {
        let audiences = catalog.features.iter().map(|(key, entry)| {
            // Numbers are given in order; an audience has far fewer rules than there are numbers.
            let next = RuleNumber::try_from(entry.audience.rules.len()).unwrap_or(u32::MAX);
            let numbered = Numbered {
                order: (0..next).collect(),
                next,
                put: Vec::new(),
            };
            (key.clone(), numbered)
        });
        Self {
            audiences: audiences.collect(),
        }
    }

    /// The rules of an audience in order.
    pub fn of(&self, feature: &FeatureKey) -> &[RuleNumber] {
        let numbered = self.audiences.get(feature);
        numbered.map_or(&[], |numbered| &numbered.order)
    }

    /// Leads the rules back over a change. `None` where it cannot have happened.
    pub fn back(&mut self, change: &Change) -> Option<Met> {
        match change {
            Change::Target { feature, rule, .. } => Some(Met {
                put: Some(*self.of(feature).get(*rule)?),
                ..Met::default()
            }),
            Change::Rule {
                feature,
                index,
                before,
                after,
            } => {
                let before = before.as_ref().map(digest);
                let after = after.as_ref().map(digest);
                let numbered = self.audiences.entry(feature.clone()).or_default();
                numbered.back(*index, before, after)
            }
            _ => Some(Met::default()),
        }
    }
}

impl Numbered {
    fn back(&mut self, index: usize, before: Option<Digest>, after: Option<Digest>) -> Option<Met> {
        let mut met = Met {
            order_after: self.digest(),
            ..Met::default()
        };
        if let Some(after) = after {
            if index >= self.order.len() {
                return None;
            }
            let number = self.order.remove(index);
            self.put.push((after, number));
            met.put = Some(number);
        }
        if let Some(before) = before {
            if index > self.order.len() {
                return None;
            }
            let number = self.number(before);
            self.order.insert(index, number);
            met.taken = Some(number);
        }
        met.order_before = self.digest();
        Some(met)
    }

    fn digest(&self) -> Option<Digest> {
        (!self.order.is_empty()).then(|| digest(&self.order))
    }

    /// The number of a rule that had been taken out.
    fn number(&mut self, rule: Digest) -> RuleNumber {
        if let Some(place) = self.put.iter().rposition(|(put, _)| *put == rule) {
            return self.put.remove(place).1;
        }
        self.next += 1;
        self.next - 1
    }
}
