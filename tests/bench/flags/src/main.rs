//! Our resolver on the shared workload.
//!
//! Not wired yet: `answer_all` is the one function to write. It gets everything it may prepare
//! once (the catalog, with targets indexed) outside the clock, and inside it turns one user id
//! into one byte a flag, in the order of the slugs.

#![forbid(unsafe_code)]

use contest::{Args, Result};

fn main() -> Result<()> {
    answer_all(&Args::read()?)
}

fn answer_all(_args: &Args) -> Result<()> {
    Err("the resolver is not wired into this benchmark: see tests/bench/flags/src/main.rs".into())
}
