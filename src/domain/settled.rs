//! What can be told of each feature before anybody asks.
//!
//! It is worked out once, by the same layers that answer for one subject, for everybody whom no
//! override concerns: by the plan that counts for them, and by whether a list of the feature names
//! them. A question is then a look into a table, and as quick for who is named as for who is not.

use super::bound::{Concern, Subject};
use super::catalog::FeatureEntry;
use super::key::FeatureKey;
use super::layers::{Plans, switch, targeting};
use super::resolve::{Decision, LayerKind};
use super::resolver::Slot;
use super::target::{Condition, ListId, Rule};

/// How many answers are worked out for plans at the most: five megabytes of them. Beyond, plans
/// are asked anew each time.
const MOST: usize = 1 << 16;

/// What is known about a feature.
#[derive(Debug, Clone, Copy)]
pub(super) enum Settled {
    /// This is the answer.
    Always(Decision),
    /// Only the plans can have an answer.
    ByPlan,
    /// It depends on who asks, as with a percentage.
    BySubject,
}

/// What is known about a feature, by [`Concern`].
type Cell = [Settled; 3];

/// The place of the answers for those who share a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Row(usize);

/// The answers: a row for those of several plans, in which the plans have to be asked, one for
/// those of no plan, and one for each plan.
#[derive(Debug)]
pub(super) struct Table {
    cells: Vec<Cell>,
    features: usize,
}

impl Table {
    pub(super) fn new(features: &[(&FeatureKey, &FeatureEntry)], plans: &Plans<'_>) -> Self {
        let mut table = Self {
            cells: features
                .iter()
                .map(|(key, entry)| cell(key, entry))
                .collect(),
            features: features.len(),
        };
        if features.len().saturating_mul(plans.len()) <= MOST {
            table.add(None, plans);
            (0..plans.len()).for_each(|plan| table.add(Some(plan), plans));
        }
        table
    }

    /// Adds the row of those on `plan`.
    fn add(&mut self, plan: Option<usize>, plans: &Plans<'_>) {
        let subject = Subject::nobody(plan, &[]);
        let slots = Slot::first(self.features);
        for slot in slots {
            let cell = self.cells[slot.index()].map(|settled| match settled {
                Settled::ByPlan => Settled::Always(plans.decide(&subject, slot)),
                other => other,
            });
            self.cells.push(cell);
        }
    }

    /// The row for who has the plans that count for `subject`.
    pub(super) fn row(&self, subject: &Subject<'_>) -> Row {
        let shared = subject.organizations.iter();
        let shared = shared.filter_map(|party| party.id.and(party.plan));
        let own = subject.user.iter().filter_map(|user| user.plan);
        let mut plans = own.chain(shared);
        let plan = plans.next();
        let row = match plan {
            None => self.features,
            Some(plan) if plans.all(|other| other == plan) => self.features * (plan + 2),
            Some(_) => 0,
        };
        // Every row is there, or none but the first.
        Row(if row < self.cells.len() { row } else { 0 })
    }

    #[inline]
    pub(super) fn find(&self, row: Row, slot: Slot, concern: Concern) -> Settled {
        self.cells[row.0 + slot.index()][concern as usize]
    }
}

fn cell(key: &FeatureKey, entry: &FeatureEntry) -> Cell {
    let listed = match common_list(&entry.audience.rules) {
        Some(list) => settled(key, entry, std::slice::from_ref(list)),
        None => Settled::BySubject,
    };
    [settled(key, entry, &[]), listed, Settled::BySubject]
}

/// A list that stands for all those of the rules, where it makes no difference by which of them
/// somebody is named: each rule asks for a list and nothing else, and all serve the same.
fn common_list(rules: &[Rule<ListId>]) -> Option<&ListId> {
    let [first, others @ ..] = rules else {
        return None;
    };
    let [Condition::OneOf { ids, .. }] = first.when.as_slice() else {
        return None;
    };
    let alike = |rule: &Rule<ListId>| {
        rule.serve == first.serve && matches!(rule.when.as_slice(), [Condition::OneOf { .. }])
    };
    others.iter().all(alike).then_some(ids)
}

/// What can be told of those whom `lists` name, and no override concerns.
fn settled(key: &FeatureKey, entry: &FeatureEntry, lists: &[ListId]) -> Settled {
    let shared = |condition: &Condition<ListId>| matches!(condition, Condition::Percent(_));
    let mut conditions = entry.audience.rules.iter().flat_map(|rule| &rule.when);
    let always = |answer, winner| Settled::Always(Decision { answer, winner });
    if let Some(answer) = switch(entry).answer() {
        always(answer, LayerKind::Switch)
    } else if conditions.any(shared) {
        Settled::BySubject
    } else {
        match targeting(key, entry, &Subject::nobody(None, lists)).answer() {
            Some(answer) => always(answer, LayerKind::Targeting),
            None => Settled::ByPlan,
        }
    }
}
