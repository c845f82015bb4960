//! `flags export`: the whole catalog as one JSON document.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::cli::context::Context;
use crate::store::{Parts, export};
use crate::ui::{Page, Report};

/// The whole catalog as one JSON document
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Users and organizations too
    #[arg(long)]
    subjects: bool,
    /// Overrides too, with the users and organizations that hold them
    #[arg(long)]
    overrides: bool,
}

/// Writes the document; it is the same with and without `--json`.
pub fn run(context: &Context, args: ExportArgs) -> Result<Box<dyn Report>> {
    let parts = Parts {
        // An override without its subject could not be read back.
        subjects: args.subjects || args.overrides,
        overrides: args.overrides,
    };
    let document = export(&*context.store()?.snapshot()?, parts)?;
    Ok(Box::new(ExportReport(serde_json::to_value(document)?)))
}

struct ExportReport(Value);

impl Report for ExportReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "format",
            "settings",
            "features",
            "plans",
            "organizations",
            "users",
            "overrides",
        ]
    }

    fn document(&self) -> Value {
        self.0.clone()
    }

    fn page(&self) -> Page {
        Page::document(&self.0)
    }
}
