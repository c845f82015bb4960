//! Reading a record: the same columns, whether they are cells of CSV or members of an object.

use std::fmt;
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use memchr::{memchr, memchr_iter};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::records::Form;
use super::refused::add_cell;
use crate::cli::failure::Failure;
use crate::domain::nearest::nearest;

/// Columns that `--errors` puts in front of a refused row. Read, they are passed over, so that a
/// corrected file can be handed in as it is.
pub const ADDED: [&str; 2] = ["refused_line", "refused_because"];

/// Which columns there are, and where.
pub struct Reading {
    form: Form,
    columns: &'static [&'static str],
    /// For each cell of a CSV record its column; none for those that are passed over.
    layout: Vec<Option<usize>>,
    reader: Reader,
    /// The unquoted text of a record, and where its cells are.
    text: Vec<u8>,
    cells: Vec<Range<usize>>,
}

/// A record by columns.
#[derive(Default)]
pub struct Row {
    cells: Vec<Option<String>>,
}

impl Row {
    /// What the record has in a column; nothing where it does not have the column.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.cells.get(column).and_then(Option::as_deref)
    }

    /// The same where an empty cell says as much as none.
    pub fn said(&self, column: usize) -> Option<&str> {
        self.get(column).filter(|cell| !cell.is_empty())
    }
}

impl Reading {
    /// Reads objects, or records of CSV once their columns are known.
    pub fn new(form: Form, columns: &'static [&'static str]) -> Self {
        let mut builder = ReaderBuilder::new();
        Self {
            form,
            columns,
            layout: Vec::new(),
            reader: builder.terminator(Terminator::Any(b'\n')).build(),
            text: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Reads the line of column names.
    ///
    /// # Errors
    ///
    /// Exit 2 for a column that is not known or stands there twice.
    pub fn read_header(&mut self, raw: &[u8]) -> Result<(), Failure> {
        self.split(raw);
        let mut layout = Vec::new();
        for number in 0..self.cells.len() {
            let name = String::from_utf8_lossy(self.cell(number)).trim().to_owned();
            if ADDED.iter().any(|added| added.eq_ignore_ascii_case(&name)) {
                layout.push(None);
                continue;
            }
            let column = self.column(&name).ok_or_else(|| self.unknown(&name))?;
            if layout.contains(&Some(column)) {
                let message = format!("line 1 names the column `{name}` twice");
                return Err(Failure::usage("repeated_column", message));
            }
            layout.push(Some(column));
        }
        self.layout = layout;
        Ok(())
    }

    /// Whether the header names the column; an object may have any.
    pub fn has(&self, column: usize) -> bool {
        self.form == Form::Ndjson || self.layout.contains(&Some(column))
    }

    fn column(&self, name: &str) -> Option<usize> {
        let same = |column: &&str| column.eq_ignore_ascii_case(name);
        self.columns.iter().position(same)
    }

    fn unknown(&self, name: &str) -> Failure {
        let columns = self.columns.join(", ");
        let message = match name {
            "" => "line 1 should name the columns, and one has no name".to_owned(),
            _ => format!("line 1 names an unknown column `{name}`"),
        };
        let near = nearest(name, self.columns.iter().copied());
        Failure::usage("unknown_column", message)
            .maybe_hint(near.map(crate::cli::question::did_you_mean))
            .hint(format!(
                "columns, separated by commas and in any order: {columns}"
            ))
    }

    /// Reads a record, or says why not.
    pub fn read(&mut self, raw: &[u8], row: &mut Row) -> Result<(), String> {
        if memchr(0, raw).is_some() {
            return Err("it contains a NUL byte".to_owned());
        }
        let Ok(text) = std::str::from_utf8(raw) else {
            return Err("it is not UTF-8 text".to_owned());
        };
        row.cells.resize(self.columns.len(), None);
        match self.form {
            Form::Csv => self.read_cells(raw, row),
            Form::Ndjson => {
                row.cells.fill(None);
                self.read_members(text, row)
            }
        }
    }

    fn read_cells(&mut self, raw: &[u8], row: &mut Row) -> Result<(), String> {
        self.split(raw);
        let (found, named) = (self.cells.len(), self.layout.len());
        if found != named {
            let few = if found < named { "only " } else { "" };
            return Err(format!(
                "it has {few}{found} of the {named} columns in line 1"
            ));
        }
        for number in 0..found {
            let Some(column) = self.layout[number] else {
                continue;
            };
            let Ok(cell) = std::str::from_utf8(self.cell(number)) else {
                return Err("it is not UTF-8 text".to_owned());
            };
            let cell = unescaped(cell);
            let kept = row.cells[column].get_or_insert_default();
            kept.clear();
            kept.push_str(cell);
        }
        Ok(())
    }

    /// Splits a record into cells.
    fn split(&mut self, raw: &[u8]) {
        self.text.clear();
        self.cells.clear();
        if memchr(b'"', raw).is_none() {
            self.text.extend_from_slice(raw);
            let mut from = 0;
            for comma in memchr_iter(b',', raw) {
                self.cells.push(from..comma);
                from = comma + 1;
            }
            self.cells.push(from..raw.len());
            return;
        }
        self.text.resize(raw.len(), 0);
        let mut ends = vec![0; memchr_iter(b',', raw).count() + 1];
        self.reader.reset();
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            let (result, bytes, unquoted, cells) = self.reader.read_record(
                raw.get(read..).unwrap_or_default(),
                self.text.get_mut(written..).unwrap_or_default(),
                ends.get_mut(ended..).unwrap_or_default(),
            );
            (read, written, ended) = (read + bytes, written + unquoted, ended + cells);
            if result != ReadRecordResult::InputEmpty {
                break;
            }
        }
        let mut from = 0;
        for end in ends.into_iter().take(ended) {
            self.cells.push(from..end);
            from = end;
        }
    }

    /// Adds the cells of a record to a line, but for those that say why it was refused before.
    pub fn add_cells(&mut self, raw: &[u8], line: &mut Vec<u8>) {
        self.split(raw);
        for number in 0..self.cells.len() {
            if self.layout.get(number) != Some(&None) {
                line.push(b',');
                add_cell(line, self.cell(number));
            }
        }
        line.push(b'\n');
    }

    fn cell(&self, number: usize) -> &[u8] {
        let cell = self.cells.get(number).cloned().unwrap_or_default();
        self.text.get(cell).unwrap_or_default()
    }

    fn read_members(&self, text: &str, row: &mut Row) -> Result<(), String> {
        let members: Members = serde_json::from_str(text).map_err(|error| in_line(&error))?;
        for (name, value) in members.0 {
            if ADDED.contains(&name.as_str()) {
                continue;
            }
            let column = self.columns.iter().position(|column| *column == name);
            let column = column.ok_or_else(|| {
                let near = nearest(&name, self.columns.iter().copied());
                let near = near.map(|near| format!("; did you mean `{near}`?"));
                format!(
                    "it has an unknown member `{name}`{}",
                    near.unwrap_or_default()
                )
            })?;
            if row.cells[column].is_some() {
                return Err(format!("it has the member `{name}` twice"));
            }
            row.cells[column] = Some(in_a_cell(&name, value)?);
        }
        Ok(())
    }
}

/// An object's members as they were written, of which a map would drop those that are repeated.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;

        impl<'de> Visitor<'de> for Form {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = access.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Form)
    }
}

/// A member as a cell would have it.
fn in_a_cell(name: &str, value: Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(true) => Ok("on".to_owned()),
        Value::Bool(false) => Ok("off".to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text),
        Value::Array(items) => {
            let words = items.into_iter().map(|item| match item {
                Value::String(text) if !text.contains([' ', ';']) => Ok(text),
                _ => Err(format!("`{name}` may only list texts without spaces")),
            });
            Ok(words.collect::<Result<Vec<_>, _>>()?.join(" "))
        }
        Value::Object(_) => Err(format!("`{name}` cannot be an object")),
    }
}

/// A JSON error within one line, whose number is said elsewhere.
fn in_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("it is not JSON: {what}, at column {}", error.column())
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
fn unescaped(cell: &str) -> &str {
    let Some(rest) = cell.strip_prefix('\'') else {
        return cell;
    };
    let formula = rest.trim_start_matches('\'');
    match formula.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => rest,
        false => cell,
    }
}
