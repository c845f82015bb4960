//! `flags user …`: users, their plans and organizations.

mod assign;
mod export;
mod forget;
mod import;
mod list;
mod show;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::subject::User;
use crate::domain::target::Id;
use crate::told::UserTold;
use crate::ui::Report;

pub use assign::{custom_only, plan_or_none};
pub use show::overrides_table;

/// What to do with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Put a user on a plan or into organizations; makes the user known
    Assign(assign::AssignArgs),
    /// Show a user with its overrides
    Show(show::ShowArgs),
    /// List the users
    List(list::ListArgs),
    /// Users as CSV or NDJSON, to be read in again or looked at elsewhere
    Export(export::ExportArgs),
    /// Forget a user, with its overrides and wherever rules name it
    Forget(forget::ForgetArgs),
    /// Make users known and alter what is kept about them, a row of a file for each
    Import(import::ImportUsersArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: UserCommand) -> Result<Box<dyn Report>> {
    match command {
        UserCommand::Assign(args) => assign::run(context, args),
        UserCommand::Show(args) => show::run(context, args),
        UserCommand::List(args) => list::run(context, args),
        UserCommand::Export(args) => export::run(context, args),
        UserCommand::Forget(args) => forget::run(context, args),
        UserCommand::Import(args) => import::run(context, args),
    }
}

const FIELDS: &[&str] = &["id", "email", "plan", "organizations", "targets"];

fn document(id: &Id, user: &User) -> Value {
    json!(UserTold::new(id, user))
}
