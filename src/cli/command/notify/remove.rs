//! `flags notify remove`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::{agree_beside, check_fields};
use crate::notify::{DestinationName, remove};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags notify remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// The destination
    #[arg(value_name = "NAME")]
    name: DestinationName,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

const FIELDS: &[&str] = &["name", "removed"];

/// Takes a destination away.
pub fn run(context: &Context, args: RemoveArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    agree_beside(context, args.yes, "Remove a destination")?;
    remove(context.store()?, &args.name)?;
    Ok(Box::new(Removed(args.name)))
}

struct Removed(DestinationName);

impl Report for Removed {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({"name": self.0.as_str(), "removed": true})
    }

    fn page(&self) -> Page {
        let line = Line::new()
            .good("removed")
            .plain(" ")
            .key(self.0.to_string());
        Page::new().line(line)
    }

    fn done(&self) -> Option<String> {
        Some(format!("the destination {} was removed", self.0))
    }
}
