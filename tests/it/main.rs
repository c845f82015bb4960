//! Everything that is tested from outside the modules, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says so best by stopping"
)]

mod answers;
mod contract;
mod document;
mod edits;
mod laws;
mod layers;
mod oracle;
mod project;
mod random;
