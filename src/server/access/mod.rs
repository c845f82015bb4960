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
mod standing;
mod ticket;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use guard::{Denied, Tell, guard, guard_imports};
pub(in crate::server) use key::random;
pub use key::{Key, KeyError, KeyName, NewKey, Scope, Secret, hash};
pub use standing::{Standing, Traces};

use super::pool::Stores;
use crate::store::{Kept, RecordKind, Store, StoreError};

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
    known: RwLock<Arc<Keys>>,
    rereading: Mutex<()>,
    /// Where everybody is let in, what the rate is counted in.
    anybody: Traces,
}

/// The keys by hash, and apart from them the clients by id.
#[derive(Default)]
struct Keys {
    by_hash: HashMap<String, Arc<Standing>>,
    clients: HashMap<String, Arc<Standing>>,
}

impl Keys {
    /// Every one of both.
    fn all(&self) -> impl Iterator<Item = &Arc<Standing>> {
        self.by_hash.values().chain(self.clients.values())
    }
}

impl Access {
    /// The keys of the store behind the pool.
    pub fn new(stores: Stores) -> Self {
        Self {
            stores,
            known: RwLock::default(),
            rereading: Mutex::default(),
            anybody: Traces::default(),
        }
    }

    /// The key with this hash, as it was when the keys were last read.
    pub fn find(&self, hash: &str) -> Option<Arc<Standing>> {
        self.keys().by_hash.get(hash).cloned()
    }

    /// The client with this id, likewise.
    pub fn client(&self, id: &str) -> Option<Arc<Standing>> {
        self.keys().clients.get(id).cloned()
    }

    /// Whether there is no key at all, and no client.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let keys = self.stores.lend(|store| read(store, &self.keys()))?;
        Ok(keys.by_hash.is_empty() && keys.clients.is_empty())
    }

    /// Reads the keys anew: before each request, where anybody wrote since ([`App::fresh`]).
    ///
    /// [`App::fresh`]: super::App::fresh
    ///
    /// # Errors
    ///
    /// Where the store cannot be read: then nobody is to be let in.
    pub fn reread(&self, store: &dyn Store) -> Result<(), StoreError> {
        // Of two at once the second has to see what the first made, or a use counted meanwhile is
        // counted on nothing.
        let _alone = self
            .rereading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::new(read(store, &self.keys())?);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Notes in the store which keys were used, where that is not noted yet.
    ///
    /// # Errors
    ///
    /// What keeps the store from being written.
    pub async fn note_uses(&self) -> Result<(), StoreError> {
        let keys = self.keys();
        let used = keys.all();
        let used = used.filter_map(|key| Some((key.name.clone(), key.to_note()?)));
        let used: Vec<(String, i64)> = used.collect();
        if used.is_empty() {
            return Ok(());
        }
        let note = move |store: &dyn Store| note(store, &used);
        self.stores.write(note).await
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn note(store: &dyn Store, used: &[(String, i64)]) -> Result<(), StoreError> {
    for (name, at) in used {
        store.amend(RecordKind::Key, name, &mut |body| {
            let key = body.and_then(|body| Key::read(name, body));
            match key {
                Some(mut key) if key.used < Some(*at) => {
                    key.used = Some(*at);
                    Kept::Now(key.write())
                }
                _ => Kept::AsItWas,
            }
        })?;
    }
    Ok(())
}

fn read(store: &dyn Store, before: &Keys) -> Result<Keys, StoreError> {
    let mut keys = Keys::default();
    for (name, body) in store.records(RecordKind::Key)? {
        // What cannot be read opens nothing.
        let Some(key) = Key::read(&name, &body) else {
            continue;
        };
        let stood = match &key.client {
            Some(id) => before.clients.get(id),
            None => before.by_hash.get(&key.hash),
        };
        let key = Arc::new(Standing::new(key, stood.map(|stood| &**stood)));
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
