//! Handing the history over as it is kept, for a store that is to keep it so.

use std::ops::ControlFlow;

use super::chain::ROWS;
use super::definitions::text;
use super::fault::Fault;
use super::history::{entry, number};
use super::schema;
use super::view::View;
use crate::domain::catalog::Revision;
use crate::store::{Digest, HistoryError, Piece, StoreError, Visit};

const WRITES: &str = "SELECT id, at, actor, command, reason, hash FROM revision WHERE id > ?1 \
                      ORDER BY id";

#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[WRITES, ROWS];

impl View<'_> {
    pub(super) fn walk_pieces(
        &self,
        after: Revision,
        visit: &mut Visit<'_, Piece>,
    ) -> Result<(), Fault> {
        if !schema::is_chained(self)? {
            return Err(StoreError::from(HistoryError::Unchained).into());
        }
        let mut changes = self.prepare(ROWS)?;
        let mut statement = self.prepare(WRITES)?;
        let mut writes = statement.query([number(after)])?;
        while let Some(row) = writes.next()? {
            let entry = entry(row)?;
            let (revision, digest) = (entry.revision, Digest(row.get(5)?));
            if visit(Piece::Write(entry)).is_break() {
                break;
            }
            let mut rows = changes.query([number(revision)])?;
            while let Some(row) = rows.next()? {
                let (position, body) = (row.get(0)?, text(row, 1)?.to_owned());
                if visit(Piece::Row { position, body }).is_break() {
                    return Ok(());
                }
            }
            if visit(Piece::Sealed(digest)) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}
