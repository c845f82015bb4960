//! `flags plan delete`: the plan with its grants; whoever is on it is moved or taken off first.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{Destroys, WriteArgs, write_edit};
use crate::domain::key::PlanKey;
use crate::edit::{Edit, Successor};
use crate::ui::Report;

/// Arguments of `flags plan delete`.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The plan
    #[arg(value_name = "PLAN")]
    plan: PlanKey,
    /// Put whoever is on it on this plan
    #[arg(long, value_name = "PLAN", conflicts_with = "take_off")]
    move_to: Option<PlanKey>,
    /// Leave whoever is on it without a plan
    #[arg(long)]
    take_off: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Deletes the plan after asking.
pub fn run(context: &Context, args: DeleteArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "plan",
        key: args.plan.as_str(),
    });
    let successor = match (&args.move_to, args.take_off) {
        (Some(plan), _) => Some(Successor::Plan(plan.clone())),
        (None, true) => Some(Successor::None),
        (None, false) => None,
    };
    let plan = args.plan.clone();
    let edit = Edit::DeletePlan { plan, successor };
    write_edit(context, &args.write, destroys, &edit)
}
