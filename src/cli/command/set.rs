//! `flags set`: map a feature into a plan, or override it for a subject.

use anyhow::Result;
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::did_you_mean;
use crate::cli::values::When;
use crate::cli::write::{FIELDS, WriteArgs, blind, check_fields, not_confirmed, write_edit};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::edit::{Edit, EditError, Missing, SetGrant, SetOverride, Word, suggested_kind};
use crate::ui::{OutputMode, Report, prompt};

/// Map a feature into a plan, or override it for a user or an organization
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("whose").required(true).args(["plan", "user", "org"])),
    after_help = "Examples:\n  flags set analytics --plan pro\n  flags set max_seats 25 --plan pro\
                  \n  flags set beta --user u1 --expires 14d --reason 'trial'\
                  \n  flags set analytics off --org acme"
)]
pub struct SetArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    /// on (the default for a boolean), off (revokes), a number, or unlimited
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: Option<Word>,
    #[command(flatten)]
    whose: Whose,
    /// The override ends at this moment: 14d, 36h, a date, or RFC 3339
    #[arg(
        long,
        value_name = "TIME",
        conflicts_with = "plan",
        allow_hyphen_values = true
    )]
    expires: Option<When>,
    /// The override starts at this moment
    #[arg(
        long,
        value_name = "TIME",
        conflicts_with = "plan",
        allow_hyphen_values = true
    )]
    starts: Option<When>,
    /// Make the feature, plan, user or organization if there is none yet
    #[arg(long)]
    create: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Whom a mapping or an override belongs to: exactly one of the three.
#[derive(Debug, Clone, Args)]
pub struct Whose {
    /// The plan to map the feature into
    #[arg(long, short, value_name = "PLAN")]
    pub plan: Option<PlanKey>,
    /// The user whose override it is
    #[arg(long, short, value_name = "ID")]
    pub user: Option<Id>,
    /// The organization whose override it is
    #[arg(long, short, value_name = "ID")]
    pub org: Option<Id>,
}

/// A plan or a subject.
#[derive(Debug, Clone)]
pub enum Holder {
    /// A plan.
    Plan(PlanKey),
    /// A user or an organization.
    Subject(SubjectId),
}

impl Whose {
    /// The one that was named.
    pub fn holder(&self) -> Result<Holder> {
        match (&self.plan, &self.user, &self.org) {
            (Some(plan), ..) => Ok(Holder::Plan(plan.clone())),
            (_, Some(user), _) => Ok(Holder::Subject(SubjectId::User(user.clone()))),
            (_, _, Some(org)) => Ok(Holder::Subject(SubjectId::Organization(org.clone()))),
            _ => Err(Failure::usage("usage", "name a --plan, a --user or an --org").into()),
        }
    }
}

/// Maps or overrides.
pub fn run(context: &Context, args: SetArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let now = context.now()?;
    let edit = edit(&args, now)?;
    if blind::is_blind(context)? {
        if args.create {
            blind::refuse_to_create(context)?;
        }
        return write_edit(context, &args.write, None, &edit);
    }
    let edit = edit.fitted(context.store()?)?.into_owned();
    let missing = {
        let snapshot = context.store()?.snapshot()?;
        match &edit {
            Edit::SetGrant(grant) => grant.missing(&*snapshot)?,
            Edit::SetOverride(over) => over.missing(&*snapshot)?,
            _ => Missing::default(),
        }
    };
    let create = match missing.is_nothing() || (args.create && missing.creatable) {
        true => args.create,
        false => agreed(context, &args, missing)?,
    };
    write_edit(context, &args.write, None, &created(edit, create))
}

/// What the arguments ask for.
fn edit(args: &SetArgs, now: Time) -> Result<Edit> {
    let (feature, value, create) = (args.feature.clone(), args.value, args.create);
    match args.whose.holder()? {
        Holder::Plan(plan) => Ok(Edit::SetGrant(SetGrant {
            plan,
            feature,
            value,
            create,
        })),
        Holder::Subject(subject) => {
            let over = SetOverride {
                subject,
                feature,
                value,
                reason: args.write.reason(),
                starts: args.starts.map(|when| when.from(now)).transpose()?,
                expires: args.expires.map(|when| when.from(now)).transpose()?,
                create,
            };
            over.check_end(now)?;
            Ok(Edit::SetOverride(over))
        }
    }
}

fn created(edit: Edit, create: bool) -> Edit {
    match edit {
        Edit::SetGrant(grant) => Edit::SetGrant(SetGrant { create, ..grant }),
        Edit::SetOverride(over) => Edit::SetOverride(SetOverride { create, ..over }),
        edit => edit,
    }
}

/// On a terminal, asks whether to make what is missing; a script says so with `--create`.
fn agreed(context: &Context, args: &SetArgs, missing: Missing) -> Result<bool> {
    let asks_nothing = args.write.yes || context.mode != OutputMode::Text;
    if !missing.creatable || asks_nothing || !context.terminal.interactive() {
        return Err(EditError::from(missing).into());
    }
    for nearest in &missing.nearest {
        context.terminal.status(did_you_mean(nearest))?;
    }
    let kind = match &missing.feature {
        Some(_) => format!(" ({})", suggested_kind(args.value)),
        None => String::new(),
    };
    let things = missing.things().join(" and ");
    match prompt::confirm(&format!("There is no {things}. Make it{kind}?"))? {
        true => Ok(true),
        false => Err(not_confirmed().into()),
    }
}
