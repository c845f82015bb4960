//! One file for each command: its arguments, what it does, its report.

pub mod apply;
pub mod check;
mod check_token;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod explain;
pub mod export;
pub mod feature;
pub mod get;
pub mod init;
pub mod log;
pub mod man;
pub mod matrix;
pub mod org;
pub mod overrides;
pub mod plan;
pub mod promote;
pub mod resolve;
pub mod schema;
pub mod set;
pub mod target;
pub mod token;
pub mod undo;
pub mod unset;
pub mod user;
