//! `flags feature enable` and `disable`: the kill switch.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::ChangeSet;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::store::Scope;
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
    let command = if enabled {
        "feature enable"
    } else {
        "feature disable"
    };
    let request = Request {
        command,
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let Some(entry) = catalog.features.get(&args.feature) else {
            return Err(unknown_feature(snapshot, &args.feature)?.into());
        };
        let feature = Feature {
            enabled,
            ..entry.feature.clone()
        };
        Ok(ChangeSet::new([
            catalog.set_feature(&args.feature, Some(feature))
        ]))
    })
}
