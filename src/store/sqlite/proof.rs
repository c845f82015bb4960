//! Whether a file is a whole store of ours, looked at from end to end.
//!
//! Opening a store looks at its header alone, for speed. Before a copy counts as a backup, and
//! before a backup takes a store's place, everything is looked at: every page and index, and that
//! the tables are those that this program makes. A file from elsewhere may carry triggers or
//! views, which would run with every later write.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::fault::Fault;
use super::view::{View, natural, revision};
use super::{connect, schema};
use crate::domain::catalog::Revision;
use crate::store::chain::Digest;

/// What a whole store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Its last revision.
    pub revision: Revision,
    /// The hash of that, where the history is chained.
    pub head: Option<Digest>,
    /// The form of its tables.
    pub format: i64,
    /// Its size in bytes, without what is beside it.
    pub bytes: u64,
}

/// Proves a file that nobody else uses.
pub(super) fn prove_file(file: &Path) -> Result<Proven, Fault> {
    let connection = connect::open(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    prove(&connection)
}

/// Proves what a connection reads.
pub(super) fn prove(connection: &Connection) -> Result<Proven, Fault> {
    let application: i64 = pragma(connection, "application_id")?;
    if application != i64::from(schema::APPLICATION) {
        return Err(Fault::Damaged(
            "it says no longer that it is a store".to_owned(),
        ));
    }
    // Refuses a later version's.
    schema::is_current(connection)?;
    if let Some(first) = faults(connection, true, 1)?.into_iter().next() {
        return Err(Fault::Damaged(first));
    }
    if let Some(strange) = strange_part(connection)? {
        return Err(Fault::Damaged(strange));
    }
    let pages: i64 = pragma(connection, "page_count")?;
    let page: i64 = pragma(connection, "page_size")?;
    Ok(Proven {
        revision: last_revision(connection)?,
        head: head(connection)?,
        format: schema::version(connection)?,
        bytes: natural(pages.saturating_mul(page))?,
    })
}

/// What SQLite finds wrong with the file, so many at most; `whole` compares every index, too.
pub(super) fn faults(
    connection: &Connection,
    whole: bool,
    limit: usize,
) -> Result<Vec<String>, Fault> {
    let check = if whole { "integrity" } else { "quick" };
    let mut statement = connection.prepare(&format!("PRAGMA {check}_check({limit})"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    found.retain(|line| line != "ok");
    Ok(found)
}

/// A table, index, trigger or view that is not as this program makes it, or is missing.
pub(super) fn strange_part(connection: &Connection) -> Result<Option<String>, Fault> {
    let found = parts(connection)?;
    let expected = parts(&schema::sample(schema::version(connection)?)?)?;
    let strange = found.difference(&expected).map(|(kind, name, _)| {
        let altered = expected.iter().any(|part| part.1 == *name);
        let what = if altered { "is altered" } else { "is not ours" };
        format!("the {kind} {name:?} {what}")
    });
    let lacking = |name: &String| found.iter().all(|part| part.1 != *name);
    let missing = expected.difference(&found);
    let missing = missing.filter(|(_, name, _)| lacking(name));
    let missing = missing.map(|(kind, name, _)| format!("the {kind} {name:?} is missing"));
    Ok(strange.chain(missing).next())
}

type Part = (String, String, Option<String>);

fn parts(connection: &Connection) -> Result<BTreeSet<Part>, Fault> {
    // What SQLite makes for itself, such as the notes of an ANALYZE, is nobody's doing.
    let sql =
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The last revision, whatever the form of the tables.
pub(super) fn last_revision(connection: &Connection) -> Result<Revision, Fault> {
    let sql = "SELECT coalesce(max(id), 0) FROM revision";
    let last: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(revision(last)?)
}

/// The end of the chain of writes, which older forms do not have.
fn head(connection: &Connection) -> Result<Option<Digest>, Fault> {
    if !schema::is_chained(connection)? {
        return Ok(None);
    }
    let head = View::on_write(connection, Path::new("")).read_head()?;
    Ok(Some(head.digest))
}

/// A number that SQLite keeps about the file.
pub(super) fn pragma<T: rusqlite::types::FromSql>(
    connection: &Connection,
    name: &str,
) -> Result<T, Fault> {
    Ok(connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
}
