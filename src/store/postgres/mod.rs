//! A project in a PostgreSQL database, or in one that speaks its protocol.

mod finding;
pub mod place;
mod trouble;
pub mod url;

#[cfg(feature = "postgres")]
mod connect;
#[cfg(feature = "postgres")]
mod examine;
#[cfg(feature = "postgres")]
mod tls;
#[cfg(not(feature = "postgres"))]
mod unbuilt;

#[cfg(feature = "postgres")]
pub use examine::{examine, knock};
pub use finding::{Finding, Schema, Server};
pub use place::Place;
pub use trouble::{ConnectError, Trouble};
#[cfg(not(feature = "postgres"))]
pub use unbuilt::{examine, knock};
