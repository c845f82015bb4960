//! Telling of all subjects what the resolver reads of them, page by page in the order of their rows.
//!
//! What belongs to the subjects of a page lies in the same stretch of its table, and comes in one
//! trip. Organizations are asked for where a user of the page belongs to them, and the last ones
//! kept.

mod belongings;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use tokio_postgres::Row;

use super::datum::{Datum, column};
use super::fault::Fault;
use super::subjects::USER;
use super::view::View;
use crate::domain::brief::{Brief, PartyBrief};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::{Id, ListId};
use crate::store::gather::names_anybody;
use crate::store::rows::parsed;
use crate::store::{Alone, Among, Look, LookAlone, Scope};
use belongings::Belongings;

/// So many subjects make a page.
const PAGE: usize = 2000;
/// How much of organizations is kept, counted in identifiers, overrides and lists: some tens of
/// megabytes.
const KEPT: usize = 250_000;

const SUBJECTS: &str = "SELECT id, kind, name, plan_id FROM subject WHERE id > $1 \
     ORDER BY id LIMIT 2000";
const ON_PLANS: &str = "SELECT id, kind, name, plan_id FROM subject WHERE id > $1 \
     AND plan_id = ANY($2) ORDER BY id LIMIT 2000";
const SOME: &str = "SELECT id, kind, name, plan_id FROM subject WHERE id = ANY($1)";
const ANY_ON: &str = "SELECT count(*) FROM subject WHERE kind = 1 AND plan_id = ANY($1)";

/// The definitions by their rows.
struct Tables {
    features: HashMap<i64, FeatureKey>,
    plans: HashMap<i64, PlanKey>,
    /// Whether any rule names targets, so that lists are worth asking for.
    names_anybody: bool,
    /// Whether every feature is in scope.
    is_whole: bool,
}

/// One who brings a plan, overrides and lists.
struct Member {
    id: Id,
    plan: Option<i64>,
    overrides: Vec<(i64, Held)>,
    lists: Vec<ListId>,
    has_targets: bool,
}

/// A subject with the organizations it belongs to, in the order of their identifiers.
struct Whole {
    own: Member,
    is_user: bool,
    joined: Vec<Rc<Member>>,
}

/// Called once for each subject with all that is known of it.
type Each<'e> = dyn FnMut(&Tables, Whole) -> Result<ControlFlow<()>, Fault> + 'e;

impl View<'_> {
    pub(super) fn walk_briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), Fault> {
        self.walk_whole(scope, among, &mut |tables, whole| {
            tables.tell(&whole, among, visit)
        })
    }

    /// The same walk, in which nothing of an organization is told with its users.
    pub(super) fn walk_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), Fault> {
        self.walk_whole(Scope::All, Among::All, &mut |tables, whole| {
            Ok(visit(&tables.alone(whole)?))
        })
    }

    fn walk_whole(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        each: &mut Each<'_>,
    ) -> Result<(), Fault> {
        let definitions = self.read_scope(scope)?;
        let tables = Tables {
            names_anybody: names_anybody(&definitions.catalog),
            features: definitions.features,
            plans: definitions.plans,
            is_whole: matches!(scope, Scope::All),
        };
        let wanted = self.only_on(&tables, among)?;
        let mut organizations = Organizations::default();
        let mut after = i64::MIN;
        loop {
            let rows = match &wanted {
                None => self.ask(SUBJECTS, &[after.into()])?,
                Some(plans) => self.ask(ON_PLANS, &[after.into(), plans.clone().into()])?,
            };
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = column(last, 0)?;
            let mut page = self.belongings(&tables, &rows)?;
            organizations.bring(self, &tables, &page)?;
            for row in &rows {
                let number = column(row, 0)?;
                let mut joined = organizations.joined(&mut page, number)?;
                joined.sort_unstable_by(|a, b| a.id.cmp(&b.id));
                let whole = Whole {
                    own: member(row, &mut page)?,
                    is_user: column::<i64>(row, 1)? == USER,
                    joined,
                };
                if each(&tables, whole)?.is_break() {
                    return Ok(());
                }
            }
            if rows.len() < PAGE {
                return Ok(());
            }
        }
    }

    /// The rows of the plans that are looked for, where no organization shares any with its users:
    /// those on them are then known by their own rows.
    fn only_on(&self, tables: &Tables, among: Among<'_>) -> Result<Option<Vec<i64>>, Fault> {
        let Among::OnPlans(wanted) = among else {
            return Ok(None);
        };
        let rows = tables.plans.iter();
        let rows = rows.filter(|(_, key)| wanted.contains(key));
        let rows: Vec<i64> = rows.map(|(row, _)| *row).collect();
        let shared = self.ask(ANY_ON, &[rows.clone().into()])?;
        let shared: i64 = shared.first().map_or(Ok(0), |row| column(row, 0))?;
        Ok((shared == 0).then_some(rows))
    }
}

fn member(row: &Row, page: &mut Belongings) -> Result<Member, Fault> {
    let number = column(row, 0)?;
    let mut lists = page.lists.remove(&number).unwrap_or_default();
    lists.sort_unstable();
    lists.dedup();
    Ok(Member {
        id: parsed(column(row, 2)?, "subject")?,
        plan: column(row, 3)?,
        overrides: page.overrides.remove(&number).unwrap_or_default(),
        lists,
        has_targets: page.targeted.contains(&number),
    })
}

/// The organizations that a walk meets.
#[derive(Default)]
struct Organizations {
    kept: HashMap<i64, Rc<Member>>,
    size: usize,
}

impl Organizations {
    /// Asks for those of a page that are not kept.
    fn bring(&mut self, view: &View<'_>, tables: &Tables, page: &Belongings) -> Result<(), Fault> {
        if self.size > KEPT {
            self.kept.clear();
            self.size = 0;
        }
        let mut lacking: Vec<i64> = page.joined.values().flatten().copied().collect();
        lacking.sort_unstable();
        lacking.dedup();
        lacking.retain(|row| !self.kept.contains_key(row));
        for lacking in lacking.chunks(PAGE) {
            let asked: [Datum<'_>; 1] = [lacking.to_vec().into()];
            let rows = view.ask(SOME, &asked)?;
            let mut belongings = view.belongings_of(tables, lacking)?;
            for row in &rows {
                let member = member(row, &mut belongings)?;
                self.size += 1 + member.overrides.len() + member.lists.len();
                self.kept.insert(column(row, 0)?, Rc::new(member));
            }
        }
        Ok(())
    }

    fn joined(&self, page: &mut Belongings, number: i64) -> Result<Vec<Rc<Member>>, Fault> {
        let joined = page.joined.remove(&number).unwrap_or_default();
        let found = joined.iter().map(|row| match self.kept.get(row) {
            Some(organization) => Ok(Rc::clone(organization)),
            None => Err(Fault::Damaged(format!("there is no subject {row}"))),
        });
        found.collect()
    }
}

impl Tables {
    fn plan(&self, row: Option<i64>) -> Result<Option<&PlanKey>, Fault> {
        let Some(row) = row else {
            return Ok(None);
        };
        match self.plans.get(&row) {
            Some(key) => Ok(Some(key)),
            None => Err(Fault::Damaged(format!("there is no plan {row}"))),
        }
    }

    /// The overrides whose features are in scope, by their keys.
    fn overrides(&self, member: &Member) -> Vec<(&FeatureKey, Held)> {
        let keyed = member.overrides.iter().filter_map(|(feature, held)| {
            let key = self.features.get(feature)?;
            Some((key, held.clone()))
        });
        keyed.collect()
    }

    fn alone(&self, whole: Whole) -> Result<Alone, Fault> {
        let overrides = self.overrides(&whole.own).into_iter();
        let overrides = overrides.map(|(key, held)| (key.clone(), held)).collect();
        let Member {
            id,
            plan,
            lists,
            has_targets,
            ..
        } = whole.own;
        Ok(Alone {
            subject: match whole.is_user {
                true => SubjectId::User(id),
                false => SubjectId::Organization(id),
            },
            plan: self.plan(plan)?.cloned(),
            organizations: whole.joined.iter().map(|one| one.id.clone()).collect(),
            lists,
            has_targets,
            overrides,
        })
    }

    /// Puts a subject and its organizations together.
    fn tell(
        &self,
        whole: &Whole,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<ControlFlow<()>, Fault> {
        let parties = std::iter::once(&whole.own).chain(whole.joined.iter().map(|one| &**one));
        let held: Vec<_> = parties.clone().map(|party| self.overrides(party)).collect();
        let mut briefs = Vec::with_capacity(held.len());
        for (party, overrides) in parties.zip(&held) {
            briefs.push(PartyBrief {
                id: &party.id,
                plan: self.plan(party.plan)?,
                overrides,
            });
        }
        let mut lists = whole.own.lists.clone();
        lists.extend(whole.joined.iter().flat_map(|one| &one.lists));
        lists.sort_unstable();
        lists.dedup();
        let brief = match briefs.split_first() {
            Some((own, joined)) if whole.is_user => Brief {
                user: Some(*own),
                organizations: joined,
                lists: &lists,
            },
            _ => Brief {
                user: None,
                organizations: &briefs,
                lists: &lists,
            },
        };
        Ok(match among.includes(&brief) {
            true => visit(&brief),
            false => ControlFlow::Continue(()),
        })
    }
}
