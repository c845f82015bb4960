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
pub mod hex;
mod in_place;
pub mod key;
mod layers;
mod list_ids;
pub mod lists;
mod marks;
pub mod mention;
mod named;
mod names;
pub mod nearest;
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
