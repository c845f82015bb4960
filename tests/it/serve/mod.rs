//! The server from end to end: the program serving a store, and clients that ask it.

mod begin;
mod doors;
mod ending;
mod keys;
pub(crate) mod kit;
mod limits;
mod live;
mod native;
mod told;
mod workos;
