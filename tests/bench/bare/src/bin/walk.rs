//! The least that a rusqlite loop can do to read a whole store: what `flags resolve --all` and the
//! effect of a plan's change are measured by.
//!
//! Ordered cursors are merged, plans are arrays, and the text is put together from pieces, in one
//! transaction of the same file. No organizations, targeting, limits or escapes: it answers the
//! benchmark's store and no other.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Result, Row, Rows};

const SUBJECTS: &str = "SELECT id, name, plan_id FROM subject ORDER BY id";
const OVERRIDES: &str = "SELECT subject_id, feature_id, granted, starts, expires \
     FROM \"override\" ORDER BY subject_id";
const OVERRIDES_FOR: &str = "SELECT subject_id, feature_id, granted, starts, expires \
     FROM \"override\" WHERE feature_id = ?1 ORDER BY subject_id";
const FEATURES: &str = "SELECT id, key FROM feature ORDER BY key";
const GRANTS: &str = "SELECT plan_id, feature_id FROM plan_grant";
const PLAN: &str = "SELECT id FROM plan WHERE key = ?1";
const FEATURE: &str = "SELECT id FROM feature WHERE key = ?1";

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
    /// Every subject's entitlements, a line each.
    ResolveAll,
    /// How many would lose a feature that its plan grants no longer.
    Preview {
        feature: String,
        #[arg(long)]
        plan: String,
    },
    /// Reads every subject's row, and nothing else.
    Scan,
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let store = Connection::open_with_flags(&args.store, mode)?;
    store.execute_batch("BEGIN")?;
    match args.command {
        Command::ResolveAll => resolve_all(&store)?,
        Command::Preview { feature, plan } => match preview(&store, &feature, &plan)? {
            Some(lost) => println!("{lost} lost"),
            None => return Ok(ExitCode::from(3)),
        },
        Command::Scan => println!("{} on a plan", scan(&store)?),
    }
    Ok(ExitCode::SUCCESS)
}

fn resolve_all(store: &Connection) -> Result<()> {
    let (places, pieces) = features(store)?;
    let plans = plans(store, &places, pieces.len())?;
    let now = now();
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut overrides = store.prepare(OVERRIDES)?;
    let mut overrides = Overrides::new(overrides.query([])?)?;
    let mut statement = store.prepare(SUBJECTS)?;
    let mut rows = statement.query([])?;
    let mut on = vec![false; pieces.len()];
    let mut text = String::new();
    while let Some(row) = rows.next()? {
        let (id, plan): (i64, Option<i64>) = (row.get(0)?, row.get(2)?);
        match plan.and_then(|plan| plans.get(&plan)) {
            Some(granted) => on.copy_from_slice(granted),
            None => on.fill(false),
        }
        while let Some(over) = overrides.next_of(id)? {
            if over.stands(now) {
                on[places[over.feature]] = over.granted;
            }
        }
        text.clear();
        text.push_str("{\"subject\":\"user:");
        text.push_str(row.get_ref(1)?.as_str()?);
        text.push_str("\",\"entitlements\":{");
        let empty = text.len();
        for (piece, on) in pieces.iter().zip(&on) {
            if *on {
                text.push_str(piece);
            }
        }
        if text.len() > empty {
            text.pop();
        }
        text.push_str("}}\n");
        if out.write_all(text.as_bytes()).is_err() {
            break;
        }
    }
    Ok(())
}

/// Each feature's place in the order of keys, by its number, and its text.
fn features(store: &Connection) -> Result<(Vec<usize>, Vec<String>)> {
    let mut statement = store.prepare(FEATURES)?;
    let mut rows = statement.query([])?;
    let (mut places, mut pieces) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let number = place(row, 0)?;
        places.resize(places.len().max(number + 1), 0);
        places[number] = pieces.len();
        pieces.push(format!("\"{}\":true,", row.get_ref(1)?.as_str()?));
    }
    Ok((places, pieces))
}

/// A feature's number, to find it by.
fn place(row: &Row<'_>, column: usize) -> Result<usize> {
    Ok(row.get::<_, u32>(column)? as usize)
}

/// What each plan grants, by the features' places.
fn plans(
    store: &Connection,
    places: &[usize],
    features: usize,
) -> Result<BTreeMap<i64, Vec<bool>>> {
    let mut statement = store.prepare(GRANTS)?;
    let mut rows = statement.query([])?;
    let mut plans: BTreeMap<i64, Vec<bool>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let granted = plans.entry(row.get(0)?);
        let granted = granted.or_insert_with(|| vec![false; features]);
        granted[places[place(row, 1)?]] = true;
    }
    Ok(plans)
}

/// Those on the plan of whom no override that stands says anything.
fn preview(store: &Connection, feature: &str, plan: &str) -> Result<Option<u64>> {
    let find = |statement: &str, key: &str| {
        let found = store.query_row(statement, [key], |row| row.get::<_, i64>(0));
        found.optional()
    };
    let (Some(feature), Some(plan)) = (find(FEATURE, feature)?, find(PLAN, plan)?) else {
        return Ok(None);
    };
    let now = now();
    let mut overrides = store.prepare(OVERRIDES_FOR)?;
    let mut overrides = Overrides::new(overrides.query([feature])?)?;
    let mut statement = store.prepare(SUBJECTS)?;
    let mut rows = statement.query([])?;
    let mut lost = 0;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let mut overridden = false;
        while let Some(over) = overrides.next_of(id)? {
            overridden |= over.stands(now);
        }
        lost += u64::from(row.get::<_, Option<i64>>(2)? == Some(plan) && !overridden);
    }
    Ok(Some(lost))
}

fn scan(store: &Connection) -> Result<u64> {
    let mut statement = store.prepare(SUBJECTS)?;
    let mut rows = statement.query([])?;
    let mut on_plan = 0;
    while let Some(row) = rows.next()? {
        let (_, name) = (row.get::<_, i64>(0)?, row.get_ref(1)?.as_str()?);
        let plan: Option<i64> = row.get(2)?;
        on_plan += u64::from(plan.is_some() && !name.is_empty());
    }
    Ok(on_plan)
}

fn now() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    passed.map_or(0, |passed| passed.as_secs().cast_signed())
}

struct Override {
    subject: i64,
    feature: usize,
    granted: bool,
    starts: Option<i64>,
    expires: Option<i64>,
}

impl Override {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            subject: row.get(0)?,
            feature: place(row, 1)?,
            granted: row.get(2)?,
            starts: row.get(3)?,
            expires: row.get(4)?,
        })
    }

    fn stands(&self, now: i64) -> bool {
        self.starts.is_none_or(|start| start <= now) && self.expires.is_none_or(|end| now < end)
    }
}

/// Overrides in the order of their subjects.
struct Overrides<'s> {
    rows: Rows<'s>,
    next: Option<Override>,
}

impl<'s> Overrides<'s> {
    fn new(mut rows: Rows<'s>) -> Result<Self> {
        let next = rows.next()?.map(Override::read).transpose()?;
        Ok(Self { rows, next })
    }

    /// The next one of this subject, if there is one.
    fn next_of(&mut self, subject: i64) -> Result<Option<Override>> {
        if self
            .next
            .as_ref()
            .is_none_or(|next| next.subject != subject)
        {
            return Ok(None);
        }
        let next = self.rows.next()?.map(Override::read).transpose()?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}
