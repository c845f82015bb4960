//! A feature: a named capability, boolean or limit, with a kill switch.
//!
//! Who is targeted stands apart (`target.rs`): a definition is read on every question, the lists
//! of who is named may hold millions and are asked only about one subject.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::target::Serve;
use super::text::{Description, Name, Tag};
use super::value::Kind;

/// The definition of a feature, without its key and its audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Boolean or limit; fixed when the feature is defined.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// Labels to find it by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<Tag>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Name>,
    /// The kill switch: `false` turns it off for everybody.
    #[serde(default = "enabled")]
    pub enabled: bool,
    /// What the switch serves when it is thrown; WorkOS's `off_value`, off for our own.
    #[serde(default = "off", skip_serializing_if = "is_off")]
    pub off_value: Serve,
}

fn enabled() -> bool {
    true
}

fn off() -> Serve {
    Serve::Off
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_off(serve: &Serve) -> bool {
    *serve == Serve::Off
}

impl Feature {
    /// An enabled feature that has nothing but its kind.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            name: None,
            description: None,
            tags: BTreeSet::new(),
            owner: None,
            enabled: true,
            off_value: Serve::Off,
        }
    }

    /// Takes over what people call a feature, where this one says none of it.
    pub fn describe_as(&mut self, known: &Self) {
        let says_none = self.name.is_none()
            && self.description.is_none()
            && self.tags.is_empty()
            && self.owner.is_none();
        if says_none {
            self.name.clone_from(&known.name);
            self.description.clone_from(&known.description);
            self.tags.clone_from(&known.tags);
            self.owner.clone_from(&known.owner);
        }
    }
}
