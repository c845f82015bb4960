//! What the tests of the SQLite store share.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use flags::domain::catalog::Revision;
use flags::domain::change::{Change, ChangeSet};
use flags::domain::feature::Feature;
use flags::domain::key::FeatureKey;
use flags::domain::subject::User;
use flags::domain::target::Id;
use flags::domain::value::Kind;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Scope, Snapshot, Store, StoreError, Written};
use rustix::io::Errno;

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

    /// Where the store is to be.
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
        request: None,
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
pub(crate) fn users(snapshot: &dyn Snapshot) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    snapshot.users(None, &mut |(id, _)| {
        names.push(id.to_string());
        ControlFlow::Continue(())
    })?;
    Ok(names)
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
    assert!(users(&*snapshot)?.contains(&"u1".to_owned()));
    snapshot.revision()
}

/// The names in a directory, sorted.
pub(crate) fn listing(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Mounting takes root: whoever is not becomes root of a namespace of its own and runs the test
/// there. `true` where the caller is to go on itself.
pub(crate) fn may_mount(test: &str) -> bool {
    if is_root() {
        return true;
    }
    let myself = std::env::current_exe().unwrap();
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount"])
        .arg(myself)
        .args(["--exact", test, "--nocapture"])
        .output()
        .expect("this test mounts file systems: run it as root, or where `unshare` works");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "as root of a namespace of its own: {told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    false
}

/// A file system mounted on a directory.
pub(crate) struct Mounted(PathBuf);

impl Mounted {
    pub(crate) fn new(arguments: &[&str], at: &Path) -> Self {
        run(Command::new("mount").args(arguments).arg(at));
        Self(at.to_owned())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

pub(crate) fn run(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

/// Does something as one for whom permissions count: root is spared them. On Linux a thread can
/// become somebody else by itself.
pub(crate) fn as_ordinary_user<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            if is_root() {
                let nobody = rustix::process::Uid::from_raw(65534);
                match rustix::thread::set_thread_res_uid(nobody, nobody, nobody) {
                    // A namespace of one user's own knows nobody else; its root is that user.
                    Err(Errno::INVAL) => {}
                    became => became.unwrap(),
                }
            }
            work()
        });
        thread.join().unwrap()
    })
}
