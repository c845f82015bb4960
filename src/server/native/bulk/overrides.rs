//! Overrides, a line for each.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::{Kind, Taken, has_ended};
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::{Effect, Override};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::edit::{Word, meant};
use crate::store::{Intake, Scope, Snapshot, StoreError, Wanted};

/// What a line says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    /// `user:u1` or `org:acme`
    subject: Option<SubjectId>,
    /// Instead of it, a user
    user: Option<Id>,
    /// Instead of it, an organization
    org: Option<Id>,
    /// The feature
    feature: FeatureKey,
    /// On, unless it is a limit; off revokes, and `clear` takes the override away
    value: Option<Wish>,
    /// Why, kept with the override
    reason: Option<Reason>,
    /// When it starts to count
    starts: Option<Time>,
    /// When it ends
    expires: Option<Time>,
}

/// What a line wants.
#[derive(Debug, Clone, Copy, JsonSchema)]
#[schemars(with = "serde_json::Value")]
pub(super) enum Wish {
    Clear,
    Word(Word),
}

impl<'de> Deserialize<'de> for Wish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        match value.as_str() {
            Some("clear") => Ok(Self::Clear),
            Some("revoke") => Ok(Self::Word(Word::Off)),
            _ => Word::deserialize(value)
                .map(Self::Word)
                .map_err(serde::de::Error::custom),
        }
    }
}

pub(super) struct Overrides {
    create: bool,
    now: Time,
    catalog: Catalog,
}

impl Overrides {
    pub(super) fn new(create: bool, now: Time) -> Self {
        Self {
            create,
            now,
            catalog: Catalog::default(),
        }
    }

    /// What the override is to be; `None` takes it away.
    fn meaning(&self, row: &Row) -> Result<Option<Override>, String> {
        let unknown = || Refusal::UnknownFeature(row.feature.clone()).to_string();
        let entry = self
            .catalog
            .features
            .get(&row.feature)
            .ok_or_else(unknown)?;
        let word = match row.value {
            Some(Wish::Clear) => return Ok(None),
            Some(Wish::Word(word)) => Some(word),
            None => None,
        };
        if let Some(because) = has_ended(row.expires, self.now) {
            return Err(because);
        }
        let value = meant(&row.feature, &entry.feature, word);
        let over = Override {
            effect: value
                .map_err(in_words)?
                .map_or(Effect::Revoke, Effect::Grant),
            reason: row.reason.clone().filter(|reason| !reason.is_empty()),
            starts: row.starts,
            expires: row.expires,
        };
        over.checked().map(Some).map_err(in_words)
    }
}

fn subject(row: &Row) -> Result<SubjectId, String> {
    match (&row.subject, &row.user, &row.org) {
        (Some(subject), None, None) => Ok(subject.clone()),
        (None, Some(user), None) => Ok(SubjectId::User(user.clone())),
        (None, None, Some(organization)) => Ok(SubjectId::Organization(organization.clone())),
        (None, None, None) => Err("it names no subject".to_owned()),
        _ => Err("it names more than one subject".to_owned()),
    }
}

impl Kind for Overrides {
    const COMMAND: &'static str = "override import";
    type Row = Row;

    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError> {
        self.catalog = snapshot.catalog(Scope::All)?;
        Ok(())
    }

    fn take(
        &mut self,
        line: u32,
        row: Row,
        (_, intake): (&dyn Snapshot, &mut dyn Intake),
    ) -> Result<Taken, StoreError> {
        let read = subject(&row).and_then(|subject| Ok((subject, self.meaning(&row)?)));
        let (subject, after) = match read {
            Ok(read) => read,
            Err(because) => return Ok(Taken::Refused(because)),
        };
        let wanted = Wanted {
            row: line,
            subject: &subject,
            feature: &row.feature,
            after: after.as_ref(),
        };
        match intake.want(&wanted)? {
            Ok(()) => return Ok(Taken::Piled),
            Err(Refusal::UnknownSubject(_)) if self.create => {}
            Err(refusal) => return Ok(Taken::Refused(refusal.to_string())),
        }
        intake.change(&introduced(&subject))?;
        match intake.want(&wanted)? {
            Ok(()) => Ok(Taken::Piled),
            Err(refusal) => Ok(Taken::Refused(refusal.to_string())),
        }
    }
}

/// The change that makes the subject known.
fn introduced(subject: &SubjectId) -> Change {
    match subject.clone() {
        SubjectId::User(id) => Change::User {
            id,
            before: None,
            after: Some(User::default()),
        },
        SubjectId::Organization(id) => Change::Organization {
            id,
            before: None,
            after: Some(Organization::default()),
        },
    }
}

fn in_words(error: impl ToString) -> String {
    error.to_string()
}
