//! Writes that are interrupted: the store is as it was, they say so, and leave nothing behind.

use std::fmt::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, kill_process};

use super::kit::{Place, Said};
use super::talk::Talk;

const SIGNALS: [(Signal, i32); 2] = [(Signal::INT, 130), (Signal::TERM, 143)];
const UNTOUCHED: &str = "error: interrupted: nothing was written, the store is as it was\n";

fn started(place: &Place, line: &str) -> Child {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    piped.spawn().unwrap()
}

/// Waits until the process catches SIGTERM, which it does from when it begins to write.
#[track_caller]
fn wait_until_it_writes(process: Pid) {
    let status = format!("/proc/{}/status", process.as_raw_nonzero());
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let Ok(text) = std::fs::read_to_string(&status) else {
            // There is no such file on other systems.
            return std::thread::sleep(Duration::from_secs(1));
        };
        let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        if caught & (1 << (Signal::TERM.as_raw() - 1)) != 0 {
            return;
        }
        assert!(Instant::now() < until, "it never listened");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Interrupts the process once it writes.
#[track_caller]
fn interrupted(child: Child, signal: Signal) -> Said {
    let process = Pid::from_child(&child);
    wait_until_it_writes(process);
    kill_process(process, signal).unwrap();
    child.wait_with_output().unwrap().into()
}

/// Keeps every other writer waiting, for as long as it is there.
fn lock(place: &Place, how: &str) -> Connection {
    let connection = Connection::open(place.store()).unwrap();
    connection.execute_batch(how).unwrap();
    connection
}

fn listing(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    names.sort();
    names
}

/// So many users with an override each, as a file that `apply` reads.
fn many(place: &Place, count: usize) {
    let mut users = String::new();
    let mut overrides = String::new();
    for number in 0..count {
        writeln!(users, "  u{number}: {{}}").unwrap();
        writeln!(overrides, "  user:u{number}: {{beta: {{grant: true}}}}").unwrap();
    }
    let export = place.flags("export --format yaml").yes();
    let text = format!("{export}users:\n{users}overrides:\n{overrides}");
    place.file("many.yaml", text);
}

/// Makes the store so large that copying it takes more than one step.
fn swell(place: &Place) {
    let connection = Connection::open(place.store()).unwrap();
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) \
               INSERT INTO setting SELECT 'ballast' || i, hex(randomblob(50000)) FROM n";
    connection.execute_batch(sql).unwrap();
    connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
}

#[test]
fn who_waits_for_the_lock_ends_at_the_signal_and_says_that_nothing_was_written() {
    let place = Place::shop();
    place.flags("set sso --plan pro").yes();
    many(&place, 3);
    place.file("rows.csv", "user,feature\nana,beta\n");
    place.flags("backup copy.db").yes();
    let (before, files) = (place.contents(), listing(&place));
    let lines = [
        "set analytics --plan free",
        "feature delete beta --yes",
        "undo --yes",
        "apply many.yaml --yes",
        "promote copy.db flags.db --without-targets --yes",
        "override import rows.csv",
        "restore copy.db --yes",
    ];
    for line in lines {
        for (signal, code) in SIGNALS {
            let held = lock(&place, "BEGIN IMMEDIATE");
            let said = interrupted(started(&place, line), signal);
            assert_eq!(said.fails(code), UNTOUCHED, "{line}");
            drop(held);
            assert_eq!(listing(&place), files, "{line}");
        }
    }
    assert_eq!(place.contents(), before);
    place.flags("log verify").yes();
    let held = lock(&place, "BEGIN IMMEDIATE");
    let said = interrupted(
        started(&place, &format!("{} --json", lines[0])),
        Signal::INT,
    );
    drop(held);
    let told: serde_json::Value = serde_json::from_str(&said.fails(130)).unwrap();
    assert_eq!(told["error"]["code"], "interrupted");
}

#[test]
fn an_apply_that_is_interrupted_on_its_way_is_rolled_back() {
    let place = Place::shop();
    many(&place, 5000);
    let (before, files) = (place.contents(), listing(&place));
    for (signal, code) in SIGNALS {
        let held = lock(&place, "BEGIN IMMEDIATE");
        let child = started(&place, "apply many.yaml --yes");
        wait_until_it_writes(Pid::from_child(&child));
        drop(held);
        // By now it plans or writes; should it wait yet, it ends just so.
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!(interrupted(child, signal).fails(code), UNTOUCHED);
        assert_eq!(
            (place.contents(), listing(&place)),
            (before.clone(), files.clone())
        );
    }
    place.flags("log verify").yes();
}

#[test]
fn a_question_that_was_answered_leaves_ctrl_c_to_the_write() {
    let place = Place::shop();
    let before = place.contents();
    let held = lock(&place, "BEGIN IMMEDIATE");
    let mut talk = Talk::start({
        let mut command = place.command(&["feature", "delete", "beta"]);
        command.env("TERM", "xterm").env("NO_COLOR", "1");
        command
    });
    talk.answer("to confirm", "beta");
    wait_until_it_writes(talk.pid());
    kill_process(talk.pid(), Signal::INT).unwrap();
    let (code, shown) = talk.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.ends_with(UNTOUCHED), "{shown}");
    drop(held);
    assert_eq!(place.contents(), before);
}

#[test]
fn a_backup_that_waits_for_a_store_without_a_log_ends_at_the_signal() {
    let place = Place::shop();
    drop(lock(&place, "PRAGMA journal_mode = DELETE"));
    for (signal, code) in SIGNALS {
        let held = lock(&place, "BEGIN EXCLUSIVE");
        let said = interrupted(started(&place, "backup copy.db"), signal);
        assert_eq!(said.fails(code), "error: interrupted: no backup was made\n");
        drop(held);
        assert_eq!(listing(&place), ["flags.db"]);
    }
}

#[test]
fn a_backup_and_a_restore_that_are_interrupted_leave_nothing_behind() {
    let place = Place::shop();
    swell(&place);
    place.flags("backup copy.db").yes();
    place.flags("set sso --plan pro").yes();
    let (before, files) = (place.contents(), listing(&place));
    let cases = [
        ("backup new.db", "error: interrupted: no backup was made\n"),
        ("restore copy.db --yes", UNTOUCHED),
    ];
    for (line, told) in cases {
        for (signal, code) in SIGNALS {
            let said = interrupted(started(&place, line), signal);
            assert_eq!(said.fails(code), told, "{line}");
            assert_eq!(listing(&place), files, "{line}");
        }
    }
    assert_eq!(place.contents(), before);
    place.flags("log verify").yes();
}
