//! The way from a project as it is to one as it is wanted: changes in an order in which each of
//! them is allowed when its turn comes.
//!
//! What is wanted is the truth about whatever it names: a feature is as it is described there, and
//! a field that is left out is empty. About what it does not name it says nothing. Only with
//! `prune` does that go, too, and only within the parts that are there; else it is [`Kept`].
//!
//! The order is this: what goes away makes room (overrides, grants, features), then the definitions
//! come, then the subjects, who may refer to them, then plans go, which nobody is on any more, and
//! overrides come last, when feature and subject are both there.

mod definitions;
mod subjects;

use std::collections::BTreeSet;

use serde::Serialize;

use super::change::{Change, ChangeSet};
use super::document::Document;
use super::key::{FeatureKey, PlanKey};
use super::subject::SubjectId;
use super::target::Id;
use super::wanted::Wanted;

/// The changes, and what is not wanted but stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// In an order in which each is allowed.
    pub changes: ChangeSet,
    /// What stays for lack of `prune`.
    pub kept: Kept,
}

/// What is there and not wanted, and stays because nobody said that it may go. Definitions are
/// named, subjects and overrides counted: there may be millions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The default plan, where none is named.
    pub default_plan: Option<PlanKey>,
    /// Features.
    pub features: Vec<FeatureKey>,
    /// Plans.
    pub plans: Vec<PlanKey>,
    /// Grants of plans that are named.
    pub grants: Vec<KeptGrant>,
    /// Organizations.
    pub organizations: u64,
    /// Users.
    pub users: u64,
    /// Overrides.
    pub overrides: u64,
}

/// A grant that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptGrant {
    /// Of which plan.
    pub plan: PlanKey,
    /// Of which feature.
    pub feature: FeatureKey,
}

impl Kept {
    /// Whether everything there is wanted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ChangeSet {
    /// Whether anything that was there is no longer there: what a single command would ask about.
    pub fn deletes(&self) -> bool {
        self.changes().iter().any(|change| match change {
            Change::Feature { after, .. } => after.is_none(),
            Change::Plan { after, .. } => after.is_none(),
            Change::Grant { after, .. } => after.is_none(),
            Change::User { after, .. } => after.is_none(),
            Change::Organization { after, .. } => after.is_none(),
            Change::Override { after, .. } => after.is_none(),
            Change::Settings { .. }
            | Change::AudienceDefault { .. }
            | Change::Rule { .. }
            | Change::Target { .. } => false,
        })
    }
}

/// The way from what is there to what is wanted. Of the present, those parts count that are
/// wanted or that hang on what goes; nothing else needs to be in it.
pub fn steps(present: &Document, wanted: &Wanted, prune: bool) -> Steps {
    let going = Going::of(present, wanted, prune);
    let mut way = Way {
        present,
        wanted,
        prune,
        going,
        changes: Vec::new(),
        kept: Kept::default(),
    };
    way.overrides_out();
    way.grants_out();
    way.features_out();
    way.settings_before();
    way.features_in();
    way.plans_in();
    way.settings_after();
    way.organizations_in();
    way.users_in();
    way.users_out();
    way.organizations_out();
    way.plans_out();
    way.overrides_in();
    Steps {
        changes: ChangeSet::new(way.changes),
        kept: way.kept,
    }
}

/// The way as far as it is known.
struct Way<'w> {
    present: &'w Document,
    wanted: &'w Wanted,
    prune: bool,
    going: Going,
    changes: Vec<Change>,
    kept: Kept,
}

/// What goes away as a whole.
#[derive(Default)]
struct Going {
    features: BTreeSet<FeatureKey>,
    plans: BTreeSet<PlanKey>,
    organizations: BTreeSet<Id>,
    users: BTreeSet<Id>,
}

impl Going {
    fn of(present: &Document, wanted: &Wanted, prune: bool) -> Self {
        let mut going = Self::default();
        if !prune {
            return going;
        }
        if let Some(staying) = &wanted.features {
            let all = present.features.keys();
            going.features = all
                .filter(|key| !staying.contains_key(*key))
                .cloned()
                .collect();
        }
        if let Some(staying) = &wanted.plans {
            let all = present.plans.keys();
            going.plans = all
                .filter(|key| !staying.contains_key(*key))
                .cloned()
                .collect();
        }
        if let Some(staying) = &wanted.organizations {
            let all = present.organizations.keys();
            let all = all.filter(|id| !staying.contains_key(*id));
            going.organizations = all.cloned().collect();
        }
        if let Some(staying) = &wanted.users {
            let all = present.users.keys();
            going.users = all
                .filter(|id| !staying.contains_key(*id))
                .cloned()
                .collect();
        }
        going
    }

    fn has(&self, subject: &SubjectId) -> bool {
        match subject {
            SubjectId::User(id) => self.users.contains(id),
            SubjectId::Organization(id) => self.organizations.contains(id),
        }
    }
}
