//! Who had set what has been undone: the revisions that undoing cannot know, since a change does not
//! tell which earlier one it replaced.

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;

/// Forgets who set the audiences that were altered behind a revision; tells whether any were.
/// Single names on lists are not undone one by one, so their marks would stay.
pub(super) fn unmark_audiences(catalog: &mut Catalog, revision: Revision) -> bool {
    let mut any = false;
    for entry in catalog.features.values_mut() {
        if entry.audience_revision > revision {
            entry.audience_revision = Revision::UNKNOWN;
            any = true;
        }
    }
    any
}

/// How many definitions do not say which write set them.
pub(super) fn unmarked(catalog: &Catalog) -> usize {
    let features = catalog.features.values();
    let features = features.flat_map(|entry| [entry.revision, entry.audience_revision]);
    let plans = catalog.plans.values().flat_map(|entry| {
        let grants = entry.grants.values().map(|grant| grant.revision);
        grants.chain([entry.revision])
    });
    let marks = features.chain(plans);
    marks.filter(|mark| *mark == Revision::UNKNOWN).count()
}

/// Marks what the change had set, where that is not known yet; tells how many marks that were.
pub(super) fn mark(catalog: &mut Catalog, change: &Change, at: Revision) -> usize {
    let set = |mark: &mut Revision| {
        let unknown = *mark == Revision::UNKNOWN;
        if unknown {
            *mark = at;
        }
        usize::from(unknown)
    };
    match change {
        Change::Feature { key, before, .. } => catalog.features.get_mut(key).map_or(0, |entry| {
            // With its definition, a feature gets its audience.
            let defined = before.is_none();
            let audience = defined.then(|| set(&mut entry.audience_revision));
            set(&mut entry.revision) + audience.unwrap_or_default()
        }),
        Change::AudienceDefault { feature, .. }
        | Change::Rule { feature, .. }
        | Change::Target { feature, .. } => {
            let entry = catalog.features.get_mut(feature);
            entry.map_or(0, |entry| set(&mut entry.audience_revision))
        }
        Change::Plan { key, .. } => {
            let entry = catalog.plans.get_mut(key);
            entry.map_or(0, |entry| set(&mut entry.revision))
        }
        Change::Grant { plan, feature, .. } => {
            let entry = catalog.plans.get_mut(plan);
            let grant = entry.and_then(|entry| entry.grants.get_mut(feature));
            grant.map_or(0, |grant| set(&mut grant.revision))
        }
        Change::Settings { .. }
        | Change::User { .. }
        | Change::Organization { .. }
        | Change::Override { .. } => 0,
    }
}
