//! A project as one document: what `export` writes and `resolve --file` reads.
//!
//! Everything is keyed and sorted, so the same project always gives the same text, and an unknown
//! or repeated name is an error rather than silently dropped.

mod take_back;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::catalog::{MAX_FEATURES, Settings};
use super::change::{Change, ChangeSet, replace_audience};
use super::feature::Feature;
use super::key::{FeatureKey, PlanKey};
use super::overrides::Override;
use super::plan::{Currency, Period, Plan, Price};
use super::subject::{Organization, SubjectId, User};
use super::target::{Audience, Id, Members, Serve};
use super::text::{Description, Name, PlanDescription, Tag, parsed};
use super::value::{Kind, Value};
pub use take_back::Misfit;

/// The form that this version writes and reads.
pub const FORMAT: &str = "flags.catalog/1";

/// A project as one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// [`FORMAT`].
    pub format: Format,
    /// What holds for the whole project.
    #[serde(default)]
    pub settings: Settings,
    /// The features with their audiences.
    #[serde(default, deserialize_with = "once_each")]
    pub features: BTreeMap<FeatureKey, FeatureDocument>,
    /// The plans with their grants.
    #[serde(default, deserialize_with = "once_each")]
    pub plans: BTreeMap<PlanKey, PlanDocument>,
    /// The organizations, if they were asked for.
    #[serde(
        default,
        deserialize_with = "once_each",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub organizations: BTreeMap<Id, Organization>,
    /// The users, if they were asked for.
    #[serde(
        default,
        deserialize_with = "once_each",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub users: BTreeMap<Id, User>,
    /// The overrides, if they were asked for.
    #[serde(
        default,
        deserialize_with = "once_each_within_each",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub overrides: BTreeMap<SubjectId, BTreeMap<FeatureKey, Override>>,
}

/// The name of the document's form: always [`FORMAT`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Format;

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(FORMAT)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(found: &str) -> Result<Self, String> {
        if found == FORMAT {
            Ok(Self)
        } else {
            Err(format!(
                "this version reads the format {FORMAT}, not {found:?}"
            ))
        }
    }
}

/// A feature in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureDocument {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Description>,
    #[serde(default, skip_serializing_if = "std::collections::BTreeSet::is_empty")]
    tags: std::collections::BTreeSet<Tag>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Name>,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default = "serve_off", skip_serializing_if = "is_serve_off")]
    off_value: Serve,
    #[serde(default, skip_serializing_if = "is_nobody")]
    targeting: Audience<Members>,
}

fn yes() -> bool {
    true
}

fn serve_off() -> Serve {
    Serve::Off
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_serve_off(serve: &Serve) -> bool {
    *serve == Serve::Off
}

fn is_nobody(audience: &Audience<Members>) -> bool {
    *audience == Audience::default()
}

impl FeatureDocument {
    /// Joins a definition and its complete audience.
    pub fn new(feature: Feature, targeting: Audience<Members>) -> Self {
        let Feature {
            kind,
            name,
            description,
            tags,
            owner,
            enabled,
            off_value,
        } = feature;
        Self {
            kind,
            name,
            description,
            tags,
            owner,
            enabled,
            off_value,
            targeting,
        }
    }

    /// The complete audience.
    pub fn targeting(&self) -> &Audience<Members> {
        &self.targeting
    }

    /// Parts them again.
    pub fn into_parts(self) -> (Feature, Audience<Members>) {
        let Self {
            kind,
            name,
            description,
            tags,
            owner,
            enabled,
            off_value,
            targeting,
        } = self;
        (
            Feature {
                kind,
                name,
                description,
                tags,
                owner,
                enabled,
                off_value,
            },
            targeting,
        )
    }
}

/// A plan in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDocument {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display_name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<PlanDescription>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    price: Option<Price>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(default, deserialize_with = "once_each")]
    grants: BTreeMap<FeatureKey, Value>,
}

impl PlanDocument {
    /// Joins a definition and its grants.
    pub fn new(plan: Plan, grants: BTreeMap<FeatureKey, Value>) -> Self {
        let Plan {
            display_name,
            description,
            price,
            currency,
            period,
        } = plan;
        Self {
            display_name,
            description,
            price,
            currency,
            period,
            grants,
        }
    }

    /// Parts them again.
    pub fn into_parts(self) -> (Plan, BTreeMap<FeatureKey, Value>) {
        let Self {
            display_name,
            description,
            price,
            currency,
            period,
            grants,
        } = self;
        (
            Plan {
                display_name,
                description,
                price,
                currency,
                period,
            },
            grants,
        )
    }
}

/// Reads a map in which no name may stand twice: serde's own would keep the last in silence.
pub(super) fn once_each<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct OnceEach<K, V>(PhantomData<(K, V)>);

    impl<'de, K, V> Visitor<'de> for OnceEach<K, V>
    where
        K: Deserialize<'de> + Ord + fmt::Display,
        V: Deserialize<'de>,
    {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map in which every name stands once")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = access.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(serde::de::Error::custom(format!("`{key}` stands twice")));
                }
                let value = access.next_value()?;
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(OnceEach(PhantomData))
}

/// Reads a map of maps, in none of which a name may stand twice.
pub(super) fn once_each_within_each<'de, D, K, L, V>(
    deserializer: D,
) -> Result<BTreeMap<K, BTreeMap<L, V>>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    L: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    #[derive(Deserialize)]
    #[serde(
        transparent,
        bound = "K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>"
    )]
    struct Within<K, V>(#[serde(deserialize_with = "once_each")] BTreeMap<K, V>);

    let outer: BTreeMap<K, Within<L, V>> = once_each(deserializer)?;
    Ok(outer
        .into_iter()
        .map(|(key, within)| (key, within.0))
        .collect())
}

impl Document {
    /// A project without anything.
    pub fn empty() -> Self {
        Self {
            format: Format,
            settings: Settings::default(),
            features: BTreeMap::new(),
            plans: BTreeMap::new(),
            organizations: BTreeMap::new(),
            users: BTreeMap::new(),
            overrides: BTreeMap::new(),
        }
    }

    /// The changes that make this project out of an empty one.
    pub fn into_changes(self) -> ChangeSet {
        let cap = self.settings.max_features.max(MAX_FEATURES);
        let open = Settings {
            default_plan: None,
            max_features: cap,
        };
        let mut changes = vec![Change::Settings {
            before: Settings::default(),
            after: open.clone(),
        }];
        for (key, feature) in self.features {
            let (feature, audience) = feature.into_parts();
            changes.push(Change::Feature {
                key: key.clone(),
                before: None,
                after: Some(feature),
            });
            changes.extend(replace_audience(&key, Audience::default(), audience));
        }
        for (key, plan) in self.plans {
            let (plan, grants) = plan.into_parts();
            changes.push(Change::Plan {
                key: key.clone(),
                before: None,
                after: Some(plan),
            });
            changes.extend(grants.into_iter().map(|(feature, value)| Change::Grant {
                plan: key.clone(),
                feature,
                before: None,
                after: Some(value),
            }));
        }
        changes.push(Change::Settings {
            before: open,
            after: self.settings,
        });
        changes.extend(self.organizations.into_iter().map(|(id, organization)| {
            Change::Organization {
                id,
                before: None,
                after: Some(organization),
            }
        }));
        changes.extend(self.users.into_iter().map(|(id, user)| Change::User {
            id,
            before: None,
            after: Some(user),
        }));
        for (subject, overrides) in self.overrides {
            changes.extend(
                overrides
                    .into_iter()
                    .map(|(feature, over)| Change::Override {
                        subject: subject.clone(),
                        feature,
                        before: None,
                        after: Some(over),
                    }),
            );
        }
        ChangeSet::new(changes)
    }
}
