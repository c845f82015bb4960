//! What the tests of the SQLite store share.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use flags::domain::catalog::Revision;
use flags::domain::change::{Change, ChangeSet};
use flags::domain::feature::Feature;
use flags::domain::key::FeatureKey;
use flags::domain::subject::User;
use flags::domain::target::Id;
use flags::domain::value::Kind;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Scope, Snapshot, Store, StoreError, Written};

/// A directory of its own and the place of a store in it.
pub(crate) struct Home {
    /// Removed at the end.
    pub(crate) directory: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self { directory }
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.directory.path().join("flags.db")
    }
}

pub(crate) fn author() -> Author {
    Author {
        at: 1_763_787_600_000,
        actor: "tester".to_owned(),
        command: "test".to_owned(),
        reason: None,
    }
}

pub(crate) fn key(text: &str) -> FeatureKey {
    text.parse().unwrap()
}

pub(crate) fn id(text: &str) -> Id {
    text.parse().unwrap()
}

pub(crate) fn new_user(name: &str) -> Change {
    Change::User {
        id: id(name),
        before: None,
        after: Some(User::default()),
    }
}

pub(crate) fn new_feature(name: &str) -> Change {
    Change::Feature {
        key: key(name),
        before: None,
        after: Some(Feature::new(Kind::Boolean)),
    }
}

/// Writes these changes, whatever is there.
pub(crate) fn write(
    store: &dyn Store,
    changes: impl IntoIterator<Item = Change>,
) -> Result<Written, StoreError> {
    let changes = ChangeSet::new(changes);
    store.update(&author(), &mut |_| Ok(changes.clone()))
}

/// The identifiers of every user.
pub(crate) fn users(snapshot: &dyn Snapshot) -> Vec<String> {
    let mut names = Vec::new();
    let walked = snapshot.users(None, &mut |(id, _)| {
        names.push(id.to_string());
        ControlFlow::Continue(())
    });
    walked.unwrap();
    names
}

/// A store with one feature and one user, closed again.
pub(crate) fn seeded(path: &Path) {
    let store = SqliteStore::create(path).unwrap();
    write(&store, [new_feature("sso"), new_user("u1")]).unwrap();
}

/// Opens the store and reads all of what [`seeded`] put there.
pub(crate) fn read_seeded(path: &Path) -> Result<Revision, StoreError> {
    let store = SqliteStore::open(path)?;
    let snapshot = store.snapshot()?;
    let catalog = snapshot.catalog(Scope::All)?;
    assert!(catalog.features.contains_key(&key("sso")));
    assert!(users(&*snapshot).contains(&"u1".to_owned()));
    snapshot.revision()
}
