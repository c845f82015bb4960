//! Copies on disk: whose they have to be, and what is made of them when they are amiss.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use flags::remote::{CacheFault, Origin, Refreshed, jwks};
use rustix::fs::{CWD, Mode, mkfifoat};
use tempfile::{TempDir, tempdir};

use crate::sqlite::kit::{as_ordinary_user, listing};

use super::server::{KEYS, OTHER_KEYS, Server, at, documents, good};

/// What one process finds, and what it has to say about the copies.
fn found(directory: &Path, server: &Server, path: &str) -> (Origin, Option<CacheFault>) {
    let documents = documents(Some(directory.to_owned()));
    let document = jwks::get(&documents, &server.at(path), at(0)).unwrap();
    assert_eq!(document.text, KEYS);
    (document.from, documents.warning())
}

/// A server, and a directory with a copy of its keys in it.
fn kept() -> (Server, TempDir, PathBuf) {
    let server = Server::by(|_| good(&[], KEYS));
    let directory = tempdir().unwrap();
    let first = found(directory.path(), &server, "/keys");
    assert_eq!(first, (Origin::Network, None));
    let copy = directory.path().join(&listing(directory.path())[0]);
    (server, directory, copy)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn copies_are_for_their_owner_alone_and_there_is_one_for_each_address() {
    let server = Server::by(|_| good(&[], KEYS));
    let directory = tempdir().unwrap();
    let place = directory.path().join("cache/flags");
    for path in ["/keys", "/keys?tenant=a", "/keys"] {
        found(&place, &server, path);
    }
    assert_eq!(mode(&directory.path().join("cache")), 0o700);
    assert_eq!(mode(&place), 0o700);
    let names = listing(&place);
    assert_eq!(names.len(), 2, "{names:?}");
    let documents = documents(Some(place.clone()));
    jwks::refresh(&documents, &server.at("/keys"), at(100)).unwrap();
    for name in listing(&place) {
        assert_eq!(mode(&place.join(&name)), 0o600, "{name}");
        let (hash, kind) = name.split_once('.').unwrap();
        assert!(
            hash.len() == 32 && ["json", "asked"].contains(&kind),
            "{name}"
        );
    }
}

#[test]
fn a_copy_that_is_amiss_is_none_and_is_replaced() {
    let (server, directory, copy) = kept();
    let good = fs::read_to_string(&copy).unwrap();
    let other = listing(directory.path());
    found(directory.path(), &server, "/other");
    let other = listing(directory.path())
        .into_iter()
        .find(|name| !other.contains(name))
        .unwrap();
    let of_another = fs::read_to_string(directory.path().join(other)).unwrap();
    let newer = good.replace("\"form\":1", "\"form\":2");
    let no_keys = good.replace("keys\\\"", "kiss\\\"");
    let cut = &good[..good.len() / 2];
    assert!(newer != good && no_keys != good && of_another != good);
    for amiss in ["", "\0\0\0", "[]", cut, &newer, &no_keys, &of_another] {
        fs::write(&copy, amiss).unwrap();
        let asked = server.asked().len();
        let first = found(directory.path(), &server, "/keys");
        assert_eq!(first, (Origin::Network, None), "{amiss}");
        let second = found(directory.path(), &server, "/keys");
        assert_eq!(second, (Origin::Cache, None), "{amiss}");
        assert_eq!(server.asked().len(), asked + 1);
    }
}

/// Expects what is at the copy's place not to be believed, and a warning that says so.
fn disbelieved(directory: &Path, server: &Server, expected: &str) {
    let (from, fault) = found(directory, server, "/keys");
    assert_eq!(from, Origin::Network, "{expected}");
    let told = fault.unwrap().to_string();
    let place = directory.display().to_string();
    assert!(told.contains(expected) && told.contains(&place), "{told}");
}

#[test]
fn a_copy_that_others_may_write_is_not_believed() {
    let (server, directory, copy) = kept();
    for others in [0o620, 0o602, 0o666] {
        fs::set_permissions(&copy, Permissions::from_mode(others)).unwrap();
        disbelieved(
            directory.path(),
            &server,
            "others may write to a file in it",
        );
        assert_eq!(mode(&copy), 0o600, "it is replaced");
    }
    for others in [0o777, 0o770, 0o1777] {
        fs::set_permissions(directory.path(), Permissions::from_mode(others)).unwrap();
        disbelieved(
            directory.path(),
            &server,
            "others may write to the directory",
        );
    }
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
    let again = found(directory.path(), &server, "/keys");
    assert_eq!(again, (Origin::Cache, None));
}

#[test]
fn a_directory_of_somebody_else_is_not_used() {
    let server = Server::by(|_| good(&[], KEYS));
    as_ordinary_user(|| {
        let told = "the directory belongs to another user";
        disbelieved(Path::new("/usr"), &server, told);
    });
}

#[test]
fn neither_a_link_nor_a_pipe_leads_anywhere() {
    let (server, directory, copy) = kept();
    let elsewhere = tempdir().unwrap();
    let target = elsewhere.path().join("target");
    fs::rename(&copy, &target).unwrap();
    symlink(&target, &copy).unwrap();
    disbelieved(directory.path(), &server, "");
    assert!(fs::symlink_metadata(&copy).unwrap().is_file(), "replaced");
    fs::remove_file(&copy).unwrap();
    mkfifoat(CWD, &copy, Mode::RUSR | Mode::WUSR).unwrap();
    disbelieved(directory.path(), &server, "a file in it is none");
    assert!(fs::symlink_metadata(&copy).unwrap().is_file(), "replaced");
}

#[test]
fn where_nothing_can_be_kept_everything_else_works_and_one_warning_says_so() {
    let home = tempdir().unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o777)).unwrap();
    let server = Server::by(|_| good(&[], KEYS));
    as_ordinary_user(|| {
        let place = home.path().join("flags");
        fs::create_dir(&place).unwrap();
        fs::set_permissions(&place, Permissions::from_mode(0o500)).unwrap();
        for _ in 0..2 {
            disbelieved(&place, &server, "Permission denied");
        }
        let documents = documents(Some(place.clone()));
        let refreshed = jwks::refresh(&documents, &server.at("/keys"), at(0)).unwrap();
        assert!(matches!(refreshed, Refreshed::Document(_)));
        assert!(documents.warning().is_some());
        assert_eq!(listing(&place), [""; 0]);
        fs::set_permissions(&place, Permissions::from_mode(0o700)).unwrap();
    });
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    disbelieved(&file, &server, "");
    disbelieved(&file.join("below"), &server, "Not a directory");
}

#[test]
fn a_copy_that_can_be_read_serves_where_nothing_can_be_written() {
    let home = tempdir().unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o777)).unwrap();
    let server = Server::saying([good(&[], KEYS), good(&[], OTHER_KEYS)]);
    as_ordinary_user(|| {
        let place = home.path().join("flags");
        assert_eq!(found(&place, &server, "/keys"), (Origin::Network, None));
        fs::set_permissions(&place, Permissions::from_mode(0o500)).unwrap();
        assert_eq!(found(&place, &server, "/keys"), (Origin::Cache, None));
        let documents = documents(Some(place.clone()));
        let refreshed = jwks::refresh(&documents, &server.at("/keys"), at(100)).unwrap();
        let Refreshed::Document(document) = refreshed else {
            panic!("{refreshed:?}");
        };
        assert_eq!(document.text, OTHER_KEYS);
        assert!(documents.warning().is_some());
        fs::set_permissions(&place, Permissions::from_mode(0o700)).unwrap();
    });
}
