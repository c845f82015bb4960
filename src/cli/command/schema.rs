//! `flags schema`: what a file may say, for editors that complete and check it.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::cli::context::Context;
use crate::file::schema;
use crate::ui::{Page, Report};

/// The JSON Schema of a file, for editors
#[derive(Debug, Args)]
#[command(
    after_help = "Put it beside the file, where what `flags export` writes looks for it:\n  flags \
                  schema > flags.catalog.schema.json"
)]
pub struct SchemaArgs {
    /// Of which file
    #[arg(value_name = "FILE", default_value = "catalog")]
    file: SchemaOf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// The catalog: what `export` writes and `apply` reads
    Catalog,
    /// What `flags test` reads
    Tests,
}

/// The schema, which is the same with and without `--json`.
pub fn run(_: &Context, args: SchemaArgs) -> Result<Box<dyn Report>> {
    let text = match args.file {
        SchemaOf::Catalog => schema::CATALOG,
        SchemaOf::Tests => schema::TESTS,
    };
    Ok(Box::new(SchemaReport(serde_json::from_str(text)?)))
}

struct SchemaReport(Value);

impl Report for SchemaReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "required",
            "additionalProperties",
            "properties",
            "$defs",
        ]
    }

    fn document(&self) -> Value {
        self.0.clone()
    }

    fn page(&self) -> Page {
        Page::document(&self.0)
    }
}
