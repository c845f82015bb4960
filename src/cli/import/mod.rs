//! Importing rows: a file of any length goes into the store in one transaction, or in batches, with
//! a verdict on each row.
//!
//! What a row means is its [`Kind`]'s to say. Here rows are read one by one, fed to the store, counted
//! and, where they cannot be, kept with the reason. All of them are looked at, whatever becomes of
//! the first; with one refused nothing is written, unless that is asked for.

mod outcome;
mod records;
mod refused;
mod row;
mod run;
mod source;
mod told;

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::domain::catalog::Revision;
use crate::store::{Fate, Intake, Snapshot, StoreError};
use crate::ui::{OutputMode, Report};

use super::context::Context;
use super::failure::Failure;
use super::input::unreadable;
use super::interrupt::Interrupt;
use super::write::{WriteArgs, agree_to_import, check_fields};

use outcome::Outcome;
use records::Records;
use refused::{PrivateFile, Refused};
use run::Run;
use source::Source;
use told::Told;

pub use records::Form;
pub use row::{Reading, Row};

/// Options of every import.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The file, or - for stdin
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write what can be written, and refuse only the rows that cannot
    #[arg(long)]
    keep_going: bool,
    /// Put the refused rows into this file, each with its line and the reason
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Put the verdict on every row into this file, as NDJSON
    #[arg(long, value_name = "FILE")]
    verdicts: Option<PathBuf>,
    /// Write after every so many rows, each time as a revision of its own
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..))]
    batch: Option<u64>,
    /// Pass over the rows that begin in this line or before it
    #[arg(
        long,
        value_name = "LINE",
        default_value_t = 0,
        hide_default_value = true
    )]
    after_line: u32,
    #[command(flatten)]
    write: WriteArgs,
}

/// What became of a row at once.
pub enum Taken {
    /// It waits, and its fate is told when the pile is settled.
    Piled,
    /// This.
    Decided(Fate),
    /// It cannot be, for this reason.
    Refused(String),
}

/// What rows mean.
pub trait Kind {
    /// The command's name.
    const COMMAND: &'static str;
    /// The columns that a row may have.
    const COLUMNS: &'static [&'static str];

    /// Refuses a header without the columns that no row can do without.
    fn check_header(&self, reading: &Reading) -> Result<(), Failure>;

    /// Looks at what is there, before the first row of a write.
    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError>;

    /// Takes a row. Where `writes` is false nothing will be written any more.
    fn take(
        &mut self,
        line: u32,
        row: &Row,
        writes: bool,
        into: Destination<'_>,
    ) -> Result<Taken, StoreError>;
}

/// What a row goes into.
pub struct Destination<'i> {
    /// What is there.
    pub snapshot: &'i dyn Snapshot,
    /// What is to be written.
    pub intake: &'i mut dyn Intake,
}

/// Imports.
pub fn import<K: Kind>(context: &Context, args: &ImportArgs, kind: K) -> Result<Box<dyn Report>> {
    check_fields(context, outcome::FIELDS)?;
    let interrupt = Interrupt::listen()?;
    let source = Source::open(&args.file, &interrupt)?;
    let form = args.form(&source)?;
    // Not even an unreadable store shall be overwritten by a file beside the import.
    let files = [Some(args.file.as_path()), context.place()?.file()];
    let files: Vec<&Path> = files.into_iter().flatten().collect();
    let private = |path: &PathBuf| PrivateFile::create(path, &files);
    let errors = args.errors.as_ref().map(private).transpose()?;
    let verdicts = args.verdicts.as_ref().map(private).transpose()?;
    let mut run = Run {
        context,
        args,
        kind,
        interrupt,
        reading: Reading::new(form, K::COLUMNS),
        told: Told::new(Refused::new(form, errors), verdicts),
        progress: context
            .terminal
            .progress(context.mode == OutputMode::Text, source.length()),
        row: Row::default(),
        revision: Revision::UNKNOWN,
        written_until: None,
    };
    let mut records = Records::new(run.bytes(&source)?, form);
    run.read_header(&mut records, form)?;
    if !args.write.dry_run {
        agree_to_import(context, &args.write)?;
    }
    let ended = run.all(&mut records);
    let ended = ended.and_then(|()| run.write_contradictions(&source, form));
    drop(run.progress);
    run.told.finish()?;
    let outcome = Outcome {
        command: K::COMMAND,
        file: args.file.clone(),
        dry_run: args.write.dry_run,
        keep_going: args.keep_going,
        errors: args.errors.is_some(),
        batched: args.batch.is_some(),
        revision: run.revision,
        written_until: run.written_until,
        told: run.told,
    };
    match ended {
        Ok(()) => outcome.report(context),
        Err(stopped) => Err(outcome.stopped(stopped)),
    }
}

impl ImportArgs {
    fn form(&self, source: &Source) -> Result<Form> {
        if let Some(form) = self.format {
            return Ok(form);
        }
        let extension = self.file.extension().and_then(|name| name.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => return Ok(Form::Csv),
            Some("ndjson" | "jsonl") => return Ok(Form::Ndjson),
            _ => {}
        }
        let failed = |error: std::io::Error| unreadable(&self.file, &error.to_string());
        let mut start = Vec::new();
        let mut bytes = source.bytes().map_err(failed)?.take(4096);
        bytes.read_to_end(&mut start).map_err(failed)?;
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        Ok(match first {
            Some(b'{') => Form::Ndjson,
            _ => Form::Csv,
        })
    }
}
