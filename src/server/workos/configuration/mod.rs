//! The configuration payload: every flag with its rules and targets, for SDKs that evaluate
//! themselves.
//!
//! It says what our layers come to ([`Carried`]) as of one moment, so that an override with an
//! expiry is in it while it stands. What it cannot say it leaves out and notes ([`Note`]): an
//! application then gets its own default, and never an answer that the resolver would not give.
//! Names are bounded, for one feature and in all: a payload is fetched by every process of an
//! application, twice a minute.
//!
//! The form of both versions is that of the contract page, *Configuration payloads*;
//! [`store::workos`](crate::store::workos) reads it.

mod carried;
mod names;
mod version1;
mod version2;

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;
use serde_json::{Map, Value, json};

pub use carried::{Carried, Granting, LeftOut, Overridden, PLAN};
pub use names::{MOST_FOR_ONE, MOST_IN_ALL};
pub use version1::Weakened;

use crate::domain::catalog::{Catalog, PlanEntry};
use crate::domain::key::FeatureKey;
use crate::domain::target::{Condition, Id};
use crate::domain::text::counted;
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot, StoreError};
use names::{Overrides, without_room};

/// The payload at one moment.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Version 1, as JSON.
    pub version1: Bytes,
    /// Version 2, as JSON.
    pub version2: Bytes,
    /// What it leaves out, and where it gives less than it should.
    pub notes: Vec<Note>,
    /// It holds from this moment on.
    pub since: Time,
    /// It holds before this moment, when an override begins or ends.
    pub until: Option<Time>,
}

impl Configuration {
    /// Whether what it says is so at a moment, as long as nothing is written.
    pub fn holds(&self, at: Time) -> bool {
        self.since <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Something that the payload leaves out, or gives less of than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The feature.
    pub feature: FeatureKey,
    /// What follows for whom, as a sentence without its subject and its full stop.
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.feature, self.what)
    }
}

impl Note {
    fn left_out(feature: &FeatureKey, why: &LeftOut) -> Self {
        let what = format!(
            "is left out of the configuration payload: {why}; the lists of a user's and an \
             organization's flags have it"
        );
        Self {
            feature: feature.clone(),
            what,
        }
    }

    fn weakened(feature: &FeatureKey, lost: &str) -> Self {
        let what = format!(
            "is off in version 1 of the configuration payload (Node SDK 11) for {lost}: version 2 \
             and the lists of flags have them"
        );
        Self {
            feature: feature.clone(),
            what,
        }
    }

    /// Those whom an application cannot name: the SDKs pass over a context's identifiers of
    /// another form (contract page, *Configuration payloads*).
    fn unnameable(feature: &FeatureKey, carried: &Carried) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
        let conditions = carried.audience.rules.iter().flat_map(|rule| &rule.when);
        let named = conditions.flat_map(|condition| match condition {
            Condition::OneOf { ids, .. } => ids.iter(),
            Condition::Percent(_) | Condition::Unsupported(_) => Default::default(),
        });
        let odd: BTreeSet<&Id> = named.filter(|id| !id.as_str().bytes().all(plain)).collect();
        let first = odd.first()?;
        let ids = counted(odd.len(), "identifier");
        let what = format!(
            "names {ids} that WorkOS's SDKs do not accept, the first is `{first}`: in the \
             configuration payload nothing counts that is said of them"
        );
        Some(Self {
            feature: feature.clone(),
            what,
        })
    }
}

/// Puts the payload together from what is there at a moment.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn compose(snapshot: &dyn Snapshot, at: Time) -> Result<Configuration, StoreError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let mut overrides = Overrides::read(snapshot, &catalog, at)?;
    let mut without_room = without_room(snapshot, &catalog, &overrides)?;
    let mut notes = Vec::new();
    let (mut version1, mut version2) = (Map::new(), Map::new());
    for (key, entry) in &catalog.features {
        let overridden = overrides.take(key);
        let carried = match without_room.remove(key) {
            Some(why) => Err(why),
            None => {
                let audience = snapshot.audience(key)?.unwrap_or_default();
                Carried::of(entry, audience, overridden, &granting(&catalog, key))
            }
        };
        match carried {
            Err(why) => notes.push(Note::left_out(key, &why)),
            Ok(carried) => {
                let weakened = Weakened::of(&carried);
                notes.extend(Note::unnameable(key, &carried));
                notes.extend(weakened.lost.map(|lost| Note::weakened(key, lost)));
                version1.insert(key.to_string(), weakened.flag(key));
                version2.insert(key.to_string(), version2::flag(key, &carried));
            }
        }
    }
    let version2 = json!({"version": 2, "flags": version2});
    Ok(Configuration {
        version1: Value::Object(version1).to_string().into(),
        version2: version2.to_string().into(),
        notes,
        since: at,
        until: overrides.until,
    })
}

fn granting(catalog: &Catalog, feature: &FeatureKey) -> Granting {
    let gives = |entry: &PlanEntry| entry.grants.contains_key(feature);
    let giving = catalog.plans.iter().filter(|(_, entry)| gives(entry));
    let default = catalog.settings.default_plan.as_ref();
    let default = default.and_then(|plan| catalog.plans.get(plan));
    Granting {
        plans: giving.map(|(plan, _)| plan.clone()).collect(),
        everybody: default.is_some_and(gives),
    }
}
