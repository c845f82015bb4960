//! WorkOS's API: its paths, what they answer, and what an answer proves (contract page, *Endpoints*).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde_json::Map;

use super::contents::Contents;
use super::flags::Flag;
use super::payload::{self, Note, Payload};
use super::steps::Step;
use crate::domain::key::FeatureKey;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Condition, Members, Serve, Target};
use crate::remote::api::{Api, ApiError, Call, Method, Paging, Reply, Watcher};
use crate::store::StoreError;

/// How many flags a page has, the most that the API gives.
const PAGE: &str = "100";

/// Statuses by which a server may say that it knows no payload version 2.
const KNOWS_NO_VERSION_2: [u16; 5] = [400, 404, 406, 422, 501];

/// WorkOS, or whoever speaks as it does.
pub(super) struct Server {
    api: Api,
    /// Who is told of flags that are left out or read with doubts, until they have been.
    notes: RefCell<Option<Watcher>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.api).finish()
    }
}

impl Server {
    pub(super) fn new(api: Api, notes: Option<Watcher>) -> Self {
        Self {
            api,
            notes: RefCell::new(notes),
        }
    }

    /// Says once what was left out or read with doubts.
    pub(super) fn tell(&self, notes: &[Note]) {
        if let Some(tell) = self.notes.take() {
            notes.iter().for_each(|note| tell(&note.to_string()));
        }
    }

    /// Where it is.
    pub(super) fn address(&self) -> String {
        self.api.address().to_string()
    }

    /// Every flag with its rules and targets: payload version 2, else 1.
    pub(super) fn configuration(&self) -> Result<Contents, StoreError> {
        let call = Call::get(&["sdk", "feature-flags"]);
        let asked = self.api.call(&call.clone().query("payload_version", "2"));
        let reply = match asked {
            Err(error)
                if error
                    .status()
                    .is_some_and(|s| KNOWS_NO_VERSION_2.contains(&s)) =>
            {
                self.api.call(&call)
            }
            asked => asked,
        };
        let reply = reply?;
        let Payload {
            document, notes, ..
        } = read(&reply)?;
        Ok(Contents::of(document, notes)?)
    }

    /// The list of flags, whole.
    pub(super) fn flags(&self) -> Result<Vec<Flag>, StoreError> {
        let call = Call::get(&["feature-flags"]).query("limit", PAGE);
        Ok(self.api.all(&call, Paging::WorkOs)?)
    }

    /// The slugs of the flags that WorkOS itself gives a user, with all its organizations, or an
    /// organization.
    pub(super) fn given(&self, subject: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        let id = subject.id().as_str();
        let call = match subject {
            SubjectId::User(_) => Call::get(&["user_management", "users", id, "feature-flags"]),
            SubjectId::Organization(_) => Call::get(&["organizations", id, "feature-flags"]),
        };
        let flags: Vec<Flag> = self.api.all(&call.query("limit", PAGE), Paging::WorkOs)?;
        Ok(flags.into_iter().map(|flag| flag.slug).collect())
    }

    /// Sends one alteration. `true` where the answer proves that it is so now; `false` where it was
    /// taken without saying so.
    ///
    /// None is sent twice without a look in between: WorkOS says of no flag request that it can be
    /// told from its repetition. All the same they share a `name`, for whoever can.
    pub(super) fn send(&self, step: &Step, name: &str) -> Result<bool, ApiError> {
        let reply = self.api.call(&call(step).keyed(name))?;
        match step {
            Step::Switch { feature, on } => {
                let flag: Switched = reply.read()?;
                Ok(flag.slug == feature.as_str() && flag.enabled == *on)
            }
            Step::Name { .. } => Ok(reply.status == 204 && reply.body.is_empty()),
        }
    }

    /// Whether a step has come to be so.
    pub(super) fn is_so(&self, step: &Step) -> Result<bool, StoreError> {
        let contents = self.configuration()?;
        Ok(match step {
            Step::Switch { feature, on } => {
                let entry = contents.catalog.features.get(feature);
                entry.is_some_and(|entry| entry.feature.enabled == *on)
            }
            Step::Name {
                feature,
                resource,
                named,
            } => names(&contents, feature, resource.target()) == *named,
        })
    }
}

/// What is read of the flag that a switch answers with.
#[derive(Deserialize)]
struct Switched {
    slug: String,
    enabled: bool,
}

/// Whether some rule turns the flag on for the target, itself named.
fn names(contents: &Contents, feature: &FeatureKey, target: &Target) -> bool {
    let audience = contents.audience(feature).unwrap_or_default();
    let naming = |condition: &Condition<Members>| match condition {
        Condition::OneOf { target_type, ids } => {
            *target_type == target.target_type && ids.contains(&target.id)
        }
        Condition::Percent(_) | Condition::Unsupported(_) => false,
    };
    let mut rules = audience.rules.iter();
    rules.any(|rule| rule.serve == Serve::On && rule.when.iter().any(naming))
}

/// The request of a step. Sent once: see [`Server::send`].
fn call(step: &Step) -> Call {
    let flag = step.feature().as_str();
    match step {
        Step::Switch { on, .. } => {
            let verb = if *on { "enable" } else { "disable" };
            Call::write(Method::PUT, &["feature-flags", flag, verb]).once()
        }
        Step::Name {
            resource, named, ..
        } => {
            let method = if *named { Method::POST } else { Method::DELETE };
            let path = ["feature-flags", flag, "targets", resource.as_str()];
            Call::write(method, &path).once()
        }
    }
}

/// Reads a configuration. Whatever does not look like one is not taken for an empty one.
fn read(reply: &Reply) -> Result<Payload, StoreError> {
    let value = reply.value()?;
    let empty = value.as_object().is_some_and(Map::is_empty);
    if !empty && !payload::looks_like_payload(&value) {
        let what = "it is no configuration of feature flags";
        return Err(reply.unfit(what).into());
    }
    payload::read(&value).map_err(|error| reply.unfit(error.to_string()).into())
}

/// Whether it is that there is no configuration at all: WorkOS's emulator, for example, has none.
pub(super) fn is_absent(error: &StoreError) -> bool {
    matches!(error, StoreError::Remote(error) if matches!(error.status(), Some(404 | 405 | 501)))
}
