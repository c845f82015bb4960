//! `flags`: who gets a feature, change that, and why a user does not see it.

pub mod cli;
pub mod config;
pub mod domain;
pub mod store;
pub mod token;
pub mod ui;
