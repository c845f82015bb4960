//! A catalog and a subject prepared for many questions.
//!
//! Names become numbers, and what is the same for every subject is worked out once, by the same
//! layers that answer for one. A feature that no override and no list concerns is then answered by
//! a look into a table.

use hashbrown::HashMap;

use super::catalog::{Catalog, FeatureEntry};
use super::finding::Finding;
use super::key::FeatureKey;
use super::layers::{
    Plans, organization_override, organization_overrides, switch, targeting, user_override,
};
use super::resolve::{Decision, LAYERS, Layer, LayerKind, Resolution};
use super::subject::{Held, Party, SubjectRecord};
use super::target::{Condition, Id, ListId};
use super::time::Time;
use super::value::Kind;

/// The place of a feature within one resolver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u32);

impl Slot {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A catalog prepared for many questions: features and plans by number instead of by name, and
/// what is the same for every subject worked out beforehand.
#[derive(Debug)]
pub struct Resolver<'a> {
    features: Vec<(&'a FeatureKey, &'a FeatureEntry)>,
    slots: HashMap<&'a str, Slot>,
    settled: Vec<Settled>,
    /// The features whose rules refer to each list.
    referring: Vec<(ListId, Slot)>,
    plans: Plans<'a>,
}

/// What is known about a feature for all subjects that no override and no list concerns.
#[derive(Debug, Clone, Copy)]
enum Settled {
    /// The switch or the audience decides, for everybody.
    Always(Decision),
    /// Only the plans can have an answer.
    ByPlan,
    /// It depends on who asks, as with a percentage.
    BySubject,
}

/// A subject prepared for one resolver.
#[derive(Debug)]
pub struct Subject<'a> {
    pub(super) user: Option<Bound<'a>>,
    pub(super) organizations: Vec<Bound<'a>>,
    pub(super) lists: &'a [ListId],
    pub(super) shared_id: Option<&'a Id>,
    /// A bit for each feature that an override or a list concerns; empty where none does.
    concerned: Vec<u64>,
}

impl Subject<'_> {
    #[inline]
    fn is_concerned(&self, slot: Slot) -> bool {
        let word = self.concerned.get(slot.index() / 64);
        word.is_some_and(|word| word >> (slot.0 % 64) & 1 == 1)
    }

    fn concern(&mut self, slot: Slot) {
        let word = slot.index() / 64;
        if self.concerned.len() <= word {
            self.concerned.resize(word + 1, 0);
        }
        self.concerned[word] |= 1 << (slot.0 % 64);
    }
}

/// One who brings a plan and overrides, by number.
#[derive(Debug)]
pub(super) struct Bound<'a> {
    pub(super) id: Option<&'a Id>,
    pub(super) plan: Option<usize>,
    pub(super) overrides: Vec<(Slot, &'a Held)>,
}

impl<'a> Resolver<'a> {
    /// Prepares a catalog.
    pub fn new(catalog: &'a Catalog) -> Self {
        let features: Vec<_> = catalog.features.iter().collect();
        let slots = (0u32..).map(Slot).zip(&features);
        let slots = slots.map(|(slot, (key, _))| (key.as_str(), slot)).collect();
        let settled = features
            .iter()
            .map(|(key, entry)| settled(key, entry))
            .collect();
        let referring = referring(&features);
        Self {
            features,
            slots,
            settled,
            referring,
            plans: Plans::new(catalog),
        }
    }

    /// The place of a feature, if the catalog defines it.
    #[inline]
    pub fn slot(&self, key: &FeatureKey) -> Option<Slot> {
        self.slots.get(key.as_str()).copied()
    }

    /// The place of every feature, in the order of the keys.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        (0..u32::try_from(self.features.len()).unwrap_or(u32::MAX)).map(Slot)
    }

    /// The key of the feature at a place.
    pub fn key(&self, slot: Slot) -> &'a FeatureKey {
        self.features[slot.index()].0
    }

    /// The kind of the feature at a place.
    pub fn kind(&self, slot: Slot) -> Kind {
        self.features[slot.index()].1.feature.kind
    }

    /// Prepares a subject.
    pub fn bind(&self, record: &'a SubjectRecord) -> Subject<'a> {
        let bound = |party: &'a Party| Bound {
            id: party.id.as_ref(),
            plan: party.plan.as_ref().and_then(|key| self.plans.find(key)),
            overrides: party
                .overrides
                .iter()
                .filter_map(|(key, held)| self.slot(key).map(|slot| (slot, held)))
                .collect(),
        };
        let mut subject = Subject {
            user: record.user.as_ref().map(bound),
            organizations: record.organizations.iter().map(bound).collect(),
            lists: &record.lists,
            shared_id: record.shared_id(),
            concerned: Vec::new(),
        };
        self.concern(&mut subject);
        subject
    }

    /// Marks the features that an override or a list makes particular to the subject.
    fn concern(&self, subject: &mut Subject<'a>) {
        for list in subject.lists {
            let from = self.referring.partition_point(|(known, _)| known < list);
            let referring = self.referring[from..]
                .iter()
                .take_while(|(known, _)| known == list);
            referring.for_each(|(_, slot)| subject.concern(*slot));
        }
        let parties = subject.user.iter().chain(&subject.organizations);
        let overridden: Vec<Slot> = parties
            .flat_map(|party| party.overrides.iter().map(|(slot, _)| *slot))
            .collect();
        overridden
            .into_iter()
            .for_each(|slot| subject.concern(slot));
    }

    /// What the subject gets, and from which layer.
    #[inline]
    pub fn decide(&self, subject: &Subject<'a>, slot: Slot, at: Time) -> Decision {
        if !subject.is_concerned(slot) {
            match self.settled[slot.index()] {
                Settled::Always(decision) => return decision,
                Settled::ByPlan => return self.decide_by_plan(subject, slot),
                Settled::BySubject => {}
            }
        }
        self.walk(subject, slot, at)
    }

    #[inline]
    fn decide_by_plan(&self, subject: &Subject<'a>, slot: Slot) -> Decision {
        match self.plans.find_grant(subject, slot).answer() {
            Some(answer) => Decision {
                answer,
                winner: LayerKind::Plan,
            },
            None => Decision {
                answer: None,
                winner: LayerKind::Default,
            },
        }
    }

    fn walk(&self, subject: &Subject<'a>, slot: Slot, at: Time) -> Decision {
        for kind in LAYERS {
            if let Some(answer) = self.find(kind, subject, slot, at).answer() {
                return Decision {
                    answer,
                    winner: kind,
                };
            }
        }
        Decision {
            answer: None,
            winner: LayerKind::Default,
        }
    }

    /// What the subject gets, with what every layer said.
    pub fn resolve(&self, subject: &Subject<'a>, slot: Slot, at: Time) -> Resolution<'a> {
        let (key, entry) = self.features[slot.index()];
        let layers: Vec<_> = LAYERS
            .into_iter()
            .map(|kind| {
                let finding = self.find(kind, subject, slot, at);
                let aside = self.aside(kind, &finding, subject, slot, at);
                Layer {
                    kind,
                    finding,
                    aside,
                }
            })
            .collect();
        let won = layers
            .iter()
            .find_map(|l| l.finding.answer().map(|answer| (answer, l.kind)));
        let (answer, winner) = won.unwrap_or((None, LayerKind::Default));
        Resolution {
            key,
            kind: entry.feature.kind,
            answer,
            winner,
            layers,
        }
    }

    #[inline]
    fn find(&self, kind: LayerKind, subject: &Subject<'a>, slot: Slot, at: Time) -> Finding<'a> {
        let (key, entry) = self.features[slot.index()];
        match kind {
            LayerKind::Switch => switch(entry),
            LayerKind::UserOverride => user_override(subject, slot, at),
            LayerKind::OrganizationOverride => organization_override(subject, slot, at),
            LayerKind::Targeting => targeting(key, entry, subject),
            LayerKind::Plan => self.plans.find_grant(subject, slot),
            LayerKind::Default => Finding::Off,
        }
    }

    /// What a layer saw beside the finding that decided for it.
    fn aside(
        &self,
        kind: LayerKind,
        decided: &Finding<'a>,
        subject: &Subject<'a>,
        slot: Slot,
        at: Time,
    ) -> Vec<Finding<'a>> {
        let seen: Vec<Finding<'a>> = match kind {
            LayerKind::OrganizationOverride => organization_overrides(subject, slot, at).collect(),
            LayerKind::Plan => self.plans.grants(subject, slot).collect(),
            _ => Vec::new(),
        };
        seen.into_iter()
            .filter(|finding| !finding.is_the_same_as(decided))
            .collect()
    }
}

/// What can be told of a feature without knowing who asks.
fn settled(key: &FeatureKey, entry: &FeatureEntry) -> Settled {
    let nobody = Subject {
        user: None,
        organizations: Vec::new(),
        lists: &[],
        shared_id: None,
        concerned: Vec::new(),
    };
    let shared = |condition: &Condition<ListId>| matches!(condition, Condition::Percent(_));
    let mut conditions = entry.audience.rules.iter().flat_map(|rule| &rule.when);
    let always = |answer, winner| Settled::Always(Decision { answer, winner });
    if let Some(answer) = switch(entry).answer() {
        always(answer, LayerKind::Switch)
    } else if conditions.any(shared) {
        Settled::BySubject
    } else {
        match targeting(key, entry, &nobody).answer() {
            Some(answer) => always(answer, LayerKind::Targeting),
            None => Settled::ByPlan,
        }
    }
}

/// Each list with the features whose rules refer to it, sorted.
fn referring(features: &[(&FeatureKey, &FeatureEntry)]) -> Vec<(ListId, Slot)> {
    let mut referring = Vec::new();
    for (slot, (_, entry)) in (0u32..).map(Slot).zip(features) {
        for condition in entry.audience.rules.iter().flat_map(|rule| &rule.when) {
            if let Condition::OneOf { ids, .. } = condition {
                referring.push((*ids, slot));
            }
        }
    }
    referring.sort_unstable();
    referring
}
