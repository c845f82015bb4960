//! Settings, features and plans of a catalog file.

use std::collections::BTreeMap;

use super::super::fields::{Fields, entries, parse, parsed, switch};
use super::super::node::{Content, Node};
use super::{Reader, audience, leaves};
use crate::domain::document::{FeatureDocument, PlanDocument};
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::{Period, Plan};
use crate::domain::refusal::Refusal;
use crate::domain::target::{Audience, Members, Serve};
use crate::domain::value::{Kind, Value};
use crate::domain::wanted::WantedSettings;

const FEATURE: &[&str] = &[
    "type",
    "name",
    "description",
    "tags",
    "owner",
    "enabled",
    "off_value",
    "targeting",
];

const PLAN: &[&str] = &[
    "display_name",
    "description",
    "price",
    "currency",
    "period",
    "grants",
];

const LEAVE_OUT: &str = "leave the feature out of the plan's grants";

impl Reader<'_> {
    pub(super) fn settings(&mut self, node: &Node) -> WantedSettings {
        let known = &["default_plan", "max_features"];
        let Some(fields) = Fields::of(node, known, self.mistakes) else {
            return WantedSettings::default();
        };
        let default_plan = fields.get("default_plan").map(|node| match node.content {
            Content::Null => None,
            _ => self.plan_named(node),
        });
        let max_features = fields.get("max_features");
        WantedSettings {
            default_plan,
            max_features: max_features.and_then(|node| leaves::count(node, self.mistakes)),
        }
    }

    pub(super) fn features(&mut self, node: &Node) -> BTreeMap<FeatureKey, FeatureDocument> {
        let mut features = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let name: Option<FeatureKey> = parsed(&key.text, key.at, self.mistakes);
            let (feature, targeting) = self.feature(node);
            let Some(name) = name else { continue };
            if let (Some(was), Some(Some(kind))) =
                (self.around.features.get(&name), self.kinds.get(&name))
                && was != kind
            {
                let at = node.get("type").map_or(node.at, |node| node.at);
                let refusal = Refusal::KindIsFixed {
                    feature: name.clone(),
                    kind: *was,
                };
                self.mistakes.add(at, refusal);
            }
            features.insert(name, FeatureDocument::new(feature, targeting));
        }
        features
    }

    fn feature(&mut self, node: &Node) -> (Feature, Audience<Members>) {
        let mut feature = Feature::new(Kind::Boolean);
        let mut targeting = Audience::default();
        let Some(fields) = Fields::of(node, FEATURE, self.mistakes) else {
            return (feature, targeting);
        };
        let mistakes = &mut *self.mistakes;
        let kind = fields.required("type", mistakes);
        let kind = kind.and_then(|node| leaves::kind(node, mistakes));
        feature.kind = kind.unwrap_or(Kind::Boolean);
        feature.name = fields.get("name").and_then(|node| parse(node, mistakes));
        feature.description = fields
            .get("description")
            .and_then(|node| parse(node, mistakes));
        feature.owner = fields.get("owner").and_then(|node| parse(node, mistakes));
        if let Some(node) = fields.get("tags") {
            feature.tags = leaves::set(node, mistakes);
        }
        if let Some(node) = fields.get("enabled") {
            feature.enabled = switch(node, mistakes).unwrap_or(true);
        }
        if let Some(node) = fields.get("off_value") {
            feature.off_value = leaves::serve(node, mistakes).unwrap_or(Serve::Off);
            if kind == Some(Kind::Limit) && feature.off_value == Serve::On {
                mistakes.add(node.at, "the switch of a limit feature cannot serve `on`");
            }
        }
        if let Some(node) = fields.get("targeting") {
            targeting = audience::read(node, mistakes);
            if kind == Some(Kind::Limit) && targeting != Audience::default() {
                mistakes.add(
                    node.at,
                    "only boolean features are targeted, and this is a limit",
                );
            }
        }
        (feature, targeting)
    }

    pub(super) fn plans(&mut self, node: &Node) -> BTreeMap<PlanKey, PlanDocument> {
        let mut plans = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let name: Option<PlanKey> = parsed(&key.text, key.at, self.mistakes);
            let (plan, grants) = self.plan(node);
            if let Some(name) = name {
                plans.insert(name, PlanDocument::new(plan, grants));
            }
        }
        plans
    }

    fn plan(&mut self, node: &Node) -> (Plan, BTreeMap<FeatureKey, Value>) {
        let mut plan = Plan::default();
        let Some(fields) = Fields::of(node, PLAN, self.mistakes) else {
            return (plan, BTreeMap::new());
        };
        let mistakes = &mut *self.mistakes;
        plan.display_name = fields
            .get("display_name")
            .and_then(|node| parse(node, mistakes));
        plan.description = fields
            .get("description")
            .and_then(|node| parse(node, mistakes));
        plan.price = fields
            .get("price")
            .and_then(|node| leaves::price(node, mistakes));
        plan.currency = fields
            .get("currency")
            .and_then(|node| parse(node, mistakes));
        plan.period = fields
            .get("period")
            .and_then(|node| parse::<Period>(node, mistakes));
        let grants = fields.get("grants").map(|node| self.grants(node));
        (plan, grants.unwrap_or_default())
    }

    fn grants(&mut self, node: &Node) -> BTreeMap<FeatureKey, Value> {
        let mut grants = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let feature: Option<FeatureKey> = parsed(&key.text, key.at, self.mistakes);
            let value = leaves::value(node, LEAVE_OUT, self.mistakes);
            let Some(feature) = feature else { continue };
            self.refers_to_feature(key.at, &feature, value.map(|value| (node.at, value)));
            if let Some(value) = value {
                grants.insert(feature, value);
            }
        }
        grants
    }
}
