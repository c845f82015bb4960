//! Key files: read with a word about who else can read them, and written for nobody else.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use super::source::bounded;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::token::Family;
use crate::token::keys::{self, Key, KeyError, KeySet, MAX_KEY_BYTES, SecretEncoding};

/// How a shared secret is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// The file's bytes
    Raw,
    /// Base64 of either alphabet
    Base64,
    /// Hexadecimal
    Hex,
}

/// Reads a key or a set.
///
/// # Errors
/// Exit 2 when the file cannot be read. What is in it is judged apart.
pub fn read(path: &Path, encoding: Encoding) -> Result<Result<KeySet, KeyError>> {
    let bytes = zeroize::Zeroizing::new(bounded(path, MAX_KEY_BYTES as u64 + 1)?);
    Ok(match encoding {
        Encoding::Raw => keys::read(&bytes),
        Encoding::Base64 => keys::secret(&bytes, SecretEncoding::Base64).map(KeySet::single),
        Encoding::Hex => keys::secret(&bytes, SecretEncoding::Hex).map(KeySet::single),
    })
}

/// Reads the one key of a file, to sign with; warns when others can read it too.
///
/// # Errors
/// Exit 2 when it cannot be read or used.
pub fn read_one(context: &Context, path: &Path, encoding: Encoding) -> Result<Key> {
    let set = read(path, encoding)?.map_err(|error| unusable(path, &error))?;
    let key = set.into_only().map_err(|error| unusable(path, &error))?;
    let shared = fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0);
    if shared && (key.is_private() || key.family() == Family::Secret) {
        let message = format!(
            "others can read {}: `chmod 600` keeps a key that signs to its owner",
            path.display()
        );
        context.warn(&message)?;
    }
    Ok(key)
}

/// A key that cannot be used for what was asked.
pub fn unusable(path: &Path, error: &KeyError) -> Failure {
    Failure::usage("key", format!("{}: {error}", path.display()))
}

/// Writes a new file that only its owner can read, whatever the umask; it survives a power cut.
///
/// # Errors
/// Exit 3 when there is a file already: a key that was in use would be gone for good.
pub fn write_new(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::refused(
            "file_exists",
            format!("{} is there already, and stays as it is", path.display()),
        )
        .hint("name another file, or take this one away first"),
        _ => Failure {
            exit: Exit::Usage,
            ..Failure::usage("unwritable_file", format!("{}: {error}", path.display()))
        },
    };
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = opened.map_err(failed)?;
    let written = file
        .set_permissions(fs::Permissions::from_mode(0o600))
        .and_then(|()| file.write_all(text.as_bytes()))
        .and_then(|()| file.sync_all())
        .and_then(|()| sync_directory(path));
    if let Err(error) = written {
        // Half a key is none, and would be in the way of the next attempt.
        let removed = fs::remove_file(path);
        drop(removed);
        return Err(failed(error).into());
    }
    Ok(())
}

fn sync_directory(path: &Path) -> std::io::Result<()> {
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}
