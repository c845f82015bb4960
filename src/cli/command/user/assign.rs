//! `flags user assign`.

use anyhow::Result;
use clap::Args;

use crate::cli::command::feature::replace;
use crate::cli::command::plan::unknown_plan;
use crate::cli::command::unset::known;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::store::{Scope, Snapshot};
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
    let request = Request {
        command: "user assign",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| changes(snapshot, &args))
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

fn changes(snapshot: &dyn Snapshot, args: &AssignArgs) -> Result<ChangeSet> {
    if let Some(plan) = &args.plan {
        let catalog = snapshot.catalog(Scope::All)?;
        if !catalog.plans.contains_key(plan) {
            return Err(unknown_plan(&catalog, plan).into());
        }
    }
    let mut changes = Vec::new();
    let joined: std::collections::BTreeSet<&Id> = args.organizations.iter().collect();
    for id in joined {
        if snapshot.organization(id)?.is_some() {
            continue;
        }
        if !args.create {
            let refused = Refusal::UnknownSubject(SubjectId::Organization(id.clone()));
            return Err(Failure::from(refused)
                .hint("add --create to make it")
                .into());
        }
        let (before, after) = (None, Some(Organization::default()));
        changes.push(Change::Organization {
            id: id.clone(),
            before,
            after,
        });
    }
    for id in &args.leaves {
        known(snapshot, &SubjectId::Organization(id.clone()))?;
    }
    let before = snapshot.user(&args.user)?;
    let mut after = before.clone().unwrap_or_default();
    put_into(args, &mut after);
    changes.push(Change::User {
        id: args.user.clone(),
        before,
        after: Some(after),
    });
    Ok(ChangeSet::new(changes))
}

fn put_into(args: &AssignArgs, user: &mut User) {
    replace(&mut user.plan, args.plan.clone(), |_| false);
    if args.no_plan {
        user.plan = None;
    }
    replace(&mut user.email, args.email.clone(), |text| text.is_empty());
    user.organizations
        .extend(args.organizations.iter().cloned());
    user.organizations.retain(|id| !args.leaves.contains(id));
    user.targets.extend(args.targets.iter().cloned());
    user.targets
        .retain(|target| !args.untargets.contains(target));
}
