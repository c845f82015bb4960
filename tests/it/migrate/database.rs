//! Into a PostgreSQL database, and out of it again.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use flags::store::Store;
use flags::store::postgres::PostgresStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{RecordKind, Records};
use serde_json::json;

use super::broken::long_history;
use super::kit::{command, head, migrate};
use super::ways::{busy_shop, moved};
use crate::cli::kit::Place;
use crate::postgres::kit::Ground;
use crate::project::{everything, head as head_of};

/// The database holds what the file holds: contents, history with its hashes, and what is beside it.
#[track_caller]
fn holds_the_same(database: &PostgresStore, place: &Place) {
    let file = SqliteStore::open(&place.store()).unwrap();
    assert_eq!(everything(database), everything(&file));
    let head = head_of(&file);
    let verified = database.snapshot().unwrap().verify(None).unwrap();
    assert_eq!((verified.misfit, verified.head), (None, head));
    for kind in RecordKind::ALL {
        assert_eq!(database.records(kind).unwrap(), file.records(kind).unwrap());
    }
}

#[test]
fn a_project_moves_into_a_database_and_back_as_it_is() {
    let Some(ground) = Ground::new() else { return };
    let (place, there) = (busy_shop(), ground.place.to_string());
    let preview = moved(&place, &format!("flags.db {there} --dry-run"));
    assert_eq!(
        (&preview["writes"], &preview["created"]),
        (&json!(9), &json!(true))
    );
    let revision = ground.open().snapshot().unwrap().revision();
    assert!(revision.is_err(), "a preview made a schema");
    let told = moved(&place, &format!("flags.db {there}"));
    let end = head(&place.store());
    assert_eq!(
        (&told["head"], &told["compared"], &told["behind"]),
        (&json!(end.digest.to_string()), &json!(9), &json!(0))
    );
    holds_the_same(&ground.open(), &place);
    for line in [
        "log --limit 20",
        "log verify",
        "get max_seats --user ana --at 2026-04-30T00:00:00Z",
        "explain max_seats --user ana",
        "export --subjects --overrides",
    ] {
        let far = place.flags(&format!("{line} --store {there}")).yes();
        assert_eq!(far, place.flags(line).yes(), "{line}");
    }
    // What is written in either place follows, and the history goes on as one.
    place.flags("set beta --user zoe").yes();
    let since = moved(&place, &format!("flags.db {there}"));
    assert_eq!((&since["writes"], &since["begins"]), (&json!(1), &json!(9)));
    place.flags(&format!("undo --store {there}")).yes();
    moved(&place, &format!("{there} flags.db"));
    holds_the_same(&ground.open(), &place);
    assert_eq!(head(&place.store()).revision.0, 11);
}

#[test]
fn killed_at_any_moment_it_goes_on_in_the_database_where_it_was() {
    let Some(ground) = Ground::new() else { return };
    let (place, there) = (long_history(), ground.place.to_string());
    let line = format!("flags.db {there}");
    let mut kills = 0;
    for pause in [5, 60, 150, 300, 500, 800] {
        let mut running = command(&place, &line)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(pause));
        running.kill().unwrap();
        kills += u32::from(!running.wait().unwrap().success());
        // Nothing is there, or how the source began.
        let database = ground.open();
        let Ok(verified) = database.snapshot().unwrap().verify(None) else {
            continue;
        };
        assert_eq!(verified.misfit, None);
        let source = SqliteStore::open(&place.store()).unwrap();
        let here = source.snapshot().unwrap().digest(verified.head.revision);
        assert_eq!(here.unwrap().unwrap_or_default(), verified.head.digest);
    }
    assert!(kills > 0, "it was always quicker");
    migrate(&place, &line).yes();
    holds_the_same(&ground.open(), &place);
}
