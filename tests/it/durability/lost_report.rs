//! A report that does not reach its reader: what was written stays written, and is said to be.

use std::fs::{File, OpenOptions};
use std::process::Stdio;

use super::program::{Place, Ran, ran};
use super::witness::see;

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

fn run_into(place: &Place, words: &str, out: impl Into<Stdio>) -> Ran {
    let mut command = place.command(words);
    let child = command.stdout(out).stderr(Stdio::piped()).spawn();
    ran(child.unwrap().wait_with_output().unwrap())
}

/// A pipe whose reader has left.
fn unread() -> std::io::PipeWriter {
    std::io::pipe().unwrap().1
}

fn with_a_feature() -> Place {
    let place = Place::with_store();
    place.must("feature define beta");
    place
}

#[test]
fn a_change_whose_report_meets_a_full_disk_is_said_to_be_written() {
    let place = with_a_feature();
    let words = "set beta --user u1 --create";
    let text = run_into(&place, words, full());
    assert_eq!(text.code, Some(2));
    assert_eq!(
        text.err,
        "error: the change was written as revision 2, but its report could not be shown: No space \
         left on device (os error 28)\n"
    );
    assert_eq!(see(place.store()).revision, 2);
    let json = run_into(&place, "set beta --user u2 --create --json", full());
    json.failed(2, "report_lost");
    assert!(json.err.contains("written as revision 3"), "{json:?}");
    assert_eq!(see(place.store()).revision, 3);
}

#[test]
fn a_change_whose_reader_has_left_is_said_to_be_written() {
    let place = with_a_feature();
    let ran = run_into(&place, "set beta --user u1 --create", unread());
    assert_eq!(ran.code, Some(141));
    assert!(ran.err.contains("written as revision 2"), "{ran:?}");
    assert_eq!(see(place.store()).revision, 2);
}

#[test]
fn where_nothing_was_changed_nothing_is_said_to_be() {
    let place = with_a_feature();
    let unchanged = [
        "plan create pro --dry-run",
        "feature list",
        "feature enable beta",
    ];
    for words in unchanged {
        let ran = run_into(&place, &format!("{words} --json"), full());
        ran.failed(2, "output");
        let left = run_into(&place, words, unread());
        assert_eq!((left.code, left.err.as_str()), (Some(141), ""), "{words}");
        assert_eq!(see(place.store()).revision, 1, "{words}");
    }
}

#[test]
fn a_store_whose_making_cannot_be_reported_is_said_to_be_made() {
    let place = Place::new();
    let ran = run_into(&place, "init --json", full());
    ran.failed(2, "report_lost");
    assert!(ran.err.contains("flags.db was made"), "{ran:?}");
    assert_eq!(see(place.store()).revision, 0);
    place.must("init");
}

#[test]
fn a_field_that_there_is_not_is_refused_before_anything_is_made() {
    let place = Place::new();
    assert_eq!(place.run("init --json=nonsense").code, Some(2));
    assert!(!place.store().exists());
}
