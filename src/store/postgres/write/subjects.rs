//! Writing users, organizations and overrides, each compared with what the change found.

use std::collections::BTreeSet;

use super::{Write, stale};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::{Name, counted};
use crate::domain::time::Time;
use crate::store::postgres::datum::{Datum, column};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::subjects::{held, kind, last_subject};
use crate::store::rows::{granted, number};

const SET: &str = "UPDATE subject SET label = $2, plan_id = $3 WHERE id = $1";
const DROP: &str = "DELETE FROM subject WHERE id = $1";
const JOIN: &str = "INSERT INTO membership(user_id, organization_id) VALUES($1, $2)";
const LEAVE: &str = "DELETE FROM membership WHERE user_id = $1 AND organization_id = $2";
const MEMBERS: &str = "SELECT count(*) FROM membership WHERE organization_id = $1";
const BRING: &str = "INSERT INTO subject_target(subject_id, type, id) VALUES($1, $2, $3)";
const LOSE: &str = "DELETE FROM subject_target WHERE subject_id = $1 AND type = $2 AND id = $3";
const OVERRIDDEN: &str = "SELECT count(*) FROM \"override\" WHERE subject_id = $1";
const OVERRIDE: &str = "SELECT s.id, o.granted, o.value, o.reason, o.starts, o.expires, o.revision \
     FROM subject s LEFT JOIN \"override\" o ON o.subject_id = s.id AND o.feature_id = $3 \
     WHERE s.kind = $1 AND s.name = $2";
const PUT_OVERRIDE: &str = "INSERT INTO \"override\"(subject_id, feature_id, granted, value, reason, \
     starts, expires, revision) VALUES($1, $2, $3, $4, $5, $6, $7, $8) \
     ON CONFLICT(subject_id, feature_id) DO UPDATE SET granted = excluded.granted, \
     value = excluded.value, reason = excluded.reason, starts = excluded.starts, \
     expires = excluded.expires, revision = excluded.revision";
const DROP_OVERRIDE: &str = "DELETE FROM \"override\" WHERE subject_id = $1 AND feature_id = $2";

impl Write<'_> {
    pub(super) fn put_user(
        &mut self,
        id: &Id,
        before: Option<&User>,
        after: Option<&User>,
    ) -> Result<(), Fault> {
        let subject = SubjectId::User(id.clone());
        if let (None, Some(user)) = (before, after) {
            let (label, plan) = (user.email.as_ref(), user.plan.as_ref());
            return self.introduce(&subject, label, plan, &user.organizations, &user.targets);
        }
        let found = self.view.find_user(id)?;
        if found.as_ref().map(|(_, user)| user) != before {
            return Err(changed(&subject));
        }
        let (Some((row, old)), nothing) = (found, User::default()) else {
            return Ok(());
        };
        let new = after.unwrap_or(&nothing);
        match after {
            Some(user) => self.set_subject(row, user.email.as_ref(), user.plan.as_ref())?,
            None => self.holds_nothing(&subject, row)?,
        }
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
        if let (None, Some(found)) = (before, after) {
            let (label, plan) = (found.name.as_ref(), found.plan.as_ref());
            return self.introduce(&subject, label, plan, &BTreeSet::new(), &found.targets);
        }
        let found = self.view.find_organization(id)?;
        if found.as_ref().map(|(_, organization)| organization) != before {
            return Err(changed(&subject));
        }
        let (Some((row, old)), nothing) = (found, Organization::default()) else {
            return Ok(());
        };
        let new = after.unwrap_or(&nothing);
        match after {
            Some(found) => self.set_subject(row, found.name.as_ref(), found.plan.as_ref())?,
            None => {
                self.nobody_belongs(id, row)?;
                self.holds_nothing(&subject, row)?;
            }
        }
        self.bring(row, &old.targets, &new.targets)?;
        match after {
            Some(_) => Ok(()),
            None => self.drop_subject(row),
        }
    }

    fn nobody_belongs(&self, organization: &Id, row: i64) -> Result<(), Fault> {
        match self.count(MEMBERS, row)? {
            0 => Ok(()),
            members => Err(Refusal::OrganizationInUse {
                organization: organization.clone(),
                members,
            }
            .into()),
        }
    }

    fn set_subject(
        &self,
        row: i64,
        label: Option<&Name>,
        plan: Option<&PlanKey>,
    ) -> Result<(), Fault> {
        let plan = plan.and_then(|plan| self.plans.get(plan)).copied();
        let label = label.map(|label| label.to_string());
        let values = vec![row.into(), label.into(), plan.into()];
        self.session()?.put(SET, values)
    }

    /// A subject that is to be deleted: its overrides must have been taken away before, each by a
    /// change that can be taken back.
    fn holds_nothing(&self, subject: &SubjectId, row: i64) -> Result<(), Fault> {
        match self.count(OVERRIDDEN, row)? {
            0 => Ok(()),
            held => {
                let (subject, by) = (subject.clone(), counted(held, "override"));
                Err(Refusal::SubjectInUse { subject, by }.into())
            }
        }
    }

    fn drop_subject(&mut self, row: i64) -> Result<(), Fault> {
        self.forget_organizations();
        self.view.forget_names();
        self.session()?.put(DROP, vec![row.into()])?;
        // As in SQLite, the highest number is given out again once its row is gone.
        if row == self.lasts.subject {
            self.lasts.subject = last_subject(self.view)?;
        }
        Ok(())
    }

    fn known(&self, subject: &SubjectId) -> Result<i64, Fault> {
        let row = self.view.row_of(subject)?;
        row.ok_or_else(|| Refusal::UnknownSubject(subject.clone()).into())
    }

    fn belong(&self, user: i64, old: &BTreeSet<Id>, new: &BTreeSet<Id>) -> Result<(), Fault> {
        let row = |id: &Id| self.known(&SubjectId::Organization(id.clone()));
        for left in old.difference(new) {
            let values = vec![user.into(), row(left)?.into()];
            self.session()?.put(LEAVE, values)?;
        }
        for joined in new.difference(old) {
            let values = vec![user.into(), row(joined)?.into()];
            self.session()?.put(JOIN, values)?;
        }
        Ok(())
    }

    fn bring(
        &self,
        subject: i64,
        old: &BTreeSet<Target>,
        new: &BTreeSet<Target>,
    ) -> Result<(), Fault> {
        let values = |target: &Target| -> Vec<Datum<'static>> {
            let Target { target_type, id } = target;
            vec![
                subject.into(),
                target_type.to_string().into(),
                id.to_string().into(),
            ]
        };
        for lost in old.difference(new) {
            self.session()?.put(LOSE, values(lost))?;
        }
        for brought in new.difference(old) {
            self.session()?.put(BRING, values(brought))?;
        }
        Ok(())
    }

    /// The row of a subject, and the override that it holds of a feature.
    fn find_override(
        &self,
        subject: &SubjectId,
        feature: i64,
    ) -> Result<(i64, Option<Override>), Fault> {
        let (kind, name) = (kind(subject).into(), subject.id().as_str().into());
        let rows = self.view.ask(OVERRIDE, &[kind, name, feature.into()])?;
        let Some(row) = rows.first() else {
            return Err(Refusal::UnknownSubject(subject.clone()).into());
        };
        let found = match column::<Option<i64>>(row, 1)? {
            None => None,
            Some(_) => Some(held(row, 1)?.over),
        };
        Ok((column(row, 0)?, found))
    }

    pub(super) fn put_override(
        &self,
        subject: &SubjectId,
        feature: &FeatureKey,
        before: Option<&Override>,
        after: Option<&Override>,
    ) -> Result<(), Fault> {
        let Some(of) = self.features.get(feature).copied() else {
            return Err(Refusal::UnknownFeature(feature.clone()).into());
        };
        let known = self.found_ahead(subject, feature);
        let known = known.or_else(|| self.view.near_override(subject, feature));
        let (row, found) = match known {
            Some(known) => known,
            None => self.find_override(subject, of)?,
        };
        if found.as_ref() != before {
            return Err(stale(format!("the override of {feature} for {subject}")));
        }
        self.view
            .note_override(subject, feature, after, self.revision);
        let Some(after) = after else {
            let values = vec![row.into(), of.into()];
            return self.session()?.put(DROP_OVERRIDE, values);
        };
        let (granted, value) = granted(after);
        let values = vec![
            row.into(),
            of.into(),
            granted.into(),
            value.into(),
            after.reason.as_deref().map(str::to_owned).into(),
            after.starts.map(Time::unix).into(),
            after.expires.map(Time::unix).into(),
            number(self.revision).into(),
        ];
        self.session()?.put(PUT_OVERRIDE, values)
    }
}

pub(super) fn changed(subject: &SubjectId) -> Fault {
    stale(format!("{} {}", subject.noun(), subject.id()))
}
