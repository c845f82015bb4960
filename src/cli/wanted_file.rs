//! From a store's contents to what a catalog file wants: shared by `diff`, `apply` and `promote`.

use std::cell::RefCell;

use anyhow::Result;
use serde_json::Value;

use super::catalog_file::CatalogText;
use crate::domain::steps::{Kept, Steps};
use crate::domain::subject::SubjectId;
use crate::domain::text::counted;
use crate::edit::way_to;
use crate::file::catalog::Around;
use crate::store::{Scope, Snapshot, StoreError};
use crate::ui::{Line, Page, Report};

/// The way from what the snapshot holds to what the file says.
///
/// # Errors
///
/// Everything that is wrong with the file in this place, and what cannot go because it is in use.
pub fn way_to_file(snapshot: &dyn Snapshot, file: &CatalogText, prune: bool) -> Result<Steps> {
    let catalog = snapshot.catalog(Scope::All)?;
    let failed: RefCell<Option<StoreError>> = RefCell::new(None);
    let knows = |subject: &SubjectId| {
        let found = match subject {
            SubjectId::User(id) => snapshot.user(id).map(|found| found.is_some()),
            SubjectId::Organization(id) => snapshot.organization(id).map(|found| found.is_some()),
        };
        found.unwrap_or_else(|error| {
            failed.replace(Some(error));
            true
        })
    };
    let features = catalog.features.iter();
    let around = Around {
        features: features
            .map(|(key, entry)| (key.clone(), entry.feature.kind))
            .collect(),
        plans: catalog.plans.keys().cloned().collect(),
        max_features: catalog.settings.max_features,
        knows: &knows,
        prune,
    };
    let wanted = file.wanted(&around)?;
    if let Some(error) = failed.take() {
        return Err(error.into());
    }
    Ok(way_to(snapshot, &wanted, prune)?)
}

/// What stays although the file does not have it, in words.
pub fn kept_lines(kept: &Kept) -> Vec<Line> {
    let list = |noun: &str, names: Vec<String>| match names.as_slice() {
        [] => None,
        [one] => Some(format!("{noun} {one}")),
        _ => Some(format!("{noun}s {}", names.join(", "))),
    };
    let features = kept.features.iter().map(ToString::to_string).collect();
    let plans = kept.plans.iter().map(ToString::to_string).collect();
    let grants = kept.grants.iter();
    let grants = grants.map(|grant| format!("{} of plan {}", grant.feature, grant.plan));
    let default = kept
        .default_plan
        .as_ref()
        .map(|plan| format!("default plan {plan}"));
    let count = |number: u64, noun: &str| (number > 0).then(|| counted(number, noun));
    let said = [
        list("feature", features),
        list("plan", plans),
        list("grant", grants.collect()),
        default,
        count(kept.organizations, "organization"),
        count(kept.users, "user"),
        count(kept.overrides, "override"),
    ];
    let said = said.into_iter().flatten();
    said.map(|what| Line::new().dim(format!("kept, --prune would delete: {what}")))
        .collect()
}

/// A write's report, and what stays beside.
pub struct KeepingReport {
    /// What a write says.
    pub write: Box<dyn Report>,
    /// What it has not touched.
    pub kept: Kept,
}

/// The fields of such a report.
pub const FIELDS: &[&str] = &[
    "dry_run", "changed", "revision", "changes", "effects", "kept",
];

impl Report for KeepingReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let mut document = self.write.document();
        document["kept"] = serde_json::json!(self.kept);
        document
    }

    fn page(&self) -> Page {
        let lines = kept_lines(&self.kept).into_iter();
        self.write.page().then(lines.fold(Page::new(), Page::line))
    }

    fn done(&self) -> Option<String> {
        self.write.done()
    }
}
