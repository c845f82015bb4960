//! A feature as a flag.

use std::borrow::Cow;

use serde::Serialize;

use crate::domain::catalog::Revision;
use crate::domain::finding::{Finding, Via};
use crate::domain::resolve::{LayerKind, Slot};
use crate::domain::target::Condition;
use crate::domain::value::{Answer, Kind, answer_in_words};
use crate::server::evaluate::Answers;

/// What a subject gets of a feature, as the protocol words it.
#[derive(Debug, Serialize)]
pub(super) struct Flag<'a> {
    key: &'a str,
    value: Shown,
    reason: &'static str,
    variant: Cow<'static, str>,
    metadata: Metadata,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Shown {
    Switch(bool),
    Number(u64),
}

/// What else is known: which layer gave the answer, and in an answer for one flag, of when it is.
#[derive(Debug, Serialize)]
struct Metadata {
    layer: LayerKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<Revision>,
}

impl<'a> Flag<'a> {
    /// The flag at a place. The revision is left out, so that the flags are the same for as long as
    /// their answers are.
    pub(super) fn new(answers: &Answers<'a>, slot: Slot) -> Self {
        let decision = answers.decide(slot);
        Self {
            key: answers.key(slot).as_str(),
            value: shown(answers.kind(slot), decision.answer),
            reason: reason(answers, slot, decision.winner),
            variant: match decision.answer {
                None => "off".into(),
                Some(_) if answers.kind(slot) == Kind::Boolean => "on".into(),
                limit => answer_in_words(limit).into(),
            },
            metadata: Metadata {
                layer: decision.winner,
                revision: None,
            },
        }
    }

    /// The same with the revision.
    pub(super) fn with_revision(answers: &Answers<'a>, slot: Slot) -> Self {
        let mut flag = Self::new(answers, slot);
        flag.metadata.revision = Some(answers.revision());
        flag
    }
}

/// The text of what is written.
pub(super) fn write(value: &impl Serialize) -> Option<Vec<u8>> {
    serde_json::to_vec(value).ok()
}

fn shown(kind: Kind, answer: Answer) -> Shown {
    match kind {
        Kind::Boolean => Shown::Switch(answer.is_some()),
        Kind::Limit => Shown::Number(match answer {
            Some(crate::domain::value::Value::Limit(limit)) => limit.get(),
            _ => 0,
        }),
    }
}

/// OpenFeature's reason. `TARGETING_MATCH` wherever the answer is one because of who asks, `STATIC`
/// where everybody of whom nothing particular is said gets the same.
fn reason(answers: &Answers<'_>, slot: Slot, winner: LayerKind) -> &'static str {
    match winner {
        LayerKind::Switch => "DISABLED",
        LayerKind::Default => "DEFAULT",
        LayerKind::UserOverride | LayerKind::OrganizationOverride => "TARGETING_MATCH",
        LayerKind::Targeting | LayerKind::Plan => match answers.saw(winner, slot) {
            Finding::Rule { rule, .. } => {
                let shared = |when: &Condition<_>| matches!(when, Condition::Percent(_));
                match rule.when.iter().any(shared) {
                    true => "SPLIT",
                    false => "TARGETING_MATCH",
                }
            }
            Finding::Everybody(_)
            | Finding::Granted {
                via: Via::Default, ..
            } => "STATIC",
            _ => "TARGETING_MATCH",
        },
    }
}
