//! What can be told of each feature before anybody asks.
//!
//! It is worked out once, by the same layers that answer for one subject, for everybody whom no
//! override concerns: by the plan that counts for them, and by whether a list of the feature names
//! them. Answers are few, however many plans and features there are, so what is kept for each is
//! the code of one. A subject picks its codes out of two rows, and a question is then a look at a
//! code, as quick for who is named as for who is not.

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::bound::{Bound, Subject};
use super::catalog::FeatureEntry;
use super::key::FeatureKey;
use super::layers::{Plans, switch, targeting};
use super::marks::{BLOCK, Block, Marks};
use super::resolve::{Decision, LayerKind};
use super::resolver::Slot;
use super::target::{Condition, ListId, Rule};

/// How many blocks of answers are worked out for plans at the most: 128 kilobytes. Beyond, plans
/// are asked anew each time.
const MOST: usize = 1 << 10;

/// What is known about a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Settled {
    /// It depends on who asks, as with a percentage or an override.
    BySubject,
    /// Only the plans can have an answer.
    ByPlan,
    /// This is the answer.
    Always(Decision),
}

/// The number of something known among all that is known.
type Code = u8;

const CODES: usize = Code::MAX as usize + 1;
const BY_SUBJECT: Code = 0;
/// From the next code on, there is an answer.
const BY_PLAN: Code = 1;

/// All that is known of any feature, by its code.
#[derive(Debug)]
struct Known {
    settled: Box<[Settled; CODES]>,
    codes: HashMap<Settled, Code>,
}

/// What is known about the features of one block, for those who share a plan.
#[derive(Debug, Clone)]
struct Answers {
    unlisted: Block,
    listed: Block,
}

/// The place of the answers for those who share a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Row(usize);

/// The answers: a row for those of several plans, in which the plans have to be asked, one for
/// those of no plan, and one for each plan.
#[derive(Debug)]
pub(super) struct Table {
    known: Known,
    rows: Vec<Answers>,
    /// How many blocks a row is.
    each: usize,
}

/// What is known about each feature for one subject.
#[derive(Debug)]
pub(super) struct Codes(SmallVec<[Block; 1]>);

impl Table {
    pub(super) fn new(features: &[(&FeatureKey, &FeatureEntry)], plans: &Plans<'_>) -> Self {
        let each = features.len().div_ceil(BLOCK).max(1);
        let mut table = Self {
            known: Known::new(),
            rows: Vec::new(),
            each,
        };
        let cells: Vec<_> = features.iter().map(|of| cell(of.0, of.1)).collect();
        table.add(&cells, |_, settled| settled);
        if each.saturating_mul(plans.len()) <= MOST {
            table.add_plan(&cells, plans, None);
            (0..plans.len()).for_each(|plan| table.add_plan(&cells, plans, Some(plan)));
        }
        table
    }

    /// Adds the row of those on `plan`.
    fn add_plan(&mut self, cells: &[[Settled; 2]], plans: &Plans<'_>, plan: Option<usize>) {
        let subject = Subject::nobody(plan, &[]);
        self.add(cells, |slot, settled| match settled {
            Settled::ByPlan => Settled::Always(plans.decide(&subject, slot)),
            other => other,
        });
    }

    fn add(&mut self, cells: &[[Settled; 2]], told: impl Fn(Slot, Settled) -> Settled) {
        let begin = self.rows.len();
        let nothing = Answers {
            unlisted: [BY_SUBJECT; BLOCK],
            listed: [BY_SUBJECT; BLOCK],
        };
        self.rows.resize(begin + self.each, nothing);
        for (slot, [unlisted, listed]) in Slot::first(cells.len()).zip(cells) {
            let answers = &mut self.rows[begin + slot.index() / BLOCK];
            let place = slot.index() % BLOCK;
            answers.unlisted[place] = self.known.code(told(slot, *unlisted));
            answers.listed[place] = self.known.code(told(slot, *listed));
        }
    }

    /// The row for who has the plans that count for a user and organizations.
    pub(super) fn row(&self, user: Option<&Bound<'_>>, organizations: &[Bound<'_>]) -> Row {
        let shared = organizations.iter();
        let shared = shared.filter_map(|party| party.id.and(party.plan));
        let own = user.and_then(|user| user.plan);
        let mut plans = own.into_iter().chain(shared);
        let plan = plans.next();
        let row = match plan {
            None => self.each,
            Some(plan) if plans.all(|other| other == plan) => self.each * (plan + 2),
            Some(_) => 0,
        };
        // Every row is there, or none but the first.
        Row(if row < self.rows.len() { row } else { 0 })
    }

    /// What is known about who has the plans of a row, and is named by the lists of the marks.
    #[inline]
    pub(super) fn codes(&self, row: Row, marks: Marks) -> Codes {
        let mut codes = marks.0;
        for (codes, answers) in codes.iter_mut().zip(&self.rows[row.0..]) {
            let answers = answers.unlisted.iter().zip(&answers.listed);
            for (mark, (unlisted, listed)) in codes.iter_mut().zip(answers) {
                *mark = unlisted & !*mark | listed & *mark;
            }
        }
        Codes(codes)
    }

    #[inline]
    pub(super) fn find(&self, codes: &Codes, slot: Slot) -> Settled {
        self.known.settled[usize::from(codes.of(slot))]
    }

    /// What is known about those of a row whom nothing sets apart.
    #[inline]
    pub(super) fn shared(&self, row: Row, slot: Slot) -> Settled {
        self.known.settled[usize::from(self.code(row, slot))]
    }

    /// Whether the same is known about the subject of the codes, and it is an answer.
    #[inline]
    pub(super) fn is_shared(&self, row: Row, codes: &Codes, slot: Slot) -> bool {
        let code = codes.of(slot);
        code > BY_PLAN && code == self.code(row, slot)
    }

    #[inline]
    fn code(&self, row: Row, slot: Slot) -> Code {
        self.rows[row.0 + slot.index() / BLOCK].unlisted[slot.index() % BLOCK]
    }
}

impl Codes {
    /// Nothing is known about nobody.
    pub(super) fn none() -> Self {
        Self(SmallVec::new())
    }

    #[inline]
    fn of(&self, slot: Slot) -> Code {
        self.0.as_flattened()[slot.index()]
    }

    /// Has the subject be asked about a feature.
    pub(super) fn ask(&mut self, slot: Slot) {
        self.0.as_flattened_mut()[slot.index()] = BY_SUBJECT;
    }
}

impl Known {
    fn new() -> Self {
        let mut settled = Box::new([Settled::BySubject; CODES]);
        settled[usize::from(BY_PLAN)] = Settled::ByPlan;
        let codes = [(Settled::BySubject, BY_SUBJECT), (Settled::ByPlan, BY_PLAN)];
        Self {
            settled,
            codes: codes.into_iter().collect(),
        }
    }

    /// The code of something known. Only limits can be more than there are codes for; of those
    /// beyond, the subject is asked.
    fn code(&mut self, settled: Settled) -> Code {
        if let Some(code) = self.codes.get(&settled) {
            return *code;
        }
        let Ok(code) = Code::try_from(self.codes.len()) else {
            return BY_SUBJECT;
        };
        self.settled[usize::from(code)] = settled;
        self.codes.insert(settled, code);
        code
    }
}

/// What is known about a feature for those whom no list of it names, and for those whom one does.
fn cell(key: &FeatureKey, entry: &FeatureEntry) -> [Settled; 2] {
    let listed = match common_list(&entry.audience.rules) {
        Some(list) => settled(key, entry, std::slice::from_ref(list)),
        None => Settled::BySubject,
    };
    [settled(key, entry, &[]), listed]
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
