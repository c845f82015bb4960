//! A project as somebody wants it: a document of which whole parts may be missing.
//!
//! What a file does not speak of is not meant to go. So each part is there or not, and a part
//! that is there and empty is something else than one that is missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::catalog::{MAX_FEATURES, Settings};
use super::document::{
    Document, FeatureDocument, Format, PlanDocument, once_each, once_each_within_each,
};
use super::key::{FeatureKey, PlanKey};
use super::overrides::Override;
use super::subject::{Organization, SubjectId, User};
use super::target::Id;

/// What is wanted of a project; a part that is `None` stays as it is. Read as a [`Document`] of which
/// parts may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Form")]
pub struct Wanted {
    /// What holds for the whole project.
    pub settings: Option<WantedSettings>,
    /// The features with their audiences.
    pub features: Option<BTreeMap<FeatureKey, FeatureDocument>>,
    /// The plans with their grants.
    pub plans: Option<BTreeMap<PlanKey, PlanDocument>>,
    /// The organizations.
    pub organizations: Option<BTreeMap<Id, Organization>>,
    /// The users.
    pub users: Option<BTreeMap<Id, User>>,
    /// The overrides.
    pub overrides: Option<BTreeMap<SubjectId, BTreeMap<FeatureKey, Override>>>,
}

/// What is wanted for the whole project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedSettings {
    /// The plan whose grants are everybody's floor, or none; `None` where it is not said.
    #[serde(default, deserialize_with = "said")]
    pub default_plan: Option<Option<PlanKey>>,
    /// How many features may be defined; as many as now where it is not said.
    #[serde(default)]
    pub max_features: Option<u32>,
}

/// What is there has been said, even if it is `null`.
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// A map in which no name may stand twice.
#[derive(Deserialize)]
#[serde(
    transparent,
    bound = "K: Deserialize<'de> + Ord + std::fmt::Display, V: Deserialize<'de>"
)]
struct Once<K, V>(#[serde(deserialize_with = "once_each")] BTreeMap<K, V>);

/// Overrides, of which no subject may have two of one feature.
#[derive(Deserialize)]
#[serde(transparent)]
struct Overrides(
    #[serde(deserialize_with = "once_each_within_each")]
    BTreeMap<SubjectId, BTreeMap<FeatureKey, Override>>,
);

/// The form in which it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(rename = "format")]
    _format: Option<Format>,
    settings: Option<WantedSettings>,
    features: Option<Once<FeatureKey, FeatureDocument>>,
    plans: Option<Once<PlanKey, PlanDocument>>,
    organizations: Option<Once<Id, Organization>>,
    users: Option<Once<Id, User>>,
    overrides: Option<Overrides>,
}

impl From<Form> for Wanted {
    fn from(form: Form) -> Self {
        Self {
            settings: form.settings,
            features: form.features.map(|once| once.0),
            plans: form.plans.map(|once| once.0),
            organizations: form.organizations.map(|once| once.0),
            users: form.users.map(|once| once.0),
            overrides: form.overrides.map(|once| once.0),
        }
    }
}

impl From<Settings> for WantedSettings {
    fn from(settings: Settings) -> Self {
        Self {
            default_plan: settings.default_plan.map(Some),
            max_features: Some(settings.max_features),
        }
    }
}

/// Every part, so that nothing but the document is wanted.
impl From<Document> for Wanted {
    fn from(document: Document) -> Self {
        let Document {
            format: _,
            settings,
            features,
            plans,
            organizations,
            users,
            overrides,
        } = document;
        Self {
            settings: Some(settings.into()),
            features: Some(features),
            plans: Some(plans),
            organizations: Some(organizations),
            users: Some(users),
            overrides: Some(overrides),
        }
    }
}

impl Wanted {
    /// The project that has this and nothing else.
    pub fn into_document(self) -> Document {
        let settings = self.settings.unwrap_or_default();
        Document {
            settings: Settings {
                default_plan: settings.default_plan.flatten(),
                max_features: settings.max_features.unwrap_or(MAX_FEATURES),
            },
            features: self.features.unwrap_or_default(),
            plans: self.plans.unwrap_or_default(),
            organizations: self.organizations.unwrap_or_default(),
            users: self.users.unwrap_or_default(),
            overrides: self.overrides.unwrap_or_default(),
            ..Document::empty()
        }
    }
}
