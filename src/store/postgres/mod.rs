//! A project in a PostgreSQL database, or in one that speaks its protocol.

#[cfg(feature = "postgres")]
mod connect;
#[cfg(feature = "postgres")]
mod datum;
mod error;
#[cfg(feature = "postgres")]
mod fault;
mod place;
#[cfg(feature = "postgres")]
mod schema;
#[cfg(feature = "postgres")]
mod session;
#[cfg(feature = "postgres")]
mod setup;

pub use error::DatabaseError;
pub use place::{Host, Password, Place, SCHEMA};

use super::{Halt, Store, StoreError};

/// Opens the project at a place; no connection is made yet.
pub(super) fn open(_place: &Place, _halt: Halt) -> Result<Box<dyn Store + Send>, StoreError> {
    Err(StoreError::GivenUp)
}
