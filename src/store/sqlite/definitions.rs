//! Reading the definitions: settings, features, plans, and the lists that rules refer to.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{OptionalExtension, Row};

use super::fault::Fault;
use super::view::{View, from_json, natural, parsed, revision};
use crate::domain::catalog::{Catalog, FeatureEntry, Grant, PlanEntry};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::Scope;
use crate::store::rows::value;

const SETTINGS: &str = "SELECT name, value FROM setting";
const FEATURES: &str =
    "SELECT key, definition, audience, revision, audience_revision, id FROM feature";
const FEATURE: &str =
    "SELECT key, definition, audience, revision, audience_revision, id FROM feature WHERE key = ?1";
const PLANS: &str = "SELECT id, key, definition, revision FROM plan";
const GRANTS: &str = "SELECT plan_id, feature_id, value, revision FROM plan_grant";
const GRANT: &str = "SELECT value, revision FROM plan_grant WHERE plan_id = ?1 AND feature_id = ?2";
const PLAN_KEYS: &str = "SELECT id, key, revision FROM plan";
const PLAN_KEY: &str = "SELECT key FROM plan WHERE id = ?1";
const FEATURE_ROW: &str = "SELECT id FROM feature WHERE key = ?1";
const AUDIENCE: &str = "SELECT audience FROM feature WHERE key = ?1";
const LIST: &str = "SELECT id FROM named WHERE list = ?1";
const LIST_SIZE: &str = "SELECT count(*) FROM named WHERE list = ?1";
const NAMING: &str = "SELECT list FROM named WHERE type = ?1 AND id = ?2 ORDER BY list";

/// What must never walk through a table that grows with the subjects.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[
    FEATURE,
    GRANT,
    PLAN_KEY,
    FEATURE_ROW,
    AUDIENCE,
    LIST,
    LIST_SIZE,
    NAMING,
];
/// These do walk, but only through definitions.
#[cfg(test)]
pub(super) const OF_DEFINITIONS: &[&str] = &[SETTINGS, FEATURES, PLANS, GRANTS, PLAN_KEYS];

/// The catalog with the integer keys of its rows.
pub(super) struct Definitions {
    pub(super) catalog: Catalog,
    pub(super) features: HashMap<i64, FeatureKey>,
    pub(super) plans: HashMap<i64, PlanKey>,
}

impl View<'_> {
    pub(super) fn read_catalog(&self, scope: Scope<'_>) -> Result<Catalog, Fault> {
        match scope {
            Scope::All => Ok(self.read_definitions()?.catalog),
            Scope::Features(keys) => self.read_part(keys),
        }
    }

    /// Every definition.
    pub(super) fn read_definitions(&self) -> Result<Definitions, Fault> {
        let mut catalog = self.read_settings()?;
        let mut features = HashMap::new();
        let mut statement = self.prepare_cached(FEATURES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (key, entry) = feature(row)?;
            features.insert(row.get(5)?, key.clone());
            catalog.features.insert(key, entry);
        }
        let mut plans = HashMap::new();
        let mut statement = self.prepare_cached(PLANS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key: PlanKey = parsed(text(row, 1)?, "plan's key")?;
            let entry = PlanEntry {
                plan: from_json(text(row, 2)?, "plan")?,
                grants: BTreeMap::new(),
                revision: revision(row.get(3)?)?,
            };
            plans.insert(row.get(0)?, key.clone());
            catalog.plans.insert(key, entry);
        }
        let mut statement = self.prepare_cached(GRANTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let granted = (plans.get(&row.get(0)?), features.get(&row.get(1)?));
            let (Some(plan), Some(feature)) = granted else {
                return Err(Fault::Damaged("a grant belongs to nothing".to_owned()));
            };
            if let Some(entry) = catalog.plans.get_mut(plan) {
                let grant = grant(row, 2)?;
                entry.grants.insert(feature.clone(), grant);
            }
        }
        Ok(Definitions {
            catalog,
            features,
            plans,
        })
    }

    /// What resolving the features named takes.
    fn read_part(&self, keys: &[FeatureKey]) -> Result<Catalog, Fault> {
        let mut catalog = self.read_settings()?;
        let mut wanted: Vec<(i64, FeatureKey)> = Vec::new();
        let mut statement = self.prepare(FEATURE)?;
        for key in keys {
            let mut rows = statement.query([key.as_str()])?;
            if let Some(row) = rows.next()? {
                let (key, entry) = feature(row)?;
                let number = row.get(5)?;
                if catalog.features.insert(key.clone(), entry).is_none() {
                    self.known.borrow_mut().features.insert(key.clone(), number);
                    wanted.push((number, key));
                }
            }
        }
        let mut statement = self.prepare(PLAN_KEYS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number = row.get(0)?;
            let key: PlanKey = parsed(text(row, 1)?, "plan's key")?;
            self.known.borrow_mut().plans.insert(number, key.clone());
            let entry = PlanEntry {
                plan: Plan::default(),
                grants: self.grants(number, &wanted)?,
                revision: revision(row.get(2)?)?,
            };
            catalog.plans.insert(key, entry);
        }
        Ok(catalog)
    }

    /// What a plan grants of the features wanted.
    fn grants(
        &self,
        plan: i64,
        wanted: &[(i64, FeatureKey)],
    ) -> Result<BTreeMap<FeatureKey, Grant>, Fault> {
        let mut grants = BTreeMap::new();
        for (number, key) in wanted {
            let mut statement = self.prepare_cached(GRANT)?;
            let mut rows = statement.query((plan, number))?;
            if let Some(row) = rows.next()? {
                grants.insert(key.clone(), grant(row, 0)?);
            }
        }
        Ok(grants)
    }

    /// The key of the plan in a row.
    pub(super) fn plan_key(&self, row: i64) -> Result<PlanKey, Fault> {
        if let Some(key) = self.known.borrow().plans.get(&row) {
            return Ok(key.clone());
        }
        let mut statement = self.prepare_cached(PLAN_KEY)?;
        let mut rows = statement.query([row])?;
        let Some(found) = rows.next()? else {
            return Err(Fault::Damaged(format!("there is no plan {row}")));
        };
        let key: PlanKey = parsed(text(found, 0)?, "plan's key")?;
        self.known.borrow_mut().plans.insert(row, key.clone());
        Ok(key)
    }

    /// The row of a feature.
    pub(super) fn feature_row(&self, key: &FeatureKey) -> Result<Option<i64>, Fault> {
        if let Some(row) = self.known.borrow().features.get(key) {
            return Ok(Some(*row));
        }
        let mut statement = self.prepare_cached(FEATURE_ROW)?;
        let row = statement.query_row([key.as_str()], |row| row.get(0));
        let row = row.optional()?;
        if let Some(row) = row {
            self.known.borrow_mut().features.insert(key.clone(), row);
        }
        Ok(row)
    }

    fn read_settings(&self) -> Result<Catalog, Fault> {
        let mut catalog = Catalog::default();
        let mut statement = self.prepare(SETTINGS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let value = text(row, 1)?;
            match text(row, 0)? {
                "default_plan" => {
                    catalog.settings.default_plan = Some(parsed(value, "plan's key")?)
                }
                "max_features" => catalog.settings.max_features = parsed(value, "number")?,
                "next_list" => catalog.next_list = parsed(value, "number")?,
                _ => {}
            }
        }
        Ok(catalog)
    }

    pub(super) fn read_audience(
        &self,
        feature: &FeatureKey,
    ) -> Result<Option<Audience<Members>>, Fault> {
        let mut statement = self.prepare_cached(AUDIENCE)?;
        let found = statement
            .query_row([feature.as_str()], |row| row.get::<_, String>(0))
            .optional()?;
        let Some(found) = found else {
            return Ok(None);
        };
        let audience: Audience<ListId> = from_json(&found, "audience")?;
        let complete = audience.try_map(|_, list| self.read_list(*list))?;
        Ok(Some(complete))
    }

    /// Everybody that the list names.
    pub(super) fn read_list(&self, list: ListId) -> Result<Members, Fault> {
        let mut statement = self.prepare_cached(LIST)?;
        let mut rows = statement.query([list.0])?;
        let mut members = Members::new();
        while let Some(row) = rows.next()? {
            members.insert(parsed::<Id>(text(row, 0)?, "target")?);
        }
        Ok(members)
    }

    pub(super) fn read_list_size(&self, list: ListId) -> Result<u64, Fault> {
        let mut statement = self.prepare_cached(LIST_SIZE)?;
        Ok(natural(
            statement.query_row([list.0], |row| row.get::<_, i64>(0))?,
        )?)
    }

    pub(super) fn read_lists_naming(&self, target: &Target) -> Result<Vec<ListId>, Fault> {
        let mut statement = self.prepare_cached(NAMING)?;
        let named = [target.target_type.as_str(), target.id.as_str()];
        let lists = statement.query_map(named, |row| row.get(0).map(ListId))?;
        Ok(lists.collect::<Result<_, _>>()?)
    }
}

/// A column that holds text, without copying it.
pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, Fault> {
    Ok(row
        .get_ref(column)?
        .as_str()
        .map_err(rusqlite::Error::from)?)
}

fn feature(row: &Row<'_>) -> Result<(FeatureKey, FeatureEntry), Fault> {
    let key = parsed(text(row, 0)?, "feature's key")?;
    let entry = FeatureEntry {
        feature: from_json(text(row, 1)?, "feature")?,
        audience: from_json(text(row, 2)?, "audience")?,
        revision: revision(row.get(3)?)?,
        audience_revision: revision(row.get(4)?)?,
    };
    Ok((key, entry))
}

fn grant(row: &Row<'_>, column: usize) -> Result<Grant, Fault> {
    Ok(Grant {
        value: value(row.get(column)?)?,
        revision: revision(row.get(column + 1)?)?,
    })
}
