//! What a row is about and why it is as it is, in sentences.

use super::subject::Who;
use crate::cli::question::did_you_mean;
use crate::domain::catalog::Catalog;
use crate::domain::finding::Finding;
use crate::domain::key::FeatureKey;
use crate::domain::nearest::nearest;
use crate::domain::resolve::{LayerKind, Resolution};
use crate::domain::target::Id;
use crate::domain::value::{Value, answer_in_words};
use crate::store::Turn;
use crate::token::compare::{Cause, Row, Said, Told, Verdict};
use crate::token::duration_in_words;
use crate::ui::time;

/// What sentences need to know beside the row that they are about.
pub struct Words<'w> {
    /// The subject.
    pub who: &'w Who,
    /// The definitions.
    pub catalog: &'w Catalog,
    /// When the token was issued, in seconds since 1970.
    pub issued: Option<i64>,
    /// When it ends.
    pub expires: Option<i64>,
    /// The moment that counts as now.
    pub now: i64,
}

impl Words<'_> {
    /// Why the row is as it is.
    pub fn why(&self, row: &Row<'_>, turn: Option<&Turn>) -> String {
        let Some(cause) = row.cause else {
            return decided(row);
        };
        match cause {
            Cause::ChangedSince => self.changed(row, turn),
            Cause::OverrideExpired(at) if row.verdict == Verdict::Stale => {
                format!("the override that decided expired at {at}; {}", self.seen())
            }
            Cause::OverrideStarted(at) => {
                format!(
                    "an override began at {at}: {}; {}",
                    decided(row),
                    self.seen()
                )
            }
            Cause::OverrideExpired(at) => format!("an override granted it until {at}"),
            Cause::OverrideAhead(at) => format!("an override grants it only from {at} on"),
            Cause::NotTargeted => self.not_targeted(row),
            Cause::NotInPlan => said_by(row, LayerKind::Plan),
            Cause::WrongOrganization(through) => self.wrong_organization(through),
            Cause::FeatureUndefined => self.undefined(row),
            Cause::OtherEnvironment => self.other_environment(row),
            Cause::ClaimsAbsent => {
                format!("the token has no claim about features{}", already(row))
            }
            Cause::ClaimsUnreadable => {
                format!(
                    "the token's claim about features cannot be read{}",
                    already(row)
                )
            }
            Cause::WrongType | Cause::Contradiction => unusable(row),
            Cause::Revoked | Cause::FeatureDisabled => decided(row),
            Cause::ValueDiffers => format!("{}{}", decided(row), already(row)),
            Cause::LimitNotCarried => {
                format!(
                    "{}; the token's claims have no place for limits",
                    decided(row)
                )
            }
            Cause::CustomTargetNotCarried => {
                format!(
                    "{}; the token's claims know no custom targets",
                    decided(row)
                )
            }
        }
    }

    /// Who made the answer what it is, how long after the token, and until when the old one can
    /// be seen.
    fn changed(&self, row: &Row<'_>, turn: Option<&Turn>) -> String {
        let done = match (row.at_issue, row.now) {
            (_, Told::Is(None)) => "taken away".to_owned(),
            (Told::Is(Some(_)), Told::Is(Some(Value::Limit(limit)))) => format!("set to {limit}"),
            (_, Told::Is(Some(_))) => "granted".to_owned(),
            _ => "deleted".to_owned(),
        };
        let Some(Turn { entry, .. }) = turn else {
            return format!("{done} since the token was issued; {}", self.seen());
        };
        let after = self
            .issued
            .map(|issued| entry.at.div_euclid(1000).abs_diff(issued));
        let after = match after {
            None | Some(0) => "right".to_owned(),
            Some(seconds) => duration_in_words(seconds),
        };
        let because = entry
            .reason
            .as_ref()
            .map(|reason| format!(": {}", &**reason));
        format!(
            "{done} by {} {after} after this token was issued (`{}`, revision {}{}); {}",
            entry.actor,
            entry.command,
            entry.revision,
            because.unwrap_or_default(),
            self.seen()
        )
    }

    /// Until when the token can still be seen.
    fn seen(&self) -> String {
        let seen = "the user sees that at the next refresh";
        match self.expires {
            None => format!("{seen}; this token never expires"),
            Some(end) if end > self.now => {
                format!("{seen}, at the latest at {}", time::rfc3339(end))
            }
            Some(end) => format!(
                "this token expired at {} and is to be refreshed",
                time::rfc3339(end)
            ),
        }
    }

    fn not_targeted(&self, row: &Row<'_>) -> String {
        let left_out = said_by(row, LayerKind::Targeting);
        format!(
            "targeting leaves {} out: {left_out}",
            self.who.question.subject_in_words()
        )
    }

    fn wrong_organization(&self, through: Option<&Id>) -> String {
        let comes = match through {
            Some(id) => format!("it comes through organization {id}"),
            None => "it comes by a rule that names organizations".to_owned(),
        };
        let session = match (self.who.organization(), self.who.user()) {
            (Some(own), Some(user)) if through == Some(own) => {
                format!(", to which user {user} does not belong")
            }
            (Some(own), _) => format!("; the token is for organization {own}"),
            (None, _) => "; the token names none (`org_id`)".to_owned(),
        };
        format!("{comes}{session}")
    }

    fn other_environment(&self, row: &Row<'_>) -> String {
        match (self.who.foreign(), row.verdict) {
            (None, _) => "the store defines few of the features that the token names".to_owned(),
            (Some(foreign), Verdict::Unknown) => format!("not defined here; {foreign}"),
            (Some(foreign), _) => format!("{}{}; {foreign}", decided(row), already(row)),
        }
    }

    fn undefined(&self, row: &Row<'_>) -> String {
        let known = self.catalog.features.keys().map(FeatureKey::as_str);
        let meant = nearest(&row.feature, known).map(|key| format!(" ({})", did_you_mean(key)));
        let meant = meant.unwrap_or_default();
        format!("not defined here: a draft, renamed or deleted, or misspelt{meant}")
    }
}

pub fn finding<'a>(resolution: &Resolution<'a>, kind: LayerKind) -> Option<Finding<'a>> {
    let mut layers = resolution.layers.iter();
    layers
        .find(|layer| layer.kind == kind)
        .map(|layer| layer.finding)
}

fn said_by(row: &Row<'_>, kind: LayerKind) -> String {
    let resolution = row.resolution.as_ref();
    let finding = resolution.and_then(|found| finding(found, kind));
    finding
        .map(|finding| finding.in_words())
        .unwrap_or_default()
}

/// What decides now.
fn decided(row: &Row<'_>) -> String {
    let winner = row.resolution.as_ref().map(|found| found.winner);
    winner.map(|kind| said_by(row, kind)).unwrap_or_default()
}

fn already(row: &Row<'_>) -> String {
    match row.at_issue {
        Told::Is(answer) if row.now == row.at_issue => {
            let answer = answer_in_words(answer);
            format!("; the store said {answer} already when it was issued")
        }
        Told::Is(answer) => {
            let answer = answer_in_words(answer);
            format!("; the store said {answer} when it was issued")
        }
        Told::Stranger => "; the store did not know the subject when it was issued".to_owned(),
        Told::Undefined | Told::Untold => String::new(),
    }
}

fn unusable(row: &Row<'_>) -> String {
    let Said::Unusable(values) = &row.said else {
        return String::new();
    };
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    let kind = row.kind.map_or_else(String::new, |kind| format!(" {kind}"));
    match row.cause {
        Some(Cause::Contradiction) => {
            format!("the token contradicts itself: {}", values.join(", "))
        }
        _ => format!(
            "the token says {}, which is no value of a{kind} feature",
            values.join(", ")
        ),
    }
}
