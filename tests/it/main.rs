//! The program and library from outside, in one test binary: one link instead of many.
#![expect(clippy::unwrap_used, reason = "a failed test is a panic")]

mod token;
