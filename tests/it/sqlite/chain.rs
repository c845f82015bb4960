//! The chain of the history against whoever edits the file: everything shows, at the first write
//! that is not as it was.

use std::path::Path;

use flags::domain::catalog::Revision;
use flags::domain::change::Change;
use flags::domain::plan::Plan;
use flags::domain::value::Value;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Store};
use flags::store::{Digest, Evidence, Tampering, Verification};
use rusqlite::Connection;

use super::kit::{Home, author, key, new_feature, new_user, write};
use crate::project::{grant, put_override, read};

const WRITES: i64 = 5;

/// A store of five writes: each change is of another kind, and the last one sets an override.
fn five_writes(path: &Path) {
    let store = SqliteStore::create(path).unwrap();
    write(&store, [new_feature("sso"), new_user("u1")]).unwrap();
    let plan = Change::Plan {
        key: "pro".parse().unwrap(),
        before: None,
        after: Some(Plan::default()),
    };
    let reasoned = Author {
        reason: Some(read("because")),
        ..author()
    };
    let planned = [plan].into_iter().collect();
    store
        .update(&reasoned, &mut |_| Ok(Clone::clone(&planned)))
        .unwrap();
    let granted = Change::Grant {
        plan: "pro".parse().unwrap(),
        feature: key("sso"),
        before: None,
        after: Some(Value::On),
    };
    write(&store, [granted]).unwrap();
    write(&store, [new_user("u2"), new_user("u3")]).unwrap();
    write(
        &store,
        [put_override("user:u1", "sso", None, Some(grant(Value::On)))],
    )
    .unwrap();
}

/// Somebody else's hand in the file.
fn edit(path: &Path, statements: &str) {
    let other = Connection::open(path).unwrap();
    other.pragma_update(None, "foreign_keys", false).unwrap();
    let before = other.total_changes();
    other.execute_batch(statements).unwrap();
    assert!(other.total_changes() > before, "{statements}");
}

fn verify(path: &Path, noted: Option<Digest>) -> Verification {
    let store = SqliteStore::open(path).unwrap();
    let snapshot = store.snapshot().unwrap();
    snapshot.verify(noted).unwrap()
}

/// What is found after somebody did this to a store of five writes.
fn after(statements: &str) -> Option<(i64, Tampering)> {
    let home = Home::new();
    five_writes(&home.store());
    edit(&home.store(), statements);
    let found = verify(&home.store(), None);
    let misfit = found.misfit?;
    assert!(found.writes < WRITES.cast_unsigned() || misfit.evidence != Evidence::Hash);
    assert!(misfit.to_string().contains(&misfit.revision.to_string()));
    Some((misfit.revision, misfit.tampering))
}

fn altered(revision: i64) -> Option<(i64, Tampering)> {
    Some((revision, Tampering::Altered))
}

fn removed(revision: i64) -> Option<(i64, Tampering)> {
    Some((revision, Tampering::Removed))
}

fn added(revision: i64) -> Option<(i64, Tampering)> {
    Some((revision, Tampering::Added))
}

#[test]
fn an_untouched_store_fits_and_every_hash_of_its_past_is_found_again() {
    let home = Home::new();
    five_writes(&home.store());
    let whole = verify(&home.store(), None);
    assert_eq!(whole.misfit, None);
    assert_eq!((whole.writes, whole.head.revision), (5, Revision(5)));
    assert_eq!(whole.noted, None);
    let store = SqliteStore::open(&home.store()).unwrap();
    let snapshot = store.snapshot().unwrap();
    for revision in (1..=5).map(Revision) {
        let digest = snapshot.digest(revision).unwrap();
        assert_eq!(snapshot.verify(digest).unwrap().noted, Some(revision));
    }
    assert_eq!(
        snapshot.digest(Revision(5)).unwrap(),
        Some(whole.head.digest)
    );
    assert_eq!(snapshot.digest(Revision(6)).unwrap(), None);
    let other = Digest([7; 32]);
    assert_eq!(snapshot.verify(Some(other)).unwrap().noted, None);
}

#[test]
fn a_byte_altered_in_any_column_of_any_write_is_found_there() {
    for revision in 1..=WRITES {
        for (column, other) in [
            ("at", "at + 1"),
            ("at", "-at"),
            ("actor", "'Tester'"),
            ("actor", "actor || char(0)"),
            ("command", "upper(command)"),
            ("reason", "iif(reason IS NULL, '', reason || '!')"),
            ("reason", "iif(reason IS NULL, 'x', NULL)"),
            ("hash", "x'00' || substr(hash, 2)"),
            ("hash", "substr(hash, 2)"),
            ("hash", "CAST(hash || x'00' AS BLOB)"),
            // Moved from one column to the next.
            (
                "actor = substr(actor, 2), command",
                "substr(actor, 1, 1) || command",
            ),
        ] {
            let other = match column {
                "hash" => format!("CAST({other} AS BLOB)"),
                _ => other.to_owned(),
            };
            let edit = format!("UPDATE revision SET {column} = {other} WHERE id = {revision}");
            assert_eq!(after(&edit), altered(revision), "{edit}");
        }
    }
}

#[test]
fn a_byte_altered_in_any_row_of_changes_is_found_there() {
    let home = Home::new();
    five_writes(&home.store());
    let connection = Connection::open(home.store()).unwrap();
    let mut statement = connection
        .prepare("SELECT revision, position, length(body) FROM change")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let rows: Vec<(i64, i64, i64)> = rows.unwrap().map(Result::unwrap).collect();
    assert!(rows.len() >= 5);
    for (revision, position, length) in rows {
        let at = format!("WHERE revision = {revision} AND position = {position}");
        for byte in [1, length / 2, length] {
            let tail = byte + 1;
            let edit = format!(
                "UPDATE change SET body = substr(body, 1, {byte} - 1) || '?' || substr(body, {tail}) \
                 {at}"
            );
            assert_eq!(after(&edit), altered(revision), "{edit}");
        }
        for edit in [
            format!("UPDATE change SET position = position + 7 {at}"),
            format!("DELETE FROM change {at}"),
            format!("INSERT INTO change SELECT revision, position + 7, body FROM change {at}"),
        ] {
            assert_eq!(after(&edit), altered(revision), "{edit}");
        }
        // Moved to another write: the earlier of the two is the first that does not fit.
        for other in (1..=WRITES).filter(|other| *other != revision) {
            let edit = format!("UPDATE change SET revision = {other}, position = 9 {at}");
            assert_eq!(after(&edit), altered(revision.min(other)), "{edit}");
        }
        let edit = format!("UPDATE change SET revision = 99 {at}");
        assert_eq!(after(&edit), altered(revision), "{edit}");
    }
}

#[test]
fn a_write_that_is_gone_from_the_middle_is_named() {
    for revision in 1..WRITES {
        let write = format!("DELETE FROM revision WHERE id = {revision}");
        let whole = format!("{write}; DELETE FROM change WHERE revision = {revision}");
        let renumbered = format!("UPDATE revision SET id = 99 WHERE id = {revision}");
        for edit in [write, whole, renumbered] {
            assert_eq!(after(&edit), removed(revision), "{edit}");
        }
    }
    // Those behind it moved up: now the first of these is not what it was.
    let closed = "DELETE FROM change WHERE revision = 2; DELETE FROM revision WHERE id = 2;
        UPDATE revision SET id = id - 1 WHERE id > 2;
        UPDATE change SET revision = revision - 1 WHERE revision > 2;";
    assert_eq!(after(closed), altered(2));
}

#[test]
fn a_write_that_is_gone_from_the_end_is_named() {
    let write = "DELETE FROM revision WHERE id = 5";
    let whole = "DELETE FROM change WHERE revision = 5; DELETE FROM revision WHERE id = 5;";
    let lowered = "UPDATE setting SET value = (SELECT id || ' ' || lower(hex(hash)) FROM revision
        ORDER BY id DESC LIMIT 1) WHERE name = 'head';";
    assert_eq!(after(write), removed(5));
    assert_eq!(after(whole), removed(5));
    // Its changes and the override that it had set are still there.
    assert_eq!(after(&format!("{write}; {lowered}")), removed(5));
    assert_eq!(after(&format!("{whole} {lowered}")), removed(5));
    // With the override gone as well, only who noted the hash can tell.
    let home = Home::new();
    five_writes(&home.store());
    let noted = verify(&home.store(), None).head.digest;
    edit(
        &home.store(),
        &format!("{whole} {lowered} DELETE FROM \"override\""),
    );
    let found = verify(&home.store(), Some(noted));
    assert_eq!((found.misfit, found.noted), (None, None));
}

#[test]
fn a_store_that_lost_its_latest_write_does_not_forget_it_by_writing_again() {
    let home = Home::new();
    five_writes(&home.store());
    edit(
        &home.store(),
        "DELETE FROM change WHERE revision = 5; DELETE FROM revision WHERE id = 5;
         DELETE FROM \"override\"",
    );
    let store = SqliteStore::open(&home.store()).unwrap();
    let written = write(&store, [new_user("u9")]).unwrap();
    assert_eq!(written.revision, Revision(6));
    let misfit = store.snapshot().unwrap().verify(None).unwrap().misfit;
    let misfit = misfit.map(|misfit| (misfit.revision, misfit.tampering));
    assert_eq!(misfit, removed(5));
}

#[test]
fn writes_in_another_order_are_found() {
    let swap = "UPDATE revision SET id = 99 WHERE id = 2; UPDATE revision SET id = 2 WHERE id = 3;
        UPDATE revision SET id = 3 WHERE id = 99;
        UPDATE change SET revision = 99 WHERE revision = 2;
        UPDATE change SET revision = 2 WHERE revision = 3;
        UPDATE change SET revision = 3 WHERE revision = 99;";
    assert_eq!(after(swap), altered(2));
    let changes = "UPDATE change SET position = 9 WHERE revision = 4 AND position = 0;
        UPDATE change SET position = 0 WHERE revision = 4 AND position > 0 AND position < 9;
        UPDATE change SET position = 1 WHERE revision = 4 AND position = 9;";
    assert_eq!(after(changes), altered(4));
}

#[test]
fn a_write_that_was_put_in_is_found() {
    let row = "1763787600000, 'mallory', 'set', NULL, x''";
    for (number, expected) in [(0, added(0)), (-3, added(-3)), (6, added(6)), (9, added(9))] {
        let edit = format!("INSERT INTO revision VALUES({number}, {row})");
        assert_eq!(after(&edit), expected, "{edit}");
    }
    // Between two others, which move down.
    let between = format!(
        "UPDATE revision SET id = -id WHERE id > 2;
         UPDATE revision SET id = 1 - id WHERE id < 0;
         UPDATE change SET revision = -revision WHERE revision > 2;
         UPDATE change SET revision = 1 - revision WHERE revision < 0;
         INSERT INTO revision VALUES(3, {row});"
    );
    assert_eq!(after(&between), altered(3));
    // With the hash that it would have, but not noted as the latest.
    let home = Home::new();
    five_writes(&home.store());
    let noted: String = {
        let store = SqliteStore::open(&home.store()).unwrap();
        write(&store, [new_user("u9")]).unwrap();
        verify(&home.store(), None).head.digest.to_string()
    };
    let five = "SELECT '5 ' || lower(hex(hash)) FROM revision WHERE id = 5";
    edit(
        &home.store(),
        &format!("UPDATE setting SET value = ({five}) WHERE name = 'head'"),
    );
    let misfit = verify(&home.store(), noted.parse().ok()).misfit.unwrap();
    assert_eq!((misfit.revision, misfit.tampering), (6, Tampering::Added));
    assert_eq!(misfit.evidence, Evidence::End);
    assert_eq!(after("INSERT INTO change VALUES(0, 0, '{}')"), added(0));
    assert_eq!(after("INSERT INTO change VALUES(6, 0, '{}')"), removed(6));
}

#[test]
fn the_note_of_the_latest_write_is_part_of_the_chain() {
    for edit in [
        "DELETE FROM setting WHERE name = 'head'",
        "UPDATE setting SET value = '' WHERE name = 'head'",
        "UPDATE setting SET value = '5' WHERE name = 'head'",
        "UPDATE setting SET value = substr(value, 1, 65) || 'g' WHERE name = 'head'",
        "UPDATE setting SET value = replace(value, substr(value, -1), 'z') WHERE name = 'head'",
        "UPDATE setting SET value = '5 ' || (SELECT lower(hex(hash)) FROM revision WHERE id = 4)
         WHERE name = 'head'",
    ] {
        assert_eq!(after(edit), altered(5), "{edit}");
    }
    let beyond = "UPDATE setting SET value = '7' || substr(value, 2) WHERE name = 'head'";
    assert_eq!(after(beyond), removed(6));
    let none = "DELETE FROM setting WHERE name = 'head'";
    let home = Home::new();
    five_writes(&home.store());
    edit(&home.store(), none);
    let store = SqliteStore::open(&home.store()).unwrap();
    let refused = write(&store, [new_user("u9")]).unwrap_err();
    assert_eq!(refused.code(), "store_corrupt");
}

#[test]
fn everything_that_a_write_marks_betrays_that_it_is_gone() {
    for (table, column) in [
        ("feature", "revision"),
        ("feature", "audience_revision"),
        ("plan", "revision"),
        ("plan_grant", "revision"),
        ("\"override\"", "revision"),
    ] {
        let edit = format!("UPDATE {table} SET {column} = 8");
        assert_eq!(after(&edit), removed(8), "{edit}");
    }
}

#[test]
fn an_empty_history_fits() {
    let home = Home::new();
    drop(SqliteStore::create(&home.store()).unwrap());
    let found = verify(&home.store(), Some(Digest::default()));
    assert_eq!(found.noted, Some(Revision::UNKNOWN));
    assert_eq!((found.writes, found.misfit), (0, None));
}
