//! Stores that cannot be used: exit 6, what is wrong, and nothing touched or made.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;

use super::kit::{Place, Said, refused};

const READS: [&str; 6] = [
    "feature list",
    "get analytics --user ana",
    "resolve --plan pro",
    "check analytics --user ana",
    "user list",
    "export",
];
const WRITES: [&str; 3] = [
    "set analytics --plan pro --create",
    "feature define x",
    "user assign ana",
];

#[test]
fn a_missing_store_is_not_made_by_asking() {
    let place = Place::bare();
    let message = format!("there is no store at {}", place.store().display());
    let hints = &["`flags init` makes one; `--store PATH` or FLAGS_STORE names another"];
    for line in READS.iter().chain(&WRITES) {
        refused(&place, line, 6, "store_missing", &message, hints);
    }
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 0);
}

/// Asserts that every command refuses what is at the store's place, and leaves it as it is.
#[track_caller]
fn left_alone(place: &Place, code: &str, what: &str, hints: &[&str]) {
    let before = fs::read(place.store()).ok();
    let message = format!(
        "{} is not a flags store: {what}; it was left untouched",
        place.store().display()
    );
    for line in READS.iter().chain(&WRITES) {
        refused(place, line, 6, code, &message, hints);
    }
    assert_eq!(fs::read(place.store()).ok(), before);
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 1);
}

#[test]
fn what_is_no_store_is_named_for_what_it_is() {
    let hints = &["name the right file with `--store PATH` or FLAGS_STORE"];
    let place = Place::bare();
    place.file("flags.db", "this is a shopping list, and long enough to have a header of its own: milk, bread, butter, cheese, apples");
    left_alone(&place, "not_a_store", "it is not an SQLite database", hints);
    let place = Place::bare();
    place.file("flags.db", "");
    left_alone(&place, "not_a_store", "it is an empty file", hints);
    let place = Place::bare();
    fs::create_dir(place.store()).unwrap();
    left_alone(&place, "not_a_store", "it is a directory", hints);
    let place = Place::bare();
    symlink("nowhere", place.store()).unwrap();
    left_alone(
        &place,
        "not_a_store",
        "it is a symbolic link to nothing",
        hints,
    );
    let place = Place::bare();
    let other = rusqlite::Connection::open(place.store()).unwrap();
    other
        .execute_batch("CREATE TABLE songs (title TEXT)")
        .unwrap();
    drop(other);
    left_alone(
        &place,
        "not_a_store",
        "it is another program's database",
        hints,
    );
}

#[test]
fn a_store_of_a_newer_version_is_left_untouched() {
    let place = Place::shop();
    let newer = rusqlite::Connection::open(place.store()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(newer);
    let before = fs::read(place.store()).unwrap();
    for line in READS.iter().chain(&WRITES) {
        let told = place.flags(&format!("{line} --json")).fails(6);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let message = told["error"]["message"].as_str().unwrap();
        assert!(
            message.contains("has format 99, this version of flags knows formats up to "),
            "{message}"
        );
        assert!(message.ends_with("; it was left untouched"), "{message}");
        assert_eq!(told["error"]["code"], "store_newer");
        assert_eq!(
            told["error"]["hints"][0],
            "install the newer version of flags"
        );
    }
    assert_eq!(fs::read(place.store()).unwrap(), before);
}

#[test]
fn a_damaged_store_says_so() {
    let place = Place::shop();
    let store = rusqlite::Connection::open(place.store()).unwrap();
    store.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(store);
    let mut bytes = fs::read(place.store()).unwrap();
    for byte in &mut bytes[100..] {
        *byte = 0xa5;
    }
    fs::write(place.store(), &bytes).unwrap();
    for line in READS.iter().chain(&WRITES) {
        let told = place.flags(line).fails(6);
        let start = format!("error: the store {} is damaged: ", place.store().display());
        assert!(told.starts_with(&start), "{line}: {told}");
        assert!(
            told.ends_with(
                "hint: `flags restore FILE` puts a backup in its place, and keeps this file\n"
            ),
            "{told}"
        );
    }
    assert_eq!(fs::read(place.store()).unwrap(), bytes);
}

#[test]
fn a_read_only_store_answers_and_refuses_writes() {
    let place = Place::shop();
    let directory = place.path("shelf");
    fs::create_dir(&directory).unwrap();
    let store = directory.join("flags.db");
    fs::rename(place.store(), &store).unwrap();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&place.path(""), 0o755);
    mode(&store, 0o444);
    mode(&directory, 0o555);
    // Permissions mean nothing to the superuser, who can run the program as somebody else.
    let superuser = fs::File::create(directory.join("probe")).is_ok();
    let run = |line: &str| {
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        command.env("FLAGS_STORE", &store);
        if superuser {
            command.uid(65_534).gid(65_534);
        }
        command.output().map(Said::from)
    };
    if superuser && run("--version").is_err() {
        return; // The program is where nobody else may look.
    }
    for line in READS {
        let said = run(line).unwrap();
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
    }
    for line in WRITES {
        let told = run(line).unwrap().fails(6);
        let store = store.display();
        assert_eq!(
            told,
            format!(
                "error: the store {store} is read-only; nothing was written\n\
                 hint: reading still works; write where it is writable\n"
            )
        );
    }
    mode(&directory, 0o755);
    assert_eq!(super::kit::store_revision(&store), 1);
}

#[test]
fn a_store_can_be_named_in_many_ways() {
    let place = Place::shop();
    let odd = place.path("file:odd name%20?#.db");
    fs::rename(place.store(), &odd).unwrap();
    let words = ["feature", "cap", "--store", "file:odd name%20?#.db"];
    assert_eq!(place.words(&words).yes(), "6 of 50 features are defined\n");
    symlink(&odd, place.path("link.db")).unwrap();
    assert_eq!(
        place.flags("--store link.db feature cap").yes(),
        "6 of 50 features are defined\n"
    );
    place.flags("--store link.db set sso --plan pro").yes();
    assert_eq!(super::kit::store_revision(&odd), 2);
}
