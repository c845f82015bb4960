//! What a walk through many subjects tells of each: enough to decide, and not to explain.
//!
//! A [`SubjectRecord`] owns what it says, which is right for one subject and too dear for a
//! million. A brief borrows: keys from the walk's tables, the rest from rows that are overwritten
//! for the next subject. Reasons and revisions of overrides are left out, since no answer depends
//! on them.

use super::catalog::Revision;
use super::key::{FeatureKey, PlanKey};
use super::overrides::Override;
use super::subject::{Held, Party, SubjectId, SubjectRecord};
use super::target::{Id, ListId};

/// One who brings a plan and overrides: the user, or one of its organizations.
#[derive(Debug, Clone, Copy)]
pub struct PartyBrief<'r> {
    /// Who.
    pub id: &'r Id,
    /// Its plan.
    pub plan: Option<&'r PlanKey>,
    /// Its overrides in any order, with neither reason nor revision.
    pub overrides: &'r [(&'r FeatureKey, Held)],
}

/// What a walk tells of one subject.
#[derive(Debug, Clone, Copy)]
pub struct Brief<'r> {
    /// The user, when the subject is one.
    pub user: Option<PartyBrief<'r>>,
    /// The user's organizations in the order of their identifiers, or the subject itself.
    pub organizations: &'r [PartyBrief<'r>],
    /// The lists of the catalog's rules that name the subject or what belongs to it; sorted.
    pub lists: &'r [ListId],
}

impl<'r> Brief<'r> {
    /// The subject's identifier, and whether it is a user's.
    fn named(&self) -> Option<(&'r Id, bool)> {
        let user = self.user.map(|user| (user.id, true));
        user.or_else(|| Some((self.organizations.first()?.id, false)))
    }

    /// The subject; nobody only where nobody was put in.
    pub fn subject(&self) -> Option<SubjectId> {
        let (id, is_user) = self.named()?;
        let id = id.clone();
        Some(match is_user {
            true => SubjectId::User(id),
            false => SubjectId::Organization(id),
        })
    }

    /// The same as [`SubjectId`] writes it, in two pieces: no identifier is copied for that.
    pub fn written(&self) -> (&'static str, &'r str) {
        match self.named() {
            Some((id, true)) => ("user:", id.as_str()),
            Some((id, false)) => ("org:", id.as_str()),
            None => ("", ""),
        }
    }

    /// Every party, the user first.
    pub fn parties(&self) -> impl Iterator<Item = &PartyBrief<'r>> {
        self.user.iter().chain(self.organizations)
    }

    /// The brief as a record, which can be kept.
    pub fn to_record(&self) -> SubjectRecord {
        SubjectRecord {
            user: self.user.as_ref().map(PartyBrief::keep),
            organizations: self.organizations.iter().map(PartyBrief::keep).collect(),
            lists: self.lists.iter().copied().collect(),
        }
    }
}

impl<'r> PartyBrief<'r> {
    /// The same party with other overrides.
    #[must_use]
    pub fn holding(&self, overrides: &'r [(&'r FeatureKey, Held)]) -> Self {
        Self { overrides, ..*self }
    }

    fn keep(&self) -> Party {
        let overrides = self.overrides.iter();
        Party {
            id: Some(self.id.clone()),
            plan: self.plan.cloned(),
            overrides: overrides
                .map(|(key, held)| ((*key).clone(), held.clone()))
                .collect(),
        }
    }
}

impl SubjectRecord {
    /// Hands a brief of the record to whoever wants one. A party without an identifier is
    /// hypothetical, and not told of.
    pub fn in_brief<R>(&self, tell: impl FnOnce(&Brief<'_>) -> R) -> R {
        let parties = self.user.iter().chain(&self.organizations);
        let held: Vec<Vec<(&FeatureKey, Held)>> = parties.map(overrides).collect();
        let (own, shared) = held.split_at(usize::from(self.user.is_some()));
        let organizations = self.organizations.iter().zip(shared);
        let organizations: Vec<_> = organizations
            .filter_map(|(party, held)| brief(party, held))
            .collect();
        let user = self.user.as_ref().zip(own.first());
        tell(&Brief {
            user: user.and_then(|(party, held)| brief(party, held)),
            organizations: &organizations,
            lists: &self.lists,
        })
    }
}

fn overrides(party: &Party) -> Vec<(&FeatureKey, Held)> {
    let overrides = party.overrides.iter();
    overrides
        .map(|(key, held)| (key, decisive(&held.over)))
        .collect()
}

/// What a decision needs of an override.
pub fn decisive(over: &Override) -> Held {
    Held {
        over: Override {
            reason: None,
            ..*over
        },
        revision: Revision::UNKNOWN,
    }
}

fn brief<'r>(party: &'r Party, overrides: &'r [(&'r FeatureKey, Held)]) -> Option<PartyBrief<'r>> {
    Some(PartyBrief {
        id: party.id.as_ref()?,
        plan: party.plan.as_ref(),
        overrides,
    })
}
