//! Every flag of one revision, written out beforehand: a list is then put together of texts.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use serde_json::Value;

use crate::domain::catalog::{Catalog, FeatureEntry, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::store::{About, Scope, Snapshot, Span, StoreError};
use crate::told::{FlagTimes, flag, flag_attributes, flag_default, flag_id};

/// A flag in a list.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its identifier, which is also the cursor that stands at it.
    pub(super) id: String,
    /// The flag object, as JSON.
    pub(super) json: String,
}

/// The flags of one revision, in the order in which they were defined.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) flags: Vec<Listed>,
    by_key: HashMap<FeatureKey, usize>,
    /// The place of each feature, in the order of the keys.
    places: Vec<usize>,
    by_id: HashMap<String, usize>,
    /// The revision that defined each feature there ever was.
    defined: BTreeMap<FeatureKey, Revision>,
}

impl Directory {
    /// The directory of what is there now. `earlier` is one of an earlier revision, which knows
    /// what happened until then.
    pub(super) fn read(
        snapshot: &dyn Snapshot,
        earlier: Option<(Revision, &Self)>,
    ) -> Result<Self, StoreError> {
        let catalog = snapshot.catalog(Scope::All)?;
        let now = snapshot.revision()?;
        let (seen, mut defined) = match earlier.filter(|(seen, _)| *seen <= now) {
            Some((seen, directory)) => (seen, directory.defined.clone()),
            None => (Revision::UNKNOWN, BTreeMap::new()),
        };
        let until = now;
        defined.extend(defined_in(snapshot, Span { after: seen, until })?);
        let mut moments = Moments::default();
        let mut flags = Vec::with_capacity(catalog.features.len());
        for (key, entry) in &catalog.features {
            let altered = entry.revision.max(entry.audience_revision);
            let created = defined.get(key).copied().unwrap_or(altered);
            let times = FlagTimes {
                created: moments.of(snapshot, created)?,
                updated: moments.of(snapshot, altered.max(created))?,
            };
            let default = by_default(&catalog, key, entry);
            let attributes = flag_attributes(key, &entry.feature, default);
            let json = Value::Object(flag(key, attributes, times)).to_string();
            let id = flag_id(key);
            flags.push((created, key, Listed { id, json }));
        }
        flags.sort_by_key(|(created, key, _)| (*created, *key));
        let mut directory = Self {
            defined,
            ..Self::default()
        };
        for (place, (_, key, listed)) in flags.into_iter().enumerate() {
            directory.by_key.insert(key.clone(), place);
            directory.by_id.insert(listed.id.clone(), place);
            directory.flags.push(listed);
        }
        let keys = catalog.features.keys();
        directory.places = keys.filter_map(|key| directory.place(key)).collect();
        Ok(directory)
    }

    /// The place of a feature.
    pub(super) fn place(&self, key: &FeatureKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The place of every feature, in the order of the keys: that of the answers of its revision.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.places.iter().copied()
    }

    /// The place of an identifier.
    pub(super) fn place_of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

/// What a flag serves whoever nothing names: as in the configuration payload.
fn by_default(catalog: &Catalog, key: &FeatureKey, entry: &FeatureEntry) -> bool {
    let plan = catalog.settings.default_plan.as_ref();
    let plan = plan.and_then(|plan| catalog.plans.get(plan));
    let granted = plan.and_then(|plan| plan.grants.get(key));
    let granted = granted.map(|grant| grant.value);
    flag_default(entry.feature.kind, entry.audience.default, granted)
}

/// The revision within the span that last defined each feature.
fn defined_in(
    snapshot: &dyn Snapshot,
    span: Span,
) -> Result<BTreeMap<FeatureKey, Revision>, StoreError> {
    let mut defined = BTreeMap::new();
    snapshot.changed(span, About::Definitions, &mut |(revision, change)| {
        if let Change::Feature {
            key,
            before: None,
            after: Some(_),
        } = change
        {
            // Latest first: what is known already is later.
            defined.entry(key).or_insert(revision);
        }
        ControlFlow::Continue(())
    })?;
    Ok(defined)
}

/// When revisions were made.
#[derive(Default)]
struct Moments(HashMap<Revision, i64>);

impl Moments {
    fn of(&mut self, snapshot: &dyn Snapshot, revision: Revision) -> Result<i64, StoreError> {
        if let Some(at) = self.0.get(&revision) {
            return Ok(*at);
        }
        // What no history knows of was always there.
        let at = snapshot.entry(revision)?.map_or(0, |entry| entry.at);
        self.0.insert(revision, at);
        Ok(at)
    }
}
