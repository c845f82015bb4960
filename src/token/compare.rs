//! A token against what its subject is entitled to, feature by feature.
//!
//! A token is a photograph: right when it was taken, and shown about until it expires. So it is
//! held against two answers, that of the moment of its issue and that of now. Where it agrees with
//! the first and not the second, it is merely old, and the next one will be right. Where it
//! agrees with neither, waiting does not help: it was issued from other facts, for another
//! organization, or by another environment. Telling these apart is what this module is for.
//!
//! Answers come from the resolver; here they are compared, and of the layers that it asked, the
//! one that explains a difference is picked out ([`Cause`]). Nothing says here that the token is
//! genuine.

mod cause;
mod row;

use std::collections::BTreeSet;

use super::{Found, Statement, TokenValue};
use crate::domain::catalog::Catalog;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::{Resolution, Resolver, Subject};
use crate::domain::subject::SubjectRecord;
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, Limit, Value};

pub use cause::{Cause, unreadable_claims};
pub use row::{Row, Said, Told, Verdict};

/// What a store holds about one subject, and the moment it is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Every definition.
    pub catalog: &'a Catalog,
    /// The facts about the subject, within the token's organization if it names one.
    pub record: &'a SubjectRecord,
    /// The same with all its organizations, and the token's as if it were a member there: what
    /// other sessions can show. `None` where there are none.
    pub elsewhere: Option<&'a SubjectRecord>,
    /// The moment.
    pub at: Time,
}

/// The store at the moment of the token's issue.
#[derive(Debug, Clone, Copy)]
pub enum Issue<'a> {
    /// As it was.
    Known(Side<'a>),
    /// It did not know the subject.
    Stranger(&'a Catalog),
    /// Nobody can tell how it was.
    Untold,
}

/// All that a comparison needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What the token says.
    pub said: &'a Statement,
    /// Whether its issuer is known not to be the store's.
    pub foreign: bool,
    /// The subject when the token was issued.
    pub issue: Issue<'a>,
    /// The subject now.
    pub now: Side<'a>,
}

/// Compares every feature that the token names or the store defines, in the order of the keys.
#[must_use]
pub fn compare<'a>(case: &Case<'a>) -> Vec<Row<'a>> {
    let sides = Sides::new(case);
    let mut keys: BTreeSet<&str> = case
        .now
        .catalog
        .features
        .keys()
        .map(FeatureKey::as_str)
        .collect();
    keys.extend(case.said.features.iter().map(|found| found.key.as_str()));
    let mut rows: Vec<Row<'a>> = keys.into_iter().map(|key| sides.row(key)).collect();
    blame_environment(case, &mut rows);
    rows
}

/// One feature that the store does not define is an oversight. Where that is most of what a token
/// names, token and store are not of the same project or environment; and where its issuer shows
/// that, whatever has no better cause comes of it.
fn blame_environment(case: &Case<'_>, rows: &mut [Row<'_>]) {
    let named = case.said.features.iter().map(|found| found.key.as_str());
    let named = named.collect::<BTreeSet<_>>().len();
    let unknown = |row: &&Row<'_>| row.verdict == Verdict::Unknown;
    let unknown = rows.iter().filter(unknown).count();
    let mostly = unknown >= 2 && unknown * 2 > named;
    for row in rows {
        let blamed = match row.cause {
            Some(Cause::FeatureUndefined) => case.foreign || mostly,
            Some(Cause::ValueDiffers) => case.foreign,
            _ => false,
        };
        if blamed {
            row.cause = Some(Cause::OtherEnvironment);
        }
    }
}

/// A side prepared for many features.
struct Prepared<'a> {
    resolver: Resolver<'a>,
    subject: Subject<'a>,
    elsewhere: Option<Subject<'a>>,
    at: Time,
}

impl<'a> Prepared<'a> {
    fn new(side: &Side<'a>) -> Self {
        let resolver = Resolver::new(side.catalog);
        Self {
            subject: resolver.bind(side.record),
            elsewhere: side.elsewhere.map(|record| resolver.bind(record)),
            at: side.at,
            resolver,
        }
    }

    fn resolve(&self, key: &FeatureKey, at: Time) -> Option<Resolution<'a>> {
        let slot = self.resolver.slot(key)?;
        Some(self.resolver.resolve(&self.subject, slot, at))
    }

    /// What another session shows, if that is something else.
    fn elsewhere(&self, key: &FeatureKey) -> Option<Resolution<'a>> {
        let slot = self.resolver.slot(key)?;
        let own = self.resolver.decide(&self.subject, slot, self.at);
        let other = self.elsewhere.as_ref()?;
        let other = self.resolver.resolve(other, slot, self.at);
        (other.answer != own.answer).then_some(other)
    }
}

/// What the sides say of one feature.
struct Answers<'a> {
    now: Option<Resolution<'a>>,
    at_issue: Option<Resolution<'a>>,
    /// What the facts of the issue would say now: what differs from `at_issue` is time's doing.
    held: Option<Answer>,
    /// What other sessions show otherwise, now or then.
    elsewhere: Vec<Resolution<'a>>,
}

struct Sides<'a> {
    said: &'a Statement,
    catalog: &'a Catalog,
    issue: Issue<'a>,
    at_issue: Option<Prepared<'a>>,
    now: Prepared<'a>,
}

impl<'a> Sides<'a> {
    fn new(case: &Case<'a>) -> Self {
        let at_issue = match &case.issue {
            Issue::Known(side) => Some(Prepared::new(side)),
            Issue::Stranger(_) | Issue::Untold => None,
        };
        Self {
            said: case.said,
            catalog: case.now.catalog,
            issue: case.issue,
            at_issue,
            now: Prepared::new(&case.now),
        }
    }

    fn row(&self, feature: &str) -> Row<'a> {
        // A key that cannot be one is not defined.
        let key: Option<FeatureKey> = feature.parse().ok();
        let answers = self.answers(key.as_ref());
        let kind = answers.now.as_ref().map(|found| found.kind);
        let said = said(self.said, feature, answers.now.as_ref());
        let now = match &answers.now {
            Some(found) => Told::Is(found.answer),
            None => Told::Undefined,
        };
        let at_issue = self.told_at_issue(key.as_ref(), answers.at_issue.as_ref());
        let verdict = verdict(&said, at_issue, now);
        let cause = cause::find(self.said, self.catalog, &answers, &said, verdict);
        Row {
            feature: feature.to_owned(),
            kind,
            said,
            at_issue,
            now,
            verdict,
            cause,
            resolution: answers.now,
        }
    }

    fn answers(&self, key: Option<&FeatureKey>) -> Answers<'a> {
        let at_issue = self.at_issue.as_ref();
        let held = at_issue.and_then(|side| side.resolve(key?, self.now.at));
        let both = [Some(&self.now), at_issue].into_iter().flatten();
        Answers {
            now: key.and_then(|key| self.now.resolve(key, self.now.at)),
            at_issue: at_issue.and_then(|side| side.resolve(key?, side.at)),
            held: held.map(|found| found.answer),
            elsewhere: both.filter_map(|side| side.elsewhere(key?)).collect(),
        }
    }

    fn told_at_issue(&self, key: Option<&FeatureKey>, found: Option<&Resolution<'_>>) -> Told {
        match (&self.issue, found) {
            (Issue::Untold, _) => Told::Untold,
            (Issue::Known(_), Some(found)) => Told::Is(found.answer),
            (Issue::Stranger(catalog), _)
                if key.is_some_and(|key| catalog.features.contains_key(key)) =>
            {
                Told::Stranger
            }
            _ => Told::Undefined,
        }
    }
}

/// What the token says of a feature whose present resolution is this.
fn said<'a>(statement: &'a Statement, feature: &str, now: Option<&Resolution<'_>>) -> Said<'a> {
    let about = statement
        .features
        .iter()
        .filter(|found| found.key == feature);
    let values: Vec<&'a TokenValue> = about.map(|found: &'a Found| &found.value).collect();
    let Some((first, others)) = values.split_first() else {
        return match now {
            Some(now) if cause::has_no_room(statement, now) => Said::NotCarried,
            _ => Said::LeftOut,
        };
    };
    let usable = value(first).filter(|answer| fits(*answer, now.map(|now| now.kind)));
    match usable {
        Some(answer) if others.iter().all(|other| other == first) => Said::Stated(answer),
        _ => Said::Unusable(values),
    }
}

fn value(found: &TokenValue) -> Option<Answer> {
    match found {
        TokenValue::On => Some(Some(Value::On)),
        TokenValue::Off => Some(None),
        TokenValue::Limit(number) => Limit::new(*number).map(|limit| Some(Value::Limit(limit))),
        TokenValue::Other(_) => None,
    }
}

fn fits(answer: Answer, kind: Option<Kind>) -> bool {
    match (answer, kind) {
        (Some(value), Some(kind)) => value.kind() == kind,
        _ => true,
    }
}

fn verdict(said: &Said<'_>, at_issue: Told, now: Told) -> Verdict {
    let value = match (said, said.answer()) {
        (Said::NotCarried, _) => return Verdict::NotCarried,
        (_, value) => value,
    };
    match (value, now.answer()) {
        (Some(value), _) if at_issue.agrees(value) && !now.agrees(value) => Verdict::Stale,
        (_, None) => Verdict::Unknown,
        (None, _) => Verdict::Differs,
        (Some(value), Some(now)) if value == now => Verdict::Same,
        _ if at_issue == Told::Untold => Verdict::Differs,
        (Some(None), _) => Verdict::Missing,
        (_, Some(None)) => Verdict::Extra,
        _ => Verdict::Differs,
    }
}
