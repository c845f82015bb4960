//! The JSON Schemas of files, by which editors complete, check and explain them.
//!
//! Written by hand: its descriptions are what an editor shows to somebody who writes a catalog,
//! which is not what a comment in the code tells somebody who reads that. A test holds the schema
//! and the reader against each other.

/// The schema of the catalog file, draft 2020-12.
pub const CATALOG: &str = include_str!("catalog.schema.json");

/// The schema of the test file, draft 2020-12.
pub const TESTS: &str = include_str!("tests.schema.json");
