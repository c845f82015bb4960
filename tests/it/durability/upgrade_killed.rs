//! SIGKILL while a store of the first form gets its hashes: it is of the one form or the other, and
//! whole.

use std::fs;
use std::path::Path;
use std::time::Instant;

use flags::store::Store;
use flags::store::Verification;
use flags::store::sqlite::{FORMAT, SqliteStore};
use rusqlite::{Connection, OpenFlags};

use super::killed::{random, strike};
use super::program::Place;
use super::witness::check_integrity;
use crate::sqlite::forms::FIRST;

const WRITES: u64 = 30_000;
/// How often each form has to be found behind a kill.
const OLD: u64 = 8;
const NEW: u64 = 2;
/// Where it is taken for hopeless.
const ROUNDS: u64 = 300;

/// A store of the first form with a long history, of a user who comes and goes.
fn old_store(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(FIRST).unwrap();
    let rows = format!(
        r#"CREATE TEMP TABLE number AS WITH RECURSIVE number(n) AS
             (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {WRITES}) SELECT n FROM number;
           INSERT INTO revision SELECT n, 1000 * n, 'tester', 'test', NULL FROM number;
           INSERT INTO change SELECT n, 0, '{{"change":"user","id":"u1","before":' ||
             iif(n % 2, 'null', '{{}}') || ',"after":' || iif(n % 2, '{{}}', 'null') || '}}'
             FROM number;"#
    );
    connection.execute_batch(&rows).unwrap();
    connection.close().unwrap();
}

/// The form, as the file has it by now, and that nothing of the history is missing.
fn form(path: &Path) -> i64 {
    check_integrity(path);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let number = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(
        number("SELECT count(*) FROM revision"),
        WRITES.cast_signed()
    );
    assert_eq!(number("SELECT count(*) FROM change"), WRITES.cast_signed());
    number("PRAGMA user_version")
}

fn verified(path: &Path) -> Verification {
    let store = SqliteStore::open(path).unwrap();
    let found = store.snapshot().unwrap().verify(None).unwrap();
    assert_eq!((found.misfit.clone(), found.writes), (None, WRITES));
    found
}

#[test]
fn whatever_moment_it_is_killed_at_an_old_store_is_of_one_form_or_the_other() {
    let place = Place::new();
    let original = place.home().join("original.db");
    old_store(&original);
    let put_back = || {
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(place.home().join(format!("flags.db{suffix}")));
        }
        fs::copy(&original, place.store()).unwrap();
    };
    put_back();
    let start = Instant::now();
    place.must("plan list --json");
    let duration = start.elapsed();
    assert_eq!(form(place.store()), FORMAT);
    let expected = verified(place.store());

    let (mut old, mut new, mut rounds) = (0, 0, 0);
    while old < OLD || new < NEW {
        rounds += 1;
        assert!(rounds < ROUNDS, "{old} of the old form, {new} of the new");
        put_back();
        strike(
            place.start("plan list --json"),
            random(duration * 5 / 4),
            "plan list",
        );
        match form(place.store()) {
            1 => old += 1,
            FORMAT => new += 1,
            other => panic!("form {other}"),
        }
        assert_eq!(verified(place.store()), expected);
    }
}
