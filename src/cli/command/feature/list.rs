//! `flags feature list`.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::cli::command::matrix::NO_FEATURES;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::catalog::FeatureEntry;
use crate::domain::key::FeatureKey;
use crate::domain::text::Tag;
use crate::store::Scope;
use crate::ui::{Line, Report};

/// Arguments of `flags feature list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only features with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<Tag>,
    /// Only features whose kill switch is thrown
    #[arg(long)]
    disabled: bool,
    #[command(flatten)]
    rows: Rows,
}

/// Lists the features in the order of their keys.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let catalog = context.store()?.snapshot()?.catalog(Scope::All)?;
    let wanted = |entry: &FeatureEntry| {
        args.tag
            .as_ref()
            .is_none_or(|tag| entry.feature.tags.contains(tag))
            && (!args.disabled || !entry.feature.enabled)
    };
    let none = match catalog.features.is_empty() {
        true => NO_FEATURES,
        false => "there are no such features",
    };
    let features = catalog
        .features
        .into_iter()
        .filter(|(_, entry)| wanted(entry));
    let rows = args.rows.collect(context, features, none)?;
    Ok(Box::new(ListReport {
        rows,
        fields: super::FIELDS,
        document: |(key, entry): &(FeatureKey, FeatureEntry)| -> Value {
            super::document(key, entry)
        },
        columns: &COLUMNS,
    }))
}

type Row = (FeatureKey, FeatureEntry);

const COLUMNS: [Column<Row>; 5] = [
    ("key", |(key, _)| Line::new().key(key.to_string())),
    ("type", |(_, entry)| {
        Line::from(entry.feature.kind.to_string())
    }),
    ("switch", |(_, entry)| match entry.feature.enabled {
        true => Line::new().good("enabled"),
        false => Line::new().bad("disabled"),
    }),
    ("targeting", |(_, entry)| {
        Line::from(entry.audience.access().to_string())
    }),
    ("name", |(_, entry)| {
        Line::from(entry.feature.name.as_deref().unwrap_or_default())
    }),
];
