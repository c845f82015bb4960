//! The history is the same as SQLite's, to the byte.

use std::ops::ControlFlow;

use flags::domain::catalog::Revision;
use flags::domain::value::Value;
use flags::store::sqlite::SqliteStore;
use flags::store::{Purpose, Store, Wanted};

use super::kit::Ground;
use crate::project::{author, document, fill, grant, limit, put_user, read, revoke, write};

/// Writes of every kind, among them those that give numbers to rows and take them away.
fn story(store: &dyn Store) {
    fill(
        store,
        document(
            r#"
            "settings": {"default_plan": "free", "max_features": 8},
            "features": {
                "analytics": {"type": "boolean"},
                "beta": {"type": "boolean", "targeting": {"default": false, "rules": [
                    {"id": "friends", "serve": true, "when": [
                        {"one_of": {"type": "user", "ids": ["ann", "nobody"]}}]}]}},
                "max_seats": {"type": "limit", "name": "Seats"}
            },
            "plans": {"free": {"grants": {"max_seats": 3}}, "pro": {}},
            "organizations": {"acme": {"plan": "pro", "targets": ["workspace:w1"]}},
            "users": {
                "zoe": {"email": "zoe@example.com", "organizations": ["acme"]},
                "ann": {"plan": "pro"}, "bob": {}, "cid": {}
            },
            "overrides": {"user:bob": {"analytics": {"grant": true}}}"#,
        ),
    );
    let user = store.snapshot().unwrap().user(&read("cid")).unwrap();
    write(store, [put_user("cid", user, None)]);
    write(store, [put_user("dan", None, Some(Default::default()))]);
    let author = author();
    let names = ["user:dan", "user:zoe", "org:acme", "user:ann", "user:bob"];
    let seats = grant(limit(7));
    for (after, feature) in [
        (Some(&seats), "max_seats"),
        (Some(&revoke()), "analytics"),
        (Some(&grant(Value::On)), "analytics"),
        (None, "max_seats"),
    ] {
        let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
            for (row, name) in (0..).zip(names) {
                let wanted = Wanted {
                    row,
                    subject: &read(name),
                    feature: &read(feature),
                    after,
                };
                assert_eq!(intake.want(&wanted)?, Ok(()));
            }
            intake.settle(&mut |_| ControlFlow::Continue(()))
        });
        assert_eq!(loaded.unwrap().changes, 5);
    }
}

#[test]
fn the_same_writes_have_the_same_hashes_as_in_sqlite() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let directory = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
    let postgres = ground.create();
    story(&sqlite);
    story(&postgres);
    let (ours, theirs) = (postgres.snapshot().unwrap(), sqlite.snapshot().unwrap());
    let latest = theirs.revision().unwrap();
    assert_eq!(ours.revision().unwrap(), latest);
    assert_eq!(latest, Revision(7));
    for revision in (1..=latest.0).map(Revision) {
        let digest = ours.digest(revision).unwrap();
        assert_eq!(digest, theirs.digest(revision).unwrap(), "{revision}");
        assert!(ours.is_intact(revision).unwrap());
    }
    let found = ours.verify(None).unwrap();
    assert_eq!(found, theirs.verify(None).unwrap());
    assert_eq!(found.misfit, None);
}

#[test]
fn an_altered_history_is_found() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let store = ground.create();
    story(&store);
    ground.sql("UPDATE change SET body = replace(body, 'dan', 'eve') WHERE revision = 3");
    let found = store.snapshot().unwrap().verify(None).unwrap();
    assert_eq!(found.misfit.map(|misfit| misfit.revision), Some(3));
}
