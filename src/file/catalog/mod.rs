//! The catalog file: a whole project, as `flags export` writes it and people edit it.
//!
//! What is read is always complete: a feature whose description is too long is still a feature,
//! so that a plan that grants it is not wrong as well. Whether anything is wrong at all is for the
//! mistakes to say; with any of them, what was read is good for nothing else.

mod audience;
mod definitions;
mod leaves;
mod subjects;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::fields::{Fields, entries, parse, text};
use super::mistakes::Mistakes;
use super::node::{Content, Node, Position};
use crate::domain::catalog::MAX_FEATURES;
use crate::domain::document::Format;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::value::{Kind, Value};
use crate::domain::wanted::Wanted;

/// The parts that a catalog file may have.
const PARTS: &[&str] = &[
    "$schema",
    "format",
    "settings",
    "features",
    "plans",
    "organizations",
    "users",
    "overrides",
];

/// What there is beside the file: the store that it is applied to, or nothing.
pub struct Around<'a> {
    /// The features there, which keep their kinds.
    pub features: BTreeMap<FeatureKey, Kind>,
    /// The plans there.
    pub plans: BTreeSet<PlanKey>,
    /// How many features there may be.
    pub max_features: u32,
    /// Whether a user or an organization is known there.
    pub knows: &'a dyn Fn(&SubjectId) -> bool,
    /// Whether what the file leaves out of its parts goes.
    pub prune: bool,
}

impl Around<'_> {
    /// Nothing: the file has to stand by itself.
    pub fn nothing() -> Self {
        Self {
            features: BTreeMap::new(),
            plans: BTreeSet::new(),
            max_features: MAX_FEATURES,
            knows: &|_| false,
            prune: false,
        }
    }
}

/// Reads a catalog, to be used only where no mistakes were noted.
pub fn read(node: &Node, around: &Around<'_>, mistakes: &mut Mistakes) -> Wanted {
    if node.content == Content::Null {
        mistakes.add(node.at, "this is empty: expected a catalog");
        return Wanted::default();
    }
    let Some(parts) = Fields::of(node, PARTS, mistakes) else {
        return Wanted::default();
    };
    if let Some(format) = parts.required("format", mistakes) {
        parse::<Format>(format, mistakes);
    }
    if let Some(schema) = parts.get("$schema") {
        text(schema, mistakes);
    }
    let mut reader = Reader {
        around,
        mistakes,
        kinds: BTreeMap::new(),
        plans: BTreeSet::new(),
        features_stay: true,
        plans_stay: true,
    };
    reader.survey(&parts);
    let mut wanted = Wanted::default();
    wanted.settings = parts.get("settings").map(|node| reader.settings(node));
    wanted.features = parts.get("features").map(|node| reader.features(node));
    wanted.plans = parts.get("plans").map(|node| reader.plans(node));
    wanted.organizations = parts
        .get("organizations")
        .map(|node| reader.organizations(node));
    wanted.users = parts.get("users").map(|node| reader.users(node, &wanted));
    wanted.overrides = parts
        .get("overrides")
        .map(|node| reader.overrides(node, &wanted));
    reader.cap(&parts, &wanted);
    wanted
}

/// Reads the parts, knowing what the others define.
struct Reader<'r> {
    around: &'r Around<'r>,
    mistakes: &'r mut Mistakes,
    /// The features of the file; of some the kind may be unreadable.
    kinds: BTreeMap<FeatureKey, Option<Kind>>,
    /// The plans of the file.
    plans: BTreeSet<PlanKey>,
    /// Whether the features that are only in the store stay there.
    features_stay: bool,
    /// Whether the plans that are only in the store stay there.
    plans_stay: bool,
}

impl Reader<'_> {
    /// Notes what the file defines, in whatever order its parts stand. What is wrong with the
    /// names is told when the parts are read.
    fn survey(&mut self, parts: &Fields<'_>) {
        let mut later = Mistakes::new();
        let features = parts
            .get("features")
            .and_then(|node| entries(node, &mut later));
        for (key, node) in features.unwrap_or_default() {
            let kind = node.get("type");
            let kind = kind.and_then(|kind| leaves::kind(kind, &mut later));
            if let Ok(key) = key.text.parse() {
                self.kinds.insert(key, kind);
            }
        }
        let plans = parts
            .get("plans")
            .and_then(|node| entries(node, &mut later));
        let plans = plans.unwrap_or_default().iter();
        self.plans
            .extend(plans.filter_map(|(key, _)| key.text.parse::<PlanKey>().ok()));
        self.features_stay = !(self.around.prune && parts.get("features").is_some());
        self.plans_stay = !(self.around.prune && parts.get("plans").is_some());
    }

    /// Notes a mistake where something is wrong.
    fn judge<T, E: Display>(&mut self, at: Position, judged: Result<T, E>) -> Option<T> {
        judged.map_err(|error| self.mistakes.add(at, error)).ok()
    }

    /// A reference to a feature, and whether the value fits it.
    fn refers_to_feature(
        &mut self,
        at: Position,
        key: &FeatureKey,
        value: Option<(Position, Value)>,
    ) {
        let stays = self.features_stay;
        let elsewhere = self.around.features.get(key).filter(|_| stays);
        let kind = match (self.kinds.get(key), elsewhere) {
            (Some(kind), _) => *kind,
            (None, Some(kind)) => Some(*kind),
            (None, None) => {
                let staying = self.around.features.keys().filter(|_| stays);
                let known = self.kinds.keys().chain(staying).map(FeatureKey::as_str);
                let what = format!("there is no feature `{key}`");
                self.mistakes.unknown(at, &what, known, key.as_str());
                None
            }
        };
        match (kind, value) {
            (Some(kind), Some((at, value))) if value.kind() != kind => {
                let fits = match kind {
                    Kind::Boolean => "`on`",
                    Kind::Limit => "a whole number or `unlimited`",
                };
                let what = format!("{key} is a {kind} feature: expected {fits}, found `{value}`");
                self.mistakes.add(at, what);
            }
            _ => {}
        }
    }

    /// A reference to a plan.
    fn refers_to_plan(&mut self, at: Position, key: &PlanKey) {
        let stays = self.plans_stay;
        if self.plans.contains(key) || (stays && self.around.plans.contains(key)) {
            return;
        }
        let staying = self.around.plans.iter().filter(|_| stays);
        let known = self.plans.iter().chain(staying).map(PlanKey::as_str);
        let what = format!("there is no plan `{key}`");
        self.mistakes.unknown(at, &what, known, key.as_str());
    }

    /// The plan that a text names.
    fn plan_named(&mut self, node: &Node) -> Option<PlanKey> {
        let plan = parse(node, self.mistakes)?;
        self.refers_to_plan(node.at, &plan);
        Some(plan)
    }

    /// Whether there is room for all the features.
    fn cap(&mut self, parts: &Fields<'_>, wanted: &Wanted) {
        let said = parts
            .get("settings")
            .and_then(|node| node.get("max_features"));
        let settings = wanted.settings.as_ref();
        let cap = settings.and_then(|settings| settings.max_features);
        let max = cap.unwrap_or(self.around.max_features);
        let staying = self.around.features.keys().filter(|_| self.features_stay);
        let all: BTreeSet<_> = self.kinds.keys().chain(staying).collect();
        let part = said.or_else(|| parts.get("features"));
        if let Some(part) = part
            && usize::try_from(max).is_ok_and(|max| max < all.len())
        {
            let (at, all) = (part.at, all.len());
            let what = format!(
                "there would be {all} features, and the cap is {max}: raise `max_features` in \
                 `settings`, or leave some out"
            );
            self.mistakes.add(at, what);
        }
    }
}
