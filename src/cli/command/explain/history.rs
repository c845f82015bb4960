//! `flags explain --history`: when the answer changed, by whom or by what, and what lies ahead.

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::command::get::answer_line;
use crate::cli::context::Context;
use crate::cli::question::QuestionArgs;
use crate::cli::turn::turn_document;
use crate::cli::write::diff_line;
use crate::domain::catalog::Revision;
use crate::domain::diff::override_words;
use crate::domain::key::FeatureKey;
use crate::domain::time::Time;
use crate::domain::value::{Answer, answer_as_json};
use crate::store::{Cause, Due, Step, Timeline, Told, timeline};
use crate::ui::{Line, Page, Report, Table};

/// Tells what became of the answer; `None` where there never was one.
pub fn run(
    context: &Context,
    feature: &FeatureKey,
    question: &QuestionArgs,
) -> Result<Option<Box<dyn Report>>> {
    let snapshot = context.store()?.snapshot()?;
    let latest = snapshot.revision()?;
    if latest == Revision::UNKNOWN {
        return Ok(None);
    }
    let point = question.point(context, &*snapshot)?;
    let revision = point.past.unwrap_or(latest);
    let asked = question.question()?;
    let timeline = timeline(&*snapshot, feature, &asked, revision, point.at)?;
    if timeline.steps.is_empty() {
        return Ok(None);
    }
    Ok(Some(Box::new(HistoryReport {
        feature: feature.clone(),
        timeline,
        subject: question.subject_document(),
        subject_in_words: question.subject_in_words(),
        at: point.at,
        present: point.at == context.now()? && point.past.is_none(),
        revision,
    })))
}

struct HistoryReport {
    feature: FeatureKey,
    timeline: Timeline,
    subject: Value,
    subject_in_words: String,
    at: Time,
    present: bool,
    revision: Revision,
}

impl Report for HistoryReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "feature", "type", "value", "layer", "why", "subject", "at", "revision", "history",
            "next",
        ]
    }

    fn document(&self) -> Value {
        let Timeline {
            kind,
            steps,
            now,
            next,
        } = &self.timeline;
        let documents = |steps: &[Step]| steps.iter().map(step_document).collect::<Vec<_>>();
        json!({
            "feature": self.feature,
            "type": kind,
            "value": told_document(now),
            "layer": now.layer,
            "why": now.why,
            "subject": self.subject,
            "at": self.at,
            "revision": self.revision,
            "history": documents(steps),
            "next": documents(next),
        })
    }

    fn page(&self) -> Page {
        let now = &self.timeline.now;
        let head = Line::new()
            .key(self.feature.to_string())
            .plain(" is ")
            .then(told_line(now.answer))
            .plain(format!(" for {}", self.subject_in_words));
        let head = match now.layer {
            Some(layer) => head.plain(format!(", from {layer}")),
            None => head.plain(format!(": {}", now.why)),
        };
        let head = match self.present {
            true => head,
            false => head.dim(format!(", as of revision {}, {}", self.revision, self.at)),
        };
        let mut table = Table::new(["when", "before", "after", "from", "what happened"]);
        for step in &self.timeline.steps {
            push(&mut table, step);
        }
        let when = match self.present {
            true => Line::new().strong("now"),
            false => Line::new().time(self.at.unix()),
        };
        let from = now.layer.map(|layer| layer.to_string()).unwrap_or_default();
        let why = Line::new().dim(now.why.clone());
        table.push([when, Line::new(), told_line(now.answer), from.into(), why]);
        for step in &self.timeline.next {
            push(&mut table, step);
        }
        Page::new().line(head).blank().table(table)
    }
}

fn step_document(step: &Step) -> Value {
    let (cause, write, overrides) = match &step.cause {
        Cause::Write(turn) => ("write", Some(turn_document(turn)), Vec::new()),
        Cause::Clock(due) => ("clock", None, due.iter().map(due_document).collect()),
    };
    json!({
        "at": step.at,
        "before": told_document(&step.before),
        "after": told_document(&step.after),
        "layer": step.after.layer,
        "why": step.after.why,
        "cause": cause,
        "write": write,
        "overrides": overrides,
    })
}

/// The answer; null where there is none, which is not the same as off.
fn told_document(told: &Told) -> Value {
    told.answer.map_or(Value::Null, answer_as_json)
}

fn due_document(due: &Due) -> Value {
    json!({
        "subject": due.holder,
        "event": if due.ended { "expired" } else { "started" },
        "value": answer_as_json(due.over.effect.answer()),
        "starts": due.over.starts,
        "expires": due.over.expires,
        "reason": due.over.reason,
    })
}

fn push(table: &mut Table, step: &Step) {
    let Step {
        at, before, after, ..
    } = step;
    let from = after.layer.map(|layer| layer.to_string());
    table.push([
        Line::new().time(at.unix()),
        told_line(before.answer),
        told_line(after.answer),
        Line::from(from.unwrap_or_default()),
        happened(step),
    ]);
}

fn told_line(answer: Option<Answer>) -> Line {
    match answer {
        Some(answer) => answer_line(answer),
        None => Line::new().dim("–"),
    }
}

/// How many lines of a write are shown; the rest is counted.
const SHOWN_LINES: usize = 3;

fn happened(step: &Step) -> Line {
    let turn = match &step.cause {
        Cause::Clock(due) => return due.iter().fold(Line::new(), fallen_due),
        Cause::Write(turn) => turn,
    };
    let entry = &turn.entry;
    let who = format!("r{} {}, {}", entry.revision, entry.actor, entry.command);
    let line = match &entry.reason {
        Some(reason) => Line::new().plain(who).dim(format!(" ({})", &**reason)),
        None => Line::new().plain(who),
    };
    let lines: Vec<_> = turn.changes.iter().flat_map(|c| c.in_words()).collect();
    let more = lines.len().saturating_sub(SHOWN_LINES);
    let shown = lines.into_iter().take(SHOWN_LINES).enumerate();
    let line = shown.fold(line, |line, (number, shown)| {
        let mark = if number == 0 { ": " } else { "; " };
        line.plain(mark).then(diff_line(shown))
    });
    match more {
        0 => line,
        more => line.dim(format!(" and {more} more")),
    }
}

fn fallen_due(line: Line, due: &Due) -> Line {
    let mark = if line.0.is_empty() { "" } else { "; " };
    let event = if due.ended { "ends" } else { "begins" };
    let (noun, id) = (due.holder.noun(), due.holder.id());
    let over = override_words(&due.over);
    line.plain(format!("{mark}the override of {noun} {id} {event}: {over}"))
}
