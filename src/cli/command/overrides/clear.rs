//! `flags override clear`.

use anyhow::Result;
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::write::{Destroys, WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::edit::{ClearOverrides, Edit};
use crate::ui::Report;

/// Arguments of `flags override clear`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).multiple(true).args(["user", "org", "expired"])))]
pub struct ClearArgs {
    /// The features; without any, all of the subject's overrides go
    #[arg(value_name = "FEATURE")]
    features: Vec<FeatureKey>,
    /// The user
    #[arg(long, short, value_name = "ID", conflicts_with = "org")]
    user: Option<Id>,
    /// The organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// Only overrides that have ended; without --user and --org, everybody's
    #[arg(long)]
    expired: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Takes the overrides away; asks before taking all that a subject has. What has ended is taken
/// without asking: nobody loses by it.
pub fn run(context: &Context, args: ClearArgs) -> Result<Box<dyn Report>> {
    let holder = match (&args.user, &args.org) {
        (Some(user), _) => Some(SubjectId::User(user.clone())),
        (None, org) => org.clone().map(SubjectId::Organization),
    };
    let asks = args.features.is_empty() && !args.expired;
    let destroys = holder.as_ref().filter(|_| asks).map(|subject| Destroys {
        what: match subject {
            SubjectId::User(_) => "all overrides of user",
            SubjectId::Organization(_) => "all overrides of organization",
        },
        key: subject.id().as_str(),
    });
    let edit = Edit::ClearOverrides(ClearOverrides {
        subject: holder.clone(),
        features: args.features,
        expired: args.expired,
    });
    write_edit(context, &args.write, destroys, &edit)
}
