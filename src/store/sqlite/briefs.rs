//! Telling of all subjects what the resolver reads of them: one pass, and memory for a few.
//!
//! Subjects, overrides, memberships and custom targets lie sorted by the subjects' numbers, so
//! each is read once, by a cursor of its own, and the cursors keep pace. That takes half the time
//! of a question for each subject, and the rows come in no other order than that of the file.
//! Organizations are asked for where a user belongs to them, and the last ones kept.

mod course;
mod organizations;
mod tables;

use std::ops::ControlFlow;
use std::rc::Rc;

use super::definitions::text;
use super::fault::Fault;
use super::subjects::USER;
use super::view::{View, parsed};
use crate::domain::brief::{Brief, PartyBrief};
use crate::domain::subject::SubjectId;
use crate::domain::target::ListId;
use crate::store::{Alone, Among, Look, LookAlone, Scope};
use course::Course;
use organizations::{Organization, Walk};
use tables::{Belongings, Tables};

const MEMBERSHIPS: &str = "SELECT user_id, organization_id FROM membership ORDER BY user_id";
const TARGETS: &str = "SELECT subject_id, type, id FROM subject_target ORDER BY subject_id";

/// What walks through whole tables, in the order of the subjects' numbers, and must not sort.
#[cfg(test)]
pub(super) const PASSES: &[&str] = &[
    course::SUBJECTS,
    course::ON_PLAN,
    tables::OVERRIDES,
    tables::OVERRIDES_FOR,
    MEMBERSHIPS,
    TARGETS,
];
/// A pass that searches at each step.
#[cfg(test)]
pub(super) const SEARCHING_PASS: &str = course::JOINED;
/// What must never walk through a table.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[
    course::FIRST_OVERRIDES,
    organizations::SUBJECT,
    organizations::OVERRIDES_OF,
    organizations::TARGETS_OF,
    organizations::ANY_ON,
];

impl View<'_> {
    pub(super) fn walk_briefs(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        visit: &mut Look<'_>,
    ) -> Result<(), Fault> {
        self.walk_whole(scope, among, &mut |whole| tell(whole, visit))
    }

    /// The same walk, in which nothing of an organization is told with its users.
    pub(super) fn walk_alone(&self, visit: &mut LookAlone<'_>) -> Result<(), Fault> {
        self.walk_whole(Scope::All, Among::All, &mut |whole| visit(&whole.alone()))
    }

    fn walk_whole(
        &self,
        scope: Scope<'_>,
        among: Among<'_>,
        each: &mut dyn FnMut(Whole<'_, '_>) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        let tables = Tables::new(self, scope)?;
        let mut walk = Walk::new(self, &tables, scope, among)?;
        let course = Course::new(self, &tables, walk.one_plan()?)?;
        let mut subjects = self.prepare_cached(course.statement())?;
        let mut subjects = course.query(&mut subjects)?;
        let mut overrides = self.prepare_cached(tables.statement())?;
        let mut overrides = match course {
            Course::Joined { .. } => None,
            _ => Some(Belongings::new(tables.query(&mut overrides)?)?),
        };
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
                joined.push(walk.organization(row.get(1)?)?);
                Ok(())
            })?;
            if !walk.includes(plan, &joined) {
                continue;
            }
            own.clear();
            match &mut overrides {
                Some(overrides) => overrides.each(number, |row| tables.hold(row, 1, &mut own))?,
                None => tables.hold(row, 4, &mut own)?,
            }
            let id = parsed(text(row, 2)?, "subject")?;
            let is_user = row.get::<_, i64>(1)? == USER;
            let mut lists = walk.naming.lists(is_user, &id)?;
            let mut has_targets = false;
            targets.each(number, |row| {
                has_targets = true;
                walk.naming.extend(row, &mut lists)
            })?;
            joined.sort_unstable_by(|a, b| a.id.cmp(&b.id));
            lists.sort_unstable();
            lists.dedup();
            let own = PartyBrief {
                id: &id,
                plan: plan.map(|(_, key)| key),
                overrides: &own,
            };
            let whole = Whole {
                own,
                is_user,
                joined,
                lists,
                has_targets,
            };
            if each(whole) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

/// A subject with the organizations it belongs to.
struct Whole<'r, 't> {
    own: PartyBrief<'r>,
    is_user: bool,
    /// In the order of their identifiers.
    joined: Vec<Rc<Organization<'t>>>,
    /// Those that name the subject itself, or a custom target of its own; sorted.
    lists: Vec<ListId>,
    has_targets: bool,
}

impl Whole<'_, '_> {
    fn alone(self) -> Alone {
        let id = self.own.id.clone();
        let overrides = self.own.overrides.iter();
        Alone {
            subject: match self.is_user {
                true => SubjectId::User(id),
                false => SubjectId::Organization(id),
            },
            plan: self.own.plan.cloned(),
            organizations: self.joined.iter().map(|one| one.id.clone()).collect(),
            lists: self.lists,
            has_targets: self.has_targets,
            overrides: overrides
                .map(|(key, held)| ((*key).clone(), held.clone()))
                .collect(),
        }
    }
}

/// Puts a subject and its organizations together.
fn tell(whole: Whole<'_, '_>, visit: &mut Look<'_>) -> ControlFlow<()> {
    let Whole {
        own,
        is_user,
        joined,
        mut lists,
        has_targets: _,
    } = whole;
    if !is_user {
        return visit(&Brief {
            user: None,
            organizations: &[own],
            lists: &lists,
        });
    }
    let mut organizations = Vec::with_capacity(joined.len());
    for organization in &joined {
        lists.extend(&organization.lists);
        organizations.push(PartyBrief {
            id: &organization.id,
            plan: organization.plan.map(|(_, key)| key),
            overrides: &organization.overrides,
        });
    }
    if !joined.is_empty() {
        lists.sort_unstable();
        lists.dedup();
    }
    visit(&Brief {
        user: Some(own),
        organizations: &organizations,
        lists: &lists,
    })
}
