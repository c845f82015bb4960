//! The two sides that a token is held against: the store now, and as it was at the token's issue.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::subject::Who;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::key::FeatureKey;
use crate::domain::subject::{SubjectId, SubjectRecord};
use crate::domain::time::Time;
use crate::store::{Facts, HistoryError, Past, Scope, Snapshot, Span, StoreError, Turn, turns};
use crate::token::compare::{Case, Cause, Issue, Row, Side};
use crate::token::{Statement, Times};

/// Why nobody can tell what the store said when the token was issued.
pub enum Untold {
    /// The token does not say when that was.
    NoIssueTime,
    /// The store does not know so far back.
    History(HistoryError),
}

impl Untold {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoIssueTime => "no_issue_time",
            Self::History(error) => error.code(),
        }
    }

    /// What that means, in words.
    pub fn in_words(&self) -> String {
        let what = match self {
            Self::NoIssueTime => "the token does not say when it was issued (`iat`)".to_owned(),
            Self::History(HistoryError::None) => "what answers has no history".to_owned(),
            Self::History(error) => error.to_string(),
        };
        format!("{what}, so what differs may be old or wrong")
    }
}

/// The store when the token was issued.
pub struct Issued<'s> {
    /// The definitions.
    past: Past<'s>,
    /// The subject, if it was known.
    record: Option<SubjectRecord>,
    /// The subject as other sessions would have seen it, if there could be any.
    elsewhere: Option<SubjectRecord>,
    /// The moment.
    at: Time,
}

/// The store when the token was issued, or why nobody can tell how it was.
pub struct Then<'s>(pub Result<Issued<'s>, Untold>);

impl<'s> Then<'s> {
    /// Leads the store back to the moment of issue. A token tells it in seconds: what was written
    /// within that second counts as written before.
    pub fn read(snapshot: &'s dyn Snapshot, who: &Who, times: &Times) -> Result<Self> {
        let issued = times.issued_at.at().and_then(|issued| issued.timestamp());
        let Some(issued) = issued else {
            return Ok(Self(Err(Untold::NoIssueTime)));
        };
        let within = match issued.subsec_nanosecond() {
            0 => 999,
            _ => 0,
        };
        match Past::at(snapshot, issued.as_millisecond() + within) {
            Ok(past) => Ok(Self(Ok(Issued {
                record: who.ask(&past, past.catalog(), who.session())?,
                elsewhere: who.elsewhere(&past, past.catalog())?,
                at: Time::from_unix(issued.as_second())?,
                past,
            }))),
            Err(StoreError::History(
                error @ (HistoryError::None | HistoryError::Before { .. }),
            )) => Ok(Self(Err(Untold::History(error)))),
            Err(error) => Err(error.into()),
        }
    }

    /// The revision that was the latest.
    pub fn revision(&self) -> Option<Revision> {
        self.since().map(|since| since.after)
    }

    /// The writes since.
    pub fn since(&self) -> Option<Span> {
        self.0.as_ref().ok().map(|issued| issued.past.since())
    }

    fn issue(&self) -> Issue<'_> {
        let Ok(issued) = &self.0 else {
            return Issue::Untold;
        };
        let catalog = issued.past.catalog();
        match &issued.record {
            None => Issue::Stranger(catalog),
            Some(record) => Issue::Known(Side {
                catalog,
                record,
                elsewhere: issued.elsewhere.as_ref(),
                at: issued.at,
            }),
        }
    }
}

/// The store now.
pub struct Now {
    /// The definitions.
    pub catalog: Catalog,
    /// The subject in the token's session.
    pub record: SubjectRecord,
    /// The subject as other sessions would see it, if there can be any.
    elsewhere: Option<SubjectRecord>,
    /// Whether the user does not belong to the token's organization.
    pub outside: bool,
    /// The moment.
    pub at: Time,
    /// The revision of the store.
    pub revision: Revision,
}

impl Now {
    /// Collects the facts.
    ///
    /// # Errors
    ///
    /// Exit 3 where the user or the organization is not known.
    pub fn read(snapshot: &dyn Snapshot, who: &Who, then: &Then<'_>, at: Time) -> Result<Self> {
        let catalog = snapshot.catalog(Scope::All)?;
        let record = who.ask(snapshot, &catalog, who.session())?;
        let record = match (record, who.subject()) {
            (Some(record), _) => record,
            (None, Some(subject)) => return Err(who.unknown(snapshot, subject, then.since())),
            (None, None) => SubjectRecord::default(),
        };
        let outside = who.outside(snapshot, then.since())?;
        Ok(Self {
            elsewhere: who.elsewhere(snapshot, &catalog)?,
            catalog,
            record,
            outside,
            at,
            revision: snapshot.revision()?,
        })
    }

    /// All that the comparison needs.
    pub fn case<'a>(&'a self, who: &Who, said: &'a Statement, then: &'a Then<'_>) -> Case<'a> {
        Case {
            said,
            foreign: who.foreign().is_some(),
            issue: then.issue(),
            now: Side {
                catalog: &self.catalog,
                record: &self.record,
                elsewhere: self.elsewhere.as_ref(),
                at: self.at,
            },
        }
    }
}

/// For each feature that somebody has changed since the token was issued, who did.
pub fn changed_since(
    who: &Who,
    then: &Then<'_>,
    now: &Now,
    rows: &[Row<'_>],
) -> Result<BTreeMap<FeatureKey, Turn>> {
    let changed = rows
        .iter()
        .filter(|row| row.cause == Some(Cause::ChangedSince));
    let features: BTreeSet<FeatureKey> =
        changed.filter_map(|row| row.feature.parse().ok()).collect();
    let (Ok(issued), false) = (&then.0, features.is_empty()) else {
        return Ok(BTreeMap::new());
    };
    let records = [Some(&now.record), issued.record.as_ref()];
    let organizations = records
        .into_iter()
        .flatten()
        .flat_map(|record| &record.organizations);
    let organizations = organizations.filter_map(|party| party.id.clone());
    let mut parties: BTreeSet<SubjectId> = organizations.map(SubjectId::Organization).collect();
    parties.extend(who.subject());
    let ask = |facts: &dyn Facts, catalog: &Catalog| who.ask(facts, catalog, who.session());
    let targets = &who.question.targets;
    Ok(turns(
        &issued.past,
        &features,
        &parties,
        targets,
        now.at,
        &ask,
    )?)
}
