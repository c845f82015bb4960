//! `flags org …`: organizations and their plans.

mod assign;
mod export;
mod forget;
mod list;
mod show;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::subject::Organization;
use crate::domain::target::Id;
use crate::told::OrganizationTold;
use crate::ui::Report;

/// What to do with organizations.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Put an organization on a plan; makes the organization known
    Assign(assign::AssignArgs),
    /// Show an organization with its overrides and the number of its users
    Show(show::ShowArgs),
    /// List the organizations
    List(list::ListArgs),
    /// Organizations as CSV or NDJSON, to be looked at elsewhere
    Export(export::ExportArgs),
    /// Forget an organization, with its overrides and wherever rules name it
    Forget(forget::ForgetArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: OrgCommand) -> Result<Box<dyn Report>> {
    match command {
        OrgCommand::Assign(args) => assign::run(context, args),
        OrgCommand::Show(args) => show::run(context, args),
        OrgCommand::List(args) => list::run(context, args),
        OrgCommand::Export(args) => export::run(context, args),
        OrgCommand::Forget(args) => forget::run(context, args),
    }
}

const FIELDS: &[&str] = &["id", "name", "plan", "targets"];

fn document(id: &Id, organization: &Organization) -> Value {
    json!(OrganizationTold::new(id, organization))
}
