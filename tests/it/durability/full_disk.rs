//! No room: a write is refused as a whole, everything else goes on, and room heals it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use flags::domain::document::Document;

use super::namespace::on_a_small_disk;
use super::program::{Place, Ran, ran};
use super::witness::{Seen, check_history, check_integrity, listing, see};

/// A store in which `u1` has `beta`.
fn seed(place: &Place) {
    place.must("init --no-profile");
    place.must("feature define beta");
    place.must("set beta --user u1 --create");
}

/// Leaves so much room and no more.
fn fill(disk: &Path, room: usize) {
    let mut file = File::create(disk.join("filler")).unwrap();
    while file.write_all(&[b'x'; 4096]).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length - room as u64).unwrap();
}

fn free(disk: &Path) {
    fs::remove_file(disk.join("filler")).unwrap();
}

/// Writes until there is no room; returns what the store held before the write that was refused.
fn write_until_full(place: &Place) -> Seen {
    let email = format!("{}@example.com", "e".repeat(230));
    for number in 0..500 {
        let before = see(place.store());
        let ran = place.run(&format!("user assign n{number} --email {email} --json"));
        if ran.code != Some(0) {
            ran.failed(6, "store_full");
            return before;
        }
    }
    panic!("the disk does not fill up");
}

/// Everything that was there is read, by the program and by others.
fn readable(place: &Place, held: &Seen) {
    assert_eq!(place.must("get beta --user u1"), "on\n");
    assert_eq!(
        place.document("resolve --user u1")["revision"],
        held.revision
    );
    // Parts that are empty are in an export, and not in what was seen.
    let exported = place.document("export --subjects --overrides");
    let exported: Document = serde_json::from_value(exported).unwrap();
    assert_eq!(serde_json::to_value(exported).unwrap(), held.document);
    assert_eq!(see(place.store()), *held);
    check_integrity(place.store());
}

#[test]
fn on_a_full_disk_writes_are_refused_and_reads_answered_until_there_is_room() {
    let test = "on_a_full_disk_writes_are_refused_and_reads_answered_until_there_is_room";
    on_a_small_disk(&format!("durability::full_disk::{test}"), |disk| {
        let place = Place::at(disk);
        seed(&place);
        fill(disk, 48 << 10);
        let held = write_until_full(&place);
        readable(&place, &held);
        // Not a byte of room any more.
        fs::rename(disk.join("filler"), disk.join("first")).unwrap();
        fill(disk, 0);
        for _ in 0..3 {
            let refused = place.run("plan create pro --json");
            refused.failed(6, "store_full");
            readable(&place, &held);
        }
        free(disk);
        fs::remove_file(disk.join("first")).unwrap();
        readable(&place, &held);
        place.must("plan create pro");
        assert_eq!(see(place.store()).revision, held.revision + 1);
        check_history(place.store());
    });
}

#[test]
fn an_import_for_which_there_is_no_room_leaves_the_store_as_it_was() {
    let test = "an_import_for_which_there_is_no_room_leaves_the_store_as_it_was";
    on_a_small_disk(&format!("durability::full_disk::{test}"), |disk| {
        let elsewhere = tempfile::tempdir().unwrap();
        let rows = elsewhere.path().join("rows.csv");
        let mut text = "user,feature\n".to_owned();
        for user in 0..3000 {
            text.push_str(&format!("user-{user},beta\n"));
        }
        fs::write(&rows, text).unwrap();
        let place = Place::at(disk);
        seed(&place);
        fill(disk, 64 << 10);
        let held = see(place.store());
        let refused = place.run(&format!(
            "override import {} --create --json",
            rows.display()
        ));
        refused.failed(6, "store_full");
        assert!(refused.err.contains("nothing was written"), "{refused:?}");
        readable(&place, &held);
        free(disk);
        place.must("plan create pro");
        check_history(place.store());
    });
}

#[test]
fn a_store_for_which_there_is_no_room_leaves_nothing_behind() {
    let test = "a_store_for_which_there_is_no_room_leaves_nothing_behind";
    on_a_small_disk(&format!("durability::full_disk::{test}"), |disk| {
        let place = Place::at(disk);
        for room in [0, 8 << 10, 40 << 10] {
            fill(disk, room);
            let refused = place.run("init --no-profile --json");
            refused.failed(6, "store_full");
            assert!(listing(disk).into_iter().eq(["filler".to_owned()]));
        }
        free(disk);
        seed(&place);
    });
}

#[test]
fn a_backup_or_restore_for_which_there_is_no_room_leaves_everything_as_it_was() {
    let test = "a_backup_or_restore_for_which_there_is_no_room_leaves_everything_as_it_was";
    on_a_small_disk(&format!("durability::full_disk::{test}"), |disk| {
        let place = Place::at(disk);
        seed(&place);
        let elsewhere = tempfile::tempdir().unwrap();
        let backup = elsewhere.path().join("backup.db");
        place.must(&format!("backup {}", backup.display()));
        place.must("plan create pro");
        let held = see(place.store());
        let restore = format!("restore {} --yes", backup.display());
        for room in [0, 8 << 10, 60 << 10, 90 << 10, 140 << 10] {
            fill(disk, room);
            let before = listing(disk);
            let refused = place.run(&format!("{restore} --json"));
            refused.failed(6, "store_full");
            if room < 80 << 10 {
                let refused = place.run(&format!("backup {}/b.db --json", disk.display()));
                refused.failed(6, "store_full");
            }
            assert!(listing(disk).is_subset(&before), "{:?}", listing(disk));
            readable(&place, &held);
            free(disk);
        }
        place.must(&format!("backup {}/b.db", disk.display()));
        assert_eq!(see(&disk.join("b.db")), held);
        place.must("plan create next");
        check_history(place.store());
    });
}

#[test]
fn a_profile_for_which_there_is_no_room_leaves_the_others_as_they_are() {
    let test = "a_profile_for_which_there_is_no_room_leaves_the_others_as_they_are";
    on_a_small_disk(&format!("durability::full_disk::{test}"), |disk| {
        let elsewhere = tempfile::tempdir().unwrap();
        let place = Place::at(disk).storing(elsewhere.path().join("flags.db"));
        place.must("init");
        let file = disk.join(".config/flags/config.toml");
        // The last page of the file is filled up to a few bytes.
        let mut text = fs::read_to_string(&file).unwrap();
        text.push_str(&"#".repeat(4096 - 20 - text.len()));
        text.push('\n');
        fs::write(&file, &text).unwrap();
        fill(disk, 0);
        let refused = place.run("init --profile second --json");
        refused.failed(2, "configuration");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        free(disk);
        place.must("init --profile second");
        place.must("export --profile second");
    });
}

/// Runs the program where no file may grow beyond one block, and where that is an error and not
/// the signal by which systems end a process over it.
fn run_limited(place: &Place, words: &str) -> Ran {
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let free = place.command(words);
    let mut command = Command::new("sh");
    command.args(["-c", limited]).arg(free.get_program());
    command.args(free.get_args()).env_clear();
    for (name, value) in free.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    ran(command.stdin(Stdio::null()).output().unwrap())
}

#[test]
fn where_files_may_not_grow_writes_are_refused_and_reads_answered() {
    let place = Place::with_store();
    place.must("feature define beta");
    place.must("set beta --user u1 --create");
    let held = see(place.store());
    for _ in 0..3 {
        let refused = run_limited(&place, "plan create pro");
        assert_eq!(refused.code, Some(6), "{refused:?}");
        let answer = run_limited(&place, "get beta --user u1");
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (Some(0), "on\n"),
            "{answer:?}"
        );
        readable(&place, &held);
    }
    place.must("plan create pro");
    assert_eq!(see(place.store()).revision, held.revision + 1);
    check_history(place.store());
}
