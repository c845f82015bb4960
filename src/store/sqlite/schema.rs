//! The tables, and how a file says that it holds them.
//!
//! Every statement that opens a connection parses this text again, so it is terse: the reasons
//! are here.
//!
//! * Whatever is looked up by two parts (`"override"`, `membership`, `named`, …) lives in a
//!   `WITHOUT ROWID` table: one tree, sorted the way it is asked for. Features, plans and subjects
//!   have integer keys, so that such a row is two small integers and what it says.
//! * Definitions and audiences are JSON: they are small, read whole and never searched.
//! * `setting.next_list` numbers the lists of `named`; a number is never given out twice.
//! * `value` is empty for a boolean feature that is on. `kind` is 0 for a user, 1 for an
//!   organization: users come first in every walk.
//! * `revision.hash` chains each write to the one before, see [`chain`](crate::store::chain), and
//!   `setting.head` is the end of the chain: the latest revision and its hash. A row is there
//!   before its changes are, which refer to it, and gets its hash behind them.
//! * `record` is what is kept beside the project, see [`Records`](crate::store::Records).
//! * Foreign keys stand only where the referring side is indexed. A plan's subjects and a
//!   feature's overrides would cost a second walk over millions of rows, so the writer counts
//!   them itself before it deletes.

use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::fault::Fault;
use super::{chain, halt};
use crate::store::StoreError;

/// `application_id`: what tells a store of ours from another program's database ("FLAG").
pub(super) const APPLICATION: u32 = 0x464c_4147;

/// `user_version` of a store that this version of the program writes.
pub const FORMAT: i64 = 3;

/// The first form in which the writes are chained.
pub(super) const CHAINED: i64 = 2;

/// The first form in which there is something beside the project.
const RECORDS: i64 = 3;

/// The forms, each made from the one before.
fn forms() -> [M<'static>; FORMAT as usize] {
    [
        M::up(FIRST),
        M::up_with_hook(SECOND, chain::forge),
        M::up(THIRD),
    ]
}

const FIRST: &str = r#"
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE revision(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
 command TEXT NOT NULL, reason TEXT) STRICT;
CREATE TABLE change(revision INTEGER NOT NULL REFERENCES revision, position INTEGER NOT NULL,
 body TEXT NOT NULL, PRIMARY KEY(revision, position)) STRICT, WITHOUT ROWID;
CREATE TABLE feature(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
 audience TEXT NOT NULL, revision INTEGER NOT NULL, audience_revision INTEGER NOT NULL) STRICT;
CREATE TABLE plan(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
 revision INTEGER NOT NULL) STRICT;
CREATE TABLE plan_grant(plan_id INTEGER NOT NULL REFERENCES plan, feature_id INTEGER NOT NULL,
 value INTEGER, revision INTEGER NOT NULL, PRIMARY KEY(plan_id, feature_id)) STRICT, WITHOUT ROWID;
CREATE TABLE subject(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, label TEXT,
 plan_id INTEGER, UNIQUE(kind, name)) STRICT;
CREATE TABLE membership(user_id INTEGER NOT NULL REFERENCES subject,
 organization_id INTEGER NOT NULL REFERENCES subject,
 PRIMARY KEY(user_id, organization_id)) STRICT, WITHOUT ROWID;
CREATE INDEX member ON membership(organization_id);
CREATE TABLE subject_target(subject_id INTEGER NOT NULL REFERENCES subject, type TEXT NOT NULL,
 id TEXT NOT NULL, PRIMARY KEY(subject_id, type, id)) STRICT, WITHOUT ROWID;
CREATE TABLE "override"(subject_id INTEGER NOT NULL REFERENCES subject,
 feature_id INTEGER NOT NULL, granted INTEGER NOT NULL, value INTEGER, reason TEXT,
 starts INTEGER, expires INTEGER, revision INTEGER NOT NULL,
 PRIMARY KEY(subject_id, feature_id)) STRICT, WITHOUT ROWID;
CREATE TABLE named(type TEXT NOT NULL, id TEXT NOT NULL, list INTEGER NOT NULL,
 PRIMARY KEY(type, id, list)) STRICT, WITHOUT ROWID;
CREATE INDEX named_list ON named(list);
"#;

const SECOND: &str = "ALTER TABLE revision ADD COLUMN hash BLOB NOT NULL DEFAULT x'';";

const THIRD: &str = "CREATE TABLE record(kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, \
                     PRIMARY KEY(kind, name)) STRICT, WITHOUT ROWID;";

/// Brings the tables to [`FORMAT`] from whatever older form they have. Whoever else does the same
/// at once is waited for, and what it did is not done again.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let forms = forms();
    let migrations = Migrations::from_slice(&forms);
    match migrations.to_latest(connection) {
        Ok(()) => Ok(()),
        Err(_) if version(connection)? == FORMAT => Ok(()),
        Err(_) if halt::asked() => Err(StoreError::Interrupted.into()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err.into()),
        Err(rusqlite_migration::Error::Hook(what)) => Err(Fault::Damaged(what)),
        Err(other) => Err(Fault::Damaged(other.to_string())),
    }
}

/// Empty tables of an older form or the present one, in memory: what a store's are compared with.
pub(super) fn sample(format: i64) -> Result<Connection, Fault> {
    let mut connection = Connection::open_in_memory()?;
    let format = usize::try_from(format).unwrap_or_default();
    let forms = forms();
    let migrations = Migrations::from_slice(&forms);
    let made = migrations.to_version(&mut connection, format);
    made.map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(connection)
}

/// The form of the tables, from within whatever transaction is open.
pub(super) fn version(connection: &Connection) -> Result<i64, Fault> {
    let mut statement = connection.prepare("PRAGMA user_version")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Refuses to touch the tables of a later version.
pub(super) fn is_current(connection: &Connection) -> Result<bool, Fault> {
    match version(connection)? {
        found if found > FORMAT => Err(Fault::Newer(found)),
        found => Ok(found == FORMAT),
    }
}

/// Whether the writes are chained: not in an older store that could not be brought to today's form.
pub(super) fn is_chained(connection: &Connection) -> Result<bool, Fault> {
    Ok(version(connection)? >= CHAINED)
}

/// Whether there is a place for what is kept beside the project: as above.
pub(super) fn keeps_records(connection: &Connection) -> Result<bool, Fault> {
    Ok(version(connection)? >= RECORDS)
}

/// Reads something, whatever it is.
pub(super) fn probe(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("SELECT count(*) FROM setting", [], |_| Ok(()))
}
