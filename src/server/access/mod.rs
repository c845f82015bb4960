//! Who is calling, and what they may do.
//!
//! A caller shows a key: `Authorization: Bearer …` or `X-API-Key: …`. Of a key only a hash is kept,
//! as a record of the store, so a key that is revoked is refused from the next request on, at every
//! server of the store. Whatever cannot be told is refused: a key that is malformed, unknown,
//! revoked or expired opens nothing, and one of the wrong scope nothing but its scope. Where a
//! protocol has its clients show an id and a secret, both have to fit together.

mod client;
mod guard;
mod key;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use guard::{Denied, Tell, guard};
pub(in crate::server) use key::random;
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
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    pulse: Option<u64>,
    keys: Arc<Keys>,
}

/// The keys by hash, and apart from them the clients by id.
#[derive(Default)]
struct Keys {
    by_hash: HashMap<String, Arc<Key>>,
    clients: HashMap<String, Arc<Key>>,
}

impl Access {
    /// The keys of the store behind the pool.
    pub fn new(stores: Stores) -> Self {
        Self {
            stores,
            known: Mutex::default(),
        }
    }

    /// The key with this hash, as it is now.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read: then nobody is let in.
    pub fn find(&self, hash: &str) -> Result<Option<Arc<Key>>, StoreError> {
        Ok(self.keys()?.by_hash.get(hash).cloned())
    }

    /// The client with this id, as it is now.
    ///
    /// # Errors
    ///
    /// As with [`Access::find`].
    pub fn client(&self, id: &str) -> Result<Option<Arc<Key>>, StoreError> {
        Ok(self.keys()?.clients.get(id).cloned())
    }

    /// Whether there is no key at all, and no client.
    ///
    /// # Errors
    ///
    /// As with [`Access::find`].
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let keys = self.keys()?;
        Ok(keys.by_hash.is_empty() && keys.clients.is_empty())
    }

    fn keys(&self) -> Result<Arc<Keys>, StoreError> {
        self.stores.lend(|store| {
            // The number is asked for before the keys are: a write in between shows next time.
            let pulse = Some(store.pulse()?);
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.pulse != pulse {
                known.keys = Arc::new(read(store)?);
                known.pulse = pulse;
            }
            Ok(Arc::clone(&known.keys))
        })
    }
}

fn read(store: &dyn Store) -> Result<Keys, StoreError> {
    let mut keys = Keys::default();
    for (name, body) in store.records(RecordKind::Key)? {
        // What cannot be read opens nothing.
        let Some(key) = Key::read(&name, &body) else {
            continue;
        };
        let key = Arc::new(key);
        match &key.client {
            Some(id) => keys.clients.insert(id.clone(), Arc::clone(&key)),
            None => keys.by_hash.insert(key.hash.clone(), Arc::clone(&key)),
        };
    }
    Ok(keys)
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access")
    }
}
