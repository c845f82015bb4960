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
    /// Users, organizations and their overrides too, so that a check of the file answers the same
    #[arg(long)]
    subjects: bool,
    /// The same as --subjects
    #[arg(long)]
    overrides: bool,
}

/// Writes the document; it is the same with and without `--json`.
pub fn run(context: &Context, args: ExportArgs) -> Result<Box<dyn Report>> {
    // Subjects without their overrides would be answered wrongly, and overrides without their
    // subjects could not be read back: they go together, by either name.
    let whole = args.subjects || args.overrides;
    let parts = Parts {
        subjects: whole,
        overrides: whole,
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
