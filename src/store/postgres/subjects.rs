//! Reading one subject: the questions that a check asks, each a few steps down an index, and all
//! about one subject in one trip.

use tokio_postgres::Row;

use super::datum::{Datum, column, maybe_text};
use super::fault::Fault;
use super::view::View;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::{Name, Reason};
use crate::store::Scope;
pub(super) use crate::store::roll::{ORGANIZATION, USER};
use crate::store::rows::{effect, parsed, revision, time};

use super::definitions::keys;

const SUBJECT: &str = "SELECT s.label, p.key, s.id FROM subject s \
     LEFT JOIN plan p ON p.id = s.plan_id WHERE s.kind = $1 AND s.name = $2";
const JOINED: &str = "SELECT o.name FROM subject u JOIN membership m ON m.user_id = u.id \
     JOIN subject o ON o.id = m.organization_id WHERE u.kind = $1 AND u.name = $2";
const TARGETS: &str = "SELECT t.type, t.id FROM subject s \
     JOIN subject_target t ON t.subject_id = s.id WHERE s.kind = $1 AND s.name = $2";
const OVERRIDES: &str = "SELECT f.key, o.granted, o.value, o.reason, o.starts, o.expires, \
     o.revision FROM subject s JOIN \"override\" o ON o.subject_id = s.id \
     JOIN feature f ON f.id = o.feature_id WHERE s.kind = $1 AND s.name = $2";
const SOME_OVERRIDES: &str = "SELECT f.key, o.granted, o.value, o.reason, o.starts, o.expires, \
     o.revision FROM subject s CROSS JOIN feature f \
     JOIN \"override\" o ON o.subject_id = s.id AND o.feature_id = f.id \
     WHERE s.kind = $1 AND s.name = $2 AND f.key = ANY($3)";
const ROW: &str = "SELECT id FROM subject WHERE kind = $1 AND name = $2";

pub(super) const LAST_SUBJECT: &str = "SELECT coalesce(max(id), 0) FROM subject";

/// The highest row of a subject.
pub(super) fn last_subject(view: &View<'_>) -> Result<i64, Fault> {
    let rows = view.ask(LAST_SUBJECT, &[])?;
    rows.first().map_or(Ok(0), |row| column(row, 0))
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
        Ok(self.find_user(id)?.map(|(_, user)| user))
    }

    pub(super) fn read_organization(&self, id: &Id) -> Result<Option<Organization>, Fault> {
        Ok(self.find_organization(id)?.map(|(_, found)| found))
    }

    /// The user, with its row.
    pub(super) fn find_user(&self, id: &Id) -> Result<Option<(i64, User)>, Fault> {
        if self.enrolled(&SubjectId::User(id.clone()))? == Some(None) {
            return Ok(None);
        }
        let named: [Datum<'_>; 2] = [USER.into(), id.as_str().into()];
        let asked = [(SUBJECT, &named[..]), (JOINED, &named), (TARGETS, &named)];
        let answers = self.ask_all(&asked)?;
        let [found, joined, targets] = &answers[..] else {
            return Ok(None);
        };
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let mut user = User {
            email: label(row, 0)?,
            plan: plan(row, 1)?,
            ..User::default()
        };
        for row in joined {
            user.organizations
                .insert(parsed(column(row, 0)?, "subject")?);
        }
        for row in targets {
            user.targets.insert(target(row, 0)?);
        }
        Ok(Some((column(row, 2)?, user)))
    }

    /// The organization, with its row.
    pub(super) fn find_organization(&self, id: &Id) -> Result<Option<(i64, Organization)>, Fault> {
        if self.enrolled(&SubjectId::Organization(id.clone()))? == Some(None) {
            return Ok(None);
        }
        let named: [Datum<'_>; 2] = [ORGANIZATION.into(), id.as_str().into()];
        let answers = self.ask_all(&[(SUBJECT, &named), (TARGETS, &named)])?;
        let [found, targets] = &answers[..] else {
            return Ok(None);
        };
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let mut organization = Organization {
            name: label(row, 0)?,
            plan: plan(row, 1)?,
            ..Organization::default()
        };
        for row in targets {
            organization.targets.insert(target(row, 0)?);
        }
        Ok(Some((column(row, 2)?, organization)))
    }

    /// The row of a subject.
    pub(super) fn row_of(&self, subject: &SubjectId) -> Result<Option<i64>, Fault> {
        if let Some(found) = self.enrolled(subject)? {
            return Ok(found);
        }
        let rows = self.ask(ROW, &[kind(subject).into(), subject.id().as_str().into()])?;
        rows.first().map(|row| column(row, 0)).transpose()
    }

    pub(super) fn read_overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, Fault> {
        let (kind, name) = (kind(subject).into(), subject.id().as_str().into());
        let rows = match scope {
            Scope::All => self.ask(OVERRIDES, &[kind, name])?,
            Scope::Features(_) => self.ask(SOME_OVERRIDES, &[kind, name, keys(scope)])?,
        };
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push((parsed(column(row, 0)?, "feature's key")?, held(row, 1)?));
        }
        found.sort_by(|(a, _), (b, _): &(FeatureKey, Held)| a.cmp(b));
        Ok(found)
    }
}

/// A subject's e-mail address or name.
pub(super) fn label(row: &Row, place: usize) -> Result<Option<Name>, Fault> {
    let found = maybe_text(row, place)?;
    Ok(found.map(|text| parsed(&text, "name")).transpose()?)
}

/// The key of a plan, if there is one.
pub(super) fn plan<T: std::str::FromStr>(row: &Row, place: usize) -> Result<Option<T>, Fault> {
    let found: Option<&str> = column(row, place)?;
    Ok(found.map(|key| parsed(key, "plan's key")).transpose()?)
}

/// A target: its type and its identifier, from a column on.
pub(super) fn target(row: &Row, place: usize) -> Result<Target, Fault> {
    Ok(Target {
        target_type: parsed(column(row, place)?, "target's type")?,
        id: parsed(column(row, place + 1)?, "target")?,
    })
}

/// An override: granted, value, reason, starts, expires and revision, from a column on.
pub(super) fn held(row: &Row, place: usize) -> Result<Held, Fault> {
    let reason = maybe_text(row, place + 2)?;
    let reason = reason.map(|text| parsed::<Reason>(&text, "reason"));
    let over = Override {
        effect: effect(column(row, place)?, column(row, place + 1)?)?,
        reason: reason.transpose()?,
        starts: time(column(row, place + 3)?)?,
        expires: time(column(row, place + 4)?)?,
    };
    let revision = revision(column(row, place + 5)?)?;
    Ok(Held { over, revision })
}
