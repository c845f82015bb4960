//! `flags serve`: one store over HTTP, for programs that speak one of several protocols.
//!
//! Whoever asks gets the answer that the command line would give, because the same resolver gives
//! it; whoever changes something goes through the same edits, transaction and history. What the
//! server adds is the way in: who may do what ([`access`]), for how long, how much and how often.
//!
//! | file | holds |
//! | --- | --- |
//! | `run` | the runtime, the listener, the connections and their end |
//! | [`app`] | what every handler may use |
//! | [`pool`] | stores for many requests at once: a handler never waits for a disk itself |
//! | [`access`] | who is calling, and what they may do |
//! | `changes` | noticing that something was written, by whomever |
//! | [`signing`] | the keys that tokens are signed with, and what others check them by |
//! | `evaluate` | what a subject gets, for every protocol |
//! | [`problem`] | what went wrong, as a program reads it |
//! | [`native`] | `/v1`: all that the command line can do |
//! | [`astapa`] | what Astapa's own API can do |
//! | [`workos`] | WorkOS's feature flags |
//!
//! Tokio, axum and hyper live here and nowhere else. Only `flags serve` makes a runtime.

pub mod access;
pub mod app;
pub mod astapa;
mod changes;
mod evaluate;
pub mod native;
pub mod pool;
pub mod problem;
mod run;
pub mod signing;
pub mod workos;

pub use app::{App, Clock, Protocol, Settings};
pub use evaluate::{Evaluated, Which};
pub use run::{ServeError, serve};
