//! `flags unset`: take a mapping or an override away.

use anyhow::Result;
use clap::{ArgGroup, Args};

use super::plan::unknown_plan;
use super::set::{Holder, Whose, override_change};
use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::ChangeSet;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::store::{Scope, Snapshot};
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
    let holder = args.whose.holder()?;
    let request = Request {
        command: "unset",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        changes(snapshot, &args.feature, &holder)
    })
}

fn changes(snapshot: &dyn Snapshot, feature: &FeatureKey, holder: &Holder) -> Result<ChangeSet> {
    let catalog = snapshot.catalog(Scope::All)?;
    if !catalog.features.contains_key(feature) {
        return Err(unknown_feature(snapshot, feature)?.into());
    }
    let change = match holder {
        Holder::Plan(plan) if !catalog.plans.contains_key(plan) => {
            return Err(unknown_plan(&catalog, plan).into());
        }
        Holder::Plan(plan) => catalog.set_grant(plan, feature, None),
        Holder::Subject(subject) => {
            known(snapshot, subject)?;
            override_change(snapshot, subject, feature, None)?
        }
    };
    Ok(ChangeSet::new([change]))
}

/// Refuses a subject that the store does not know.
pub fn known(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<()> {
    let found = match subject {
        SubjectId::User(id) => snapshot.user(id)?.is_some(),
        SubjectId::Organization(id) => snapshot.organization(id)?.is_some(),
    };
    if found {
        Ok(())
    } else {
        Err(Refusal::UnknownSubject(subject.clone()).into())
    }
}
