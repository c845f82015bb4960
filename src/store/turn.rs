//! Since when an answer is what it is: the write that made it so.
//!
//! The last change that could concern a feature is often not the one that mattered: a plan's
//! grant may have been altered behind an override. So the resolver is asked, before and after each
//! write that could, latest first, until its answer is another one.

use std::collections::{BTreeMap, BTreeSet};

use super::past::Made;
use super::{Entry, Facts, Past, Snapshot, StoreError};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::Resolver;
use crate::domain::subject::{SubjectId, SubjectRecord};
use crate::domain::target::Target;
use crate::domain::time::Time;
use crate::domain::value::Answer;

/// A write after which an answer was another one than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who, when, why.
    pub entry: Entry,
    /// Those of its changes that can concern the feature and the subject.
    pub changes: Vec<Change>,
}

/// Collects the facts about whom a question is about; `None` where that is nobody known.
pub type Ask<'a> = dyn Fn(&dyn Facts, &Catalog) -> Result<Option<SubjectRecord>, StoreError> + 'a;

/// For each of the features, the last write since `past` without which its answer at the moment
/// `at` would be another one. A feature whose answer nobody has altered is left out.
///
/// `parties` are those whose changes can matter: the user and its organizations, then and now;
/// `targets` are custom targets that come with the question.
///
/// # Errors
///
/// Those of the store, and of a history that does not fit.
pub fn turns(
    past: &Past<'_>,
    features: &BTreeSet<FeatureKey>,
    parties: &BTreeSet<SubjectId>,
    targets: &[Target],
    at: Time,
    ask: &Ask<'_>,
) -> Result<BTreeMap<FeatureKey, Turn>, StoreError> {
    let mut open: BTreeSet<&FeatureKey> = features.iter().collect();
    let candidates = Candidates::read(past, parties, targets)?;
    let mut turns = BTreeMap::new();
    let mut later = answers(&past.later(past.since().until)?, features, at, ask)?;
    for revision in candidates.revisions(features).into_iter().rev() {
        if open.is_empty() {
            break;
        }
        let found = past.later(Revision(revision.0.saturating_sub(1)))?;
        let earlier = answers(&found, features, at, ask)?;
        for feature in open.clone() {
            if earlier.get(feature) != later.get(feature)
                && let Some(entry) = past.present().entry(revision)?
            {
                let changes = candidates.of(revision, feature);
                turns.insert(feature.clone(), Turn { entry, changes });
                open.remove(feature);
            }
        }
        later = earlier;
    }
    Ok(turns)
}

/// What each feature is worth; those that are not defined, and all for one who is not known, are
/// left out.
fn answers(
    past: &Past<'_>,
    features: &BTreeSet<FeatureKey>,
    at: Time,
    ask: &Ask<'_>,
) -> Result<BTreeMap<FeatureKey, Answer>, StoreError> {
    let Some(record) = ask(past, past.catalog())? else {
        return Ok(BTreeMap::new());
    };
    let resolver = Resolver::new(past.catalog());
    let subject = resolver.bind(&record);
    let defined = features.iter().filter_map(|feature| {
        let decision = resolver.decide(&subject, resolver.slot(feature)?, at);
        Some((feature.clone(), decision.answer))
    });
    Ok(defined.collect())
}

/// The changes that can matter, of the definitions and of the parties, one after another.
struct Candidates {
    since: Revision,
    changes: Vec<Made>,
}

impl Candidates {
    fn read(
        past: &Past<'_>,
        parties: &BTreeSet<SubjectId>,
        targets: &[Target],
    ) -> Result<Self, StoreError> {
        let subjects = parties.iter().map(|party| past.changes_of(party));
        let mut all: Vec<Made> = subjects.collect::<Result<_, _>>()?;
        let mut named: BTreeSet<Target> = targets.iter().cloned().collect();
        for party in parties {
            named.insert(party.target());
            named.extend(kept(past.present(), party)?);
        }
        let once_kept = all.iter().flat_map(|made| made.iter());
        named.extend(
            once_kept
                .flat_map(|(_, change)| targets_in(change))
                .cloned(),
        );
        for target in &named {
            all.push(past.changes_naming(target)?);
        }
        Ok(Self {
            since: past.revision(),
            changes: all,
        })
    }

    fn each(&self, feature: &FeatureKey) -> impl Iterator<Item = &(Revision, Change)> {
        let all = self.changes.iter().flat_map(|made| made.iter());
        all.filter(|(at, change)| *at > self.since && concerns(change, feature))
    }

    /// The writes that can have altered an answer about one of the features.
    fn revisions(&self, features: &BTreeSet<FeatureKey>) -> BTreeSet<Revision> {
        let each = features.iter().flat_map(|feature| self.each(feature));
        each.map(|(at, _)| *at).collect()
    }

    /// What one write changed that can have altered the answer.
    fn of(&self, revision: Revision, feature: &FeatureKey) -> Vec<Change> {
        let of_it = self.each(feature).filter(|(at, _)| *at == revision);
        let mut changes: Vec<Change> = Vec::new();
        for (_, change) in of_it {
            // The definitions' changes are read with those of each target.
            if !changes.contains(change) {
                changes.push(change.clone());
            }
        }
        changes
    }
}

/// The custom targets that a subject brings along now.
pub(super) fn kept(
    present: &dyn Snapshot,
    subject: &SubjectId,
) -> Result<BTreeSet<Target>, StoreError> {
    Ok(match subject {
        SubjectId::User(id) => present.user(id)?.map(|user| user.targets),
        SubjectId::Organization(id) => present.organization(id)?.map(|found| found.targets),
    }
    .unwrap_or_default())
}

/// The custom targets that a subject brought along before a change or after it.
pub(super) fn targets_in(change: &Change) -> Vec<&Target> {
    match change {
        Change::User { before, after, .. } => {
            let sides = [before, after].into_iter().flatten();
            sides.flat_map(|user| &user.targets).collect()
        }
        Change::Organization { before, after, .. } => {
            let sides = [before, after].into_iter().flatten();
            sides
                .flat_map(|organization| &organization.targets)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the change can alter an answer about the feature.
pub(super) fn concerns(change: &Change, feature: &FeatureKey) -> bool {
    match change {
        Change::Settings { before, after } => before.default_plan != after.default_plan,
        Change::Feature { key, .. } => key == feature,
        Change::AudienceDefault { feature: of, .. }
        | Change::Rule { feature: of, .. }
        | Change::Target { feature: of, .. }
        | Change::Grant { feature: of, .. }
        | Change::Override { feature: of, .. } => of == feature,
        Change::User { .. } | Change::Organization { .. } => true,
        Change::Plan { .. } => false,
    }
}
