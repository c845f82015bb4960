//! Past writes of another store, carried out and kept as they were told.
//!
//! The catalog is read once for all of them, and each change is checked as in a write of our own.

use std::path::Path;
use std::rc::Rc;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Write, migrated};
use crate::store::replay::Course;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::view::View;
use crate::store::sqlite::{halt, records, schema};
use crate::store::{Author, Head, Piece, Relay, Replay, StoreError};

/// Replays whole writes behind the one where the history has to end.
pub(in crate::store::sqlite) fn replay(
    connection: &mut Connection,
    path: &Path,
    after: &Head,
    relay: &mut Relay<'_>,
) -> Result<Head, Fault> {
    migrated(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    schema::is_current(&transaction)?;
    let view = View::on_write(&transaction, path);
    let end = carried_out(view, path, after, relay)?;
    halt::look_up()?;
    transaction.commit()?;
    Ok(end)
}

fn carried_out(
    view: View<'_>,
    path: &Path,
    after: &Head,
    relay: &mut Relay<'_>,
) -> Result<Head, Fault> {
    let head = view.read_head()?;
    if head != *after || view.read_revision()? != head.revision {
        return Err(StoreError::Moved.into());
    }
    let nothing_yet = Author::default().entry(head.revision);
    let mut replayed = Replayed {
        write: Write::new(Rc::new(view), nothing_yet, &head)?,
        course: Course::behind(head),
        path,
    };
    relay(&mut replayed)?;
    let Replayed { write, course, .. } = replayed;
    let end = course.end()?;
    write.put_next_list()?;
    if end != head {
        write.put_head(&end)?;
    }
    Ok(end)
}

struct Replayed<'t> {
    write: Write<'t>,
    course: Course,
    path: &'t Path,
}

impl Replayed<'_> {
    fn put(&mut self, piece: &Piece) -> Result<(), Fault> {
        match piece {
            Piece::Write(entry) => {
                self.course.begin(entry)?;
                self.write.revision = entry.revision;
                self.write.entry = entry.clone();
                self.write.sign()
            }
            Piece::Row { position, body } => {
                let changes = self.course.changes(body)?;
                for change in &changes {
                    halt::look_up()?;
                    self.write.change(change)?;
                }
                self.course.row(*position, body, changes.len() as u64)?;
                self.write.put_row(*position, body)
            }
            Piece::Sealed(digest) => {
                self.course.seal(digest)?;
                self.write.put_hash(digest)
            }
            Piece::Record { kind, name, body } => match body {
                Some(body) => records::put(&self.write.view, *kind, name, body),
                None => records::drop_one(&self.write.view, *kind, name),
            },
        }
    }
}

impl Replay for Replayed<'_> {
    fn take(&mut self, piece: &Piece) -> Result<(), StoreError> {
        let put = self.put(piece);
        put.map_err(|fault| fault.writing(self.path))
    }
}
