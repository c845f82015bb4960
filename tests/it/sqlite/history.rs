//! A history that was tampered with: it says so, and tells no past.

use flags::domain::catalog::Revision;
use flags::domain::subject::User;
use flags::store::sqlite::SqliteStore;
use flags::store::{Facts, HistoryError, Past, Store, StoreError};

use super::kit::{Home, id, new_feature, new_user, write};

/// A store of three writes, after somebody else did this to it.
fn tampered(home: &Home, statement: &str) -> SqliteStore {
    let store = SqliteStore::create(&home.store()).unwrap();
    write(&store, [new_feature("sso"), new_user("u1")]).unwrap();
    write(&store, [new_user("u2")]).unwrap();
    write(&store, [new_feature("beta"), new_user("u3")]).unwrap();
    drop(store);
    let other = rusqlite::Connection::open(home.store()).unwrap();
    other.pragma_update(None, "foreign_keys", false).unwrap();
    assert!(other.execute(statement, []).unwrap() > 0, "{statement}");
    drop(other);
    SqliteStore::open(&home.store()).unwrap()
}

#[test]
fn a_write_that_is_missing_is_named() {
    let home = Home::new();
    let store = tampered(&home, "DELETE FROM revision WHERE id = 2");
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(1)).map(|past| past.revision());
    let missing = HistoryError::Missing(Revision(2));
    assert!(matches!(past, Err(StoreError::History(error)) if error == missing));
    let past = Past::at(&*snapshot, 0).map(|past| past.revision());
    assert!(matches!(past, Err(StoreError::History(error)) if error == missing));
    assert_eq!(
        Past::of(&*snapshot, Revision(3)).unwrap().revision(),
        Revision(3)
    );
}

#[test]
fn a_change_that_does_not_fit_what_is_there_is_no_past() {
    let torn = HistoryError::Torn(Revision(3));
    let home = Home::new();
    let store = tampered(
        &home,
        "UPDATE change SET body = replace(body, 'beta', 'gamma') WHERE revision = 3",
    );
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(2)).map(|past| past.revision());
    assert!(matches!(past, Err(StoreError::History(error)) if error == torn));

    let home = Home::new();
    let store = tampered(
        &home,
        "UPDATE change SET body = replace(body, 'after\":{}', 'after\":{\"email\":\"x\"}') \
         WHERE revision = 3 AND position = 1",
    );
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(2)).unwrap();
    assert_eq!(past.user(&id("u1")).unwrap(), Some(User::default()));
    let user = past.user(&id("u3"));
    assert!(matches!(user, Err(StoreError::History(error)) if error == torn));
}

#[test]
fn a_change_that_cannot_be_read_is_damage_to_whoever_it_may_be_about() {
    let home = Home::new();
    let cut = "UPDATE change SET body = substr(body, 1, length(body) - 1) WHERE revision = 3";
    let store = tampered(&home, &format!("{cut} AND position = 0"));
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(2)).map(|past| past.revision());
    assert_eq!(past.unwrap_err().code(), "store_corrupt");

    let home = Home::new();
    let store = tampered(&home, &format!("{cut} AND position = 1"));
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(2)).unwrap();
    assert_eq!(past.user(&id("u1")).unwrap(), Some(User::default()));
    assert_eq!(past.user(&id("u3")).unwrap_err().code(), "store_corrupt");
}
