//! Migrations that are broken off: the same command ends them.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use flags::store::Store;
use flags::store::sqlite::SqliteStore;
use rustix::process::{Pid, Signal, kill_process};

use super::kit::{are_the_same, command, head, migrate};
use crate::cli::kit::{Place, Said};
use crate::project::{on_plan, put_user, revision, write};

/// A shop with many small writes and one of some length.
pub(super) fn long_history() -> Place {
    let place = Place::shop();
    let store = SqliteStore::open(&place.store()).unwrap();
    for number in 0..400 {
        write(
            &store,
            [put_user(
                &format!("one-{number}"),
                None,
                Some(on_plan("pro")),
            )],
        );
    }
    let many = (0..3000).map(|number| put_user(&format!("many-{number}"), None, None));
    let many = many.map(|change| match change {
        flags::domain::change::Change::User { id, before, .. } => {
            let after = Some(on_plan("pro"));
            flags::domain::change::Change::User { id, before, after }
        }
        other => other,
    });
    write(&store, many);
    for number in 400..800 {
        write(
            &store,
            [put_user(
                &format!("one-{number}"),
                None,
                Some(on_plan("pro")),
            )],
        );
    }
    place
}

#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    let place = long_history();
    let target = place.path("other.db");
    let mut kills = 0;
    for pause in [1, 15, 40, 70, 110, 160, 230, 310, 400, 520] {
        let mut running = command(&place, "flags.db other.db")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(pause));
        running.kill().unwrap();
        kills += u32::from(!running.wait().unwrap().success());
        if !target.exists() {
            continue;
        }
        // Whatever is there is how the source began.
        let store = SqliteStore::open(&target).unwrap();
        let there = head(&target);
        let source = SqliteStore::open(&place.store()).unwrap();
        let here = source.snapshot().unwrap().digest(there.revision).unwrap();
        assert_eq!(here.unwrap_or_default(), there.digest);
        assert!(
            store
                .snapshot()
                .unwrap()
                .verify(None)
                .unwrap()
                .misfit
                .is_none()
        );
    }
    assert!(kills > 0, "it was always quicker");
    migrate(&place, "flags.db other.db").yes();
    are_the_same(&place.store(), &target);
}

#[test]
fn an_interrupt_ends_it_between_two_writes_and_says_how_to_go_on() {
    let place = long_history();
    let running = command(&place, "flags.db other.db")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Once it has begun to write, it listens.
    while !place.path("other.db").exists() {
        thread::sleep(Duration::from_millis(1));
    }
    kill_process(Pid::from_child(&running), Signal::INT).unwrap();
    let said = Said::from(running.wait_with_output().unwrap());
    if said.code == Some(0) {
        return are_the_same(&place.store(), &place.path("other.db"));
    }
    assert_eq!(said.code, Some(130), "{said:?}");
    assert!(
        said.err
            .contains("interrupted: other.db has everything up to revision"),
        "{said:?}"
    );
    assert!(
        said.err
            .contains("`flags migrate flags.db other.db` goes on"),
        "{said:?}"
    );
    migrate(&place, "flags.db other.db").yes();
    are_the_same(&place.store(), &place.path("other.db"));
    let store = SqliteStore::open(&place.store()).unwrap();
    assert_eq!(revision(&store).0, 802);
}
