//! What is there before a project is, and what an operator is told of it.

use std::thread;

use flags::secret::Secret;
use flags::store::postgres::{DatabaseError, FORMAT, Host, Password, PostgresStore};
use flags::store::{Store, StoreError};

use super::kit::Ground;
use crate::project::{put_user, try_write};

fn error(store: &dyn Store) -> StoreError {
    let read = store.snapshot().and_then(|snapshot| snapshot.revision());
    read.expect_err("there is something wrong with it")
}

#[test]
fn of_two_who_make_a_project_at_once_one_does() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let made: Vec<_> = thread::scope(|scope| {
        let both = [(), ()].map(|()| scope.spawn(|| PostgresStore::create(&ground.place).err()));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let exists = |error: &Option<StoreError>| matches!(error, Some(StoreError::Exists(_)));
    assert_eq!(
        made.iter().filter(|error| error.is_none()).count(),
        1,
        "{made:?}"
    );
    assert_eq!(
        made.iter().filter(|error| exists(error)).count(),
        1,
        "{made:?}"
    );
    assert_eq!(ground.open().snapshot().unwrap().revision().unwrap().0, 0);
}

#[test]
fn an_empty_schema_is_taken_and_one_that_holds_anything_is_not() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let schema = &ground.place.schema;
    ground.sql(&format!("CREATE SCHEMA \"{schema}\""));
    assert!(matches!(
        error(&ground.open()),
        StoreError::Database(DatabaseError::NoProject { .. })
    ));
    ground.sql("CREATE TABLE theirs(x INT8)");
    let refused = PostgresStore::create(&ground.place);
    assert!(
        matches!(refused, Err(StoreError::NotAStore { .. })),
        "{refused:?}"
    );
    assert!(matches!(
        error(&ground.open()),
        StoreError::NotAStore { .. }
    ));
    ground.sql("DROP TABLE theirs");
    ground.create();
}

#[test]
fn a_later_format_is_left_alone() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let store = ground.create();
    ground.sql("UPDATE state SET format = 99");
    let is_newer = |error: &StoreError| matches!(error, StoreError::Newer { found: 99, known, .. } if *known == FORMAT);
    assert!(is_newer(&error(&store)));
    let written = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
    assert!(written.as_ref().is_err_and(is_newer), "{written:?}");
    assert!(
        PostgresStore::create(&ground.place)
            .as_ref()
            .is_err_and(is_newer)
    );
    assert_eq!(ground.sql("SELECT count(*) FROM revision"), ["0"]);
}

#[test]
fn a_password_that_is_wrong_is_told_and_not_shown() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    // `tests/postgres/cluster` asks this user for a password, and nobody else.
    let made = "DO $$ BEGIN CREATE ROLE asked LOGIN PASSWORD 'right'; \
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    ground.sql(made);
    let mut place = ground.place.clone();
    place.user = "asked".to_owned();
    for (password, code) in [
        (Password::Known(Secret::new("hunter2")), "database_login"),
        (Password::None, "no_credential"),
        // It is let in, and may do nothing.
        (Password::Known(Secret::new("right")), "database_denied"),
    ] {
        place.password = password;
        let told = error(&PostgresStore::open(&place));
        assert_eq!(told.code(), code, "{told}");
        assert!(!format!("{told} {told:?} {place:?}").contains("hunter2"));
    }
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let mut place = ground.place.clone();
    place.database = "nowhere".to_owned();
    assert_eq!(
        error(&PostgresStore::open(&place)).code(),
        "database_missing"
    );
    let mut place = ground.place.clone();
    // Nobody listens at port 1, and nobody ever did, so nothing is waited for.
    place.hosts = vec![Host::Tcp {
        name: "127.0.0.1".to_owned(),
        port: 1,
    }];
    let since = std::time::Instant::now();
    assert_eq!(
        error(&PostgresStore::open(&place)).code(),
        "database_unreachable"
    );
    assert!(since.elapsed().as_secs() < 5);
    assert_eq!(error(&ground.open()).code(), "store_missing");
}
