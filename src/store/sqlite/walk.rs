//! Walking through all subjects or overrides: millions of rows, a few in memory at a time.
//!
//! The outer statement follows the index of the subjects' names; what belongs to one subject is
//! asked for with its row, never joined, which would repeat the subject for each part.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::definitions::text;
use super::fault::Fault;
use super::subjects::{BELONGINGS, Found, ORGANIZATION, USER, held, target, target_type};
use super::view::{View, parsed};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, Party, SubjectId, SubjectRecord, User};
use crate::domain::target::{Id, ListId};
use crate::store::gather::names_anybody;
use crate::store::{Scope, Visit};

const SUBJECTS: &str = "SELECT name, id, label, plan_id FROM subject \
     WHERE kind = ?1 AND name > ?2 ORDER BY name";
const MEMBERS: &str = "SELECT u.name FROM membership m CROSS JOIN subject u ON u.id = m.user_id \
     WHERE m.organization_id = (SELECT id FROM subject WHERE kind = 1 AND name = ?1)";
const OVERRIDES: &str = "SELECT s.kind, s.name, o.subject_id, o.feature_id, o.granted, o.value, \
     o.reason, o.starts, o.expires, o.revision FROM subject s CROSS JOIN \"override\" o \
     ON o.subject_id = s.id ORDER BY s.kind, s.name";
const OVERRIDES_OF: &str = "SELECT feature_id, granted, value, reason, starts, expires, revision \
     FROM \"override\" WHERE subject_id = ?1";
const ORGANIZATIONS_OF: &str = "SELECT organization_id FROM membership WHERE user_id = ?1";
const FEATURES: &str = "SELECT id, key FROM feature";

/// What may walk through one table, by an index, and must not sort.
#[cfg(test)]
pub(super) const WALKS: &[&str] = &[SUBJECTS, MEMBERS, OVERRIDES, OVERRIDES_OF, ORGANIZATIONS_OF];

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
        visit: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), Fault> {
        let keys = self.keys(scope)?;
        let mut statement = self.prepare_cached(OVERRIDES)?;
        let mut rows = statement.query([])?;
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

    pub(super) fn walk_records(
        &self,
        scope: Scope<'_>,
        visit: &mut Visit<'_, (SubjectId, SubjectRecord)>,
    ) -> Result<(), Fault> {
        let keys = self.keys(scope)?;
        let with_lists = names_anybody(&self.read_catalog(scope)?);
        let mut organizations = HashMap::new();
        let mut in_order = Vec::new();
        self.walk_subjects(ORGANIZATION, None, &mut |id, found| {
            let row = found.row;
            in_order.push(row);
            let subject = SubjectId::Organization(id);
            organizations.insert(row, self.bring(subject, found, &keys, with_lists)?);
            Ok(ControlFlow::Continue(()))
        })?;
        let mut stopped = false;
        self.walk_subjects(USER, None, &mut |id, found| {
            let row = found.row;
            let subject = SubjectId::User(id);
            let own = self.bring(subject.clone(), found, &keys, with_lists)?;
            let record = self.within(row, own, &organizations)?;
            let flow = visit((subject, record));
            stopped = flow.is_break();
            Ok(flow)
        })?;
        let rest = in_order.iter().filter(|_| !stopped);
        for brought in rest.filter_map(|row| organizations.remove(row)) {
            let Some(id) = brought.party.id.clone() else {
                continue;
            };
            let record = SubjectRecord {
                user: None,
                organizations: vec![brought.party],
                lists: brought.lists.into_iter().collect(),
            };
            if visit((SubjectId::Organization(id), record)) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    /// What a user or organization itself brings to its answers.
    fn bring(
        &self,
        subject: SubjectId,
        found: Found,
        keys: &Keys,
        with_lists: bool,
    ) -> Result<Brought, Fault> {
        let mut party = Party {
            id: Some(subject.id().clone()),
            plan: found.plan,
            ..Party::default()
        };
        let mut statement = self.prepare_cached(OVERRIDES_OF)?;
        let mut rows = statement.query([found.row])?;
        while let Some(row) = rows.next()? {
            if let Some(key) = keys.get(&row.get(0)?) {
                party.overrides.insert(key.clone(), held(row, 1)?);
            }
        }
        let mut lists = Vec::new();
        if with_lists {
            lists = self.read_lists_naming(&subject.target())?;
            let mut statement = self.prepare_cached(BELONGINGS)?;
            let mut rows = statement.query([found.row])?;
            while let Some(row) = rows.next()? {
                if let Some(target_type) = target_type(row)? {
                    lists.extend(self.read_lists_naming(&target(target_type, row)?)?);
                }
            }
        }
        Ok(Brought { party, lists })
    }

    /// The user together with its organizations.
    fn within(
        &self,
        user: i64,
        own: Brought,
        organizations: &HashMap<i64, Brought>,
    ) -> Result<SubjectRecord, Fault> {
        let mut lists = own.lists;
        let mut parties = Vec::new();
        let mut statement = self.prepare_cached(ORGANIZATIONS_OF)?;
        let mut rows = statement.query([user])?;
        while let Some(row) = rows.next()? {
            if let Some(organization) = organizations.get(&row.get(0)?) {
                lists.extend(&organization.lists);
                parties.push(organization.party.clone());
            }
        }
        parties.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(SubjectRecord {
            user: Some(own.party),
            organizations: parties,
            lists: lists.into_iter().collect(),
        })
    }
}

/// What one party brings: its plan and overrides, and the lists that name it or its targets.
struct Brought {
    party: Party,
    lists: Vec<ListId>,
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
