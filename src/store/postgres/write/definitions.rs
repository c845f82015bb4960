//! Writing definitions: each row becomes what the catalog holds after the change.

use super::{Write, stale};
use crate::domain::apply::ListEdit;
use crate::domain::catalog::{FeatureEntry, PlanEntry};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::text::counted;
use crate::store::postgres::datum::{Datum, column as read};
use crate::store::postgres::fault::Fault;
use crate::store::rows::{column, json, natural, number};

const PUT_SETTING: &str = "INSERT INTO setting(name, value) VALUES($1, $2) \
     ON CONFLICT(name) DO UPDATE SET value = excluded.value";
const DROP_SETTING: &str = "DELETE FROM setting WHERE name = $1";
const PUT_FEATURE: &str = "INSERT INTO feature(id, key, definition, audience, revision, \
     audience_revision) VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(id) DO UPDATE SET \
     definition = excluded.definition, audience = excluded.audience, \
     revision = excluded.revision, audience_revision = excluded.audience_revision";
const OVERRIDING: &str = "SELECT count(*) FROM \"override\" WHERE feature_id = $1";
const DROP_FEATURE: &str = "DELETE FROM feature WHERE id = $1";
const PUT_PLAN: &str = "INSERT INTO plan(id, key, definition, revision) VALUES($1, $2, $3, $4) \
     ON CONFLICT(id) DO UPDATE SET definition = excluded.definition, \
     revision = excluded.revision";
const ON_PLAN: &str = "SELECT count(*) FROM subject WHERE plan_id = $1";
const DROP_PLAN: &str = "DELETE FROM plan WHERE id = $1";
const PUT_GRANT: &str = "INSERT INTO plan_grant(plan_id, feature_id, value, revision) \
     VALUES($1, $2, $3, $4) ON CONFLICT(plan_id, feature_id) DO UPDATE SET \
     value = excluded.value, revision = excluded.revision";
const DROP_GRANT: &str = "DELETE FROM plan_grant WHERE plan_id = $1 AND feature_id = $2";
const NAME: &str = "INSERT INTO named(type, id, list) VALUES($1, $2, $3) ON CONFLICT DO NOTHING";
const NAME_ALL: &str = "INSERT INTO named(type, id, list) \
     SELECT $1, given.id, $3 FROM unnest($2) AS given(id) ON CONFLICT DO NOTHING";
const UNNAME: &str = "DELETE FROM named WHERE type = $1 AND id = $2 AND list = $3";
const DROP_LIST: &str = "DELETE FROM named WHERE list = $1";

/// So many names of a list are written at once.
const NAMES: usize = 5000;

impl Write<'_> {
    pub(super) fn put_settings(&self) -> Result<(), Fault> {
        let settings = &self.catalog.settings;
        let plan = settings.default_plan.as_ref();
        self.put_setting("default_plan", plan.map(ToString::to_string))?;
        self.put_setting("max_features", Some(settings.max_features.to_string()))
    }

    pub(super) fn put_setting(&self, name: &str, value: Option<String>) -> Result<(), Fault> {
        let name = name.to_owned().into();
        match value {
            Some(value) => self.session()?.put(PUT_SETTING, vec![name, value.into()]),
            None => self.session()?.put(DROP_SETTING, vec![name]),
        }
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
        let lasts = &mut self.lasts;
        let row = *self.features.entry(key.clone()).or_insert_with(|| {
            lasts.feature += 1;
            lasts.feature
        });
        let values = vec![
            row.into(),
            key.to_string().into(),
            json(feature)?.into(),
            json(audience)?.into(),
            number(*revision).into(),
            number(*audience_revision).into(),
        ];
        self.session()?.put(PUT_FEATURE, values)
    }

    fn drop_feature(&mut self, key: &FeatureKey) -> Result<(), Fault> {
        let Some(row) = self.features.remove(key) else {
            return Ok(());
        };
        let overrides = self.count(OVERRIDING, row)?;
        if overrides > 0 {
            return Err(Refusal::FeatureInUse {
                feature: key.clone(),
                by: counted(overrides, "override"),
            }
            .into());
        }
        // As in SQLite, the highest number is given out again once its row is gone.
        self.lasts.feature = self.features.values().copied().max().unwrap_or(0);
        self.session()?.put(DROP_FEATURE, vec![row.into()])
    }

    pub(super) fn put_plan(&mut self, key: &PlanKey) -> Result<(), Fault> {
        let Some(PlanEntry { plan, revision, .. }) = self.catalog.plans.get(key) else {
            return self.drop_plan(key);
        };
        let lasts = &mut self.lasts;
        let row = *self.plans.entry(key.clone()).or_insert_with(|| {
            lasts.plan += 1;
            lasts.plan
        });
        let values = vec![
            row.into(),
            key.to_string().into(),
            json(plan)?.into(),
            number(*revision).into(),
        ];
        self.session()?.put(PUT_PLAN, values)
    }

    fn drop_plan(&mut self, key: &PlanKey) -> Result<(), Fault> {
        let Some(row) = self.plans.remove(key) else {
            return Ok(());
        };
        let on_it = self.count(ON_PLAN, row)?;
        if on_it > 0 {
            let (plan, by) = (key.clone(), counted(on_it, "subject"));
            return Err(Refusal::PlanInUse { plan, by }.into());
        }
        self.lasts.plan = self.plans.values().copied().max().unwrap_or(0);
        self.session()?.put(DROP_PLAN, vec![row.into()])
    }

    /// How many rows a statement about one row counts.
    pub(super) fn count(&self, statement: &'static str, row: i64) -> Result<u64, Fault> {
        let rows = self.view.ask(statement, &[row.into()])?;
        match rows.first() {
            Some(row) => Ok(natural(read(row, 0)?)?),
            None => Ok(0),
        }
    }

    pub(super) fn put_grant(&self, plan: &PlanKey, feature: &FeatureKey) -> Result<(), Fault> {
        let (Some(plan_row), Some(feature_row)) =
            (self.plans.get(plan), self.features.get(feature))
        else {
            return Err(Fault::Damaged(format!("{plan} or {feature} has no row")));
        };
        let (plan_row, feature_row) = ((*plan_row).into(), (*feature_row).into());
        let entry = self.catalog.plans.get(plan);
        match entry.and_then(|entry| entry.grants.get(feature)) {
            Some(grant) => {
                let (value, marked) = (column(grant.value).into(), number(grant.revision).into());
                let values = vec![plan_row, feature_row, value, marked];
                self.session()?.put(PUT_GRANT, values)
            }
            None => self.session()?.put(DROP_GRANT, vec![plan_row, feature_row]),
        }
    }

    /// Edits a list of named targets, if it is what the change takes it for.
    pub(super) fn edit_list(&self, feature: &FeatureKey, edit: &ListEdit) -> Result<(), Fault> {
        let expected = |holds: bool| match holds {
            true => Ok(()),
            false => Err(stale(format!("the audience of {feature}"))),
        };
        let session = self.session()?;
        match edit {
            ListEdit::Create {
                list,
                target_type,
                ids,
            } => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                for ids in ids.chunks(NAMES) {
                    let texts = ids.iter().map(|id| id.clone().into()).collect();
                    let of_type = target_type.to_string().into();
                    let list = i64::from(list.0).into();
                    session.put(NAME_ALL, vec![of_type, Datum::Texts(texts), list])?;
                }
                Ok(())
            }
            ListEdit::Drop { list, ids, .. } => {
                expected(self.view.read_list(*list)? == *ids)?;
                session.put(DROP_LIST, vec![i64::from(list.0).into()])
            }
            ListEdit::Name { list, target } | ListEdit::Unname { list, target } => {
                let statement = match edit {
                    ListEdit::Name { .. } => NAME,
                    _ => UNNAME,
                };
                let of_type = target.target_type.as_str().into();
                let id = target.id.as_str().into();
                let values = [of_type, id, i64::from(list.0).into()];
                expected(session.run(statement, &values)? == 1)
            }
        }
    }
}
