//! Files that commands write rows to: made aside, for their owner alone, and moved into place whole.
//!
//! What the name stands for is there before or after, and never half: not where the disk is full,
//! and not where the command is interrupted.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Error, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use tempfile::{Builder, NamedTempFile};

use crate::ui::{ShowError, Stream};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

/// Has rows written to stdout, or to a file that is named instead; `-` is stdout.
///
/// # Errors
///
/// What `write` meets; exit 2 where the file cannot be written, 130 or 143 where the command is
/// interrupted meanwhile. The file is then what it was.
pub fn write_rows<R>(
    context: &Context,
    output: Option<&Path>,
    write: impl FnOnce(&mut Stream<'_>) -> Result<R>,
) -> Result<R> {
    let Some(path) = output.filter(|path| *path != Path::new("-")) else {
        let mut stream = context.terminal.stream();
        let written = write(&mut stream).and_then(|done| Ok(stream.flush().map(|()| done)?));
        return written.map_err(shown);
    };
    if takes_bytes_as_they_come(path) {
        let mut file = File::options()
            .write(true)
            .open(path)
            .map_err(|error| unwritable(path, &error))?;
        return into(&mut file, path, write);
    }
    // A link stays one, and what it leads to is exchanged.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut aside = Aside::new(&place).map_err(|error| unwritable(path, &error))?;
    let written = into(&mut aside, path, write);
    if let Some(interrupted) = aside.interruption(path) {
        return Err(interrupted.into());
    }
    let done = written?;
    aside
        .move_into(&place)
        .map_err(|error| unwritable(path, &error))?;
    Ok(done)
}

fn into<R>(
    file: &mut dyn Write,
    path: &Path,
    write: impl FnOnce(&mut Stream<'_>) -> Result<R>,
) -> Result<R> {
    let mut stream = Stream::to_file(file);
    let written = write(&mut stream).and_then(|done| Ok(stream.flush().map(|()| done)?));
    written.map_err(|error| match error.downcast::<io::Error>() {
        Ok(error) => unwritable(path, &error).into(),
        Err(other) => other,
    })
}

/// Rows that stdout does not take: whose reader has left is not told of it.
fn shown(error: Error) -> Error {
    match error.downcast::<io::Error>() {
        Ok(error) => ShowError::Write(error).into(),
        Err(other) => other,
    }
}

/// Whether the name stands for something that must not be exchanged for a file, such as a pipe or
/// `/dev/null`.
fn takes_bytes_as_they_come(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| {
        let kind = about.file_type();
        kind.is_fifo() || kind.is_char_device() || kind.is_socket() || kind.is_block_device()
    })
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("cannot write {}: {error}", path.display());
    let failed = Failure::usage("unwritable_file", message);
    match error.kind() {
        io::ErrorKind::StorageFull => failed.hint("free some space and repeat the command"),
        io::ErrorKind::BrokenPipe => Failure {
            exit: Exit::Pipe,
            ..failed
        },
        _ => failed,
    }
}

/// A file that has no name of its own yet.
struct Aside {
    file: NamedTempFile,
    /// The signal that said to end, or zero.
    signal: Arc<AtomicUsize>,
}

impl Aside {
    fn new(place: &Path) -> io::Result<Self> {
        if place.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGHUP, SIGINT, SIGTERM] {
            let value = usize::try_from(number).unwrap_or_default();
            signal_hook::flag::register_usize(number, Arc::clone(&signal), value)?;
        }
        // 0600, whatever the umask.
        let file = Builder::new()
            .prefix(".flags-")
            .suffix(".part")
            .tempfile_in(directory(place))?;
        Ok(Self { file, signal })
    }

    /// Why it ended early, if somebody wanted it to.
    fn interruption(&self, path: &Path) -> Option<Failure> {
        let signal = i32::try_from(self.signal.load(Ordering::Relaxed)).ok()?;
        let exit = match signal {
            0 => return None,
            SIGINT => Exit::Interrupted,
            _ => Exit::Terminated,
        };
        Some(Failure {
            exit,
            code: "interrupted",
            message: format!("interrupted; {} was not written", path.display()),
            hints: Vec::new(),
        })
    }

    /// Gives it its name, so that it survives a power cut.
    fn move_into(self, place: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(place).map_err(|error| error.error)?;
        File::open(directory(place))?.sync_all()
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.signal.load(Ordering::Relaxed) != 0 {
            return Err(io::Error::other("interrupted"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn directory(path: &Path) -> PathBuf {
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    directory.unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_told_to_end_leaves_the_file_as_it_was_and_nothing_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rows.csv");
        fs::write(&path, "before").unwrap();
        for (signal, exit) in [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)] {
            let mut aside = Aside::new(&path).unwrap();
            aside.write_all(b"after").unwrap();
            assert!(aside.interruption(&path).is_none());
            signal_hook::low_level::raise(signal).unwrap();
            assert!(aside.write_all(b"more").is_err());
            assert_eq!(aside.interruption(&path).unwrap().exit, exit);
            drop(aside);
            assert_eq!(fs::read(&path).unwrap(), b"before");
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
        }
    }
}
