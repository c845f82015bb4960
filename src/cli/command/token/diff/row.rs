//! One feature of a comparison, as it is shown.

use serde_json::{Value, json};

use super::words::Words;
use crate::cli::command::get::answer_line;
use crate::cli::command::token::said::value_document;
use crate::cli::turn::turn_document;
use crate::domain::resolve::LayerKind;
use crate::domain::value::{Kind, answer_as_json, answer_in_words};
use crate::store::Turn;
use crate::token::compare::{Cause, Row, Said, Told, Verdict};
use crate::ui::{Line, time};

/// A row with nothing borrowed.
pub struct Shown {
    /// The feature.
    pub feature: String,
    /// How token and store stand to each other.
    pub verdict: Verdict,
    /// What to do about it.
    pub next: Option<String>,
    kind: Option<Kind>,
    token: Value,
    token_in_words: Option<String>,
    at_issue: Told,
    now: Told,
    layer: Option<LayerKind>,
    cause: Option<&'static str>,
    why: String,
    changed: Option<Value>,
    seen_by: Option<String>,
}

impl Shown {
    /// The row in words; `turn` is the write that made the answer what it is.
    pub fn new(words: &Words<'_>, row: &Row<'_>, turn: Option<&Turn>) -> Self {
        let stale = row.verdict == Verdict::Stale;
        let (token, token_in_words) = token_side(&row.said);
        Self {
            feature: row.feature.clone(),
            verdict: row.verdict,
            next: words.next(row),
            kind: row.kind,
            token,
            token_in_words,
            at_issue: row.at_issue,
            now: row.now,
            layer: row.resolution.as_ref().map(|found| found.winner),
            cause: row.cause.map(Cause::code),
            why: words.why(row, turn),
            changed: turn.map(turn_document),
            seen_by: words.expires.filter(|_| stale).map(time::rfc3339),
        }
    }

    /// The row as an object.
    pub fn document(&self) -> Value {
        let told = |told: Told| told.answer().map(answer_as_json);
        json!({
            "feature": self.feature,
            "type": self.kind,
            "token": self.token,
            "at_issue": told(self.at_issue),
            "now": told(self.now),
            "verdict": self.verdict.word(),
            "layer": self.layer,
            "cause": self.cause,
            "why": self.why,
            "next": self.next,
            "changed": self.changed,
            "seen_by": self.seen_by,
        })
    }

    /// The row's cells, in the order of [`HEADERS`].
    pub fn cells(&self) -> [Line; 6] {
        let why = Line::new();
        [
            Line::new().key(self.feature.clone()),
            self.token_line(),
            told_line(self.at_issue),
            told_line(self.now),
            verdict_line(self.verdict),
            match self.verdict.is_fine() {
                true => why.dim(self.why.clone()),
                false => why.plain(self.why.clone()),
            },
        ]
    }

    fn token_line(&self) -> Line {
        match &self.token_in_words {
            None => Line::new().dim("–"),
            Some(words) => match self.token {
                Value::Array(_) => Line::new().warn(words.clone()),
                Value::Bool(false) => Line::new().bad(words.clone()),
                _ => Line::new().good(words.clone()),
            },
        }
    }
}

/// The columns.
pub const HEADERS: [&str; 6] = ["feature", "in token", "at issue", "now", "verdict", "why"];

/// What the token says, as a value and in words; nothing where it says nothing.
fn token_side(said: &Said<'_>) -> (Value, Option<String>) {
    match said {
        Said::Stated(answer) => (answer_as_json(*answer), Some(answer_in_words(*answer))),
        Said::LeftOut | Said::NotCarried => (Value::Null, None),
        Said::Unusable(values) => {
            let words: Vec<String> = values.iter().map(ToString::to_string).collect();
            let values: Vec<Value> = values.iter().map(|value| value_document(value)).collect();
            (json!(values), Some(words.join(", ")))
        }
    }
}

fn told_line(told: Told) -> Line {
    match told {
        Told::Is(answer) => answer_line(answer),
        Told::Undefined => Line::new().dim("undefined"),
        Told::Stranger | Told::Untold => Line::new().dim("?"),
    }
}

fn verdict_line(verdict: Verdict) -> Line {
    let word = verdict.word().replace('_', " ");
    match verdict {
        Verdict::Same => Line::new().good(word),
        Verdict::NotCarried => Line::new().dim(word),
        Verdict::Stale => Line::new().warn(word),
        _ => Line::new().bad(word),
    }
}
