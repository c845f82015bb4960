//! Astapa: a place that takes single writes, answers single questions, and lists nothing.
//!
//! Its interface ([contract](https://astapa.com), features and plans) has seven calls. Definitions and
//! overrides are put and deleted, a plan is assigned as a claim, a feature is asked about for one
//! user, and a refresh token gives a fresh access token, in which all of a user's features are. What
//! a store of ours can besides (lists, layers, a history, plans, targeting) it has no call for: that
//! is refused before anything is sent, with the command or the place that can.
//!
//! Nobody can look before writing here, so an edit comes in its own words
//! ([`Edit::unseen`](crate::edit::Edit::unseen)) and each change is one call. Astapa knows no
//! idempotency keys. It needs none: every write says what is to be and not what is to change, so that
//! a repeated one changes nothing more (see `wire`, at each call). Several changes are as many calls,
//! one after the other; where one fails, the error says how many were made.

mod refusal;
mod view;
mod wire;
mod write;

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use self::refusal::Lacks;
use self::view::View;
use super::{
    Amend, Author, Capabilities, Feed, Head, Loaded, Overrides, Planner, Purpose, RecordKind,
    Records, Relay, Snapshot, Store, StoreError, Subjects, Written,
};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, Target};
use crate::domain::value::Answer;
use crate::remote::api::{Api, ApiError, Call, Method};
use crate::secret::Secret;

/// What the kind is called.
pub const NAME: &str = "Astapa";

/// A project at Astapa.
#[derive(Debug)]
pub struct AstapaStore {
    api: Api,
}

/// Tokens as they are issued at this moment.
#[derive(Debug)]
pub struct Issued {
    /// The access token.
    pub access: Secret,
    /// What is to be shown for the next, if it is another than the one that was shown: then that one
    /// is spent.
    pub next: Option<Secret>,
}

impl AstapaStore {
    /// The project that the credential is for. Nothing is opened before the first call.
    pub fn new(api: Api) -> Self {
        Self { api }
    }

    /// Shows a refresh token for a fresh access token. Where the answer is lost, the refresh token may
    /// be spent all the same.
    ///
    /// # Errors
    ///
    /// [`StoreError::Remote`].
    pub fn refresh(&self, token: &Secret) -> Result<Issued, StoreError> {
        let reply = self.api.call(&wire::refresh(token.expose()))?;
        let issued: wire::Issued = reply.read()?;
        if !issued.token_type.eq_ignore_ascii_case("bearer") || issued.access_token.is_empty() {
            return Err(reply
                .unfit("it holds no access token of the type Bearer")
                .into());
        }
        let next = issued.refresh_token.map(Secret::new);
        Ok(Issued {
            access: Secret::new(issued.access_token),
            next: next.filter(|next| next != token),
        })
    }

    /// What a user gets of a feature, in one request.
    fn check(&self, user: &Id, key: &FeatureKey) -> Result<Answer, StoreError> {
        let reply = self.api.call(&wire::check(user, key));
        let reply = reply.map_err(|error| named(error, Some(user), Some(key)))?;
        wire::answer(&reply.value()?).map_err(|what| reply.unfit(what).into())
    }

    /// Makes one change.
    fn carry_out(&self, call: &Call) -> Result<(), ApiError> {
        let reply = self.api.call(call)?;
        if reply.body.is_empty() && call.method == Method::DELETE {
            return Ok(());
        }
        let answer: Value = reply.value()?;
        wire::carried_out(call, &answer).map_err(|what| reply.unfit(what))
    }
}

/// A refusal that is about what was asked for, in our words; the others stay as they are.
fn named(error: ApiError, user: Option<&Id>, key: Option<&FeatureKey>) -> StoreError {
    match (error.status(), error.server_code(), user, key) {
        (Some(404), Some("user_not_found"), Some(user), _) => {
            Refusal::UnknownSubject(SubjectId::User(user.clone())).into()
        }
        (Some(404), Some("feature_not_found"), _, Some(key)) => {
            Refusal::UnknownFeature(key.clone()).into()
        }
        _ => error.into(),
    }
}

impl Store for AstapaStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(View(self)))
    }

    /// Every change is put into a call before the first is made, so that what Astapa has no call for
    /// is refused while nothing was sent.
    fn update(&self, _: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        let changes = planner(&View(self))?;
        let calls: Vec<Call> = calls(&changes)?;
        for (done, call) in calls.iter().enumerate() {
            self.carry_out(call).map_err(|error| match done {
                0 => error.into(),
                done => StoreError::Partly {
                    done,
                    of: calls.len(),
                    cause: Box::new(error.into()),
                },
            })?;
        }
        let revision = Revision::UNKNOWN;
        Ok(Written {
            revision,
            changes,
            trace: None,
        })
    }

    fn load(&self, _: Purpose<'_>, _: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        Lacks::Bulk.refuse()
    }

    fn replay(&self, _: &Head, _: &mut Relay<'_>) -> Result<Head, StoreError> {
        Lacks::Bulk.refuse()
    }

    fn refuses(&self, _: &str, _: &[Target]) -> Result<(), StoreError> {
        Ok(())
    }

    fn accepts(&self, _: &dyn Snapshot, changes: &ChangeSet) -> Result<(), StoreError> {
        calls(changes).map(drop)
    }

    fn given(&self, _: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        Err(StoreError::answers_itself())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            kind: NAME,
            overrides: Overrides::Kept,
            subjects: Subjects::Anybody,
            history: false,
            records: false,
            blind: true,
            far: true,
        }
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        Lacks::History.refuse()
    }

    fn await_pulse(&self, _: u64, _: Duration) -> Result<u64, StoreError> {
        self.pulse()
    }
}

/// The calls that make the changes.
///
/// # Errors
///
/// [`StoreError::Unsupported`] where there is none for one of them.
pub fn calls(changes: &ChangeSet) -> Result<Vec<Call>, StoreError> {
    match changes.is_empty() {
        // What is asked for without a name cannot be looked up.
        true => Lacks::Everything.refuse(),
        false => changes.changes().iter().map(write::call).collect(),
    }
}

impl Records for AstapaStore {
    fn record(&self, _: RecordKind, _: &str) -> Result<Option<String>, StoreError> {
        Lacks::Records.refuse()
    }

    fn records(&self, _: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        Lacks::Records.refuse()
    }

    fn amend(&self, _: RecordKind, _: &str, _: &mut Amend<'_>) -> Result<(), StoreError> {
        Lacks::Records.refuse()
    }
}
