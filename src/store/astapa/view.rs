//! What is seen of Astapa: the answer to a question about a user, and nothing else.
//!
//! The check endpoint says what a user gets of one feature and not why. So the basis of an answer is
//! a catalog of the features asked about in which the user holds what Astapa said. The resolver
//! gives it back, and the expectations judge it here. What a feature is worth shows what kind it is;
//! of one that is off nobody can tell, and no answer depends on it.

use std::collections::BTreeMap;

use super::AstapaStore;
use super::refusal::Lacks;
use crate::domain::catalog::{Catalog, FeatureEntry, Revision};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::{Effect, Override};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, Organization, Party, SubjectId, SubjectRecord, User};
use crate::domain::target::{Audience, Id, ListId, Members, Target};
use crate::domain::value::{Answer, Kind, Value};
use crate::store::{
    About, Among, Basis, Digest, Entry, Facts, Look, LookAlone, Piece, Question, Scope, Snapshot,
    Span, StoreError, Verification, Visit,
};

/// Astapa, as far as it can be seen: whatever is looked at is asked for at that moment.
pub(super) struct View<'a>(pub(super) &'a AstapaStore);

impl View<'_> {
    fn ask(&self, user: &Id, keys: &[FeatureKey]) -> Result<Basis, StoreError> {
        let mut catalog = Catalog::default();
        let mut party = Party {
            id: Some(user.clone()),
            ..Party::default()
        };
        let mut stranger = None;
        for key in keys {
            let answer = match self.0.check(user, key) {
                Err(StoreError::Refused(refusal @ Refusal::UnknownSubject(_))) => {
                    stranger = Some(refusal);
                    None
                }
                answer => answer?,
            };
            let kind = answer.map_or(Kind::Boolean, Value::kind);
            catalog.features.insert(key.clone(), entry(kind));
            party.overrides.extend(held(key, answer));
            if stranger.is_some() {
                break;
            }
        }
        let record = SubjectRecord {
            user: Some(party),
            ..SubjectRecord::default()
        };
        Ok(Basis {
            revision: Revision::UNKNOWN,
            catalog,
            record: stranger.map_or(Ok(record), Err),
        })
    }
}

fn entry(kind: Kind) -> FeatureEntry {
    FeatureEntry {
        feature: Feature::new(kind),
        audience: Audience::default(),
        revision: Revision::UNKNOWN,
        audience_revision: Revision::UNKNOWN,
    }
}

/// What was said, where the resolver finds it.
fn held(key: &FeatureKey, answer: Answer) -> BTreeMap<FeatureKey, Held> {
    let held = answer.map(|value| Held {
        over: Override {
            effect: Effect::Grant(value),
            reason: None,
            starts: None,
            expires: None,
        },
        revision: Revision::UNKNOWN,
    });
    held.into_iter().map(|held| (key.clone(), held)).collect()
}

impl Facts for View<'_> {
    fn lists_naming(&self, _: &Target) -> Result<Vec<ListId>, StoreError> {
        Lacks::Targeting.refuse()
    }

    fn user(&self, _: &Id) -> Result<Option<User>, StoreError> {
        Lacks::Users.refuse()
    }

    fn organization(&self, _: &Id) -> Result<Option<Organization>, StoreError> {
        Lacks::Organizations.refuse()
    }

    fn overrides_of(
        &self,
        _: &SubjectId,
        _: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        Lacks::Overrides.refuse()
    }
}

impl Snapshot for View<'_> {
    fn revision(&self) -> Result<Revision, StoreError> {
        Lacks::History.refuse()
    }

    fn catalog(&self, _: Scope<'_>) -> Result<Catalog, StoreError> {
        Lacks::Catalog.refuse()
    }

    /// One request for each feature. What cannot be asked is refused before the first.
    fn basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, StoreError> {
        match (question, scope) {
            (Question::Organization { .. }, _) => Lacks::Organizations.refuse(),
            (Question::Plan { .. }, _) => Lacks::PlanQuestion.refuse(),
            (
                Question::User {
                    within: Some(_), ..
                },
                _,
            ) => Lacks::Organizations.refuse(),
            (Question::User { targets, .. }, _) if !targets.is_empty() => Lacks::Targets.refuse(),
            (Question::User { .. }, Scope::All) => Lacks::AllFeatures.refuse(),
            (Question::User { id, .. }, Scope::Features(keys)) => self.ask(id, keys),
        }
    }

    fn audience(&self, _: &FeatureKey) -> Result<Option<Audience<Members>>, StoreError> {
        Lacks::Targeting.refuse()
    }

    fn list_size(&self, _: ListId) -> Result<u64, StoreError> {
        Lacks::Targeting.refuse()
    }

    fn users(&self, _: Option<&Id>, _: &mut Visit<'_, (Id, User)>) -> Result<(), StoreError> {
        Lacks::Users.refuse()
    }

    fn organizations(
        &self,
        _: Option<&Id>,
        _: &mut Visit<'_, (Id, Organization)>,
    ) -> Result<(), StoreError> {
        Lacks::Organizations.refuse()
    }

    fn members(&self, _: &Id, _: &mut Visit<'_, Id>) -> Result<(), StoreError> {
        Lacks::Organizations.refuse()
    }

    fn overrides(
        &self,
        _: Scope<'_>,
        _: Option<&SubjectId>,
        _: &mut Visit<'_, (SubjectId, FeatureKey, Held)>,
    ) -> Result<(), StoreError> {
        Lacks::Overrides.refuse()
    }

    fn briefs(&self, _: Scope<'_>, _: Among<'_>, _: &mut Look<'_>) -> Result<(), StoreError> {
        Lacks::Users.refuse()
    }

    fn each_alone(&self, _: &mut LookAlone<'_>) -> Result<(), StoreError> {
        Lacks::Users.refuse()
    }

    fn entry(&self, _: Revision) -> Result<Option<Entry>, StoreError> {
        Lacks::History.refuse()
    }

    fn changes(&self, _: Revision) -> Result<ChangeSet, StoreError> {
        Lacks::History.refuse()
    }

    fn change_count(&self, _: Revision) -> Result<u64, StoreError> {
        Lacks::History.refuse()
    }

    fn each_change(
        &self,
        _: Revision,
        _: About<'_>,
        _: &mut Visit<'_, Change>,
    ) -> Result<(), StoreError> {
        Lacks::History.refuse()
    }

    fn digest(&self, _: Revision) -> Result<Option<Digest>, StoreError> {
        Lacks::History.refuse()
    }

    fn verify(&self, _: Option<Digest>) -> Result<Verification, StoreError> {
        Lacks::History.refuse()
    }

    fn is_intact(&self, _: Revision) -> Result<bool, StoreError> {
        Lacks::History.refuse()
    }

    fn history(&self, _: Option<Revision>, _: &mut Visit<'_, Entry>) -> Result<(), StoreError> {
        Lacks::History.refuse()
    }

    fn changed(
        &self,
        _: Span,
        _: About<'_>,
        _: &mut Visit<'_, (Revision, Change)>,
    ) -> Result<(), StoreError> {
        Lacks::History.refuse()
    }

    fn retell(&self, _: Revision, _: &mut Visit<'_, Piece>) -> Result<(), StoreError> {
        Lacks::History.refuse()
    }
}
