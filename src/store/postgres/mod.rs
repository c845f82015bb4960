//! A project in a PostgreSQL database, or in one that speaks its protocol.

#[cfg(feature = "postgres")]
mod connect;
#[cfg(feature = "postgres")]
mod datum;
mod error;
#[cfg(feature = "postgres")]
mod examine;
#[cfg(feature = "postgres")]
mod fault;
mod finding;
pub mod place;
#[cfg(feature = "postgres")]
mod schema;
#[cfg(feature = "postgres")]
mod session;
#[cfg(feature = "postgres")]
mod setup;
#[cfg(feature = "postgres")]
mod tls;
mod trouble;
#[cfg(not(feature = "postgres"))]
mod unbuilt;
pub mod url;

pub use error::DatabaseError;
#[cfg(feature = "postgres")]
pub use examine::{examine, knock};
pub use finding::{Finding, Schema, Server};
pub use place::{Host, Password, Place, SCHEMA};
pub use trouble::{ConnectError, Trouble};
#[cfg(not(feature = "postgres"))]
pub(super) use unbuilt::{create, open};
#[cfg(not(feature = "postgres"))]
pub use unbuilt::{examine, knock};

#[cfg(feature = "postgres")]
use super::{Halt, Store, StoreError};

/// Opens the project at a place; no connection is made yet.
#[cfg(feature = "postgres")]
pub(super) fn open(_place: &Place, _halt: Halt) -> Result<Box<dyn Store + Send>, StoreError> {
    Err(StoreError::GivenUp)
}

/// Makes an empty project at a place, where there is none.
#[cfg(feature = "postgres")]
pub(super) fn create(_place: &Place) -> Result<Box<dyn Store + Send>, StoreError> {
    Err(StoreError::GivenUp)
}
