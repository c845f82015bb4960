//! Copies of documents on disk, so that not every command asks the network.
//!
//! What lies here is believed without asking anybody, so it has to lie where nobody else can
//! write: in a directory and in files of our own user, closed to the writing of others. Whatever
//! is amiss with a copy (not ours, cut off, of another version) makes it as good as none. Without
//! a usable directory everything works, by asking the network each time, and [`CacheFault`] says
//! so.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_128;

use super::address::Address;
use super::closed;
use super::lifetime::{DEFAULT_SECONDS, MOST_SECONDS, Terms};

/// The form of the files. Another form is another version's, and as good as none.
const FORM: u32 = 1;
/// More than any copy can have: a megabyte of text, every character of it escaped, and the rest.
const MAX_BYTES: u64 = 8 << 20;
/// How many seconds have to pass between two refreshes of one document.
pub const SECONDS_BETWEEN_REFRESHES: i64 = 10;

/// Copies cannot be kept. A warning, and no error: everything else works.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "fetched documents cannot be kept in {}: {what}; they are fetched anew each time",
    directory.display()
)]
pub struct CacheFault {
    /// The directory.
    pub directory: PathBuf,
    /// What is amiss with it.
    pub what: String,
}

/// A copy of a document, and what is known about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    form: u32,
    /// What it is a copy of. Names of files are short, so two may share one.
    key: String,
    /// Where it came from.
    pub source: String,
    /// When it was fetched, or found to be unchanged.
    fetched_at: i64,
    /// How many seconds it holds from when it was made, and how old it was when it arrived.
    lifetime: u64,
    age: u64,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub text: String,
}

impl Kept {
    pub(super) fn new(key: &Key, source: &Address, text: String) -> Self {
        Self {
            form: FORM,
            key: key.0.clone(),
            source: source.as_str().to_owned(),
            fetched_at: 0,
            lifetime: DEFAULT_SECONDS,
            age: 0,
            etag: None,
            last_modified: None,
            text,
        }
    }

    /// Takes over what an answer says. Where it says nothing, what was known stays.
    pub(super) fn renew(&mut self, terms: Terms, now: Timestamp) {
        self.fetched_at = now.as_second();
        self.lifetime = terms.lifetime.unwrap_or(self.lifetime);
        self.age = terms.age;
    }

    pub(super) fn fetched_at(&self) -> Timestamp {
        Timestamp::from_second(self.fetched_at).unwrap_or(Timestamp::MIN)
    }

    /// Whether it still holds. A copy from the future holds for no time: a clock was wrong.
    pub(super) fn holds_at(&self, now: Timestamp) -> bool {
        let passed = now.as_second().saturating_sub(self.fetched_at);
        let left = self.lifetime.saturating_sub(self.age).min(MOST_SECONDS);
        u64::try_from(passed).is_ok_and(|passed| passed < left)
    }
}

/// What a copy is found by: the document's address, and by whose certificates it was believed.
pub(super) struct Key(String);

impl Key {
    pub(super) fn new(address: &Address, trust: &str) -> Self {
        // No URL has a space in it.
        Self(format!("{} {trust}", address.as_str()))
    }

    fn file(&self, kind: &str) -> String {
        format!("{:032x}.{kind}", xxh3_128(self.0.as_bytes()))
    }
}

/// The copies.
#[derive(Debug)]
pub(super) struct Cache {
    directory: Option<PathBuf>,
    fault: RefCell<Option<CacheFault>>,
    /// When this process fetched what, for when nothing can be written down.
    fetched: RefCell<HashMap<String, i64>>,
}

impl Cache {
    /// Copies in a directory, which is made when the first one is written; without one, none.
    pub(super) fn new(directory: Option<PathBuf>) -> Self {
        Self {
            directory,
            fault: RefCell::new(None),
            fetched: RefCell::default(),
        }
    }

    /// What was amiss, the first thing if there were several.
    pub(super) fn fault(&self) -> Option<CacheFault> {
        self.fault.borrow().clone()
    }

    /// The copy, if there is a good one.
    pub(super) fn load(&self, key: &Key) -> Option<Kept> {
        let directory = self.directory.as_deref()?;
        match closed::read(directory, &key.file("json"), MAX_BYTES) {
            Ok(text) => {
                let kept: Kept = serde_json::from_slice(&text).ok()?;
                (kept.form == FORM && kept.key == key.0).then_some(kept)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                self.amiss(directory, &error);
                None
            }
        }
    }

    /// Writes a copy, whole or not at all.
    pub(super) fn save(&self, key: &Key, kept: &Kept) {
        self.remember(key, kept.fetched_at);
        self.try_on_disk(|directory| {
            let text = serde_json::to_vec(kept)?;
            closed::put(directory, &key.file("json"), &text)
        });
    }

    /// Takes a copy away that may not be kept any more.
    pub(super) fn forget(&self, key: &Key, now: Timestamp) {
        self.remember(key, now.as_second());
        let Some(directory) = &self.directory else {
            return;
        };
        match fs::remove_file(directory.join(key.file("json"))) {
            Err(error) if error.kind() != ErrorKind::NotFound => self.amiss(directory, &error),
            _ => {}
        }
    }

    /// Asks to fetch a document out of turn, and notes that it was allowed: among all processes,
    /// one every [`SECONDS_BETWEEN_REFRESHES`].
    ///
    /// # Errors
    ///
    /// When it may be asked again.
    pub(super) fn claim(&self, key: &Key, now: Timestamp) -> Result<(), Timestamp> {
        let fetched = self.fetched.borrow().get(&key.0).copied();
        recent(fetched, now).map_or(Ok(()), Err)?;
        let stamped = self.try_on_disk(|directory| {
            let path = directory.join(key.file("asked"));
            stamp(&path, now)
        });
        if let Some(Some(again)) = stamped {
            return Err(again);
        }
        self.remember(key, now.as_second());
        Ok(())
    }

    fn remember(&self, key: &Key, at: i64) {
        self.fetched.borrow_mut().insert(key.0.clone(), at);
    }

    /// Does something in the directory; what goes wrong becomes the warning.
    fn try_on_disk<T>(&self, act: impl FnOnce(&Path) -> io::Result<T>) -> Option<T> {
        let directory = self.directory.as_deref()?;
        let done = closed::prepare(directory).and_then(|()| act(directory));
        done.map_err(|error| self.amiss(directory, &error)).ok()
    }

    fn amiss(&self, directory: &Path, error: &io::Error) {
        self.fault.borrow_mut().get_or_insert_with(|| CacheFault {
            directory: directory.to_owned(),
            what: error.to_string(),
        });
    }
}

/// When it may be asked again, if that is later than `now`. A moment in the future is a clock's
/// mistake and holds nobody up.
fn recent(last: Option<i64>, now: Timestamp) -> Option<Timestamp> {
    let last = last.filter(|&last| last <= now.as_second())?;
    let again = last.saturating_add(SECONDS_BETWEEN_REFRESHES);
    let again = Timestamp::from_second(again).ok()?;
    (again > now).then_some(again)
}

/// Writes `now` into the file if what it says is not recent; else tells when it will not be. Of
/// several processes at once one gets through, and the others need not wait for it.
fn stamp(path: &Path, now: Timestamp) -> io::Result<Option<Timestamp>> {
    let mut file = closed::opened(OpenOptions::new().create(true).write(true), path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(recent(Some(now.as_second()), now)),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let mut text = String::new();
    // What is no number says nothing.
    let read = (&mut file).take(32).read_to_string(&mut text);
    let last = read.ok().and_then(|_| text.trim().parse().ok());
    if let Some(again) = recent(last, now) {
        return Ok(Some(again));
    }
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(now.as_second().to_string().as_bytes())?;
    Ok(None)
}
