//! `flags diff`: what applying a file would change, and for whom.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::apply::catalog_text;
use crate::cli::context::Context;
use crate::cli::wanted_file::{kept_lines, way_to_file};
use crate::cli::write::{check_fields, diff_lines, effect_line, effect_table, summary};
use crate::domain::catalog::Revision;
use crate::domain::steps::Steps;
use crate::edit::Summary;
use crate::ui::{Line, Page, Report};

/// What applying a catalog file would change, and for whom: exit 1 if anything
#[derive(Debug, Args)]
#[command(
    after_help = "Exit 0 if the store is as the file says already, 1 if anything would change, \
                        2 if the file has\nmistakes; each is told with its line and column. See \
                        `flags apply` for what counts."
)]
pub struct DiffArgs {
    /// The catalog file: JSON, YAML or TOML; `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// As with `apply --prune`: what the file leaves out of its parts would go
    #[arg(long)]
    prune: bool,
}

const FIELDS: &[&str] = &["differs", "revision", "changes", "effects", "kept"];

/// Compares one snapshot with the file.
pub fn run(context: &Context, args: DiffArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let text = catalog_text(&args.file)?;
    let snapshot = context.store()?.snapshot()?;
    let way = way_to_file(&*snapshot, &text, args.prune)?;
    let summary = summary(context, &*snapshot, &way.changes)?;
    Ok(Box::new(DiffReport {
        revision: snapshot.revision()?,
        way,
        summary,
    }))
}

struct DiffReport {
    revision: Revision,
    way: Steps,
    summary: Summary,
}

impl Report for DiffReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "differs": self.answered_no(),
            "revision": self.revision,
            "changes": self.way.changes,
            "effects": self.summary.document(true),
            "kept": self.way.kept,
        })
    }

    fn page(&self) -> Page {
        let lines = diff_lines(&self.way.changes).into_iter();
        let page = lines.fold(Page::new(), Page::line);
        let page = match self.answered_no() {
            false => page.line(Line::new().dim("nothing would change: it is so already")),
            true => page
                .line(effect_line(&self.summary))
                .table(effect_table(&self.summary)),
        };
        kept_lines(&self.way.kept)
            .into_iter()
            .fold(page, Page::line)
    }

    fn answered_no(&self) -> bool {
        !self.way.changes.is_empty()
    }
}
