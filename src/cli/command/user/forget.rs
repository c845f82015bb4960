//! `flags user forget`: the user, its overrides, its name wherever a rule has it, and what a server
//! keeps about it.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{Destroys, WriteArgs, write_edit};
use crate::domain::target::Id;
use crate::edit::Edit;
use crate::server::astapa;
use crate::ui::Report;

/// Arguments of `flags user forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The user
    #[arg(value_name = "USER")]
    user: Id,
    #[command(flatten)]
    write: WriteArgs,
}

/// Forgets the user after asking.
pub fn run(context: &Context, args: ForgetArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "user",
        key: args.user.as_str(),
    });
    let user = args.user.clone();
    let edit = Edit::ForgetUser { user };
    let report = write_edit(context, &args.write, destroys, &edit)?;
    if !args.write.dry_run {
        astapa::forget(context.store()?, &args.user)?;
    }
    Ok(report)
}
