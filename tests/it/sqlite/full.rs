//! A disk without room, for real: a file system of 256 KiB.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use flags::domain::catalog::Revision;
use flags::domain::change::Change;
use flags::domain::subject::User;
use flags::store::StoreError;
use flags::store::sqlite::SqliteStore;

use super::kit::{Home, Mounted, id, listing, may_mount, new_user, read_seeded, seeded, write};

const PAGE: u64 = 4096;

/// A small disk and something that fills it. Unmounted before its directory goes.
struct Disk {
    _mounted: Mounted,
    home: Home,
}

impl Disk {
    fn new() -> Self {
        let home = Home::new();
        let options = ["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs"];
        let mounted = Mounted::new(&options, home.directory.path());
        Self {
            _mounted: mounted,
            home,
        }
    }

    fn filler(&self) -> PathBuf {
        self.home.directory.path().join("filler")
    }

    /// Fills the disk but for some pages.
    fn fill(&self, but: u64) {
        let mut file = File::create(self.filler()).unwrap();
        while file.write_all(&[b'x'; PAGE as usize]).is_ok() {}
        let whole = file.metadata().unwrap().len() / PAGE;
        file.set_len(whole.saturating_sub(but) * PAGE).unwrap();
    }

    fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

fn write_once(path: &Path, changes: Vec<Change>) -> Result<(), StoreError> {
    let store = SqliteStore::open(path)?;
    write(&store, changes).map(drop)
}

/// Users with so much about them that they take several pages.
fn bulk(round: u64) -> Vec<Change> {
    let user = User {
        email: Some("e".repeat(250).parse().unwrap()),
        ..User::default()
    };
    let change = |number| Change::User {
        id: id(&format!("r{round}-{number}")),
        before: None,
        after: Some(user.clone()),
    };
    (0..8).map(change).collect()
}

#[test]
fn on_a_full_disk_nothing_is_written_and_everything_is_read() {
    if !may_mount("sqlite::full::on_a_full_disk_nothing_is_written_and_everything_is_read") {
        return;
    }
    let disk = Disk::new();
    let path = disk.home.store();
    seeded(&path);
    disk.fill(0);
    let full = write_once(&path, vec![new_user("u2")]).unwrap_err();
    assert!(matches!(full, StoreError::Full(_)), "{full:?}");
    assert_eq!(read_seeded(&path).unwrap(), Revision(1));
    let full = write_once(&path, vec![new_user("u2")]).unwrap_err();
    assert!(matches!(full, StoreError::Full(_)), "{full:?}");
    assert_eq!(read_seeded(&path).unwrap(), Revision(1));
    disk.free();
    write_once(&path, vec![new_user("u2")]).unwrap();
    assert_eq!(read_seeded(&path).unwrap(), Revision(2));
}

#[test]
fn wherever_the_disk_fills_up_a_write_is_whole_or_not_at_all() {
    if !may_mount("sqlite::full::wherever_the_disk_fills_up_a_write_is_whole_or_not_at_all") {
        return;
    }
    let disk = Disk::new();
    let path = disk.home.store();
    seeded(&path);
    let mut revision = 1;
    for pages in 0..24 {
        disk.fill(pages);
        match write_once(&path, bulk(pages)) {
            Ok(()) => revision += 1,
            Err(StoreError::Full(_)) => {}
            Err(other) => panic!("{pages} pages free: {other:?}"),
        }
        assert_eq!(
            read_seeded(&path).unwrap(),
            Revision(revision),
            "{pages} pages free"
        );
        disk.free();
        assert_eq!(
            read_seeded(&path).unwrap(),
            Revision(revision),
            "{pages} pages free"
        );
    }
    assert!(
        (2..25).contains(&revision),
        "some were written and some were not: {revision}"
    );
}

#[test]
fn who_has_the_store_open_goes_on_when_there_is_room_again() {
    if !may_mount("sqlite::full::who_has_the_store_open_goes_on_when_there_is_room_again") {
        return;
    }
    let disk = Disk::new();
    let path = disk.home.store();
    seeded(&path);
    let store = SqliteStore::open(&path).unwrap();
    write(&store, bulk(0)).unwrap();
    disk.fill(0);
    let mut refused = 0;
    for round in 1..6 {
        refused += usize::from(matches!(
            write(&store, bulk(round)),
            Err(StoreError::Full(_))
        ));
    }
    assert!(refused > 0);
    disk.free();
    write(&store, bulk(9)).unwrap();
    let written = 7 - refused as u64 + 1;
    assert_eq!(read_seeded(&path).unwrap(), Revision(written));
}

#[test]
fn a_store_that_does_not_fit_is_not_created_at_all() {
    if !may_mount("sqlite::full::a_store_that_does_not_fit_is_not_created_at_all") {
        return;
    }
    let disk = Disk::new();
    let path = disk.home.store();
    for pages in [0, 1, 2, 5, 10, 20] {
        disk.fill(pages);
        let full = SqliteStore::create(&path).unwrap_err();
        assert!(
            matches!(full, StoreError::Full(_)),
            "{pages} pages free: {full:?}"
        );
        assert_eq!(listing(disk.home.directory.path()), ["filler"]);
    }
    disk.free();
    seeded(&path);
    assert_eq!(read_seeded(&path).unwrap(), Revision(1));
}
