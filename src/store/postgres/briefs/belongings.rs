//! What belongs to some subjects: those of a stretch of rows, or single ones.

use std::collections::{HashMap, HashSet};

use tokio_postgres::Row;

use super::Tables;
use crate::domain::catalog::Revision;
use crate::domain::overrides::Override;
use crate::domain::subject::Held;
use crate::domain::target::ListId;
use crate::store::postgres::datum::{Datum, column};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::session::Ask;
use crate::store::postgres::view::View;
use crate::store::rows::{effect, natural, time};

// Each is asked for a stretch of subjects, or for some.
macro_rules! of_subjects {
    ($whose:literal, $select:literal) => {
        [
            concat!($select, " WHERE ", $whose, " BETWEEN $1 AND $2"),
            concat!($select, " WHERE ", $whose, " = ANY($1)"),
        ]
    };
}

const OVERRIDES: [&str; 2] = of_subjects!(
    "subject_id",
    "SELECT subject_id, feature_id, granted, value, starts, expires FROM \"override\""
);
/// The same of some features.
const SOME_OVERRIDES: [&str; 2] = [
    "SELECT subject_id, feature_id, granted, value, starts, expires FROM \"override\" \
     WHERE subject_id BETWEEN $1 AND $2 AND feature_id = ANY($3)",
    "SELECT subject_id, feature_id, granted, value, starts, expires FROM \"override\" \
     WHERE subject_id = ANY($1) AND feature_id = ANY($2)",
];
const MEMBERSHIPS: [&str; 2] =
    of_subjects!("user_id", "SELECT user_id, organization_id FROM membership");
const TARGETS: [&str; 2] = of_subjects!(
    "subject_id",
    "SELECT DISTINCT subject_id FROM subject_target"
);
const NAMED: [&str; 2] = of_subjects!(
    "s.id",
    "SELECT s.id, n.list FROM subject s JOIN named n \
     ON n.type = CASE s.kind WHEN 0 THEN 'user' ELSE 'organization' END AND n.id = s.name"
);
const TARGETS_NAMED: [&str; 2] = of_subjects!(
    "t.subject_id",
    "SELECT t.subject_id, n.list FROM subject_target t JOIN named n \
     ON n.type = t.type AND n.id = t.id"
);

/// What belongs to subjects, by their rows.
#[derive(Default)]
pub(super) struct Belongings {
    pub(super) overrides: HashMap<i64, Vec<(i64, Held)>>,
    pub(super) joined: HashMap<i64, Vec<i64>>,
    pub(super) lists: HashMap<i64, Vec<ListId>>,
    /// Who has custom targets.
    pub(super) targeted: HashSet<i64>,
}

impl View<'_> {
    /// What belongs to the subjects of a page, which is in the order of their rows.
    pub(super) fn belongings(&self, tables: &Tables, page: &[Row]) -> Result<Belongings, Fault> {
        let (Some(first), Some(last)) = (page.first(), page.last()) else {
            return Ok(Belongings::default());
        };
        let (first, last): (i64, i64) = (column(first, 0)?, column(last, 0)?);
        let length = i64::try_from(page.len()).unwrap_or(i64::MAX);
        if last - first >= length.saturating_mul(4) {
            // Far apart, others lie between them.
            let numbers = page.iter().map(|row| column(row, 0));
            return self.belongings_of(tables, &numbers.collect::<Result<Vec<_>, _>>()?);
        }
        self.ask_for(tables, 0, &[first.into(), last.into()])
    }

    /// What belongs to some subjects.
    pub(super) fn belongings_of(
        &self,
        tables: &Tables,
        numbers: &[i64],
    ) -> Result<Belongings, Fault> {
        self.ask_for(tables, 1, &[numbers.to_vec().into()])
    }

    fn ask_for(
        &self,
        tables: &Tables,
        way: usize,
        whom: &[Datum<'_>],
    ) -> Result<Belongings, Fault> {
        let mut with_features = whom.to_vec();
        with_features.push(tables.features.keys().copied().collect::<Vec<_>>().into());
        let overrides: Ask<'_> = match tables.is_whole {
            true => (OVERRIDES[way], whom),
            false => (SOME_OVERRIDES[way], &with_features),
        };
        let mut asked = vec![overrides, (MEMBERSHIPS[way], whom), (TARGETS[way], whom)];
        if tables.names_anybody {
            asked.extend([(NAMED[way], whom), (TARGETS_NAMED[way], whom)]);
        }
        let answers = self.ask_all(&asked)?;
        let [overrides, joined, targeted, named @ ..] = &answers[..] else {
            return Err(Fault::Damaged(
                "what belongs to subjects did not come".to_owned(),
            ));
        };
        let mut found = Belongings::default();
        for row in overrides {
            let held = (column(row, 1)?, held(row)?);
            found
                .overrides
                .entry(column(row, 0)?)
                .or_default()
                .push(held);
        }
        for row in joined {
            let organization = column(row, 1)?;
            found
                .joined
                .entry(column(row, 0)?)
                .or_default()
                .push(organization);
        }
        for row in targeted {
            found.targeted.insert(column(row, 0)?);
        }
        for row in named.iter().flatten() {
            let list = ListId(natural(column(row, 1)?)?);
            found.lists.entry(column(row, 0)?).or_default().push(list);
        }
        Ok(found)
    }
}

/// An override with neither reason nor revision.
fn held(row: &Row) -> Result<Held, Fault> {
    Ok(Held {
        over: Override {
            effect: effect(column(row, 2)?, column(row, 3)?)?,
            reason: None,
            starts: time(column(row, 4)?)?,
            expires: time(column(row, 5)?)?,
        },
        revision: Revision::UNKNOWN,
    })
}
