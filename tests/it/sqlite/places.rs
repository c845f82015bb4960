//! What else may be at the place of a store: it is refused, and stays as it was.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use flags::domain::catalog::Revision;
use flags::store::StoreError;
use flags::store::sqlite::{FORMAT, SqliteStore};

use super::kit::{Home, listing, new_user, read_seeded, run, seeded, write};

/// Opens and reads; makes sure that nothing was altered or left, and returns what was said.
fn refused(path: &Path) -> StoreError {
    let directory = path.parent().unwrap();
    let bytes = |path: &Path| {
        let regular = fs::metadata(path).is_ok_and(|found| found.is_file());
        regular.then(|| fs::read(path).unwrap())
    };
    let before = (listing(directory), bytes(path));
    let error = read_seeded(path).unwrap_err();
    let written = SqliteStore::open(path).and_then(|store| write(&store, [new_user("u2")]));
    assert!(written.is_err());
    assert_eq!((listing(directory), bytes(path)), before);
    error
}

#[test]
fn nothing_is_created_where_there_is_nothing() {
    let home = Home::new();
    let missing = refused(&home.store());
    assert!(matches!(missing, StoreError::Missing(_)), "{missing:?}");
    let deep = SqliteStore::open(&home.directory.path().join("a/b/flags.db"));
    assert!(matches!(deep, Err(StoreError::Missing(_))), "{deep:?}");
}

#[test]
fn what_is_not_a_store_is_refused() {
    let home = Home::new();
    let place = |name: &str| home.directory.path().join(name);
    fs::write(place("empty"), "").unwrap();
    fs::write(place("garbage"), "not a database at all. ".repeat(400)).unwrap();
    fs::write(place("magic"), "SQLite format 3\0").unwrap();
    fs::write(
        place("header"),
        [b"SQLite format 3\0".as_slice(), &[0; 200]].concat(),
    )
    .unwrap();
    fs::create_dir(place("directory")).unwrap();
    symlink("nowhere", place("dangling")).unwrap();
    symlink("loop", place("loop")).unwrap();
    symlink("/dev/zero", place("device")).unwrap();
    symlink("/dev/null", place("null")).unwrap();
    run(Command::new("mkfifo").arg(place("pipe")));
    let _socket = UnixListener::bind(place("socket")).unwrap();
    for (name, what) in [
        ("empty", "empty file"),
        ("garbage", "not an SQLite database"),
        ("magic", "not an SQLite database"),
        ("header", "another program's"),
        ("directory", "directory"),
        ("dangling", "symbolic link"),
        ("device", "device"),
        ("null", "device"),
        ("pipe", "pipe"),
        ("socket", "socket"),
    ] {
        let error = refused(&place(name));
        assert!(
            matches!(error, StoreError::NotAStore { .. }),
            "{name}: {error:?}"
        );
        assert!(error.to_string().contains(what), "{name}: {error}");
        let create = SqliteStore::create(&place(name));
        assert!(
            matches!(create, Err(StoreError::Exists(_))),
            "{name}: {create:?}"
        );
    }
    let error = refused(&place("loop"));
    assert!(matches!(error, StoreError::Unopenable { .. }), "{error:?}");
    let below = SqliteStore::create(&place("garbage").join("flags.db"));
    assert!(
        matches!(below, Err(StoreError::Unopenable { .. })),
        "{below:?}"
    );
}

#[test]
fn another_programs_database_is_refused_whatever_its_journal() {
    for journal in ["WAL", "DELETE"] {
        let home = Home::new();
        let other = rusqlite::Connection::open(home.store()).unwrap();
        other
            .query_row(&format!("PRAGMA journal_mode = {journal}"), [], |_| Ok(()))
            .unwrap();
        other
            .execute_batch("CREATE TABLE feature(id); INSERT INTO feature VALUES(1)")
            .unwrap();
        other.close().unwrap();
        let error = refused(&home.store());
        assert!(matches!(error, StoreError::NotAStore { .. }), "{error:?}");
    }
}

fn from_the_future(path: &Path) -> rusqlite::Connection {
    let later = rusqlite::Connection::open(path).unwrap();
    later.execute_batch("PRAGMA user_version = 99").unwrap();
    later
}

#[test]
fn a_store_of_a_later_version_is_refused_by_both_numbers() {
    let home = Home::new();
    seeded(&home.store());
    from_the_future(&home.store()).close().unwrap();
    let error = refused(&home.store());
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: FORMAT,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn a_later_version_shows_even_if_only_the_log_tells() {
    let home = Home::new();
    seeded(&home.store());
    let later = from_the_future(&home.store());
    let log = home.directory.path().join("flags.db-wal");
    let before = fs::read(&log).unwrap();
    assert!(!before.is_empty());
    let error = refused(&home.store());
    assert!(
        matches!(error, StoreError::Newer { found: 99, .. }),
        "{error:?}"
    );
    assert_eq!(fs::read(&log).unwrap(), before);
    drop(later);
}

#[test]
fn a_later_version_that_comes_while_the_store_is_open_is_refused_too() {
    let home = Home::new();
    seeded(&home.store());
    let store = SqliteStore::open(&home.store()).unwrap();
    write(&store, [new_user("u2")]).unwrap();
    drop(flags::store::Store::snapshot(&store).unwrap());
    let _later = from_the_future(&home.store());
    let read = flags::store::Store::snapshot(&store).err().unwrap();
    assert!(matches!(read, StoreError::Newer { .. }), "{read:?}");
    let written = write(&store, [new_user("u3")]).unwrap_err();
    assert!(matches!(written, StoreError::Newer { .. }), "{written:?}");
}

#[test]
fn damage_is_told_and_never_read_as_an_answer() {
    let home = Home::new();
    seeded(&home.store());
    let whole = fs::read(home.store()).unwrap();
    let pages = whole.len() / 4096;
    let mut found = 0;
    for page in 1..pages {
        let mut damaged = whole.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xff);
        fs::write(home.store(), &damaged).unwrap();
        // A page that is not asked for does not show.
        if let Err(error) = read_seeded(&home.store()) {
            assert!(
                matches!(error, StoreError::Corrupt { .. }),
                "page {page}: {error:?}"
            );
            found += 1;
        }
    }
    assert!(found > 5, "{found}");
    for length in [100, 2000, 4096, 8192, whole.len() - 4096] {
        fs::write(home.store(), &whole[..length]).unwrap();
        let error = read_seeded(&home.store()).unwrap_err();
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "{length} bytes: {error:?}"
        );
    }
}

#[test]
fn rows_that_no_writer_of_ours_makes_are_damage() {
    for alteration in [
        "UPDATE feature SET definition = '{'",
        "UPDATE feature SET key = 'Not A Key'",
        r#"UPDATE feature SET audience = '{"default":1}'"#,
        "UPDATE subject SET name = 'a b'",
        "DROP TABLE subject",
    ] {
        let home = Home::new();
        seeded(&home.store());
        let other = rusqlite::Connection::open(home.store()).unwrap();
        other.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        other.execute_batch(alteration).unwrap();
        other.close().unwrap();
        let read = read_seeded(&home.store());
        assert!(
            matches!(read, Err(StoreError::Corrupt { .. })),
            "{alteration}: {read:?}"
        );
    }
}

#[test]
fn a_symbolic_link_to_a_store_and_a_strange_name_are_followed() {
    let home = Home::new();
    seeded(&home.store());
    let link = home.directory.path().join("link");
    symlink("flags.db", &link).unwrap();
    assert_eq!(read_seeded(&link).unwrap(), Revision(1));
    let strange = home.directory.path().join("file:a?b#c%41 é");
    seeded(&strange);
    assert_eq!(read_seeded(&strange).unwrap(), Revision(1));
}
