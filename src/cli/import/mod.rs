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
mod source;
mod told;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::domain::catalog::Revision;
use crate::store::{Fate, Intake, Purpose, Snapshot, StoreError};
use crate::ui::{OutputMode, Progress, Report};

use super::context::Context;
use super::failure::Failure;
use super::input::unreadable;
use super::interrupt::Interrupt;
use super::write::{WriteArgs, agree_to_import, check_fields};

use outcome::Outcome;
use records::Records;
use refused::{PrivateFile, Refused};
use told::{Stopped, Told};

pub use records::Form;
pub use row::{Reading, Row};
use source::Source;

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
    let store = context.place()?.store.clone();
    let files = [args.file.as_path(), store.as_path()];
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
        agree_to_import(context, K::COMMAND, &args.write)?;
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

/// An import under way.
struct Run<'a, K> {
    context: &'a Context,
    args: &'a ImportArgs,
    kind: K,
    interrupt: Interrupt,
    reading: Reading,
    told: Told,
    progress: Progress<'a>,
    row: Row,
    revision: Revision,
    /// The last line whose row is written, where that is not all or nothing.
    written_until: Option<u32>,
}

impl<K: Kind> Run<'_, K> {
    fn bytes(&self, source: &Source) -> Result<impl Read + use<K>> {
        let failed = |error: std::io::Error| unreadable(&self.args.file, &error.to_string());
        Ok(source.bytes().map_err(failed)?)
    }

    fn read_header(&mut self, records: &mut Records<impl Read>, form: Form) -> Result<()> {
        if form == Form::Ndjson {
            return Ok(());
        }
        let path: &Path = &self.args.file;
        match records
            .next()
            .map_err(|error| unreadable(path, &error.to_string()))?
        {
            None => {
                let columns = K::COLUMNS.join(", ");
                let empty = unreadable(path, "this is empty: it has no line of column names");
                Err(empty.hint(format!("columns: {columns}")).into())
            }
            Some((_, raw)) => {
                self.reading.read_header(raw)?;
                self.kind.check_header(&self.reading)?;
                self.told.refused.write_header(&mut self.reading, raw)
            }
        }
    }

    /// Feeds all rows to the store.
    fn all(&mut self, records: &mut Records<impl Read>) -> Result<(), Stopped> {
        let author = self.context.author(K::COMMAND, self.args.write.reason());
        let store = self.context.store()?;
        let mut more = true;
        while more {
            let mut stopped = None;
            let mut line = None;
            let purpose = match self.args.write.dry_run || self.is_refused() {
                true => Purpose::Rehearse,
                false => Purpose::Write(&author),
            };
            let loaded = store.load(purpose, &mut |snapshot, intake| {
                let fed = self.batch(records, Destination { snapshot, intake });
                match fed {
                    Ok((last, ended)) => {
                        (line, more) = (last, !ended);
                        Ok(())
                    }
                    Err(why) => {
                        stopped = Some(why);
                        Err(StoreError::GivenUp)
                    }
                }
            });
            match (stopped, loaded) {
                (Some(Stopped::Refused { ended }), _) => more = !ended,
                (Some(Stopped::Store(error)), _) => return Err(Stopped::Store(error)),
                (Some(why), _) => return Err(why),
                (None, loaded) => {
                    self.revision = loaded.map_err(Stopped::from)?.revision;
                    if matches!(purpose, Purpose::Write(_)) {
                        self.written_until = line.or(self.written_until);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether nothing is written any more, since rows were refused.
    fn is_refused(&self) -> bool {
        self.told.refused.count() > 0 && !self.args.keep_going
    }

    /// Feeds the rows of one write; gives the last line, and whether the input ended.
    fn batch(
        &mut self,
        records: &mut Records<impl Read>,
        into: Destination<'_>,
    ) -> Result<(Option<u32>, bool), Stopped> {
        let Destination { snapshot, intake } = into;
        self.kind.begin(snapshot)?;
        let mut last = None;
        let mut rows = 0;
        let most = self.args.batch.unwrap_or(u64::MAX);
        while rows < most {
            self.look_up_from_work("reading", records.bytes())?;
            let Some((line, raw)) = records.next()? else {
                self.settle(intake, records.bytes())?;
                return self.unless_refused(last, true);
            };
            if line <= self.args.after_line {
                continue;
            }
            (last, rows) = (Some(line), rows + 1);
            let read = self.reading.read(raw, &mut self.row);
            let taken = match read {
                Ok(()) => {
                    let writes = !self.is_refused();
                    let into = Destination { snapshot, intake };
                    self.kind.take(line, &self.row, writes, into)?
                }
                Err(because) => Taken::Refused(because),
            };
            match taken {
                Taken::Piled => self.told.wait(),
                Taken::Decided(fate) => self.told.fate(line, fate)?,
                Taken::Refused(because) => {
                    self.told.refuse(&mut self.reading, line, &because, raw)?;
                }
            }
            if intake.is_full() {
                self.settle(intake, records.bytes())?;
            }
        }
        self.settle(intake, records.bytes())?;
        self.unless_refused(last, false)
    }

    fn unless_refused(
        &self,
        last: Option<u32>,
        ended: bool,
    ) -> Result<(Option<u32>, bool), Stopped> {
        match self.is_refused() && !self.args.write.dry_run {
            true => Err(Stopped::Refused { ended }),
            false => Ok((last, ended)),
        }
    }

    /// Settles what waits, or only weighs it once rows were refused.
    fn settle(&mut self, intake: &mut dyn Intake, bytes: u64) -> Result<(), Stopped> {
        let refused = self.is_refused();
        let mut failed = None;
        let (told, interrupt, progress) = (&mut self.told, &self.interrupt, &self.progress);
        let mut visit = |(line, fate)| {
            let next = told
                .fate(line, fate)
                .and_then(|()| match interrupt.asked() {
                    None => Ok(()),
                    Some(exit) => Err(Stopped::Interrupted(exit)),
                });
            progress.at("writing", bytes, told.rows());
            match next {
                Ok(()) => ControlFlow::Continue(()),
                Err(why) => {
                    failed = Some(why);
                    ControlFlow::Break(())
                }
            }
        };
        let settled = match refused {
            true => intake.weigh(&mut visit),
            false => intake.settle(&mut visit),
        };
        match failed {
            Some(why) => Err(why),
            None => Ok(settled?),
        }
    }

    fn look_up_from_work(&self, what: &str, bytes: u64) -> Result<(), Stopped> {
        self.progress.at(what, bytes, self.told.read());
        match self.interrupt.asked() {
            None => Ok(()),
            Some(exit) => Err(Stopped::Interrupted(exit)),
        }
    }

    /// Puts the rows that contradict others into the file of those refused. That they do showed only
    /// when their text was gone, so they are read again.
    fn write_contradictions(&mut self, source: &Source, form: Form) -> Result<(), Stopped> {
        let lines = self.told.take_contradictions();
        if lines.is_empty() || self.args.errors.is_none() {
            return Ok(());
        }
        let mut records = Records::new(self.bytes(source)?, form);
        let mut left = lines.len();
        while left > 0 {
            let Some((line, raw)) = records.next()? else {
                break;
            };
            if let Some(because) = lines.get(&line) {
                left -= 1;
                self.told
                    .refused
                    .write(&mut self.reading, line, because, raw)?;
            }
        }
        Ok(())
    }
}
