//! `flags target`: who is targeted.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::feature::read as read_feature;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::domain::target::{Percent, Target};
use crate::edit::Edit;
use crate::ui::Report;

/// Who is targeted: everybody, nobody, a share, or those named
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  flags target beta all\n  flags target beta percent 25\
                  \n  flags target add beta user:u1 org:acme workspace:ws_1\
                  \n  flags target remove beta user:u1"
)]
pub struct TargetArgs {
    #[command(subcommand)]
    action: Option<Action>,
    /// The feature
    #[arg(value_name = "FEATURE", required = true)]
    feature: Option<FeatureKey>,
    /// Everybody, nobody or a share of all; without it, the targeting is shown
    #[arg(value_enum)]
    form: Option<Form>,
    /// The share for `percent`: 0 to 100, at most two decimals
    #[arg(value_name = "NUMBER", allow_negative_numbers = true)]
    share: Option<Percent>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Name more targets
    Add(NamedArgs),
    /// Name some targets no longer
    Remove(NamedArgs),
}

#[derive(Debug, Args)]
struct NamedArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    /// user:ID, org:ID or a custom TYPE:ID (repeatable)
    #[arg(value_name = "TARGET", required = true)]
    targets: Vec<Target>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Everybody
    All,
    /// Nobody: the plans decide
    None,
    /// A stable share of all, beside those named
    Percent,
}

/// Shows or alters the targeting.
pub fn run(context: &Context, args: TargetArgs) -> Result<Box<dyn Report>> {
    let TargetArgs {
        action,
        feature,
        form,
        share,
        write: options,
    } = args;
    let write = |edit| write_edit(context, &options, None, &edit);
    match (action, feature) {
        (Some(Action::Add(args)), _) => {
            let (feature, targets) = (args.feature, args.targets);
            let edit = Edit::AddTargets { feature, targets };
            write_edit(context, &args.write, None, &edit)
        }
        (Some(Action::Remove(args)), _) => {
            let (feature, targets) = (args.feature, args.targets);
            let edit = Edit::RemoveTargets { feature, targets };
            write_edit(context, &args.write, None, &edit)
        }
        (None, Some(feature)) => match (form, share) {
            (None, _) => Ok(Box::new(read_feature(
                &*context.store()?.snapshot()?,
                &feature,
            )?)),
            (Some(Form::Percent), None) => {
                Err(Failure::usage("usage", "percent needs a number, such as `percent 25`").into())
            }
            (Some(Form::All | Form::None), Some(_)) => {
                Err(Failure::usage("usage", "a number goes with percent only").into())
            }
            (Some(Form::All), None) => write(Edit::TargetAll { feature }),
            (Some(Form::None), None) => write(Edit::TargetNone { feature }),
            (Some(Form::Percent), Some(percent)) => write(Edit::TargetPercent { feature, percent }),
        },
        (None, None) => Err(Failure::usage("usage", "which feature?").into()),
    }
}
