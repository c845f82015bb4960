//! What is kept beside the project, in its table.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::fault::Fault;
use super::schema;
use super::view::from_json;
use super::write::migrated;
use crate::domain::catalog::Revision;
use crate::store::{Amend, Author, Kept, RecordKind, StoreError};

const ONE: &str = "SELECT body FROM record WHERE kind = ?1 AND name = ?2";
const ALL: &str = "SELECT name, body FROM record WHERE kind = ?1 ORDER BY name";
const PUT: &str = "INSERT OR REPLACE INTO record(kind, name, body) VALUES(?1, ?2, ?3)";
const DROP: &str = "DELETE FROM record WHERE kind = ?1 AND name = ?2";

#[cfg(test)]
pub(super) const SEARCHES: &[&str] = &[ONE, ALL];

/// One record.
pub(super) fn one(
    connection: &Connection,
    kind: RecordKind,
    name: &str,
) -> Result<Option<String>, Fault> {
    if !schema::keeps_records(connection)? {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(ONE)?;
    let found = statement.query_row((kind.as_str(), name), |row| row.get(0));
    Ok(found.optional()?)
}

/// The records of a kind, with their names.
pub(super) fn all(
    connection: &Connection,
    kind: RecordKind,
) -> Result<Vec<(String, String)>, Fault> {
    if !schema::keeps_records(connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(ALL)?;
    let rows = statement.query_map([kind.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Alters a record.
pub(super) fn amend(
    connection: &mut Connection,
    kind: RecordKind,
    name: &str,
    amend: &mut Amend<'_>,
) -> Result<(), Fault> {
    migrated(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    schema::is_current(&transaction)?;
    let found = one(&transaction, kind, name)?;
    match amend(found.as_deref()) {
        Kept::AsItWas => return Ok(()),
        Kept::Now(body) => put(&transaction, kind, name, &body)?,
        Kept::Gone => drop_one(&transaction, kind, name)?,
    }
    Ok(transaction.commit()?)
}

/// Takes a record away, in whatever transaction is open.
pub(super) fn drop_one(connection: &Connection, kind: RecordKind, name: &str) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(DROP)?;
    statement.execute((kind.as_str(), name))?;
    Ok(())
}

/// Puts a record, in whatever transaction is open.
pub(super) fn put(
    connection: &Connection,
    kind: RecordKind,
    name: &str,
    body: &str,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(PUT)?;
    statement.execute((kind.as_str(), name, body))?;
    Ok(())
}

/// Refuses to carry out a request again.
pub(super) fn refuse_repeated(connection: &Connection, author: &Author) -> Result<(), Fault> {
    let Some(request) = &author.request else {
        return Ok(());
    };
    match one(connection, RecordKind::Request, request.name.as_str())? {
        None => Ok(()),
        Some(body) => Err(StoreError::Repeated(from_json(&body, "note of a request")?).into()),
    }
}

/// Notes that the author's request was carried out, in the transaction that does it.
pub(super) fn note_request(
    connection: &Connection,
    author: &Author,
    revision: Revision,
) -> Result<(), Fault> {
    let Some(request) = &author.request else {
        return Ok(());
    };
    let body = request.done(author.at, revision).write();
    put(
        connection,
        RecordKind::Request,
        request.name.as_str(),
        &body,
    )
}
