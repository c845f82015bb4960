//! What takes long to be sent, watched on its way: a server that takes no more of it for a while is
//! as silent as one that does not answer. Once it has taken everything it may be at work for long.

use std::fs::File;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How far something has come on its way.
#[derive(Debug, Clone)]
pub(super) struct Progress(Arc<Mutex<Taken>>);

#[derive(Debug, Clone, Copy)]
enum Taken {
    /// Some of it, the last part at this moment.
    Until(Instant),
    /// All of it.
    Whole,
}

impl Progress {
    /// Nothing has been taken yet, as of now.
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Taken::Until(Instant::now()))))
    }

    /// The file, whose way is noted here.
    pub(super) fn of(&self, file: File) -> Watched {
        Watched {
            file,
            progress: self.clone(),
        }
    }

    /// For how much longer nothing may be taken, if the server may be silent for so long; `None`
    /// once everything was taken.
    pub(super) fn patience(&self, silence: Duration) -> Option<Duration> {
        let taken = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match taken {
            Taken::Until(last) => Some(silence.saturating_sub(last.elapsed())),
            Taken::Whole => None,
        }
    }

    fn note(&self, taken: Taken) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = taken;
    }
}

/// A file that is read as its parts are taken.
pub(super) struct Watched {
    file: File,
    progress: Progress,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.progress.note(match length {
            0 => Taken::Whole,
            _ => Taken::Until(Instant::now()),
        });
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn patience_begins_anew_with_each_part_and_ends_with_the_last() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"ab").unwrap();
        io::Seek::rewind(&mut file).unwrap();
        let progress = Progress::new();
        let mut watched = progress.of(file);
        let silence = Duration::from_millis(200);
        std::thread::sleep(silence);
        assert_eq!(progress.patience(silence), Some(Duration::ZERO));
        watched.read_exact(&mut [0]).unwrap();
        assert!(progress.patience(Duration::from_secs(60)) > Some(Duration::from_secs(30)));
        io::copy(&mut watched, &mut io::sink()).unwrap();
        assert_eq!(progress.patience(Duration::ZERO), None);
    }
}
