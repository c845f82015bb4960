//! `flags`: who gets a feature, change that, and why a user does not see it.

pub mod token;
