//! Taking overrides away, many at once.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::EditError;
use super::known::{feature_in, known_subject};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Standing;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot};

/// Take overrides away: one subject's, or only those that have ended, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearOverrides {
    /// Whose; everybody's if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// Of which features; of all if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<FeatureKey>,
    /// Only those that have ended.
    #[serde(default, skip_serializing_if = "super::set::is_false")]
    pub expired: bool,
}

impl ClearOverrides {
    pub(super) fn plan(&self, snapshot: &dyn Snapshot, now: Time) -> Result<ChangeSet, EditError> {
        let catalog = snapshot.catalog(Scope::All)?;
        for feature in &self.features {
            feature_in(&catalog, feature)?;
        }
        if let Some(subject) = &self.subject {
            known_subject(snapshot, subject)?;
        }
        let scope = match self.features.as_slice() {
            [] => Scope::All,
            features => Scope::Features(features),
        };
        let mut changes = Vec::new();
        let mut take = |subject: SubjectId, feature: FeatureKey, held: Held| {
            if !self.expired || held.over.standing(now) == Standing::Expired {
                changes.push(Change::Override {
                    subject,
                    feature,
                    before: Some(held.over),
                    after: None,
                });
            }
        };
        match &self.subject {
            Some(subject) => {
                for (feature, held) in snapshot.overrides_of(subject, scope)? {
                    take(subject.clone(), feature, held);
                }
            }
            None => snapshot.overrides(scope, None, &mut |(subject, feature, held)| {
                take(subject, feature, held);
                ControlFlow::Continue(())
            })?,
        }
        Ok(ChangeSet::new(changes))
    }
}
