//! `flags log`: what was written, by whom, and that nobody altered it since.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::kit::{Place, refused};

/// The shop, written at eleven, and six writes of two people over a while.
fn busy() -> Place {
    let place = Place::shop();
    let write = |actor: &str, now: &str, words: &[&str]| {
        let mut command = place.command(words);
        command.env("FLAGS_ACTOR", actor).env("FLAGS_NOW", now);
        assert!(command.output().unwrap().status.success(), "{words:?}");
    };
    let reasoned = ["set", "sso", "--plan", "pro", "--reason", "asked for"];
    write("ann", "2026-05-01T08:00:00Z", &reasoned);
    write(
        "bob",
        "2026-05-01T09:00:00Z",
        &["set", "sso", "off", "--user", "ben"],
    );
    let define = ["feature", "define", "fresh"];
    write("ann", "2026-05-01T10:00:00Z", &define);
    let delete = ["feature", "delete", "fresh", "--yes"];
    write("bob", "2026-05-01T10:30:00Z", &delete);
    let assign = ["user", "assign", "ben", "--plan", "enterprise"];
    write("ann", "2026-05-01T11:00:00Z", &assign);
    let joins = ["user", "assign", "ben", "--org", "acme"];
    write("ann", "2026-05-01T11:30:00Z", &joins);
    place
}

fn revisions(place: &Place, line: &str) -> Vec<u64> {
    let said = place.flags(&format!("{line} --limit 0 --json=revision"));
    assert_eq!(said.code, Some(0), "{line}: {said:?}");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    let writes = document.as_array().unwrap().iter();
    writes
        .map(|write| write["revision"].as_u64().unwrap())
        .collect()
}

#[test]
fn the_writes_come_latest_first_with_who_when_how_and_why() {
    let place = busy();
    let out = place.flags("log --limit 0").yes();
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(
        rows[0],
        ["revision", "when", "who", "command", "changes", "why"]
    );
    assert_eq!(rows.len(), 8);
    let second = [
        "2",
        "2026-05-01T08:00:00Z",
        "ann",
        "set",
        "+ plan pro: sso: on",
        "asked for",
    ];
    assert_eq!(rows[6], second);
    assert!(rows[7][4].ends_with(" more"), "{:?}", rows[7]);
    let moved = "~ user ben: plan: free → enterprise";
    assert_eq!(rows[2][4], moved);
}

#[test]
fn writes_are_found_by_what_they_are_about_and_by_whom_how_and_when() {
    let place = busy();
    for (line, expected) in [
        ("log", &[7, 6, 5, 4, 3, 2, 1][..]),
        ("log --feature sso", &[3, 2, 1]),
        // Long gone.
        ("log --feature fresh", &[5, 4]),
        ("log --user ben", &[7, 6, 3, 1]),
        ("log --user ben --feature sso", &[3]),
        ("log --plan enterprise", &[6, 1]),
        ("log --plan free", &[6, 1]),
        ("log --org acme", &[7, 1]),
        ("log --org acme --user ben", &[7]),
        ("log --actor bob", &[5, 3]),
        ("log --actor bob --feature sso", &[3]),
        ("log --actor nobody", &[]),
        ("log --command set", &[3, 2]),
        ("log --since 1h", &[7, 6, 1]),
        ("log --since -1h", &[7, 6, 1]),
        (
            "log --since 2026-05-01T10:00:00Z --until 2026-05-01T10:30:00Z",
            &[5, 4],
        ),
        ("log --until 3h", &[3, 2]),
        ("log --feature analytics --user ana", &[]),
    ] {
        assert_eq!(revisions(&place, line), expected, "{line}");
    }
}

#[test]
fn only_the_changes_that_are_about_it_are_shown_and_all_are_counted() {
    let place = busy();
    let told = place.json("log 1 --user ana");
    let subjects: Vec<&Value> = told["changes"].as_array().unwrap().iter().collect();
    assert!(!subjects.is_empty());
    assert!(
        subjects
            .iter()
            .all(|change| change.to_string().contains("ana"))
    );
    assert!(told["change_count"].as_u64().unwrap() > subjects.len() as u64);
    assert_eq!(told["truncated"], false);
    let one = place.json("log 1 --user ana --changes 1");
    assert_eq!(one["changes"], json!([told["changes"][0]]));
    assert_eq!(one["truncated"], true);
    let whole = place.json("log 1");
    assert_eq!(
        whole["change_count"],
        whole["changes"].as_array().unwrap().len()
    );
    assert_eq!(whole["truncated"], false);
}

#[test]
fn one_write_is_shown_in_full_before_and_after() {
    let place = busy();
    let document = place.json("log 6");
    let hash = document["hash"].as_str().unwrap().to_owned();
    assert_eq!(hash.len(), 64);
    let expected = json!({
        "revision": 6,
        "at": "2026-05-01T11:00:00Z",
        "actor": "ann",
        "command": "user assign",
        "reason": null,
        "hash": hash,
        "change_count": 1,
        "changes": [{
            "change": "user",
            "id": "ben",
            "before": {"email": "ben@example.com", "plan": "free"},
            "after": {"email": "ben@example.com", "plan": "enterprise"},
        }],
        "truncated": false,
    });
    assert_eq!(document, expected);
    let text = format!(
        "revision 6: user assign by ann, 2026-05-01T11:00:00Z\nhash: {hash}\n\
         ~ user ben: plan: free → enterprise\n"
    );
    assert_eq!(place.flags("log 6").yes(), text);
    let why = place.flags("log 2").yes();
    assert!(why.contains("\nwhy: asked for\n"), "{why}");
    let line = place.flags("log 6 --lines").yes();
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), expected);
}

#[test]
fn lines_are_the_documents_of_the_list_one_by_one_and_all_of_them() {
    let place = busy();
    let list = place.json("log --limit 0");
    for option in ["--lines", "--ndjson", "--lines --json"] {
        let lines = place.flags(&format!("log {option}")).yes();
        let lines: Value = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .collect();
        assert_eq!(lines, list, "{option}");
    }
    let one = place.flags("log --lines --limit 1 --json=command,revision");
    assert_eq!(one.out, "{\"command\":\"user assign\",\"revision\":7}\n");
    let more = "warning: there are more than the latest 1 write; --limit 0 shows all\n";
    assert_eq!(one.err, more);
}

#[test]
fn what_never_was_is_not_found() {
    let place = busy();
    let features = "`flags feature list` shows what there is";
    let no_feature = "there is no feature `frsh`";
    refused(
        &place,
        "log --feature frsh",
        3,
        "feature_not_found",
        no_feature,
        &[features],
    );
    let user = "`flags user assign ghost` makes the user known";
    let no_user = "there is no user `ghost`";
    refused(
        &place,
        "log --user ghost",
        3,
        "user_not_found",
        no_user,
        &[user],
    );
    let shows = "`flags log` shows the writes";
    let later = "there is no revision 8: the latest is 7";
    refused(&place, "log 8", 3, "revision_not_found", later, &[shows]);
    assert_eq!(place.flags("log --plan gone").code, Some(3));
    assert_eq!(place.flags("log --org nowhere").code, Some(3));
    assert_eq!(place.flags("log seven").code, Some(2));
    assert_eq!(place.flags("log 3 --actor bob").code, Some(2));
    let empty = Place::empty();
    let nothing = "there is no revision 1: nothing has been written yet";
    refused(&empty, "log 1", 3, "revision_not_found", nothing, &[shows]);
}

#[test]
fn a_history_that_was_not_touched_is_whole_and_its_hash_can_be_kept() {
    let place = busy();
    let whole = place.json("log verify");
    assert_eq!(
        (&whole["valid"], &whole["writes"]),
        (&json!(true), &json!(7))
    );
    assert_eq!(
        (&whole["misfit"], &whole["noted"]),
        (&Value::Null, &Value::Null)
    );
    let hash = place.json("log 7")["hash"].clone();
    assert_eq!(whole["hash"], hash);
    let hash = hash.as_str().unwrap();
    let text =
        format!("whole: 7 writes, and none was altered or removed\nhash of revision 7: {hash}\n");
    assert_eq!(place.flags("log verify").yes(), text);

    place.flags("set sso --plan free").yes();
    let later = place.json(&format!("log verify --head {hash}"));
    assert_eq!(later["noted"], json!({"hash": hash, "revision": 7}));
    assert_eq!(later["revision"], 8);
    let other = "ab".repeat(32);
    let told = place.flags(&format!("log verify --head {other}")).no();
    assert!(
        told.contains("not found: no write has the hash abab"),
        "{told}"
    );
    let told = place.flags("log verify --head 12").fails(2);
    assert!(told.contains("64 hexadecimal digits"), "{told}");
}

#[test]
fn a_history_that_was_tampered_with_answers_no_and_names_the_write() {
    let place = busy();
    let other = Connection::open(place.store()).unwrap();
    let edit = "UPDATE revision SET actor = 'mallory' WHERE id = 3";
    assert_eq!(other.execute(edit, []).unwrap(), 1);
    drop(other);
    let told = place.flags("log verify").no();
    let first = "tampered with: revision 3 does not have its hash: it, or what it changed, was \
                 altered\nup to revision 2 every write is as it was, behind it nothing is proven\n";
    assert!(told.starts_with(first), "{told}");
    assert!(
        told.contains("`flags restore FILE` puts a backup in its place"),
        "{told}"
    );
    let said = place.flags("log verify --json=misfit").no();
    let document: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["valid"], false);
    let misfit = &document["misfit"];
    assert_eq!(
        (&misfit["revision"], &misfit["tampering"]),
        (&json!(3), &json!("altered"))
    );
}
