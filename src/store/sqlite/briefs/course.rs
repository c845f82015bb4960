//! Which statement comes by the subjects that are wanted.

use rusqlite::{Rows, Statement};

use super::super::fault::Fault;
use super::super::view::View;
use super::tables::Tables;

pub(super) const SUBJECTS: &str = "SELECT id, kind, name, plan_id FROM subject ORDER BY id";
pub(super) const ON_PLAN: &str =
    "SELECT id, kind, name, plan_id FROM subject WHERE plan_id = ?1 ORDER BY id";
/// Of one feature and those on one plan: the override, if there is one, is looked for in place.
pub(super) const JOINED: &str = "SELECT s.id, s.kind, s.name, s.plan_id, o.feature_id, o.granted, o.value, \
     o.starts, o.expires FROM subject s LEFT JOIN \"override\" o ON o.subject_id = s.id \
     AND o.feature_id = ?2 WHERE s.plan_id = ?1 ORDER BY s.id";
const FIRST: &str = "SELECT count(plan_id = ?1 OR NULL), max(id) FROM \
     (SELECT id, plan_id FROM subject ORDER BY id LIMIT 1000)";
pub(super) const FIRST_OVERRIDES: &str = "SELECT count(*) FROM \
     (SELECT 1 FROM \"override\" WHERE subject_id <= ?1 LIMIT 100000)";

/// How many overrides are walked past in the time that it takes to look for one.
const PASSED: i64 = 12;

/// The way through the subjects.
#[derive(Clone, Copy)]
pub(super) enum Course {
    /// Past all of them.
    All,
    /// Past those on a plan.
    OnPlan(i64),
    /// The same, and each comes with its override of a feature.
    Joined { plan: i64, feature: i64 },
}

impl Course {
    /// With a plan, the way past those who are on it.
    pub(super) fn new(view: &View<'_>, tables: &Tables, plan: Option<i64>) -> Result<Self, Fault> {
        let Some(plan) = plan else {
            return Ok(Self::All);
        };
        match tables.only() {
            Some(feature) if are_few(view, plan)? => Ok(Self::Joined { plan, feature }),
            _ => Ok(Self::OnPlan(plan)),
        }
    }

    pub(super) const fn statement(self) -> &'static str {
        match self {
            Self::All => SUBJECTS,
            Self::OnPlan(_) => ON_PLAN,
            Self::Joined { .. } => JOINED,
        }
    }

    pub(super) fn query<'s>(self, statement: &'s mut Statement<'_>) -> Result<Rows<'s>, Fault> {
        Ok(match self {
            Self::All => statement.query([])?,
            Self::OnPlan(plan) => statement.query([plan])?,
            Self::Joined { plan, feature } => statement.query([plan, feature])?,
        })
    }
}

/// Whether those on a plan are so few that looking for an override of each is quicker than to walk
/// past all overrides. The first subjects stand for the rest: either way tells the same.
fn are_few(view: &View<'_>, plan: i64) -> Result<bool, Fault> {
    let mut statement = view.prepare_cached(FIRST)?;
    let (on, last): (i64, Option<i64>) =
        statement.query_row([plan], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut statement = view.prepare_cached(FIRST_OVERRIDES)?;
    let overrides: i64 = statement.query_row([last], |row| row.get(0))?;
    Ok(on * PASSED < overrides)
}
