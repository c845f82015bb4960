//! The server from end to end: the program serving a store, and clients that ask it.

mod begin;
mod demo;
pub(crate) mod kit;
mod page;
mod watch;
mod workos;
