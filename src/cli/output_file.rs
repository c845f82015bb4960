//! A file that is written whole or not at all.
//!
//! The text goes to a file beside it, onto the disk, and takes the name in one step: whoever reads
//! the name meanwhile finds the old text or the new one. What is no ordinary file, such as a pipe,
//! is written to as it is.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// Who may read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The owner alone, since it is about people.
    Owner,
    /// Whoever the directory and the umask let; a file that is there keeps its own.
    Usual,
}

/// Says that a file cannot be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let what = format!("{} cannot be written: {error}", path.display());
    Failure::usage("output", what)
}

/// Opens what is no ordinary file.
pub fn as_it_is(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().write(true).open(path)
}

/// A file beside the one that it is to replace. It is gone if it never does.
#[derive(Debug)]
pub struct Beside {
    file: NamedTempFile,
    place: PathBuf,
}

impl Beside {
    /// Makes the file; nothing where the name is there and stands for no ordinary file.
    pub fn new(path: &Path, audience: Audience) -> io::Result<Option<Self>> {
        // A link stays one: what it points to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let found = fs::metadata(&place).ok();
        if found.as_ref().is_some_and(|found| !found.is_file()) {
            return Ok(None);
        }
        let mode = match audience {
            Audience::Owner => 0o600,
            Audience::Usual => 0o666,
        };
        let file = tempfile::Builder::new()
            .prefix(".flags-")
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(directory(&place))?;
        if let (Audience::Usual, Some(found)) = (audience, found) {
            let mode = found.permissions().mode() & 0o777;
            file.as_file()
                .set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(Some(Self { file, place }))
    }

    /// The file, to be written.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Takes the name; what was written survives a power cut.
    pub fn into_place(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.place)?;
        File::open(directory(&self.place))?.sync_all()
    }
}

fn directory(path: &Path) -> &Path {
    let directory = path.parent();
    let named = directory.filter(|directory| !directory.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn write(path: &Path, text: &str, audience: Audience) -> io::Result<()> {
        let mut beside = Beside::new(path, audience)?.unwrap();
        beside.file().write_all(text.as_bytes())?;
        beside.into_place()
    }

    #[test]
    fn the_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("catalog.yaml");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write(&path, "one", Audience::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        write(&path, "two", Audience::Usual).unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), mode(&path)),
            ("two".into(), 0o640)
        );
        write(&path, "three", Audience::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, "four", Audience::Usual).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "four");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2);
        let nowhere = directory.path().join("none").join("x");
        let error = write(&nowhere, "x", Audience::Usual).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
