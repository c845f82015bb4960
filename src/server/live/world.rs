//! What is in memory, all of it as at one revision, and how it answers.

use std::collections::HashSet;
use std::sync::Arc;

use smallvec::SmallVec;

use super::packed::{Facts, unpack};
use super::prepared::Prepared;
use super::shelf::{Kind, Shelf};
use crate::domain::brief::{Brief, PartyBrief};
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::{Id, ListId, Target};
use crate::domain::time::Time;
use crate::server::evaluate::{Answers, Asked, Context, Which};
use crate::store::{Digest, Question};

/// What is in memory.
#[derive(Debug)]
pub(super) struct World {
    /// `None` until the store was first looked at.
    pub(super) prepared: Option<Arc<Prepared>>,
    /// What everything here is as at.
    pub(super) revision: Revision,
    /// The hash of that revision, where the store keeps any: two histories have other ones.
    pub(super) digest: Option<Digest>,
    pub(super) shelf: Shelf,
    /// Lists of subjects with custom targets that are from before are not valid any more.
    pub(super) targets_since: Revision,
    /// While all subjects are being read: whom writes have touched since that began.
    pub(super) filling: Option<HashSet<u64>>,
}

/// The lists that name a subject, or what belongs to it.
type Lists = SmallVec<[ListId; 8]>;
/// Little lies in place: all of it is moved about with whoever has it, several times for each answer.
type Overrides<'w> = SmallVec<[(&'w FeatureKey, Held); 1]>;

/// One who brings a plan and overrides.
struct Party<'w> {
    id: &'w Id,
    plan: Option<&'w PlanKey>,
    overrides: Overrides<'w>,
}

impl Party<'_> {
    fn brief(&self) -> PartyBrief<'_> {
        PartyBrief {
            id: self.id,
            plan: self.plan,
            overrides: &self.overrides,
        }
    }
}

/// Who is asked about, put together.
struct Parties<'w> {
    user: Option<Party<'w>>,
    organizations: Vec<Party<'w>>,
    lists: Lists,
}

/// Why there is no answer here.
enum Absent {
    /// Something has to be looked up in the store.
    Missing,
    /// There is none anywhere.
    Refused(Refusal),
}

impl World {
    pub(super) fn new(room: usize) -> Self {
        Self {
            prepared: None,
            revision: Revision::UNKNOWN,
            digest: None,
            shelf: Shelf::new(room),
            targets_since: Revision::UNKNOWN,
            filling: None,
        }
    }

    /// Tells the answers to `tell`, which is given back where something has to be looked up first.
    pub(super) fn answer<R, F: FnOnce(&Answers<'_>) -> R>(
        &self,
        asked: &Asked,
        which: &Which,
        at: Time,
        tell: F,
    ) -> Result<Result<R, Refusal>, F> {
        let Some(prepared) = &self.prepared else {
            return Err(tell);
        };
        let parties = match self.parties(prepared, asked, which) {
            Ok(parties) => parties,
            Err(Absent::Refused(refusal)) => return Ok(Err(refusal)),
            Err(Absent::Missing) => return Err(tell),
        };
        let organizations: SmallVec<[PartyBrief<'_>; 4]> =
            parties.organizations.iter().map(Party::brief).collect();
        let resolver = prepared.resolver();
        let subject = resolver.bind_brief(&Brief {
            user: parties.user.as_ref().map(Party::brief),
            organizations: &organizations,
            lists: &parties.lists,
        });
        let answers = Answers::new(self.revision, resolver, &subject, which, at);
        Ok(Ok(tell(&answers)))
    }

    fn parties<'w>(
        &'w self,
        prepared: &'w Prepared,
        asked: &'w Asked,
        which: &Which,
    ) -> Result<Parties<'w>, Absent> {
        let mut gathering = Gathering {
            world: self,
            prepared,
            only: match which {
                Which::All => None,
                Which::One(key) => Some(self.shelf.features.find(key.as_str())),
            },
            lists: Lists::new(),
        };
        let (user, organizations) = match asked {
            Asked::Question(Question::User {
                id,
                within,
                targets,
            }) => {
                gathering.targets(targets)?;
                gathering.user(id, within.as_ref())?
            }
            Asked::Question(Question::Organization { id, targets }) => {
                gathering.targets(targets)?;
                (None, vec![gathering.organization_named(id)?])
            }
            // Of nobody in particular nothing is kept.
            Asked::Question(Question::Plan { .. }) => return Err(Absent::Missing),
            Asked::Context(context) => {
                gathering.targets(&context.targets)?;
                gathering.context(context)?
            }
        };
        let mut lists = gathering.lists;
        lists.sort_unstable();
        lists.dedup();
        Ok(Parties {
            user,
            organizations,
            lists,
        })
    }
}

type Found<'w> = (Option<Party<'w>>, Vec<Party<'w>>);

/// Puts together who is asked about.
struct Gathering<'w> {
    world: &'w World,
    prepared: &'w Prepared,
    /// The number of the only feature that is asked about, if it is only one and has a number.
    only: Option<Option<u32>>,
    lists: Lists,
}

impl<'w> Gathering<'w> {
    fn user(&mut self, id: &'w Id, within: Option<&Id>) -> Result<Found<'w>, Absent> {
        let (facts, party) = self.user_alone(id)?;
        if !facts.is_known {
            let subject = SubjectId::User(id.clone());
            return Err(Absent::Refused(Refusal::UnknownSubject(subject)));
        }
        let organizations = match within {
            None => self.joined(&facts)?,
            Some(one) => {
                let number = self.world.shelf.organizations.find(one.as_str());
                match number.filter(|number| facts.organizations.contains(number)) {
                    Some(number) => vec![self.organization(number)?],
                    // Why not, the store knows.
                    None => return Err(Absent::Missing),
                }
            }
        };
        Ok((Some(party), organizations))
    }

    fn context(&mut self, context: &'w Context) -> Result<Found<'w>, Absent> {
        let Some(id) = &context.user else {
            // Organizations and plans alone are asked about too rarely to be worth more code.
            return Err(Absent::Missing);
        };
        let (facts, mut party) = self.user_alone(id)?;
        let organizations = match &context.organizations {
            None => self.joined(&facts)?,
            Some(given) => {
                let found = given.iter().map(|id| self.organization_named(id));
                let mut found: Vec<Party<'_>> = found.collect::<Result<_, _>>()?;
                found.sort_unstable_by(|a, b| a.id.cmp(b.id));
                found
            }
        };
        if let Some(plan) = &context.plan {
            party.plan = Some(plan);
        }
        Ok((Some(party), organizations))
    }

    fn user_alone(&mut self, id: &'w Id) -> Result<(Facts, Party<'w>), Absent> {
        let entry = self.world.shelf.find(Kind::User, id.as_str());
        self.take(id, entry)
    }

    fn joined(&mut self, facts: &Facts) -> Result<Vec<Party<'w>>, Absent> {
        let numbers = facts.organizations.iter();
        numbers.map(|number| self.organization(*number)).collect()
    }

    fn organization(&mut self, number: u32) -> Result<Party<'w>, Absent> {
        let shelf = &self.world.shelf;
        let id = shelf.organizations.get(number).ok_or(Absent::Missing)?;
        let (_, party) = self.take(id, shelf.organization(number))?;
        Ok(party)
    }

    fn organization_named(&mut self, id: &Id) -> Result<Party<'w>, Absent> {
        let number = self.world.shelf.organizations.find(id.as_str());
        self.organization(number.ok_or(Absent::Missing)?)
    }

    /// Takes an entry apart, and its lists among those that count.
    #[inline]
    fn take(&mut self, id: &'w Id, entry: Option<&'w [u8]>) -> Result<(Facts, Party<'w>), Absent> {
        let found = entry.and_then(unpack);
        let (facts, overrides) = found.ok_or(Absent::Missing)?;
        if facts
            .targets_as_of
            .is_some_and(|as_of| as_of < self.world.targets_since)
        {
            return Err(Absent::Missing);
        }
        if self.prepared.names_anybody() {
            self.lists.extend_from_slice(&facts.lists);
        }
        let shelf = &self.world.shelf;
        let wanted = |number: u32| self.only.is_none_or(|only| only == Some(number));
        let overrides = overrides.filter(|(number, _)| wanted(*number));
        let overrides =
            overrides.filter_map(|(number, held)| Some((shelf.features.get(number)?, held)));
        let party = Party {
            id,
            plan: facts.plan.and_then(|plan| shelf.plans.get(plan)),
            overrides: overrides.collect(),
        };
        Ok((facts, party))
    }

    /// Notes the lists that name targets which come with the question.
    fn targets(&mut self, targets: &[Target]) -> Result<(), Absent> {
        for target in targets {
            let counts = match target.is_custom() {
                true => self.prepared.custom_types().contains(&target.target_type),
                false => return Err(Absent::Missing),
            };
            if !counts {
                continue;
            }
            let entry = self.world.shelf.find(Kind::Custom, &target.to_string());
            let found = entry.and_then(unpack);
            let (facts, _) = found.ok_or(Absent::Missing)?;
            self.lists.extend_from_slice(&facts.lists);
        }
        Ok(())
    }
}
