//! `flags export`: the whole catalog as one JSON document.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::cli::as_of::{self, AsOf};
use crate::cli::context::Context;
use crate::store::{Parts, export, export_of};
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
    /// The catalog as it was: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a
    /// revision (r17) left it
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<AsOf>,
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
    let snapshot = context.store()?.snapshot()?;
    let document = match as_of::revision(context, &*snapshot, args.at)? {
        None => export(&*snapshot, parts)?,
        Some(revision) => export_of(&*snapshot, revision, parts)?,
    };
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
