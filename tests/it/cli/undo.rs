//! `flags undo`: every kind of write is taken back by the program.

use serde_json::{Value, json};

use super::kit::{Place, Said, refused};

/// What the export says, whatever the revision.
fn export(place: &Place) -> String {
    place.flags("export --subjects --overrides").yes()
}

#[test]
fn every_kind_of_write_is_taken_back_and_put_in_again() {
    for line in super::dry_run::WRITES {
        let place = Place::shop();
        let before = export(&place);
        let written = place.json(&format!("{line} --yes"));
        let after = export(&place);
        assert_ne!(before, after, "{line}");
        let undone = place.json("undo");
        assert_eq!(export(&place), before, "{line}");
        assert_eq!(undone["undone"], 2, "{line}");
        assert_eq!(undone["restored"], Value::Null, "{line}");
        assert_eq!(undone["count"], count(&written), "{line}");
        assert_eq!(undone["revision"], 3, "{line}");
        let again = place.json("undo");
        assert_eq!(export(&place), after, "{line}");
        assert_eq!(again["undone"], 3, "{line}");
        assert_eq!(again["restored"], 2, "{line}");
        assert_eq!(again["changes"], written["changes"], "{line}");
        // An odd number of times it is gone, an even number of times it is there.
        place.flags("undo").yes();
        assert_eq!(export(&place), before, "{line}");
    }
}

fn count(written: &Value) -> usize {
    written["changes"].as_array().unwrap().len()
}

#[test]
fn a_dry_run_shows_what_taking_back_would_do() {
    let place = Place::shop();
    place.flags("feature disable analytics").yes();
    let before = place.contents();
    assert_eq!(
        place.flags("undo --dry-run").yes(),
        "~ feature analytics: switch: disabled → enabled\n\
         answers that change: 4 gained, 0 lost\n\
         subject\tfeature\tnow\tthen\n\
         user:ana\tanalytics\toff\ton\n\
         user:ben\tanalytics\toff\ton\n\
         user:dev\tanalytics\toff\ton\n\
         org:acme\tanalytics\toff\ton\n\
         dry run: nothing was written\n\
         this would take back revision 2 (`feature disable` by tester, 2026-05-01T12:00:00Z)\n\
         next: flags undo 2, flags undo 1 goes further back\n"
    );
    let preview = place.json("undo 2 --dry-run");
    assert_eq!(preview["dry_run"], true);
    assert_eq!(preview["effects"]["gained"], 4);
    assert_eq!(place.contents(), before);
    let written = place.json("undo 2");
    assert_eq!(written["changes"], preview["changes"]);
}

#[test]
fn the_report_tells_what_was_taken_back_and_how_to_go_on() {
    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    place.flags("set max_seats 9 --plan pro").yes();
    let tail = |said: String| {
        said.lines()
            .rev()
            .take(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        tail(place.flags("undo").yes()),
        [
            "next: flags undo brings it back, flags undo 2 goes further back",
            "this took back revision 3 (`set` by tester, 2026-05-01T12:00:00Z)",
        ]
    );
    assert_eq!(
        tail(place.flags("undo --reason oops").yes()),
        [
            "next: flags undo brings it back, flags undo 2 goes further back",
            "this took back the undo of revision 3 (`undo` by tester, 2026-05-01T12:00:00Z): \
             revision 3 stands again",
        ]
    );
    // Whatever the reason says, it is known what was taken back.
    assert_eq!(place.json("undo")["restored"], 4);
    place.flags("undo 2").yes();
    let furthest = tail(place.flags("undo").yes());
    assert_eq!(
        furthest[0],
        "next: flags undo brings it back, flags undo 1 goes further back"
    );
}

#[test]
fn later_changes_that_stand_on_it_are_named_and_no_others() {
    let place = Place::shop();
    for line in [
        "feature define fresh",           // 2
        "set fresh --plan pro",           // 3
        "set sso --plan pro",             // 4: something else
        "set fresh --user ben",           // 5
        "feature edit fresh --owner ann", // 6
        "set fresh off --user ana",       // 7
        "undo",                           // 8: 7 is in nobody's way
    ] {
        place.flags(line).yes();
    }
    let before = place.contents();
    let at = "2026-05-01T12:00:00Z, tester";
    let message = format!(
        "revision 2 cannot be taken back, because later changes stand on it: revision 6 ({at}, \
         `feature edit`): feature fresh: owner; revision 5 ({at}, `set`): user ben: override of \
         fresh; revision 3 ({at}, `set`): plan pro: fresh"
    );
    let hint = "take those back first, latest first: `flags undo 6`, `flags undo 5`, `flags undo \
                3`, then `flags undo 2`";
    for line in ["undo 2", "undo 2 --dry-run", "undo 2 --yes"] {
        refused(&place, line, 3, "undo_conflict", &message, &[hint]);
    }
    assert_eq!(place.contents(), before);
    for number in [6, 5, 3, 2] {
        place.flags(&format!("undo {number}")).yes();
    }
    assert_eq!(place.json("plan show pro")["grants"]["sso"], true);
    assert_eq!(place.flags("feature show fresh").code, Some(3));
}

#[test]
fn other_parts_of_the_same_thing_may_have_been_altered_since() {
    let place = Place::shop();
    for line in [
        "user assign ana --plan free",
        "user assign ana --email ana@example.org --org initech",
        "feature edit sso --owner ann",
        "feature disable sso",
        "target add beta user:ben",
        "target beta percent 10",
        "target add beta user:ana",
    ] {
        place.flags(line).yes();
    }
    for number in [2, 4, 6] {
        place.flags(&format!("undo {number}")).yes();
    }
    let ana = place.json("user show ana");
    assert_eq!(
        (&ana["plan"], &ana["email"]),
        (&json!("pro"), &json!("ana@example.org"))
    );
    let sso = place.json("feature show sso");
    assert_eq!(
        (&sso["owner"], &sso["enabled"]),
        (&Value::Null, &json!(false))
    );
    let beta = place.json("export")["features"]["beta"]["targeting"].to_string();
    assert!(!beta.contains("ben") && beta.contains("ana"), "{beta}");
}

#[test]
fn whoever_stands_on_those_in_the_way_is_in_the_hint() {
    let place = Place::shop();
    for line in [
        "org assign zeta",
        "user assign zoe --org zeta",
        "set sso --user zoe",
    ] {
        place.flags(line).yes();
    }
    let told = place.flags("undo 2").fails(3);
    assert!(told.contains("stand on it: revision 3 ("), "{told}");
    assert!(
        told.contains("`flags undo 4`, `flags undo 3`, then `flags undo 2`"),
        "{told}"
    );
    assert!(!told.contains("revision 4 ("), "{told}");
}

#[test]
fn what_is_taken_back_already_is_not_taken_back_twice() {
    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    place.flags("undo").yes();
    refused(
        &place,
        "undo 2",
        3,
        "taken_back_already",
        "revision 2 is taken back already, by revision 3 (2026-05-01T12:00:00Z, tester, `undo`)",
        &["`flags undo 3` brings it back"],
    );
}

#[test]
fn a_revision_that_is_not_there_is_refused() {
    let place = Place::shop();
    for number in ["0", "2", "18446744073709551615"] {
        refused(
            &place,
            &format!("undo {number}"),
            3,
            "revision_not_found",
            &format!("there is no revision {number}: the latest is 1"),
            &["`flags undo` without a number takes back the latest"],
        );
    }
    for line in ["undo -1", "undo one", "undo 1 2"] {
        assert_eq!(place.flags(line).code, Some(2), "{line}");
    }
    let empty = Place::empty();
    let nothing = "there is nothing to take back: nothing has been written yet";
    refused(&empty, "undo", 3, "nothing_to_undo", nothing, &[]);
}

#[test]
fn features_that_found_no_room_are_told_what_took_it() {
    let place = Place::empty();
    for line in [
        "feature define one",
        "feature cap 1",
        "feature delete one --yes",
        "feature define two",
    ] {
        place.flags(line).yes();
    }
    let told = place.flags("undo 3").fails(3);
    assert!(told.contains("stand on it: revision 4 ("), "{told}");
    place.flags("undo 4").yes();
    place.flags("undo 3").yes();
    assert_eq!(place.flags("feature show one").code, Some(0));
}

#[test]
fn a_history_that_is_damaged_is_not_taken_back() {
    let broken = |statement: &str| -> Said {
        let place = Place::shop();
        place.flags("set sso --plan pro").yes();
        place.flags("set sso --user ana").yes();
        let connection = rusqlite::Connection::open(place.store()).unwrap();
        connection.execute_batch(statement).unwrap();
        drop(connection);
        place.flags("undo 2 --json")
    };
    for (statement, code) in [
        (
            "PRAGMA foreign_keys = off; DELETE FROM change WHERE revision = 2",
            "history_damaged",
        ),
        (
            "PRAGMA foreign_keys = off; DELETE FROM change WHERE revision = 2; \
             DELETE FROM revision WHERE id = 2",
            "history_missing",
        ),
        (
            "UPDATE change SET body = replace(body, 'null', '7') WHERE revision = 2",
            "history_damaged",
        ),
        (
            "UPDATE change SET body = 'x' WHERE revision = 2",
            "store_corrupt",
        ),
    ] {
        let told = broken(statement).fails(6);
        assert!(
            told.contains(&format!("\"code\":\"{code}\"")),
            "{statement}: {told}"
        );
    }
}

#[test]
fn the_history_tells_that_and_why_something_was_taken_back() {
    use flags::domain::catalog::Revision;
    use flags::store::Store;

    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    place.flags("undo").yes();
    place.words(&["undo", "--reason", "it was right"]).yes();
    let store = flags::store::sqlite::SqliteStore::open(&place.store()).unwrap();
    let snapshot = store.snapshot().unwrap();
    let told = [3, 4].map(|number| {
        let entry = snapshot.entry(Revision(number)).unwrap().unwrap();
        (entry.command, entry.reason.unwrap().to_string())
    });
    let told = told
        .each_ref()
        .map(|(command, reason)| (&**command, &**reason));
    assert_eq!(
        told,
        [("undo", "takes back revision 2"), ("undo", "it was right")]
    );
}

/// So many rows are taken back one by one.
const ROWS: usize = 12_000;

#[test]
fn an_import_is_taken_back_and_comes_again() {
    let place = Place::shop();
    let before = export(&place);
    let mut rows = String::from("subject,feature,value\n");
    for number in 0..ROWS {
        rows.push_str(&format!("user:n{number},max_seats,{number}\n"));
    }
    rows.push_str("user:ben,max_seats,77\n");
    place.file("rows.csv", rows);
    place.flags("override import rows.csv --create").yes();
    let after = export(&place);
    let preview = place.json("undo --dry-run");
    let count = 2 * ROWS + 1;
    assert_eq!(
        (&preview["count"], &preview["dry_run"]),
        (&json!(count), &json!(true))
    );
    assert_eq!(preview["effects"]["complete"], false);
    assert_eq!(preview["changes"].as_array().unwrap().len(), 100);
    let text = place.flags("undo").yes();
    assert!(
        text.contains(&format!("\nand {} more changes\n", count - 100)),
        "{text}"
    );
    assert_eq!(export(&place), before);
    place.flags("set sso --plan pro").yes();
    place.flags("undo 3").yes();
    place.flags("undo 4").yes();
    assert_eq!(export(&place), after);
    // A later change in a single place is in the way of the whole.
    place.flags("set max_seats 5 --user n77").yes();
    let told = place.flags("undo 2").fails(3);
    assert!(told.contains("user n77: override of max_seats"), "{told}");
    place.flags("undo").yes();
    place.flags("undo 2").yes();
    assert_eq!(export(&place), before);
}

#[test]
fn at_a_terminal_the_diff_is_shown_before_it_is_asked() {
    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    let talk = |line: &str| {
        let mut command = place.command(&line.split(' ').collect::<Vec<_>>());
        command.env("TERM", "xterm-256color");
        super::talk::Talk::start(command)
    };
    for answer in ["n", ""] {
        let mut asked = talk("undo");
        asked.expect("- plan pro: sso");
        asked.expect("answers that change: ");
        asked.answer("Take back revision 2? [y/N]", answer);
        let (code, shown) = asked.end();
        assert_eq!(code, Some(130), "{shown}");
        assert!(
            shown.contains("not confirmed; nothing was written"),
            "{shown}"
        );
    }
    assert_eq!(place.revision(), 2);
    let mut asked = talk("undo 2");
    asked.answer("Take back revision 2? [y/N]", "y");
    assert_eq!(asked.end().0, Some(0));
    let mut asked = talk("undo");
    asked.answer("Take back the undo of revision 2? [y/N]", "y");
    assert_eq!(asked.end().0, Some(0));
    let (code, shown) = talk("undo --yes").end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("[y/N]"), "{shown}");
    assert_eq!(place.revision(), 5);
}

#[test]
fn a_protected_profile_is_asked_as_for_every_write() {
    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    let store = place.store();
    let profile = format!(
        "[profiles.live]\nkind = \"local\"\nstore = {:?}\nprotected = true\n",
        store.display().to_string()
    );
    place.file("config/flags/config.toml", profile);
    let live = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        Said::by(place.command(&words).env_remove("FLAGS_STORE"))
    };
    let told = live("undo --profile live").fails(2);
    assert!(told.contains("profile `live` is protected"), "{told}");
    live("undo --profile live --yes").yes();
    assert_eq!(place.revision(), 3);
}

#[test]
fn room_is_made_before_features_come_back() {
    let place = Place::empty();
    for key in ["a", "b", "c"] {
        place.flags(&format!("feature define {key}")).yes();
    }
    let whole = place.flags("export").yes();
    place.file("whole.json", whole);
    let small = r#"{"format": "flags.catalog/1", "settings": {"max_features": 2},
        "features": {"a": {"type": "boolean"}}}"#;
    place.file("small.json", small);
    place.flags("apply small.json --prune --yes").yes();
    place.flags("feature define d").yes();
    let features = || {
        let list = place.json("feature list");
        let keys = list.as_array().unwrap().iter();
        let keys: Vec<String> = keys
            .map(|row| row["key"].as_str().unwrap().to_owned())
            .collect();
        keys.join("")
    };
    assert_eq!(features(), "ad");
    // With what came since there are more than there was room for after the fourth write.
    place.flags("undo 4").yes();
    assert_eq!(features(), "abcd");
    place.flags("undo").yes();
    assert_eq!(features(), "ad");
}
