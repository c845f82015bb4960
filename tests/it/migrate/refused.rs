//! What is not moved, and what is found to be another project.

use flags::store::sqlite::SqliteStore;
use rusqlite::Connection;

use super::kit::{are_the_same, head, migrate};
use crate::cli::kit::{NOW, Place};
use crate::project::everything;

#[test]
fn another_project_is_not_written_over() {
    let place = Place::shop();
    place.flags("set beta --user ana").yes();
    migrate(&place, "flags.db other.db").yes();
    let other = Place::empty();
    other.flags("plan create pro").yes();
    std::fs::copy(other.store(), place.path("foreign.db")).unwrap();
    let before = head(&place.path("foreign.db"));
    let said = migrate(&place, "flags.db foreign.db").fails(3);
    let parted = "foreign.db holds another project: its revision 1 is `plan create` by tester, that of \
                  flags.db is `test` by seed";
    assert!(said.contains(parted), "{said}");
    assert_eq!(head(&place.path("foreign.db")), before);
    // The target goes its own way, and then so does the source.
    place
        .flags("set beta off --user dev --store other.db")
        .yes();
    let said = migrate(&place, "flags.db other.db").fails(3);
    let ahead = "other.db has all 2 revisions of flags.db and 1 write more";
    assert!(said.contains(ahead), "{said}");
    place.flags("set sso --user dev").yes();
    let said = migrate(&place, "flags.db other.db --dry-run").fails(3);
    let parted = "other.db holds another project: its revision 3 is `set` by tester";
    assert!(said.contains(parted), "{said}");
}

#[test]
fn what_is_no_place_or_the_same_place_is_refused() {
    let place = Place::shop();
    for (line, code, words) in [
        ("flags.db flags.db", 2, "are the same store"),
        ("flags.db ./flags.db", 2, "are the same store"),
        ("nowhere other.db", 3, "there is no profile `nowhere`"),
        (
            "missing.db/ other.db",
            6,
            "there is no store at missing.db/",
        ),
        ("flags.db nowhere", 3, "there is no profile `nowhere`"),
        (
            "flags.db other.db --store x.db",
            2,
            "takes its two places as arguments",
        ),
        ("flags.db other.db --offline", 2, "no copy"),
    ] {
        let said = migrate(&place, line).fails(code);
        assert!(said.contains(words), "{line}: {said}");
        assert!(!place.path("other.db").exists(), "{line} made a store");
    }
}

#[test]
fn places_that_keep_no_history_say_so_before_anything_is_made() {
    let place = Place::shop();
    let fake = "http://127.0.0.1:9";
    for (name, kind, more) in [("w", "workos", ""), ("a", "astapa", "--client-id c")] {
        let add = format!("profile add {name} --kind {kind} --url {fake} {more}");
        let said = place.flags(&add);
        assert_eq!(said.code, Some(0), "{add}: {said:?}");
    }
    let by = |line: &str, code: i32| {
        let mut command = super::kit::command(&place, line);
        command
            .env("WORKOS_API_KEY", "sk_1")
            .env("ASTAPA_CLIENT_SECRET", "s");
        command.env("FLAGS_NOW", NOW);
        let said = crate::cli::kit::Said::by(&mut command);
        assert_eq!(said.code, Some(code), "{line}: {said:?}");
        said.err
    };
    let said = by("w other.db", 3);
    assert!(said.contains("--without-history"), "{said}");
    assert!(!place.path("other.db").exists());
    let said = by("flags.db w", 3);
    assert!(
        said.contains("cannot keep a project with its history"),
        "{said}"
    );
    let said = by("flags.db a", 3);
    assert!(
        said.contains("cannot keep a project with its history"),
        "{said}"
    );
    let said = by("a other.db --without-history", 3);
    assert!(said.contains("does not tell what it holds"), "{said}");
}

/// Alters a store behind the program's back.
fn tamper(place: &Place, statement: &str) {
    let connection = Connection::open(place.path("other.db")).unwrap();
    assert_eq!(connection.execute(statement, []).unwrap(), 1, "{statement}");
}

#[test]
fn a_target_that_was_tampered_with_is_found_out() {
    for (statement, words) in [
        (
            "UPDATE \"override\" SET granted = 1 - granted, value = NULL WHERE rowid_or_first",
            "do not hold the same overrides",
        ),
        (
            "UPDATE subject SET label = 'x' WHERE id = (SELECT min(id) FROM subject WHERE kind = 0)",
            "do not hold the same users",
        ),
        (
            "DELETE FROM plan_grant WHERE rowid_or_first",
            "do not hold the same plans",
        ),
        (
            "UPDATE revision SET actor = 'mallory' WHERE id = 1",
            "the history in other.db is not whole: revision 1 does not have its hash",
        ),
    ] {
        let place = Place::shop();
        place.flags("set beta --user ana").yes();
        migrate(&place, "flags.db other.db").yes();
        let first = match statement.contains("override") {
            true => {
                "(subject_id, feature_id) = (SELECT subject_id, feature_id FROM \"override\" \
                 WHERE value IS NULL LIMIT 1)"
            }
            false => "(plan_id, feature_id) = (SELECT plan_id, feature_id FROM plan_grant LIMIT 1)",
        };
        tamper(&place, &statement.replace("rowid_or_first", first));
        let said = migrate(&place, "flags.db other.db").fails(1);
        assert!(said.contains(words), "{statement}: {said}");
        assert!(said.contains("do not switch over"), "{said}");
    }
}

#[test]
fn a_source_whose_history_was_altered_is_not_moved_as_if_it_were_whole() {
    let place = Place::shop();
    place.flags("set beta --user ana").yes();
    place.flags("set beta off --user dev").yes();
    let connection = Connection::open(place.store()).unwrap();
    let alter = "UPDATE revision SET actor = 'mallory' WHERE id = 2";
    assert_eq!(connection.execute(alter, []).unwrap(), 1);
    drop(connection);
    let said = migrate(&place, "flags.db other.db").fails(6);
    assert!(said.contains("revision 2 does not fit"), "{said}");
    // What it holds now can still be had.
    migrate(&place, "flags.db new.db --without-history").yes();
    let store = |name: &str| SqliteStore::open(&place.path(name)).unwrap();
    assert_eq!(everything(&store("new.db")), everything(&store("flags.db")));
}

#[test]
fn a_protected_place_is_not_written_without_a_word() {
    let place = Place::shop();
    SqliteStore::create(&place.path("prod.db")).unwrap();
    place
        .flags("profile add prod --store prod.db --protected")
        .yes();
    let said = migrate(&place, "flags.db prod").fails(2);
    assert!(said.contains("protected"), "{said}");
    assert_eq!(head(&place.path("prod.db")).revision.0, 0);
    migrate(&place, "flags.db prod --yes").yes();
    are_the_same(&place.store(), &place.path("prod.db"));
}
