//! Tokens: makes the files all contestants read, and measures the bare `jsonwebtoken` crate and our
//! library on them.
//!
//! The crate is used as its documentation shows it: typed claims, `decode` and `encode` with keys
//! read once. Whole processes (`verify`) are timed from outside, like every other contestant; what
//! has no process of its own (`mint`, `decode`) is timed here, in passes.

#![forbid(unsafe_code)]

mod claims;
mod clock;
mod decode;
mod make;
mod mint;
mod verify;

use std::env;

/// Any failure ends the program: a contestant that cannot run must not be left out in silence.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: bench-tokens make DIRECTORY ALGORITHM COUNT
       bench-tokens verify ALGORITHM KEY TOKENS
       bench-tokens mint library|crate ALGORITHM PRIVATE-KEY SECONDS
       bench-tokens decode library|statement|crate TOKENS SECONDS";

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["make", directory, algorithm, count] => make::run(directory, algorithm, count.parse()?),
        ["verify", algorithm, key, tokens] => verify::run(algorithm, key, tokens),
        ["mint", way, algorithm, key, seconds] => mint::run(way, algorithm, key, seconds.parse()?),
        ["decode", way, tokens, seconds] => decode::run(way, tokens, seconds.parse()?),
        _ => Err(USAGE.into()),
    }
}
