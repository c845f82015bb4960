//! `doctor`: a healthy store has no problem, and each sickness is found with what helps.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use super::kit::Place;

fn tamper(store: &Path, sql: &str) {
    let connection = Connection::open(store).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn check(document: &Value, name: &str) -> (String, String, String) {
    let checks = document["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no check {name}: {document}"));
    let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
    (text("status"), text("found"), text("advice"))
}

/// What doctor says of a place, and its exit code.
fn examined(place: &Place, options: &str) -> (i32, Value) {
    let said = place.flags(&format!("doctor --json {options}"));
    let document = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    (said.code.unwrap(), document)
}

#[test]
fn a_healthy_store_has_no_problem_and_what_ends_is_a_warning() {
    let place = Place::shop();
    let before = std::fs::read(place.store()).unwrap();
    let (code, document) = examined(&place, "");
    assert_eq!(
        (code, &document["ok"]),
        (0, &Value::Bool(true)),
        "{document}"
    );
    for name in [
        "configuration",
        "profile",
        "permissions",
        "directory",
        "leftovers",
        "integrity",
        "tables",
        "history",
        "format",
        "journal",
        "size",
        "references",
        "features",
        "expiring",
        "writes",
    ] {
        assert_eq!(check(&document, name).0, "ok", "{name}: {document}");
    }
    // In the shop one override has ended, and the clock of these tests is pinned.
    let (status, found, advice) = check(&document, "expired");
    assert_eq!((&*status, &*found), ("warning", "1 overrides have ended"));
    assert_eq!(advice, "`flags override clear --expired`");
    assert_eq!(check(&document, "clock").0, "warning");
    assert_eq!(document["warnings"], 2);
    place.flags("override clear --expired").yes();
    assert_eq!(check(&examined(&place, "").1, "expired").0, "ok");
    assert_ne!(std::fs::read(place.store()).unwrap(), before);
}

#[test]
fn doctor_writes_nothing() {
    let place = Place::shop();
    tamper(&place.store(), "PRAGMA journal_mode = DELETE");
    let before = std::fs::read(place.store()).unwrap();
    let (_, document) = examined(&place, "");
    assert_eq!(check(&document, "journal").0, "warning");
    assert!(std::fs::read(place.store()).unwrap() == before);
}

#[test]
fn nobody_is_on_a_lost_plan_where_there_are_no_plans() {
    let place = Place::empty();
    place.flags("user assign u1").yes();
    let (code, document) = examined(&place, "");
    assert_eq!((code, &*check(&document, "references").0), (0, "ok"));
}

#[test]
fn each_damage_is_found_and_named() {
    let no_checks = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;";
    for (sql, name, part) in [
        (
            "UPDATE revision SET actor = 'mallory'",
            "history",
            "revision 1",
        ),
        ("DELETE FROM change", "history", "revision 1"),
        (
            "CREATE TRIGGER t AFTER INSERT ON plan BEGIN SELECT 1; END",
            "tables",
            "trigger",
        ),
        (
            "DELETE FROM plan WHERE key = 'free'",
            "references",
            "subjects on plans",
        ),
        (
            "DELETE FROM feature WHERE key = 'sso'",
            "references",
            "overrides of features",
        ),
        (
            "DELETE FROM subject WHERE name = 'initech'",
            "references",
            "refer to a row that is gone",
        ),
        (
            "INSERT INTO named VALUES('user', 'x', 999)",
            "references",
            "lists of names that no rule asks for",
        ),
        (
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member'",
            "integrity",
            "",
        ),
    ] {
        let place = Place::shop();
        tamper(&place.store(), &format!("{no_checks} {sql}"));
        let (code, document) = examined(&place, "");
        let (status, found, advice) = check(&document, name);
        assert_eq!((code, &*status), (1, "problem"), "{sql}: {document}");
        assert!(found.contains(part), "{sql}: {found}");
        assert!(!advice.is_empty(), "{sql}");
    }
}

#[test]
fn what_draws_near_is_a_warning_with_the_command() {
    let place = Place::shop();
    place.flags("feature cap 6").yes();
    place.flags("set beta --user ana --expires 3d").yes();
    let (code, document) = examined(&place, "--quick");
    assert_eq!(code, 0);
    let (status, found, _) = check(&document, "features");
    assert_eq!((&*status, &*found), ("warning", "6 of at most 6"));
    let (status, _, advice) = check(&document, "expiring");
    assert_eq!(status, "warning");
    assert_eq!(advice, "`flags override list --expiring 7d`");
    assert!(
        !document.to_string().contains("\"history\""),
        "left out by --quick"
    );
}

#[test]
fn files_that_others_may_read_are_a_problem_that_is_put_right_when_asked() {
    let place = Place::shop();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let open = Permissions::from_mode(0o644);
    std::fs::set_permissions(place.store(), open).unwrap();
    let (code, document) = examined(&place, "");
    let (status, found, advice) = check(&document, "permissions");
    assert_eq!((code, &*status), (1, "problem"));
    assert!(found.contains("flags.db is 0644"), "{found}");
    assert!(advice.contains("chmod 600 "), "{advice}");
    assert_eq!(mode(&place.store()), 0o644);
    let (code, document) = examined(&place, "--fix");
    assert_eq!(
        (code, check(&document, "permissions").0.as_str()),
        (0, "ok")
    );
    assert_eq!(mode(&place.store()), 0o600);
    std::fs::set_permissions(place.path(""), Permissions::from_mode(0o777)).unwrap();
    assert_eq!(check(&examined(&place, "").1, "directory").0, "problem");
}

#[test]
fn of_what_cannot_be_read_the_rest_is_told_and_the_exit_code_says_so() {
    let place = Place::shop();
    place.file("text.db", "x".repeat(5000));
    for (store, part) in [
        ("nowhere.db", "there is no store"),
        ("text.db", "not a flags store"),
    ] {
        let said = place.flags(&format!("doctor --store {store} --json"));
        assert_eq!(said.code, Some(6), "{said:?}");
        let document: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(document["ok"], false);
        assert!(check(&document, "store").1.contains(part), "{document}");
        assert_eq!(check(&document, "configuration").0, "ok");
        assert!(said.err.contains("\"error\""), "{}", said.err);
    }
    place.file("config/flags/config.toml", "nonsense");
    let mut command = place.command(&["doctor", "--json"]);
    let said = super::kit::Said::by(command.env_remove("FLAGS_STORE"));
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(said.code, Some(1));
    assert_eq!(check(&document, "configuration").0, "problem");
}

#[test]
fn what_restores_have_kept_is_mentioned() {
    let place = Place::shop();
    place.flags("backup copy.db").yes();
    place.flags("restore copy.db --yes").yes();
    let (code, document) = examined(&place, "");
    let (status, found, _) = check(&document, "leftovers");
    assert_eq!((code, &*status), (0, "warning"));
    assert!(found.starts_with("1 stores that were replaced"), "{found}");
}
