//! `flags override clear`.

use anyhow::Result;
use clap::Args;

use super::HolderArgs;
use crate::cli::command::unset::known;
use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::subject::SubjectId;
use crate::store::Scope;
use crate::ui::Report;

/// Arguments of `flags override clear`.
#[derive(Debug, Args)]
pub struct ClearArgs {
    /// The features; without any, all of the subject's overrides go
    #[arg(value_name = "FEATURE")]
    features: Vec<FeatureKey>,
    #[command(flatten)]
    holder: HolderArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Takes the overrides away; asks before taking all of them.
pub fn run(context: &Context, args: ClearArgs) -> Result<Box<dyn Report>> {
    let subject = args.holder.subject()?;
    let destroys = args.features.is_empty().then(|| Destroys {
        what: match subject {
            SubjectId::User(_) => "all overrides of user",
            SubjectId::Organization(_) => "all overrides of organization",
        },
        key: subject.id().as_str(),
    });
    let request = Request {
        command: "override clear",
        args: &args.write,
        destroys,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let unknown = args
            .features
            .iter()
            .find(|key| !catalog.features.contains_key(*key));
        if let Some(key) = unknown {
            return Err(unknown_feature(snapshot, key)?.into());
        }
        known(snapshot, &subject)?;
        let scope = match args.features.as_slice() {
            [] => Scope::All,
            features => Scope::Features(features),
        };
        let held = snapshot.overrides_of(&subject, scope)?;
        let cleared = held.into_iter().map(|(feature, held)| Change::Override {
            subject: subject.clone(),
            feature,
            before: Some(held.over),
            after: None,
        });
        Ok(cleared.collect::<ChangeSet>())
    })
}
