//! `flags notify show`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::list::state;
use super::{Row, moment};
use crate::cli::context::Context;
use crate::notify::{DestinationName, State};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags notify show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The destination
    #[arg(value_name = "NAME")]
    name: DestinationName,
}

/// Shows a destination.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    Ok(Box::new(Shown(Row::one(context.store()?, &args.name)?)))
}

struct Shown(Row);

impl Report for Shown {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "name",
            "kind",
            "server",
            "events",
            "private",
            "state",
            "reported_until",
            "behind",
            "late",
            "delivered",
            "refused",
            "last_delivered",
            "attempts",
            "next_attempt",
            "error",
            "late_reports",
            "refusals",
        ]
    }

    fn document(&self) -> Value {
        let row = &self.0;
        let mut document = row.document();
        let late = row.delivery.late.iter().map(|(about, late)| {
            json!({
                "about": about,
                "revision": late.place.revision,
                "attempts": late.attempts,
                "next_attempt": moment(Some(late.next).filter(|&next| next > 0)),
                "error": late.error,
            })
        });
        document.insert("late_reports".to_owned(), late.collect());
        let refusals = row.delivery.refusals.iter().map(|refused| {
            json!({
                "about": refused.about,
                "revision": refused.place.revision,
                "error": refused.why,
            })
        });
        document.insert("refusals".to_owned(), refusals.collect());
        Value::Object(document)
    }

    fn page(&self) -> Page {
        let row = &self.0;
        let delivery = &row.delivery;
        let events: Vec<&str> = row.destination.events.iter().map(|e| e.as_str()).collect();
        let facts = [
            ("kind", Line::from(row.destination.kind.as_str())),
            ("server", Line::from(row.destination.server())),
            ("events", Line::from(events.join(", "))),
            ("state", state(delivery.state())),
            (
                "reported until",
                Line::from(format!("revision {}", row.reported_until())),
            ),
            ("behind", Line::from(format!("{} revisions", row.behind()))),
            ("delivered", Line::from(delivery.delivered.to_string())),
            ("refused", Line::from(delivery.refused.to_string())),
        ];
        let mut table = Table::new([]);
        for (name, fact) in facts {
            table.push([Line::new().dim(name), fact]);
        }
        if let Some(error) = delivery.error() {
            table.push([Line::new().dim("last error"), Line::from(error)]);
        }
        let mut late = Table::new(["late", "revision", "attempts", "next attempt", "last error"]);
        for (about, report) in &delivery.late {
            late.push([
                Line::new().key(about.as_str()),
                Line::from(report.place.revision.to_string()),
                Line::from(report.attempts.to_string()),
                match report.next {
                    0 => Line::new(),
                    next => Line::new().time(next.div_euclid(1000)),
                },
                Line::from(report.error.as_deref().unwrap_or_default()),
            ]);
        }
        let mut refusals = Table::new(["refused", "revision", "answer"]);
        for refused in &delivery.refusals {
            refusals.push([
                Line::new().key(refused.about.as_str()),
                Line::from(refused.place.revision.to_string()),
                Line::from(refused.why.as_str()),
            ]);
        }
        let page = Page::new()
            .heading(format!("destination {}", row.name))
            .table(table)
            .table(late)
            .table(refusals);
        match delivery.state() {
            State::Paused => page.line(format!(
                "`flags notify resume {}` tries again, --skip gives up what has not arrived",
                row.name
            )),
            _ => page,
        }
    }
}
