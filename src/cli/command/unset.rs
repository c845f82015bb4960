//! `flags unset`: take a mapping or an override away.

use anyhow::Result;
use clap::{ArgGroup, Args};

use super::set::{Holder, Whose};
use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::edit::Edit;
use crate::ui::Report;

/// Take a mapping or an override away, so that the subject falls back
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whose").required(true).args(["plan", "user", "org"])))]
pub struct UnsetArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    write: WriteArgs,
}

/// Takes away; where nothing was set there is nothing to change.
pub fn run(context: &Context, args: UnsetArgs) -> Result<Box<dyn Report>> {
    let feature = args.feature;
    let edit = match args.whose.holder()? {
        Holder::Plan(plan) => Edit::UnsetGrant { plan, feature },
        Holder::Subject(subject) => Edit::UnsetOverride { subject, feature },
    };
    write_edit(context, &args.write, None, &edit)
}
