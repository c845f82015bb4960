//! A project in a PostgreSQL database, or in one that speaks its protocol.
//!
//! A project is one schema. Whoever reads sees one moment (`REPEATABLE READ READ ONLY`) and waits for
//! nobody; whoever writes locks the one row of the project's state first, so that the planner, its
//! changes and their history see no other writer. Replication, failover and backups are the
//! database's.
//!
//! * `place` names a database, as `url` reads its address; `connect` reaches one of its servers, over
//!   `tls`, and `trouble` says why it does not; `setup` says what a session should be like.
//! * `examine` asks each server what an operator wants to know (`finding`).
//! * `session` is what statements go through; `datum` is their values; `fault` turns the server's
//!   codes into what an operator can act on ([`DatabaseError`]).
//! * `schema` is the tables.
//! * `view` is the snapshot: `definitions`, `subjects`, `basis`, `walk`, `briefs`, `history` and
//!   `chain` read for it, with `near` for all about one subject and `names` where many are looked up;
//!   `retell` hands the history over. Visitors may ask the same snapshot again, so walks read page by
//!   page.
//! * `attempt` carries a write out once, whatever happens to the connection, with `patience`;
//!   `foreseen` is what it takes anyway, and `write` what it does. `records` is what is kept beside the
//!   project.
//! * `ear` hears that somebody wrote, from a `stand_in` where nobody leads; `latest` is what all of a
//!   process know, and replicas are held against.
//!
//! # What PostgreSQL, CockroachDB and YugabyteDB share
//!
//! What answers, and single writes, use no SQL beyond that. Only PostgreSQL is asked for `NOTIFY`; a
//! bulk write uses `COPY … WITH BINARY`, which all three have.

#[cfg(feature = "postgres")]
mod attempt;
#[cfg(feature = "postgres")]
mod basis;
#[cfg(feature = "postgres")]
mod briefs;
#[cfg(feature = "postgres")]
mod chain;
#[cfg(feature = "postgres")]
mod connect;
#[cfg(feature = "postgres")]
mod datum;
#[cfg(feature = "postgres")]
mod definitions;
#[cfg(feature = "postgres")]
mod ear;
mod error;
#[cfg(feature = "postgres")]
mod examine;
#[cfg(feature = "postgres")]
mod fault;
mod finding;
#[cfg(feature = "postgres")]
mod foreseen;
#[cfg(feature = "postgres")]
mod history;
#[cfg(feature = "postgres")]
mod latest;
#[cfg(feature = "postgres")]
mod names;
#[cfg(feature = "postgres")]
mod near;
#[cfg(feature = "postgres")]
mod patience;
pub mod place;
#[cfg(feature = "postgres")]
mod records;
#[cfg(feature = "postgres")]
mod retell;
#[cfg(feature = "postgres")]
mod schema;
#[cfg(feature = "postgres")]
mod session;
#[cfg(feature = "postgres")]
mod setup;
#[cfg(feature = "postgres")]
mod stand_in;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod subjects;
#[cfg(feature = "postgres")]
mod tls;
mod trouble;
#[cfg(not(feature = "postgres"))]
mod unbuilt;
pub mod url;
#[cfg(feature = "postgres")]
mod view;
#[cfg(feature = "postgres")]
mod walk;
#[cfg(feature = "postgres")]
mod write;

pub use error::DatabaseError;
#[cfg(feature = "postgres")]
pub use examine::{examine, knock};
pub use finding::{Finding, Schema, Server};
#[cfg(feature = "postgres")]
pub use latest::Latest;
pub use place::{Host, Password, Place, SCHEMA};
#[cfg(feature = "postgres")]
pub use schema::FORMAT;
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
pub use trouble::{ConnectError, Trouble};
#[cfg(not(feature = "postgres"))]
pub(super) use unbuilt::{create, open};
#[cfg(not(feature = "postgres"))]
pub use unbuilt::{examine, knock};

#[cfg(feature = "postgres")]
use super::{Halt, Store, StoreError};

/// Opens the project at a place; no connection is made yet.
#[cfg(feature = "postgres")]
pub(super) fn open(place: &Place, halt: Halt) -> Result<Box<dyn Store + Send>, StoreError> {
    Ok(Box::new(PostgresStore::open(place).heeding(halt)))
}

/// Makes an empty project at a place, where there is none.
#[cfg(feature = "postgres")]
pub(super) fn create(place: &Place) -> Result<Box<dyn Store + Send>, StoreError> {
    Ok(Box::new(PostgresStore::create(place)?))
}
