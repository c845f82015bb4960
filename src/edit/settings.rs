//! What holds for the whole project.

use serde::{Deserialize, Serialize};

use super::known::plan_in;
use super::{Alter, EditError};
use crate::domain::catalog::Settings;
use crate::domain::change::ChangeSet;
use crate::domain::key::PlanKey;
use crate::store::{Scope, Snapshot};

/// The most features that a project may be allowed: the catalog is always read whole.
pub const LARGEST_CAP: u32 = 10_000;

/// Alter what holds for the whole project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditSettings {
    /// The plan whose grants are everybody's floor.
    #[serde(default, skip_serializing_if = "Alter::leaves")]
    pub default_plan: Alter<PlanKey>,
    /// How many features may be defined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_features: Option<u32>,
}

impl EditSettings {
    pub(super) fn plan(&self, snapshot: &dyn Snapshot) -> Result<ChangeSet, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        if let Some(plan) = self.default_plan.put() {
            plan_in(&catalog, plan)?;
        }
        if let Some(cap) = self.max_features
            && !(1..=LARGEST_CAP).contains(&cap)
        {
            return Err(EditError::CapOutOfRange(cap));
        }
        let mut settings: Settings = catalog.settings.clone();
        self.default_plan.apply(&mut settings.default_plan);
        settings.max_features = self.max_features.unwrap_or(settings.max_features);
        Ok(ChangeSet::new([catalog.set_settings(settings)]))
    }

    pub(super) fn command(&self) -> &'static str {
        match self.default_plan {
            Alter::Leave => "feature cap",
            Alter::Clear | Alter::Put(_) => "plan edit",
        }
    }
}
