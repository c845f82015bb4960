//! `flags org forget`: an organization without users, its overrides, and its name in rules.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{Destroys, WriteArgs, write_edit};
use crate::domain::target::Id;
use crate::edit::Edit;
use crate::ui::Report;

/// Arguments of `flags org forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The organization
    #[arg(value_name = "ORG")]
    org: Id,
    #[command(flatten)]
    write: WriteArgs,
}

/// Forgets the organization after asking; one that still has users stays.
pub fn run(context: &Context, args: ForgetArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "organization",
        key: args.org.as_str(),
    });
    let organization = args.org.clone();
    let edit = Edit::ForgetOrganization { organization };
    write_edit(context, &args.write, destroys, &edit)
}
