//! A small private file that several processes may alter: whole or not at all, one at a time.
//!
//! The new text goes to a file beside it, onto the disk, and takes the name in one step. Whoever
//! reads the name meanwhile finds the old text or the new one, never half of either, and nobody but
//! the owner finds anything.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// A file that nobody else alters for as long as this lives.
#[derive(Debug)]
pub(super) struct Held {
    place: PathBuf,
    /// The lock is on the file that has the name, and goes with it.
    _lock: File,
}

impl Held {
    /// Waits for its turn. The file and the directories above it are made if they are missing.
    pub fn take(path: &Path) -> io::Result<Self> {
        if let Some(directory) = path.parent() {
            make_directories(directory)?;
        }
        loop {
            let mut options = fs::OpenOptions::new();
            let lock = options.create(true).append(true).mode(0o600).open(path)?;
            lock.lock()?;
            // A link stays one: what it points to is replaced.
            let place = fs::canonicalize(path)?;
            // Whoever had the lock may have put another file in the place of the one we waited for.
            if is_same(&lock, &place)? {
                return Ok(Self { place, _lock: lock });
            }
        }
    }

    /// What is in it.
    pub fn read(&self) -> io::Result<String> {
        fs::read_to_string(&self.place)
    }

    /// Puts another text in its place, which survives a power cut. The turn ends with it, since the
    /// lock is on the file that is gone.
    pub fn replace(self, text: &str) -> io::Result<()> {
        let directory = self.place.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new()
            .prefix(".flags-")
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(directory)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.place)?;
        File::open(directory)?.sync_all()
    }
}

fn is_same(lock: &File, place: &Path) -> io::Result<bool> {
    let held = lock.metadata()?;
    match fs::metadata(place) {
        Ok(found) => Ok((held.dev(), held.ino()) == (found.dev(), found.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn make_directories(directory: &Path) -> io::Result<()> {
    if directory.is_dir() || directory.as_os_str().is_empty() {
        return Ok(());
    }
    let above = directory.parent();
    if let Some(above) = above {
        make_directories(above)?;
    }
    let mut options = fs::DirBuilder::new();
    options.recursive(true).mode(0o700).create(directory)?;
    settle(above)
}

/// Makes the names in a directory outlive a power cut.
fn settle(directory: Option<&Path>) -> io::Result<()> {
    let named = directory.filter(|directory| !directory.as_os_str().is_empty());
    named.map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_take_turns_and_the_file_stays_private() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a").join("b").join("numbers");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let held = Held::take(&path).unwrap();
                        let text = held.read().unwrap();
                        held.replace(&format!("{text}x")).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "x".repeat(80));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_stays_one() {
        let home = tempfile::tempdir().unwrap();
        let (path, link) = (home.path().join("file"), home.path().join("link"));
        fs::write(&path, "one").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        Held::take(&link).unwrap().replace("two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    }
}
