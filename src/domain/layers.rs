//! The layers, one function each: what each saw of a subject.

use super::bound::{Bound, Subject};
use super::catalog::{Catalog, FeatureEntry, Grant, PlanEntry};
use super::finding::{Finding, Via};
use super::key::{FeatureKey, PlanKey};
use super::overrides::{Effect, Standing};
use super::resolve::{Decision, LayerKind};
use super::resolver::Slot;
use super::target::{Condition, ListId, Rule, Serve};
use super::time::Time;
use super::value::Kind;

/// The plans of a catalog by number, each with its grants by the features' places.
#[derive(Debug)]
pub(super) struct Plans<'a> {
    dense: Vec<(&'a PlanKey, Vec<Option<&'a Grant>>)>,
    default: Option<usize>,
}

impl<'a> Plans<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        let dense = |entry: &'a PlanEntry| {
            let features = catalog.features.keys();
            features.map(|key| entry.grants.get(key)).collect()
        };
        let plans = catalog.plans.iter();
        let dense = plans.map(|(key, entry)| (key, dense(entry))).collect();
        let mut plans = Self {
            dense,
            default: None,
        };
        let default = catalog.settings.default_plan.as_ref();
        plans.default = default.and_then(|key| plans.find(key));
        plans
    }

    /// The number of a plan.
    pub(super) fn find(&self, key: &PlanKey) -> Option<usize> {
        self.dense
            .binary_search_by_key(&key, |(known, _)| known)
            .ok()
    }

    /// How many plans there are.
    pub(super) fn len(&self) -> usize {
        self.dense.len()
    }

    /// What a subject gets for whom only the plans can have an answer.
    pub(super) fn decide(&self, subject: &Subject<'a>, slot: Slot) -> Decision {
        match self.find_grant(subject, slot).answer() {
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

    fn granted(&self, plan: usize, via: Via<'a>, slot: Slot) -> Option<Finding<'a>> {
        let (key, grants) = &self.dense[plan];
        grants[slot.index()].map(|grant| Finding::Granted {
            plan: key,
            via,
            grant,
        })
    }

    /// The layer of the plans: the user's own, else the most generous of its organizations', else
    /// the default plan.
    #[inline]
    pub(super) fn find_grant(&self, subject: &Subject<'a>, slot: Slot) -> Finding<'a> {
        let own = subject.user.as_ref().and_then(|user| user.plan);
        let shared = |party: &Bound<'a>| {
            let (plan, id) = party.plan.zip(party.id)?;
            self.granted(plan, Via::Organization(id), slot)
        };
        own.and_then(|plan| self.granted(plan, Via::User, slot))
            .or_else(|| first_most_generous(subject.organizations.iter().filter_map(shared)))
            .or_else(|| {
                self.default
                    .and_then(|plan| self.granted(plan, Via::Default, slot))
            })
            .unwrap_or_else(|| {
                let shared = subject.organizations.iter().filter_map(|party| party.plan);
                let mut asked = own.into_iter().chain(shared).chain(self.default);
                match asked.next() {
                    None => Finding::NoPlan,
                    Some(one) if asked.all(|other| other == one) => {
                        Finding::NotGranted(self.dense[one].0)
                    }
                    Some(_) => Finding::GrantedByNone,
                }
            })
    }

    /// Every plan's grant that could count for the subject.
    pub(super) fn grants<'s>(
        &'s self,
        subject: &'s Subject<'a>,
        slot: Slot,
    ) -> impl Iterator<Item = Finding<'a>> + 's {
        let own = subject
            .user
            .iter()
            .filter_map(|user| Some((user.plan?, Via::User)));
        let shared = subject.organizations.iter();
        let shared = shared.filter_map(|party| Some((party.plan?, Via::Organization(party.id?))));
        let default = self.default.map(|plan| (plan, Via::Default));
        let all = own.chain(shared).chain(default);
        all.filter_map(move |(plan, via)| self.granted(plan, via, slot))
    }
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

pub(super) fn switch(entry: &FeatureEntry) -> Finding<'_> {
    if entry.feature.enabled {
        Finding::Enabled
    } else {
        Finding::Disabled(entry)
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
pub(super) fn user_override<'a>(subject: &Subject<'a>, slot: Slot, at: Time) -> Finding<'a> {
    match &subject.user {
        None => Finding::NotAsked,
        Some(user) => override_of(user, slot, at).unwrap_or(Finding::NoOverride),
    }
}

pub(super) fn organization_overrides<'a, 's>(
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
pub(super) fn organization_override<'a>(
    subject: &Subject<'a>,
    slot: Slot,
    at: Time,
) -> Finding<'a> {
    if subject.organizations.is_empty() {
        // Whoever is asked about by a plan alone is nobody in particular.
        let user = subject.user.as_ref().and_then(|user| user.id);
        return user.map_or(Finding::NotAsked, |_| Finding::NoOrganization);
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
pub(super) fn targeting<'a>(
    key: &FeatureKey,
    entry: &'a FeatureEntry,
    subject: &Subject<'a>,
) -> Finding<'a> {
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
