//! Who is known at a server, for long writes whose rows ask about one subject after the other.
//!
//! A few are asked for one by one. Behind that it is cheaper to fetch all of them once: they are
//! kept in a file that nobody else sees, and in memory only where in it each one is.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::target::Id;
use crate::store::StoreError;

/// So many are asked for one by one.
pub(super) const FEW: usize = 256;

/// The longest line, in bytes; subjects are far shorter.
const MAX_LINE: u64 = 64 << 20;

/// All subjects of one kind, by their identifiers.
#[derive(Debug)]
pub(super) struct Known {
    places: HashMap<u64, u64>,
    hasher: RandomState,
    file: BufReader<File>,
    line: Vec<u8>,
}

/// A subject as it stands in the file.
#[derive(Serialize, Deserialize)]
struct Kept<T>(Id, T);

impl Known {
    /// Keeps all subjects that `walk` visits.
    pub(super) fn of<T: Serialize>(
        walk: impl FnOnce(&mut dyn FnMut((Id, T)) -> ControlFlow<()>) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let mut file = BufWriter::new(tempfile::tempfile().map_err(unkept)?);
        let mut places = HashMap::new();
        let hasher = RandomState::new();
        let mut place = 0;
        let mut failed = None;
        walk(&mut |(id, subject)| {
            places.insert(hasher.hash_one(&id), place);
            match keep(&mut file, &Kept(id, subject)) {
                Ok(length) => {
                    place += length;
                    ControlFlow::Continue(())
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        let file = match failed {
            Some(error) => Err(error),
            None => file.into_inner().map_err(io::IntoInnerError::into_error),
        };
        Ok(Self {
            places,
            hasher,
            file: BufReader::new(file.map_err(unkept)?),
            line: Vec::new(),
        })
    }

    /// One subject; `Err(None)` where another has its place, so that it has to be asked for.
    pub(super) fn get<T: DeserializeOwned>(
        &mut self,
        id: &Id,
    ) -> Result<Option<T>, Option<StoreError>> {
        let Some(place) = self.places.get(&self.hasher.hash_one(id)) else {
            return Ok(None);
        };
        self.line.clear();
        let start = self.file.seek(SeekFrom::Start(*place));
        start.map_err(|error| Some(unkept(error)))?;
        let mut bounded = io::Read::take(&mut self.file, MAX_LINE);
        let read = bounded.read_until(b'\n', &mut self.line);
        read.map_err(|error| Some(unkept(error)))?;
        let kept: Kept<T> = serde_json::from_slice(&self.line)
            .map_err(|error| Some(unkept(io::Error::other(error))))?;
        match kept {
            Kept(found, subject) if found == *id => Ok(Some(subject)),
            _ => Err(None),
        }
    }
}

/// Writes a line, and tells its length.
fn keep(file: &mut impl Write, kept: &impl Serialize) -> io::Result<u64> {
    let mut line = serde_json::to_vec(kept)?;
    line.push(b'\n');
    file.write_all(&line)?;
    Ok(line.len() as u64)
}

/// There is no room for what has to be kept meanwhile.
pub(super) fn unkept(error: io::Error) -> StoreError {
    StoreError::Failed {
        path: std::env::temp_dir(),
        what: format!("what is to be sent cannot be kept until then: {error}"),
    }
}
