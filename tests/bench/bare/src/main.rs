//! The least a clap and rusqlite program can do to answer `check` from the same store: the price
//! of the ground `flags` stands on.
//!
//! It opens the same file, makes the same look-ups in one transaction and resolves the same
//! feature for a user without organizations. No check of what file it is, no error texts, no
//! layers, no explanation.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Result};

const SETTINGS: &str = "SELECT name, value FROM setting";
const FEATURE: &str = "SELECT id, json_extract(definition, '$.enabled'), \
     json_extract(audience, '$.default') FROM feature WHERE key = ?1";
const PLANS: &str = "SELECT id, key FROM plan";
const GRANT: &str = "SELECT value FROM plan_grant WHERE plan_id = ?1 AND feature_id = ?2";
const SUBJECT: &str = "SELECT id, plan_id FROM subject WHERE kind = 0 AND name = ?1";
const BELONGINGS: &str = "SELECT NULL, organization_id FROM membership \
     WHERE user_id = ?1 UNION ALL SELECT type, id FROM subject_target WHERE subject_id = ?1";
const OVERRIDE: &str = "SELECT granted, starts, expires \
     FROM \"override\" WHERE subject_id = ?1 AND feature_id = ?2";
const REVISION: &str = "SELECT max(id) FROM revision";

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
    let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let store = Connection::open_with_flags(&args.store, mode)?;
    store.execute_batch("BEGIN")?;
    let answer = check(&store, feature, user)?;
    println!("{}", text(answer));
    Ok(ExitCode::from(code(answer)))
}

/// The switch, else the user's override, else the audience, else the plan, else the default plan.
fn check(store: &Connection, feature: &str, user: &str) -> Result<Option<bool>> {
    let default = default_plan(store)?;
    let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found = store.query_row(FEATURE, [feature], columns).optional()?;
    let Some((feature, enabled, everybody)): Option<(i64, bool, bool)> = found else {
        return Ok(None);
    };
    let plans = plans(store, feature)?;
    let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found = store.query_row(SUBJECT, [user], columns).optional()?;
    let Some((subject, plan)): Option<(i64, Option<i64>)> = found else {
        return Ok(None);
    };
    require_no_belongings(store, subject)?;
    let overridden = override_of(store, subject, feature)?;
    store.query_row(REVISION, [], |row| row.get::<_, i64>(0))?;
    let granted = plans
        .iter()
        .any(|(id, key, granted)| *granted && (Some(*id) == plan || Some(key) == default.as_ref()));
    Ok(Some(enabled && overridden.unwrap_or(everybody || granted)))
}

fn default_plan(store: &Connection) -> Result<Option<String>> {
    let mut statement = store.prepare(SETTINGS)?;
    let mut rows = statement.query([])?;
    let mut default = None;
    while let Some(row) = rows.next()? {
        if row.get_ref(0)?.as_str()? == "default_plan" {
            default = Some(row.get(1)?);
        }
    }
    Ok(default)
}

/// Every plan and whether it grants the feature.
fn plans(store: &Connection, feature: i64) -> Result<Vec<(i64, String, bool)>> {
    let mut plans = store.prepare(PLANS)?;
    let mut grant = store.prepare(GRANT)?;
    let mut rows = plans.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, key) = (row.get(0)?, row.get(1)?);
        found.push((id, key, grant.exists([id, feature])?));
    }
    Ok(found)
}

fn require_no_belongings(store: &Connection, subject: i64) -> Result<()> {
    match store.prepare(BELONGINGS)?.exists([subject])? {
        false => Ok(()),
        true => Err(rusqlite::Error::InvalidQuery),
    }
}

/// What an override that counts now says.
fn override_of(store: &Connection, subject: i64, feature: i64) -> Result<Option<bool>> {
    let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found = store
        .query_row(OVERRIDE, [subject, feature], columns)
        .optional()?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs().cast_signed());
    let stands = |(granted, starts, expires): (bool, Option<i64>, Option<i64>)| {
        let counts = starts.is_none_or(|start| start <= now) && expires.is_none_or(|end| now < end);
        counts.then_some(granted)
    };
    Ok(found.and_then(stands))
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
