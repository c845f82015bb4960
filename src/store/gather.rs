//! Collecting, from any store, what the resolver needs to know about who is asked about.

use serde::{Deserialize, Serialize};

use super::{Facts, Scope, Snapshot, StoreError, Subjects};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::known_plan;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::lists::ListIds;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, Organization, Party, SubjectId, SubjectRecord, User};
use crate::domain::target::{Condition, Id, ListId, Target};

/// Who is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// A user, with all its organizations or within one of them.
    User {
        /// Who.
        id: Id,
        /// The only organization that counts, if one was named.
        within: Option<Id>,
        /// Custom targets that come with the question.
        #[serde(default)]
        targets: Vec<Target>,
    },
    /// An organization by itself.
    Organization {
        /// Which.
        id: Id,
        /// Custom targets that come with the question.
        targets: Vec<Target>,
    },
    /// Nobody in particular who is on a plan.
    Plan {
        /// Which.
        plan: PlanKey,
        /// Custom targets that come with the question.
        targets: Vec<Target>,
    },
}

/// All that answering a question takes, from one moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The revision that answers.
    pub revision: Revision,
    /// The definitions in scope.
    pub catalog: Catalog,
    /// The facts about the subject, or why there are none.
    pub record: Result<SubjectRecord, Refusal>,
}

/// Collects all that answering takes, look by look.
///
/// # Errors
///
/// Those of the store alone: what it does not know is in [`Basis::record`].
pub fn basis(
    snapshot: &dyn Snapshot,
    scope: Scope<'_>,
    question: &Question,
) -> Result<Basis, StoreError> {
    let catalog = snapshot.catalog(scope)?;
    let record = match gather(snapshot, &catalog, scope, question) {
        Ok(record) => Ok(record),
        Err(StoreError::Refused(refusal)) => Err(refusal),
        Err(error) => return Err(error),
    };
    Ok(Basis {
        revision: snapshot.revision()?,
        catalog,
        record,
    })
}

/// Collects the facts about a subject for the features of `catalog`, which must have been read
/// with the same `scope`. A few indexed look-ups, however many subjects there are.
///
/// # Errors
///
/// [`Refusal::UnknownSubject`], [`Refusal::NotAMember`] or [`Refusal::UnknownPlan`] where the
/// question names what the store does not know; never an answer instead.
pub fn gather(
    facts: &dyn Facts,
    catalog: &Catalog,
    scope: Scope<'_>,
    question: &Question,
) -> Result<SubjectRecord, StoreError> {
    let mut named: Vec<Target> = Vec::new();
    let mut record = match question {
        Question::Plan { plan, targets } => {
            known_plan(catalog, plan)?;
            named.extend(targets.iter().cloned());
            SubjectRecord::hypothetical(plan.clone())
        }
        Question::Organization { id, targets } => {
            named.extend(targets.iter().cloned());
            let party = organization(facts, scope, id, &mut named)?;
            SubjectRecord {
                organizations: vec![party],
                ..SubjectRecord::default()
            }
        }
        Question::User {
            id,
            within,
            targets,
        } => {
            named.extend(targets.iter().cloned());
            user(facts, scope, id, within.as_ref(), &mut named)?
        }
    };
    if names_anybody(catalog) {
        record.lists = lists(facts, &named)?;
    }
    Ok(record)
}

/// The same from a store that does not know who belongs where: a user within an organization is
/// taken for a member of it, because the question says so.
///
/// # Errors
///
/// As those of [`gather`].
pub fn gather_as_told(
    facts: &dyn Facts,
    catalog: &Catalog,
    scope: Scope<'_>,
    question: &Question,
) -> Result<SubjectRecord, StoreError> {
    match question {
        Question::User {
            within: Some(within),
            ..
        } => gather(&Told { facts, within }, catalog, scope, question),
        _ => gather(facts, catalog, scope, question),
    }
}

impl Subjects {
    /// Collects the facts as a store of this kind tells them: by [`gather`], or [`gather_as_told`].
    ///
    /// # Errors
    ///
    /// As those of [`gather`].
    pub fn gather(
        self,
        facts: &dyn Facts,
        catalog: &Catalog,
        scope: Scope<'_>,
        question: &Question,
    ) -> Result<SubjectRecord, StoreError> {
        match self {
            Self::Known => gather(facts, catalog, scope, question),
            Self::Anybody => gather_as_told(facts, catalog, scope, question),
        }
    }
}

/// The facts of a store, and that users belong to an organization.
struct Told<'f> {
    facts: &'f dyn Facts,
    within: &'f Id,
}

impl Facts for Told<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.facts.lists_naming(target)
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        let mut found = self.facts.user(id)?;
        if let Some(user) = &mut found {
            user.organizations.insert(self.within.clone());
        }
        Ok(found)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.facts.organization(id)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.facts.overrides_of(subject, scope)
    }
}

fn user(
    facts: &dyn Facts,
    scope: Scope<'_>,
    id: &Id,
    within: Option<&Id>,
    named: &mut Vec<Target>,
) -> Result<SubjectRecord, StoreError> {
    let subject = SubjectId::User(id.clone());
    let found = facts.user(id)?;
    let User {
        plan,
        organizations,
        targets,
        ..
    } = found.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
    named.extend(targets);
    named.push(subject.target());
    let counted = match within {
        None => organizations,
        Some(one) if organizations.contains(one) => [one.clone()].into(),
        Some(one) => {
            if facts.organization(one)?.is_none() {
                return Err(Refusal::UnknownSubject(SubjectId::Organization(one.clone())).into());
            }
            let (user, organization) = (id.clone(), one.clone());
            return Err(Refusal::NotAMember { user, organization }.into());
        }
    };
    let overrides = facts.overrides_of(&subject, scope)?.into_iter().collect();
    let organizations = counted
        .iter()
        .map(|id| organization(facts, scope, id, named));
    Ok(SubjectRecord {
        organizations: organizations.collect::<Result<_, _>>()?,
        user: Some(Party {
            id: Some(id.clone()),
            plan,
            overrides,
        }),
        lists: ListIds::new(),
    })
}

fn organization(
    facts: &dyn Facts,
    scope: Scope<'_>,
    id: &Id,
    named: &mut Vec<Target>,
) -> Result<Party, StoreError> {
    let subject = SubjectId::Organization(id.clone());
    let found = facts.organization(id)?;
    let found = found.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
    named.extend(found.targets);
    named.push(subject.target());
    let overrides = facts.overrides_of(&subject, scope)?.into_iter().collect();
    Ok(Party {
        id: Some(id.clone()),
        plan: found.plan,
        overrides,
    })
}

/// Whether any rule names targets at all, so that lists are worth asking for.
pub fn names_anybody(catalog: &Catalog) -> bool {
    let rules = catalog
        .features
        .values()
        .flat_map(|entry| &entry.audience.rules);
    rules
        .flat_map(|rule| &rule.when)
        .any(|when| matches!(when, Condition::OneOf { .. }))
}

fn lists(facts: &dyn Facts, named: &[Target]) -> Result<ListIds, StoreError> {
    let mut lists = ListIds::new();
    for target in named {
        lists.extend(facts.lists_naming(target)?);
    }
    Ok(lists)
}
