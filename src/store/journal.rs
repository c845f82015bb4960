//! What was done of a write that is no transaction.
//!
//! Some servers take one change at a time. A write of several can then end in the middle: the
//! program is killed, the network goes. So the whole is written down before the first change is
//! sent, and each one after it was made; whoever asks for the same again goes on where it ended, and
//! nothing is sent twice because nobody remembered it.
//!
//! A journal is a file of our own user's: the write in its first line, and one line for each change
//! that was made. A line that is cut off was never written. It is gone when the write is done.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The form of the files. Another form is another version's, and goes on with nothing.
const FORM: u32 = 1;

/// A journal cannot be kept, so the write is not begun.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error(
        "what is done of the write cannot be written down in {}: {cause}; so no more is sent",
        path.display()
    )]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Somebody writes there just now.
    #[error(
        "another process is writing several changes to the same place; {} says which",
        .0.display()
    )]
    Busy(PathBuf),
}

/// A write of several changes, as it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Several {
    form: u32,
    /// Where the changes are sent, such as a server's address.
    pub place: String,
    /// Each change in words. No secret may be in them.
    pub steps: Vec<String>,
}

impl Several {
    /// The changes of a write to a place.
    pub fn new(place: impl Into<String>, steps: Vec<String>) -> Self {
        Self {
            form: FORM,
            place: place.into(),
            steps,
        }
    }
}

/// The journal of a write under way. As long as it is open nobody else writes by it.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    done: Vec<bool>,
}

impl Journal {
    /// Begins a write, or goes on with the one that was broken off, where it is of the very same
    /// changes to the same place. Any other is forgotten: what is there now has been looked at since.
    ///
    /// # Errors
    ///
    /// Where it cannot be written down, and where another process is at it.
    pub fn begin(path: &Path, several: &Several) -> Result<Self, JournalError> {
        let unusable = |cause| JournalError::Unusable {
            path: path.to_owned(),
            cause,
        };
        if let Some(directory) = path.parent() {
            let mut builder = DirBuilder::new();
            builder.recursive(true).mode(0o700);
            builder.create(directory).map_err(unusable)?;
        }
        let file = open(path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy(path.to_owned())),
            Err(TryLockError::Error(cause)) => return Err(unusable(cause)),
        }
        let mut journal = Self {
            path: path.to_owned(),
            file,
            done: vec![false; several.steps.len()],
        };
        match journal.read(several).map_err(unusable)? {
            true => Ok(journal),
            false => {
                journal.start(several).map_err(unusable)?;
                Ok(journal)
            }
        }
    }

    /// Whether a change was made before.
    pub fn is_done(&self, step: usize) -> bool {
        self.done.get(step).copied().unwrap_or(false)
    }

    /// How many were.
    pub fn count_done(&self) -> usize {
        self.done.iter().filter(|done| **done).count()
    }

    /// Notes that a change was made. On return it survives a power cut.
    ///
    /// # Errors
    ///
    /// Where it cannot be written down.
    pub fn note(&mut self, step: usize) -> Result<(), JournalError> {
        let written = writeln!(self.file, "{step}").and_then(|()| self.file.sync_data());
        written.map_err(|cause| JournalError::Unusable {
            path: self.path.clone(),
            cause,
        })?;
        if let Some(done) = self.done.get_mut(step) {
            *done = true;
        }
        Ok(())
    }

    /// All is made: the journal goes.
    ///
    /// # Errors
    ///
    /// Where it cannot go.
    pub fn close(self) -> Result<(), JournalError> {
        fs::remove_file(&self.path).map_err(|cause| JournalError::Unusable {
            path: self.path,
            cause,
        })
    }

    /// Reads what was done of this very write; `false` if the file tells of none or of another.
    fn read(&mut self, several: &Several) -> io::Result<bool> {
        let mut lines = BufReader::new(&self.file);
        let mut line = String::new();
        if let Err(error) = lines.read_line(&mut line) {
            return match error.kind() {
                ErrorKind::InvalidData => Ok(false),
                _ => Err(error),
            };
        }
        if serde_json::from_str::<Several>(&line).ok().as_ref() != Some(several) {
            return Ok(false);
        }
        for line in lines.lines() {
            let step = line.ok().and_then(|line| line.parse::<usize>().ok());
            if let Some(done) = step.and_then(|step| self.done.get_mut(step)) {
                *done = true;
            }
        }
        Ok(true)
    }

    fn start(&mut self, several: &Several) -> io::Result<()> {
        self.file.set_len(0)?;
        let mut line = serde_json::to_string(several)?;
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        self.file.sync_all()?;
        match self.path.parent() {
            Some(directory) => File::open(directory)?.sync_all(),
            None => Ok(()),
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn several(steps: &[&str]) -> Several {
        Several::new(
            "https://api.example",
            steps.iter().map(|step| (*step).to_owned()).collect(),
        )
    }

    #[test]
    fn the_same_write_goes_on_where_it_ended_and_another_begins_anew() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state").join("journal");
        let write = several(&["enable a", "enable b", "enable c"]);
        let mut journal = Journal::begin(&path, &write).unwrap();
        journal.note(1).unwrap();
        drop(journal);
        let again = Journal::begin(&path, &write).unwrap();
        assert_eq!([0, 1, 2].map(|n| again.is_done(n)), [false, true, false]);
        drop(again);
        let elsewhere = Several {
            place: "https://other.example".to_owned(),
            ..write.clone()
        };
        for other in [several(&["enable a", "enable b"]), elsewhere] {
            let begun = Journal::begin(&path, &other).unwrap();
            assert_eq!(begun.count_done(), 0);
        }
        let journal = Journal::begin(&path, &write).unwrap();
        assert_eq!(journal.count_done(), 0, "forgotten for the others");
        journal.close().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn it_is_for_its_owner_alone_and_for_one_process_at_a_time() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state").join("journal");
        let write = several(&["enable a"]);
        let journal = Journal::begin(&path, &write).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        let second = Journal::begin(&path, &write);
        assert!(
            matches!(second, Err(JournalError::Busy(_))),
            "two writers at once"
        );
        drop(journal);
        assert!(Journal::begin(&path, &write).is_ok());
    }

    #[test]
    fn what_is_cut_off_or_nonsense_counts_as_not_done() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let write = several(&["enable a", "enable b"]);
        let mut journal = Journal::begin(&path, &write).unwrap();
        journal.note(0).unwrap();
        drop(journal);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}77\nx\n-1\n")).unwrap();
        let again = Journal::begin(&path, &write).unwrap();
        assert_eq!((again.is_done(0), again.is_done(1)), (true, false));
        drop(again);
        for nonsense in [&b"\xff\xfe"[..], b"{", b"", b"[]\n0\n1\n"] {
            fs::write(&path, nonsense).unwrap();
            let begun = Journal::begin(&path, &write).unwrap();
            assert_eq!(begun.count_done(), 0);
            drop(begun);
            fs::remove_file(&path).unwrap();
        }
    }
}
