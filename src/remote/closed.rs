//! Files that nobody else can alter, in a directory in which nobody else can put one.
//!
//! What lies in them is believed later without asking anybody. So whatever is not our own user's, or
//! can be written by others, is as good as not there: an error that says so.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// Reads a file of the directory, up to so many bytes.
///
/// # Errors
///
/// Those of the system, and where others could have written it.
pub fn read(directory: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let file = opened(&mut OpenOptions::new(), &directory.join(name))?;
    check(&directory.metadata()?, "the directory")?;
    let mut text = Vec::new();
    file.take(most).read_to_end(&mut text)?;
    Ok(text)
}

/// Writes a file of the directory with mode 0600, whole or not at all. It may be lost in a power cut:
/// what lies here can be had again.
///
/// # Errors
///
/// Those of the system.
pub fn put(directory: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix(".new-")
        .tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.persist(directory.join(name))?;
    Ok(())
}

/// Opens a file of ours for reading, and for what else `options` say. Neither a link nor a pipe
/// that somebody left there leads anywhere.
pub(super) fn opened(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let never = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = i32::try_from(never.bits()).map_err(io::Error::other)?;
    let options = options.read(true).mode(0o600).custom_flags(flags);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    check(&metadata, "a file in it")?;
    match metadata.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("a file in it is none")),
    }
}

/// Makes the directory if it is missing, and looks at who may write in it.
///
/// # Errors
///
/// Those of the system, and where others may write there.
pub fn prepare(directory: &Path) -> io::Result<()> {
    if !directory.is_dir() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)?;
    }
    check(&directory.metadata()?, "the directory")
}

/// Whether what has these metadata is ours, and nobody else may write there.
fn check(metadata: &Metadata, what: &str) -> io::Result<()> {
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::other(format!("{what} belongs to another user")));
    }
    if metadata.mode() & 0o022 != 0 {
        return Err(io::Error::other(format!("others may write to {what}")));
    }
    Ok(())
}
