//! From a store's contents to what a catalog file wants: shared by `diff`, `apply` and `promote`.

use std::cell::RefCell;
use std::ops::ControlFlow;

use anyhow::Result;
use serde_json::Value;

use super::catalog_file::CatalogText;
use crate::domain::document::Document;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::steps::{Kept, Steps, steps};
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::domain::text::counted;
use crate::domain::wanted::Wanted;
use crate::file::catalog::Around;
use crate::store::{Parts, Scope, Snapshot, StoreError, export};
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
    way_to(snapshot, &wanted, prune)
}

/// The way from what the snapshot holds to what is wanted.
pub fn way_to(snapshot: &dyn Snapshot, wanted: &Wanted, prune: bool) -> Result<Steps> {
    let present = present(snapshot, wanted, prune)?;
    let way = steps(&present, wanted, prune);
    if prune {
        nobody_is_left_behind(snapshot, &present, wanted)?;
    }
    Ok(way)
}

/// As much of the snapshot as the way depends on.
fn present(snapshot: &dyn Snapshot, wanted: &Wanted, prune: bool) -> Result<Document> {
    let subjects = wanted.organizations.is_some() || wanted.users.is_some();
    let parts = Parts {
        subjects,
        // With a subject go its overrides.
        overrides: wanted.overrides.is_some() || (subjects && prune),
    };
    let mut present = export(snapshot, parts)?;
    let Some(features) = wanted
        .features
        .as_ref()
        .filter(|_| prune && !parts.overrides)
    else {
        return Ok(present);
    };
    let all = present.features.keys();
    let going: Vec<FeatureKey> = all
        .filter(|key| !features.contains_key(*key))
        .cloned()
        .collect();
    if !going.is_empty() {
        snapshot.overrides(Scope::Features(&going), &mut |(subject, feature, held)| {
            let of_subject = present.overrides.entry(subject).or_default();
            of_subject.insert(feature, held.over);
            ControlFlow::Continue(())
        })?;
    }
    Ok(present)
}

/// Refuses to take away a plan or an organization from under users that are not spoken of: where
/// they go is a decision, which `plan delete` and `user assign` take.
fn nobody_is_left_behind(
    snapshot: &dyn Snapshot,
    present: &Document,
    wanted: &Wanted,
) -> Result<()> {
    let plans = wanted.plans.as_ref();
    let is_going = |plan: &PlanKey| {
        plans.is_some_and(|plans| !plans.contains_key(plan)) && present.plans.contains_key(plan)
    };
    if present.plans.keys().any(is_going) {
        let (plan, on_it) = on_going_plans(snapshot, wanted, &is_going)?;
        if let Some(plan) = plan {
            return Err(Refusal::PlanInUse { plan, by: on_it }.into());
        }
    }
    let (Some(organizations), None) = (&wanted.organizations, &wanted.users) else {
        return Ok(());
    };
    for organization in present.organizations.keys() {
        if organizations.contains_key(organization) {
            continue;
        }
        let mut members = 0;
        snapshot.members(organization, &mut |_: Id| {
            members += 1;
            ControlFlow::Continue(())
        })?;
        if members > 0 {
            let organization = organization.clone();
            let refusal = Refusal::OrganizationInUse {
                organization,
                members,
            };
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// The first plan that goes although somebody is on it, and how many are.
fn on_going_plans(
    snapshot: &dyn Snapshot,
    wanted: &Wanted,
    is_going: &dyn Fn(&PlanKey) -> bool,
) -> Result<(Option<PlanKey>, String)> {
    let mut found: Option<PlanKey> = None;
    let (mut organizations, mut users) = (0_u64, 0_u64);
    let mut meet = |plan: Option<PlanKey>, count: &mut u64| {
        if let Some(plan) = plan.filter(|plan| is_going(plan)) {
            *count += u64::from(*found.get_or_insert_with(|| plan.clone()) == plan);
        }
        ControlFlow::Continue(())
    };
    if wanted.organizations.is_none() {
        snapshot.organizations(None, &mut |(_, kept)| meet(kept.plan, &mut organizations))?;
    }
    if wanted.users.is_none() {
        snapshot.users(None, &mut |(_, kept)| meet(kept.plan, &mut users))?;
    }
    let counts = [(organizations, "organization"), (users, "user")];
    let words = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = words.map(|(count, noun)| counted(count, noun)).collect();
    Ok((found, words.join(" and ")))
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
