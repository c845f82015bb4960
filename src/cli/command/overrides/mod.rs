//! `flags override …`: the overrides of users and organizations.

mod clear;
mod ending;
mod export;
mod filter;
mod import;
mod list;
mod show;

use anyhow::Result;
use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Standing;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::told::OverrideTold;
use crate::ui::Report;

/// What to do with overrides.
#[derive(Debug, Subcommand)]
pub enum OverrideCommand {
    /// List overrides
    List(list::ListArgs),
    /// Overrides as CSV or NDJSON, to be read in again or looked at elsewhere
    Export(export::ExportArgs),
    /// Show one subject's override of a feature, and who set it
    Show(show::ShowArgs),
    /// Take away a subject's overrides, all or of some features, or whatever has expired
    Clear(clear::ClearArgs),
    /// Set and clear overrides, a row of a file for each
    Import(import::ImportOverridesArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: OverrideCommand) -> Result<Box<dyn Report>> {
    match command {
        OverrideCommand::List(args) => list::run(context, args),
        OverrideCommand::Export(args) => export::run(context, args),
        OverrideCommand::Show(args) => show::run(context, args),
        OverrideCommand::Clear(args) => clear::run(context, args),
        OverrideCommand::Import(args) => import::run(context, args),
    }
}

/// A user or an organization: exactly one.
#[derive(Debug, Clone, Args)]
#[command(group(ArgGroup::new("holder").required(true).args(["user", "org"])))]
struct HolderArgs {
    /// The user
    #[arg(long, short, value_name = "ID")]
    user: Option<Id>,
    /// The organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
}

impl HolderArgs {
    fn subject(&self) -> Result<SubjectId> {
        match (&self.user, &self.org) {
            (Some(user), _) => Ok(SubjectId::User(user.clone())),
            (None, Some(org)) => Ok(SubjectId::Organization(org.clone())),
            (None, None) => Err(Failure::usage("usage", "name a --user or an --org").into()),
        }
    }
}

const FIELDS: &[&str] = &[
    "subject", "feature", "effect", "value", "standing", "reason", "starts", "expires", "revision",
];

fn document(subject: &SubjectId, feature: &FeatureKey, held: &Held, now: Time) -> Value {
    json!(OverrideTold::new(subject, feature, held, now))
}

fn standing_in_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::NotStarted => "not started",
        Standing::Expired => "expired",
    }
}
