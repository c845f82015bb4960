//! Past writes of another store: kept in a file as they are told, and sent from there.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::HttpStore;
use super::known::unkept;
use super::load::LONG;
use crate::remote::api::{Call, Method};
use crate::store::{Head, Piece, Relay, Replay, Snapshot, StoreError};

/// Sends what is told, and has all of it written or nothing.
pub(super) fn replay(
    store: &HttpStore,
    after: &Head,
    relay: &mut Relay<'_>,
) -> Result<Head, StoreError> {
    let mut spool = Spool {
        store,
        file: BufWriter::new(tempfile::tempfile().map_err(unkept)?),
        end: *after,
    };
    relay(&mut spool)?;
    store.is_over()?;
    let end = spool.end;
    let file = spool
        .file
        .into_inner()
        .map_err(|error| unkept(error.into_error()))?;
    let call = Call::write(Method::POST, &["v1", "store", "replay"])
        .query("revision", after.revision.to_string())
        .query("digest", after.digest.to_string())
        .file("application/x-ndjson", Arc::new(file))
        .within(LONG);
    let mut head = None;
    let sent = store.lines(&call, |told: Head| {
        head = Some(told);
        ControlFlow::Continue(())
    });
    match (sent, head) {
        (Ok(_), Some(head)) => Ok(head),
        (Ok(_), None) => Err(StoreError::Moved),
        // What was sent once more may have been written the first time.
        (Err(StoreError::Moved), _) if store.has(&end)? => Ok(end),
        (Err(error), _) => Err(error),
    }
}

impl HttpStore {
    fn has(&self, head: &Head) -> Result<bool, StoreError> {
        let there = super::Far::new(self).digest(head.revision)?;
        Ok(there == Some(head.digest))
    }
}

struct Spool<'s> {
    store: &'s HttpStore,
    file: BufWriter<File>,
    /// Where the history ends behind what was told so far.
    end: Head,
}

impl Replay for Spool<'_> {
    fn take(&mut self, piece: &Piece) -> Result<(), StoreError> {
        match piece {
            Piece::Write(entry) => {
                self.store.is_over()?;
                self.end.revision = entry.revision;
            }
            Piece::Sealed(digest) => self.end.digest = *digest,
            Piece::Row { .. } | Piece::Record { .. } => {}
        }
        let mut line = serde_json::to_vec(piece).map_err(|error| unkept(error.into()))?;
        line.push(b'\n');
        self.file.write_all(&line).map_err(unkept)
    }
}
