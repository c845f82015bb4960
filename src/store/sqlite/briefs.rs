//! Telling of all subjects what the resolver reads of them: one pass, and memory for a few.
//!
//! Subjects, overrides, memberships and custom targets lie sorted by the subjects' numbers, so
//! each is read once, by a cursor of its own, and the cursors keep pace. That takes half the time
//! of a question for each subject, and the rows come in no other order than that of the file.
//! Organizations are asked for where a user belongs to them, and the last ones kept.

use std::ops::ControlFlow;
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Row, Rows};

use super::definitions::{text, value};
use super::fault::Fault;
use super::naming::Naming;
use super::subjects::{USER, time};
use super::view::{View, parsed};
use super::walk::FEATURES;
use crate::domain::brief::{Brief, PartyBrief};
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override};
use crate::domain::subject::Held;
use crate::domain::target::{Id, ListId};
use crate::store::gather::names_anybody;
use crate::store::{Among, Look, Scope};

const SUBJECTS: &str = "SELECT id, kind, name, plan_id FROM subject ORDER BY id";
const OVERRIDES: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" ORDER BY subject_id";
const OVERRIDES_FOR: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" WHERE feature_id = ?1 ORDER BY subject_id";
const MEMBERSHIPS: &str = "SELECT user_id, organization_id FROM membership ORDER BY user_id";
const TARGETS: &str = "SELECT subject_id, type, id FROM subject_target ORDER BY subject_id";
const SUBJECT: &str = "SELECT name, plan_id FROM subject WHERE id = ?1";
const OVERRIDES_OF: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" WHERE subject_id = ?1";
const TARGETS_OF: &str = "SELECT subject_id, type, id FROM subject_target WHERE subject_id = ?1";
const PLANS: &str = "SELECT id, key FROM plan";

/// What walks through whole tables, in the order of the subjects' numbers, and must not sort.
#[cfg(test)]
pub(super) const PASSES: &[&str] = &[SUBJECTS, OVERRIDES, OVERRIDES_FOR, MEMBERSHIPS, TARGETS];

/// What must never walk through a table.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[SUBJECT, OVERRIDES_OF, TARGETS_OF];

/// How many organizations are kept: some megabytes of them.
const KEPT: usize = 4_096;

impl View<'_> {
    pub(super) fn walk_briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), Fault> {
        let tables = Tables::new(self, scope)?;
        let mut walk = Walk::new(self, &tables, scope, among)?;
        let mut subjects = self.prepare_cached(SUBJECTS)?;
        let mut subjects = subjects.query([])?;
        let only = tables.only();
        let mut overrides = match only {
            Some(_) => self.prepare_cached(OVERRIDES_FOR)?,
            None => self.prepare_cached(OVERRIDES)?,
        };
        let mut overrides = Belongings::new(match only {
            Some(feature) => overrides.query([feature])?,
            None => overrides.query([])?,
        })?;
        let mut memberships = self.prepare_cached(MEMBERSHIPS)?;
        let mut memberships = Belongings::new(memberships.query([])?)?;
        let mut targets = self.prepare_cached(TARGETS)?;
        let mut targets = Belongings::new(targets.query([])?)?;
        let mut own = Vec::new();
        while let Some(row) = subjects.next()? {
            let number: i64 = row.get(0)?;
            let plan = tables.plan(row.get(3)?)?;
            let mut joined = Vec::new();
            memberships.each(number, |row| {
                Ok(joined.push(walk.organization(row.get(1)?)?))
            })?;
            if !walk.includes(plan, &joined) {
                continue;
            }
            own.clear();
            overrides.each(number, |row| tables.hold(row, &mut own))?;
            let id = parsed(text(row, 2)?, "subject")?;
            let is_user = row.get::<_, i64>(1)? == USER;
            let mut lists = walk.naming.lists(is_user, &id)?;
            targets.each(number, |row| walk.naming.extend(row, &mut lists))?;
            let party = PartyBrief {
                id: &id,
                plan: plan.map(|(_, key)| key),
                overrides: &own,
            };
            if tell(party, is_user, joined, lists, visit) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

/// Puts a subject and its organizations together.
fn tell(
    own: PartyBrief<'_>,
    is_user: bool,
    mut joined: Vec<Rc<Organization<'_>>>,
    mut lists: Vec<ListId>,
    visit: &mut Look<'_>,
) -> ControlFlow<()> {
    if !is_user {
        lists.sort_unstable();
        lists.dedup();
        return visit(&Brief {
            user: None,
            organizations: &[own],
            lists: &lists,
        });
    }
    joined.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let mut organizations = Vec::with_capacity(joined.len());
    for organization in &joined {
        lists.extend(&organization.lists);
        organizations.push(PartyBrief {
            id: &organization.id,
            plan: organization.plan.map(|(_, key)| key),
            overrides: &organization.overrides,
        });
    }
    lists.sort_unstable();
    lists.dedup();
    visit(&Brief {
        user: Some(own),
        organizations: &organizations,
        lists: &lists,
    })
}

/// The definitions by their rows.
struct Tables {
    features: HashMap<i64, FeatureKey>,
    plans: HashMap<i64, PlanKey>,
}

impl Tables {
    fn new(view: &View<'_>, scope: Scope<'_>) -> Result<Self, Fault> {
        let mut features = HashMap::new();
        let mut statement = view.prepare_cached(FEATURES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = parsed(text(row, 1)?, "feature's key")?;
            if scope.includes(&key) {
                features.insert(row.get(0)?, key);
            }
        }
        let mut plans = HashMap::new();
        let mut statement = view.prepare_cached(PLANS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            plans.insert(row.get(0)?, parsed(text(row, 1)?, "plan's key")?);
        }
        Ok(Self { features, plans })
    }

    /// The row of the one feature in scope, if it is only one: the rest can then be left where
    /// it is.
    fn only(&self) -> Option<i64> {
        let mut features = self.features.keys().copied();
        features.next().filter(|_| features.next().is_none())
    }

    fn plan(&self, row: Option<i64>) -> Result<OnPlan<'_>, Fault> {
        let Some(row) = row else {
            return Ok(None);
        };
        match self.plans.get(&row) {
            Some(key) => Ok(Some((row, key))),
            None => Err(Fault::Damaged(format!("there is no plan {row}"))),
        }
    }

    /// Takes the override of a row, if its feature is in scope.
    fn hold<'t>(
        &'t self,
        row: &Row<'_>,
        held: &mut Vec<(&'t FeatureKey, Held)>,
    ) -> Result<(), Fault> {
        let Some(key) = self.features.get(&row.get::<_, i64>(1)?) else {
            return Ok(());
        };
        let effect = match row.get::<_, i64>(2)? {
            0 => Effect::Revoke,
            _ => Effect::Grant(value(row.get(3)?)?),
        };
        let over = Override {
            effect,
            reason: None,
            starts: time(row.get(4)?)?,
            expires: time(row.get(5)?)?,
        };
        let revision = Revision::UNKNOWN;
        held.push((key, Held { over, revision }));
        Ok(())
    }
}

/// A plan by its row and its key.
type OnPlan<'t> = Option<(i64, &'t PlanKey)>;

/// An organization as its users need it.
struct Organization<'t> {
    id: Id,
    plan: OnPlan<'t>,
    overrides: Vec<(&'t FeatureKey, Held)>,
    lists: Vec<ListId>,
}

/// What a walk has at hand.
struct Walk<'v, 't> {
    view: &'v View<'v>,
    tables: &'t Tables,
    naming: Naming<'v>,
    /// The rows of the plans that are looked for; nothing for all subjects.
    wanted: Option<HashSet<i64>>,
    kept: HashMap<i64, Rc<Organization<'t>>>,
}

impl<'v, 't> Walk<'v, 't> {
    fn new(
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
        })
    }

    fn includes(&self, plan: OnPlan<'_>, joined: &[Rc<Organization<'_>>]) -> bool {
        let Some(wanted) = &self.wanted else {
            return true;
        };
        let shared = joined.iter().filter_map(|organization| organization.plan);
        plan.into_iter()
            .chain(shared)
            .any(|(row, _)| wanted.contains(&row))
    }

    /// The organization in a row, from those kept or from the store.
    fn organization(&mut self, row: i64) -> Result<Rc<Organization<'t>>, Fault> {
        if let Some(kept) = self.kept.get(&row) {
            return Ok(Rc::clone(kept));
        }
        let found = Rc::new(self.find(row)?);
        if self.kept.len() == KEPT {
            self.kept.clear();
        }
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
            self.tables.hold(row, &mut overrides)?;
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

/// The rows of one table that belong to subjects, in the order of the subjects' numbers.
struct Belongings<'s> {
    rows: Rows<'s>,
    /// Whose the row is that comes next.
    next: Option<i64>,
}

impl<'s> Belongings<'s> {
    fn new(rows: Rows<'s>) -> Result<Self, Fault> {
        let mut belongings = Self { rows, next: None };
        belongings.advance()?;
        Ok(belongings)
    }

    fn advance(&mut self) -> Result<(), Fault> {
        self.rows.advance()?;
        self.next = match self.rows.get() {
            Some(row) => Some(row.get(0)?),
            None => None,
        };
        Ok(())
    }

    /// Hands over what belongs to the subject, and passes over what belongs to those before.
    fn each(
        &mut self,
        subject: i64,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        while let Some(owner) = self.next
            && owner <= subject
        {
            if owner == subject
                && let Some(row) = self.rows.get()
            {
                take(row)?;
            }
            self.advance()?;
        }
        Ok(())
    }
}
