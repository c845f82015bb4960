//! `flags plan delete`: the plan with its grants; whoever is on it is moved or taken off first.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::unknown_plan;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::catalog::Settings;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, User};
use crate::domain::text::counted;
use crate::store::{Scope, Snapshot};
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
    let request = Request {
        command: "plan delete",
        args: &args.write,
        destroys,
    };
    write(context, &request, &mut |snapshot| changes(snapshot, &args))
}

fn changes(snapshot: &dyn Snapshot, args: &DeleteArgs) -> Result<ChangeSet> {
    let catalog = snapshot.catalog(Scope::All)?;
    if args.move_to.as_ref() == Some(&args.plan) {
        let message = format!("plan `{}` cannot be moved to itself", args.plan);
        return Err(Failure::usage("usage", message).into());
    }
    for plan in [Some(&args.plan), args.move_to.as_ref()]
        .into_iter()
        .flatten()
    {
        if !catalog.plans.contains_key(plan) {
            return Err(unknown_plan(&catalog, plan).into());
        }
    }
    let moved = subjects_on(snapshot, &args.plan, args.move_to.as_ref())?;
    if !moved.is_empty() && !args.take_off && args.move_to.is_none() {
        let (plan, by) = (args.plan.clone(), in_words(&moved));
        return Err(Refusal::PlanInUse { plan, by }.into());
    }
    let mut settings = catalog.settings.clone();
    if settings.default_plan.as_ref() == Some(&args.plan) {
        settings = Settings {
            default_plan: args.move_to.clone(),
            ..settings
        };
    }
    let resettled = catalog.set_settings(settings);
    let deleted = catalog.delete_plan(&args.plan);
    let all = moved
        .into_iter()
        .chain([resettled])
        .chain(deleted.changes().iter().cloned());
    Ok(ChangeSet::new(all))
}

/// Those on the plan, counted: `2 users`, `1 organization and 3 users`.
fn in_words(moved: &[Change]) -> String {
    let users = moved.iter().filter(|c| matches!(c, Change::User { .. }));
    let users = users.count() as u64;
    let organizations = moved.len() as u64 - users;
    let counts = [(organizations, "organization"), (users, "user")];
    let words = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = words.map(|(count, noun)| counted(count, noun)).collect();
    words.join(" and ")
}

/// The changes that move everybody from one plan to another, or to none.
fn subjects_on(
    snapshot: &dyn Snapshot,
    plan: &PlanKey,
    to: Option<&PlanKey>,
) -> Result<Vec<Change>> {
    let mut moved = Vec::new();
    snapshot.organizations(None, &mut |(id, before)| {
        if before.plan.as_ref() == Some(plan) {
            let after = Some(Organization {
                plan: to.cloned(),
                ..before.clone()
            });
            moved.push(Change::Organization {
                id,
                before: Some(before),
                after,
            });
        }
        ControlFlow::Continue(())
    })?;
    snapshot.users(None, &mut |(id, before)| {
        if before.plan.as_ref() == Some(plan) {
            let after = Some(User {
                plan: to.cloned(),
                ..before.clone()
            });
            moved.push(Change::User {
                id,
                before: Some(before),
                after,
            });
        }
        ControlFlow::Continue(())
    })?;
    Ok(moved)
}
