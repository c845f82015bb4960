//! Changes in the words of WorkOS's API: switch a flag, name somebody on it or no longer.
//!
//! What counts is what the changes come to, flag by flag. A file that exchanges a rule may take it out
//! and put it in again with one name more; sent like that everybody would lose the flag in between.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::unsupported;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::target::{Audience, Condition, Id, Members, Rule, Serve, Target};
use crate::store::{Snapshot, StoreError};

/// One request that alters something. Written `enable beta`, `name user_1 on beta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A flag's switch.
    Switch {
        /// Which flag.
        feature: FeatureKey,
        /// On or off.
        on: bool,
    },
    /// Who is named on a flag.
    Name {
        /// Which flag.
        feature: FeatureKey,
        /// A user or an organization.
        resource: Resource,
        /// Whether they are from now on, or no longer.
        named: bool,
    },
}

/// What a flag can name by the API: `user_…` or `org_…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Resource(Target);

impl Resource {
    /// The target, if it is a user or an organization as WorkOS calls them.
    pub(super) fn of(target: &Target) -> Result<Self, StoreError> {
        let prefix = match target.target_type.as_str() {
            "user" => "user_",
            "organization" => "org_",
            _ => return Err(unsupported::target(&target.to_string())),
        };
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        let rest = target.id.as_str().strip_prefix(prefix);
        match rest.filter(|rest| !rest.is_empty() && rest.bytes().all(plain)) {
            Some(_) => Ok(Self(target.clone())),
            None => Err(unsupported::target(&target.to_string())),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.id.as_str()
    }

    pub(super) fn target(&self) -> &Target {
        &self.0
    }
}

impl Step {
    /// Which flag it is about.
    pub(super) fn feature(&self) -> &FeatureKey {
        match self {
            Self::Switch { feature, .. } | Self::Name { feature, .. } => feature,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch { feature, on: true } => write!(f, "enable {feature}"),
            Self::Switch { feature, on: false } => write!(f, "disable {feature}"),
            Self::Name {
                feature,
                resource,
                named: true,
            } => write!(f, "name {} on {feature}", resource.as_str()),
            Self::Name {
                feature, resource, ..
            } => write!(f, "name {} on {feature} no longer", resource.as_str()),
        }
    }
}

/// The requests that the changes take, names that come before names that go and switches last: a
/// write that breaks off then has given too much rather than taken too much, behind a switch that
/// still stands as it did.
///
/// # Errors
///
/// [`StoreError::Unsupported`] where the API cannot do all of it; then none of it is to be done.
pub(super) fn steps(snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<Vec<Step>, StoreError> {
    let mut touched: BTreeMap<&FeatureKey, Vec<&Change>> = BTreeMap::new();
    let mut switches = Vec::new();
    for change in changes.changes() {
        if let Some(refused) = unsupported::change(change) {
            return Err(refused);
        }
        match change {
            Change::Feature {
                key,
                after: Some(after),
                ..
            } => switches.push(Step::Switch {
                feature: key.clone(),
                on: after.enabled,
            }),
            Change::Rule { feature, .. } | Change::Target { feature, .. } => {
                touched.entry(feature).or_default().push(change);
            }
            _ => {}
        }
    }
    let (mut come, mut go) = (Vec::new(), Vec::new());
    for (feature, changes) in touched {
        let before = snapshot.audience(feature)?;
        let before = before.ok_or_else(|| Refusal::UnknownFeature(feature.clone()))?;
        let after = altered(&before, &changes)?;
        let (was, is) = (Names::of(&before), Names::of(&after));
        if was.rest != is.rest {
            return Err(unsupported::rules(feature));
        }
        let step = |target: &Target, named| {
            Ok::<_, StoreError>(Step::Name {
                feature: feature.clone(),
                resource: Resource::of(target)?,
                named,
            })
        };
        for target in is.named.difference(&was.named) {
            come.push(step(target, true)?);
        }
        for target in was.named.difference(&is.named) {
            go.push(step(target, false)?);
        }
    }
    Ok([come, go, switches].concat())
}

/// An audience taken apart: whom its rules simply name, and all else.
#[derive(Debug, PartialEq, Eq)]
struct Names {
    named: BTreeSet<Target>,
    rest: Audience<Members>,
}

impl Names {
    fn of(audience: &Audience<Members>) -> Self {
        let mut named = BTreeSet::new();
        let mut rest = Audience {
            default: audience.default,
            rules: Vec::new(),
        };
        for rule in &audience.rules {
            match simply(rule) {
                Some(targets) => named.extend(targets),
                None => rest.rules.push(rule.clone()),
            }
        }
        Self { named, rest }
    }
}

/// The users or organizations that a rule turns the flag on for, where it asks for nothing else.
fn simply(rule: &Rule<Members>) -> Option<Vec<Target>> {
    match rule.when.as_slice() {
        [Condition::OneOf { target_type, ids }]
            if rule.serve == Serve::On
                && matches!(target_type.as_str(), "user" | "organization") =>
        {
            let target = |id: &Id| Target {
                target_type: target_type.clone(),
                id: id.clone(),
            };
            Some(ids.iter().map(target).collect())
        }
        _ => None,
    }
}

/// The audience after changes of its rules.
fn altered(
    before: &Audience<Members>,
    changes: &[&Change],
) -> Result<Audience<Members>, StoreError> {
    let mut audience = before.clone();
    for change in changes {
        alter(&mut audience, change).ok_or_else(|| Refusal::Stale("whom a flag names".into()))?;
    }
    Ok(audience)
}

fn alter(audience: &mut Audience<Members>, change: &Change) -> Option<()> {
    match change {
        Change::Rule {
            index,
            before,
            after,
            ..
        } => {
            if before.is_some() {
                (*index < audience.rules.len()).then(|| audience.rules.remove(*index))?;
            }
            if let Some(after) = after {
                let fits = *index <= audience.rules.len();
                fits.then(|| audience.rules.insert(*index, after.clone()))?;
            }
        }
        Change::Target {
            rule,
            condition,
            target,
            after,
            ..
        } => {
            let rule = audience.rules.get_mut(*rule)?;
            let Condition::OneOf { ids, .. } = rule.when.get_mut(*condition)? else {
                return None;
            };
            match after {
                true => ids.insert(target.id.clone()),
                false => ids.remove(&target.id),
            };
        }
        _ => {}
    }
    Some(())
}
