//! Reading one subject: the questions that a check asks, each a few steps down an index.
//!
//! Preparing a statement costs more than running it, so what is asked together is one statement.

use rusqlite::{OptionalExtension, Row};

use super::definitions::text;
use super::fault::Fault;
use super::view::{View, parsed, revision};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, Target, TargetType};
use crate::domain::text::{Name, Reason};
use crate::store::Scope;
pub(super) use crate::store::roll::{ORGANIZATION, USER};
pub(super) use crate::store::rows::{effect, time};

const SUBJECT: &str = "SELECT id, label, plan_id FROM subject WHERE kind = ?1 AND name = ?2";
const ROW: &str = "SELECT id FROM subject WHERE kind = ?1 AND name = ?2";
/// The rows of organizations (without a type) and custom targets.
pub(super) const BELONGINGS: &str = "SELECT NULL, organization_id FROM membership \
     WHERE user_id = ?1 UNION ALL SELECT type, id FROM subject_target WHERE subject_id = ?1";
const NAME: &str = "SELECT name FROM subject WHERE id = ?1";
const OVERRIDES: &str = "SELECT f.key, o.granted, o.value, o.reason, o.starts, o.expires, \
     o.revision FROM \"override\" o CROSS JOIN feature f ON f.id = o.feature_id \
     WHERE o.subject_id = ?1";
const OVERRIDE: &str = "SELECT granted, value, reason, starts, expires, revision \
     FROM \"override\" WHERE subject_id = ?1 AND feature_id = ?2";

/// What must never walk through a table.
#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[SUBJECT, ROW, BELONGINGS, NAME, OVERRIDES, OVERRIDE];

/// What a subject's own row says.
pub(super) struct Found {
    pub(super) row: i64,
    pub(super) label: Option<Name>,
    pub(super) plan: Option<PlanKey>,
}

/// Which subjects a statement is about.
pub(super) fn kind(subject: &SubjectId) -> i64 {
    match subject {
        SubjectId::User(_) => USER,
        SubjectId::Organization(_) => ORGANIZATION,
    }
}

impl View<'_> {
    pub(super) fn read_user(&self, id: &Id) -> Result<Option<User>, Fault> {
        let subject = SubjectId::User(id.clone());
        let found = self.find(&subject)?;
        found.map(|found| self.user_of(found)).transpose()
    }

    pub(super) fn read_organization(&self, id: &Id) -> Result<Option<Organization>, Fault> {
        let subject = SubjectId::Organization(id.clone());
        let found = self.find(&subject)?;
        found.map(|found| self.organization_of(found)).transpose()
    }

    /// The user whose row was found, with its organizations and targets.
    pub(super) fn user_of(&self, found: Found) -> Result<User, Fault> {
        let mut user = User {
            email: found.label,
            plan: found.plan,
            ..User::default()
        };
        let mut statement = self.prepare_cached(BELONGINGS)?;
        let mut rows = statement.query([found.row])?;
        while let Some(row) = rows.next()? {
            match target_type(row)? {
                None => user.organizations.insert(self.name_of(row.get(1)?)?),
                Some(target_type) => user.targets.insert(target(target_type, row)?),
            };
        }
        Ok(user)
    }

    /// The organization whose row was found, with its targets.
    pub(super) fn organization_of(&self, found: Found) -> Result<Organization, Fault> {
        let mut organization = Organization {
            name: found.label,
            plan: found.plan,
            ..Organization::default()
        };
        let mut statement = self.prepare_cached(BELONGINGS)?;
        let mut rows = statement.query([found.row])?;
        while let Some(row) = rows.next()? {
            if let Some(target_type) = target_type(row)? {
                organization.targets.insert(target(target_type, row)?);
            }
        }
        Ok(organization)
    }

    /// The identifier of the subject in a row.
    fn name_of(&self, row: i64) -> Result<Id, Fault> {
        let mut statement = self.prepare_cached(NAME)?;
        let mut rows = statement.query([row])?;
        match rows.next()? {
            Some(row) => Ok(parsed(text(row, 0)?, "subject")?),
            None => Err(Fault::Damaged(format!("there is no subject {row}"))),
        }
    }

    /// What a subject's row says: its number, label and plan, from `column` on.
    pub(super) fn found(&self, row: &Row<'_>, column: usize) -> Result<Found, Fault> {
        let label: Option<String> = row.get(column + 1)?;
        let plan: Option<i64> = row.get(column + 2)?;
        Ok(Found {
            row: row.get(column)?,
            label: label.map(|text| parsed(&text, "name")).transpose()?,
            plan: plan.map(|plan| self.plan_key(plan)).transpose()?,
        })
    }

    fn find(&self, subject: &SubjectId) -> Result<Option<Found>, Fault> {
        let mut statement = self.prepare_cached(SUBJECT)?;
        let mut rows = statement.query((kind(subject), subject.id().as_str()))?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let found = self.found(row, 0)?;
        self.known.borrow_mut().subject = Some((subject.clone(), found.row));
        Ok(Some(found))
    }

    /// The subject's row.
    pub(super) fn row_of(&self, subject: &SubjectId) -> Result<Option<i64>, Fault> {
        if let Some((last, row)) = &self.known.borrow().subject
            && last == subject
        {
            return Ok(Some(*row));
        }
        let mut statement = self.prepare_cached(ROW)?;
        let row = statement
            .query_row((kind(subject), subject.id().as_str()), |row| row.get(0))
            .optional()?;
        if let Some(row) = row {
            self.known.borrow_mut().subject = Some((subject.clone(), row));
        }
        Ok(row)
    }

    pub(super) fn read_overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, Fault> {
        let Some(subject) = self.row_of(subject)? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        match scope {
            Scope::All => {
                let mut statement = self.prepare_cached(OVERRIDES)?;
                let mut rows = statement.query([subject])?;
                while let Some(row) = rows.next()? {
                    found.push((parsed(text(row, 0)?, "feature's key")?, held(row, 1)?));
                }
            }
            Scope::Features(keys) => {
                let mut statement = self.prepare_cached(OVERRIDE)?;
                for key in keys {
                    let Some(feature) = self.feature_row(key)? else {
                        continue;
                    };
                    let mut rows = statement.query((subject, feature))?;
                    if let Some(row) = rows.next()? {
                        found.push((key.clone(), held(row, 0)?));
                    }
                }
            }
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.dedup_by(|(a, _), (b, _)| a == b);
        Ok(found)
    }
}

/// The type of a target among [`BELONGINGS`]; nothing for an organization.
pub(super) fn target_type(row: &Row<'_>) -> Result<Option<TargetType>, Fault> {
    let found: Option<String> = row.get(0)?;
    let found = found.map(|found| parsed(&found, "target's type"));
    Ok(found.transpose()?)
}

/// The target that a row of [`BELONGINGS`] names.
pub(super) fn target(target_type: TargetType, row: &Row<'_>) -> Result<Target, Fault> {
    let id = parsed(text(row, 1)?, "target")?;
    Ok(Target { target_type, id })
}

/// An override: granted, value, reason, starts, expires and revision, from `column` on.
pub(super) fn held(row: &Row<'_>, column: usize) -> Result<Held, Fault> {
    let effect = effect(row.get(column)?, row.get(column + 1)?)?;
    let reason: Option<String> = row.get(column + 2)?;
    let reason = reason.map(|text| parsed::<Reason>(&text, "reason"));
    let over = Override {
        effect,
        reason: reason.transpose()?,
        starts: time(row.get(column + 3)?)?,
        expires: time(row.get(column + 4)?)?,
    };
    let revision = revision(row.get(column + 5)?)?;
    Ok(Held { over, revision })
}
