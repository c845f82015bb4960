//! Where rows and texts go: to stdout, rows as they come, or to a file that is made aside and
//! replaces what was there when it is whole.
//!
//! What the name stands for is there before or after, and never half: not where the disk is full,
//! and not where the command is interrupted.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Error, Result};

use crate::ui::{ShowError, Stream};

use super::context::Context;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::output_file::{Audience, Beside, as_it_is, unwritable};

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
    let failed = |error: io::Error| unwritable(path, &error);
    let Some(beside) = Beside::new(path, Audience::Owner).map_err(failed)? else {
        return into(&mut as_it_is(path).map_err(failed)?, path, write);
    };
    let mut aside = Aside::new(beside).map_err(failed)?;
    let written = into(&mut aside, path, write);
    if let Some(interrupted) = aside.interruption(path) {
        return Err(interrupted.into());
    }
    let done = written?;
    aside.beside.into_place().map_err(failed)?;
    Ok(done)
}

/// Has a text written to a file, in the place of what was there.
///
/// # Errors
///
/// Those of [`write_rows`].
pub fn write_text(path: &Path, text: &str, audience: Audience) -> Result<()> {
    write_text_after(path, text, audience, || Ok(()))
}

/// The same, if what has to be done first goes well. Before that all is written, and the name stands for
/// what it did.
///
/// # Errors
///
/// Those of [`write_rows`], and those of `first`.
pub fn write_text_after(
    path: &Path,
    text: &str,
    audience: Audience,
    first: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let failed = |error: io::Error| unwritable(path, &error);
    let Some(beside) = Beside::new(path, audience).map_err(failed)? else {
        first()?;
        let written = as_it_is(path).and_then(|mut file| file.write_all(text.as_bytes()));
        return Ok(written.map_err(failed)?);
    };
    let mut aside = Aside::new(beside).map_err(failed)?;
    let written = aside.write_all(text.as_bytes());
    if let Some(interrupted) = aside.interruption(path) {
        return Err(interrupted.into());
    }
    written.map_err(failed)?;
    first()?;
    Ok(aside.beside.into_place().map_err(failed)?)
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

/// A file that has not taken its name yet, and an ear for whoever ends the command first.
struct Aside {
    beside: Beside,
    interrupt: Interrupt,
}

impl Aside {
    fn new(beside: Beside) -> io::Result<Self> {
        let interrupt = Interrupt::listen()?;
        Ok(Self { beside, interrupt })
    }

    /// Why it ended early, if somebody wanted it to.
    fn interruption(&self, path: &Path) -> Option<Failure> {
        Some(Failure {
            exit: self.interrupt.asked()?,
            code: "interrupted",
            message: format!("interrupted; {} was not written", path.display()),
            hints: Vec::new(),
        })
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupt.asked().is_some() {
            return Err(io::Error::other("interrupted"));
        }
        self.beside.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beside.file().flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use signal_hook::consts::{SIGINT, SIGTERM};

    use super::*;
    use crate::cli::exit::Exit;

    #[test]
    fn who_is_told_to_end_leaves_the_file_as_it_was_and_nothing_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rows.csv");
        fs::write(&path, "before").unwrap();
        for (signal, exit) in [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)] {
            let mut aside = Aside {
                beside: Beside::new(&path, Audience::Owner).unwrap().unwrap(),
                interrupt: Interrupt::register().unwrap(),
            };
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
