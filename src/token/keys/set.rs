//! Several keys, and which one a token means.

use super::Key;
use super::error::KeyError;
use crate::token::algorithm::{Algorithm, Family};

/// One key, or the keys of a JWKS (RFC 7517 §5).
#[derive(Debug)]
pub struct KeySet {
    entries: Vec<Entry>,
    is_set: bool,
}

/// A place in a set.
#[derive(Debug)]
pub struct Entry {
    id: Option<String>,
    key: Result<Key, KeyError>,
}

impl Entry {
    pub(super) fn usable(key: Key) -> Self {
        Self {
            id: key.id.clone(),
            key: Ok(key),
        }
    }

    pub(super) fn unusable(id: Option<String>, error: KeyError) -> Self {
        Self {
            id,
            key: Err(error),
        }
    }
}

/// The keys that a token's signature is to be tried with, as places in the set. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// The one key there is, or the one of the token's `kid`.
    One(usize),
    /// The token names none, and these are for its algorithm.
    AnyOf(Vec<usize>),
}

impl KeySet {
    /// One key, which is used whatever `kid` a token has.
    #[must_use]
    pub fn single(key: Key) -> Self {
        Self {
            entries: vec![Entry::usable(key)],
            is_set: false,
        }
    }

    pub(super) fn of(entries: Vec<Entry>) -> Result<Self, KeyError> {
        let families = || {
            let keys = entries.iter().filter_map(|entry| entry.key.as_ref().ok());
            keys.map(Key::family)
        };
        let secret = |family: Family| family == Family::Secret;
        if entries.is_empty() {
            return Err(KeyError::NoKeys);
        }
        if families().any(secret) && !families().all(secret) {
            return Err(KeyError::MixedSet);
        }
        Ok(Self {
            entries,
            is_set: true,
        })
    }

    /// The one key there is.
    ///
    /// # Errors
    /// [`KeyError::Several`], or why the one is unusable.
    pub fn into_only(self) -> Result<Key, KeyError> {
        let mut entries = self.entries.into_iter();
        match (entries.next(), entries.next()) {
            (Some(only), None) => only.key,
            (None, _) => Err(KeyError::NoKeys),
            _ => Err(KeyError::Several),
        }
    }

    /// The usable keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.entries
            .iter()
            .filter_map(|entry| entry.key.as_ref().ok())
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none: never so for a set that could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a `kid` decides: in a set it must be there, a single key is used whatever its id.
    #[must_use]
    pub const fn is_set(&self) -> bool {
        self.is_set
    }

    /// The key at a place.
    ///
    /// # Errors
    /// Why the key there is unusable.
    pub fn at(&self, place: usize) -> Result<&Key, &KeyError> {
        self.entries[place].key.as_ref()
    }

    /// Which keys a token with this `kid` and algorithm is to be tried with.
    ///
    /// # Errors
    /// [`KeyError`] when the set has none, or several under the one id.
    pub fn choose(
        &self,
        id: Option<&str>,
        algorithm: Algorithm,
        allow_weak: bool,
    ) -> Result<Chosen, KeyError> {
        if !self.is_set {
            self.at(0).map_err(Clone::clone)?;
            return Ok(Chosen::One(0));
        }
        match id {
            Some(id) => self.of_id(id),
            None => self.of_algorithm(algorithm, allow_weak),
        }
    }

    fn of_id(&self, id: &str) -> Result<Chosen, KeyError> {
        let named = |entry: &Entry| entry.id.as_deref() == Some(id);
        let place = self.entries.iter().position(named);
        let Some(place) = place else {
            return Err(KeyError::UnknownId);
        };
        if self.entries[place + 1..].iter().any(named) {
            return Err(KeyError::RepeatedId);
        }
        self.at(place).map_err(Clone::clone)?;
        Ok(Chosen::One(place))
    }

    fn of_algorithm(&self, algorithm: Algorithm, allow_weak: bool) -> Result<Chosen, KeyError> {
        let fits = |key: &Key| key.permits(algorithm, allow_weak).is_ok();
        let places = (0..self.entries.len()).filter(|&place| self.at(place).is_ok_and(fits));
        let places: Vec<_> = places.collect();
        match places[..] {
            // The only key there is: why it does not fit says more than that none does.
            [] if self.entries.len() == 1 => {
                self.at(0).map(|_| Chosen::One(0)).map_err(Clone::clone)
            }
            [] => Err(KeyError::NoneFits(algorithm)),
            [place] => Ok(Chosen::One(place)),
            _ => Ok(Chosen::AnyOf(places)),
        }
    }
}
