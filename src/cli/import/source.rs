//! Where rows come from: a file, or stdin.
//!
//! Writing begins when all of the input is there: whoever produces it slowly keeps nobody from
//! the store meanwhile, and a producer that fails half-way has written nothing. A file is there
//! already; anything else goes through a temporary file first.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::path::Path;

use anyhow::Result;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::input::{is_stdin, unreadable};
use crate::cli::interrupt::Interrupt;
use crate::store::StoreError;

/// The input, all of it there.
pub struct Source {
    file: File,
    length: u64,
}

impl Source {
    /// Opens the file, or stdin for `-`, and waits for all of it.
    pub fn open(path: &Path, interrupt: &Interrupt) -> Result<Self> {
        let failed = |error: io::Error| unreadable(path, &error.to_string());
        if is_stdin(path) {
            return spooled(&mut io::stdin().lock(), interrupt, path);
        }
        let mut file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if about.is_dir() {
            return Err(unreadable(path, "this is a directory").into());
        }
        if !about.is_file() {
            return spooled(&mut file, interrupt, path);
        }
        let length = about.len();
        Ok(Self { file, length })
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from the start.
    pub fn bytes(&self) -> io::Result<impl Read + use<>> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

/// Puts the stream into a file that has no name and is gone with the process.
fn spooled(stream: &mut (impl Read + AsFd), interrupt: &Interrupt, path: &Path) -> Result<Source> {
    let mut file = tempfile::tempfile().map_err(|error| no_room(&error))?;
    let mut buffer = vec![0; 256 * 1024];
    let mut length = 0;
    loop {
        let read = match interrupt.read(stream, &mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(_) if interrupt.asked().is_some() => return Err(StoreError::Interrupted.into()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(path, &error.to_string()).into()),
        };
        file.write_all(&buffer[..read])
            .map_err(|error| no_room(&error))?;
        length += read as u64;
    }
    Ok(Source { file, length })
}

fn no_room(error: &io::Error) -> Failure {
    let directory = std::env::temp_dir();
    let message = format!(
        "the input cannot be kept in {} until it is complete: {error}; nothing was written",
        directory.display()
    );
    Failure {
        exit: Exit::Store,
        code: "temporary_file",
        message,
        hints: vec!["TMPDIR names another directory; a file is read without one".to_owned()],
    }
}
