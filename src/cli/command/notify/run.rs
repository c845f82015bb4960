//! `flags notify run`.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::undelivered;
use crate::cli::context::{self, Context};
use crate::cli::interrupt::{Interrupt, asks_to_end};
use crate::cli::write::check_fields;
use crate::notify::{Courier, DestinationName, NotifyError, Told, Turn, destinations};
use crate::store;
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags notify run`.
#[derive(Debug, Args)]
#[command(
    after_help = "`flags serve` delivers by itself. Several at once do not deliver twice: whoever \
                  comes first has the turn.\n\nExamples:\n  flags notify run\n  \
                  flags notify run --once || echo 'some reports are late'"
)]
pub struct RunArgs {
    /// Only these destinations
    #[arg(value_name = "NAME", requires = "once")]
    names: Vec<DestinationName>,
    /// Deliver what is due now, and end: exit 5 if not all of it arrived
    #[arg(long)]
    once: bool,
}

const FIELDS: &[&str] = &["destinations", "delivered", "failed", "refused"];

/// Milliseconds since 1970: the system's clock, unless `FLAGS_NOW` pins it. Unlike other commands
/// this one goes on while the time passes.
pub fn clock() -> i64 {
    if std::env::var_os("FLAGS_NOW").is_some()
        && let Ok(pinned) = context::clock()
    {
        return pinned;
    }
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    let passed = passed.map_or(0, |passed| passed.as_millis());
    i64::try_from(passed).unwrap_or(i64::MAX)
}

/// Delivers.
pub fn run(context: &Context, args: RunArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let known = destinations(context.store()?)?;
    for name in &args.names {
        if !known.iter().any(|(found, _)| found == name) {
            return Err(NotifyError::Unknown(name.clone()).into());
        }
    }
    Interrupt::listen()?;
    let place = context.kept_location()?;
    let open = move || store::open(&place, || false);
    let (sender, heard) = std::sync::mpsc::channel();
    let tell = move |told: &Told| {
        if let Some(why) = told.outcome.why() {
            // With nobody left to hear it, the note in the store has to do.
            let _ = sender.send(format!("{}: {why}", told.destination));
        }
    };
    let courier = Courier::new(&open, clock, &asks_to_end, &tell);
    if !args.once {
        context.remark("delivering; Ctrl-C ends it")?;
        let report = std::thread::scope(|scope| {
            let following = scope.spawn(|| courier.follow());
            while !following.is_finished() {
                let pause = std::time::Duration::from_millis(100);
                if let Ok(failure) = heard.recv_timeout(pause) {
                    context.warn(&failure)?;
                }
            }
            let sum = following.join().unwrap_or(Err(NotifyError::Overtaken))?;
            anyhow::Ok(Delivered {
                turns: Vec::new(),
                sum,
            })
        })?;
        return Ok(Box::new(report));
    }
    let turns: Vec<_> = courier.once(&args.names)?.into_iter().collect();
    let mut sum = Turn::default();
    for (_, turn) in &turns {
        sum.delivered += turn.delivered;
        sum.failed += turn.failed;
        sum.refused += turn.refused;
    }
    let late: Vec<String> = turns
        .iter()
        .filter(|(_, turn)| !turn.is_complete())
        .map(|(name, _)| name.to_string())
        .collect();
    let report = Delivered { turns, sum };
    if late.is_empty() {
        return Ok(Box::new(report));
    }
    context.terminal.show(&report, &context.mode)?;
    let what = format!("not everything has arrived at {}", late.join(", "));
    Err(undelivered(what)
        .hint("`flags notify list` says why")
        .into())
}

struct Delivered {
    turns: Vec<(DestinationName, Turn)>,
    sum: Turn,
}

fn state(turn: &Turn) -> &'static str {
    match turn.state {
        _ if turn.busy => "busy",
        Some(state) => state.as_str(),
        None => "active",
    }
}

impl Report for Delivered {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let turns = self.turns.iter().map(|(name, turn)| {
            json!({
                "name": name.as_str(),
                "state": state(turn),
                "delivered": turn.delivered,
                "failed": turn.failed,
                "refused": turn.refused,
                "late": turn.late,
            })
        });
        json!({
            "destinations": turns.collect::<Value>(),
            "delivered": self.sum.delivered,
            "failed": self.sum.failed,
            "refused": self.sum.refused,
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(["name", "state", "delivered", "failed", "refused", "late"]);
        for (name, turn) in &self.turns {
            table.push([
                Line::new().key(name.to_string()),
                Line::from(state(turn)),
                Line::from(turn.delivered.to_string()),
                Line::from(turn.failed.to_string()),
                Line::from(turn.refused.to_string()),
                Line::from(turn.late.to_string()),
            ]);
        }
        match self.turns.is_empty() {
            true => Page::new().line(format!("{} delivered", self.sum.delivered)),
            false => Page::new().table(table),
        }
    }

    fn done(&self) -> Option<String> {
        Some(format!("{} reports were delivered", self.sum.delivered))
    }
}
