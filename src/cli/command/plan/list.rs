//! `flags plan list`.

use anyhow::Result;
use clap::Args;

use super::{document, price_in_words};
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::catalog::PlanEntry;
use crate::domain::key::PlanKey;
use crate::store::Scope;
use crate::ui::{Line, Report};

/// Arguments of `flags plan list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    rows: Rows,
}

/// A plan, and whether it is the default.
type Row = (PlanKey, PlanEntry, bool);

/// Lists the plans in the order of their keys.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let catalog = context.store()?.snapshot()?.catalog(Scope::All)?;
    let default = catalog.settings.default_plan;
    let plans = catalog.plans.into_iter().map(|(key, entry)| {
        let is_default = default.as_ref() == Some(&key);
        (key, entry, is_default)
    });
    Ok(Box::new(ListReport {
        rows: args.rows.collect(
            context,
            plans,
            "there are no plans; `flags plan create KEY` makes one",
        )?,
        fields: super::FIELDS,
        document: |(key, entry, default): &Row| document(key, entry, *default),
        columns: &COLUMNS,
    }))
}

const COLUMNS: [Column<Row>; 5] = [
    ("key", |(key, ..)| Line::new().key(key.to_string())),
    ("name", |(_, entry, _)| {
        Line::from(entry.plan.display_name.as_deref().unwrap_or_default())
    }),
    ("price", |(_, entry, _)| Line::from(price_in_words(entry))),
    ("features", |(_, entry, _)| {
        Line::from(entry.grants.len().to_string())
    }),
    ("default", |(_, _, default)| match default {
        true => Line::new().good("default"),
        false => Line::new(),
    }),
];
