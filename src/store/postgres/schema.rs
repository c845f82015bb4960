//! The tables, and how a schema says that it holds them.
//!
//! They are those of the store `sqlite`, under the same names and in the same form, so that what is
//! said of them there holds here. What differs:
//!
//! * `state` is one row: whose tables these are, their form, and a count of the writes. Whoever
//!   writes locks it first, and so writers stand in line; who only reads never waits for it.
//! * `mark` names the writes of the last hour, each by what its writer made up for it. Whoever lost
//!   the answer to a commit finds out here whether it took place.
//! * Texts compare by their bytes (`COLLATE "C"`), as the domain does.
//! * Numbers of rows are given out by the writer, who is alone, and not by sequences: they are then
//!   the same as SQLite's, and so is the order in which a write is remembered and hashed.
//! * There are no foreign keys: each row would be looked up by itself once more, which costs more
//!   than writing it. The writer has looked.
//!
//! A form is a few statements and has the number of SQLite's, which decides who may touch the
//! tables; a library for migrations would bring a table of its own for that, and a dozen crates. The
//! first two forms were history when this store was made, so it begins with the third.

use super::PostgresStore;
use super::connect::Need;
use super::datum::column;
use super::fault::Fault;
use super::place::Place;
use super::session::Session;
use super::setup::{Engine, quoted};
use crate::store::StoreError;
use crate::store::chain::Head;
use crate::store::postgres::DatabaseError;
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;

/// The form of the tables that this version of the program writes; numbered as SQLite's are.
pub const FORMAT: i64 = 3;

/// What tells our tables from another program's.
const APPLICATION: &str = "flags";

/// The forms from the third on, each made from the one before.
const FORMS: [(i64, &str); 1] = [(3, THIRD)];

const THIRD: &str = r#"
CREATE TABLE state(one INT8 PRIMARY KEY, application TEXT NOT NULL, format INT8 NOT NULL,
 pulse INT8 NOT NULL);
CREATE TABLE mark(name TEXT PRIMARY KEY, at INT8 NOT NULL);
CREATE INDEX mark_at ON mark(at);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE revision(id INT8 PRIMARY KEY, at INT8 NOT NULL, actor TEXT NOT NULL,
 command TEXT NOT NULL, reason TEXT, hash BYTEA NOT NULL);
CREATE TABLE change(revision INT8 NOT NULL, position INT8 NOT NULL, body TEXT NOT NULL,
 PRIMARY KEY(revision, position));
CREATE TABLE feature(id INT8 PRIMARY KEY, key TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
 audience TEXT NOT NULL, revision INT8 NOT NULL, audience_revision INT8 NOT NULL);
CREATE TABLE plan(id INT8 PRIMARY KEY, key TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
 revision INT8 NOT NULL);
CREATE TABLE plan_grant(plan_id INT8 NOT NULL, feature_id INT8 NOT NULL, value INT8,
 revision INT8 NOT NULL, PRIMARY KEY(plan_id, feature_id));
CREATE TABLE subject(id INT8 PRIMARY KEY, kind INT8 NOT NULL, name TEXT NOT NULL, label TEXT,
 plan_id INT8, UNIQUE(kind, name));
CREATE TABLE membership(user_id INT8 NOT NULL, organization_id INT8 NOT NULL,
 PRIMARY KEY(user_id, organization_id));
CREATE INDEX member ON membership(organization_id, user_id);
CREATE TABLE subject_target(subject_id INT8 NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
 PRIMARY KEY(subject_id, type, id));
CREATE TABLE "override"(subject_id INT8 NOT NULL, feature_id INT8 NOT NULL, granted INT8 NOT NULL,
 value INT8, reason TEXT, starts INT8, expires INT8, revision INT8 NOT NULL,
 PRIMARY KEY(subject_id, feature_id));
CREATE TABLE named(type TEXT NOT NULL, id TEXT NOT NULL, list INT8 NOT NULL,
 PRIMARY KEY(type, id, list));
CREATE INDEX named_list ON named(list);
CREATE TABLE record(kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
 PRIMARY KEY(kind, name));
INSERT INTO state(one, application, format, pulse) VALUES(1, 'flags', 3, 0);
"#;

/// The latest revision and its hash come along: whoever asks for anything asks for those.
pub(super) const STATE: &str = "SELECT application, format, pulse, current_schema()::TEXT, \
     (SELECT coalesce(max(id), 0) FROM revision), \
     (SELECT value FROM setting WHERE name = 'head') FROM state WHERE one = 1";
/// The same without: only whether anybody wrote.
pub(super) const PULSE: &str = "SELECT application, format, pulse, current_schema()::TEXT FROM state \
     WHERE one = 1";
/// Nobody else writes until the transaction ends.
pub(super) const LOCK: &str = "SELECT application, format, pulse, current_schema()::TEXT FROM state \
     WHERE one = 1 FOR UPDATE";
const TABLES: &str = "SELECT c.relname::TEXT, has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.pg_class c \
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
const ENCODING: &str = "SELECT current_setting('server_encoding')";
const EXISTS: &str = "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = $1";

/// What is found in the one row of `state`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) pulse: i64,
    /// The latest revision, where it was asked for.
    pub(super) revision: i64,
    /// The end of the chain, where it was asked for and can be read.
    pub(super) head: Option<Head>,
}

/// Reads the row, and refuses what is not ours or of a later version.
pub(super) fn standing(rows: &[Row], place: &Place) -> Result<Standing, Fault> {
    let Some(row) = rows.first() else {
        return Err(Fault::Damaged("the row of its state is gone".to_owned()));
    };
    let application: &str = column(row, 0)?;
    if application != APPLICATION {
        return Err(another(place));
    }
    match column(row, 1)? {
        found if found > FORMAT => return Err(Fault::Newer(found)),
        FORMAT => {}
        found => return Err(Fault::Damaged(format!("there is no form {found}"))),
    }
    // Another project's tables look the same.
    if column::<&str>(row, 3)? != place.schema {
        return Err(Fault::Database(|place| DatabaseError::Pooled { place }));
    }
    Ok(Standing {
        pulse: column(row, 2)?,
        revision: match row.len() {
            4 => 0,
            _ => column(row, 4)?,
        },
        head: match row.len() {
            4 => None,
            _ => column::<Option<&str>>(row, 5)?.and_then(|head| head.parse().ok()),
        },
    })
}

/// What it means that a table is not there: no project, another program's tables, or damage.
pub(super) fn lacks(fault: Fault, session: &Session, place: &Place) -> Fault {
    let lacking = [SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN];
    if !fault.code().is_some_and(|code| lacking.contains(code)) {
        return fault;
    }
    session.rollback();
    let found = match tables(session, place) {
        Ok(found) => found,
        Err(fault) => return fault,
    };
    // Whoever may not use a schema is not told that anything is in it.
    if found.iter().any(|table| !table.is_open) {
        let what = "its tables may not be used: it takes USAGE on the schema and more on them";
        let what = what.to_owned();
        let place = place.to_string();
        return StoreError::from(DatabaseError::Denied { place, what }).into();
    }
    match found.iter().any(|table| table.name == "state") && found.len() > 2 {
        true => fault,
        false if found.is_empty() => Fault::NoProject,
        false => another(place),
    }
}

fn another(place: &Place) -> Fault {
    Fault::Told(StoreError::NotAStore {
        path: place.as_path(),
        what: format!(
            "the schema `{}` holds another program's tables",
            place.schema
        ),
    })
}

/// A table of the schema.
struct Table {
    name: String,
    /// Whether we may use the schema.
    is_open: bool,
}

fn tables(session: &Session, place: &Place) -> Result<Vec<Table>, Fault> {
    let rows = session.ask(TABLES, &[place.schema.as_str().into()])?;
    let table = |row: &Row| -> Result<Table, Fault> {
        Ok(Table {
            name: column(row, 0)?,
            is_open: column(row, 1)?,
        })
    };
    rows.iter().map(table).collect()
}

/// Makes the tables of an empty project, whole or not at all. The schema may be there already, if
/// there is nothing in it: not everybody may make one.
pub(super) fn create(store: &PostgresStore) -> Result<(), Fault> {
    let place = &store.place;
    let session = store.take(Need::Write)?;
    if !session.is_leader {
        return Err(Fault::NoLeader);
    }
    let encoding = session.ask(ENCODING, &[])?;
    let encoding: String = encoding
        .first()
        .map_or(Ok(String::new()), |row| column(row, 0))?;
    if !encoding.eq_ignore_ascii_case("utf8") {
        return Err(Fault::Database(|place| DatabaseError::Unfit {
            place,
            what: "its encoding is not UTF8".to_owned(),
        }));
    }
    is_free(&session, place)?;
    let exists = session.ask(EXISTS, &[place.schema.as_str().into()])?;
    let exists: i64 = exists.first().map_or(Ok(0), |row| column(row, 0))?;
    let schema = match exists {
        0 => format!("CREATE SCHEMA {};", quoted(&place.schema)),
        _ => String::new(),
    };
    let forms: String = FORMS.iter().map(|(_, text)| *text).collect();
    // CockroachDB compares texts by their bytes anyway, and has no such collation.
    let forms = match session.engine {
        Engine::Cockroach => forms,
        _ => forms.replace("TEXT", "TEXT COLLATE \"C\""),
    };
    let made = session.batch(&format!("BEGIN; {schema} {forms} COMMIT"));
    if let Err(fault) = made {
        session.rollback();
        // Of two who make it at once, one comes too late.
        return Err(match is_free(&session, place) {
            Err(taken @ Fault::Told(_)) => taken,
            _ => fault,
        });
    }
    store.give(session);
    Ok(())
}

fn is_free(session: &Session, place: &Place) -> Result<(), Fault> {
    let found = tables(session, place)?;
    if found.is_empty() {
        return Ok(());
    }
    let rows = session.ask(LOCK, &[]);
    let ours = rows.and_then(|rows| standing(&rows, place));
    Err(match ours {
        Err(newer @ Fault::Newer(_)) => newer,
        Err(Fault::Sql(error)) if error.as_db_error().is_none() => Fault::Sql(error),
        Err(_) => another(place),
        Ok(_) => StoreError::Exists(place.as_path()).into(),
    })
}
