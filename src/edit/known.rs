//! Looking up what an edit names, or telling what is missing.

use super::{EditError, Missing};
use crate::domain::catalog::{Catalog, FeatureEntry, PlanEntry};
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::{Organization, SubjectId, User};
use crate::store::{Scope, Snapshot, StoreError};

pub(super) fn feature_in<'c>(
    catalog: &'c Catalog,
    key: &FeatureKey,
) -> Result<&'c FeatureEntry, Missing> {
    let found = catalog.features.get(key);
    found.ok_or_else(|| Missing::feature(catalog, key))
}

pub(super) fn plan_in<'c>(catalog: &'c Catalog, key: &PlanKey) -> Result<&'c PlanEntry, Missing> {
    let found = catalog.plans.get(key);
    found.ok_or_else(|| Missing::plan(catalog, key))
}

/// Refuses a feature that the catalog does not define.
pub fn known_feature(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<(), EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    Ok(feature_in(&catalog, key).map(|_| ())?)
}

/// Refuses a plan that the catalog does not have.
pub fn known_plan(snapshot: &dyn Snapshot, key: &PlanKey) -> Result<(), EditError> {
    let catalog = snapshot.catalog(Scope::All)?;
    Ok(plan_in(&catalog, key).map(|_| ())?)
}

/// Refuses a user or organization that the store does not know.
pub fn known_subject(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<(), EditError> {
    match is_known(snapshot, subject)? {
        true => Ok(()),
        false => Err(Missing::subject(subject).into()),
    }
}

pub(super) fn is_known(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<bool, StoreError> {
    match subject {
        SubjectId::User(id) => Ok(snapshot.user(id)?.is_some()),
        SubjectId::Organization(id) => Ok(snapshot.organization(id)?.is_some()),
    }
}

/// The change that makes an unknown subject known.
pub(super) fn introduced(subject: &SubjectId) -> Change {
    match subject.clone() {
        SubjectId::User(id) => Change::User {
            id,
            before: None,
            after: Some(User::default()),
        },
        SubjectId::Organization(id) => Change::Organization {
            id,
            before: None,
            after: Some(Organization::default()),
        },
    }
}
