//! `flags notify list`.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::Row;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::notify::State;
use crate::ui::{Line, Report};

/// Arguments of `flags notify list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    rows: Rows,
}

/// Lists the destinations in the order of their names.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let rows = Row::all(context.store()?)?;
    Ok(Box::new(ListReport {
        rows: args
            .rows
            .collect(context, rows, "there are no destinations of reports")?,
        fields: super::FIELDS,
        document: |row: &Row| Value::Object(row.document()),
        columns: &COLUMNS,
    }))
}

const COLUMNS: [Column<Row>; 8] = [
    ("name", |row| Line::new().key(row.name.to_string())),
    ("kind", |row| Line::from(row.destination.kind.as_str())),
    ("server", |row| Line::from(row.destination.server())),
    ("state", |row| state(row.delivery.state())),
    ("delivered", |row| {
        Line::from(row.delivery.delivered.to_string())
    }),
    ("behind", |row| {
        match (row.behind(), row.delivery.late.len()) {
            (0, 0) => Line::new(),
            (behind, 0) => Line::from(behind.to_string()),
            (behind, late) => Line::from(format!("{behind} (+{late} late)")),
        }
    }),
    ("next attempt", |row| match row.next_attempt() {
        Some(next) => Line::new().time(next.div_euclid(1000)),
        None => Line::new(),
    }),
    ("last error", |row| {
        Line::from(row.delivery.error().unwrap_or_default())
    }),
];

/// A state as a cell.
pub(super) fn state(state: State) -> Line {
    let word = state.as_str();
    match state {
        State::Active => Line::new().good(word),
        State::Retrying | State::Waiting => Line::new().warn(word),
        State::Paused => Line::new().bad(word),
    }
}
