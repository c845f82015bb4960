//! Which changes of the history are wanted, told from their texts: shared by the stores that have
//! tables.
//!
//! Changes are kept as they were written, and a write may hold a million of them. Whoever asks
//! about one subject gets to see no others. The database passes most of these over by a look at
//! their text ([`Sieve::needle`], [`needles`]), and what is left is told by its first members before
//! it is read. Overrides of one write share a row, see [`block`](super::block); they are told one by
//! one.

use std::borrow::Cow;
use std::ops::ControlFlow;

use serde::Deserialize;

use super::About;
use super::block::Read;
use super::rows::{Torn, from_json, json};
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::domain::target::Id;

/// Called once for each change.
pub(super) type Tell<'v> = dyn FnMut(Change) -> ControlFlow<()> + 'v;

/// What is looked for, as a change's text has it.
pub(super) struct Sieve<'a> {
    about: About<'a>,
    id: Option<&'a Id>,
    /// The identifier with its type in front.
    name: String,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(about: About<'a>) -> Self {
        let (id, name) = match about {
            About::Naming(target) => (Some(&target.id), target.to_string()),
            About::Subject(subject) => (Some(subject.id()), subject.to_string()),
            _ => (None, String::new()),
        };
        Self { about, id, name }
    }

    /// What stands in the text of all that is wanted, if there is any such thing. It ends a text, be
    /// it the identifier itself or that with its type in front.
    pub(super) fn needle(&self) -> Result<Option<String>, Torn> {
        self.id.map(end_of).transpose()
    }

    /// Hands on what is wanted of a row, the last change first.
    pub(super) fn latest_first(
        &self,
        body: &str,
        visit: &mut Tell<'_>,
    ) -> Result<ControlFlow<()>, Torn> {
        let block = Read::new(body)?;
        match (block, self.about) {
            (Some(block), About::Mentioning(wanted)) => {
                tell_all(block.mentioning(wanted).rev(), visit)
            }
            (Some(block), About::Subject(_)) => block.latest_first(Some(&self.name), visit),
            (Some(block), _) => block.latest_first(None, visit),
            (None, About::Mentioning(_)) => tell(body, self.about, visit),
            (None, _) => {
                let head: Head<'_> = from_json(body, "history")?;
                match self.covers(&head) {
                    true => Ok(visit(from_json(body, "history")?)),
                    false => Ok(ControlFlow::Continue(())),
                }
            }
        }
    }

    fn covers(&self, head: &Head<'_>) -> bool {
        match (self.about, head.change) {
            (About::All, _) => true,
            (About::Subject(_), "override") => head.subject.as_deref() == Some(&self.name),
            (About::Subject(subject), kind) => {
                kind == subject.noun() && head.id.as_deref() == Some(subject.id().as_str())
            }
            (_, "user" | "organization" | "override") | (About::Definitions, "target") => false,
            (About::Naming(_), "target") => head.target.as_deref() == Some(&self.name),
            _ => true,
        }
    }
}

/// The members of a change that tell whom it is about.
#[derive(Deserialize)]
struct Head<'r> {
    change: &'r str,
    #[serde(borrow)]
    id: Option<Cow<'r, str>>,
    #[serde(borrow)]
    subject: Option<Cow<'r, str>>,
    #[serde(borrow)]
    target: Option<Cow<'r, str>>,
}

/// Hands on what is wanted of a row, in order.
pub(super) fn in_order(
    body: &str,
    about: About<'_>,
    visit: &mut Tell<'_>,
) -> Result<ControlFlow<()>, Torn> {
    let Some(block) = Read::new(body)? else {
        return tell(body, about, visit);
    };
    let everything = Mentions::default();
    let changes = block.mentioning(match about {
        About::Mentioning(wanted) => wanted,
        _ => &everything,
    });
    let covered =
        |change: &Result<Change, Torn>| change.as_ref().map_or(true, |change| about.covers(change));
    tell_all(changes.filter(covered), visit)
}

/// Every change of a row, in order.
pub(super) fn every(body: &str, changes: &mut Vec<Change>) -> Result<(), Torn> {
    match Read::new(body)? {
        None => changes.push(from_json(body, "history")?),
        Some(block) => {
            for change in block.changes() {
                changes.push(change?);
            }
        }
    }
    Ok(())
}

/// How many changes a row has.
pub(super) fn count(body: &str) -> Result<i64, Torn> {
    let changes = Read::new(body)?.map_or(1, |block| block.count());
    Ok(i64::try_from(changes).unwrap_or(i64::MAX))
}

/// Hands on the one change that a text is, if it is wanted.
fn tell(body: &str, about: About<'_>, visit: &mut Tell<'_>) -> Result<ControlFlow<()>, Torn> {
    let change: Change = from_json(body, "history")?;
    Ok(match about.covers(&change) {
        true => visit(change),
        false => ControlFlow::Continue(()),
    })
}

fn tell_all(
    changes: impl Iterator<Item = Result<Change, Torn>>,
    visit: &mut Tell<'_>,
) -> Result<ControlFlow<()>, Torn> {
    for change in changes {
        if visit(change?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Texts that a change holds if it mentions what is looked for. An empty text is in every other.
pub(super) type Needles = [String; 4];

/// The texts of what is looked for.
pub(super) fn needles(wanted: &Mentions) -> Result<Needles, Torn> {
    let mut needles = Needles::default();
    let keys = [
        wanted.feature.as_ref().map(FeatureKey::as_str),
        wanted.plan.as_ref().map(PlanKey::as_str),
    ];
    let keys = keys.into_iter().flatten().map(|key| json(&key));
    let subjects = wanted.subjects.iter().map(|subject| end_of(subject.id()));
    for (needle, text) in needles.iter_mut().zip(keys.chain(subjects)) {
        *needle = text?;
    }
    Ok(needles)
}

/// An identifier as a text ends with it.
fn end_of(id: &Id) -> Result<String, Torn> {
    Ok(json(id)?.trim_start_matches('"').to_owned())
}
