//! Writing any store's project down as one document.

use std::ops::ControlFlow;

use super::{Scope, Snapshot, StoreError};
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::document::{Document, FeatureDocument, PlanDocument};

/// What a document holds beside the catalog.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts {
    /// Users and organizations.
    pub subjects: bool,
    /// Overrides.
    pub overrides: bool,
}

impl Parts {
    /// Whether a change is of what the document holds.
    pub(super) fn include(self, change: &Change) -> bool {
        match change {
            Change::User { .. } | Change::Organization { .. } => self.subjects,
            Change::Override { .. } => self.overrides,
            _ => true,
        }
    }
}

/// Writes the project down.
pub fn export(snapshot: &dyn Snapshot, parts: Parts) -> Result<Document, StoreError> {
    written_down(snapshot, snapshot.catalog(Scope::All)?, parts)
}

/// Writes a project down whose definitions are at hand.
pub(super) fn written_down(
    snapshot: &dyn Snapshot,
    catalog: Catalog,
    parts: Parts,
) -> Result<Document, StoreError> {
    let mut document = Document {
        settings: catalog.settings,
        ..Document::empty()
    };
    for (key, entry) in catalog.features {
        let audience = snapshot.audience(&key)?.unwrap_or_default();
        document
            .features
            .insert(key, FeatureDocument::new(entry.feature, audience));
    }
    for (key, entry) in catalog.plans {
        let grants = entry
            .grants
            .into_iter()
            .map(|(feature, grant)| (feature, grant.value));
        document
            .plans
            .insert(key, PlanDocument::new(entry.plan, grants.collect()));
    }
    if parts.subjects {
        snapshot.organizations(None, &mut |(id, organization)| {
            document.organizations.insert(id, organization);
            ControlFlow::Continue(())
        })?;
        snapshot.users(None, &mut |(id, user)| {
            document.users.insert(id, user);
            ControlFlow::Continue(())
        })?;
    }
    if parts.overrides {
        snapshot.overrides(Scope::All, None, &mut |(subject, feature, held)| {
            document
                .overrides
                .entry(subject)
                .or_default()
                .insert(feature, held.over);
            ControlFlow::Continue(())
        })?;
    }
    Ok(document)
}
