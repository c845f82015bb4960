//! `flags user assign`.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::edit::{Alter, AlterSet, AssignUser, Edit, EditError};
use crate::ui::Report;

/// Arguments of `flags user assign`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  flags user assign u1 --plan pro --email ana@example.com\
                        \n  flags user assign u1 --org acme --leave initech"
)]
pub struct AssignArgs {
    /// The user
    #[arg(value_name = "USER")]
    user: Id,
    /// Its plan
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// It has no plan of its own
    #[arg(long, conflicts_with = "plan")]
    no_plan: bool,
    /// An organization it belongs to (repeatable)
    #[arg(long = "org", short, value_name = "ID")]
    organizations: Vec<Id>,
    /// An organization it belongs to no longer (repeatable)
    #[arg(long = "leave", value_name = "ID")]
    leaves: Vec<Id>,
    /// Its e-mail address ('' for none)
    #[arg(long, value_name = "ADDRESS")]
    email: Option<Name>,
    /// A custom target it always brings along, such as workspace:ws_1 (repeatable)
    #[arg(long = "target", value_name = "TYPE:ID")]
    targets: Vec<Target>,
    /// A custom target it brings along no longer (repeatable)
    #[arg(long = "untarget", value_name = "TYPE:ID")]
    untargets: Vec<Target>,
    /// Make the organizations if they are not known yet
    #[arg(long)]
    create: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Makes the user known, or alters what is kept.
pub fn run(context: &Context, args: AssignArgs) -> Result<Box<dyn Report>> {
    custom_only(&args.targets)?;
    let edit = Edit::AssignUser(AssignUser {
        user: args.user,
        plan: plan_or_none(args.plan, args.no_plan),
        email: args.email.into(),
        organizations: AlterSet::some(args.organizations, args.leaves),
        targets: AlterSet::some(args.targets, args.untargets),
        create: args.create,
    });
    write_edit(context, &args.write, None, &edit).map_err(|error| match error.downcast() {
        Ok(EditError::Missing(missing)) if missing.creatable => {
            let refused = missing.refusal().map(Failure::from);
            let refused = refused.unwrap_or_else(|| EditError::Missing(missing).into());
            refused.hint("add --create to make it").into()
        }
        Ok(error) => error.into(),
        Err(error) => error,
    })
}

/// What becomes of somebody's own plan.
pub fn plan_or_none(plan: Option<PlanKey>, none: bool) -> Alter<PlanKey> {
    match none {
        true => Alter::Clear,
        false => plan.into(),
    }
}

/// Refuses targets that are not custom: who a user is and where it belongs is said otherwise.
pub fn custom_only(targets: &[Target]) -> Result<()> {
    match targets.iter().find(|target| !target.is_custom()) {
        None => Ok(()),
        Some(target) => Err(Failure::from(Refusal::NotACustomTarget(target.clone()))
            .hint("users and organizations are named by --user and --org")
            .into()),
    }
}
