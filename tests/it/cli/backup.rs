//! `backup` and `restore`: one whole, private file, and back again; nothing else is taken for one.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;
use serde_json::json;

use super::kit::{NOW, Place};
use crate::sqlite::forms::as_first_form;

fn listing(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.path("")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    names.sort();
    names
}

fn export(place: &Place, store: &Path) -> String {
    let line = format!("export --subjects --overrides --store {}", store.display());
    place.flags(&line).yes()
}

/// Alters a file behind everybody's back.
fn tamper(file: &Path, sql: &str) {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_backup_is_one_private_file_that_any_command_reads() {
    let place = Place::shop();
    let said = place.json("backup copy.db");
    let file = place.path("copy.db");
    assert_eq!(said["file"], json!(file.canonicalize().unwrap()));
    assert_eq!(said["revision"], 1);
    let found = std::fs::metadata(&file).unwrap();
    assert_eq!(found.permissions().mode() & 0o777, 0o600);
    assert_eq!(said["bytes"], found.len());
    assert_eq!(export(&place, &file), export(&place, &place.store()));
    let bytes = std::fs::read(&file).unwrap();
    place
        .flags("get max_seats --user dev --store copy.db")
        .yes();
    assert_eq!(
        std::fs::read(&file).unwrap(),
        bytes,
        "reading alters nothing"
    );
    assert_eq!(listing(&place), ["copy.db", "flags.db"]);
}

#[test]
fn a_backup_without_a_name_is_named_after_the_store_and_the_time() {
    let place = Place::shop();
    let name = "flags-20260501T120000Z.db";
    assert!(NOW.starts_with("2026-05-01T12:00:00"));
    assert!(place.flags("backup").yes().contains(name));
    assert_eq!(listing(&place), [name, "flags.db"]);
    std::fs::create_dir(place.path("safe")).unwrap();
    place.flags("backup safe").yes();
    assert!(place.path("safe").join(name).exists());
}

#[test]
fn a_backup_replaces_nothing_unless_it_is_told_to() {
    let place = Place::shop();
    place.file("copy.db", "precious");
    let told = place.flags("backup copy.db").fails(6);
    assert!(told.contains("exists already"), "{told}");
    assert!(told.contains("--force"), "{told}");
    assert_eq!(std::fs::read(place.path("copy.db")).unwrap(), b"precious");
    place.flags("backup copy.db --force").yes();
    assert_eq!(
        export(&place, &place.path("copy.db")),
        export(&place, &place.store())
    );
}

#[test]
fn a_backup_never_takes_the_place_of_the_store_or_of_what_belongs_to_it() {
    let place = Place::shop();
    let before = place.contents();
    std::os::unix::fs::symlink(place.store(), place.path("link.db")).unwrap();
    std::fs::hard_link(place.store(), place.path("second.db")).unwrap();
    for file in [
        "flags.db",
        "flags.db-wal",
        "flags.db-shm",
        "link.db",
        "second.db",
    ] {
        let told = place.flags(&format!("backup {file} --force")).fails(2);
        assert!(told.contains("is the store itself"), "{told}");
        let restored = place.flags(&format!("restore {file} --yes"));
        assert_ne!(restored.code, Some(0), "{file}: {restored:?}");
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn a_backup_that_would_be_read_with_a_foreign_log_is_refused() {
    let place = Place::shop();
    place.file("copy.db-wal", [1; 64]);
    let told = place.flags("backup copy.db").fails(6);
    assert!(told.contains("log of another database"), "{told}");
    assert!(!place.path("copy.db").exists());
}

#[test]
fn a_damaged_store_gives_no_backup() {
    let place = Place::shop();
    tamper(
        &place.store(),
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member'",
    );
    let told = place.flags("backup copy.db --json").fails(6);
    assert!(told.contains("store_corrupt"), "{told}");
    assert_eq!(listing(&place), ["flags.db"]);
}

#[test]
fn a_restore_brings_everything_back_and_keeps_what_was_there() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    let before = place.contents();
    place.flags("feature delete analytics --yes").yes();
    place.flags("user forget ben --yes").yes();
    let later = place.contents();
    let said = place.json("restore copy.db --yes");
    assert_eq!(said["restored"], true);
    assert_eq!((&said["revision"], &said["before"]), (&json!(1), &json!(3)));
    assert_eq!(place.contents(), before);
    // What was there can be restored itself, and then there is again something that was there.
    let kept = said["kept"].as_str().unwrap().to_owned();
    assert!(
        kept.ends_with("/flags.db.replaced-20260501T120000Z"),
        "{kept}"
    );
    let mode = std::fs::metadata(&kept).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = place.json(&format!("restore {kept} --yes"));
    assert_eq!(place.contents(), later);
    assert_eq!(again["kept"], format!("{kept}-2"));
    // The store goes on as any other.
    place.flags("user assign new").yes();
    assert_eq!(place.revision(), 4);
}

#[test]
fn a_restore_asks_and_without_a_terminal_refuses() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    place.flags("user assign new").yes();
    let before = place.contents();
    let told = place.flags("restore copy.db").fails(2);
    assert!(told.contains("(revision 2)"), "{told}");
    assert!(told.contains("--yes"), "{told}");
    assert_eq!(place.contents(), before);
}

#[test]
fn a_preview_names_the_writes_that_would_be_lost() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    place
        .words(&["user", "assign", "new", "--reason", "asked for"])
        .yes();
    place.flags("set beta --user new").yes();
    let before = place.contents();
    let said = place.json("restore copy.db --dry-run");
    assert_eq!(said["restored"], false);
    assert_eq!(said["lost"]["count"], 2);
    let latest = &said["lost"]["latest"];
    assert_eq!(latest[0]["command"], "set");
    assert_eq!(latest[1]["reason"], "asked for");
    assert_eq!(place.contents(), before);
    assert_eq!(listing(&place), ["copy.db", "flags.db"]);
    // A store of another history has nothing in common with it.
    let other = Place::empty();
    other.flags("user assign somebody").yes();
    let line = format!("restore {} --dry-run", place.path("copy.db").display());
    assert_eq!(other.json(&line)["lost"], json!(null));
}

#[test]
fn where_there_is_no_store_a_restore_makes_one_and_a_log_left_behind_does_not_spoil_it() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    let before = place.contents();
    // A log with a write in it, of a store whose file is gone.
    let connection = Connection::open(place.store()).unwrap();
    let held: i64 = connection
        .query_row("SELECT count(*) FROM plan", [], |row| row.get(0))
        .unwrap();
    assert_eq!(held, 3);
    place.flags("user assign lost").yes();
    let log = std::fs::read(place.path("flags.db-wal")).unwrap();
    assert!(!log.is_empty());
    drop(connection);
    std::fs::remove_file(place.store()).unwrap();
    place.file("flags.db-wal", &log);
    let said = place.json("restore copy.db");
    assert_eq!(
        (&said["before"], &said["kept"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(place.contents(), before);
    let kept = place.path("flags.db.replaced-20260501T120000Z-wal");
    assert_eq!(std::fs::read(kept).unwrap(), log);
    let elsewhere = place.path("deep/er/flags.db");
    let line = format!("restore copy.db --store {}", elsewhere.display());
    place.flags(&line).yes();
    assert_eq!(export(&place, &elsewhere), export(&place, &place.store()));
}

#[test]
fn what_is_left_of_a_store_is_kept_and_replaced() {
    let whole = std::fs::read(Place::shop().store()).unwrap();
    let headless: Vec<u8> = [&[0; 100][..], &whole[100..]].concat();
    let torn: Vec<u8> = [&whole[..100], &[7; 4000][..]].concat();
    for wreck in [&b""[..], &whole[..50], &headless, &torn] {
        let place = Place::shop();
        place.flags("backup copy.db").yes();
        let before = place.contents();
        for beside in ["flags.db-wal", "flags.db-shm"] {
            let _ = std::fs::remove_file(place.path(beside));
        }
        std::fs::write(place.store(), wreck).unwrap();
        let said = place.json("restore copy.db --yes");
        assert_eq!(said["before"], json!(null));
        assert_eq!(place.contents(), before);
        let kept = std::fs::read(said["kept"].as_str().unwrap()).unwrap();
        assert_eq!(kept, wreck);
    }
}

#[test]
fn only_a_whole_store_of_ours_is_restored() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    let copy = std::fs::read(place.path("copy.db")).unwrap();
    let sql = |name: &str, sql: &str| {
        let file = place.file(name, &copy);
        tamper(&file, sql);
    };
    sql(
        "trigger.db",
        "CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM change; END",
    );
    sql("view.db", "CREATE VIEW v AS SELECT 1");
    sql("column.db", "ALTER TABLE plan ADD COLUMN extra TEXT");
    sql("index.db", "DROP INDEX member");
    sql("newer.db", "PRAGMA user_version = 99");
    sql("other.db", "PRAGMA application_id = 7");
    let torn: Vec<u8> = [&copy[..8192], &[7; 4096][..], &copy[12288..]].concat();
    place.file("torn.db", torn);
    place.file("short.db", &copy[..copy.len() / 2]);
    place.file("empty.db", "");
    place.file("text.db", "x".repeat(5000));
    let before = (place.contents(), std::fs::read(place.store()).unwrap());
    let files = listing(&place);
    for (file, code) in [
        ("trigger.db", "store_corrupt"),
        ("view.db", "store_corrupt"),
        ("column.db", "store_corrupt"),
        ("index.db", "store_corrupt"),
        ("newer.db", "store_newer"),
        ("other.db", "not_a_store"),
        ("torn.db", "store_corrupt"),
        ("short.db", "store_corrupt"),
        ("empty.db", "not_a_store"),
        ("text.db", "not_a_store"),
    ] {
        for how in ["--yes", "--dry-run"] {
            let told = place
                .flags(&format!("restore {file} {how} --json"))
                .fails(6);
            assert!(told.contains(code), "{file} {how}: {told}");
            assert!(told.contains(file), "{file} {how}: {told}");
        }
    }
    place.flags("restore nowhere.db --yes").fails(2);
    assert_eq!(listing(&place), files);
    let after = (place.contents(), std::fs::read(place.store()).unwrap());
    assert!(before == after);
}

#[test]
fn another_programs_file_is_never_replaced() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    let other = place.path("other.db");
    tamper(&other, "CREATE TABLE t(x); PRAGMA application_id = 7");
    let bytes = std::fs::read(&other).unwrap();
    place
        .flags("restore copy.db --yes --store other.db")
        .fails(6);
    place.flags("restore copy.db --yes --store .").fails(6);
    assert_eq!(std::fs::read(&other).unwrap(), bytes);
}

#[test]
fn the_size_of_pages_and_the_kind_of_journal_do_not_matter() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    let before = place.contents();
    place.flags("backup small.db").yes();
    tamper(&place.path("small.db"), "PRAGMA page_size = 1024; VACUUM");
    for journal in ["wal", "delete"] {
        tamper(&place.store(), &format!("PRAGMA journal_mode = {journal}"));
        for copy in ["copy.db", "small.db"] {
            place.flags("user assign new").yes();
            let said = place.json(&format!("restore {copy} --yes"));
            assert_eq!(place.contents(), before, "{journal} {copy}");
            assert_eq!(said["before"], 2);
        }
        let kept = Connection::open(place.store()).unwrap();
        let mode: String = kept
            .query_row("PRAGMA journal_mode", [], |row| row.get(0))
            .unwrap();
        assert_eq!(mode, journal);
    }
}

#[test]
fn a_backup_of_an_older_form_stays_as_it_is_and_is_brought_up_to_date_when_restored() {
    let place = Place::shop();
    let before = place.contents();
    let head = place.json("backup copy.db")["head"].clone();
    as_first_form(&place.store(), &place.path("old.db"));
    // The copy that is made before anything else touches an old store.
    let said = place.json("backup first.db --store old.db");
    assert_eq!((&said["format"], &said["head"]), (&json!(1), &json!(null)));
    place.flags("user assign new").yes();
    let said = place.json("restore first.db --yes");
    assert_eq!(said["format"], flags::store::sqlite::FORMAT);
    assert_eq!(place.contents(), before);
    // The same writes have the same hash.
    assert_eq!(place.json("backup again.db")["head"], head);
}
