//! Who is targeted: everybody, nobody, a share, those named, or rules put in place whole.

use std::collections::BTreeSet;

use super::known::{feature_in, known_subject};
use super::{EditError, Missing};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet, replace_audience};
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{
    Audience, Condition, Id, ListId, Members, Percent, Rule, Serve, Target, TargetType,
};
use crate::domain::text::Name;
use crate::domain::value::Kind;
use crate::store::{Scope, Snapshot};

/// Targets everybody.
pub(super) fn target_all(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
) -> Result<ChangeSet, EditError> {
    replaced(snapshot, feature, |_| Audience::all())
}

/// Targets nobody.
pub(super) fn target_none(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
) -> Result<ChangeSet, EditError> {
    replaced(snapshot, feature, |_| Audience::default())
}

/// Targets a share. It takes the place of an earlier one, else stands behind those named.
pub(super) fn target_percent(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    percent: Percent,
) -> Result<ChangeSet, EditError> {
    replaced(snapshot, feature, |before| {
        let mut audience = before.clone();
        let rule = Rule {
            id: Name::new("percent").unwrap_or_default(),
            serve: Serve::On,
            when: vec![Condition::Percent(percent)],
        };
        match audience.share_rule() {
            Some((index, _)) => audience.rules[index] = rule,
            None => audience.rules.push(rule),
        }
        audience.default = Serve::Off;
        audience
    })
}

/// Puts rules in place whole. Whoever they name must be known, unless a rule names them already.
pub(super) fn replace(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    after: &Audience<Members>,
) -> Result<ChangeSet, EditError> {
    let named = named_in(after);
    if !named.is_empty() {
        let before = snapshot.audience(feature)?.unwrap_or_default();
        for target in named.difference(&named_in(&before)) {
            known_target(snapshot, target)?;
        }
    }
    replaced(snapshot, feature, |_| after.clone())
}

fn replaced(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    after: impl FnOnce(&Audience<Members>) -> Audience<Members>,
) -> Result<ChangeSet, EditError> {
    let Some(before) = snapshot.audience(feature)? else {
        return Err(Missing::feature(&snapshot.catalog(Scope::All)?, feature).into());
    };
    let after = after(&before);
    Ok(ChangeSet::new(replace_audience(feature, before, after)))
}

fn named_in(audience: &Audience<Members>) -> BTreeSet<Target> {
    let conditions = audience.rules.iter().flat_map(|rule| &rule.when);
    let named = conditions.flat_map(|condition| match condition {
        Condition::OneOf { target_type, ids } => {
            let target = |id: &Id| Target {
                target_type: target_type.clone(),
                id: id.clone(),
            };
            ids.iter().map(target).collect()
        }
        Condition::Percent(_) | Condition::Unsupported(_) => Vec::new(),
    });
    named.collect()
}

/// Names more targets, each on the list of the first rule that names its type.
pub(super) fn add(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[Target],
) -> Result<ChangeSet, EditError> {
    let mut catalog = targetable(snapshot, feature)?;
    let mut changes = Vec::new();
    for target in targets.iter().collect::<BTreeSet<_>>() {
        known_target(snapshot, target)?;
        let list = lists(&catalog, feature, &target.target_type).next();
        let named = match list {
            Some((_, list)) => snapshot.lists_naming(target)?.contains(&list),
            None => false,
        };
        if let Some(change) = catalog.add_target(feature, target, named) {
            // The next target may go on the list that this one made.
            catalog.apply(&change, snapshot.revision()?.next())?;
            changes.push(change);
        }
    }
    Ok(ChangeSet::new(changes))
}

/// Names some targets no longer, whichever rules name them and ask for nothing else.
pub(super) fn remove(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[Target],
) -> Result<ChangeSet, EditError> {
    let mut catalog = targetable(snapshot, feature)?;
    let mut changes = Vec::new();
    let once: BTreeSet<&Target> = targets.iter().collect();
    let once: Vec<&Target> = once.into_iter().collect();
    // Sorted, so the targets of one type, which stand on the same lists, are neighbours.
    for alike in once.chunk_by(|a, b| a.target_type == b.target_type) {
        for change in removed(snapshot, &catalog, feature, alike)? {
            // Taking a rule out moves those behind it.
            catalog.apply(&change, snapshot.revision()?.next())?;
            changes.push(change);
        }
    }
    Ok(ChangeSet::new(changes))
}

/// The catalog, if it has the feature and that can be targeted.
fn targetable(snapshot: &dyn Snapshot, feature: &FeatureKey) -> Result<Catalog, EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    match feature_in(&catalog, feature)?.feature.kind {
        Kind::Limit => Err(Refusal::NotTargetable(feature.clone()).into()),
        Kind::Boolean => Ok(catalog),
    }
}

/// Refuses a user or organization that the store does not know; custom targets live elsewhere.
fn known_target(snapshot: &dyn Snapshot, target: &Target) -> Result<(), EditError> {
    match target.target_type.as_str() {
        "user" => known_subject(snapshot, &SubjectId::User(target.id.clone())),
        "organization" => known_subject(snapshot, &SubjectId::Organization(target.id.clone())),
        _ => Ok(()),
    }
}

/// The lists of the rules that name targets of a type and ask for nothing else, and their places.
fn lists<'c>(
    catalog: &'c Catalog,
    feature: &FeatureKey,
    wanted: &'c TargetType,
) -> impl DoubleEndedIterator<Item = (usize, ListId)> + 'c {
    let entry = catalog.features.get(feature);
    let rules = entry.map_or(&[][..], |entry| &entry.audience.rules);
    let rules = rules.iter().enumerate();
    rules.filter_map(move |(place, rule)| match rule.when.as_slice() {
        [Condition::OneOf { target_type, ids }]
            if rule.serve == Serve::On && target_type == wanted =>
        {
            Some((place, *ids))
        }
        _ => None,
    })
}

/// Takes the targets, all of one type, off their lists, the last rule first; with its last name a
/// rule goes.
fn removed(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    feature: &FeatureKey,
    targets: &[&Target],
) -> Result<Vec<Change>, EditError> {
    let Some(first) = targets.first() else {
        return Ok(Vec::new());
    };
    let naming: Vec<(usize, ListId)> = lists(catalog, feature, &first.target_type).collect();
    let mut named: Vec<(&Target, Vec<ListId>)> = Vec::new();
    for target in targets {
        let on = snapshot.lists_naming(target)?;
        // A rule may name somebody who is not known yet, and that can be taken back.
        if !naming.iter().any(|(_, list)| on.contains(list)) {
            known_target(snapshot, target)?;
        }
        named.push((target, on));
    }
    let mut changes = Vec::new();
    for (rule, list) in naming.into_iter().rev() {
        let here = named.iter().filter(|(_, on)| on.contains(&list));
        let here: Vec<&Target> = here.map(|(target, _)| *target).collect();
        if here.is_empty() {
            continue;
        }
        if snapshot.list_size(list)? == here.len() as u64 {
            changes.push(taken_out(catalog, feature, rule, &here));
        } else {
            changes.extend(here.into_iter().map(|target| Change::Target {
                feature: feature.clone(),
                rule,
                condition: 0,
                target: target.clone(),
                before: true,
                after: false,
            }));
        }
    }
    Ok(changes)
}

/// Takes a rule out that names these and nobody else.
fn taken_out(catalog: &Catalog, feature: &FeatureKey, rule: usize, named: &[&Target]) -> Change {
    let entry = catalog.features.get(feature);
    let before = entry.zip(named.first()).map(|(entry, first)| {
        let Rule { id, serve, .. } = entry.audience.rules[rule].clone();
        let target_type = first.target_type.clone();
        let ids = named.iter().map(|target| target.id.clone()).collect();
        let when = vec![Condition::OneOf { target_type, ids }];
        Rule { id, serve, when }
    });
    Change::Rule {
        feature: feature.clone(),
        index: rule,
        before,
        after: None,
    }
}
