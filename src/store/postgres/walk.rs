//! Walking through all subjects or overrides: millions of rows, a page of them in memory.
//!
//! A page begins behind the name where the one before it ended, which is found by the index, and
//! what belongs to its subjects comes by their rows. Between two pages nothing is held, so a visitor
//! may ask whatever it likes.

use std::collections::HashMap;
use std::ops::ControlFlow;

use tokio_postgres::Row;

use super::datum::column;
use super::definitions::keys;
use super::fault::Fault;
use super::subjects::{ORGANIZATION, USER, held, label, plan, target};
use super::view::View;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::store::rows::parsed;
use crate::store::{Scope, Visit};

/// So many subjects make a page.
const PAGE: usize = 1000;
/// So many members make a page.
const MEMBERS_OF_A_PAGE: usize = 10_000;

const SUBJECTS: &str = "SELECT s.id, s.name, s.label, p.key FROM subject s \
     LEFT JOIN plan p ON p.id = s.plan_id \
     WHERE s.kind = $1 AND s.name > $2 ORDER BY s.name LIMIT 1000";
const JOINED: &str = "SELECT m.user_id, o.name FROM membership m \
     JOIN subject o ON o.id = m.organization_id WHERE m.user_id = ANY($1)";
const TARGETS: &str = "SELECT subject_id, type, id FROM subject_target WHERE subject_id = ANY($1)";
const MEMBERS: &str = "SELECT u.name, m.user_id FROM subject o JOIN membership m ON m.organization_id = o.id \
     JOIN subject u ON u.id = m.user_id WHERE o.kind = 1 AND o.name = $1 AND m.user_id > $2 \
     ORDER BY m.user_id LIMIT 10000";
const OVERRIDES: &str = "SELECT o.subject_id, f.key, o.granted, o.value, o.reason, o.starts, \
     o.expires, o.revision FROM \"override\" o JOIN feature f ON f.id = o.feature_id \
     WHERE o.subject_id = ANY($1)";
const SOME_OVERRIDES: &str = "SELECT o.subject_id, f.key, o.granted, o.value, o.reason, o.starts, \
     o.expires, o.revision FROM \"override\" o JOIN feature f ON f.id = o.feature_id \
     WHERE o.subject_id = ANY($1) AND f.key = ANY($2)";

/// What belongs to the subjects of a page, by their rows.
type Belonging<T> = HashMap<i64, Vec<T>>;

/// A page of subjects, and where the next one begins.
struct Page {
    rows: Vec<Row>,
    numbers: Vec<i64>,
}

impl View<'_> {
    pub(super) fn walk_users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), Fault> {
        self.walk_pages(USER, after, &mut |page| {
            let numbers = [page.numbers.clone().into()];
            let answers = self.ask_all(&[(JOINED, &numbers), (TARGETS, &numbers)])?;
            let [joined, targets] = &answers[..] else {
                return Ok(ControlFlow::Break(()));
            };
            let mut joined = belonging(joined, |row| Ok(parsed(column(row, 1)?, "subject")?))?;
            let mut targets = belonging(targets, |row| target(row, 1))?;
            for (row, number) in page.rows.iter().zip(&page.numbers) {
                let user = User {
                    email: label(row, 2)?,
                    plan: plan(row, 3)?,
                    organizations: joined.remove(number).into_iter().flatten().collect(),
                    targets: targets.remove(number).into_iter().flatten().collect(),
                };
                if visit((parsed(column(row, 1)?, "subject")?, user)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
        .map(drop)
    }

    pub(super) fn walk_organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), Fault> {
        self.walk_pages(ORGANIZATION, after, &mut |page| {
            let targets = self.ask(TARGETS, &[page.numbers.clone().into()])?;
            let mut targets = belonging(&targets, |row| target(row, 1))?;
            for (row, number) in page.rows.iter().zip(&page.numbers) {
                let organization = Organization {
                    name: label(row, 2)?,
                    plan: plan(row, 3)?,
                    targets: targets.remove(number).into_iter().flatten().collect(),
                };
                if visit((parsed(column(row, 1)?, "subject")?, organization)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
        .map(drop)
    }

    /// The subjects of a kind, page by page, in the order of their names.
    fn walk_pages(
        &self,
        kind: i64,
        after: Option<&Id>,
        each: &mut dyn FnMut(&Page) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<ControlFlow<()>, Fault> {
        let mut after = after.map_or(String::new(), |id| id.as_str().to_owned());
        loop {
            let rows = self.ask(SUBJECTS, &[kind.into(), after.as_str().into()])?;
            let Some(last) = rows.last() else {
                return Ok(ControlFlow::Continue(()));
            };
            after = column(last, 1)?;
            let is_last = rows.len() < PAGE;
            let numbers = rows.iter().map(|row| column(row, 0));
            let page = Page {
                numbers: numbers.collect::<Result<_, _>>()?,
                rows,
            };
            if each(&page)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            if is_last {
                return Ok(ControlFlow::Continue(()));
            }
        }
    }

    pub(super) fn walk_members(
        &self,
        organization: &Id,
        visit: &mut Visit<'_, Id>,
    ) -> Result<(), Fault> {
        let mut members: Vec<Id> = Vec::new();
        let mut after = 0;
        loop {
            let rows = self.ask(MEMBERS, &[organization.as_str().into(), after.into()])?;
            for row in &rows {
                members.push(parsed(column(row, 0)?, "user")?);
            }
            match rows.last() {
                Some(last) if rows.len() == MEMBERS_OF_A_PAGE => after = column(last, 1)?,
                _ => break,
            }
        }
        members.sort_unstable();
        for member in members {
            if visit(member).is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn walk_overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), Fault> {
        let kinds: &[(i64, Option<&Id>)] = match after {
            None => &[(USER, None), (ORGANIZATION, None)],
            Some(SubjectId::User(id)) => &[(USER, Some(id)), (ORGANIZATION, None)],
            Some(SubjectId::Organization(id)) => &[(ORGANIZATION, Some(id))],
        };
        for (kind, behind) in kinds {
            let walked = self.walk_pages(*kind, *behind, &mut |page| {
                let numbers = page.numbers.clone().into();
                let rows = match scope {
                    Scope::All => self.ask(OVERRIDES, &[numbers])?,
                    Scope::Features(_) => self.ask(SOME_OVERRIDES, &[numbers, keys(scope)])?,
                };
                let mut held = belonging(&rows, |row| {
                    let key: FeatureKey = parsed(column(row, 1)?, "feature's key")?;
                    Ok((key, held(row, 2)?))
                })?;
                for (row, number) in page.rows.iter().zip(&page.numbers) {
                    let Some(mut held) = held.remove(number) else {
                        continue;
                    };
                    held.sort_by(|(a, _), (b, _)| a.cmp(b));
                    let id: Id = parsed(column(row, 1)?, "subject")?;
                    let subject = match *kind {
                        USER => SubjectId::User(id),
                        _ => SubjectId::Organization(id),
                    };
                    for (key, held) in held {
                        if visit((subject.clone(), key, held)).is_break() {
                            return Ok(ControlFlow::Break(()));
                        }
                    }
                }
                Ok(ControlFlow::Continue(()))
            })?;
            if walked.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Sorts rows by whom they belong to, which is their first column.
fn belonging<T>(
    rows: &[Row],
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Belonging<T>, Fault> {
    let mut belonging: Belonging<T> = HashMap::new();
    for row in rows {
        let owner = column(row, 0)?;
        belonging.entry(owner).or_default().push(read(row)?);
    }
    Ok(belonging)
}
