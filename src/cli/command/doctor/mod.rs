//! `flags doctor`: what is wrong, or soon will be, and what to do about it.

mod database;
mod place;
mod remote;
mod store;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::check_fields;
use crate::config::Place;
use crate::domain::key::FeatureKey;
use crate::store::StoreError;
use crate::store::sqlite::Examination;
use crate::ui::{Line, Page, Report, Table};

/// Look at the store and the settings: what is wrong, and what to do about it
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is written. Exit 0 without a problem (warnings and notes are none), 1 with \
                  one, 6 if the\nstore cannot be read at all. Of a server or a database: 4 if it does not let us \
                  in, 5 if it is out of\nreach or answers nonsense. It is asked with a few requests \
                  that change nothing."
)]
pub struct DoctorArgs {
    /// Pass over what takes long in a large store: comparing indexes, proving the history
    #[arg(long)]
    quick: bool,
    /// Put right what can do no harm: who may read the store's files
    #[arg(long)]
    fix: bool,
    /// At a server: whether this feature is there, and on
    #[arg(long, value_name = "FEATURE")]
    feature: Option<FeatureKey>,
}

/// Looks at everything, and goes on where something is wrong.
pub fn run(context: &Context, args: DoctorArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let mut checks = place::settings(context)?;
    if let Ok(place) = context.place()
        && let Some(remote) = place.remote()
    {
        return remote::run(context, place, remote, checks, args.feature.as_ref());
    }
    if let Ok(place) = context.place()
        && let Some(remote) = place.database()
    {
        return database::run(context, place, remote, checks, args.quick);
    }
    let store = context.place().ok().and_then(Place::file);
    let Some(store) = store.map(Path::to_owned) else {
        let report = DoctorReport {
            store: None,
            checks,
        };
        return Ok(Box::new(report));
    };
    checks.extend(place::permissions(&store, args.fix));
    checks.extend(place::leftovers(&store));
    match Examination::of(&store) {
        Ok(examination) => {
            checks.extend(store::checks(&examination, context.now()?, args.quick));
            Ok(Box::new(DoctorReport {
                store: Some(store),
                checks,
            }))
        }
        Err(error) => {
            checks.push(Check::problem("store", error.to_string()).advice(advice_for(&error)));
            let report = DoctorReport {
                store: Some(store),
                checks,
            };
            // What could be found out is told, and the exit code says that it was not all.
            context.terminal.show(&report, &context.mode)?;
            Err(error.into())
        }
    }
}

fn advice_for(error: &StoreError) -> &'static str {
    match error {
        StoreError::Missing(_) => "`flags init` makes one",
        StoreError::Newer { .. } => "install the newer version of flags",
        StoreError::Locked { .. } => "find what holds it, for example with `fuser`",
        StoreError::Unopenable { .. } => "check the file's owner and permissions",
        StoreError::Full(_) => "free some space",
        _ => PUT_BACK,
    }
}

/// What helps where a store is damaged.
const PUT_BACK: &str = "`flags restore FILE` puts a backup in its place, and keeps this file";

/// How it stands with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    /// It cannot be seen from here; where it can is said beside it.
    Note,
    Warning,
    Problem,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    /// A stable name for scripts.
    name: &'static str,
    status: Status,
    found: String,
    advice: Option<String>,
}

impl Check {
    fn new(name: &'static str, status: Status, found: impl Into<String>) -> Self {
        Self {
            name,
            status,
            found: found.into(),
            advice: None,
        }
    }

    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self::new(name, Status::Ok, found)
    }

    fn warning(name: &'static str, found: impl Into<String>) -> Self {
        Self::new(name, Status::Warning, found)
    }

    fn problem(name: &'static str, found: impl Into<String>) -> Self {
        Self::new(name, Status::Problem, found)
    }

    fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

struct DoctorReport {
    store: Option<PathBuf>,
    checks: Vec<Check>,
}

const FIELDS: &[&str] = &["ok", "store", "problems", "warnings", "checks"];

impl DoctorReport {
    fn count(&self, status: Status) -> usize {
        let wanted = |check: &&Check| check.status == status;
        self.checks.iter().filter(wanted).count()
    }
}

impl Report for DoctorReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let checks = self.checks.iter().map(|check| {
            json!({
                "name": check.name,
                "status": check.status.name(),
                "found": check.found,
                "advice": check.advice,
            })
        });
        json!({
            "ok": !self.answered_no(),
            "store": self.store,
            "problems": self.count(Status::Problem),
            "warnings": self.count(Status::Warning),
            "checks": checks.collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(["check", "status", "found", "what to do"]);
        for check in &self.checks {
            let name = check.status.name();
            let status = match check.status {
                Status::Ok => Line::new().good(name),
                Status::Note => Line::new().dim(name),
                Status::Warning => Line::new().warn(name),
                Status::Problem => Line::new().bad(name),
            };
            table.push([
                Line::from(check.name),
                status,
                Line::from(check.found.as_str()),
                Line::from(check.advice.as_deref().unwrap_or_default()),
            ]);
        }
        Page::new().table(table)
    }

    fn answered_no(&self) -> bool {
        self.count(Status::Problem) > 0
    }
}
