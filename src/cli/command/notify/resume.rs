//! `flags notify resume`.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::Row;
use crate::cli::context::Context;
use crate::cli::write::{agree_beside, check_fields};
use crate::notify::{DestinationName, resume};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags notify resume`.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// The destination
    #[arg(value_name = "NAME")]
    name: DestinationName,
    /// Give up what has not arrived: report only what is written from now on
    #[arg(long)]
    skip: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Has a destination tried again.
pub fn run(context: &Context, args: ResumeArgs) -> Result<Box<dyn Report>> {
    check_fields(context, super::FIELDS)?;
    agree_beside(context, args.yes, "Resume a destination")?;
    let store = context.store()?;
    let latest = store.snapshot()?.revision()?;
    resume(store, &args.name, args.skip.then_some(latest))?;
    Ok(Box::new(Resumed(Row::one(store, &args.name)?)))
}

struct Resumed(Row);

impl Report for Resumed {
    fn fields(&self) -> &'static [&'static str] {
        super::FIELDS
    }

    fn document(&self) -> Value {
        Value::Object(self.0.document())
    }

    fn page(&self) -> Page {
        let row = &self.0;
        let waiting = match (row.delivery.late.len(), row.behind()) {
            (0, 0) => "nothing waits".to_owned(),
            (late, behind) => format!("{late} late, {behind} revisions behind"),
        };
        let line = Line::new()
            .good("resumed")
            .plain(" ")
            .key(row.name.to_string())
            .plain(format!(": {waiting}"));
        Page::new().line(line)
    }

    fn done(&self) -> Option<String> {
        Some(format!("the destination {} was resumed", self.0.name))
    }
}
