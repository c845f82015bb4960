//! `flags feature …`: the catalog of features.

mod cap;
mod define;
mod delete;
mod edit;
mod list;
mod show;

mod switch;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::catalog::FeatureEntry;
use crate::domain::key::FeatureKey;
use crate::told::FeatureTold;
use crate::ui::Report;

pub use show::read;

/// What to do with features.
#[derive(Debug, Subcommand)]
pub enum FeatureCommand {
    /// Define a feature
    Define(define::DefineArgs),
    /// List the features
    List(list::ListArgs),
    /// Show one feature with its targeting and the plans that grant it
    Show(show::ShowArgs),
    /// Alter a feature's name, description, tags or owner
    Edit(edit::EditArgs),
    /// Let the feature be had again: release its kill switch
    Enable(switch::SwitchArgs),
    /// Turn the feature off for everybody: throw its kill switch
    Disable(switch::SwitchArgs),
    /// Delete a feature with its grants, rules and overrides
    Delete(delete::DeleteArgs),
    /// Show or set how many features the catalog may have
    Cap(cap::CapArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: FeatureCommand) -> Result<Box<dyn Report>> {
    match command {
        FeatureCommand::Define(args) => define::run(context, args),
        FeatureCommand::List(args) => list::run(context, args),
        FeatureCommand::Show(args) => show::run(context, args),
        FeatureCommand::Edit(args) => edit::run(context, args),
        FeatureCommand::Enable(args) => switch::run(context, args, true),
        FeatureCommand::Disable(args) => switch::run(context, args, false),
        FeatureCommand::Delete(args) => delete::run(context, args),
        FeatureCommand::Cap(args) => cap::run(context, args),
    }
}

/// The fields that a feature's JSON has in lists and by itself.
const FIELDS: &[&str] = &[
    "key",
    "type",
    "enabled",
    "off_value",
    "access",
    "name",
    "description",
    "tags",
    "owner",
    "revision",
];

fn document(key: &FeatureKey, entry: &FeatureEntry) -> Value {
    json!(FeatureTold::new(key, entry))
}
