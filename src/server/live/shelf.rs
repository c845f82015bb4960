//! The subjects in memory: as many as the operator gave room for.
//!
//! Users and custom targets are found by name, in many small tables rather than in one, so that no
//! table ever takes long to grow. Whoever comes when there is no room takes the place of somebody
//! picked at random, which needs no account of who was asked about when. Organizations are kept once,
//! by number, and stay.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::names::Names;
use super::packed::{Facts, name_of, pack};
use super::table::Table;
use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, ListId, Target};
use crate::store::Alone;

/// How many tables there are.
const TABLES: usize = 64;
/// What an entry takes besides its bytes: its place in an index that is half full, its length, and what
/// is free behind the last one.
const OVERHEAD: usize = 24;
/// How many others may have to go for one, and how many places are looked at to find each.
const GOING: usize = 4;
const PLACES: usize = 64;

/// What a name is of.
const USER: u8 = b'u';
const CUSTOM: u8 = b'c';
const ORGANIZATION: u8 = b'o';

type Entry = Box<[u8]>;

/// The subjects in memory.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) features: Names<FeatureKey>,
    pub(super) plans: Names<PlanKey>,
    pub(super) organizations: Names<Id>,
    /// By the numbers of the organizations.
    organization_entries: Vec<Option<Entry>>,
    tables: Vec<Table>,
    hasher: DefaultHashBuilder,
    used: usize,
    room: usize,
    /// Of the entries in the tables.
    number: usize,
}

impl Shelf {
    /// An empty shelf with room for so many bytes.
    pub(super) fn new(room: usize) -> Self {
        Self {
            features: Names::default(),
            plans: Names::default(),
            organizations: Names::default(),
            organization_entries: Vec::new(),
            tables: (0..TABLES).map(|_| Table::default()).collect(),
            hasher: DefaultHashBuilder::default(),
            used: 0,
            room,
            number: 0,
        }
    }

    /// The bytes that it takes, about.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// How many bytes it was given.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// How many users and custom targets there are on it.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Whether anything more would have to take the place of something else.
    pub(super) fn is_full(&self) -> bool {
        self.used >= self.room
    }

    /// The hash by which one is found.
    pub(super) fn hash(&self, kind: Kind, id: &str) -> u64 {
        self.hash_of(kind.byte(), id.as_bytes())
    }

    /// The same of an organization.
    pub(super) fn hash_of_organization(&self, id: &Id) -> u64 {
        self.hash_of(ORGANIZATION, id.as_str().as_bytes())
    }

    /// The same of whichever subject.
    pub(super) fn hash_of_subject(&self, subject: &SubjectId) -> u64 {
        match subject {
            SubjectId::User(id) => self.hash(Kind::User, id.as_str()),
            SubjectId::Organization(id) => self.hash_of_organization(id),
        }
    }

    fn hash_of(&self, kind: u8, id: &[u8]) -> u64 {
        self.hasher.hash_one((kind, id))
    }

    /// What is kept of a user or a custom target.
    #[inline]
    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<&[u8]> {
        let hash = self.hash(kind, id);
        self.tables[table(hash)].find(hash, |entry| is_of(entry, kind, id))
    }

    /// Whether a subject is on the shelf.
    pub(super) fn has(&self, subject: &SubjectId) -> bool {
        match subject {
            SubjectId::User(id) => self.find(Kind::User, id.as_str()).is_some(),
            SubjectId::Organization(id) => {
                let number = self.organizations.find(id.as_str());
                number.is_some_and(|number| self.organization(number).is_some())
            }
        }
    }

    /// What is kept of an organization.
    #[inline]
    pub(super) fn organization(&self, number: u32) -> Option<&[u8]> {
        self.organization_entries.get(number as usize)?.as_deref()
    }

    /// Puts a subject on the shelf, as it is at a revision.
    pub(super) fn put(&mut self, alone: &Alone, revision: Revision) {
        match &alone.subject {
            SubjectId::User(id) => {
                let entry = self.entry(&name(Kind::User, id.as_str()), alone, revision);
                self.put_entry(Kind::User, id.as_str(), &entry);
            }
            SubjectId::Organization(id) => self.put_organization(id, alone, revision),
        }
    }

    /// Notes which lists name one of whom nothing else is known: a custom target, or a user whom the
    /// store does not know.
    pub(super) fn put_named(&mut self, kind: Kind, id: &str, lists: &[ListId]) {
        let facts = Facts {
            lists: lists.iter().copied().collect(),
            ..Facts::default()
        };
        let entry = pack(&name(kind, id), &facts, None);
        self.put_entry(kind, id, &entry);
    }

    fn entry(&mut self, name: &[u8], alone: &Alone, revision: Revision) -> Entry {
        let organizations = alone.organizations.iter();
        let facts = Facts {
            is_known: true,
            targets_as_of: alone.has_targets.then_some(revision),
            plan: alone.plan.as_ref().map(|plan| self.plans.of(plan)),
            organizations: organizations.map(|id| self.organizations.of(id)).collect(),
            lists: alone.lists.iter().copied().collect(),
        };
        let overrides = alone.overrides.iter();
        let features = &mut self.features;
        let overrides = overrides.map(|(key, held)| (features.of(key), held.clone()));
        pack(name, &facts, overrides)
    }

    fn put_organization(&mut self, id: &Id, alone: &Alone, revision: Revision) {
        let entry = self.entry(&[], alone, revision);
        let number = self.organizations.of(id) as usize;
        if self.organization_entries.len() <= number {
            self.organization_entries.resize(number + 1, None);
        }
        // The name lies in the table of names, once more in its index.
        self.used += entry.len() + OVERHEAD + size_of::<Id>();
        if let Some(old) = self.organization_entries[number].replace(entry) {
            self.used -= old.len() + OVERHEAD + size_of::<Id>();
        }
    }

    fn put_entry(&mut self, kind: Kind, id: &str, entry: &[u8]) {
        let hash = self.hash(kind, id);
        self.take(kind, id);
        let size = entry.len() + OVERHEAD;
        if !self.make_room(hash, size) {
            return;
        }
        let hasher = &self.hasher;
        let again = |entry: &[u8]| hasher.hash_one(split(name_of(entry)));
        if self.tables[table(hash)].put(hash, entry, again) {
            self.used += size;
            self.number += 1;
        }
    }

    /// Has others leave until there is room, if few are enough.
    fn make_room(&mut self, hash: u64, size: usize) -> bool {
        let table = &mut self.tables[table(hash)];
        let mut place = hash as usize;
        for _ in 0..GOING {
            if self.used + size <= self.room {
                return true;
            }
            let Some((length, next)) = table.take_any(place, PLACES) else {
                return false;
            };
            self.used -= length + OVERHEAD;
            self.number -= 1;
            place = next;
        }
        self.used + size <= self.room
    }

    /// Takes a user or a custom target from the shelf.
    pub(super) fn take(&mut self, kind: Kind, id: &str) {
        let hash = self.hash(kind, id);
        let table = &mut self.tables[table(hash)];
        if let Some(length) = table.take(hash, |entry| is_of(entry, kind, id)) {
            self.used -= length + OVERHEAD;
            self.number -= 1;
        }
    }

    /// Takes an organization from the shelf; its number stays.
    pub(super) fn take_organization(&mut self, id: &Id) {
        let number = self.organizations.find(id.as_str());
        let entry = number.and_then(|number| {
            let entry = self.organization_entries.get_mut(number as usize)?;
            entry.take()
        });
        if let Some(old) = entry {
            self.used -= old.len() + OVERHEAD + size_of::<Id>();
        }
    }
}

/// What one that is found by name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A user, by its identifier.
    User,
    /// A custom target, as [`Target`] is written.
    Custom,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::User => USER,
            Self::Custom => CUSTOM,
        }
    }
}

/// What a target is found by; `None` for an organization, which has a number.
pub(super) fn found_by(target: &Target) -> Option<(Kind, String)> {
    match target.target_type.as_str() {
        "user" => Some((Kind::User, target.id.to_string())),
        "organization" => None,
        _ => Some((Kind::Custom, target.to_string())),
    }
}

fn table(hash: u64) -> usize {
    // The tables themselves look at both ends of it.
    (hash >> 32) as usize % TABLES
}

fn name(kind: Kind, id: &str) -> Vec<u8> {
    let mut name = Vec::with_capacity(1 + id.len());
    name.push(kind.byte());
    name.extend(id.as_bytes());
    name
}

fn split(name: &[u8]) -> (u8, &[u8]) {
    name.split_first()
        .map_or((0, &[]), |(kind, id)| (*kind, id))
}

#[inline]
fn is_of(entry: &[u8], kind: Kind, id: &str) -> bool {
    split(name_of(entry)) == (kind.byte(), id.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: usize) -> String {
        format!("user-{number:05}")
    }

    fn filled(room: usize, users: usize) -> Shelf {
        let mut shelf = Shelf::new(room);
        for number in 0..users {
            shelf.put_named(Kind::User, &user(number), &[ListId(7)]);
        }
        shelf
    }

    #[test]
    fn with_room_for_all_everybody_is_found_and_nobody_else() {
        let shelf = filled(1 << 30, 10_000);
        assert_eq!(shelf.number(), 10_000);
        for number in 0..10_000 {
            assert!(shelf.find(Kind::User, &user(number)).is_some());
            assert!(shelf.find(Kind::Custom, &user(number)).is_none());
        }
        assert!(shelf.find(Kind::User, &user(10_000)).is_none());
    }

    #[test]
    fn without_room_for_all_the_latest_are_there_and_the_room_is_kept_to() {
        let room = 100_000;
        let shelf = filled(room, 10_000);
        assert!(
            shelf.used() <= room && shelf.used() > room * 9 / 10,
            "{}",
            shelf.used()
        );
        assert!(shelf.find(Kind::User, &user(9_999)).is_some());
        let there = (0..10_000).filter(|number| shelf.find(Kind::User, &user(*number)).is_some());
        assert_eq!(there.count(), shelf.number());
    }

    #[test]
    fn whoever_was_taken_is_gone_and_what_they_took_is_free_again() {
        let mut shelf = filled(1 << 30, 1000);
        for number in 0..1000 {
            shelf.take(Kind::User, &user(number));
            shelf.take(Kind::User, &user(number));
            assert!(shelf.find(Kind::User, &user(number)).is_none());
        }
        assert_eq!((shelf.used(), shelf.number()), (0, 0));
    }

    #[test]
    fn whoever_is_put_twice_is_there_once() {
        let mut shelf = filled(1 << 30, 1);
        let used = shelf.used();
        shelf.put_named(Kind::User, &user(0), &[ListId(8)]);
        assert_eq!((shelf.used(), shelf.number()), (used, 1));
    }
}
