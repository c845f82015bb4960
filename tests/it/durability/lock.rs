//! A store that another process holds: waited for, and given up after a while.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::program::Place;
use super::witness::see;

fn held(place: &Place) -> Connection {
    let connection = Connection::open(place.store()).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    connection
}

#[test]
fn a_store_that_stays_locked_is_given_up_after_ten_seconds_and_readable_all_along() {
    let place = Place::with_store();
    place.must("plan create pro");
    let holder = held(&place);
    let start = Instant::now();
    let writer = place.start("plan create free --json");
    assert_eq!(place.document("plan list")[0]["key"], "pro");
    let ran = super::program::ran(writer.wait_with_output().unwrap());
    let waited = start.elapsed();
    ran.failed(6, "store_locked");
    // The wait itself is exact; what is beyond it is a busy machine.
    let patience = Duration::from_secs(10)..Duration::from_secs(15);
    assert!(patience.contains(&waited), "{waited:?}");
    drop(holder);
    assert_eq!(see(place.store()).revision, 1);
    place.must("plan create free");
}

#[test]
fn a_store_that_is_released_in_time_is_written() {
    let place = Place::with_store();
    let holder = held(&place);
    let start = Instant::now();
    let writer = place.start("plan create free");
    std::thread::sleep(Duration::from_secs(1));
    holder.execute_batch("ROLLBACK").unwrap();
    let output = writer.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(start.elapsed() > Duration::from_secs(1));
    assert_eq!(see(place.store()).revision, 1);
}
