//! Imports that are interrupted, or written in parts.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{document, fed};
use crate::cli::kit::Place;

#[test]
fn a_signal_while_waiting_for_input_ends_it_and_nobody_was_kept_waiting() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let place = Place::shop();
        let before = place.contents();
        let mut command = place.command(&["override", "import"]);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"user,feature\nana,beta\n").unwrap();
        // The signal is listened for before anything is read.
        std::thread::sleep(Duration::from_millis(700));
        place.flags("feature define meanwhile").yes();
        kill_process(Pid::from_child(&child), signal).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        let told = String::from_utf8(output.stderr).unwrap();
        let expected = "error: interrupted: nothing was written, the store is as it was\n";
        assert_eq!((output.status.code(), &*told), (Some(code), expected));
        place.flags("feature delete meanwhile --yes").yes();
        let after = place.contents();
        let body = |text: &str| text.rsplit_once("revision").unwrap().0.to_owned();
        assert_eq!(body(&after), body(&before));
    }
}

#[test]
fn batches_are_revisions_of_their_own_and_say_where_to_go_on() {
    let place = Place::shop();
    let rows = "user,feature\nana,beta\nben,beta\ncleo,beta\nnobody,beta\ndev,beta\n";
    let told = document(&place, "override import --batch 2", rows, 3);
    assert_eq!(
        (&told["written_until"], &told["refused"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(told["rows"], 5, "all rows are looked at");
    assert_eq!(place.revision(), 2);
    assert_eq!(
        place
            .json("override list --feature beta")
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let said = fed(&place, "override import --batch 2", rows);
    let message = "error: 1 of 5 rows was refused; the rows up to line 3 are written, the last of \
                   them as revision 2\n";
    assert!(said.err.contains(message), "{}", said.err);
    let hint = "hint: `flags override import - --after-line 3` goes on\n";
    assert!(said.err.contains(hint), "{}", said.err);
    let rest = document(
        &place,
        "override import --after-line 3 --keep-going",
        rows,
        1,
    );
    assert_eq!((&rest["rows"], &rest["added"]), (&json!(3), &json!(2)));
    let again: Value = document(&place, "override import --batch 1 --keep-going", rows, 1);
    assert_eq!(again["unchanged"], 4);
    assert_eq!(place.revision(), 3);
}

#[test]
fn an_import_into_a_protected_profile_wants_a_word() {
    let place = Place::shop();
    let store = place.store();
    let profile = format!(
        "[profiles.live]\nkind = \"local\"\nstore = {:?}\nprotected = true\n",
        store.display().to_string()
    );
    place.file("config/flags/config.toml", profile);
    place.file("rows.csv", "user,feature\nana,beta\n");
    let line = "override import rows.csv --profile live";
    let told = place.flags(line).fails(2);
    assert!(told.contains("profile `live` is protected"), "{told}");
    place.flags(&format!("{line} --dry-run")).yes();
    place.flags(&format!("{line} --yes")).yes();
}
