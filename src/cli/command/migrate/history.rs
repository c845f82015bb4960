//! The history on its way: batch after batch, each one transaction of the target.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::pace::Pace;
use crate::cli::interrupt::asks_to_end;
use crate::domain::catalog::Revision;
use crate::store::{Head, Piece, Replay, Snapshot, Store, StoreError};

/// A batch ends behind the write that exceeds one of these: what is moved is there to stay, so
/// whoever is interrupted loses no more than that.
const WRITES: u64 = 5000;
const BYTES: u64 = 16 << 20;
const TIME: Duration = Duration::from_secs(2);
/// In a write of more changes than these, its share is shown.
const LONG: i64 = 10_000;

/// How much was moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moved {
    pub(super) writes: u64,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// A migration under way.
pub(super) struct Way<'a> {
    pub(super) from: &'a dyn Store,
    pub(super) to: &'a dyn Store,
    pub(super) pace: &'a Pace<'a>,
    /// Where the target's history ends.
    pub(super) head: Head,
    pub(super) moved: Moved,
}

impl<'a> Way<'a> {
    /// Moves what the target lacks, until it has all that the source holds at one moment; gives
    /// the source at that moment.
    pub(super) fn catch_up(&mut self) -> Result<Box<dyn Snapshot + 'a>, StoreError> {
        loop {
            let snapshot = self.from.snapshot()?;
            let until = snapshot.revision()?;
            if self.head.revision < until {
                self.batch(&*snapshot, until)?;
            }
            if self.head.revision >= until {
                return Ok(snapshot);
            }
        }
    }

    fn batch(&mut self, snapshot: &dyn Snapshot, until: Revision) -> Result<(), StoreError> {
        let mut batch = Batch {
            snapshot,
            until,
            pace: self.pace,
            before: self.moved.rows,
            begun: Instant::now(),
            revision: self.head.revision,
            begun_with: 0,
            long: None,
            moved: Moved::default(),
        };
        let after = self.head.revision;
        let head = self.to.replay(&self.head, &mut |replay| {
            let mut failed = None;
            snapshot.retell(after, &mut |piece| match batch.take(&piece, replay) {
                Ok(flow) => flow,
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            })?;
            failed.map_or(Ok(()), Err)
        })?;
        let Moved {
            writes,
            rows,
            bytes,
        } = batch.moved;
        self.head = head;
        self.moved.writes += writes;
        self.moved.rows += rows;
        self.moved.bytes += bytes;
        match writes {
            // Whoever tells fewer writes than there are would be asked for ever.
            0 => Err(StoreError::Strange(
                "the place that is read tells of fewer writes than it says it has".to_owned(),
            )),
            _ => Ok(()),
        }
    }
}

/// Writes that become one transaction of the target.
struct Batch<'b> {
    snapshot: &'b dyn Snapshot,
    until: Revision,
    pace: &'b Pace<'b>,
    /// How many changes were moved before, give or take some.
    before: u64,
    begun: Instant,
    /// The last write that is whole.
    revision: Revision,
    /// How many changes were moved before the write under way.
    begun_with: u64,
    /// How many changes the write under way has, if these are many.
    long: Option<u64>,
    moved: Moved,
}

impl Batch<'_> {
    fn take(
        &mut self,
        piece: &Piece,
        replay: &mut dyn Replay,
    ) -> Result<ControlFlow<()>, StoreError> {
        if asks_to_end() {
            return Err(StoreError::Interrupted);
        }
        if let Piece::Write(entry) = piece
            && entry.revision > self.until
        {
            return Ok(ControlFlow::Break(()));
        }
        replay.take(piece)?;
        self.count(piece)?;
        Ok(match piece {
            Piece::Sealed(_) if self.is_full() => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        })
    }

    fn count(&mut self, piece: &Piece) -> Result<(), StoreError> {
        let mut share = (0, 1);
        match piece {
            Piece::Row { position, body } => {
                // A row may hold thousands, the last of which are counted with the next row.
                self.moved.rows = self.begun_with + position.unsigned_abs() + 1;
                self.moved.bytes += body.len() as u64;
                if *position > LONG {
                    let of = match self.long {
                        Some(of) => of,
                        None => self.snapshot.change_count(self.revision.next())?,
                    };
                    self.long = Some(of);
                    share = (position.unsigned_abs(), of);
                }
            }
            Piece::Sealed(_) => {
                self.moved.writes += 1;
                self.revision = self.revision.next();
                self.long = None;
            }
            Piece::Write(_) => self.begun_with = self.moved.rows,
            Piece::Record { .. } => {}
        }
        let rows = self.before + self.moved.rows;
        self.pace.at("revisions", self.revision.0, share, rows);
        Ok(())
    }

    fn is_full(&self) -> bool {
        let Moved { writes, bytes, .. } = self.moved;
        writes >= WRITES || bytes >= BYTES || self.begun.elapsed() >= TIME
    }
}
