//! Many at once.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use flags::domain::catalog::Revision;
use flags::store::sqlite::SqliteStore;
use flags::store::{Store, StoreError};

use super::kit::{Home, listing, new_user, read_seeded, seeded, users, write};

#[test]
fn sixteen_who_write_at_once_lose_nothing() {
    let home = Home::new();
    seeded(&home.store());
    thread::scope(|scope| {
        for writer in 0..16 {
            let path = home.store();
            scope.spawn(move || {
                let store = SqliteStore::open(&path).unwrap();
                for number in 0..50 {
                    write(&store, [new_user(&format!("w{writer}-{number}"))]).unwrap();
                    if number % 10 == 0 {
                        let seen = users(&*store.snapshot().unwrap()).unwrap();
                        assert!(seen.contains(&format!("w{writer}-{number}")));
                    }
                }
            });
        }
    });
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(801));
    let store = SqliteStore::open(&home.store()).unwrap();
    assert_eq!(users(&*store.snapshot().unwrap()).unwrap().len(), 801);
}

#[test]
fn of_many_who_create_at_once_one_does_and_the_others_are_told() {
    let home = Home::new();
    let path = home.directory.path().join("new/flags.db");
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| SqliteStore::create(&path).map(drop)))
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let created = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(created, 1, "{results:?}");
    for result in results {
        assert!(
            matches!(result, Ok(()) | Err(StoreError::Exists(_))),
            "{result:?}"
        );
    }
    assert_eq!(listing(path.parent().unwrap()), ["flags.db"]);
}

#[test]
fn a_creation_that_was_cut_off_can_be_repeated_and_leaves_nothing() {
    let home = Home::new();
    let left = home.directory.path().join(".flags.db.creating-1-0");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("store"), "SQLite for").unwrap();
    drop(SqliteStore::create(&home.store()).unwrap());
    assert_eq!(listing(home.directory.path()), ["flags.db"]);
}

#[test]
fn who_finds_the_store_locked_waits_ten_seconds_and_says_so() {
    let home = Home::new();
    seeded(&home.store());
    let other = rusqlite::Connection::open(home.store()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let store = SqliteStore::open(&home.store()).unwrap();
    let began = Instant::now();
    let locked = write(&store, [new_user("u2")]).unwrap_err();
    let waited = began.elapsed();
    assert!(
        matches!(locked, StoreError::Locked { seconds: 10, .. }),
        "{locked:?}"
    );
    assert!(
        (Duration::from_secs(10)..Duration::from_secs(12)).contains(&waited),
        "{waited:?}"
    );
    assert_eq!(read_seeded(&home.store()).unwrap(), Revision(1));
    other.execute_batch("ROLLBACK").unwrap();
    write(&store, [new_user("u2")]).unwrap();
}
