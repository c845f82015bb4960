//! Who is calling, and what they may do.
//!
//! A caller shows a key: `Authorization: Bearer …` or `X-API-Key: …`. Of a key only a hash is kept,
//! as a record of the store, so a key that is revoked is refused from the next request on, at every
//! server of the store. Whatever cannot be told is refused: a key that is malformed, unknown,
//! revoked or expired opens nothing, and one of the wrong scope nothing but its scope.

mod guard;
mod key;
mod ticket;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

pub use guard::{Denied, Tell, guard};
pub use key::{Key, KeyError, NewKey, Scope, Secret, hash};

use super::pool::Stores;
use crate::store::{RecordKind, Store, StoreError};

/// Who is calling: what a guarded handler finds among the request's extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The key's name, which is the actor of what it writes.
    pub name: Arc<str>,
    /// What it may do.
    pub scopes: Arc<[Scope]>,
}

impl Caller {
    /// Whether the caller may do what the scope covers.
    pub fn may(&self, wanted: Scope) -> bool {
        self.scopes.iter().any(|scope| scope.covers(wanted))
    }
}

/// The keys of a store, kept in memory for as long as nobody writes there.
pub struct Access {
    stores: Stores,
    /// By their hashes.
    keys: RwLock<HashMap<String, Arc<Key>>>,
}

impl Access {
    /// The keys of the store behind the pool.
    pub fn new(stores: Stores) -> Self {
        Self {
            stores,
            keys: RwLock::default(),
        }
    }

    /// The key with this hash, as it was when the keys were last read.
    pub fn find(&self, hash: &str) -> Option<Arc<Key>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(hash).cloned()
    }

    /// Every key, as they were when they were last read.
    pub fn all(&self) -> Vec<Arc<Key>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.values().cloned().collect()
    }

    /// Reads the keys anew.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read: then nobody is to be let in.
    pub fn reread(&self, store: &dyn Store) -> Result<(), StoreError> {
        let read = read(store)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// Whether there is any key at all.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        self.stores.lend(|store| Ok(read(store)?.is_empty()))
    }
}

fn read(store: &dyn Store) -> Result<HashMap<String, Arc<Key>>, StoreError> {
    let records = store.records(RecordKind::Key)?;
    let keys = records.into_iter().filter_map(|(name, body)| {
        // What cannot be read opens nothing.
        let key = Key::read(&name, &body)?;
        Some((key.hash.clone(), Arc::new(key)))
    });
    Ok(keys.collect())
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access")
    }
}
