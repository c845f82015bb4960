//! Writing definitions: each row becomes what the catalog holds after the change.

use rusqlite::params;

use super::{Write, json, stale};
use crate::domain::apply::ListEdit;
use crate::domain::catalog::{FeatureEntry, PlanEntry};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::text::counted;
use crate::store::rows::column;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::history::number;
use crate::store::sqlite::view::natural;

const PUT_SETTING: &str = "INSERT INTO setting(name, value) VALUES(?1, ?2) \
     ON CONFLICT(name) DO UPDATE SET value = excluded.value";
const DROP_SETTING: &str = "DELETE FROM setting WHERE name = ?1";
const PUT_FEATURE: &str = "INSERT INTO feature(key, definition, audience, revision, \
     audience_revision) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(key) DO UPDATE SET \
     definition = excluded.definition, audience = excluded.audience, \
     revision = excluded.revision, audience_revision = excluded.audience_revision RETURNING id";
const OVERRIDING: &str = "SELECT count(*) FROM \"override\" WHERE feature_id = ?1";
const DROP_FEATURE: &str = "DELETE FROM feature WHERE id = ?1";
const PUT_PLAN: &str = "INSERT INTO plan(key, definition, revision) VALUES(?1, ?2, ?3) \
     ON CONFLICT(key) DO UPDATE SET definition = excluded.definition, \
     revision = excluded.revision RETURNING id";
const ON_PLAN: &str = "SELECT count(*) FROM subject WHERE plan_id = ?1";
const DROP_PLAN: &str = "DELETE FROM plan WHERE id = ?1";
const PUT_GRANT: &str = "INSERT INTO plan_grant(plan_id, feature_id, value, revision) \
     VALUES(?1, ?2, ?3, ?4) ON CONFLICT(plan_id, feature_id) DO UPDATE SET \
     value = excluded.value, revision = excluded.revision";
const DROP_GRANT: &str = "DELETE FROM plan_grant WHERE plan_id = ?1 AND feature_id = ?2";
const NAME: &str = "INSERT INTO named(type, id, list) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
const UNNAME: &str = "DELETE FROM named WHERE type = ?1 AND id = ?2 AND list = ?3";
const DROP_LIST: &str = "DELETE FROM named WHERE list = ?1";

impl Write<'_> {
    pub(super) fn put_settings(&self) -> Result<(), Fault> {
        let settings = &self.catalog.settings;
        let plan = settings.default_plan.as_ref().map(PlanKey::as_str);
        self.put_setting("default_plan", plan)?;
        self.put_setting("max_features", Some(&settings.max_features.to_string()))
    }

    pub(super) fn put_setting(&self, name: &str, value: Option<&str>) -> Result<(), Fault> {
        match value {
            Some(value) => {
                let mut statement = self.view.prepare_cached(PUT_SETTING)?;
                statement.execute((name, value))?;
            }
            None => {
                self.view.prepare_cached(DROP_SETTING)?.execute([name])?;
            }
        }
        Ok(())
    }

    pub(super) fn put_feature(&mut self, key: &FeatureKey) -> Result<(), Fault> {
        let Some(entry) = self.catalog.features.get(key) else {
            return self.drop_feature(key);
        };
        let FeatureEntry {
            feature,
            audience,
            revision,
            audience_revision,
        } = entry;
        let mut statement = self.view.prepare_cached(PUT_FEATURE)?;
        let columns = params![
            key.as_str(),
            json(feature)?,
            json(audience)?,
            number(*revision),
            number(*audience_revision),
        ];
        let row = statement.query_row(columns, |row| row.get(0))?;
        self.features.insert(key.clone(), row);
        Ok(())
    }

    fn drop_feature(&mut self, key: &FeatureKey) -> Result<(), Fault> {
        let Some(row) = self.features.remove(key) else {
            return Ok(());
        };
        let mut statement = self.view.prepare_cached(OVERRIDING)?;
        let overrides: i64 = statement.query_row([row], |row| row.get(0))?;
        if overrides > 0 {
            return Err(Refusal::FeatureInUse {
                feature: key.clone(),
                by: counted(natural::<u64>(overrides)?, "override"),
            }
            .into());
        }
        self.view.forget();
        self.view.prepare_cached(DROP_FEATURE)?.execute([row])?;
        Ok(())
    }

    pub(super) fn put_plan(&mut self, key: &PlanKey) -> Result<(), Fault> {
        let Some(PlanEntry { plan, revision, .. }) = self.catalog.plans.get(key) else {
            return self.drop_plan(key);
        };
        let mut statement = self.view.prepare_cached(PUT_PLAN)?;
        let columns = (key.as_str(), json(plan)?, number(*revision));
        let row = statement.query_row(columns, |row| row.get(0))?;
        self.plans.insert(key.clone(), row);
        Ok(())
    }

    fn drop_plan(&mut self, key: &PlanKey) -> Result<(), Fault> {
        let Some(row) = self.plans.remove(key) else {
            return Ok(());
        };
        let mut statement = self.view.prepare_cached(ON_PLAN)?;
        let on_it: i64 = statement.query_row([row], |row| row.get(0))?;
        if on_it > 0 {
            let (plan, by) = (key.clone(), counted(natural::<u64>(on_it)?, "subject"));
            return Err(Refusal::PlanInUse { plan, by }.into());
        }
        self.view.forget();
        self.view.prepare_cached(DROP_PLAN)?.execute([row])?;
        Ok(())
    }

    pub(super) fn put_grant(&self, plan: &PlanKey, feature: &FeatureKey) -> Result<(), Fault> {
        let (Some(plan_row), Some(feature_row)) =
            (self.plans.get(plan), self.features.get(feature))
        else {
            return Err(Fault::Damaged(format!("{plan} or {feature} has no row")));
        };
        let entry = self.catalog.plans.get(plan);
        match entry.and_then(|entry| entry.grants.get(feature)) {
            Some(grant) => {
                let mut statement = self.view.prepare_cached(PUT_GRANT)?;
                let value = column(grant.value);
                statement.execute((plan_row, feature_row, value, number(grant.revision)))?;
            }
            None => {
                let mut statement = self.view.prepare_cached(DROP_GRANT)?;
                statement.execute((plan_row, feature_row))?;
            }
        }
        Ok(())
    }

    /// Edits a list of named targets, if it is what the change takes it for.
    pub(super) fn edit_list(&self, feature: &FeatureKey, edit: &ListEdit) -> Result<(), Fault> {
        let expected = |holds: bool| {
            if holds {
                Ok(())
            } else {
                Err(stale(format!("the audience of {feature}")))
            }
        };
        match edit {
            ListEdit::Create {
                list,
                target_type,
                ids,
            } => {
                let mut statement = self.view.prepare_cached(NAME)?;
                for id in ids {
                    statement.execute((target_type.as_str(), id.as_str(), list.0))?;
                }
                Ok(())
            }
            ListEdit::Drop { list, ids, .. } => {
                expected(self.view.read_list(*list)? == *ids)?;
                self.view.prepare_cached(DROP_LIST)?.execute([list.0])?;
                Ok(())
            }
            ListEdit::Name { list, target } => {
                let mut statement = self.view.prepare_cached(NAME)?;
                let columns = (target.target_type.as_str(), target.id.as_str(), list.0);
                expected(statement.execute(columns)? == 1)
            }
            ListEdit::Unname { list, target } => {
                let mut statement = self.view.prepare_cached(UNNAME)?;
                let columns = (target.target_type.as_str(), target.id.as_str(), list.0);
                expected(statement.execute(columns)? == 1)
            }
        }
    }
}
