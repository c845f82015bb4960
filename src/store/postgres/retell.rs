//! Handing the history over as it is kept, for a store that is to keep it so.

use std::ops::ControlFlow;

use super::chain::WRITES;
use super::datum::column;
use super::fault::Fault;
use super::history::{Size, entry};
use super::view::View;
use crate::domain::catalog::Revision;
use crate::store::chain::Digest;
use crate::store::rows::number;
use crate::store::{Piece, Visit};

const ROWS: &str = "SELECT position, body FROM change WHERE revision = $1 AND position > $2 \
     ORDER BY position LIMIT $3";

impl View<'_> {
    pub(super) fn walk_pieces(
        &self,
        mut after: Revision,
        visit: &mut Visit<'_, Piece>,
    ) -> Result<(), Fault> {
        loop {
            let writes = self.ask(WRITES, &[number(after).into()])?;
            if writes.is_empty() {
                return Ok(());
            }
            for row in &writes {
                let entry = entry(row)?;
                after = entry.revision;
                let hash: &[u8] = column(row, 5)?;
                let no_hash = |_| Fault::Damaged(format!("revision {after} has no hash"));
                let digest = Digest(hash.try_into().map_err(no_hash)?);
                let broken_off = visit(Piece::Write(entry)).is_break()
                    || self.walk_rows_of(after, visit)?.is_break()
                    || visit(Piece::Sealed(digest)).is_break();
                if broken_off {
                    return Ok(());
                }
            }
        }
    }

    fn walk_rows_of(
        &self,
        revision: Revision,
        visit: &mut Visit<'_, Piece>,
    ) -> Result<ControlFlow<()>, Fault> {
        let (mut after, mut size) = (-1, Size::new());
        loop {
            let values = [number(revision).into(), after.into(), size.get().into()];
            let rows = self.ask(ROWS, &values)?;
            let mut bytes = 0;
            for row in &rows {
                let body: &str = column(row, 1)?;
                bytes += body.len();
                after = column(row, 0)?;
                let (position, body) = (after, body.to_owned());
                if visit(Piece::Row { position, body }).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            if size.learn(rows.len(), bytes) {
                return Ok(ControlFlow::Continue(()));
            }
        }
    }
}
