//! The one algorithm: what a subject gets of a feature at a moment.
//!
//! Six layers, strongest first; the first that answers wins (`LAYERS`). Each layer is one
//! function that returns a [`Finding`]: what it saw, from which its answer follows. [`decide`]
//! stops at the first answer, [`resolve`] asks every layer and keeps what each one said. Both walk
//! the same functions, so an explanation cannot disagree with an answer.
//!
//! [`decide`]: Resolver::decide
//! [`resolve`]: Resolver::resolve

use std::fmt;

use hashbrown::HashMap;
use serde::Serialize;

use super::catalog::{Catalog, FeatureEntry, Grant, PlanEntry};
use super::finding::{Finding, Via};
use super::key::{FeatureKey, PlanKey};
use super::overrides::{Effect, Standing};
use super::subject::{Held, Party, SubjectRecord};
use super::target::{Condition, Id, ListId, Rule, Serve};
use super::time::Time;
use super::value::{Answer, Kind};

/// One source of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// The feature's kill switch.
    Switch,
    /// The user's own override.
    UserOverride,
    /// An override of one of the organizations.
    OrganizationOverride,
    /// The feature's audience.
    Targeting,
    /// What plans grant.
    Plan,
    /// Off, where nobody else answers.
    Default,
}

/// Every layer, strongest first.
pub const LAYERS: [LayerKind; 6] = [
    LayerKind::Switch,
    LayerKind::UserOverride,
    LayerKind::OrganizationOverride,
    LayerKind::Targeting,
    LayerKind::Plan,
    LayerKind::Default,
];

impl fmt::Display for LayerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Switch => "switch",
            Self::UserOverride => "user override",
            Self::OrganizationOverride => "organization override",
            Self::Targeting => "targeting",
            Self::Plan => "plan",
            Self::Default => "default",
        })
    }
}

/// An answer and the layer that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The value, or off.
    pub answer: Answer,
    /// The strongest layer that had an answer.
    pub winner: LayerKind,
}

/// One layer of a resolution.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// Which layer.
    pub kind: LayerKind,
    /// What decided for this layer.
    pub finding: Finding<'a>,
    /// What else it saw and set aside, such as an expired override of another organization.
    pub aside: Vec<Finding<'a>>,
}

/// An answer with all its layers.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    /// The feature asked about.
    pub key: &'a FeatureKey,
    /// Its kind.
    pub kind: Kind,
    /// The value, or off.
    pub answer: Answer,
    /// The strongest layer that had an answer.
    pub winner: LayerKind,
    /// What every layer said, strongest first.
    pub layers: Vec<Layer<'a>>,
}

impl Resolution<'_> {
    /// Whether what decided was to serve a value that is not a boolean, so that WorkOS's evaluator
    /// would hand the question back to its caller (contract page, version 2).
    ///
    /// Every layer has spoken here, those behind the winner too: of a thrown switch only the
    /// switch counts, and targeting only where the question went past it without an answer.
    pub fn is_handed_back(&self) -> bool {
        let asked = match self.winner {
            LayerKind::Switch => LayerKind::Switch,
            LayerKind::Default => LayerKind::Targeting,
            _ => return false,
        };
        self.layers
            .iter()
            .any(|layer| layer.kind == asked && layer.finding.serves_no_value())
    }
}

/// The place of a feature within one resolver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u32);

/// A catalog prepared for many questions: features and plans by number instead of by name, and
/// what is the same for every subject worked out beforehand.
#[derive(Debug)]
pub struct Resolver<'a> {
    features: Vec<(&'a FeatureKey, &'a FeatureEntry)>,
    slots: HashMap<&'a str, Slot>,
    settled: Vec<Settled>,
    /// The features whose rules refer to each list.
    referring: Vec<(ListId, Slot)>,
    plans: Vec<(&'a PlanKey, Vec<Option<&'a Grant>>)>,
    default_plan: Option<usize>,
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
    user: Option<Bound<'a>>,
    organizations: Vec<Bound<'a>>,
    lists: &'a [ListId],
    shared_id: Option<&'a Id>,
    /// A bit for each feature that an override or a list concerns; empty where none does.
    concerned: Vec<u64>,
}

impl Subject<'_> {
    #[inline]
    fn is_concerned(&self, slot: Slot) -> bool {
        let word = self.concerned.get(slot.0 as usize / 64);
        word.is_some_and(|word| word >> (slot.0 % 64) & 1 == 1)
    }

    fn concern(&mut self, slot: Slot) {
        let word = slot.0 as usize / 64;
        if self.concerned.len() <= word {
            self.concerned.resize(word + 1, 0);
        }
        self.concerned[word] |= 1 << (slot.0 % 64);
    }
}

#[derive(Debug)]
struct Bound<'a> {
    id: Option<&'a Id>,
    plan: Option<usize>,
    overrides: Vec<(Slot, &'a Held)>,
}

impl<'a> Resolver<'a> {
    /// Prepares a catalog.
    pub fn new(catalog: &'a Catalog) -> Self {
        let features: Vec<_> = catalog.features.iter().collect();
        let slots = (0u32..).map(Slot).zip(&features);
        let slots = slots.map(|(slot, (key, _))| (key.as_str(), slot)).collect();
        let dense = |entry: &'a PlanEntry| {
            features
                .iter()
                .map(|(key, _)| entry.grants.get(*key))
                .collect::<Vec<_>>()
        };
        let plans: Vec<_> = catalog
            .plans
            .iter()
            .map(|(key, entry)| (key, dense(entry)))
            .collect();
        let default = catalog.settings.default_plan.as_ref();
        let default_plan = default.and_then(|key| find(&plans, key));
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
            plans,
            default_plan,
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
        self.features[slot.0 as usize].0
    }

    /// The kind of the feature at a place.
    pub fn kind(&self, slot: Slot) -> Kind {
        self.features[slot.0 as usize].1.feature.kind
    }

    /// Prepares a subject.
    pub fn bind(&self, record: &'a SubjectRecord) -> Subject<'a> {
        let bound = |party: &'a Party| Bound {
            id: party.id.as_ref(),
            plan: party.plan.as_ref().and_then(|key| find(&self.plans, key)),
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
            match self.settled[slot.0 as usize] {
                Settled::Always(decision) => return decision,
                Settled::ByPlan => return self.decide_by_plan(subject, slot),
                Settled::BySubject => {}
            }
        }
        self.walk(subject, slot, at)
    }

    #[inline]
    fn decide_by_plan(&self, subject: &Subject<'a>, slot: Slot) -> Decision {
        match self.plan(subject, slot).answer() {
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
        let (key, entry) = self.features[slot.0 as usize];
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
        let (key, entry) = self.features[slot.0 as usize];
        match kind {
            LayerKind::Switch => switch(entry),
            LayerKind::UserOverride => user_override(subject, slot, at),
            LayerKind::OrganizationOverride => organization_override(subject, slot, at),
            LayerKind::Targeting => targeting(key, entry, subject),
            LayerKind::Plan => self.plan(subject, slot),
            LayerKind::Default => Finding::Off,
        }
    }

    #[inline]
    fn plan(&self, subject: &Subject<'a>, slot: Slot) -> Finding<'a> {
        let granted = |plan: usize, via: Via<'a>| {
            let (key, grants) = &self.plans[plan];
            grants[slot.0 as usize].map(|grant| Finding::Granted {
                plan: key,
                via,
                grant,
            })
        };
        let own = subject.user.as_ref().and_then(|user| user.plan);
        let of_organization = |party: &Bound<'a>| {
            party
                .plan
                .zip(party.id)
                .and_then(|(p, id)| granted(p, Via::Organization(id)))
        };
        own.and_then(|plan| granted(plan, Via::User))
            .or_else(|| {
                first_most_generous(subject.organizations.iter().filter_map(of_organization))
            })
            .or_else(|| {
                self.default_plan
                    .and_then(|plan| granted(plan, Via::Default))
            })
            .unwrap_or_else(|| {
                let shared = || subject.organizations.iter().find_map(|party| party.plan);
                own.or_else(shared)
                    .map_or(Finding::NoPlan, |p| Finding::NotGranted(self.plans[p].0))
            })
    }

    /// Every plan's grant that could count for the subject.
    fn grants<'s>(
        &'s self,
        subject: &'s Subject<'a>,
        slot: Slot,
    ) -> impl Iterator<Item = Finding<'a>> + 's {
        let own = subject
            .user
            .iter()
            .filter_map(|user| Some((user.plan?, Via::User)));
        let shared = subject
            .organizations
            .iter()
            .filter_map(|party| Some((party.plan?, Via::Organization(party.id?))));
        let default = self.default_plan.map(|plan| (plan, Via::Default));
        own.chain(shared)
            .chain(default)
            .filter_map(move |(plan, via)| {
                let (key, grants) = &self.plans[plan];
                let grant = grants[slot.0 as usize]?;
                Some(Finding::Granted {
                    plan: key,
                    via,
                    grant,
                })
            })
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
            LayerKind::Plan => self.grants(subject, slot).collect(),
            _ => Vec::new(),
        };
        seen.into_iter()
            .filter(|finding| !finding.is_the_same_as(decided))
            .collect()
    }
}

fn find<T>(plans: &[(&PlanKey, T)], key: &PlanKey) -> Option<usize> {
    plans.binary_search_by_key(&key, |(known, _)| known).ok()
}

/// Among findings that answer, the first of the most generous: the order of the organizations
/// (always that of their identifiers) names the winner, never the value.
fn first_most_generous<'a>(findings: impl Iterator<Item = Finding<'a>>) -> Option<Finding<'a>> {
    findings.reduce(|best, next| {
        if next.answer() > best.answer() {
            next
        } else {
            best
        }
    })
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

fn switch(entry: &FeatureEntry) -> Finding<'static> {
    if entry.feature.enabled {
        Finding::Enabled
    } else {
        Finding::Disabled(entry.feature.off_value)
    }
}

fn override_of<'a>(party: &Bound<'a>, slot: Slot, at: Time) -> Option<Finding<'a>> {
    let found = party
        .overrides
        .binary_search_by_key(&slot, |(slot, _)| *slot)
        .ok()?;
    let held = party.overrides[found].1;
    Some(Finding::Override {
        holder: party.id,
        held,
        standing: held.over.standing(at),
    })
}

#[inline]
fn user_override<'a>(subject: &Subject<'a>, slot: Slot, at: Time) -> Finding<'a> {
    match &subject.user {
        None => Finding::NotAsked,
        Some(user) => override_of(user, slot, at).unwrap_or(Finding::NoOverride),
    }
}

fn organization_overrides<'a, 's>(
    subject: &'s Subject<'a>,
    slot: Slot,
    at: Time,
) -> impl Iterator<Item = Finding<'a>> + 's {
    subject
        .organizations
        .iter()
        .filter_map(move |party| override_of(party, slot, at))
}

/// The most generous grant that stands, else a revoke that stands, else one that does not.
#[inline]
fn organization_override<'a>(subject: &Subject<'a>, slot: Slot, at: Time) -> Finding<'a> {
    if subject.organizations.is_empty() {
        return Finding::NotAsked;
    }
    let stands = |finding: &Finding<'_>| {
        matches!(
            finding,
            Finding::Override {
                standing: Standing::Active,
                ..
            }
        )
    };
    let grants = |finding: &Finding<'_>| matches!(finding, Finding::Override { held, .. } if held.over.effect != Effect::Revoke);
    let all = || organization_overrides(subject, slot, at);
    first_most_generous(all().filter(|f| stands(f) && grants(f)))
        .or_else(|| all().find(stands))
        .or_else(|| all().next())
        .unwrap_or(Finding::NoOverride)
}

#[inline]
fn targeting<'a>(key: &FeatureKey, entry: &'a FeatureEntry, subject: &Subject<'a>) -> Finding<'a> {
    if entry.feature.kind == Kind::Limit {
        return Finding::LimitsAreNotTargeted;
    }
    let audience = &entry.audience;
    let holds = |condition: &Condition<ListId>| match condition {
        Condition::OneOf { ids, .. } => subject.lists.binary_search(ids).is_ok(),
        Condition::Percent(share) => share.includes(key, subject.shared_id),
        Condition::Unsupported(_) => false,
    };
    let matches = |rule: &Rule<ListId>| !rule.when.is_empty() && rule.when.iter().all(holds);
    match audience.rules.iter().position(matches) {
        Some(index) => Finding::Rule {
            index,
            rule: &audience.rules[index],
            entry,
        },
        None if audience.default == Serve::On => Finding::Everybody(entry),
        None => Finding::NoRuleMatches {
            default: audience.default,
            entry,
        },
    }
}
