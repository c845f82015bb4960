//! `flags feature enable` and `disable`: the kill switch.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::edit::Edit;
use crate::ui::Report;

/// Arguments of `flags feature enable` and `disable`.
#[derive(Debug, Args)]
pub struct SwitchArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    write: WriteArgs,
}

/// Throws or releases the switch.
pub fn run(context: &Context, args: SwitchArgs, enabled: bool) -> Result<Box<dyn Report>> {
    let feature = args.feature;
    let edit = match enabled {
        true => Edit::EnableFeature { feature },
        false => Edit::DisableFeature { feature },
    };
    write_edit(context, &args.write, None, &edit)
}
