//! What a question names and nobody knows: what helps then, now and in the past.

use std::ops::ControlFlow;

use anyhow::Result;

use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, classify};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::nearest::nearest;
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot};

/// An unknown feature, with the nearest key there is.
pub fn unknown_feature(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<Failure> {
    Ok(unknown_among(&snapshot.catalog(Scope::All)?, key))
}

/// The same, where every definition is at hand.
pub(super) fn unknown_among(catalog: &Catalog, key: &FeatureKey) -> Failure {
    let known = catalog.features.keys().map(FeatureKey::as_str);
    let refused = Failure::refused("feature_not_found", format!("there is no feature `{key}`"));
    refused
        .maybe_hint(nearest(key.as_str(), known).map(did_you_mean))
        .hint("`flags feature list` shows what there is")
}

/// What was not known once. Nothing can be told to the past, so what would help today is no help.
pub(super) fn of_the_past(error: anyhow::Error, revision: Revision, at: Time) -> anyhow::Error {
    let mut failure = classify(error);
    if failure.exit == Exit::Refused {
        failure.message = format!("as of revision {revision}, {at}: {}", failure.message);
        failure.hints.retain(|hint| !hint.starts_with("`flags "));
        failure
            .hints
            .push("without --at, what is there now answers".to_owned());
    }
    failure.into()
}

/// Whether there is none at all of what was not found: then it was left out of the file.
pub(super) fn lacks_all(snapshot: &dyn Snapshot, code: &str) -> bool {
    let mut lacks = true;
    let mut found = || {
        lacks = false;
        ControlFlow::Break(())
    };
    let looked = match code {
        "user_not_found" => snapshot.users(None, &mut |_| found()),
        "organization_not_found" => snapshot.organizations(None, &mut |_| found()),
        _ => return false,
    };
    looked.is_ok() && lacks
}

/// The key there is that is nearest to an unknown plan's.
pub(super) fn nearest_plan(snapshot: &dyn Snapshot, plan: &PlanKey) -> Option<String> {
    let catalog = snapshot.catalog(Scope::All).ok()?;
    let known = catalog.plans.keys().map(PlanKey::as_str);
    nearest(plan.as_str(), known).map(did_you_mean)
}

/// The hint for a key that is nearly one.
pub fn did_you_mean(nearest: &str) -> String {
    format!("did you mean `{nearest}`?")
}
