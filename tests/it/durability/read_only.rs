//! A store that cannot be written here: reading goes on, and a write says why not.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use flags::store::Store;
use flags::store::sqlite::SqliteStore;

use super::namespace::{on_a_small_disk, remount_read_only, skip};
use super::program::{Place, Ran, ran};
use super::witness::listing;

const NOBODY: u32 = 65534;
const LOG_HEADER: u64 = 32;

/// A store in which `u1` has `beta`.
fn seed(place: &Place) {
    place.must("init --no-profile");
    place.must("feature define beta");
    place.must("set beta --user u1 --create");
}

/// Leaves a write in the log, as a killed writer does: one who still reads keeps the writer from
/// folding it back, and may not do so itself.
fn leave_a_log(place: &Place) {
    let reader = SqliteStore::open(place.store()).unwrap();
    let snapshot = reader.snapshot().unwrap();
    place.must("plan create pro");
    drop(snapshot);
    drop(reader);
    assert!(log(place).metadata().unwrap().len() > LOG_HEADER);
}

/// Leaves a log that a writer was killed in, just behind its header.
fn leave_a_bare_log(place: &Place) {
    leave_a_log(place);
    let log = OpenOptions::new().write(true).open(log(place)).unwrap();
    log.set_len(LOG_HEADER).unwrap();
    log.set_modified(SystemTime::now() - Duration::from_secs(60))
        .unwrap();
}

fn log(place: &Place) -> PathBuf {
    place.store().with_file_name("flags.db-wal")
}

/// What every reader gets and every writer is told, by whatever way the program is run.
fn read_and_not_written(place: &Place, revision: u64, run: impl Fn(&str) -> Ran) {
    let before = listing(place.home());
    for words in [
        "get beta --user u1",
        "export",
        "explain beta --user u1",
        "feature list",
    ] {
        let ran = run(words);
        assert_eq!(ran.code, Some(0), "{words}: {ran:?}");
    }
    let answer = run("resolve --user u1 --json=revision");
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["revision"], revision);
    for words in ["set beta --user u2 --create", "feature delete beta --yes"] {
        run(&format!("{words} --json")).failed(6, "store_read_only");
    }
    assert_eq!(listing(place.home()), before);
}

#[test]
fn on_a_read_only_mount_reads_are_answered_and_writes_refused() {
    let test = "on_a_read_only_mount_reads_are_answered_and_writes_refused";
    on_a_small_disk(&format!("durability::read_only::{test}"), |disk| {
        let place = Place::at(disk);
        seed(&place);
        remount_read_only(disk);
        read_and_not_written(&place, 2, |words| place.run(words));
    });
}

#[test]
fn on_a_read_only_mount_a_log_that_was_left_behind_is_read() {
    let test = "on_a_read_only_mount_a_log_that_was_left_behind_is_read";
    on_a_small_disk(&format!("durability::read_only::{test}"), |disk| {
        let place = Place::at(disk);
        seed(&place);
        leave_a_log(&place);
        remount_read_only(disk);
        read_and_not_written(&place, 3, |words| place.run(words));
    });
}

/// The program as it is run by somebody whom permissions bind.
struct Bound {
    place: Place,
    program: PathBuf,
    /// Whom root becomes.
    becomes: Option<u32>,
}

impl Bound {
    /// Takes the right to write from everybody. Root, who would not be bound, becomes nobody.
    fn new(place: Place) -> Self {
        let becomes = rustix::process::geteuid().is_root().then_some(NOBODY);
        let mut program = PathBuf::from(env!("CARGO_BIN_EXE_flags"));
        if becomes.is_some() {
            program = reachable(&program, place.home());
        }
        for name in listing(place.home()) {
            if name.starts_with("flags.db") {
                mode(&place.home().join(name), 0o444).unwrap();
            }
        }
        mode(place.home(), 0o555).unwrap();
        Self {
            place,
            program,
            becomes,
        }
    }

    fn command(&self, words: &str) -> Command {
        let mut command = self.place.command_of(&self.program, words);
        if let Some(id) = self.becomes {
            command.uid(id).gid(id);
        }
        command
    }

    /// Whether there is somebody to become: root of a user namespace may know nobody.
    fn possible(&self) -> bool {
        self.command("--version").output().is_ok()
    }
}

fn mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// The program where others can reach it too.
fn reachable(program: &Path, directory: &Path) -> PathBuf {
    let there = directory.join("flags");
    if fs::hard_link(program, &there).is_err() {
        // By another process: a program that is open for writing here could not be started.
        let copied = Command::new("cp").arg(program).arg(&there).status();
        assert!(copied.unwrap().success());
    }
    there
}

impl Drop for Bound {
    fn drop(&mut self) {
        // Its owner could not empty it otherwise.
        let _ = mode(self.place.home(), 0o755);
    }
}

fn bound(test: &str, place: Place, revision: u64) {
    let bound = Bound::new(place);
    if !bound.possible() {
        return skip(test);
    }
    read_and_not_written(&bound.place, revision, |words| {
        ran(bound.command(words).output().unwrap())
    });
}

#[test]
fn in_a_directory_that_may_not_be_written_reads_are_answered_and_writes_refused() {
    let place = Place::new();
    seed(&place);
    bound("a directory that may not be written", place, 2);
}

#[test]
fn in_a_directory_that_may_not_be_written_a_log_that_was_left_behind_is_read() {
    let place = Place::new();
    seed(&place);
    leave_a_log(&place);
    bound("a log in a directory that may not be written", place, 3);
}

#[test]
fn in_a_directory_that_may_not_be_written_a_log_that_holds_nothing_holds_nobody_up() {
    for index in [true, false] {
        let place = Place::new();
        seed(&place);
        leave_a_bare_log(&place);
        if !index {
            fs::remove_file(place.store().with_file_name("flags.db-shm")).unwrap();
        }
        let start = Instant::now();
        bound("a log without writes", place, 2);
        // SQLite by itself would wait ten seconds at each of the seven runs.
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
