//! Reading the definitions: settings, features, plans, and the lists that rules refer to. What is
//! asked together comes in one trip.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio_postgres::Row;

use super::datum::{Datum, column};
use super::fault::Fault;
use super::session::Ask;
use super::view::View;
use crate::domain::catalog::{Catalog, FeatureEntry, Grant, PlanEntry};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::store::Scope;
use crate::store::gather::names_anybody;
use crate::store::rows::{from_json, natural, parsed, revision, value};

const SETTINGS: &str = "SELECT name, value FROM setting";
const FEATURES: &str =
    "SELECT key, definition, audience, revision, audience_revision, id FROM feature";
const SOME_FEATURES: &str = "SELECT key, definition, audience, revision, audience_revision, id \
     FROM feature WHERE key = ANY($1)";
const PLANS: &str = "SELECT id, key, definition, revision FROM plan";
const PLAN_KEYS: &str = "SELECT id, key, revision FROM plan";
const GRANTS: &str = "SELECT plan_id, feature_id, value, revision FROM plan_grant";
const SOME_GRANTS: &str = "SELECT g.plan_id, g.feature_id, g.value, g.revision FROM feature f \
     CROSS JOIN plan p JOIN plan_grant g ON g.plan_id = p.id AND g.feature_id = f.id \
     WHERE f.key = ANY($1)";
const AUDIENCE: &str = "SELECT audience FROM feature WHERE key = $1";
const LIST: &str = "SELECT id FROM named WHERE list = $1";
const LIST_SIZE: &str = "SELECT count(*) FROM named WHERE list = $1";
const NAMING: &str = "SELECT list FROM named WHERE type = $1 AND id = $2 ORDER BY list";

/// The catalog with the integer keys of its rows.
pub(super) struct Definitions {
    pub(super) catalog: Catalog,
    pub(super) features: HashMap<i64, FeatureKey>,
    pub(super) plans: HashMap<i64, PlanKey>,
}

/// What asks for the definitions in scope; of a part, with its keys.
pub(super) fn asking<'a>(scope: Scope<'_>, keys: &'a [Datum<'a>]) -> [Ask<'a>; 4] {
    match scope {
        Scope::All => [
            (SETTINGS, &[]),
            (FEATURES, &[]),
            (PLANS, &[]),
            (GRANTS, &[]),
        ],
        Scope::Features(_) => [
            (SETTINGS, &[]),
            (SOME_FEATURES, keys),
            (PLAN_KEYS, &[]),
            (SOME_GRANTS, keys),
        ],
    }
}

/// The keys in scope, as a parameter.
pub(super) fn keys(scope: Scope<'_>) -> Datum<'_> {
    match scope {
        Scope::All => Datum::Texts(Vec::new()),
        Scope::Features(keys) => keys.iter().map(FeatureKey::as_str).collect(),
    }
}

/// Puts the answers to [`asking`] together.
pub(super) fn together(scope: Scope<'_>, answers: &[Vec<Row>]) -> Result<Definitions, Fault> {
    let [settings, features, plans, grants] = answers else {
        return Err(Fault::Damaged("the definitions did not come".to_owned()));
    };
    let mut found = Definitions {
        catalog: self::settings(settings)?,
        features: HashMap::new(),
        plans: HashMap::new(),
    };
    for row in features {
        let (key, entry) = feature(row)?;
        found.features.insert(column(row, 5)?, key.clone());
        found.catalog.features.insert(key, entry);
    }
    for row in plans {
        let key: PlanKey = parsed(column(row, 1)?, "plan's key")?;
        let (plan, marked) = match scope {
            Scope::All => (from_json(column(row, 2)?, "plan")?, column(row, 3)?),
            Scope::Features(_) => (Plan::default(), column(row, 2)?),
        };
        let entry = PlanEntry {
            plan,
            grants: BTreeMap::new(),
            revision: revision(marked)?,
        };
        found.plans.insert(column(row, 0)?, key.clone());
        found.catalog.plans.insert(key, entry);
    }
    for row in grants {
        let granted = (
            found.plans.get(&column(row, 0)?),
            found.features.get(&column(row, 1)?),
        );
        let (Some(plan), Some(feature)) = granted else {
            return Err(Fault::Damaged("a grant belongs to nothing".to_owned()));
        };
        if let Some(entry) = found.catalog.plans.get_mut(plan) {
            let grant = Grant {
                value: value(column(row, 2)?)?,
                revision: revision(column(row, 3)?)?,
            };
            entry.grants.insert(feature.clone(), grant);
        }
    }
    Ok(found)
}

impl View<'_> {
    pub(super) fn read_catalog(&self, scope: Scope<'_>) -> Result<Catalog, Fault> {
        // A write needs all of them in the end.
        if self.ends().is_some() {
            let all = self.read_definitions()?;
            return Ok(match scope {
                Scope::All => all.catalog.clone(),
                Scope::Features(keys) => all.catalog.narrowed(keys),
            });
        }
        Ok(self.read_scope(scope)?.catalog)
    }

    /// Every definition. Where a write has altered nothing yet, they may be known from the one before.
    pub(super) fn read_definitions(&self) -> Result<Arc<Definitions>, Fault> {
        let head = match self.ends() {
            Some(_) => self.standing_head()?,
            None => None,
        };
        let known = head.and_then(|head| self.latest().definitions(&head));
        if let Some(known) = known {
            return Ok(known);
        }
        let read = Arc::new(self.read_scope(Scope::All)?);
        if let Some(head) = head {
            self.latest().learn(head, Arc::clone(&read));
        }
        Ok(read)
    }

    pub(super) fn read_scope(&self, scope: Scope<'_>) -> Result<Definitions, Fault> {
        let keys = [keys(scope)];
        let answers = self.ask_all(&asking(scope, &keys))?;
        let found = together(scope, &answers)?;
        if let Scope::All = scope {
            self.latest().names_anybody(names_anybody(&found.catalog));
        }
        Ok(found)
    }

    pub(super) fn read_audience(
        &self,
        feature: &FeatureKey,
    ) -> Result<Option<Audience<Members>>, Fault> {
        let rows = self.ask(AUDIENCE, &[feature.as_str().into()])?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let audience: Audience<ListId> = from_json(column(row, 0)?, "audience")?;
        let complete = audience.try_map(|_, list| self.read_list(*list))?;
        Ok(Some(complete))
    }

    /// Everybody that the list names.
    pub(super) fn read_list(&self, list: ListId) -> Result<Members, Fault> {
        let rows = self.ask(LIST, &[i64::from(list.0).into()])?;
        let mut members = Members::new();
        for row in &rows {
            members.insert(parsed::<Id>(column(row, 0)?, "target")?);
        }
        Ok(members)
    }

    pub(super) fn read_list_size(&self, list: ListId) -> Result<u64, Fault> {
        let rows = self.ask(LIST_SIZE, &[i64::from(list.0).into()])?;
        match rows.first() {
            Some(row) => Ok(natural(column(row, 0)?)?),
            None => Ok(0),
        }
    }

    pub(super) fn read_lists_naming(&self, target: &Target) -> Result<Vec<ListId>, Fault> {
        let named = [
            target.target_type.as_str().into(),
            target.id.as_str().into(),
        ];
        let rows = self.ask(NAMING, &named)?;
        rows.iter()
            .map(|row| Ok(ListId(natural(column(row, 0)?)?)))
            .collect()
    }
}

fn settings(rows: &[Row]) -> Result<Catalog, Fault> {
    let mut catalog = Catalog::default();
    for row in rows {
        let value: &str = column(row, 1)?;
        match column(row, 0)? {
            "default_plan" => catalog.settings.default_plan = Some(parsed(value, "plan's key")?),
            "max_features" => catalog.settings.max_features = parsed(value, "number")?,
            "next_list" => catalog.next_list = parsed(value, "number")?,
            _ => {}
        }
    }
    Ok(catalog)
}

fn feature(row: &Row) -> Result<(FeatureKey, FeatureEntry), Fault> {
    let key = parsed(column(row, 0)?, "feature's key")?;
    let entry = FeatureEntry {
        feature: from_json(column(row, 1)?, "feature")?,
        audience: from_json(column(row, 2)?, "audience")?,
        revision: revision(column(row, 3)?)?,
        audience_revision: revision(column(row, 4)?)?,
    };
    Ok((key, entry))
}
