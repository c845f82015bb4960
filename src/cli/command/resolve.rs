//! `flags resolve`: all entitlements of one subject, or of every one.

mod all;
mod pieces;

use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value, json};

use super::get::answer_line;
use super::matrix::NO_FEATURES;
use crate::cli::ask_remote::AskRemoteArgs;
use crate::cli::context::Context;
use crate::cli::question::QuestionArgs;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::{LayerKind, Resolver};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, answer_as_json};
use crate::ui::{Line, Page, Report, Table};

/// All entitlements of one subject, or of every one
#[derive(Debug, Args)]
pub struct ResolveArgs {
    #[command(flatten)]
    question: QuestionArgs,
    #[command(flatten)]
    ask_remote: AskRemoteArgs,
    #[command(flatten)]
    all: all::AllArgs,
}

/// Answers for every feature.
pub fn run(context: &Context, args: ResolveArgs) -> Result<Box<dyn Report>> {
    if args.all.is_asked() {
        return all::run(context, &args.question, &args.all);
    }
    let report = args.question.ask(context, None, |asked| {
        if asked.catalog.features.is_empty() {
            context.remark(NO_FEATURES)?;
        }
        let resolver = Resolver::new(&asked.catalog);
        let subject = resolver.bind(&asked.record);
        let rows = resolver.slots().map(|slot| {
            let decision = resolver.decide(&subject, slot, asked.at);
            let feature = resolver.key(slot).clone();
            let kind = resolver.kind(slot);
            Row {
                feature,
                kind,
                answer: decision.answer,
                winner: decision.winner,
            }
        });
        let rows = rows.collect();
        args.ask_remote
            .check(context, &args.question, asked, None)?;
        Ok(ResolveReport {
            rows,
            subject: args.question.subject_document(),
            at: asked.at,
            revision: asked.revision,
        })
    })?;
    Ok(Box::new(report))
}

struct Row {
    feature: FeatureKey,
    kind: Kind,
    answer: Answer,
    winner: LayerKind,
}

struct ResolveReport {
    rows: Vec<Row>,
    subject: Value,
    at: Time,
    revision: Revision,
}

impl Report for ResolveReport {
    fn fields(&self) -> &'static [&'static str] {
        &["subject", "at", "revision", "entitlements", "features"]
    }

    fn document(&self) -> Value {
        let on = self.rows.iter().filter(|row| row.answer.is_some());
        let entitlements: Map<String, Value> = on
            .map(|row| (row.feature.to_string(), answer_as_json(row.answer)))
            .collect();
        let features = self.rows.iter().map(|row| {
            json!({
                "feature": row.feature,
                "type": row.kind,
                "value": answer_as_json(row.answer),
                "layer": row.winner,
            })
        });
        json!({
            "subject": self.subject,
            "at": self.at,
            "revision": self.revision,
            "entitlements": entitlements,
            "features": features.collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(["feature", "value", "from"]);
        for row in &self.rows {
            table.push([
                Line::new().key(row.feature.to_string()),
                answer_line(row.answer),
                Line::new().dim(row.winner.to_string()),
            ]);
        }
        Page::new().table(table)
    }
}
