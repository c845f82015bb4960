//! What is sent to one destination for one write: an event each, or all of them in one message where
//! nobody would read so many.

use serde_json::{Map, Value, json};

use super::destination::{Destination, Kind};
use super::envelope::envelope;
use super::event::{Event, identifier};
use super::events::events;
use super::{flag, slack};
use crate::domain::catalog::Revision;
use crate::domain::diff::{DiffLine, Sign};
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::value::Kind as ValueKind;
use crate::store::{Snapshot, StoreError};
use crate::told::{FlagTimes, flag_attributes};

/// A write with more events than these is one message to people.
const MOST_MESSAGES: usize = 20;
/// What a report about many things is about: it waits for all before it, and all wait for it.
pub(super) const EVERYTHING: &str = "*";

/// What is sent at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The event's name, or that of the first of several.
    pub event: &'static str,
    /// What it is about: reports about the same arrive in order.
    pub about: String,
    /// What is sent.
    pub body: String,
}

/// The reports of the write that made a revision, in order.
///
/// # Errors
///
/// What keeps the history from being read.
pub(super) fn reports(
    snapshot: &dyn Snapshot,
    destination: &Destination,
    revision: Revision,
) -> Result<Vec<Report>, StoreError> {
    let events = events(snapshot, revision)?;
    let wanted: Vec<&Event> = events
        .iter()
        .filter(|event| destination.wants(event.name))
        .collect();
    if let (Kind::Slack, Some(first)) = (destination.kind, wanted.first())
        && wanted.len() > MOST_MESSAGES
    {
        return Ok(vec![Report {
            event: first.name,
            about: EVERYTHING.to_owned(),
            body: slack::digest(&wanted).to_string(),
        }]);
    }
    let single = |event: &Event| Report {
        event: event.name,
        about: event.about.clone(),
        body: body(destination.kind, event).to_string(),
    };
    Ok(wanted.into_iter().map(single).collect())
}

fn body(kind: Kind, event: &Event) -> Value {
    match kind {
        Kind::Slack => slack::message(event),
        Kind::Webhook => envelope(event),
    }
}

/// A report about a feature that there is not, to try a destination with.
///
/// # Errors
///
/// None: the names of the sample are ones.
pub fn sample(kind: Kind, now: i64, actor: &str) -> Result<Report, crate::domain::key::KeyError> {
    let key: FeatureKey = "flags-notify-test".parse()?;
    let feature = Feature::new(ValueKind::Boolean);
    let attributes = flag_attributes(&key, &feature, false);
    let times = FlagTimes {
        created: now,
        updated: now,
    };
    let mut context = Map::new();
    let previous = json!({"data": {"enabled": false}});
    context.insert("previous_attributes".to_owned(), previous);
    context.insert("test".to_owned(), json!(true));
    let event = Event {
        id: identifier("event_", now, &[b"test", actor.as_bytes()]),
        name: "flag.updated",
        about: format!("feature {key}"),
        thing: format!("feature {key}"),
        revision: Revision::UNKNOWN,
        at: now,
        actor: actor.to_owned(),
        command: "notify test".to_owned(),
        reason: None,
        happened: "was enabled: this is a test, and no feature changed",
        data: flag::object(&key, attributes, times),
        context,
        lines: vec![DiffLine {
            sign: Sign::Altered,
            what: format!("feature {key}: switch"),
            before: Some("disabled".to_owned()),
            after: Some("enabled".to_owned()),
        }],
        more: 0,
    };
    Ok(Report {
        event: event.name,
        about: event.about.clone(),
        body: body(kind, &event).to_string(),
    })
}
