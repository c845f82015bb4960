//! `flags schema`: what a file may say, for editors that complete and check it.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::cli::context::Context;
use crate::file::schema;
use crate::server::native;
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
    /// What `flags serve` answers under /v1 (OpenAPI 3.1)
    Openapi,
}

/// The schema, which is the same with and without `--json`.
pub fn run(_: &Context, args: SchemaArgs) -> Result<Box<dyn Report>> {
    let (document, fields) = match args.file {
        SchemaOf::Catalog => (serde_json::from_str(schema::CATALOG)?, SCHEMA),
        SchemaOf::Tests => (serde_json::from_str(schema::TESTS)?, SCHEMA),
        SchemaOf::Openapi => (native::document(), OPENAPI),
    };
    Ok(Box::new(SchemaReport { document, fields }))
}

const SCHEMA: &[&str] = &[
    "$schema",
    "$id",
    "title",
    "description",
    "type",
    "required",
    "additionalProperties",
    "properties",
    "$defs",
];

const OPENAPI: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "security",
    "paths",
    "components",
];

struct SchemaReport {
    document: Value,
    fields: &'static [&'static str],
}

impl Report for SchemaReport {
    fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    fn document(&self) -> Value {
        self.document.clone()
    }

    fn page(&self) -> Page {
        Page::document(&self.document)
    }
}
