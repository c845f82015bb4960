//! What the list of flags says beside the configuration: how people call a flag, what it does, who
//! answers for it (contract page, *Flag object*). It decides nothing.

use serde::Deserialize;

use crate::domain::catalog::{Catalog, FeatureEntry, Revision};
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::target::{Audience, Condition, Rule, Serve};
use crate::domain::text::{Description, Name, Tag};
use crate::domain::value::Kind;

/// A flag of the list; members that are not named here are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Flag {
    /// What the configuration knows it by.
    pub(super) slug: String,
    #[serde(default)]
    pub(super) enabled: Option<bool>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    owner: Option<Owner>,
    #[serde(default)]
    tags: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Owner {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
}

/// Puts into the catalog what the list says of its flags. The configuration alone says which flags
/// there are: of one that it leaves out nobody could tell who gets it.
pub(super) fn join(mut catalog: Catalog, flags: &[Flag]) -> Catalog {
    for flag in flags {
        if let Some(entry) = catalog.features.get_mut(&*flag.slug) {
            flag.describe(&mut entry.feature);
        }
    }
    catalog
}

/// A catalog of the list alone, where there is no configuration. It says which flags there are and
/// who they are switched for, and not who gets them: nothing may be answered from it.
pub(super) fn alone(flags: &[Flag]) -> Catalog {
    let mut catalog = Catalog::default();
    for flag in flags {
        let Ok(key) = flag.slug.parse::<FeatureKey>() else {
            continue;
        };
        let mut feature = Feature::new(Kind::Boolean);
        feature.enabled = flag.enabled.unwrap_or(true);
        flag.describe(&mut feature);
        let untold = Rule {
            id: Name::default(),
            serve: Serve::NoValue,
            when: vec![Condition::Unsupported(shortened(
                "whom it names is not told",
            ))],
        };
        let entry = FeatureEntry {
            feature,
            audience: Audience {
                default: Serve::NoValue,
                rules: vec![untold],
            },
            revision: Revision::UNKNOWN,
            audience_revision: Revision::UNKNOWN,
        };
        catalog.features.insert(key, entry);
    }
    catalog
}

impl Flag {
    fn describe(&self, feature: &mut Feature) {
        let present = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        // WorkOS calls a flag without a name by its slug.
        let name = present(&self.name).filter(|name| *name != self.slug);
        feature.name = name.map(|name| shortened(&name));
        let description = present(&self.description);
        feature.description = description.map(|text| long_shortened(&text));
        feature.owner = self.owner.as_ref().and_then(Owner::in_words);
        let tags = self.tags.iter().flatten();
        feature.tags = tags
            .filter(|tag| !tag.is_empty())
            .filter_map(|tag| Tag::new(tag).ok())
            .collect();
    }
}

impl Owner {
    /// `Jane Doe <jane@example.com>`, or as much of it as is known.
    fn in_words(&self) -> Option<Name> {
        let names = [&self.first_name, &self.last_name];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        let name = names.join(" ");
        let name = name.trim();
        let whole = match (name, self.email.as_deref().unwrap_or_default()) {
            ("", "") => return None,
            ("", email) => email.to_owned(),
            (name, "") => name.to_owned(),
            (name, email) => format!("{name} <{email}>"),
        };
        Some(shortened(&whole))
    }
}

fn shortened(text: &str) -> Name {
    super::payload::name(text)
}

/// The beginning, where it is longer than we keep.
fn long_shortened(text: &str) -> Description {
    const KEPT: usize = 4000;
    let kept: String = text.chars().take(KEPT).collect();
    Description::new(&kept).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::store::workos::contents::Contents;
    use crate::store::workos::payload;

    fn configuration() -> Catalog {
        let flag = json!({"slug": "beta", "enabled": true, "default_value": false,
            "targets": {"users": [], "organizations": []}});
        let read = payload::read(&json!({"beta": flag})).unwrap();
        Contents::of(read.document, read.notes).unwrap().catalog
    }

    fn joined(flag: Value) -> Feature {
        let flag: Flag = serde_json::from_value(flag).unwrap();
        let mut joined = join(configuration(), &[flag]);
        assert_eq!(joined.features.len(), 1);
        joined.features.pop_first().unwrap().1.feature
    }

    #[test]
    fn the_list_describes_the_flags_of_the_configuration_and_adds_none() {
        let feature = joined(json!({
            "object": "feature_flag", "id": "flag_1", "slug": "beta", "name": "Beta",
            "description": "What it does", "tags": ["reports", ""], "enabled": true,
            "owner": {"email": "jane@example.com", "first_name": "Jane", "last_name": "Doe"},
            "default_value": false, "newer": {"deep": []},
        }));
        assert_eq!(feature.name.as_deref(), Some("Beta"));
        assert_eq!(feature.description.as_deref(), Some("What it does"));
        assert_eq!(
            feature.owner.as_deref(),
            Some("Jane Doe <jane@example.com>")
        );
        assert_eq!(feature.tags.len(), 1);
        let other = joined(json!({"slug": "other", "name": "Other"}));
        assert_eq!(other.name, None);
    }

    #[test]
    fn what_is_missing_null_or_too_long_is_no_trouble() {
        let bare = joined(json!({"slug": "beta", "name": "beta", "owner": null, "tags": null}));
        assert_eq!((bare.name, bare.owner), (None, None));
        let long = "x".repeat(10_000);
        let cut = joined(json!({
            "slug": "beta", "name": long, "description": long, "tags": [long],
            "owner": {"email": "a@b.example"},
        }));
        assert!(cut.name.is_some_and(|name| name.len() < 300));
        assert!(cut.description.is_some_and(|text| text.len() == 4000));
        assert_eq!(cut.owner.as_deref(), Some("a@b.example"));
        assert!(cut.tags.is_empty());
    }
}
