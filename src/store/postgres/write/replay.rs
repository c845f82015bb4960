//! Past writes of another store, carried out and kept as they were told.
//!
//! The catalog is read once for all of them, and each change is checked as in a write of our own.

use std::cell::Cell;

use super::{SEAL, Write};
use crate::domain::catalog::Revision;
use crate::store::chain::{Digest, Head, Link, Signature};
use crate::store::postgres::attempt::{Again, Attempt};
use crate::store::postgres::datum::Datum;
use crate::store::postgres::fault::Fault;
use crate::store::postgres::foreseen::Matter;
use crate::store::postgres::view::View;
use crate::store::postgres::{PostgresStore, records};
use crate::store::replay::Course;
use crate::store::rows::number;
use crate::store::{Author, Entry, Piece, Relay, Replay, StoreError};

/// After so many changes the server is to look its tables over.
const MANY: u64 = 100_000;

/// Replays whole writes behind the one where the history has to end. What they come from cannot be
/// read twice, so it is begun again only as long as nothing was read.
pub(in crate::store::postgres) fn replay(
    store: &PostgresStore,
    after: &Head,
    relay: &mut Relay<'_>,
) -> Result<Head, Fault> {
    let (begun, changed) = (Cell::new(Again::Yes), Cell::new(0));
    let end = store.write(&begun, Matter::Project(None), &mut |view| {
        let head = view.read_head()?;
        if head != *after || view.read_revision()? != head.revision {
            return Err(StoreError::Moved.into());
        }
        let end = carried_out(view, head, &begun, &changed, relay)?;
        let made = (end != head).then_some(end.revision.0);
        Ok(Attempt::Ready(end, made))
    })?;
    if changed.get() > MANY {
        store.look_over();
    }
    Ok(end)
}

fn carried_out(
    view: &View<'_>,
    head: Head,
    begun: &Cell<Again>,
    changed: &Cell<u64>,
    relay: &mut Relay<'_>,
) -> Result<Head, Fault> {
    let nothing_yet = Author::default().entry(head.revision);
    let mut replayed = Replayed {
        write: Write::new(view, nothing_yet, &head)?,
        course: Course::behind(head),
        changed,
        met: None,
    };
    begun.set(Again::No);
    view.alter();
    let relayed = relay(&mut replayed);
    let Replayed {
        mut write,
        course,
        met,
        ..
    } = replayed;
    // What went wrong here, and not what it was told as on the way.
    if let Some(fault) = met {
        return Err(fault);
    }
    relayed?;
    let end = course.end()?;
    write.introduce_all()?;
    if write.catalog.next_list != write.first_list {
        write.put_setting("next_list", Some(write.catalog.next_list.to_string()))?;
    }
    if end != head {
        write.put_setting("head", Some(end.to_string()))?;
    }
    Ok(end)
}

struct Replayed<'v> {
    write: Write<'v>,
    course: Course,
    /// How many changes there were.
    changed: &'v Cell<u64>,
    /// What ended it.
    met: Option<Fault>,
}

impl Replayed<'_> {
    fn put(&mut self, piece: &Piece) -> Result<(), Fault> {
        match piece {
            Piece::Write(entry) => {
                self.course.begin(entry)?;
                self.write.begin_anew(entry)
            }
            Piece::Row { position, body } => {
                let changes = self.course.changes(body)?;
                self.write.look_ahead(&changes)?;
                for change in &changes {
                    self.write.view.look_up()?;
                    self.write.change(change)?;
                }
                let number = changes.len() as u64;
                self.changed.set(self.changed.get() + number);
                self.course.row(*position, body, number)?;
                self.write.put_row(*position, body.clone())
            }
            Piece::Sealed(digest) => {
                let head = self.course.seal(digest)?;
                self.write.seal_as(head.revision, digest)
            }
            Piece::Record { kind, name, body } => {
                let session = self.write.session()?;
                match body {
                    Some(body) => records::put(session, *kind, name, body.clone()),
                    None => records::drop_one(session, *kind, name),
                }
            }
        }
    }
}

impl Replay for Replayed<'_> {
    fn take(&mut self, piece: &Piece) -> Result<(), StoreError> {
        match self.put(piece) {
            Ok(()) => Ok(()),
            Err(Fault::Told(error)) => Err(error),
            Err(fault) => {
                self.met = Some(fault);
                Err(StoreError::GivenUp)
            }
        }
    }
}

impl Write<'_> {
    /// A write begins that was made elsewhere.
    fn begin_anew(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.revision = entry.revision;
        self.entry = entry.clone();
        // The hash is the course's to reckon.
        self.link = Link::new(&Digest::default(), &Signature::from(entry));
        self.sign()
    }

    /// It ends, and has this hash.
    fn seal_as(&mut self, revision: Revision, digest: &Digest) -> Result<(), Fault> {
        self.write_rows()?;
        let hash = Datum::Bytes(digest.0.to_vec().into());
        self.session()?
            .put(SEAL, vec![number(revision).into(), hash])
    }
}
