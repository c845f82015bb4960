//! The server from end to end: the program serving a store, and clients that ask it.

mod astapa;
mod away;
mod begin;
mod demo;
mod doors;
mod ending;
mod far;
mod keys;
pub(crate) mod kit;
mod limits;
mod live;
mod native;
mod ofrep;
mod page;
mod told;
mod watch;
mod workos;
