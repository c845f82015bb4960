//! Edits for a place that has no overrides, where a grant is a name on a feature's audience.

use std::borrow::Cow;

use super::{Edit, EditError, SetOverride, Word};
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use crate::store::{Overrides, Store, StoreError};

impl Edit {
    /// The edit as the store takes it: where that has no overrides, setting one names the subject on
    /// the feature, and unsetting it names it no longer.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unsupported`] where a store of that kind can never carry it out. Nothing is
    /// asked of anybody.
    pub fn fitted(&self, store: &dyn Store) -> Result<Cow<'_, Self>, EditError> {
        let fitted = match store.capabilities().overrides {
            Overrides::Kept => Cow::Borrowed(self),
            Overrides::Named => self.as_names()?,
        };
        store.refuses(fitted.command(), fitted.targets())?;
        Ok(fitted)
    }

    fn as_names(&self) -> Result<Cow<'_, Self>, EditError> {
        Ok(match self {
            Self::SetOverride(over) => Cow::Owned(Self::AddTargets {
                feature: over.feature.clone(),
                targets: vec![over.as_name()?],
            }),
            Self::UnsetOverride { subject, feature } => Cow::Owned(Self::RemoveTargets {
                feature: feature.clone(),
                targets: vec![subject.target()],
            }),
            edit => Cow::Borrowed(edit),
        })
    }

    /// The targets that it names or no longer names.
    fn targets(&self) -> &[Target] {
        match self {
            Self::AddTargets { targets, .. } | Self::RemoveTargets { targets, .. } => targets,
            _ => &[],
        }
    }
}

impl SetOverride {
    /// A grant without conditions is a name.
    fn as_name(&self) -> Result<Target, StoreError> {
        let option = match self.subject {
            SubjectId::User(_) => "--user",
            SubjectId::Organization(_) => "--org",
        };
        let (feature, id) = (&self.feature, self.subject.id());
        let unset = format!("`flags unset {feature} {option} {id}` takes the name off");
        let (what, instead) = match self.value {
            Some(Word::Off) => ("no revoke", unset),
            Some(word) if word != Word::On => ("no limits", "leave the number out".to_owned()),
            _ if self.expires.is_some() || self.starts.is_some() => (
                "no beginning and no end",
                format!("leave --starts and --expires out, and in time {unset}"),
            ),
            _ if self.reason.is_some() => (
                "no reasons",
                "leave --reason out: there is no place to keep it".to_owned(),
            ),
            _ => return Ok(self.subject.target()),
        };
        Err(StoreError::Unsupported {
            what: format!(
                "this place knows {what}: a {} is named on a feature or is not",
                self.subject.noun()
            ),
            instead: Some(instead),
        })
    }
}
