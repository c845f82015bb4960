//! A catalog and a subject prepared for many questions.
//!
//! Names become numbers, and what is the same for many subjects is worked out once. A feature that
//! no override concerns is then answered by a look into a table, by whether a list names the
//! subject and by the plan that counts for it.

use super::bound::{Bound, Subject};
use super::brief::{Brief, PartyBrief};
use super::catalog::{Catalog, FeatureEntry};
use super::finding::Finding;
use super::key::FeatureKey;
use super::layers::{
    Plans, organization_override, organization_overrides, switch, targeting, user_override,
};
use super::marks::{Marks, Referring};
use super::names::Names;
use super::resolve::{Decision, LAYERS, Layer, LayerKind, Resolution};
pub use super::settled::Row;
use super::settled::{Codes, Settled, Table};
use super::subject::{Party, SubjectRecord};
use super::time::Time;
use super::value::{Answer, Kind};

/// The place of a feature within one resolver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub(super) u32);

impl Slot {
    /// The first so many places.
    pub(super) fn first(number: usize) -> impl Iterator<Item = Self> {
        (0..u32::try_from(number).unwrap_or(u32::MAX)).map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A catalog prepared for many questions: features and plans by number instead of by name, and
/// what is the same for every subject worked out beforehand.
#[derive(Debug)]
pub struct Resolver<'a> {
    features: Vec<(&'a FeatureKey, &'a FeatureEntry)>,
    names: Names<'a>,
    settled: Table,
    referring: Referring,
    plans: Plans<'a>,
}

impl<'a> Resolver<'a> {
    /// Prepares a catalog.
    pub fn new(catalog: &'a Catalog) -> Self {
        let features: Vec<_> = catalog.features.iter().collect();
        let plans = Plans::new(catalog);
        Self {
            names: Names::new(features.iter().map(|(key, _)| key.as_str())),
            settled: Table::new(&features, &plans),
            referring: Referring::new(&features),
            features,
            plans,
        }
    }

    /// The place of a feature, if the catalog defines it.
    #[inline]
    pub fn slot(&self, key: &FeatureKey) -> Option<Slot> {
        self.names.find(key.as_str())
    }

    /// The place of every feature, in the order of the keys.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        Slot::first(self.features.len())
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
        let user = record.user.as_ref().map(bound);
        let organizations: Vec<_> = record.organizations.iter().map(bound).collect();
        let (row, codes) = self.place(
            user.as_ref(),
            &organizations,
            self.referring.marks(&record.lists),
        );
        Subject {
            user,
            organizations,
            lists: &record.lists,
            shared_id: record.shared_id(),
            row,
            codes,
        }
    }

    /// Prepares a subject that a walk tells of.
    pub fn bind_brief(&self, brief: &Brief<'a>) -> Subject<'a> {
        let shared = brief.user.as_ref().or_else(|| brief.organizations.first());
        let user = brief.user.as_ref().map(|party| self.bound(party));
        let organizations = brief.organizations.iter();
        let organizations: Vec<_> = organizations.map(|party| self.bound(party)).collect();
        let (row, codes) = self.place(
            user.as_ref(),
            &organizations,
            self.referring.marks_of(brief.lists),
        );
        Subject {
            user,
            organizations,
            lists: brief.lists,
            shared_id: shared.map(|party| party.id),
            row,
            codes,
        }
    }

    fn bound(&self, party: &PartyBrief<'a>) -> Bound<'a> {
        let mut overrides = Vec::with_capacity(party.overrides.len());
        let known = party.overrides.iter();
        overrides.extend(known.filter_map(|(key, held)| self.slot(key).map(|slot| (slot, held))));
        // Found by halving, as those of a record, which come in the order of their keys.
        overrides.sort_unstable_by_key(|(slot, _)| *slot);
        Bound {
            id: Some(party.id),
            plan: party.plan.and_then(|key| self.plans.find(key)),
            overrides,
        }
    }

    /// Finds what is the same for others like these parties, and what has to be asked of them.
    #[inline]
    fn place(
        &self,
        user: Option<&Bound<'a>>,
        organizations: &[Bound<'a>],
        marks: Marks,
    ) -> (Row, Codes) {
        let row = self.settled.row(user, organizations);
        let mut codes = self.settled.codes(row, marks);
        for party in user.into_iter().chain(organizations) {
            for (slot, _) in &party.overrides {
                codes.ask(*slot);
            }
        }
        (row, codes)
    }

    /// What the subject gets, and from which layer.
    #[inline]
    pub fn decide(&self, subject: &Subject<'a>, slot: Slot, at: Time) -> Decision {
        match self.settled.find(&subject.codes, slot) {
            Settled::Always(decision) => decision,
            Settled::ByPlan => self.plans.decide(subject, slot),
            Settled::BySubject => self.walk(subject, slot, at),
        }
    }

    /// Where the answers are that the subject shares with others.
    pub fn row(&self, subject: &Subject<'a>) -> Row {
        subject.row
    }

    /// Whether the subject gets of a feature what the others in its row get, and not something
    /// of its own.
    #[inline]
    pub fn is_shared(&self, subject: &Subject<'a>, slot: Slot) -> bool {
        self.settled.is_shared(subject.row, &subject.codes, slot)
    }

    /// What all those get who stand in a row and whom nothing sets apart; `None` where everybody
    /// has to be asked.
    #[inline]
    pub fn shared(&self, row: Row, slot: Slot) -> Option<Answer> {
        match self.settled.shared(row, slot) {
            Settled::Always(decision) => Some(decision.answer),
            Settled::ByPlan | Settled::BySubject => None,
        }
    }

    /// Not a part of the look into the table above, which has to stay small.
    #[inline(never)]
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

    /// What one layer saw.
    #[inline]
    pub fn find(
        &self,
        kind: LayerKind,
        subject: &Subject<'a>,
        slot: Slot,
        at: Time,
    ) -> Finding<'a> {
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
