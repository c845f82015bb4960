//! The organizations that a walk through subjects meets: asked for once, and the last ones kept.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::super::definitions::text;
use super::super::fault::Fault;
use super::super::naming::Naming;
use super::super::view::{View, parsed};
use super::tables::{OnPlan, Tables};
use crate::domain::key::FeatureKey;
use crate::domain::subject::Held;
use crate::domain::target::{Id, ListId};
use crate::store::gather::names_anybody;
use crate::store::{Among, Scope};

pub(super) const SUBJECT: &str = "SELECT name, plan_id FROM subject WHERE id = ?1";
pub(super) const OVERRIDES_OF: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" WHERE subject_id = ?1";
pub(super) const TARGETS_OF: &str =
    "SELECT subject_id, type, id FROM subject_target WHERE subject_id = ?1";
pub(super) const ANY_ON: &str = "SELECT 1 FROM subject WHERE kind = 1 AND plan_id = ?1";

/// How much of organizations is kept, counted in identifiers, overrides and lists: some tens of
/// megabytes.
const KEPT: usize = 250_000;

/// An organization as its users need it.
pub(super) struct Organization<'t> {
    pub(super) id: Id,
    pub(super) plan: OnPlan<'t>,
    pub(super) overrides: Vec<(&'t FeatureKey, Held)>,
    pub(super) lists: Vec<ListId>,
}

/// What a walk has at hand.
pub(super) struct Walk<'v, 't> {
    view: &'v View<'v>,
    tables: &'t Tables,
    pub(super) naming: Naming<'v>,
    /// The rows of the plans that are looked for; nothing for all subjects.
    wanted: Option<HashSet<i64>>,
    kept: HashMap<i64, Rc<Organization<'t>>>,
    /// How much that is.
    size: usize,
}

impl<'v, 't> Walk<'v, 't> {
    pub(super) fn new(
        view: &'v View<'v>,
        tables: &'t Tables,
        scope: Scope<'_>,
        among: Among<'_>,
    ) -> Result<Self, Fault> {
        let wanted = match among {
            Among::All => None,
            Among::OnPlans(keys) => {
                let plans = tables.plans.iter();
                let wanted = plans.filter(|(_, key)| keys.contains(key));
                Some(wanted.map(|(row, _)| *row).collect())
            }
        };
        Ok(Self {
            view,
            tables,
            naming: Naming::new(view, names_anybody(&view.read_catalog(scope)?))?,
            wanted,
            kept: HashMap::new(),
            size: 0,
        })
    }

    /// The one plan that is looked for, where no organization shares it with its users: those on
    /// it are then known by their own rows.
    pub(super) fn one_plan(&self) -> Result<Option<i64>, Fault> {
        let mut wanted = self.wanted.iter().flatten().copied();
        let (Some(plan), None) = (wanted.next(), wanted.next()) else {
            return Ok(None);
        };
        let mut statement = self.view.prepare_cached(ANY_ON)?;
        let shared = statement.exists([plan])?;
        Ok((!shared).then_some(plan))
    }

    pub(super) fn includes(&self, plan: OnPlan<'_>, joined: &[Rc<Organization<'_>>]) -> bool {
        let Some(wanted) = &self.wanted else {
            return true;
        };
        let shared = joined.iter().filter_map(|organization| organization.plan);
        plan.into_iter()
            .chain(shared)
            .any(|(row, _)| wanted.contains(&row))
    }

    /// The organization in a row, from those kept or from the store.
    pub(super) fn organization(&mut self, row: i64) -> Result<Rc<Organization<'t>>, Fault> {
        if let Some(kept) = self.kept.get(&row) {
            return Ok(Rc::clone(kept));
        }
        let found = Rc::new(self.find(row)?);
        let size = 1 + found.overrides.len() + found.lists.len();
        if self.size + size > KEPT {
            self.kept.clear();
            self.size = 0;
        }
        self.size += size;
        self.kept.insert(row, Rc::clone(&found));
        Ok(found)
    }

    fn find(&self, number: i64) -> Result<Organization<'t>, Fault> {
        let mut statement = self.view.prepare_cached(SUBJECT)?;
        let mut rows = statement.query([number])?;
        let Some(row) = rows.next()? else {
            return Err(Fault::Damaged(format!("there is no subject {number}")));
        };
        let id = parsed(text(row, 0)?, "subject")?;
        let plan = self.tables.plan(row.get(1)?)?;
        let mut overrides = Vec::new();
        let mut statement = self.view.prepare_cached(OVERRIDES_OF)?;
        let mut rows = statement.query([number])?;
        while let Some(row) = rows.next()? {
            self.tables.hold(row, 1, &mut overrides)?;
        }
        let mut lists = self.naming.lists(false, &id)?;
        let mut statement = self.view.prepare_cached(TARGETS_OF)?;
        let mut rows = statement.query([number])?;
        while let Some(row) = rows.next()? {
            self.naming.extend(row, &mut lists)?;
        }
        Ok(Organization {
            id,
            plan,
            overrides,
            lists,
        })
    }
}
