//! A write takes place once, whatever happens to connections and whoever else writes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flags::domain::change::ChangeSet;
use flags::store::postgres::PostgresStore;
use flags::store::{
    Author, Kept, Purpose, RecordKind, Records, Request, RequestName, Store, StoreError,
};

use super::kit::Ground;
use super::proxy::{Cut, Proxy};
use crate::project::{author, put_user, try_write, write};

fn request() -> Request {
    Request::new(RequestName::new("test", "once"), &[b"body"])
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    thread::scope(|scope| {
        for writer in 0..16 {
            let ground = &ground;
            scope.spawn(move || {
                let store = ground.open();
                for change in 0..50 {
                    let name = format!("u{writer}-{change}");
                    write(&store, [put_user(&name, None, Some(Default::default()))]);
                    let count = |found: Option<&str>| {
                        let count: u32 = found.map_or(0, |text| text.parse().unwrap());
                        Kept::Now((count + 1).to_string())
                    };
                    let mut amend = count;
                    store
                        .amend(RecordKind::Claims, "count", &mut amend)
                        .unwrap();
                }
            });
        }
    });
    let store = ground.open();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.revision().unwrap().0, 800);
    let found = snapshot.verify(None).unwrap();
    assert_eq!((found.misfit, found.head.revision.0), (None, 800));
    assert_eq!(ground.sql("SELECT count(*) FROM subject"), ["800"]);
    let count = store.record(RecordKind::Claims, "count").unwrap();
    assert_eq!(count.as_deref(), Some("800"));
}

#[test]
fn a_session_that_is_ended_before_the_commit_begins_again() {
    let Some(mut ground) = Ground::new() else {
        return;
    };
    ground.place.application_name = ground.place.schema.clone();
    let store = ground.create();
    let name = &ground.place.application_name;
    let mut planned = 0;
    let change = put_user("ann", None, Some(Default::default()));
    let written = store.update(&author(), &mut |snapshot| {
        planned += 1;
        if planned == 1 {
            ground.sql(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE application_name = '{name}'"
            ));
            // Also what the planner makes of it itself is not the last word.
            snapshot.revision()?;
        }
        Ok(ChangeSet::new([change.clone()]))
    });
    assert_eq!(written.unwrap().revision.0, 1);
    assert_eq!(planned, 2);
    assert_eq!(ground.sql("SELECT count(*) FROM revision"), ["1"]);
}

#[test]
fn a_question_finds_another_session_where_its_own_has_ended() {
    let Some(mut ground) = Ground::new() else {
        return;
    };
    ground.place.application_name = ground.place.schema.clone();
    let store = ground.create();
    let name = &ground.place.application_name;
    store.pulse().unwrap();
    ground.sql(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'"
    ));
    store.pulse().unwrap();
}

#[test]
fn a_write_whose_commit_is_not_answered_takes_place_once() {
    for (cut, times) in [
        (Cut::BeforeAnswer, 1),
        (Cut::BeforeAnswer, 3),
        (Cut::BeforeCommit, 2),
    ] {
        let Some(ground) = Ground::new() else {
            return;
        };
        ground.create();
        let proxy = Proxy::new(ground.port(), cut, times);
        let store = PostgresStore::open(&ground.behind(proxy.port));
        let written = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
        assert_eq!(written.unwrap().revision.0, 1, "{cut:?}");
        assert_eq!(proxy.left(), 0, "{cut:?}");
        assert_eq!(
            ground.sql("SELECT count(*) FROM revision"),
            ["1"],
            "{cut:?}"
        );
    }
}

#[test]
fn a_request_whose_commit_is_not_answered_is_noted_once() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    let proxy = Proxy::new(ground.port(), Cut::BeforeAnswer, 1);
    let store = PostgresStore::open(&ground.behind(proxy.port));
    let author = Author {
        request: Some(request()),
        ..author()
    };
    let change = put_user("ann", None, Some(Default::default()));
    let once = || store.update(&author, &mut |_| Ok(ChangeSet::new([change.clone()])));
    assert_eq!(once().unwrap().revision.0, 1);
    assert!(matches!(once(), Err(StoreError::Repeated(done)) if done.revision.0 == 1));
}

#[test]
fn a_record_whose_commit_is_not_answered_is_amended_once() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    let proxy = Proxy::new(ground.port(), Cut::BeforeAnswer, 2);
    let store = PostgresStore::open(&ground.behind(proxy.port));
    for _ in 0..3 {
        let mut more = |found: Option<&str>| Kept::Now(format!("{}x", found.unwrap_or_default()));
        store.amend(RecordKind::Claims, "ann", &mut more).unwrap();
    }
    let found = store.record(RecordKind::Claims, "ann").unwrap();
    assert_eq!(found.as_deref(), Some("xxx"));
}

#[test]
fn a_load_whose_commit_is_not_answered_is_looked_up_and_never_fed_again() {
    for (cut, expected) in [(Cut::BeforeAnswer, 1), (Cut::BeforeCommit, 0)] {
        let Some(ground) = Ground::new() else {
            return;
        };
        ground.create();
        let proxy = Proxy::new(ground.port(), cut, 1);
        let store = PostgresStore::open(&ground.behind(proxy.port));
        let mut fed = 0;
        let loaded = store.load(Purpose::Write(&author()), &mut |_, intake| {
            fed += 1;
            intake.change(&put_user("ann", None, Some(Default::default())))
        });
        match cut {
            Cut::BeforeAnswer => assert_eq!(loaded.unwrap().revision.0, 1),
            Cut::BeforeCommit => assert_eq!(loaded.unwrap_err().code(), "database_lost"),
        }
        assert_eq!(fed, 1);
        assert_eq!(store.snapshot().unwrap().revision().unwrap().0, expected);
    }
}

#[test]
fn a_commit_that_cannot_be_looked_up_is_in_doubt() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    let proxy = Proxy::new(ground.port(), Cut::BeforeAnswer, u32::MAX);
    let mut place = ground.behind(proxy.port);
    place.patience = Duration::from_secs(2);
    let store = PostgresStore::open(&place);
    let written = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
    assert_eq!(written.unwrap_err().code(), "in_doubt");
    assert_eq!(ground.sql("SELECT count(*) FROM revision"), ["1"]);
}

#[test]
fn a_writer_that_does_not_end_is_waited_for_and_then_named() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let mut place = ground.place.clone();
    place.patience = Duration::from_secs(1);
    ground.create();
    let (store, other) = (PostgresStore::open(&place), ground.open());
    let written = other.update(&author(), &mut |_| {
        let refused = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
        assert_eq!(refused.unwrap_err().code(), "store_locked");
        Ok(ChangeSet::new([]))
    });
    assert_eq!(written.unwrap().revision.0, 0);
}

#[test]
fn who_waits_for_a_writer_can_be_asked_to_end() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    let Some(ground) = Ground::new() else {
        return;
    };
    let store = ground.create().heeding(|| ASKED.load(Ordering::Relaxed));
    let other = ground.open();
    let written = other.update(&author(), &mut |_| {
        let since = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(300));
                ASKED.store(true, Ordering::Relaxed);
            });
            let refused = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
            assert!(
                matches!(refused, Err(StoreError::Interrupted)),
                "{refused:?}"
            );
        });
        assert!(since.elapsed() < Duration::from_secs(5));
        Ok(ChangeSet::new([]))
    });
    assert_eq!(written.unwrap().revision.0, 0);
}

#[test]
fn where_nothing_can_be_written_questions_are_answered() {
    let Some(ground) = Ground::new() else {
        return;
    };
    write(
        &ground.create(),
        [put_user("ann", None, Some(Default::default()))],
    );
    let role = &ground.place.schema;
    ground.sql(&format!(
        "CREATE ROLE \"{role}\" LOGIN SUPERUSER; \
         ALTER ROLE \"{role}\" SET default_transaction_read_only = on"
    ));
    let mut place = ground.place.clone();
    place.user = role.clone();
    place.patience = Duration::from_secs(1);
    let store = PostgresStore::open(&place);
    assert_eq!(store.snapshot().unwrap().revision().unwrap().0, 1);
    let refused = try_write(&store, [put_user("bob", None, Some(Default::default()))]);
    let told = refused.unwrap_err();
    ground.sql(&format!("DROP ROLE \"{role}\""));
    assert_eq!(told.code(), "database_read_only", "{told}");
}
