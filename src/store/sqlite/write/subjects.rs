//! Writing users, organizations and overrides, each compared with what the change found.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Params, params};

use super::{Write, stale};
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::{Name, counted};
use crate::domain::time::Time;
pub(super) use crate::store::rows::granted;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::history::number;
use crate::store::sqlite::subjects::{held, kind};
use crate::store::sqlite::view::natural;

const PUT: &str = "INSERT INTO subject(kind, name, label, plan_id) VALUES(?1, ?2, ?3, ?4) \
     ON CONFLICT(kind, name) DO UPDATE SET label = excluded.label, plan_id = excluded.plan_id \
     RETURNING id";
const DROP: &str = "DELETE FROM subject WHERE id = ?1";
const JOIN: &str = "INSERT INTO membership(user_id, organization_id) VALUES(?1, ?2)";
const LEAVE: &str = "DELETE FROM membership WHERE user_id = ?1 AND organization_id = ?2";
const MEMBERS: &str = "SELECT count(*) FROM membership WHERE organization_id = ?1";
const BRING: &str = "INSERT INTO subject_target(subject_id, type, id) VALUES(?1, ?2, ?3)";
const LOSE: &str = "DELETE FROM subject_target WHERE subject_id = ?1 AND type = ?2 AND id = ?3";
const OVERRIDDEN: &str = "SELECT count(*) FROM \"override\" WHERE subject_id = ?1";
pub(super) const OVERRIDE: &str = "SELECT granted, value, reason, starts, expires, revision \
     FROM \"override\" WHERE subject_id = ?1 AND feature_id = ?2";
pub(super) const PUT_OVERRIDE: &str = "INSERT OR REPLACE INTO \"override\"(subject_id, feature_id, granted, \
     value, reason, starts, expires, revision) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
pub(super) const DROP_OVERRIDE: &str =
    "DELETE FROM \"override\" WHERE subject_id = ?1 AND feature_id = ?2";

/// What must find its rows by an index however many there are.
#[cfg(test)]
pub(in crate::store::sqlite) const SEARCHES: &[&str] = &[
    PUT,
    DROP,
    JOIN,
    LEAVE,
    MEMBERS,
    BRING,
    LOSE,
    OVERRIDDEN,
    OVERRIDE,
    PUT_OVERRIDE,
    DROP_OVERRIDE,
];

impl Write<'_> {
    pub(super) fn put_user(
        &mut self,
        id: &Id,
        before: Option<&User>,
        after: Option<&User>,
    ) -> Result<(), Fault> {
        let subject = SubjectId::User(id.clone());
        if self.view.read_user(id)?.as_ref() != before {
            return Err(changed(&subject));
        }
        let nothing = User::default();
        let (old, new) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
        let row = match after {
            Some(user) => self.put_subject(&subject, user.email.as_ref(), user.plan.as_ref())?,
            None => self.leaving(&subject)?,
        };
        self.belong(row, &old.organizations, &new.organizations)?;
        self.bring(row, &old.targets, &new.targets)?;
        match after {
            Some(_) => Ok(()),
            None => self.drop_subject(row),
        }
    }

    pub(super) fn put_organization(
        &mut self,
        id: &Id,
        before: Option<&Organization>,
        after: Option<&Organization>,
    ) -> Result<(), Fault> {
        let subject = SubjectId::Organization(id.clone());
        if self.view.read_organization(id)?.as_ref() != before {
            return Err(changed(&subject));
        }
        let nothing = Organization::default();
        let (old, new) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
        let row = match after {
            Some(found) => self.put_subject(&subject, found.name.as_ref(), found.plan.as_ref())?,
            None => {
                self.nobody_belongs(id, self.known(&subject)?)?;
                self.leaving(&subject)?
            }
        };
        self.bring(row, &old.targets, &new.targets)?;
        match after {
            Some(_) => Ok(()),
            None => self.drop_subject(row),
        }
    }

    fn nobody_belongs(&self, organization: &Id, row: i64) -> Result<(), Fault> {
        let mut statement = self.view.prepare_cached(MEMBERS)?;
        let members = natural::<u64>(statement.query_row([row], |row| row.get::<_, i64>(0))?)?;
        match members {
            0 => Ok(()),
            _ => Err(Refusal::OrganizationInUse {
                organization: organization.clone(),
                members,
            }
            .into()),
        }
    }

    fn put_subject(
        &self,
        subject: &SubjectId,
        label: Option<&Name>,
        plan: Option<&PlanKey>,
    ) -> Result<i64, Fault> {
        let plan = plan.and_then(|plan| self.plans.get(plan));
        let mut statement = self.view.prepare_cached(PUT)?;
        let columns = params![
            kind(subject),
            subject.id().as_str(),
            label.map(|label| &**label),
            plan
        ];
        let row = statement.query_row(columns, |row| row.get(0))?;
        self.view.known.borrow_mut().subject = Some((subject.clone(), row));
        Ok(row)
    }

    /// The row of a subject that is to be deleted. Its overrides must have been taken away before,
    /// each by a change that can be taken back.
    fn leaving(&self, subject: &SubjectId) -> Result<i64, Fault> {
        let row = self.known(subject)?;
        let mut statement = self.view.prepare_cached(OVERRIDDEN)?;
        match statement.query_row([row], |row| row.get::<_, i64>(0))? {
            0 => Ok(row),
            held => {
                let (subject, by) = (subject.clone(), counted(natural::<u64>(held)?, "override"));
                Err(Refusal::SubjectInUse { subject, by }.into())
            }
        }
    }

    fn drop_subject(&self, row: i64) -> Result<(), Fault> {
        self.view.forget();
        self.view.prepare_cached(DROP)?.execute([row])?;
        Ok(())
    }

    fn known(&self, subject: &SubjectId) -> Result<i64, Fault> {
        let row = self.view.row_of(subject)?;
        row.ok_or_else(|| Refusal::UnknownSubject(subject.clone()).into())
    }

    fn belong(&self, user: i64, old: &BTreeSet<Id>, new: &BTreeSet<Id>) -> Result<(), Fault> {
        let row = |id: &Id| self.known(&SubjectId::Organization(id.clone()));
        for left in old.difference(new) {
            let mut statement = self.view.prepare_cached(LEAVE)?;
            statement.execute((user, row(left)?))?;
        }
        for joined in new.difference(old) {
            let mut statement = self.view.prepare_cached(JOIN)?;
            statement.execute((user, row(joined)?))?;
        }
        Ok(())
    }

    fn bring(
        &self,
        subject: i64,
        old: &BTreeSet<Target>,
        new: &BTreeSet<Target>,
    ) -> Result<(), Fault> {
        for lost in old.difference(new) {
            let mut statement = self.view.prepare_cached(LOSE)?;
            statement.execute((subject, lost.target_type.as_str(), lost.id.as_str()))?;
        }
        for brought in new.difference(old) {
            let mut statement = self.view.prepare_cached(BRING)?;
            statement.execute((subject, brought.target_type.as_str(), brought.id.as_str()))?;
        }
        Ok(())
    }

    pub(super) fn put_override(
        &self,
        subject: &SubjectId,
        feature: &FeatureKey,
        before: Option<&Override>,
        after: Option<&Override>,
    ) -> Result<(), Fault> {
        let row = self.known(subject)?;
        let Some(of) = self.features.get(feature) else {
            return Err(Refusal::UnknownFeature(feature.clone()).into());
        };
        let mut statement = self.view.prepare_cached(OVERRIDE)?;
        let found = statement.query_row((row, of), |row| Ok(held(row, 0)));
        let found = found.optional()?.transpose()?;
        if found.as_ref().map(|held| &held.over) != before {
            return Err(stale(format!("the override of {feature} for {subject}")));
        }
        let Some(after) = after else {
            self.view
                .prepare_cached(DROP_OVERRIDE)?
                .execute((row, of))?;
            return Ok(());
        };
        let mut statement = self.view.prepare_cached(PUT_OVERRIDE)?;
        statement.execute(columns(row, *of, after, self.revision))?;
        Ok(())
    }
}

/// The columns of an override.
pub(super) fn columns(
    subject: i64,
    feature: i64,
    over: &Override,
    revision: Revision,
) -> impl Params {
    let (granted, value) = granted(over);
    (
        subject,
        feature,
        granted,
        value,
        over.reason.as_deref(),
        over.starts.map(Time::unix),
        over.expires.map(Time::unix),
        number(revision),
    )
}

fn changed(subject: &SubjectId) -> Fault {
    stale(format!("{} {}", subject.noun(), subject.id()))
}
