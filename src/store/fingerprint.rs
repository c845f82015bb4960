//! What a project comes to, in few bytes: to see that two stores hold the same.
//!
//! Everything that [`export`](super::export()) would write down is hashed in its order, one subject
//! at a time, so that two projects of millions are compared without either being held. Each part has a
//! hash of its own, so that whoever finds a difference can say where.

use std::ops::ControlFlow;

use aws_lc_rs::digest::{Context, SHA256};
use serde::Serialize;

use super::{Digest, Scope, Snapshot, StoreError, Subjects};
use crate::domain::document::{FeatureDocument, PlanDocument};

/// One part of a project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// How many there are.
    pub count: u64,
    /// The hash of all of them.
    pub digest: Digest,
}

/// What a project comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// What holds for the whole project.
    pub settings: Part,
    /// Features, with whom they name.
    pub features: Part,
    /// Plans, with what they grant.
    pub plans: Part,
    /// Organizations.
    pub organizations: Part,
    /// Users.
    pub users: Part,
    /// Overrides.
    pub overrides: Part,
}

impl Fingerprint {
    /// The parts, each with its name.
    pub fn parts(&self) -> [(&'static str, Part); 6] {
        [
            ("settings", self.settings),
            ("features", self.features),
            ("plans", self.plans),
            ("organizations", self.organizations),
            ("users", self.users),
            ("overrides", self.overrides),
        ]
    }

    /// The names of the parts that are not the same.
    pub fn differs(&self, other: &Self) -> Vec<&'static str> {
        let pairs = self.parts().into_iter().zip(other.parts());
        let different = pairs.filter(|((_, one), (_, other))| one != other);
        different.map(|((name, _), _)| name).collect()
    }
}

/// A part as far as it has been told.
struct Sum {
    count: u64,
    hash: Context,
}

impl Sum {
    fn new() -> Self {
        let hash = Context::new(&SHA256);
        Self { count: 0, hash }
    }

    fn add(&mut self, item: &impl Serialize) {
        // Everything that a store holds has been read from JSON or could be.
        let mut line = serde_json::to_vec(item).unwrap_or_default();
        line.push(b'\n');
        self.hash.update(&line);
        self.count += 1;
    }

    fn close(self) -> Part {
        let mut digest = Digest::default();
        let hash = self.hash.finish();
        for (byte, computed) in digest.0.iter_mut().zip(hash.as_ref()) {
            *byte = *computed;
        }
        let count = self.count;
        Part { count, digest }
    }
}

/// Tells what a project comes to; of a place that has no list of its subjects, the definitions.
/// `go_on` is told after each item, and may end it.
///
/// # Errors
///
/// [`StoreError::Interrupted`] where it was ended.
pub fn fingerprint(
    snapshot: &dyn Snapshot,
    subjects: Subjects,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Fingerprint, StoreError> {
    let mut found = definitions(snapshot, go_on)?;
    if subjects == Subjects::Anybody {
        return Ok(found);
    }
    let mut walk = Walk {
        go_on,
        is_over: false,
    };
    let mut sum = Sum::new();
    snapshot.organizations(None, &mut |organization| walk.add(&mut sum, &organization))?;
    found.organizations = walk.close(sum)?;
    let mut sum = Sum::new();
    snapshot.users(None, &mut |user| walk.add(&mut sum, &user))?;
    found.users = walk.close(sum)?;
    let mut sum = Sum::new();
    snapshot.overrides(Scope::All, None, &mut |(subject, feature, held)| {
        walk.add(&mut sum, &(subject, feature, held.over))
    })?;
    found.overrides = walk.close(sum)?;
    Ok(found)
}

fn definitions(
    snapshot: &dyn Snapshot,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Fingerprint, StoreError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let mut walk = Walk {
        go_on,
        is_over: false,
    };
    let mut settings = Sum::new();
    settings.add(&catalog.settings);
    let mut features = Sum::new();
    for (key, entry) in catalog.features {
        let audience = snapshot.audience(&key)?.unwrap_or_default();
        let feature = FeatureDocument::new(entry.feature, audience);
        if walk.add(&mut features, &(key, feature)).is_break() {
            break;
        }
    }
    let mut plans = Sum::new();
    for (key, entry) in catalog.plans {
        let grants = entry.grants.into_iter();
        let grants = grants.map(|(feature, grant)| (feature, grant.value));
        plans.add(&(key, PlanDocument::new(entry.plan, grants.collect())));
    }
    Ok(Fingerprint {
        settings: settings.close(),
        features: walk.close(features)?,
        plans: plans.close(),
        ..Fingerprint::default()
    })
}

/// A walk that may be ended.
struct Walk<'w> {
    go_on: &'w mut dyn FnMut() -> ControlFlow<()>,
    is_over: bool,
}

impl Walk<'_> {
    fn add(&mut self, sum: &mut Sum, item: &impl Serialize) -> ControlFlow<()> {
        sum.add(item);
        let flow = (self.go_on)();
        self.is_over |= flow.is_break();
        flow
    }

    /// The part, if it was told to its end.
    fn close(&self, sum: Sum) -> Result<Part, StoreError> {
        match self.is_over {
            true => Err(StoreError::Interrupted),
            false => Ok(sum.close()),
        }
    }
}
