//! The events of a write, read from the history: always the same ones, in the same order.
//!
//! A write may hold a million changes, and nobody wants as many messages. Definitions are bounded
//! by the catalog and are told one by one. Of overrides, users and organizations a few are told one
//! by one, and more than that as one event that counts them.

use std::ops::ControlFlow;

use serde_json::{Map, Value, json};

use super::event::{Event, identifier};
use super::flag;
use super::given::Given;
use super::rules::Moment;
use super::shape::{after_is_there, differing, shape, subject, thing};
use super::sorted::{MOST_TOLD, Many, Sorted, Touched};
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::diff::DiffLine;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::domain::value::Value as Granted;
use crate::store::{About, Entry, HistoryError, Snapshot, Span, StoreError};
use crate::told::{FlagTimes, flag_attributes, flag_default};

/// How many lines an event has for people.
const MOST_LINES: usize = 20;
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
    fn all(&mut self, mut sorted: Sorted) -> Result<(), StoreError> {
        let mut gone = Vec::new();
        if !sorted.features.is_empty() {
            let given = Given::read(self.snapshot, self.entry.revision, &sorted)?;
            for (key, touched) in std::mem::take(&mut sorted.features) {
                gone.extend(self.feature(&key, touched, &given)?.then_some(key));
            }
        }
        let plans = sorted.plans;
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
    fn feature(
        &mut self,
        key: &FeatureKey,
        touched: Touched,
        given: &Given,
    ) -> Result<bool, StoreError> {
        let after = Moment::of(self.snapshot, key, self.entry.revision)?;
        let mut before = after.clone();
        for change in touched.changes.iter().rev() {
            before.take_back(change);
        }
        let about = format!("feature {key}");
        let told = |of: &Moment, given: Option<Granted>| {
            let feature = of.feature.as_ref()?;
            let default = flag_default(feature.kind, of.audience.default, given);
            Some(flag_attributes(key, feature, default))
        };
        let times = |created, updated| FlagTimes { created, updated };
        let created = self.created(key)?;
        let was = told(&before, given.before(key));
        let is = told(&after, given.after(key));
        let at = self.entry.at;
        match (was, is) {
            (None, None) => Ok(true),
            (None, Some(is)) => {
                let data = flag::object(key, is, times(at, at));
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
                let data = flag::object(key, was, times(created, at));
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
                let data = flag::object(key, is.clone(), times(created, at));
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

fn switched(differing: &Map<String, Value>, is: &Map<String, Value>) -> &'static str {
    match (differing.contains_key("enabled"), is.get("enabled")) {
        (true, Some(Value::Bool(true))) => "was enabled",
        (true, _) => "was disabled",
        _ => "was altered",
    }
}
