//! `flags notify …`: where changes are reported to, and reporting them without a server.

mod add;
mod list;
mod remove;
mod resume;
mod run;
mod show;
mod test;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Map, Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::domain::catalog::Revision;
use crate::notify::{Delivery, Destination, DestinationName, NotifyError, delivery, destinations};
use crate::store::Store;
use crate::ui::Report;
use crate::ui::time::rfc3339;

pub use run::clock;

/// What to do about reports.
#[derive(Debug, Subcommand)]
pub enum NotifyCommand {
    /// Report changes to a Slack channel or a webhook from now on
    Add(add::AddArgs),
    /// Report nothing there any more; what has not arrived is given up
    Remove(remove::RemoveArgs),
    /// Where changes are reported to, and how that goes
    List(list::ListArgs),
    /// One destination, and each report that is late
    Show(show::ShowArgs),
    /// Send a sample at once and show the answer
    Test(test::TestArgs),
    /// Try a destination again that was paused
    Resume(resume::ResumeArgs),
    /// Deliver reports, for those who run no server
    Run(run::RunArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: NotifyCommand) -> Result<Box<dyn Report>> {
    match command {
        NotifyCommand::Add(args) => add::run(context, args),
        NotifyCommand::Remove(args) => remove::run(context, args),
        NotifyCommand::List(args) => list::run(context, args),
        NotifyCommand::Show(args) => show::run(context, args),
        NotifyCommand::Test(args) => test::run(context, args),
        NotifyCommand::Resume(args) => resume::run(context, args),
        NotifyCommand::Run(args) => run::run(context, args),
    }
}

/// A destination with how far it has been told.
struct Row {
    name: DestinationName,
    destination: Destination,
    delivery: Delivery,
    latest: Revision,
}

const FIELDS: &[&str] = &[
    "name",
    "kind",
    "server",
    "events",
    "private",
    "state",
    "reported_until",
    "behind",
    "late",
    "delivered",
    "refused",
    "last_delivered",
    "attempts",
    "next_attempt",
    "error",
];

impl Row {
    /// All of them, in the order of their names.
    fn all(store: &dyn Store) -> Result<Vec<Self>> {
        let latest = store.snapshot()?.revision()?;
        let mut rows = Vec::new();
        for (name, destination) in destinations(store)? {
            let found = delivery(store, &name, &destination)?;
            let delivery = found.ok_or_else(|| NotifyError::Unreadable(name.clone()))?;
            rows.push(Self {
                name,
                destination,
                delivery,
                latest,
            });
        }
        Ok(rows)
    }

    fn one(store: &dyn Store, name: &DestinationName) -> Result<Self> {
        let found = Self::all(store)?.into_iter().find(|row| row.name == *name);
        Ok(found.ok_or_else(|| NotifyError::Unknown(name.clone()))?)
    }

    /// The last revision that was looked at.
    fn reported_until(&self) -> u64 {
        self.delivery.position.revision.0.saturating_sub(1)
    }

    fn behind(&self) -> u64 {
        self.latest.0.saturating_sub(self.reported_until())
    }

    fn attempts(&self) -> u32 {
        let late = self.delivery.late.values().map(|late| late.attempts);
        let waiting = self.delivery.waiting.as_ref().map(|stop| stop.attempts);
        late.chain(waiting).max().unwrap_or_default()
    }

    fn next_attempt(&self) -> Option<i64> {
        let next = self.delivery.due(self.latest);
        next.filter(|&next| next > 0)
    }

    fn document(&self) -> Map<String, Value> {
        let (destination, delivery) = (&self.destination, &self.delivery);
        let document = json!({
            "name": self.name.as_str(),
            "kind": destination.kind.as_str(),
            "server": destination.server(),
            "events": destination.events,
            "private": destination.private,
            "state": delivery.state().as_str(),
            "reported_until": self.reported_until(),
            "behind": self.behind(),
            "late": delivery.late.len(),
            "delivered": delivery.delivered,
            "refused": delivery.refused,
            "last_delivered": moment(delivery.last),
            "attempts": self.attempts(),
            "next_attempt": moment(self.next_attempt()),
            "error": delivery.error(),
        });
        match document {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// Milliseconds since 1970 as documents have moments.
fn moment(milliseconds: Option<i64>) -> Value {
    json!(milliseconds.map(|at| rfc3339(at.div_euclid(1000))))
}

/// A destination that does not take what it is sent.
fn undelivered(message: String) -> Failure {
    Failure {
        exit: crate::cli::exit::Exit::Remote,
        code: "undelivered",
        message,
        hints: Vec::new(),
    }
}
