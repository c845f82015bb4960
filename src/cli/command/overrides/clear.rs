//! `flags override clear`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::{ArgGroup, Args};

use crate::cli::command::unset::known;
use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Standing;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot};
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
    let request = Request {
        command: "override clear",
        args: &args.write,
        destroys,
    };
    let now = context.now()?;
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let unknown = args
            .features
            .iter()
            .find(|key| !catalog.features.contains_key(*key));
        if let Some(key) = unknown {
            return Err(unknown_feature(snapshot, key)?.into());
        }
        if let Some(subject) = &holder {
            known(snapshot, subject)?;
        }
        let until = args.expired.then_some(now);
        cleared(snapshot, holder.as_ref(), &args.features, until)
    })
}

/// What is taken away: of one subject or of all, and only what has ended by a moment, if one is
/// given.
fn cleared(
    snapshot: &dyn Snapshot,
    holder: Option<&SubjectId>,
    features: &[FeatureKey],
    ended: Option<Time>,
) -> Result<ChangeSet> {
    let scope = match features {
        [] => Scope::All,
        features => Scope::Features(features),
    };
    let mut changes = Vec::new();
    let mut take = |subject: SubjectId, feature: FeatureKey, held: Held| {
        if ended.is_none_or(|moment| held.over.standing(moment) == Standing::Expired) {
            changes.push(Change::Override {
                subject,
                feature,
                before: Some(held.over),
                after: None,
            });
        }
    };
    match holder {
        Some(subject) => {
            for (feature, held) in snapshot.overrides_of(subject, scope)? {
                take(subject.clone(), feature, held);
            }
        }
        None => snapshot.overrides(scope, &mut |(subject, feature, held)| {
            take(subject, feature, held);
            ControlFlow::Continue(())
        })?,
    }
    Ok(ChangeSet::new(changes))
}
