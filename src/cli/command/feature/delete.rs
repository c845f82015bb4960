//! `flags feature delete`: the feature with all that hangs on it.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::change::ChangeSet;
use crate::domain::key::FeatureKey;
use crate::store::{Scope, Snapshot};
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
    let request = Request {
        command: "feature delete",
        args: &args.write,
        destroys,
    };
    write(context, &request, &mut |snapshot| {
        changes(snapshot, &args.feature)
    })
}

fn changes(snapshot: &dyn Snapshot, feature: &FeatureKey) -> Result<ChangeSet> {
    let Some(audience) = snapshot.audience(feature)? else {
        return Err(unknown_feature(snapshot, feature)?.into());
    };
    let mut overrides = Vec::new();
    let scope = Scope::Features(std::slice::from_ref(feature));
    snapshot.overrides(scope, &mut |(subject, _, held)| {
        overrides.push((subject, held.over));
        ControlFlow::Continue(())
    })?;
    Ok(snapshot
        .catalog(Scope::All)?
        .delete_feature(feature, audience, overrides))
}
