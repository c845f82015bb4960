//! `flags org assign`.

use anyhow::Result;
use clap::Args;

use crate::cli::command::feature::replace;
use crate::cli::command::plan::unknown_plan;
use crate::cli::command::user::custom_only;
use crate::cli::context::Context;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::PlanKey;
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::store::Scope;
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
    let request = Request {
        command: "org assign",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        if let Some(plan) = args
            .plan
            .as_ref()
            .filter(|plan| !catalog.plans.contains_key(*plan))
        {
            return Err(unknown_plan(&catalog, plan).into());
        }
        let before = snapshot.organization(&args.org)?;
        let mut after = before.clone().unwrap_or_default();
        replace(&mut after.plan, args.plan.clone(), |_| false);
        if args.no_plan {
            after.plan = None;
        }
        replace(&mut after.name, args.name.clone(), |text| text.is_empty());
        after.targets.extend(args.targets.iter().cloned());
        after
            .targets
            .retain(|target| !args.untargets.contains(target));
        let change = Change::Organization {
            id: args.org.clone(),
            before,
            after: Some(after),
        };
        Ok(ChangeSet::new([change]))
    })
}
