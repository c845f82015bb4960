//! `flags serve`: one store over HTTP, for programs that speak one of several protocols.
//!
//! Whoever asks gets the answer that the command line would give, because the same resolver gives
//! it; whoever changes something goes through the same edits, transaction and history. What the
//! server adds is the way in: who may do what ([`access`]), for how long, how much and how often.
//!
//! | file | holds |
//! | --- | --- |
//! | `run` | a server from its beginning to its end |
//! | `connection` | one connection, from its first byte to its last |
//! | [`net`] | where to listen, TLS, how many at once, how slow a client may be |
//! | [`front`] | what every request passes first, and every answer last |
//! | [`limits`], `pace` | how much, how long, how often, how slowly |
//! | [`app`] | what every handler may use |
//! | [`pool`] | stores for many requests at once: a handler never waits for a disk itself |
//! | [`access`] | who is calling, and what they may do |
//! | `workers` | the threads that answer, one for each core |
//! | `changes` | noticing that something was written, by whomever |
//! | [`signing`] | the keys that tokens are signed with, and what others check them by |
//! | `evaluate` | what a subject gets, for every protocol |
//! | [`live`] | the project in memory: answers that wait for no disk |
//! | [`problem`] | what went wrong, as a program reads it |
//! | [`native`] | `/v1`: all that the command line can do |
//! | `page` | `/`: what `native` says, for people |
//! | [`log`], [`metrics`], `operations` | what the operator is told, unasked and asked |
//! | `ofrep` | what OpenFeature's SDKs ask |
//! | [`astapa`] | what Astapa's own API can do |
//! | [`workos`] | WorkOS's feature flags |
//!
//! Tokio, axum and hyper live here and nowhere else. Only `flags serve` makes a runtime.

pub mod access;
pub mod app;
pub mod astapa;
mod changes;
mod connection;
pub mod evaluate;
pub mod front;
pub mod limits;
pub mod live;
pub mod log;
pub mod metrics;
pub mod native;
pub mod net;
mod ofrep;
mod operations;
mod pace;
mod page;
pub mod pool;
pub mod problem;
mod run;
pub mod signing;
mod workers;
pub mod workos;

pub use app::{App, Clock, Protocol, Settings};
pub use evaluate::{Answers, Asked, Context, Evaluated, Which};
pub use run::{Doors, ServeError, serve};
