//! What belongs to subjects: the definitions by their rows, and cursors that keep pace.

use hashbrown::HashMap;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Row, Rows, Statement};

use super::super::definitions::text;
use super::super::fault::Fault;
use super::super::subjects::{effect, time};
use super::super::view::{View, parsed};
use super::super::walk::FEATURES;
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::subject::Held;
use crate::store::Scope;

pub(super) const OVERRIDES: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" ORDER BY subject_id";
pub(super) const OVERRIDES_FOR: &str = "SELECT subject_id, feature_id, granted, value, starts, expires \
     FROM \"override\" WHERE feature_id = ?1 ORDER BY subject_id";
const PLANS: &str = "SELECT id, key FROM plan";

/// The definitions by their rows.
pub(super) struct Tables {
    features: HashMap<i64, FeatureKey>,
    pub(super) plans: HashMap<i64, PlanKey>,
}

impl Tables {
    pub(super) fn new(view: &View<'_>, scope: Scope<'_>) -> Result<Self, Fault> {
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
    pub(super) fn only(&self) -> Option<i64> {
        let mut features = self.features.keys().copied();
        features.next().filter(|_| features.next().is_none())
    }

    /// The statement for the overrides in scope.
    pub(super) fn statement(&self) -> &'static str {
        match self.only() {
            Some(_) => OVERRIDES_FOR,
            None => OVERRIDES,
        }
    }

    pub(super) fn query<'s>(&self, statement: &'s mut Statement<'_>) -> Result<Rows<'s>, Fault> {
        Ok(match self.only() {
            Some(feature) => statement.query([feature])?,
            None => statement.query([])?,
        })
    }

    pub(super) fn plan(&self, row: Option<i64>) -> Result<OnPlan<'_>, Fault> {
        let Some(row) = row else {
            return Ok(None);
        };
        match self.plans.get(&row) {
            Some(key) => Ok(Some((row, key))),
            None => Err(Fault::Damaged(format!("there is no plan {row}"))),
        }
    }

    /// Takes the override of a row, whose feature stands in `column`, if there is one and its
    /// feature is in scope.
    pub(super) fn hold<'t>(
        &'t self,
        row: &Row<'_>,
        column: usize,
        held: &mut Vec<(&'t FeatureKey, Held)>,
    ) -> Result<(), Fault> {
        let feature: Option<i64> = row.get(column)?;
        let Some(key) = feature.and_then(|feature| self.features.get(&feature)) else {
            return Ok(());
        };
        let effect = effect(row.get(column + 1)?, row.get(column + 2)?)?;
        let over = Override {
            effect,
            reason: None,
            starts: time(row.get(column + 3)?)?,
            expires: time(row.get(column + 4)?)?,
        };
        let revision = Revision::UNKNOWN;
        held.push((key, Held { over, revision }));
        Ok(())
    }
}

/// A plan by its row and its key.
pub(super) type OnPlan<'t> = Option<(i64, &'t PlanKey)>;

/// The rows of one table that belong to subjects, in the order of the subjects' numbers.
pub(super) struct Belongings<'s> {
    rows: Rows<'s>,
    /// Whose the row is that comes next.
    next: Option<i64>,
}

impl<'s> Belongings<'s> {
    pub(super) fn new(rows: Rows<'s>) -> Result<Self, Fault> {
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
    pub(super) fn each(
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
