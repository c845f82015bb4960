//! The events of a write, read from the history: always the same ones, in the same order.
//!
//! A write may hold a million changes, and nobody wants as many messages. Definitions are bounded
//! by the catalog and are told one by one. Of overrides, users and organizations a few are told one
//! by one, and more than that as one event that counts them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::event::{Event, identifier};
use super::flag;
use super::rules::Moment;
use crate::domain::catalog::{Revision, Settings};
use crate::domain::change::Change;
use crate::domain::diff::DiffLine;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::store::{About, Entry, HistoryError, Snapshot, Span, StoreError};

/// More subjects than these, of one feature or of one kind, are told as one event.
pub(super) const MOST_TOLD: usize = 10;
/// How many lines an event has for people.
const MOST_LINES: usize = 20;
/// How many single names that came or went are kept of one feature in one write.
const MOST_NAMES: usize = 10_000;

/// What one write did, sorted by what it was done to.
#[derive(Default)]
struct Sorted {
    settings: Option<(Settings, Settings)>,
    plans: BTreeMap<PlanKey, (Option<Plan>, Option<Plan>)>,
    features: BTreeMap<FeatureKey, Touched>,
    grants: Vec<Change>,
    overrides: BTreeMap<FeatureKey, Many>,
    users: Many,
    organizations: Many,
}

/// What was done to a feature and its rules.
#[derive(Default)]
struct Touched {
    changes: Vec<Change>,
    definition: bool,
    rules: bool,
    names: usize,
    more: u64,
}

/// Things of which there may be very many.
#[derive(Default)]
struct Many {
    first: Vec<Change>,
    created: u64,
    updated: u64,
    deleted: u64,
}

impl Many {
    fn take(&mut self, change: Change, before: bool, after: bool) {
        *match (before, after) {
            (false, _) => &mut self.created,
            (true, false) => &mut self.deleted,
            (true, true) => &mut self.updated,
        } += 1;
        if self.first.len() < MOST_TOLD {
            self.first.push(change);
        }
    }

    fn count(&self) -> u64 {
        self.created + self.updated + self.deleted
    }
}

impl Touched {
    fn take(&mut self, change: Change) {
        match &change {
            Change::Feature { .. } => self.definition = true,
            Change::Target { .. } => {
                self.rules = true;
                self.names += 1;
                if self.names > MOST_NAMES {
                    self.more += 1;
                    return;
                }
            }
            _ => self.rules = true,
        }
        self.changes.push(change);
    }
}

impl Sorted {
    fn take(&mut self, change: Change) {
        match &change {
            Change::Settings { before, after } => {
                let first = self
                    .settings
                    .take()
                    .map_or_else(|| before.clone(), |(b, _)| b);
                self.settings = Some((first, after.clone()));
            }
            Change::Plan { key, before, after } => {
                let told = self.plans.entry(key.clone());
                told.or_insert_with(|| (before.clone(), None)).1 = after.clone();
            }
            Change::Grant { .. } => self.grants.push(change),
            Change::Override {
                feature,
                before,
                after,
                ..
            } => {
                let sides = (before.is_some(), after.is_some());
                let many = self.overrides.entry(feature.clone()).or_default();
                many.take(change, sides.0, sides.1);
            }
            Change::User { before, after, .. } => {
                let sides = (before.is_some(), after.is_some());
                self.users.take(change, sides.0, sides.1);
            }
            Change::Organization { before, after, .. } => {
                let sides = (before.is_some(), after.is_some());
                self.organizations.take(change, sides.0, sides.1);
            }
            Change::Feature { key: feature, .. }
            | Change::AudienceDefault { feature, .. }
            | Change::Rule { feature, .. }
            | Change::Target { feature, .. } => {
                let touched = self.features.entry(feature.clone()).or_default();
                touched.take(change);
            }
        }
    }
}

/// The events of the write that made a revision.
///
/// # Errors
///
/// What keeps the history from being read.
pub(super) fn events(
    snapshot: &dyn Snapshot,
    revision: Revision,
) -> Result<Vec<Event>, StoreError> {
    let entry = snapshot.entry(revision)?;
    let entry = entry.ok_or(HistoryError::Missing(revision))?;
    let mut sorted = Sorted::default();
    snapshot.each_change(revision, About::All, &mut |change| {
        sorted.take(change);
        ControlFlow::Continue(())
    })?;
    let seal = match snapshot.digest(revision) {
        Ok(digest) => digest.map(|digest| digest.to_string()).unwrap_or_default(),
        // A store of an older form has none; the moment and the place tell the write as well.
        Err(StoreError::History(HistoryError::Unchained)) => String::new(),
        Err(error) => return Err(error),
    };
    let mut told = Teller {
        snapshot,
        entry,
        seal,
        events: Vec::new(),
    };
    told.all(sorted)?;
    Ok(told.events)
}

/// Makes events, one after another.
struct Teller<'s> {
    snapshot: &'s dyn Snapshot,
    entry: Entry,
    seal: String,
    events: Vec<Event>,
}

impl Teller<'_> {
    fn all(&mut self, sorted: Sorted) -> Result<(), StoreError> {
        let plans = sorted.plans;
        let mut gone = Vec::new();
        for (key, touched) in sorted.features {
            gone.extend(self.feature(&key, touched)?.then_some(key));
        }
        for (key, (before, after)) in &plans {
            self.plan(key, before.as_ref(), after.as_ref());
        }
        for change in sorted.grants {
            if let Change::Grant { plan, feature, .. } = &change {
                // What goes with its feature or its plan is not told again.
                let plan_gone = plans.get(plan).is_some_and(|(_, after)| after.is_none());
                if !plan_gone && !gone.contains(feature) {
                    self.single("feature", feature.as_str(), &change);
                }
            }
        }
        for (feature, many) in sorted.overrides {
            if !gone.contains(&feature) {
                self.many(
                    &format!("feature {feature}"),
                    OVERRIDES,
                    Some(&feature),
                    many,
                );
            }
        }
        self.many("organizations", ORGANIZATIONS, None, sorted.organizations);
        self.many("users", USERS, None, sorted.users);
        if let Some((before, after)) = sorted.settings {
            let change = Change::Settings { before, after };
            self.single("settings", "", &change);
        }
        Ok(())
    }

    /// Tells of a feature and its rules; whether it is gone now.
    fn feature(&mut self, key: &FeatureKey, touched: Touched) -> Result<bool, StoreError> {
        let after = Moment::of(self.snapshot, key, self.entry.revision)?;
        let mut before = after.clone();
        for change in touched.changes.iter().rev() {
            before.take_back(change);
        }
        let about = format!("feature {key}");
        let told = |of: &Moment| {
            let feature = of.feature.as_ref()?;
            Some(flag::attributes(key, feature, of.audience.default))
        };
        let created = self.created(key)?;
        let (was, is) = (told(&before), told(&after));
        let at = self.entry.at;
        match (was, is) {
            (None, None) => Ok(true),
            (None, Some(is)) => {
                let data = flag::object(key, is, at, at);
                self.push(
                    "flag.created",
                    &about,
                    "was created",
                    data,
                    &touched.changes,
                    0,
                );
                Ok(false)
            }
            (Some(was), None) => {
                let data = flag::object(key, was, created, at);
                self.push(
                    "flag.deleted",
                    &about,
                    "was deleted",
                    data,
                    &touched.changes,
                    0,
                );
                Ok(true)
            }
            (Some(was), Some(is)) => {
                let data = flag::object(key, is.clone(), created, at);
                let (definition, rules): (Vec<Change>, Vec<Change>) = touched
                    .changes
                    .into_iter()
                    .partition(|change| matches!(change, Change::Feature { .. }));
                let mut differing = differing(&was, &is);
                let default = differing.remove("default_value");
                if touched.definition {
                    let happened = switched(&differing, &is);
                    let previous = json!({ "data": differing });
                    self.push(
                        "flag.updated",
                        &about,
                        happened,
                        data.clone(),
                        &definition,
                        0,
                    );
                    self.with("previous_attributes", previous);
                }
                if touched.rules {
                    self.push(
                        "flag.rule_updated",
                        &about,
                        "has new targeting",
                        data,
                        &rules,
                        touched.more,
                    );
                    self.rules(&before, &after, default)?;
                }
                Ok(false)
            }
        }
    }

    /// Adds who was targeted and who is, to the event that was made last.
    fn rules(
        &mut self,
        before: &Moment,
        after: &Moment,
        default: Option<Value>,
    ) -> Result<(), StoreError> {
        let (was, was_cut) = before.context(self.snapshot)?;
        let (is, is_cut) = after.context(self.snapshot)?;
        let mut data = Map::new();
        if let Some(default) = default {
            data.insert("default_value".to_owned(), default);
        }
        let previous = json!({"data": data, "context": differing(&was, &is)});
        if let Some(event) = self.events.last_mut() {
            if before.access() != after.access() {
                let line = DiffLine {
                    sign: crate::domain::diff::Sign::Altered,
                    what: "targeting".to_owned(),
                    before: Some(before.access().to_owned()),
                    after: Some(after.access().to_owned()),
                };
                event.lines.insert(0, line);
            }
            event.context.extend(is);
        }
        if was_cut || is_cut {
            self.with("truncated", json!(true));
        }
        self.with("previous_attributes", previous);
        Ok(())
    }

    fn plan(&mut self, key: &PlanKey, before: Option<&Plan>, after: Option<&Plan>) {
        let change = Change::Plan {
            key: key.clone(),
            before: before.cloned(),
            after: after.cloned(),
        };
        if !change.is_nothing() {
            self.single("plan", key.as_str(), &change);
        }
    }

    /// An event about one change.
    fn single(&mut self, noun: &str, key: &str, change: &Change) {
        let about = format!("{noun} {key}");
        let Some((names, data, previous)) = shape(change) else {
            return;
        };
        let (name, happened) = match (&previous, after_is_there(change)) {
            (None, _) => (names[0], "was created"),
            (Some(_), false) => (names[2], "was deleted"),
            (Some(_), true) => (names[1], "was altered"),
        };
        let happened = match change {
            Change::Grant { .. } => "has another value in a plan",
            Change::Override { .. } => "has an override that changed",
            Change::Settings { .. } => "were altered",
            _ => happened,
        };
        self.push(
            name,
            about.trim_end(),
            happened,
            data,
            std::slice::from_ref(change),
            0,
        );
        if let Some(previous) = previous {
            self.with("previous_attributes", json!({ "data": previous }));
        }
    }

    /// A few one by one, more as one event.
    fn many(&mut self, about: &str, words: Words, feature: Option<&FeatureKey>, many: Many) {
        let count = many.count();
        if usize::try_from(count).is_ok_and(|count| count <= MOST_TOLD) {
            let (noun, key) = about.split_once(' ').unwrap_or((about, ""));
            for change in &many.first {
                self.single(noun, key, change);
            }
            return;
        }
        let examples: Vec<Value> = many.first.iter().filter_map(subject).collect();
        let data = json!({
            "object": words.object,
            "feature": feature,
            "created": many.created,
            "updated": many.updated,
            "deleted": many.deleted,
            "examples": examples,
        });
        let shown = many.first.len() as u64;
        self.push(
            words.bulk,
            about,
            words.happened,
            data,
            &many.first,
            count - shown,
        );
    }

    fn push(
        &mut self,
        name: &'static str,
        about: &str,
        happened: &'static str,
        data: Value,
        changes: &[Change],
        mut more: u64,
    ) {
        let mut lines: Vec<DiffLine> = Vec::new();
        for line in changes.iter().flat_map(Change::in_words) {
            match lines.len() < MOST_LINES {
                true => lines.push(line),
                false => more += 1,
            }
        }
        let entry = &self.entry;
        let place = self.events.len().to_be_bytes();
        let revision = entry.revision.0.to_be_bytes();
        let parts: [&[u8]; 4] = [self.seal.as_bytes(), &revision, &place, name.as_bytes()];
        self.events.push(Event {
            id: identifier("event_", entry.at, &parts),
            name,
            about: about.to_owned(),
            thing: thing(changes).unwrap_or_else(|| about.to_owned()),
            revision: entry.revision,
            at: entry.at,
            actor: entry.actor.clone(),
            command: entry.command.clone(),
            reason: entry.reason.as_deref().map(str::to_owned),
            happened,
            data,
            context: Map::new(),
            lines,
            more,
        });
    }

    /// Adds to the context of the event that was made last.
    fn with(&mut self, name: &str, value: Value) {
        if let Some(event) = self.events.last_mut() {
            event.context.insert(name.to_owned(), value);
        }
    }

    /// When a feature was defined, for the last time by then; the write's own moment where the
    /// history does not say.
    fn created(&self, key: &FeatureKey) -> Result<i64, StoreError> {
        let span = Span {
            after: Revision::UNKNOWN,
            until: self.entry.revision,
        };
        let mut found = None;
        self.snapshot
            .changed(span, About::Definitions, &mut |(at, change)| match change {
                Change::Feature {
                    key: made,
                    before: None,
                    ..
                } if made == *key => {
                    found = Some(at);
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            })?;
        let entry = match found {
            Some(revision) => self.snapshot.entry(revision)?,
            None => None,
        };
        Ok(entry.map_or(self.entry.at, |entry| entry.at))
    }
}

/// How many of a kind are called.
#[derive(Clone, Copy)]
struct Words {
    bulk: &'static str,
    object: &'static str,
    happened: &'static str,
}

const OVERRIDES: Words = Words {
    bulk: "entitlements.override.bulk",
    object: "override_bulk",
    happened: "has many overrides that changed",
};
const USERS: Words = Words {
    bulk: "entitlements.user.bulk",
    object: "user_bulk",
    happened: "changed in great number",
};
const ORGANIZATIONS: Words = Words {
    bulk: "entitlements.organization.bulk",
    object: "organization_bulk",
    happened: "changed in great number",
};

/// The names of events about a change (made, altered, gone), the thing as data, and how it was.
type Shape = ([&'static str; 3], Value, Option<Value>);

fn shape(change: &Change) -> Option<Shape> {
    Some(match change {
        Change::Plan { key, before, after } => {
            let names = [
                "entitlements.plan.created",
                "entitlements.plan.updated",
                "entitlements.plan.deleted",
            ];
            sides(
                names,
                &json!({"object": "plan", "key": key}),
                before.as_ref(),
                after.as_ref(),
            )
        }
        Change::Grant {
            plan,
            feature,
            before,
            after,
        } => {
            let names = [
                "entitlements.grant.created",
                "entitlements.grant.updated",
                "entitlements.grant.deleted",
            ];
            let of = json!({"object": "grant", "plan": plan, "feature": feature});
            let value = |value: &crate::domain::value::Value| json!({ "value": value });
            let (before, after) = (before.as_ref().map(value), after.as_ref().map(value));
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::Override {
            subject,
            feature,
            before,
            after,
        } => {
            let names = [
                "entitlements.override.created",
                "entitlements.override.updated",
                "entitlements.override.deleted",
            ];
            let of = json!({"object": "override", "subject": subject, "feature": feature});
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::User { id, before, after } => {
            let names = [
                "entitlements.user.created",
                "entitlements.user.updated",
                "entitlements.user.deleted",
            ];
            sides(
                names,
                &json!({"object": "user", "id": id}),
                before.as_ref(),
                after.as_ref(),
            )
        }
        Change::Organization { id, before, after } => {
            let names = [
                "entitlements.organization.created",
                "entitlements.organization.updated",
                "entitlements.organization.deleted",
            ];
            let of = json!({"object": "organization", "id": id});
            sides(names, &of, before.as_ref(), after.as_ref())
        }
        Change::Settings { before, after } => {
            let names = ["entitlements.settings.updated"; 3];
            sides(
                names,
                &json!({"object": "settings"}),
                Some(before),
                Some(after),
            )
        }
        _ => return None,
    })
}

fn sides<T: Serialize>(
    names: [&'static str; 3],
    of: &Value,
    before: Option<&T>,
    after: Option<&T>,
) -> Shape {
    let read = |thing: &T| match serde_json::to_value(thing) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let (was, is) = (before.map(read), after.map(read));
    let mut data = of.as_object().cloned().unwrap_or_default();
    data.extend(is.clone().or_else(|| was.clone()).unwrap_or_default());
    let previous = was.map(|was| match &is {
        Some(is) => Value::Object(differing(&was, is)),
        None => Value::Object(was),
    });
    (names, Value::Object(data), previous)
}

/// What was different before, as it was; what was not there is null.
fn differing(was: &Map<String, Value>, is: &Map<String, Value>) -> Map<String, Value> {
    let new = is.keys().filter(|name| !was.contains_key(*name));
    let new = new.map(|name| (name.clone(), Value::Null));
    let other = was
        .iter()
        .filter(|(name, value)| is.get(*name) != Some(*value));
    other
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain(new)
        .collect()
}

fn switched(differing: &Map<String, Value>, is: &Map<String, Value>) -> &'static str {
    match (differing.contains_key("enabled"), is.get("enabled")) {
        (true, Some(Value::Bool(true))) => "was enabled",
        (true, _) => "was disabled",
        _ => "was altered",
    }
}

/// Users and organizations are told in one order, each by its own name.
fn thing(changes: &[Change]) -> Option<String> {
    match changes {
        [Change::User { id, .. }] => Some(format!("user {id}")),
        [Change::Organization { id, .. }] => Some(format!("organization {id}")),
        _ => None,
    }
}

fn after_is_there(change: &Change) -> bool {
    match change {
        Change::Plan { after, .. } => after.is_some(),
        Change::Grant { after, .. } => after.is_some(),
        Change::Override { after, .. } => after.is_some(),
        Change::User { after, .. } => after.is_some(),
        Change::Organization { after, .. } => after.is_some(),
        _ => true,
    }
}

fn subject(change: &Change) -> Option<Value> {
    match change {
        Change::Override { subject, .. } => Some(json!(subject)),
        Change::User { id, .. } | Change::Organization { id, .. } => Some(json!(id)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::target::Serve;

    #[test]
    fn what_was_different_is_told_as_it_was() {
        let map = |value: Value| value.as_object().cloned().unwrap_or_default();
        let was = map(json!({"a": 1, "b": 2, "c": 3}));
        let is = map(json!({"a": 1, "b": 9, "d": 4}));
        assert_eq!(
            Value::Object(differing(&was, &is)),
            json!({"b": 2, "c": 3, "d": null})
        );
    }

    #[test]
    fn a_feature_that_serves_everybody_has_the_default_on() {
        let key = "a".parse().unwrap();
        let feature = crate::domain::feature::Feature::new(crate::domain::value::Kind::Boolean);
        let told = flag::attributes(&key, &feature, Serve::On);
        assert_eq!(told["default_value"], json!(true));
        assert_eq!(told["name"], json!("a"));
    }
}
