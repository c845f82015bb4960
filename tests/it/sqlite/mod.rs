//! The SQLite store: what only it can do or suffer. What every store does is the contract's story.

mod basics;
mod build;
mod chain;
mod crowd;
pub(crate) mod forms;
mod full;
mod history;
pub(crate) mod kit;
mod places;
mod project;
mod read_only;
mod refusals;
