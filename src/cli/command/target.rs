//! `flags target`: who is targeted.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::feature::read as read_feature;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet, replace_audience};
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{
    Audience, Condition, ListId, Members, Percent, Rule, Serve, Target, TargetType,
};
use crate::domain::text::Name;
use crate::domain::value::Kind;
use crate::store::{Scope, Snapshot};
use crate::ui::Report;

/// Who is targeted: everybody, nobody, a share, or those named
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  flags target beta all\n  flags target beta percent 25\
                  \n  flags target add beta user:u1 org:acme workspace:ws_1\
                  \n  flags target remove beta user:u1"
)]
pub struct TargetArgs {
    #[command(subcommand)]
    action: Option<Action>,
    /// The feature
    #[arg(value_name = "FEATURE", required = true)]
    feature: Option<FeatureKey>,
    /// Everybody, nobody or a share of all; without it, the targeting is shown
    #[arg(value_enum)]
    form: Option<Form>,
    /// The share for `percent`: 0 to 100, at most two decimals
    #[arg(value_name = "NUMBER", allow_negative_numbers = true)]
    share: Option<Percent>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Name more targets
    Add(NamedArgs),
    /// Name some targets no longer
    Remove(NamedArgs),
}

#[derive(Debug, Args)]
struct NamedArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    /// user:ID, org:ID or a custom TYPE:ID (repeatable)
    #[arg(value_name = "TARGET", required = true)]
    targets: Vec<Target>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Everybody
    All,
    /// Nobody: the plans decide
    None,
    /// A stable share of all, beside those named
    Percent,
}

/// Shows or alters the targeting.
pub fn run(context: &Context, args: TargetArgs) -> Result<Box<dyn Report>> {
    let TargetArgs {
        action,
        feature,
        form,
        share,
        write: options,
    } = args;
    match (action, feature) {
        (Some(Action::Add(args)), _) => name(context, &args, true),
        (Some(Action::Remove(args)), _) => name(context, &args, false),
        (None, Some(feature)) => match (form, share) {
            (None, _) => Ok(Box::new(read_feature(
                &*context.store()?.snapshot()?,
                &feature,
            )?)),
            (Some(Form::Percent), None) => {
                Err(Failure::usage("usage", "percent needs a number, such as `percent 25`").into())
            }
            (Some(Form::All | Form::None), Some(_)) => {
                Err(Failure::usage("usage", "a number goes with percent only").into())
            }
            (Some(form), share) => {
                let request = Request {
                    command: "target",
                    args: &options,
                    destroys: None,
                };
                write(context, &request, &mut |snapshot| {
                    let before = audience(snapshot, &feature)?;
                    let after = formed(form, share, &before);
                    Ok(ChangeSet::new(replace_audience(&feature, before, after)))
                })
            }
        },
        (None, None) => Err(Failure::usage("usage", "which feature?").into()),
    }
}

fn formed(form: Form, share: Option<Percent>, before: &Audience<Members>) -> Audience<Members> {
    match (form, share) {
        (Form::All, _) => Audience::all(),
        (Form::Percent, Some(share)) => shared(before.clone(), share),
        _ => Audience::default(),
    }
}

/// The share takes the place of an earlier one, else stands behind those named.
fn shared(mut audience: Audience<Members>, share: Percent) -> Audience<Members> {
    let rule = Rule {
        id: Name::new("percent").unwrap_or_default(),
        serve: Serve::On,
        when: vec![Condition::Percent(share)],
    };
    match audience.share_rule() {
        Some((index, _)) => audience.rules[index] = rule,
        None => audience.rules.push(rule),
    }
    audience.default = Serve::Off;
    audience
}

fn audience(snapshot: &dyn Snapshot, feature: &FeatureKey) -> Result<Audience<Members>> {
    match snapshot.audience(feature)? {
        Some(audience) => Ok(audience),
        None => Err(unknown_feature(snapshot, feature)?.into()),
    }
}

fn name(context: &Context, args: &NamedArgs, add: bool) -> Result<Box<dyn Report>> {
    let command = if add { "target add" } else { "target remove" };
    let request = Request {
        command,
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let mut catalog = snapshot.catalog(Scope::All)?;
        match catalog
            .features
            .get(&args.feature)
            .map(|entry| entry.feature.kind)
        {
            None => return Err(unknown_feature(snapshot, &args.feature)?.into()),
            Some(Kind::Limit) => {
                return Err(Refusal::NotTargetable(args.feature.clone()).into());
            }
            Some(Kind::Boolean) => {}
        }
        let mut changes = Vec::new();
        let once: BTreeSet<&Target> = args.targets.iter().collect();
        let once: Vec<&Target> = once.into_iter().collect();
        // Sorted, so the targets of one type, which stand on one list, are neighbours.
        for alike in once.chunk_by(|a, b| a.target_type == b.target_type) {
            let named = named(snapshot, &catalog, &args.feature, alike)?;
            // A rule may name somebody who is not known yet, and that can be taken back.
            for target in alike.iter().filter(|t| add || !named.contains(t)) {
                known(snapshot, target)?;
            }
            if add {
                changes.extend(added(&mut catalog, snapshot, &args.feature, alike, &named)?);
                continue;
            }
            for change in removed(snapshot, &catalog, &args.feature, &named)? {
                // Taking a rule out moves those behind it.
                catalog.apply(&change, snapshot.revision()?.next())?;
                changes.push(change);
            }
        }
        Ok(ChangeSet::new(changes))
    })
}

/// Refuses a user or organization that the store does not know; custom targets live elsewhere.
fn known(snapshot: &dyn Snapshot, target: &Target) -> Result<()> {
    match target.target_type.as_str() {
        "user" => super::unset::known(snapshot, &SubjectId::User(target.id.clone())),
        "organization" => {
            super::unset::known(snapshot, &SubjectId::Organization(target.id.clone()))
        }
        _ => Ok(()),
    }
}

/// The list of the rule that names targets of a type, and the rule's place.
fn list(
    catalog: &Catalog,
    feature: &FeatureKey,
    target_type: &TargetType,
) -> Option<(usize, ListId)> {
    let audience = &catalog.features.get(feature)?.audience;
    let rule = audience.naming_rule(target_type)?;
    match audience.rules[rule].when.as_slice() {
        [Condition::OneOf { ids, .. }] => Some((rule, *ids)),
        _ => None,
    }
}

/// Those of the targets, all of one type, that are named already.
fn named<'t>(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    feature: &FeatureKey,
    targets: &[&'t Target],
) -> Result<Vec<&'t Target>> {
    let mut named = Vec::new();
    for target in targets {
        if let Some((_, list)) = list(catalog, feature, &target.target_type)
            && snapshot.lists_naming(target)?.contains(&list)
        {
            named.push(*target);
        }
    }
    Ok(named)
}

fn added(
    catalog: &mut Catalog,
    snapshot: &dyn Snapshot,
    feature: &FeatureKey,
    targets: &[&Target],
    named: &[&Target],
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for target in targets {
        if let Some(change) = catalog.add_target(feature, target, named.contains(target)) {
            // The next target may go on the list that this one made.
            catalog.apply(&change, snapshot.revision()?.next())?;
            changes.push(change);
        }
    }
    Ok(changes)
}

/// Takes the targets, all of one type and named, off their list; with the last name the rule goes.
fn removed(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    feature: &FeatureKey,
    named: &[&Target],
) -> Result<Vec<Change>> {
    let Some(first) = named.first() else {
        return Ok(Vec::new());
    };
    let Some((rule, list)) = list(catalog, feature, &first.target_type) else {
        return Ok(Vec::new());
    };
    if snapshot.list_size(list)? == named.len() as u64 {
        let ids = named.iter().map(|target| target.id.clone());
        let target_type = first.target_type.clone();
        let emptied = catalog.features.get(feature).map(|entry| {
            let Rule { id, serve, .. } = entry.audience.rules[rule].clone();
            let ids = ids.collect();
            let when = vec![Condition::OneOf { target_type, ids }];
            Rule { id, serve, when }
        });
        return Ok(vec![Change::Rule {
            feature: feature.clone(),
            index: rule,
            before: emptied,
            after: None,
        }]);
    }
    let change = |target: &&Target| Change::Target {
        feature: feature.clone(),
        rule,
        condition: 0,
        target: (*target).clone(),
        before: true,
        after: false,
    };
    Ok(named.iter().map(change).collect())
}
