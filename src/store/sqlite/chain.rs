//! The chain of the history in its tables: where it ends, and how an older store gets it.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use rusqlite_migration::{HookError, HookResult};

use super::definitions::text;
use super::fault::Fault;
use super::history::number;
use super::view::{View, parsed, revision};
use crate::domain::catalog::Revision;
use crate::store::chain::{Head, Link, Signature};

/// Gives a write its hash, once all of its changes are there.
pub(super) const SEAL: &str = "UPDATE revision SET hash = ?2 WHERE id = ?1";

const HEAD: &str = "SELECT value FROM setting WHERE name = 'head'";
const PUT_HEAD: &str = "INSERT OR REPLACE INTO setting(name, value) VALUES('head', ?1)";
const FIRST_BEHIND: &str = "SELECT id, at, actor, command, reason FROM revision \
                            WHERE id > ?1 ORDER BY id LIMIT 1";
const ROWS: &str = "SELECT position, body FROM change WHERE revision = ?1 ORDER BY position";

impl View<'_> {
    /// The end of the chain.
    ///
    /// Where it was written down and not where the rows end: should some be gone, then what is
    /// written next does not fit behind those that are left.
    pub(super) fn read_head(&self) -> Result<Head, Fault> {
        let mut statement = self.prepare(HEAD)?;
        let head = statement.query_row([], |row| {
            Ok(text(row, 0).and_then(|head| parsed(head, "head")))
        });
        match head.optional()?.transpose()? {
            Some(head) => Ok(head),
            None if self.read_revision()? == Revision::UNKNOWN => Ok(Head::default()),
            None => Err(Fault::Damaged(
                "the end of its history is not marked".to_owned(),
            )),
        }
    }
}

/// Chains the writes of a store that has none of this yet, one after another.
pub(super) fn forge(transaction: &Transaction<'_>) -> HookResult {
    let forged = chain_all(transaction);
    forged.map_err(|fault| match fault {
        Fault::Sql(error) => HookError::RusqliteError(error),
        Fault::Damaged(what) => HookError::Hook(what),
        other => HookError::Hook(format!("{other:?}")),
    })
}

fn chain_all(connection: &Connection) -> Result<(), Fault> {
    let mut first_behind = connection.prepare(FIRST_BEHIND)?;
    let mut rows = connection.prepare(ROWS)?;
    let mut seal = connection.prepare(SEAL)?;
    let mut head = Head::default();
    // Each is looked up anew: what a walk gives of a table that is written meanwhile is undefined.
    loop {
        let mut found = first_behind.query([number(head.revision)])?;
        let Some(row) = found.next()? else {
            break;
        };
        let signature = signature(row)?;
        let mut link = Link::new(&head.digest, &signature);
        feed(&mut link, rows.query([signature.revision])?)?;
        head = Head {
            revision: revision(signature.revision)?,
            digest: link.close(),
        };
        drop(found);
        seal.execute((number(head.revision), head.digest.0))?;
    }
    if head.revision > Revision::UNKNOWN {
        connection.execute(PUT_HEAD, [head.to_string()])?;
    }
    Ok(())
}

/// Who, when and why, as the row has it.
fn signature<'r>(row: &'r Row<'_>) -> Result<Signature<'r>, Fault> {
    let bytes = |column: usize| {
        row.get_ref(column)?
            .as_bytes()
            .map_err(rusqlite::Error::from)
    };
    Ok(Signature {
        revision: row.get(0)?,
        at: row.get(1)?,
        actor: bytes(2)?,
        command: bytes(3)?,
        reason: row
            .get_ref(4)?
            .as_bytes_or_null()
            .map_err(rusqlite::Error::from)?,
    })
}

/// Adds the rows of a write's changes, one at a time.
fn feed(link: &mut Link, mut rows: rusqlite::Rows<'_>) -> Result<(), Fault> {
    while let Some(row) = rows.next()? {
        let body = row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?;
        link.change(row.get(0)?, body);
    }
    Ok(())
}
