//! The server from end to end: the program serving a store, and clients that ask it.

mod begin;
pub(crate) mod kit;
mod workos;
