//! `flags notify test`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::{Row, undelivered};
use crate::cli::context::Context;
use crate::cli::write::check_fields;
use crate::notify::{Courier, DestinationName, sample};
use crate::remote::RemoteError;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags notify test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The destination
    #[arg(value_name = "NAME")]
    name: DestinationName,
    /// Print the exact body; send nothing
    #[arg(long)]
    dry_run: bool,
}

const FIELDS: &[&str] = &[
    "name",
    "event",
    "dry_run",
    "delivered",
    "status",
    "answer",
    "body",
];

/// Sends a sample to a destination, whatever its state.
pub fn run(context: &Context, args: TestArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let row = Row::one(context.store()?, &args.name)?;
    let actor = context.author("notify test", None).actor;
    let report = sample(row.destination.kind, context.milliseconds(), &actor)?;
    let mut tested = Tested {
        name: args.name,
        event: report.event,
        body: report.body.clone(),
        answer: None,
    };
    if args.dry_run {
        return Ok(Box::new(tested));
    }
    let open = || Err(crate::store::StoreError::GivenUp);
    let (halt, tell) = (|| false, |_: &_| {});
    let courier = Courier::new(&open, super::run::clock, &halt, &tell);
    let (status, answer, delivered) = courier
        .try_once(&row.destination, &report)
        .map_err(|error| undelivered(format!("the test did not arrive: {}", unanswered(&error))))?;
    tested.answer = Some((status, answer, delivered));
    if delivered {
        return Ok(Box::new(tested));
    }
    context.terminal.show(&tested, &context.mode)?;
    let what = format!(
        "{} does not take what it is sent: status {status}",
        tested.name
    );
    Err(undelivered(what).into())
}

/// Why there was no answer.
fn unanswered(error: &RemoteError) -> String {
    match error {
        RemoteError::Failed { address, trouble } => format!("{address}: {trouble}"),
        other => other.to_string(),
    }
}

struct Tested {
    name: DestinationName,
    event: &'static str,
    body: String,
    answer: Option<(u16, String, bool)>,
}

impl Report for Tested {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let answer = self.answer.as_ref();
        json!({
            "name": self.name.as_str(),
            "event": self.event,
            "dry_run": answer.is_none(),
            "delivered": answer.is_some_and(|(_, _, delivered)| *delivered),
            "status": answer.map(|(status, ..)| status),
            "answer": answer.map(|(_, answer, _)| answer),
            "body": self.body,
        })
    }

    fn page(&self) -> Page {
        match &self.answer {
            None => Page::new().line(self.body.as_str()),
            Some((_, answer, true)) => {
                let line = Line::new().good("delivered").plain(format!(": {answer}"));
                Page::new().line(line)
            }
            Some((_, answer, false)) => {
                let line = Line::new()
                    .bad("not delivered")
                    .plain(format!(": {answer}"));
                Page::new().line(line)
            }
        }
    }
}
