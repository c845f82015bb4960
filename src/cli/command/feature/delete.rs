//! `flags feature delete`: the feature with all that hangs on it.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{Destroys, WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::edit::Edit;
use crate::ui::Report;

/// Arguments of `flags feature delete`.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    write: WriteArgs,
}

/// Deletes the feature after asking.
pub fn run(context: &Context, args: DeleteArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "feature",
        key: args.feature.as_str(),
    });
    let feature = args.feature.clone();
    let edit = Edit::DeleteFeature { feature };
    write_edit(context, &args.write, destroys, &edit)
}
