//! Stores of earlier forms: whatever was in them is there afterwards, and their writes are chained.

use std::path::Path;

use flags::domain::catalog::Revision;
use flags::store::Store;
use flags::store::sqlite::{FORMAT, SqliteStore};
use rusqlite::Connection;

use crate::project::everything;

use super::kit::{Home, as_ordinary_user, id, new_feature, new_user, read_seeded, write};

/// The tables of form 1, as the program of that time made them.
pub(crate) const FIRST: &str = r#"
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
PRAGMA application_id = 1179402567;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
"#;

/// What is in each table, but for what later forms have added.
const TABLES: &[(&str, &str)] = &[
    ("setting", "name, value"),
    ("revision", "id, at, actor, command, reason"),
    ("change", "revision, position, body"),
    (
        "feature",
        "id, key, definition, audience, revision, audience_revision",
    ),
    ("plan", "id, key, definition, revision"),
    ("plan_grant", "plan_id, feature_id, value, revision"),
    ("subject", "id, kind, name, label, plan_id"),
    ("membership", "user_id, organization_id"),
    ("subject_target", "subject_id, type, id"),
    (
        "\"override\"",
        "subject_id, feature_id, granted, value, reason, starts, expires, revision",
    ),
    ("named", "type, id, list"),
];

/// Makes a store of form 1 at `old` with all that is in the store `new`.
pub(crate) fn as_first_form(new: &Path, old: &Path) {
    let connection = Connection::open(old).unwrap();
    connection.execute_batch(FIRST).unwrap();
    connection
        .execute("ATTACH ?1 AS new", [new.to_str().unwrap()])
        .unwrap();
    for (table, columns) in TABLES {
        let copy = format!("INSERT INTO main.{table}({columns}) SELECT {columns} FROM new.{table}");
        connection.execute_batch(&copy).unwrap();
    }
    connection
        .execute("DELETE FROM main.setting WHERE name = 'head'", [])
        .unwrap();
    connection.close().unwrap();
}

fn form(path: &Path) -> i64 {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("PRAGMA user_version").unwrap();
    statement.query_row([], |row| row.get(0)).unwrap()
}

/// The number, hash and end of the chain, as the tables have them.
fn chain(path: &Path) -> (Vec<(i64, Vec<u8>)>, String) {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT id, hash FROM revision ORDER BY id")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let head = "SELECT value FROM setting WHERE name = 'head'";
    let head = connection.query_row(head, [], |row| row.get(0)).unwrap();
    (rows.unwrap().map(Result::unwrap).collect(), head)
}

#[test]
fn a_store_of_the_first_form_keeps_everything_and_its_writes_are_chained() {
    let home = Home::new();
    let store = SqliteStore::create(&home.store()).unwrap();
    crate::project::fill(&store, super::project::project());
    write(&store, [new_feature("later"), new_user("later")]).unwrap();
    let expected = everything(&store);
    drop(store);
    let old = home.directory.path().join("old.db");
    as_first_form(&home.store(), &old);
    assert_eq!(form(&old), 1);

    let store = SqliteStore::open(&old).unwrap();
    assert_eq!(everything(&store), expected);
    drop(store);
    assert_eq!(form(&old), FORMAT);
    assert_eq!(chain(&old), chain(&home.store()));

    for path in [&old, &home.store()] {
        let store = SqliteStore::open(path).unwrap();
        write(&store, [new_user("another")]).unwrap();
    }
    assert_eq!(chain(&old), chain(&home.store()));
}

#[test]
fn a_store_of_the_first_form_without_writes_has_no_chain_yet() {
    let home = Home::new();
    drop(SqliteStore::create(&home.store()).unwrap());
    let old = home.directory.path().join("old.db");
    as_first_form(&home.store(), &old);
    let store = SqliteStore::open(&old).unwrap();
    assert_eq!(
        store.snapshot().unwrap().revision().unwrap(),
        Revision::UNKNOWN
    );
    write(&store, [new_user("first")]).unwrap();
    drop(store);
    let (rows, head) = chain(&old);
    assert_eq!(rows.len(), 1);
    assert!(head.starts_with("1 "), "{head}");
}

#[test]
fn where_nothing_can_be_written_the_first_form_is_read_as_it_is() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let home = Home::new();
    super::kit::seeded(&home.store());
    let closed = home.directory.path().join("closed");
    fs::create_dir(&closed).unwrap();
    let old = closed.join("old.db");
    as_first_form(&home.store(), &old);
    fs::set_permissions(&old, Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(home.directory.path(), Permissions::from_mode(0o755)).unwrap();
    as_ordinary_user(|| {
        assert_eq!(read_seeded(&old).unwrap(), Revision(1));
        let store = SqliteStore::open(&old).unwrap();
        let snapshot = store.snapshot().unwrap();
        assert!(snapshot.user(&id("u1")).unwrap().is_some());
        drop(snapshot);
        let refused = write(&store, [new_user("u2")]).unwrap_err();
        assert_eq!(refused.code(), "store_read_only");
    });
    fs::set_permissions(&closed, Permissions::from_mode(0o755)).unwrap();
    assert_eq!(form(&old), 1);
}
