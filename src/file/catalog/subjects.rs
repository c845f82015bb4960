//! Organizations, users and overrides of a catalog file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fields::{Fields, entries, expected, parse, parsed};
use super::super::node::{Content, Node};
use super::{Reader, leaves};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::{Effect, Override, OverrideError};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::wanted::Wanted;

const OVERRIDE: &[&str] = &["grant", "revoke", "reason", "starts", "expires"];

const REVOKE: &str = "write `revoke: true` in the place of `grant`";

impl Reader<'_> {
    pub(super) fn organizations(&mut self, node: &Node) -> BTreeMap<Id, Organization> {
        let mut organizations = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let id: Option<Id> = parsed(&key.text, key.at, self.mistakes);
            let organization = self.organization(node);
            if let Some(id) = id {
                organizations.insert(id, organization);
            }
        }
        organizations
    }

    fn organization(&mut self, node: &Node) -> Organization {
        let mut organization = Organization::default();
        let known = &["name", "plan", "targets"];
        if let Some(fields) = Fields::of(node, known, self.mistakes) {
            let name = fields.get("name");
            organization.name = name.and_then(|node| parse(node, self.mistakes));
            organization.plan = fields.get("plan").and_then(|node| self.plan_named(node));
            organization.targets = self.custom_targets(fields.get("targets"));
        }
        organization
    }

    pub(super) fn users(&mut self, node: &Node, wanted: &Wanted) -> BTreeMap<Id, User> {
        let mut users = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let id: Option<Id> = parsed(&key.text, key.at, self.mistakes);
            let user = self.user(node, wanted);
            if let Some(id) = id {
                users.insert(id, user);
            }
        }
        users
    }

    fn user(&mut self, node: &Node, wanted: &Wanted) -> User {
        let mut user = User::default();
        let known = &["email", "plan", "organizations", "targets"];
        let Some(fields) = Fields::of(node, known, self.mistakes) else {
            return user;
        };
        user.email = fields
            .get("email")
            .and_then(|node| parse(node, self.mistakes));
        user.plan = fields.get("plan").and_then(|node| self.plan_named(node));
        user.targets = self.custom_targets(fields.get("targets"));
        if let Some(node) = fields.get("organizations") {
            user.organizations = leaves::set(node, self.mistakes);
            let Content::List(nodes) = &node.content else {
                return user;
            };
            for node in nodes {
                if let Content::Text(text) = &node.content
                    && let Ok(id) = text.parse()
                {
                    self.refers_to_subject(node, SubjectId::Organization(id), wanted);
                }
            }
        }
        user
    }

    fn custom_targets(&mut self, node: Option<&Node>) -> BTreeSet<Target> {
        let Some(node) = node else {
            return BTreeSet::new();
        };
        let targets: BTreeSet<Target> = leaves::set(node, self.mistakes);
        if let Some(subject) = targets.iter().find(|target| !target.is_custom()) {
            self.mistakes
                .add(node.at, Refusal::NotACustomTarget(subject.clone()));
        }
        targets
    }

    /// A reference to a user or an organization.
    fn refers_to_subject(&mut self, node: &Node, subject: SubjectId, wanted: &Wanted) {
        let at = node.at;
        let unknown = format!("there is no {} `{}`", subject.noun(), subject.id());
        let (known, named): (Box<dyn Iterator<Item = &str>>, _) = match &subject {
            SubjectId::User(id) => match &wanted.users {
                Some(users) => (
                    Box::new(users.keys().map(Id::as_str)),
                    Some(users.contains_key(id)),
                ),
                None => (Box::new([].into_iter()), None),
            },
            SubjectId::Organization(id) => match &wanted.organizations {
                Some(all) => (
                    Box::new(all.keys().map(Id::as_str)),
                    Some(all.contains_key(id)),
                ),
                None => (Box::new([].into_iter()), None),
            },
        };
        let stays = !(self.around.prune && named.is_some());
        if named == Some(true) || (stays && (self.around.knows)(&subject)) {
            return;
        }
        // Among very many, something is always near, and looking for it takes long.
        const ENOUGH: usize = 1000;
        let id = subject.id().as_str();
        self.mistakes.unknown(at, &unknown, known.take(ENOUGH), id);
    }

    pub(super) fn overrides(
        &mut self,
        node: &Node,
        wanted: &Wanted,
    ) -> BTreeMap<SubjectId, BTreeMap<FeatureKey, Override>> {
        let mut all = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let subject: Option<SubjectId> = parsed(&key.text, key.at, self.mistakes);
            if let Some(subject) = &subject {
                let named = Node {
                    at: key.at,
                    content: Content::Null,
                };
                self.refers_to_subject(&named, subject.clone(), wanted);
            }
            let overrides = self.overrides_of(node);
            let Some(subject) = subject else { continue };
            // `org:acme` and `organization:acme` are two names of one subject.
            if all.insert(subject.clone(), overrides).is_some() {
                self.mistakes
                    .add(key.at, format!("`{subject}` stands twice"));
            }
        }
        all
    }

    fn overrides_of(&mut self, node: &Node) -> BTreeMap<FeatureKey, Override> {
        let mut overrides = BTreeMap::new();
        for (key, node) in entries(node, self.mistakes).unwrap_or_default() {
            let feature: Option<FeatureKey> = parsed(&key.text, key.at, self.mistakes);
            let over = self.over(node);
            let Some(feature) = feature else { continue };
            let granted = over.as_ref().and_then(|over| over.effect.answer());
            let at = node.get("grant").map_or(node.at, |node| node.at);
            self.refers_to_feature(key.at, &feature, granted.map(|value| (at, value)));
            if let Some(over) = over {
                overrides.insert(feature, over);
            }
        }
        overrides
    }

    fn over(&mut self, node: &Node) -> Option<Override> {
        let fields = Fields::of(node, OVERRIDE, self.mistakes)?;
        let reason = fields
            .get("reason")
            .and_then(|node| parse(node, self.mistakes));
        let starts = fields
            .get("starts")
            .and_then(|node| parse(node, self.mistakes));
        let expires = fields
            .get("expires")
            .and_then(|node| parse(node, self.mistakes));
        let effect = match (fields.get("grant"), fields.get("revoke")) {
            (Some(node), None) => leaves::value(node, REVOKE, self.mistakes).map(Effect::Grant),
            (None, Some(node)) => match super::super::fields::switch(node, self.mistakes) {
                Some(true) => Some(Effect::Revoke),
                Some(false) => expected("`true`", node, self.mistakes),
                None => None,
            },
            _ => {
                self.mistakes.add(node.at, OverrideError::Effect);
                None
            }
        };
        let over = Override {
            effect: effect?,
            reason,
            starts,
            expires,
        };
        let at = fields.get("expires").map_or(node.at, |node| node.at);
        self.judge(at, over.checked())
    }
}
