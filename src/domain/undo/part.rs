//! The parts of a project that are altered by themselves, and what each of them stands on.

use std::hash::Hash;

use super::rules::RuleNumber;
use super::{Digest, digest};
use crate::domain::change::Change;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, Target, TargetType};
use crate::domain::text::Tag;

/// A user or an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who<'c> {
    /// A user.
    User(&'c Id),
    /// An organization.
    Organization(&'c Id),
}

impl<'c> From<&'c SubjectId> for Who<'c> {
    fn from(subject: &'c SubjectId) -> Self {
        match subject {
            SubjectId::User(id) => Self::User(id),
            SubjectId::Organization(id) => Self::Organization(id),
        }
    }
}

/// The smallest things that a write can alter without altering others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part<'c> {
    /// The settings' default plan.
    DefaultPlan,
    /// How many features there may be.
    Cap,
    /// That a feature of its kind is defined.
    Feature(&'c FeatureKey),
    /// A named field of a feature's definition.
    FeatureField(&'c FeatureKey, &'static str),
    /// One of a feature's tags.
    Tag(&'c FeatureKey, &'c Tag),
    /// What an audience serves where no rule matches.
    AudienceDefault(&'c FeatureKey),
    /// Which rules an audience has, in which order.
    Order(&'c FeatureKey),
    /// That a rule is there.
    Rule(&'c FeatureKey, RuleNumber),
    /// A name on the list of a rule's condition.
    Named(&'c FeatureKey, RuleNumber, usize, &'c TargetType, &'c Id),
    /// That a plan exists.
    Plan(&'c PlanKey),
    /// A named field of a plan's definition.
    PlanField(&'c PlanKey, &'static str),
    /// What a plan gives of a feature.
    Grant(&'c PlanKey, &'c FeatureKey),
    /// That a user or an organization is known.
    Subject(Who<'c>),
    /// A named field of what is kept about it.
    SubjectField(Who<'c>, &'static str),
    /// That a user belongs to an organization.
    Membership(&'c Id, &'c Id),
    /// A custom target that a subject brings along.
    Brought(Who<'c>, &'c Target),
    /// A subject's override of a feature.
    Override(Who<'c>, &'c FeatureKey),
}

impl Part<'_> {
    /// How a diff names the part of the thing that is altered.
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DefaultPlan => Some("default plan"),
            Self::Cap => Some("feature cap"),
            Self::FeatureField(_, field)
            | Self::PlanField(_, field)
            | Self::SubjectField(_, field) => Some(field),
            Self::Tag(..) => Some("tags"),
            Self::Membership(..) => Some("organizations"),
            Self::Brought(..) => Some("targets"),
            _ => None,
        }
    }

    /// What a diff calls the part in the lines about a change that altered it.
    pub fn in_words(&self, change: &Change) -> String {
        let mut lines = change.in_words();
        let about = self.field().map(|field| format!(": {field}"));
        let about = about
            .as_deref()
            .and_then(|ending| lines.iter().position(|line| line.what.ends_with(ending)));
        match lines.is_empty() {
            true => String::new(),
            false => lines.swap_remove(about.unwrap_or_default()).what,
        }
    }
}

/// What a part is before or after a change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Side<'c> {
    /// Its value; `None` where there is nothing.
    pub value: Option<Digest>,
    /// What must be there for it to be so.
    pub on: [Option<Part<'c>>; 3],
}

impl<'c> Side<'c> {
    pub(super) fn of(value: &(impl Hash + ?Sized), on: impl IntoIterator<Item = Part<'c>>) -> Self {
        let mut side = Self {
            value: Some(digest(value)),
            on: [None; 3],
        };
        for (place, part) in side.on.iter_mut().zip(on) {
            *place = Some(part);
        }
        side
    }
}
