//! `flags explain`: every layer of an answer.

mod history;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::get::answer_line;
use crate::cli::context::Context;
use crate::cli::question::{Asked, QuestionArgs};
use crate::domain::catalog::Revision;
use crate::domain::finding::Finding;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{LayerKind, Resolution, Resolver};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, answer_in_words};
use crate::store::Entry;
use crate::told::{Explanation, LayerTold, SubjectTold, ValueTold};
use crate::ui::{Line, Page, Report, Table};

/// Every layer of an answer: which one wins, who set it, why, until when
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    question: QuestionArgs,
    /// Instead of the layers: when and why the answer changed, and what lies ahead
    #[arg(long, conflicts_with = "file")]
    history: bool,
}

/// Answers with what every layer said, the winner marked.
pub fn run(context: &Context, args: ExplainArgs) -> Result<Box<dyn Report>> {
    if args.history
        && let Some(report) = history::run(context, &args.feature, &args.question)?
    {
        return Ok(report);
    }
    let keys = [args.feature.clone()];
    let report = args.question.ask_marked(context, Some(&keys), |asked| {
        let resolver = Resolver::new(&asked.catalog);
        let subject = resolver.bind(&asked.record);
        let slot = resolver.slot(&keys[0]);
        let slot = slot.ok_or_else(|| Refusal::UnknownFeature(keys[0].clone()))?;
        let resolution = resolver.resolve(&subject, slot, asked.at);
        Ok(ExplainReport {
            feature: args.feature.clone(),
            kind: resolution.kind,
            answer: resolution.answer,
            winner: resolution.winner,
            rows: rows(asked, &resolution)?,
            subject: args.question.subject_told(),
            subject_in_words: args.question.subject_in_words(),
            at: asked.at,
            revision: asked.revision,
            past: asked.past,
        })
    })?;
    Ok(Box::new(report))
}

/// What became of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It decided.
    Won,
    /// It has an answer, but a stronger one came first.
    Lost,
    /// It has no answer.
    Silent,
    /// A second finding of a layer, set aside within it.
    Aside,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Silent => "silent",
            Self::Aside => "aside",
        }
    }
}

struct Row {
    layer: LayerKind,
    outcome: Outcome,
    says: Option<Answer>,
    why: String,
    until: Option<Time>,
    set: Option<Entry>,
}

fn rows(asked: &Asked<'_>, resolution: &Resolution<'_>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for layer in &resolution.layers {
        let outcome = match layer.finding.answer() {
            _ if layer.kind == resolution.winner => Outcome::Won,
            Some(_) => Outcome::Lost,
            None => Outcome::Silent,
        };
        rows.push(row(asked, layer.kind, outcome, &layer.finding)?);
        for finding in &layer.aside {
            rows.push(row(asked, layer.kind, Outcome::Aside, finding)?);
        }
    }
    Ok(rows)
}

fn row(
    asked: &Asked<'_>,
    layer: LayerKind,
    outcome: Outcome,
    finding: &Finding<'_>,
) -> Result<Row> {
    let set = match finding.revision() {
        Some(revision) => asked.snapshot.entry(revision)?,
        None => None,
    };
    let (says, until) = (finding.answer(), finding.until());
    Ok(Row {
        layer,
        outcome,
        says,
        why: finding.in_words(),
        until,
        set,
    })
}

struct ExplainReport {
    feature: FeatureKey,
    kind: Kind,
    answer: Answer,
    winner: LayerKind,
    rows: Vec<Row>,
    subject: SubjectTold,
    subject_in_words: String,
    at: Time,
    revision: Revision,
    past: bool,
}

impl Report for ExplainReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "feature", "type", "value", "layer", "subject", "at", "revision", "layers",
        ]
    }

    fn document(&self) -> Value {
        let layers = self.rows.iter().map(|row| {
            let said = (row.says, row.until);
            let why = row.why.clone();
            LayerTold::new(row.layer, row.outcome.word(), said, why, row.set.as_ref())
        });
        json!(Explanation {
            feature: self.feature.clone(),
            kind: self.kind,
            value: ValueTold(self.answer),
            layer: self.winner,
            subject: self.subject.clone(),
            at: self.at,
            revision: self.revision,
            layers: layers.collect(),
        })
    }

    fn page(&self) -> Page {
        let head = Line::new()
            .key(self.feature.to_string())
            .plain(" is ")
            .then(answer_line(self.answer))
            .plain(format!(
                " for {}, from {}",
                self.subject_in_words, self.winner
            ));
        let head = match self.past {
            true => head.dim(format!(", as of revision {}, {}", self.revision, self.at)),
            false => head,
        };
        let mut table = Table::new(["", "layer", "says", "why", "set"]);
        for row in &self.rows {
            table.push([mark(row), layer(row), says(row), why(row), set(row)]);
        }
        Page::new().line(head).blank().table(table)
    }
}

fn mark(row: &Row) -> Line {
    match row.outcome {
        Outcome::Won => Line::new().good("→"),
        _ => Line::new(),
    }
}

fn layer(row: &Row) -> Line {
    match row.outcome {
        Outcome::Won => Line::new().strong(row.layer.to_string()),
        Outcome::Aside => Line::new().dim(format!("({})", row.layer)),
        _ => Line::new().plain(row.layer.to_string()),
    }
}

fn says(row: &Row) -> Line {
    match row.says {
        None => Line::new().dim("–"),
        Some(answer) if row.outcome == Outcome::Won => answer_line(answer),
        Some(answer) => Line::new().dim(answer_in_words(answer)),
    }
}

fn why(row: &Row) -> Line {
    let line = Line::new().plain(row.why.clone());
    match row.outcome {
        Outcome::Lost => line.dim(" (a stronger layer decides)"),
        _ => line,
    }
}

fn set(row: &Row) -> Line {
    let Some(entry) = &row.set else {
        return Line::new();
    };
    let seconds = entry.at.div_euclid(1000);
    let line = Line::new().plain(format!("{} ", entry.actor)).time(seconds);
    match &entry.reason {
        Some(reason) => line.dim(format!(": {}", &**reason)),
        None => line,
    }
}
