//! How an answer became what it is: every moment at which it changed, and by what.
//!
//! Most writes that touch a feature do not alter what one subject gets of it, and some of what
//! alters it is no write at all: an override begins or ends by the clock. So the project is led back
//! write by write, as far as it concerns this subject and feature, and the resolver is asked at each
//! write and at each moment at which an override begins or ends in between.

mod led;
mod trail;

use std::collections::BTreeMap;

use super::{Entry, HistoryError, Question, Snapshot, StoreError, Turn, gather};
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::resolve::{LayerKind, Resolver};
use crate::domain::subject::{SubjectId, SubjectRecord};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind};
use led::Led;
use trail::Trail;

/// An answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answer; nothing where the feature is not defined or the subject not known.
    pub answer: Option<Answer>,
    /// The layer that gave it.
    pub layer: Option<LayerKind>,
    /// What the layer saw, or what is not there, in words.
    pub why: String,
}

impl Told {
    fn nothing(why: impl Into<String>) -> Self {
        Self {
            answer: None,
            layer: None,
            why: why.into(),
        }
    }
}

/// An override that began or ended by the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Whose it is.
    pub holder: SubjectId,
    /// The override.
    pub over: Override,
    /// Whether it ended; else it began.
    pub ended: bool,
}

/// What made an answer another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A write.
    Write(Turn),
    /// The clock: these overrides began or ended.
    Clock(Vec<Due>),
}

/// A moment at which an answer became another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Time,
    /// The answer until then.
    pub before: Told,
    /// The answer from then on.
    pub after: Told,
    /// By what.
    pub cause: Cause,
}

/// All that became of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The kind of the feature, if it is defined.
    pub kind: Option<Kind>,
    /// Its changes up to the moment asked about, in order.
    pub steps: Vec<Step>,
    /// The answer at that moment.
    pub now: Told,
    /// What the clock will make of it, if nobody writes.
    pub next: Vec<Step>,
}

/// Tells how the answer to a question about one feature became what it is at `now`, when `until` is
/// the latest revision that counts.
///
/// Writes stand where [`Past::at`](super::Past::at) sees them: none is later than one that was
/// written after it, or than `now`, whatever the clocks said of those who made them.
///
/// # Errors
///
/// Those of the store, and of a history that is not whole or does not fit.
pub fn timeline(
    present: &dyn Snapshot,
    feature: &FeatureKey,
    question: &Question,
    until: Revision,
    now: Time,
) -> Result<Timeline, StoreError> {
    if present.revision()? == Revision::UNKNOWN {
        return Err(HistoryError::None.into());
    }
    let trail = Trail::read(present, feature, question)?;
    let mut led = Led::new(present, feature, &trail)?;
    let mut entries = trail.entries(present, until, now)?;
    let mut stretches = Vec::new();
    let mut kind = None;
    let mut end = None;
    for (revision, changes) in trail.latest_first() {
        if let Some((entry, start)) = entries.remove(revision) {
            let points = points(&led, feature, question, start, end)?;
            if stretches.is_empty() {
                kind = led.kind();
            }
            end = Some(start);
            stretches.push((entry, *revision, points));
        }
        led.undo(*revision, changes)?;
    }
    led.is_blank()?;
    stretches.reverse();
    Ok(told(&trail, stretches, kind, now))
}

/// What is said from a moment on, and which overrides began or ended at it.
struct Spoken {
    at: Time,
    told: Told,
    due: Vec<Due>,
}

/// What is said between two writes: at the first of them, and whenever an override begins or ends.
fn points(
    led: &Led,
    feature: &FeatureKey,
    question: &Question,
    start: Time,
    end: Option<Time>,
) -> Result<Vec<Spoken>, StoreError> {
    let scope = led.scope();
    let record = match gather(led, led.catalog(), scope, question) {
        Ok(record) => Ok(record),
        Err(StoreError::Refused(refusal)) => Err(Told::nothing(refusal.to_string())),
        Err(error) => return Err(error),
    };
    let say = |at: Time| match &record {
        Ok(record) => ask(led, feature, record, at),
        Err(nothing) => nothing.clone(),
    };
    let first = Spoken {
        at: start,
        told: say(start),
        due: Vec::new(),
    };
    let dues = record.as_ref().map(|record| dues(record, feature));
    let dues = dues.unwrap_or_default().into_iter();
    let within = dues.filter(|(at, _)| *at > start && end.is_none_or(|end| *at <= end));
    let later = within.map(|(at, due)| Spoken {
        at,
        told: say(at),
        due,
    });
    Ok([first].into_iter().chain(later).collect())
}

fn ask(led: &Led, feature: &FeatureKey, record: &SubjectRecord, at: Time) -> Told {
    let resolver = Resolver::new(led.catalog());
    let subject = resolver.bind(record);
    let Some(slot) = resolver.slot(feature) else {
        return Told::nothing(format!("there is no feature `{feature}`"));
    };
    let resolution = resolver.resolve(&subject, slot, at);
    let mut layers = resolution.layers.iter();
    let won = layers.find(|layer| layer.kind == resolution.winner);
    Told {
        answer: Some(resolution.answer),
        layer: Some(resolution.winner),
        why: won.map(|won| won.finding.in_words()).unwrap_or_default(),
    }
}

/// When the overrides that a subject comes with begin and end.
fn dues(record: &SubjectRecord, feature: &FeatureKey) -> BTreeMap<Time, Vec<Due>> {
    let user = record.user.iter().filter_map(|party| {
        let holder = SubjectId::User(party.id.clone()?);
        Some((holder, party.overrides.get(feature)?))
    });
    let organizations = record.organizations.iter().filter_map(|party| {
        let holder = SubjectId::Organization(party.id.clone()?);
        Some((holder, party.overrides.get(feature)?))
    });
    let mut dues: BTreeMap<Time, Vec<Due>> = BTreeMap::new();
    for (holder, held) in user.chain(organizations) {
        for (at, ended) in [(held.over.starts, false), (held.over.expires, true)] {
            let Some(at) = at else { continue };
            dues.entry(at).or_default().push(Due {
                holder: holder.clone(),
                over: held.over.clone(),
                ended,
            });
        }
    }
    dues
}

/// Keeps of all that was said what is another answer than before.
fn told(
    trail: &Trail,
    stretches: Vec<(Entry, Revision, Vec<Spoken>)>,
    kind: Option<Kind>,
    now: Time,
) -> Timeline {
    let mut timeline = Timeline {
        kind,
        steps: Vec::new(),
        now: Told::nothing("nothing was written"),
        next: Vec::new(),
    };
    let mut before = timeline.now.clone();
    for (entry, revision, points) in stretches {
        let mut written = Some(entry);
        for Spoken { at, told, due } in points {
            let cause = match written.take() {
                Some(entry) => Cause::Write(Turn {
                    changes: trail.of(revision),
                    entry,
                }),
                None => Cause::Clock(due),
            };
            if told.answer != before.answer {
                let step = Step {
                    at,
                    before,
                    after: told.clone(),
                    cause,
                };
                match at > now {
                    true => timeline.next.push(step),
                    false => timeline.steps.push(step),
                }
            }
            if at <= now {
                timeline.now = told.clone();
            }
            before = told;
        }
    }
    timeline
}
