//! Walking through all subjects or overrides: millions of rows, a few in memory at a time.
//!
//! The outer statement follows the index of the subjects' names; what belongs to one subject is
//! asked for with its row, never joined, which would repeat the subject for each part.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::definitions::text;
use super::fault::Fault;
use super::subjects::{Found, ORGANIZATION, USER, held, kind};
use super::view::{View, parsed};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::store::{Scope, Visit};

const SUBJECTS: &str = "SELECT name, id, label, plan_id FROM subject \
     WHERE kind = ?1 AND name > ?2 ORDER BY name";
const MEMBERS: &str = "SELECT u.name FROM membership m CROSS JOIN subject u ON u.id = m.user_id \
     WHERE m.organization_id = (SELECT id FROM subject WHERE kind = 1 AND name = ?1)";
const OVERRIDES: &str = "SELECT s.kind, s.name, o.subject_id, o.feature_id, o.granted, o.value, \
     o.reason, o.starts, o.expires, o.revision FROM subject s CROSS JOIN \"override\" o \
     ON o.subject_id = s.id WHERE (s.kind, s.name) > (?1, ?2) ORDER BY s.kind, s.name";
pub(super) const FEATURES: &str = "SELECT id, key FROM feature";

/// What may walk through one table, by an index, and must not sort.
#[cfg(test)]
pub(super) const WALKS: &[&str] = &[SUBJECTS, MEMBERS, OVERRIDES];

/// The features in scope by their rows.
type Keys = HashMap<i64, FeatureKey>;

impl View<'_> {
    pub(super) fn walk_users(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, User)>,
    ) -> Result<(), Fault> {
        self.walk_subjects(USER, after, &mut |id, found| {
            Ok(visit((id, self.user_of(found)?)))
        })
    }

    pub(super) fn walk_organizations(
        &self,
        after: Option<&Id>,
        visit: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), Fault> {
        self.walk_subjects(ORGANIZATION, after, &mut |id, found| {
            Ok(visit((id, self.organization_of(found)?)))
        })
    }

    fn walk_subjects(
        &self,
        kind: i64,
        after: Option<&Id>,
        each: &mut dyn FnMut(Id, Found) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        let mut statement = self.prepare_cached(SUBJECTS)?;
        let after = after.map_or("", Id::as_str);
        let mut rows = statement.query((kind, after))?;
        while let Some(row) = rows.next()? {
            let id = parsed(text(row, 0)?, "subject")?;
            if each(id, self.found(row, 1)?)? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn walk_members(
        &self,
        organization: &Id,
        visit: &mut Visit<'_, Id>,
    ) -> Result<(), Fault> {
        let mut statement = self.prepare_cached(MEMBERS)?;
        let mut rows = statement.query([organization.as_str()])?;
        let mut members: Vec<Id> = Vec::new();
        while let Some(row) = rows.next()? {
            members.push(parsed(text(row, 0)?, "user")?);
        }
        members.sort_unstable();
        for member in members {
            if visit(member) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    fn keys(&self, scope: Scope<'_>) -> Result<Keys, Fault> {
        let mut statement = self.prepare_cached(FEATURES)?;
        let mut rows = statement.query([])?;
        let mut keys = Keys::new();
        while let Some(row) = rows.next()? {
            let key = parsed(text(row, 1)?, "feature's key")?;
            if scope.includes(&key) {
                keys.insert(row.get(0)?, key);
            }
        }
        Ok(keys)
    }

    pub(super) fn walk_overrides(
        &self,
        scope: Scope<'_>,
        after: Option<&SubjectId>,
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), Fault> {
        let keys = self.keys(scope)?;
        let mut statement = self.prepare_cached(OVERRIDES)?;
        // No subject has an empty name.
        let behind = after.map_or((USER, ""), |after| (kind(after), after.id().as_str()));
        let mut rows = statement.query(behind)?;
        // The rows of one subject are sorted by feature numbers, not keys.
        let mut pending: Option<(i64, SubjectId)> = None;
        let mut batch: Vec<(FeatureKey, Held)> = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(key) = keys.get(&row.get(3)?) else {
                continue;
            };
            let number: i64 = row.get(2)?;
            if pending.as_ref().is_none_or(|(last, _)| *last != number) {
                let id: Id = parsed(text(row, 1)?, "subject")?;
                let subject = match row.get::<_, i64>(0)? {
                    USER => SubjectId::User(id),
                    _ => SubjectId::Organization(id),
                };
                if let Some((_, complete)) = pending.replace((number, subject))
                    && hand_over(complete, &mut batch, visit) == ControlFlow::Break(())
                {
                    return Ok(());
                }
            }
            batch.push((key.clone(), held(row, 4)?));
        }
        if let Some((_, complete)) = pending {
            let _ = hand_over(complete, &mut batch, visit);
        }
        Ok(())
    }
}

fn hand_over(
    subject: SubjectId,
    batch: &mut Vec<(FeatureKey, Held)>,
    visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
) -> ControlFlow<()> {
    batch.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (key, held) in batch.drain(..) {
        visit((subject.clone(), key, held))?;
    }
    ControlFlow::Continue(())
}
