//! The least a clap and rusqlite program can do to answer `check`: the price of the ground `flags`
//! stands on. One statement, no error texts, no layers, no explanation.
//!
//! The statement reads the store that `../harness/store.py` builds; change both together.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Result};

/// A disabled feature is off; an override beats the plan; nothing said is off.
const CHECK: &str = "
    SELECT feature.enabled AND coalesce(overrides.value, grants.value, 0)
    FROM feature, subject
    LEFT JOIN overrides ON overrides.subject = subject.id AND overrides.feature = feature.id
    LEFT JOIN grants ON grants.plan = subject.plan AND grants.feature = feature.id
    WHERE feature.key = ?1 AND subject.key = ?2";

#[derive(Parser)]
struct Args {
    /// The store's file.
    #[arg(long)]
    store: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Whether a user has a feature: exits 0 for yes, 1 for no, 3 when either is unknown.
    Check {
        feature: String,
        #[arg(long)]
        user: String,
    },
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let Command::Check { feature, user } = &args.command;
    // Not read-only: a reader of a write-ahead log has to share its index with writers, and
    // `flags` opens the file in the same way.
    let mode = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let store = Connection::open_with_flags(&args.store, mode)?;
    let answer = store
        .query_row(CHECK, [feature, user], |row| row.get(0))
        .optional()?;
    println!("{}", text(answer));
    Ok(ExitCode::from(code(answer)))
}

fn text(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "on",
        Some(false) => "off",
        None => "unknown",
    }
}

fn code(answer: Option<bool>) -> u8 {
    match answer {
        Some(true) => 0,
        Some(false) => 1,
        None => 3,
    }
}
