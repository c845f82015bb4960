//! Many rows as a file that can be read in again: CSV or NDJSON, a row in memory at a time.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::ui::{OutputMode, Report, Stream, json};

use super::aside::write_rows;
use super::cells::push_row;
use super::context::Context;
use super::failure::Failure;
use super::rows::Streamed;
use super::write::check_fields;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values (RFC 4180) under a line of column names
    Csv,
    /// One JSON object on each line
    Ndjson,
}

/// Options of every export of rows.
#[derive(Debug, Args)]
pub struct BulkArgs {
    /// How rows are written; without it, as the file's name says, else as CSV
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file, whole or not at all, instead of stdout
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// At most so many rows (0 for all)
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    limit: u64,
}

/// What rows look like.
pub struct Columns<T: 'static> {
    /// The columns of CSV, and the members of each object.
    pub names: &'static [&'static str],
    /// A row's cells, in this order.
    pub cells: fn(&T) -> Vec<String>,
    /// A row as an object.
    pub document: fn(&T) -> Value,
    /// What is said where there is no row.
    pub none: &'static str,
}

/// Takes a row; says whether there can be another.
pub type Take<'t, T> = dyn FnMut(T) -> ControlFlow<()> + 't;

impl BulkArgs {
    fn format(&self, context: &Context) -> Result<Format> {
        let asked_for_json = context.mode != OutputMode::Text;
        match self.format {
            Some(Format::Csv) if asked_for_json => {
                let both = "--json asks for JSON and --format for CSV: give one of them";
                Err(Failure::usage("usage", both).into())
            }
            Some(format) => Ok(format),
            None if asked_for_json => Ok(Format::Ndjson),
            None => Ok(self.output.as_deref().map_or(Format::Csv, named)),
        }
    }
}

/// The format that a file's name says.
fn named(path: &Path) -> Format {
    let ending = path.extension().unwrap_or_default();
    let lines = ["ndjson", "jsonl", "json"];
    match lines.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        true => Format::Ndjson,
        false => Format::Csv,
    }
}

/// Several words in one cell. None of them has a space in it.
pub fn listed<T: ToString>(words: &BTreeSet<T>) -> String {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    words.join(" ")
}

/// Writes the rows that `walk` comes by.
pub fn write_bulk<T: 'static>(
    context: &Context,
    args: &BulkArgs,
    columns: &Columns<T>,
    walk: impl FnOnce(&mut Take<'_, T>) -> Result<()>,
) -> Result<Box<dyn Report>> {
    check_fields(context, columns.names)?;
    let format = args.format(context)?;
    let fields = match &context.mode {
        OutputMode::Json(fields) => fields.as_slice(),
        OutputMode::Text => &[],
    };
    let written = write_rows(context, args.output.as_deref(), |out| {
        if format == Format::Csv {
            let mut header = String::new();
            push_row(&mut header, columns.names.iter().copied());
            out.data(&header);
        }
        let mut rows = 0;
        let mut failed = Ok(());
        walk(&mut |row| {
            rows += 1;
            failed = add(out, format, columns, fields, &row);
            match failed.is_ok() && rows != args.limit {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        })?;
        failed.map(|()| rows)
    })?;
    if written == 0 {
        context.remark(columns.none)?;
    }
    Ok(Box::new(Streamed(columns.names)))
}

fn add<T>(
    out: &mut Stream<'_>,
    format: Format,
    columns: &Columns<T>,
    fields: &[String],
    row: &T,
) -> Result<()> {
    match format {
        Format::Csv => {
            let cells = (columns.cells)(row);
            let mut text = String::new();
            push_row(&mut text, cells.iter().map(String::as_str));
            out.data(&text);
        }
        Format::Ndjson => {
            let document = (columns.document)(row);
            out.document(&json::select(document, fields, columns.names)?)?;
        }
    }
    Ok(out.flush_if_long()?)
}
