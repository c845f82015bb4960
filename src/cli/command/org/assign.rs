//! `flags org assign`.

use anyhow::Result;
use clap::Args;

use crate::cli::command::user::{custom_only, plan_or_none};
use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::PlanKey;
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::edit::{AlterSet, AssignOrganization, Edit};
use crate::ui::Report;

/// Arguments of `flags org assign`.
#[derive(Debug, Args)]
pub struct AssignArgs {
    /// The organization
    #[arg(value_name = "ORG")]
    org: Id,
    /// Its plan, which its users share
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// It has no plan
    #[arg(long, conflicts_with = "plan")]
    no_plan: bool,
    /// What people call it ('' for none)
    #[arg(long, value_name = "TEXT")]
    name: Option<Name>,
    /// A custom target that it and its users always bring along (repeatable)
    #[arg(long = "target", value_name = "TYPE:ID")]
    targets: Vec<Target>,
    /// A custom target it brings along no longer (repeatable)
    #[arg(long = "untarget", value_name = "TYPE:ID")]
    untargets: Vec<Target>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Makes the organization known, or alters what is kept.
pub fn run(context: &Context, args: AssignArgs) -> Result<Box<dyn Report>> {
    custom_only(&args.targets)?;
    let edit = Edit::AssignOrganization(AssignOrganization {
        organization: args.org,
        plan: plan_or_none(args.plan, args.no_plan),
        name: args.name.into(),
        targets: AlterSet::some(args.targets, args.untargets),
    });
    write_edit(context, &args.write, None, &edit)
}
