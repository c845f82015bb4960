//! Rows that were refused: counted, the first ones kept to be shown, and all of them in a file, in
//! the form of the input, so that it can be put right and handed in again.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::records::Form;
use super::row::{ADDED, Reading};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;

/// How many refused rows are shown.
const SHOWN: usize = 20;

/// A file for the owner alone. An earlier one stands until this is complete.
pub struct PrivateFile {
    path: PathBuf,
    out: BufWriter<Out>,
}

enum Out {
    Whole(NamedTempFile),
    /// What is no file, such as a pipe, cannot be exchanged.
    Stream(File),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Whole(file) => file.write(bytes),
            Self::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Whole(file) => file.flush(),
            Self::Stream(file) => file.flush(),
        }
    }
}

impl PrivateFile {
    /// Begins the file; one of those that are read or written anyway is not overwritten.
    pub fn create(path: &Path, others: &[&Path]) -> Result<Self> {
        let failed = |error: &io::Error| not_written(path, error);
        let place = |path: &Path| path.canonicalize().ok();
        if place(path).is_some_and(|here| {
            others
                .iter()
                .any(|other| place(other) == Some(here.clone()))
        }) {
            let message = format!("{} would be overwritten; name another file", path.display());
            return Err(Failure::usage("same_file", message).into());
        }
        let out = match path.metadata() {
            Ok(about) if !about.is_file() => {
                let opened = OpenOptions::new().write(true).mode(0o600).open(path);
                Out::Stream(opened.map_err(|error| failed(&error))?)
            }
            _ => {
                let directory = path
                    .parent()
                    .filter(|parent| !parent.as_os_str().is_empty());
                // A temporary file is private from the beginning.
                let made = NamedTempFile::new_in(directory.unwrap_or(Path::new(".")));
                Out::Whole(made.map_err(|error| failed(&error))?)
            }
        };
        let (path, out) = (path.to_owned(), BufWriter::new(out));
        Ok(Self { path, out })
    }

    /// Adds a document as a line.
    pub fn document(&mut self, document: &Value) -> Result<()> {
        let written = writeln!(self.out, "{document}");
        Ok(written.map_err(|error| not_written(&self.path, &error))?)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.out.write_all(bytes);
        Ok(written.map_err(|error| not_written(&self.path, &error))?)
    }

    /// Puts the file in its place.
    pub fn finish(self) -> Result<()> {
        let Self { path, out } = self;
        let failed = |error: io::Error| not_written(&path, &error);
        match out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?
        {
            Out::Stream(_) => Ok(()),
            Out::Whole(file) => {
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&path).map_err(|error| failed(error.error))?;
                let directory = path
                    .parent()
                    .filter(|parent| !parent.as_os_str().is_empty());
                let directory = File::open(directory.unwrap_or(Path::new(".")));
                let synced = directory.and_then(|directory| directory.sync_all());
                Ok(synced.map_err(failed)?)
            }
        }
    }
}

/// What was asked for beside the import cannot be kept.
fn not_written(path: &Path, error: &io::Error) -> Failure {
    let message = format!("{} cannot be written: {error}", path.display());
    match error.kind() {
        io::ErrorKind::StorageFull => Failure {
            exit: Exit::Store,
            ..Failure::usage("unwritable_file", message)
        },
        _ => Failure::usage("unwritable_file", message),
    }
}

/// What was refused so far.
pub struct Refused {
    count: u64,
    first: BTreeMap<u32, String>,
    file: Option<PrivateFile>,
    form: Form,
}

impl Refused {
    /// Notes what is refused, in a file if there is one.
    pub fn new(form: Form, file: Option<PrivateFile>) -> Self {
        Self {
            count: 0,
            first: BTreeMap::new(),
            file,
            form,
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first of them, by line.
    pub fn first(&self) -> &BTreeMap<u32, String> {
        &self.first
    }

    /// Counts one, and keeps it to be shown.
    pub fn note(&mut self, line: u32, because: &str) {
        self.count += 1;
        self.first.insert(line, because.to_owned());
        if self.first.len() > SHOWN {
            self.first.pop_last();
        }
    }

    /// Writes the names of the columns.
    pub fn write_header(&mut self, reading: &mut Reading, raw: &[u8]) -> Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let mut line = ADDED.join(",").into_bytes();
        reading.add_cells(raw, &mut line);
        file.bytes(&line)
    }

    /// Writes one, as it was handed in.
    pub fn write(
        &mut self,
        reading: &mut Reading,
        line: u32,
        because: &str,
        raw: &[u8],
    ) -> Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        match self.form {
            Form::Csv => {
                let mut text = format!("{line},").into_bytes();
                add_cell(&mut text, because.as_bytes());
                reading.add_cells(raw, &mut text);
                file.bytes(&text)
            }
            Form::Ndjson => file.document(&with_reason(line, because, raw)),
        }
    }

    /// Puts the file in its place.
    pub fn finish(&mut self) -> Result<()> {
        self.file.take().map_or(Ok(()), PrivateFile::finish)
    }
}

/// An object with why it was refused in front, or what was there instead of one.
fn with_reason(line: u32, because: &str, raw: &[u8]) -> Value {
    let mut object = serde_json::Map::new();
    object.insert(ADDED[0].to_owned(), json!(line));
    object.insert(ADDED[1].to_owned(), json!(because));
    match serde_json::from_slice::<Value>(raw) {
        Ok(Value::Object(members)) => {
            let members = members.into_iter();
            object.extend(members.filter(|(name, _)| !ADDED.contains(&name.as_str())));
        }
        _ => {
            object.insert("text".to_owned(), json!(String::from_utf8_lossy(raw)));
        }
    }
    Value::Object(object)
}

/// Adds a cell, quoted where it has to be. What a spreadsheet would take for a formula gets an
/// apostrophe in front, which reading takes off again.
pub fn add_cell(line: &mut Vec<u8>, cell: &[u8]) {
    let formula = matches!(
        cell.first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    );
    let quoted = cell
        .iter()
        .any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r'));
    if quoted {
        line.push(b'"');
    }
    if formula {
        line.push(b'\'');
    }
    for byte in cell {
        if *byte == b'"' {
            line.push(b'"');
        }
        line.push(*byte);
    }
    if quoted {
        line.push(b'"');
    }
}
