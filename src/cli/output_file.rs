//! A file that is written whole or not at all.
//!
//! The text goes to a file beside it, onto the disk, and takes the name in one step: whoever reads
//! the name meanwhile finds the old text or the new one. What is no ordinary file, such as a pipe,
//! is written to as it is.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::failure::Failure;

/// Who may read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The owner alone, since it is about people.
    Owner,
    /// Whoever the directory and the umask let; a file that is there keeps its own.
    Usual,
}

/// Writes the text to the file, in the place of what was there.
///
/// # Errors
///
/// Exit 2 where it cannot be written; what was there is there still.
pub fn write(path: &Path, text: &str, audience: Audience) -> Result<()> {
    let written = replace(path, text.as_bytes(), audience);
    Ok(written.map_err(|error| {
        let what = format!("{} cannot be written: {error}", path.display());
        Failure::usage("output", what)
    })?)
}

fn replace(path: &Path, bytes: &[u8], audience: Audience) -> io::Result<()> {
    // A link stays one: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let found = fs::metadata(&path).ok();
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        return fs::OpenOptions::new()
            .write(true)
            .open(&path)?
            .write_all(bytes);
    }
    let directory = match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory.to_owned(),
        _ => PathBuf::from("."),
    };
    let mode = match (audience, &found) {
        (Audience::Owner, _) => 0o600,
        (Audience::Usual, _) => 0o666,
    };
    let mut file = tempfile::Builder::new()
        .prefix(".flags-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(&directory)?;
    if let (Audience::Usual, Some(found)) = (audience, found) {
        let mode = found.permissions().mode() & 0o777;
        file.as_file()
            .set_permissions(Permissions::from_mode(mode))?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    File::open(&directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let told = write(&nowhere, "x", Audience::Usual)
            .unwrap_err()
            .to_string();
        assert!(told.contains("cannot be written"), "{told}");
    }
}
