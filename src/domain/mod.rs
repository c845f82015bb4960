//! The domain: what features, plans, overrides and audiences mean. Pure: no I/O, no clock, no
//! randomness; whatever a decision needs is handed in.

pub mod apply;
mod bound;
pub mod brief;
pub mod catalog;
pub mod change;
pub mod diff;
pub mod document;
pub mod expect;
pub mod feature;
pub mod finding;
pub mod key;
mod layers;
pub mod lists;
pub mod mention;
mod names;
pub mod overrides;
mod packed;
pub mod plan;
pub mod refusal;
pub mod resolve;
mod resolver;
mod settled;
pub mod steps;
pub mod subject;
pub mod target;
pub mod text;
pub mod time;
pub mod undo;
pub mod value;
pub mod wanted;
