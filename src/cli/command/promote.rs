//! `flags promote`: features, plans and rules of one place in another.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::Args;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::two_places::{names_no_other, place_of, same};
use crate::cli::wanted_file::{FIELDS, KeepingReport};
use crate::cli::write::{Destroys, Request, WriteArgs, carry_through, check_fields};
use crate::domain::document::{Document, FeatureDocument, PlanDocument};
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::steps::{Kept, Steps};
use crate::domain::target::{Audience, Condition};
use crate::domain::text::counted;
use crate::domain::wanted::{Wanted, WantedSettings};
use crate::edit::way_to;
use crate::store::{Parts, Snapshot, export};
use crate::ui::Report;

/// Copy features, plans and rules from one place to another
#[derive(Debug, Args)]
#[command(
    after_help = "A place is a profile or the path of a store. Users, organizations and overrides \
                  are not copied.\nAs with `flags apply`, what is in TO only is kept without \
                  --prune; see the change first with --dry-run."
)]
pub struct PromoteArgs {
    /// Where to copy from: a profile, or a store's path
    #[arg(value_name = "FROM")]
    from: String,
    /// Where to copy to: a profile, or a store's path
    #[arg(value_name = "TO")]
    to: String,
    /// Only this feature, and what the plans that TO has grant of it; may be repeated
    #[arg(long, value_name = "FEATURE", num_args = 1..)]
    only: Vec<FeatureKey>,
    /// Leave the rules in TO as they are: they may name users that FROM does not know
    #[arg(long)]
    without_targets: bool,
    /// Delete in TO what FROM does not have
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Reads one place and writes the other.
pub fn run(context: &Context, args: PromoteArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    names_no_other(context, "promote")?;
    let from = context.elsewhere(place_of(&args.from)?);
    let to = context.elsewhere(place_of(&args.to)?);
    if same(&from, &to)? {
        let message = format!("`{}` and `{}` are the same store", args.from, args.to);
        return Err(Failure::usage("usage", message).into());
    }
    let source = export(&*from.store()?.snapshot()?, Parts::default())?;
    if let Some(unknown) = args
        .only
        .iter()
        .find(|key| !source.features.contains_key(*key))
    {
        bail!(Refusal::UnknownFeature(unknown.clone()));
    }
    names_people(context, &args, &source)?;
    let way = |snapshot: &dyn Snapshot| way(snapshot, &source, &args);
    let asks = args.prune && !args.write.yes && !args.write.dry_run;
    let deletes = asks && way(&*to.store()?.snapshot()?)?.changes.deletes();
    let destroys = deletes.then_some(Destroys {
        what: "what is not in",
        key: &args.from,
    });
    let request = Request {
        command: "promote",
        args: &args.write,
        destroys,
    };
    let mut kept = Kept::default();
    let write = carry_through(&to, &request, &mut |snapshot| {
        let way = way(snapshot)?;
        if asks && !deletes && way.changes.deletes() {
            bail!(Refusal::Stale("what would be deleted".to_owned()));
        }
        kept = way.kept;
        Ok(way.changes)
    })?;
    Ok(Box::new(KeepingReport { write, kept }))
}

/// Says whom the rules name: they are copied as they are, and TO may not know them.
fn names_people(context: &Context, args: &PromoteArgs, source: &Document) -> Result<()> {
    if args.without_targets {
        return Ok(());
    }
    let mut named = BTreeSet::new();
    let chosen = |key: &FeatureKey| args.only.is_empty() || args.only.contains(key);
    let features = source.features.iter().filter(|(key, _)| chosen(key));
    let rules = features.flat_map(|(_, feature)| &feature.targeting().rules);
    for condition in rules.flat_map(|rule| &rule.when) {
        if let Condition::OneOf { target_type, ids } = condition {
            named.extend(ids.iter().map(|id| (target_type, id)));
        }
    }
    if !named.is_empty() {
        let count = counted(named.len() as u64, "name");
        context.remark(&format!(
            "the rules of {} hold {count}, which are copied as they are; --without-targets leaves \
             the rules of {} alone",
            args.from, args.to
        ))?;
    }
    Ok(())
}

/// The way of the other place to what it is to be: its own contents with the copies laid over.
fn way(snapshot: &dyn Snapshot, source: &Document, args: &PromoteArgs) -> Result<Steps> {
    let present = export(snapshot, Parts::default())?;
    let mut wanted = match args.only.is_empty() {
        true => everything(&present, source),
        false => only(&present, source, args),
    };
    if args.without_targets {
        for (key, feature) in wanted.features.iter_mut().flatten() {
            let kept = present.features.get(key);
            let kept = kept.map_or_else(Audience::default, |found| found.targeting().clone());
            let (definition, _) = feature.clone().into_parts();
            *feature = FeatureDocument::new(definition, kept);
        }
    }
    Ok(way_to(snapshot, &wanted, args.prune)?)
}

fn everything(present: &Document, source: &Document) -> Wanted {
    // There is always room for what is there already.
    let cap = source
        .settings
        .max_features
        .max(present.settings.max_features);
    Wanted {
        settings: Some(WantedSettings {
            default_plan: source.settings.default_plan.clone().map(Some),
            max_features: Some(cap),
        }),
        features: Some(source.features.clone()),
        plans: Some(source.plans.clone()),
        ..Wanted::default()
    }
}

/// The other place as it is, but for the chosen features and what its plans grant of them.
fn only(present: &Document, source: &Document, args: &PromoteArgs) -> Wanted {
    let mut features = present.features.clone();
    let chosen = |key: &FeatureKey| args.only.contains(key);
    let copied = source.features.iter().filter(|(key, _)| chosen(key));
    features.extend(copied.map(|(key, feature)| (key.clone(), feature.clone())));
    let mut plans = present.plans.clone();
    for (key, plan) in &mut plans {
        let Some(granting) = source.plans.get(key) else {
            continue;
        };
        let (definition, mut grants) = plan.clone().into_parts();
        let (_, granted) = granting.clone().into_parts();
        if args.prune {
            grants.retain(|feature, _| !chosen(feature));
        }
        grants.extend(granted.into_iter().filter(|(feature, _)| chosen(feature)));
        *plan = PlanDocument::new(definition, grants);
    }
    Wanted {
        features: Some(features),
        plans: Some(plans),
        ..Wanted::default()
    }
}
