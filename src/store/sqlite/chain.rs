//! The chain of the history in its tables: where it ends, and how an older store gets it.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use rusqlite_migration::{HookError, HookResult};

use super::fault::Fault;
use super::history::number;
use super::schema;
use super::view::{View, parsed, revision};
use crate::domain::catalog::Revision;
use crate::store::chain::{Digest, Head, Link, Signature, Verification, Verifier};
use crate::store::{HistoryError, StoreError};

/// Gives a write its hash, once all of its changes are there.
pub(super) const SEAL: &str = "UPDATE revision SET hash = ?2 WHERE id = ?1";

const HEAD: &str = "SELECT value FROM setting WHERE name = 'head'";
const PUT_HEAD: &str = "INSERT OR REPLACE INTO setting(name, value) VALUES('head', ?1)";
const FIRST_BEHIND: &str = "SELECT id, at, actor, command, reason FROM revision \
                            WHERE id > ?1 ORDER BY id LIMIT 1";
const HASH: &str = "SELECT hash FROM revision WHERE id = ?1";
const WRITE: &str = "SELECT id, at, actor, command, reason, hash FROM revision WHERE id = ?1";
const WRITES: &str = "SELECT id, at, actor, command, reason, hash FROM revision ORDER BY id";
pub(super) const ROWS: &str =
    "SELECT position, body FROM change WHERE revision = ?1 ORDER BY position";

/// The first and the last number that changes belong to.
const OUTERMOST: [&str; 2] = [
    "SELECT min(revision) FROM change",
    "SELECT max(revision) FROM change",
];

/// The latest number that things are marked with, kind by kind.
const MARKS: [(&str, &str); 5] = [
    ("a feature", "SELECT max(revision) FROM feature"),
    ("an audience", "SELECT max(audience_revision) FROM feature"),
    ("a plan", "SELECT max(revision) FROM plan"),
    ("a grant", "SELECT max(revision) FROM plan_grant"),
    ("an override", "SELECT max(revision) FROM \"override\""),
];

impl View<'_> {
    /// The end of the chain.
    ///
    /// Where it was written down and not where the rows end: should some be gone, then what is
    /// written next does not fit behind those that are left.
    pub(super) fn read_head(&self) -> Result<Head, Fault> {
        match self.noted_head()? {
            Some(head) => Ok(parsed(&head, "note of the latest write")?),
            None if self.read_revision()? == Revision::UNKNOWN => Ok(Head::default()),
            None => Err(Fault::Damaged(
                "the end of its history is not marked".to_owned(),
            )),
        }
    }
}

impl View<'_> {
    pub(super) fn read_digest(&self, revision: Revision) -> Result<Option<Digest>, Fault> {
        self.is_chained()?;
        let mut statement = self.prepare_cached(HASH)?;
        let found = statement.query_row([number(revision)], |row| row.get(0));
        Ok(found.optional()?.map(Digest))
    }

    pub(super) fn read_is_intact(&self, revision: Revision) -> Result<bool, Fault> {
        if !schema::is_chained(self)? {
            return Ok(true);
        }
        let before = Revision(revision.0.saturating_sub(1));
        let before = match before {
            Revision::UNKNOWN => Some(Digest::default()),
            before => self.read_digest(before)?,
        };
        let mut statement = self.prepare(WRITE)?;
        let mut writes = statement.query([number(revision)])?;
        let (Some(before), Some(row)) = (before, writes.next()?) else {
            return Ok(false);
        };
        let mut link = Link::new(&before, &signature(row)?);
        feed(&mut link, self.prepare(ROWS)?.query([number(revision)])?)?;
        let kept = row.get_ref(5)?.as_bytes().map_err(rusqlite::Error::from)?;
        Ok(link.close().0 == kept)
    }

    /// Holds every write against its hash, and what is there besides against the writes.
    pub(super) fn verify_chain(&self, noted: Option<Digest>) -> Result<Verification, Fault> {
        self.is_chained()?;
        // A note of the end that cannot be read is as good as none.
        let end = match self.noted_head()? {
            Some(head) => head.parse().ok(),
            None => (self.read_revision()? == Revision::UNKNOWN).then(Head::default),
        };
        let mut verifier = Verifier::new(noted, end);
        self.verify_writes(&mut verifier)?;
        if verifier.fits() {
            verifier.ends();
            self.verify_rest(&mut verifier)?;
        }
        Ok(verifier.found())
    }

    fn verify_writes(&self, verifier: &mut Verifier) -> Result<(), Fault> {
        let mut changes = self.prepare(ROWS)?;
        let mut statement = self.prepare(WRITES)?;
        let mut writes = statement.query([])?;
        while let Some(row) = writes.next()? {
            let signature = signature(row)?;
            let ControlFlow::Continue(mut link) = verifier.next(&signature) else {
                break;
            };
            feed(&mut link, changes.query([signature.revision])?)?;
            if verifier
                .close(
                    link,
                    row.get_ref(5)?.as_bytes().map_err(rusqlite::Error::from)?,
                )
                .is_break()
            {
                break;
            }
        }
        Ok(())
    }

    /// What a write that is gone leaves behind: changes of its own, and its mark on what it set.
    fn verify_rest(&self, verifier: &mut Verifier) -> Result<(), Fault> {
        for statement in OUTERMOST {
            if let Some(revision) = self.prepare(statement)?.query_row([], |row| row.get(0))? {
                verifier.orphan(revision);
            }
        }
        for (what, statement) in MARKS {
            if let Some(revision) = self.prepare(statement)?.query_row([], |row| row.get(0))? {
                verifier.mark(what, revision);
            }
        }
        Ok(())
    }

    fn is_chained(&self) -> Result<(), Fault> {
        match schema::is_chained(self)? {
            true => Ok(()),
            false => Err(StoreError::from(HistoryError::Unchained).into()),
        }
    }

    fn noted_head(&self) -> Result<Option<String>, Fault> {
        let mut statement = self.prepare(HEAD)?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
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
