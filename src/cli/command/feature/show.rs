//! `flags feature show`: one feature with its targeting and the plans that grant it.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::domain::catalog::FeatureEntry;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::target::{Audience, Condition, ListId, Rule, Serve, TargetType};
use crate::domain::text::counted;
use crate::domain::value::Value as FeatureValue;
use crate::store::{Scope, Snapshot};
use crate::told::FeatureShown;
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags feature show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
}

/// Shows the feature.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    Ok(Box::new(read(
        &*context.store()?.snapshot()?,
        &args.feature,
    )?))
}

/// Reads all there is to show.
pub fn read(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<ShowReport> {
    let mut catalog = snapshot.catalog(Scope::All)?;
    let Some(entry) = catalog.features.remove(key) else {
        return Err(unknown_feature(snapshot, key)?.into());
    };
    let sizes = entry.audience.try_map(|target_type, list: &ListId| {
        snapshot
            .list_size(*list)
            .map(|size| (target_type.clone(), size))
    })?;
    let grants = catalog
        .plans
        .into_iter()
        .filter_map(|(plan, mut granting)| {
            granting.grants.remove(key).map(|grant| (plan, grant.value))
        });
    Ok(ShowReport {
        key: key.clone(),
        grants: grants.collect(),
        entry,
        sizes,
    })
}

/// One feature as it is shown.
pub struct ShowReport {
    key: FeatureKey,
    entry: FeatureEntry,
    /// The audience with the size of each list in its place.
    sizes: Audience<(TargetType, u64)>,
    grants: Vec<(PlanKey, FeatureValue)>,
}

const FIELDS: &[&str] = &[
    "key",
    "type",
    "enabled",
    "off_value",
    "access",
    "name",
    "description",
    "tags",
    "owner",
    "revision",
    "rules",
    "default",
    "plans",
];

impl Report for ShowReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let grants = self.grants.iter().map(|(plan, value)| (plan, *value));
        json!(FeatureShown::new(
            &self.key,
            &self.entry,
            &self.sizes,
            grants
        ))
    }

    fn page(&self) -> Page {
        let feature = &self.entry.feature;
        let switch = match feature.enabled {
            true => Line::new().good("enabled"),
            false => Line::new().bad("disabled for everybody"),
        };
        let mut facts: Vec<(&str, Line)> = vec![
            ("type", Line::from(feature.kind.to_string())),
            ("switch", switch),
        ];
        let texts = [
            ("name", feature.name.as_deref().map(str::to_owned)),
            (
                "description",
                feature.description.as_deref().map(str::to_owned),
            ),
            ("owner", feature.owner.as_deref().map(str::to_owned)),
            (
                "tags",
                Some(joined(feature.tags.iter().map(|tag| tag.to_string()))),
            ),
            ("targeting", Some(self.entry.audience.access().to_string())),
            (
                "plans",
                Some(joined(
                    self.grants
                        .iter()
                        .map(|(plan, value)| format!("{plan} ({value})")),
                )),
            ),
        ];
        let present = texts
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?)));
        facts.extend(
            present
                .filter(|(_, text)| !text.is_empty())
                .map(|(n, t)| (n, Line::from(t))),
        );
        let mut table = Table::new([]);
        for (name, fact) in facts {
            table.push([Line::new().dim(name), fact]);
        }
        let page = Page::new().heading(self.key.to_string()).table(table);
        self.sizes
            .rules
            .iter()
            .enumerate()
            .fold(page, |page, (index, rule)| {
                page.line(rule_line(index, rule))
            })
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn rule_line(index: usize, rule: &Rule<(TargetType, u64)>) -> Line {
    let conditions = rule.when.iter().map(|condition| match condition {
        Condition::OneOf {
            ids: (target_type, size),
            ..
        } => format!("one of {}", counted(*size, target_type.as_str())),
        Condition::Percent(share) => format!("within {share}"),
        Condition::Unsupported(what) => format!("not judged here: {}", &**what),
    });
    let conditions = conditions.collect::<Vec<_>>().join(" and ");
    let line = Line::new()
        .dim(format!("rule {}", index + 1))
        .plain(format!("  {conditions} → "));
    match rule.serve {
        Serve::On => line.good("on"),
        Serve::Off => line.bad("off"),
        Serve::NoValue => line.dim("no value"),
    }
}
