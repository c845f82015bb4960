//! What the tests of migrations share: two stores of one place, and what makes them the same.

use std::path::Path;
use std::process::Command;

use flags::store::sqlite::{Examination, SqliteStore};
use flags::store::{Head, RecordKind, Records, Store};

use crate::cli::kit::{Place, Said};
use crate::project::{everything, head as head_of};

/// Moves from one file to another.
pub(super) fn migrate(place: &Place, line: &str) -> Said {
    Said::by(&mut command(place, line))
}

/// The same, not started yet. No store is named beside the two.
pub(super) fn command(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = std::iter::once("migrate")
        .chain(line.split_whitespace())
        .collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    command
}

/// Where a store's history ends.
pub(super) fn head(path: &Path) -> Head {
    head_of(&SqliteStore::open(path).unwrap())
}

/// Two files hold one project: contents, history with its hashes, and what is kept beside it.
#[track_caller]
pub(super) fn are_the_same(one: &Path, other: &Path) {
    let (one, other) = (
        SqliteStore::open(one).unwrap(),
        SqliteStore::open(other).unwrap(),
    );
    assert_eq!(everything(&one), everything(&other));
    let head = head_of(&one);
    for store in [&one, &other] {
        let verified = store.snapshot().unwrap().verify(None).unwrap();
        assert_eq!((verified.misfit, verified.head), (None, head));
        let examined = Examination::of(store.path()).unwrap();
        assert!(examined.faults(true).unwrap().is_empty(), "{store:?}");
    }
    for kind in RecordKind::ALL {
        assert_eq!(one.records(kind).unwrap(), other.records(kind).unwrap());
    }
}
