//! The one algorithm: what a subject gets of a feature at a moment.
//!
//! Six layers, strongest first; the first that answers wins ([`LAYERS`]). Each layer is one function
//! (`layers.rs`) that returns a [`Finding`]: what it saw, from which its answer follows.
//! [`Resolver::decide`] stops at the first answer, [`Resolver::resolve`] asks every layer and keeps
//! what each one said. Both walk the same functions, so an explanation cannot disagree with an
//! answer. What those functions say of everybody who shares a plan is kept in a table
//! (`settled.rs`), and only what is particular to a subject is asked anew.

use std::fmt;

use serde::Serialize;

pub use super::bound::Subject;
use super::finding::Finding;
use super::key::FeatureKey;
pub use super::resolver::{Resolver, Row, Slot};
use super::value::{Answer, Kind};

/// One source of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// The feature's kill switch.
    Switch,
    /// The user's own override.
    UserOverride,
    /// An override of one of the organizations.
    OrganizationOverride,
    /// The feature's audience.
    Targeting,
    /// What plans grant.
    Plan,
    /// Off, where nobody else answers.
    Default,
}

/// Every layer, strongest first.
pub const LAYERS: [LayerKind; 6] = [
    LayerKind::Switch,
    LayerKind::UserOverride,
    LayerKind::OrganizationOverride,
    LayerKind::Targeting,
    LayerKind::Plan,
    LayerKind::Default,
];

impl fmt::Display for LayerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Switch => "switch",
            Self::UserOverride => "user override",
            Self::OrganizationOverride => "organization override",
            Self::Targeting => "targeting",
            Self::Plan => "plan",
            Self::Default => "default",
        })
    }
}

/// An answer and the layer that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decision {
    /// The value, or off.
    pub answer: Answer,
    /// The strongest layer that had an answer.
    pub winner: LayerKind,
}

/// One layer of a resolution.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// Which layer.
    pub kind: LayerKind,
    /// What decided for this layer.
    pub finding: Finding<'a>,
    /// What else it saw and set aside, such as an expired override of another organization.
    pub aside: Vec<Finding<'a>>,
}

/// An answer with all its layers.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    /// The feature asked about.
    pub key: &'a FeatureKey,
    /// Its kind.
    pub kind: Kind,
    /// The value, or off.
    pub answer: Answer,
    /// The strongest layer that had an answer.
    pub winner: LayerKind,
    /// What every layer said, strongest first.
    pub layers: Vec<Layer<'a>>,
}

impl Resolution<'_> {
    /// Whether what decided was to serve a value that is not a boolean, so that WorkOS's evaluator
    /// would hand the question back to its caller (contract page, version 2).
    ///
    /// Every layer has spoken here, those behind the winner too: of a thrown switch only the
    /// switch counts, and targeting only where the question went past it without an answer.
    pub fn is_handed_back(&self) -> bool {
        let asked = match self.winner {
            LayerKind::Switch => LayerKind::Switch,
            LayerKind::Default => LayerKind::Targeting,
            _ => return false,
        };
        self.layers
            .iter()
            .any(|layer| layer.kind == asked && layer.finding.serves_no_value())
    }
}
