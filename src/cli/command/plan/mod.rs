//! `flags plan …`: plans as a pricing page shows them.

mod delete;
mod edit;
mod list;
mod show;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::catalog::PlanEntry;
use crate::domain::key::PlanKey;
use crate::told::PlanTold;
use crate::ui::Report;

/// What to do with plans.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Create a plan
    Create(edit::PlanArgs),
    /// List the plans
    List(list::ListArgs),
    /// Show one plan with its grants
    Show(show::ShowArgs),
    /// Alter a plan's name, description or price, or make it the default plan
    Edit(edit::EditArgs),
    /// Delete a plan with its grants
    Delete(delete::DeleteArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: PlanCommand) -> Result<Box<dyn Report>> {
    match command {
        PlanCommand::Create(args) => edit::create(context, args),
        PlanCommand::List(args) => list::run(context, args),
        PlanCommand::Show(args) => show::run(context, args),
        PlanCommand::Edit(args) => edit::edit(context, args),
        PlanCommand::Delete(args) => delete::run(context, args),
    }
}

const FIELDS: &[&str] = &[
    "key",
    "display_name",
    "description",
    "price",
    "currency",
    "period",
    "default",
    "grants",
    "revision",
];

fn document(key: &PlanKey, entry: &PlanEntry, default: bool) -> Value {
    json!(PlanTold::new(key, entry, default))
}

/// The price in words: `29.00 USD monthly`.
fn price_in_words(entry: &PlanEntry) -> String {
    let plan = &entry.plan;
    let words = [
        plan.price.as_ref().map(ToString::to_string),
        plan.currency.as_ref().map(ToString::to_string),
        plan.period.as_ref().map(ToString::to_string),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
