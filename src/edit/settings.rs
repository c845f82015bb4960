//! What holds for the whole project.

use serde::{Deserialize, Serialize};

use super::known::known_plan;
use super::{Alter, EditError};
use crate::domain::catalog::Settings;
use crate::domain::change::ChangeSet;
use crate::domain::key::PlanKey;
use crate::store::{Scope, Snapshot};

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
            known_plan(&catalog, plan)?;
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
