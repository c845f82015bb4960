//! What a subject brings to an answer itself, apart from what its organizations bring.
//!
//! Whoever keeps subjects in memory keeps an organization once, and not with each of its users; so
//! it has to learn of both apart. Of one subject a few look-ups tell ([`Alone::look_up`]), of all of
//! them a walk ([`Snapshot::each_alone`](super::Snapshot::each_alone)).

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{Facts, Scope, StoreError};
use crate::domain::brief::decisive;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::{Id, ListId, Target};

/// What a subject brings to an answer itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alone {
    /// Who.
    pub subject: SubjectId,
    /// Its plan.
    pub plan: Option<PlanKey>,
    /// The organizations it belongs to, in the order of their identifiers.
    pub organizations: Vec<Id>,
    /// The lists that name it or a custom target of its own; sorted.
    pub lists: Vec<ListId>,
    /// Whether it has custom targets of its own.
    pub has_targets: bool,
    /// Its overrides in any order, with neither reason nor revision.
    pub overrides: Vec<(FeatureKey, Held)>,
}

/// Called once for each subject.
pub type LookAlone<'v> = dyn FnMut(&Alone) -> ControlFlow<()> + 'v;

impl Alone {
    /// Collects it by a few indexed look-ups; `None` for a subject that is not known.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn look_up(facts: &dyn Facts, subject: SubjectId) -> Result<Option<Self>, StoreError> {
        let (plan, organizations, targets) = match &subject {
            SubjectId::User(id) => match facts.user(id)? {
                Some(user) => (user.plan, user.organizations, user.targets),
                None => return Ok(None),
            },
            SubjectId::Organization(id) => match facts.organization(id)? {
                Some(found) => (found.plan, Default::default(), found.targets),
                None => return Ok(None),
            },
        };
        let overrides = facts.overrides_of(&subject, Scope::All)?.into_iter();
        let overrides = overrides.map(|(key, held)| (key, decisive(&held.over)));
        let own = std::iter::once(subject.target());
        Ok(Some(Self {
            plan,
            organizations: organizations.into_iter().collect(),
            lists: lists_naming(facts, own.chain(targets.iter().cloned()))?,
            has_targets: !targets.is_empty(),
            overrides: overrides.collect(),
            subject,
        }))
    }
}

/// The lists that name any of the targets, sorted.
///
/// # Errors
///
/// Those of the store.
pub fn lists_naming(
    facts: &dyn Facts,
    targets: impl IntoIterator<Item = Target>,
) -> Result<Vec<ListId>, StoreError> {
    let mut lists = Vec::new();
    for target in targets {
        lists.extend(facts.lists_naming(&target)?);
    }
    lists.sort_unstable();
    lists.dedup();
    Ok(lists)
}
