//! Who is targeted: everybody, nobody, a share, those named, or rules put in place whole.

use std::collections::BTreeSet;

use super::known::{known_feature, known_subject};
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
use crate::store::{Scope, Snapshot, StoreError};

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

/// Names more targets.
pub(super) fn add(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[Target],
) -> Result<ChangeSet, EditError> {
    named_otherwise(snapshot, feature, targets, true)
}

/// Names some targets no longer.
pub(super) fn remove(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[Target],
) -> Result<ChangeSet, EditError> {
    named_otherwise(snapshot, feature, targets, false)
}

fn named_otherwise(
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[Target],
    add: bool,
) -> Result<ChangeSet, EditError> {
    let mut catalog = snapshot.catalog(Scope::All)?;
    if known_feature(&catalog, feature)?.feature.kind == Kind::Limit {
        return Err(Refusal::NotTargetable(feature.clone()).into());
    }
    let mut changes = Vec::new();
    let once: BTreeSet<&Target> = targets.iter().collect();
    let once: Vec<&Target> = once.into_iter().collect();
    // Sorted, so the targets of one type, which stand on one list, are neighbours.
    for alike in once.chunk_by(|a, b| a.target_type == b.target_type) {
        let named = named(snapshot, &catalog, feature, alike)?;
        // A rule may name somebody who is not known yet, and that can be taken back.
        for target in alike.iter().filter(|t| add || !named.contains(t)) {
            known_target(snapshot, target)?;
        }
        if add {
            changes.extend(added(&mut catalog, snapshot, feature, alike, &named)?);
            continue;
        }
        for change in removed(snapshot, &catalog, feature, &named)? {
            // Taking a rule out moves those behind it.
            catalog.apply(&change, snapshot.revision()?.next())?;
            changes.push(change);
        }
    }
    Ok(ChangeSet::new(changes))
}

/// Refuses a user or organization that the store does not know; custom targets live elsewhere.
fn known_target(snapshot: &dyn Snapshot, target: &Target) -> Result<(), EditError> {
    match target.target_type.as_str() {
        "user" => known_subject(snapshot, &SubjectId::User(target.id.clone())),
        "organization" => known_subject(snapshot, &SubjectId::Organization(target.id.clone())),
        _ => Ok(()),
    }
}

/// The list of the rule that names targets of a type, and the rule's place.
fn list(
    catalog: &Catalog,
    feature: &FeatureKey,
    target_type: &TargetType,
) -> Option<(usize, ListId)> {
    let audience = &catalog.features.get(feature)?.audience;
    let rule = audience.naming_rule(target_type)?;
    match audience.rules[rule].when.as_slice() {
        [Condition::OneOf { ids, .. }] => Some((rule, *ids)),
        _ => None,
    }
}

/// Those of the targets, all of one type, that are named already.
fn named<'t>(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    feature: &FeatureKey,
    targets: &[&'t Target],
) -> Result<Vec<&'t Target>, StoreError> {
    let mut named = Vec::new();
    for target in targets {
        if let Some((_, list)) = list(catalog, feature, &target.target_type)
            && snapshot.lists_naming(target)?.contains(&list)
        {
            named.push(*target);
        }
    }
    Ok(named)
}

fn added(
    catalog: &mut Catalog,
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[&Target],
    named: &[&Target],
) -> Result<Vec<Change>, EditError> {
    let mut changes = Vec::new();
    for target in targets {
        if let Some(change) = catalog.add_target(feature, target, named.contains(target)) {
            // The next target may go on the list that this one made.
            catalog.apply(&change, snapshot.revision()?.next())?;
            changes.push(change);
        }
    }
    Ok(changes)
}

/// Takes the targets, all of one type and named, off their list; with the last name the rule goes.
fn removed(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    feature: &FeatureKey,
    named: &[&Target],
) -> Result<Vec<Change>, StoreError> {
    let Some(first) = named.first() else {
        return Ok(Vec::new());
    };
    let Some((rule, list)) = list(catalog, feature, &first.target_type) else {
        return Ok(Vec::new());
    };
    if snapshot.list_size(list)? == named.len() as u64 {
        let ids = named.iter().map(|target| target.id.clone());
        let target_type = first.target_type.clone();
        let emptied = catalog.features.get(feature).map(|entry| {
            let Rule { id, serve, .. } = entry.audience.rules[rule].clone();
            let ids = ids.collect();
            let when = vec![Condition::OneOf { target_type, ids }];
            Rule { id, serve, when }
        });
        return Ok(vec![Change::Rule {
            feature: feature.clone(),
            index: rule,
            before: emptied,
            after: None,
        }]);
    }
    let change = |target: &&Target| Change::Target {
        feature: feature.clone(),
        rule,
        condition: 0,
        target: (*target).clone(),
        before: true,
        after: false,
    };
    Ok(named.iter().map(change).collect())
}
