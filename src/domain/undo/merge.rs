//! Taking a change back where other parts of the same thing have been altered since: what the
//! change altered becomes what it was, everything else stays.

use std::collections::BTreeSet;

use crate::domain::catalog::Settings;
use crate::domain::feature::Feature;
use crate::domain::plan::Plan;
use crate::domain::subject::{Organization, User};

/// What was found, where the change had altered it, else what is there now.
fn field<T: PartialEq + Clone>(now: T, found: &T, left: &T) -> T {
    match found == left {
        true => now,
        false => found.clone(),
    }
}

fn set<T: Ord + Clone>(
    mut now: BTreeSet<T>,
    found: &BTreeSet<T>,
    left: &BTreeSet<T>,
) -> BTreeSet<T> {
    now.retain(|one| found.contains(one) || !left.contains(one));
    now.extend(found.difference(left).cloned());
    now
}

/// The settings without what the change from `found` to `left` had altered.
pub fn merged_settings(now: Settings, found: &Settings, left: &Settings) -> Settings {
    Settings {
        default_plan: field(now.default_plan, &found.default_plan, &left.default_plan),
        max_features: field(now.max_features, &found.max_features, &left.max_features),
    }
}

/// The definition without what the change had altered.
pub fn merged_feature(now: Feature, found: &Feature, left: &Feature) -> Feature {
    Feature {
        kind: now.kind,
        name: field(now.name, &found.name, &left.name),
        description: field(now.description, &found.description, &left.description),
        tags: set(now.tags, &found.tags, &left.tags),
        owner: field(now.owner, &found.owner, &left.owner),
        enabled: field(now.enabled, &found.enabled, &left.enabled),
        off_value: field(now.off_value, &found.off_value, &left.off_value),
    }
}

/// The plan without what the change had altered.
pub fn merged_plan(now: Plan, found: &Plan, left: &Plan) -> Plan {
    Plan {
        display_name: field(now.display_name, &found.display_name, &left.display_name),
        description: field(now.description, &found.description, &left.description),
        price: field(now.price, &found.price, &left.price),
        currency: field(now.currency, &found.currency, &left.currency),
        period: field(now.period, &found.period, &left.period),
    }
}

/// The user without what the change had altered.
pub fn merged_user(now: User, found: &User, left: &User) -> User {
    User {
        email: field(now.email, &found.email, &left.email),
        plan: field(now.plan, &found.plan, &left.plan),
        organizations: set(now.organizations, &found.organizations, &left.organizations),
        targets: set(now.targets, &found.targets, &left.targets),
    }
}

/// The organization without what the change had altered.
pub fn merged_organization(
    now: Organization,
    found: &Organization,
    left: &Organization,
) -> Organization {
    Organization {
        name: field(now.name, &found.name, &left.name),
        plan: field(now.plan, &found.plan, &left.plan),
        targets: set(now.targets, &found.targets, &left.targets),
    }
}
