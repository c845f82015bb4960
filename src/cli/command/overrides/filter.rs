//! Which overrides are meant, for whatever lists them.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::ending::{EndingArgs, Ends};
use crate::cli::question::unknown_feature;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Standing;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::edit::known_subject;
use crate::store::{Scope, Snapshot};

/// Which overrides are meant.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Only overrides of this feature
    #[arg(long, short, value_name = "FEATURE")]
    feature: Option<FeatureKey>,
    /// Only overrides of this user
    #[arg(long, short, value_name = "ID", conflicts_with = "org")]
    user: Option<Id>,
    /// Only overrides of this organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// Only overrides that count now
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    ending: EndingArgs,
}

impl FilterArgs {
    /// The ends that are wanted, if it matters when overrides end.
    pub fn ends(&self, now: Time) -> Result<Option<Ends>> {
        self.ending.ends(now)
    }

    /// Hands over the overrides that are meant, in the order of subjects and keys.
    pub fn each(
        &self,
        snapshot: &dyn Snapshot,
        now: Time,
        take: &mut dyn FnMut(SubjectId, FeatureKey, Held) -> ControlFlow<()>,
    ) -> Result<()> {
        let ends = self.ends(now)?;
        if let Some(feature) = &self.feature
            && !snapshot.catalog(Scope::All)?.features.contains_key(feature)
        {
            return Err(unknown_feature(snapshot, feature)?.into());
        }
        let scope = match &self.feature {
            Some(feature) => Scope::Features(std::slice::from_ref(feature)),
            None => Scope::All,
        };
        let mut take = |subject, feature, held: Held| {
            let counts = !self.active || held.over.standing(now) == Standing::Active;
            match counts && ends.is_none_or(|ends| ends.include(&held.over)) {
                true => take(subject, feature, held),
                false => ControlFlow::Continue(()),
            }
        };
        let holder = match (&self.user, &self.org) {
            (Some(user), _) => Some(SubjectId::User(user.clone())),
            (None, org) => org.clone().map(SubjectId::Organization),
        };
        match holder {
            Some(subject) => {
                known_subject(snapshot, &subject)?;
                for (feature, held) in snapshot.overrides_of(&subject, scope)? {
                    if take(subject.clone(), feature, held).is_break() {
                        break;
                    }
                }
            }
            None => snapshot.overrides(scope, None, &mut |(subject, feature, held)| {
                take(subject, feature, held)
            })?,
        }
        Ok(())
    }
}
