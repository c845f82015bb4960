//! The tables.

/// The form of the tables that this version of the program writes; numbered as SQLite's are.
pub const FORMAT: i64 = 3;
