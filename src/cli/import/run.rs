//! An import under way: rows are read, fed to the store, and told of.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Result;

use super::records::{Form, Records};
use super::row::{Reading, Row};
use super::source::Source;
use super::told::{Stopped, Told};
use super::{Destination, ImportArgs, Kind, Taken};
use crate::cli::context::Context;
use crate::cli::input::unreadable;
use crate::cli::interrupt::Interrupt;
use crate::domain::catalog::Revision;
use crate::store::{Intake, Purpose, StoreError};
use crate::ui::Progress;

/// An import under way.
pub(super) struct Run<'a, K> {
    pub(super) context: &'a Context,
    pub(super) args: &'a ImportArgs,
    pub(super) kind: K,
    pub(super) interrupt: Interrupt,
    pub(super) reading: Reading,
    pub(super) told: Told,
    pub(super) progress: Progress<'a>,
    pub(super) row: Row,
    pub(super) revision: Revision,
    /// The last line whose row is written, where that is not all or nothing.
    pub(super) written_until: Option<u32>,
}

impl<K: Kind> Run<'_, K> {
    /// The input from its start.
    pub(super) fn bytes(&self, source: &Source) -> Result<impl Read + use<K>> {
        let failed = |error: std::io::Error| unreadable(&self.args.file, &error.to_string());
        Ok(source.bytes().map_err(failed)?)
    }

    /// Reads the line of column names, if there is one.
    pub(super) fn read_header(
        &mut self,
        records: &mut Records<impl Read>,
        form: Form,
    ) -> Result<()> {
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
    pub(super) fn all(&mut self, records: &mut Records<impl Read>) -> Result<(), Stopped> {
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
        self.revision = snapshot.revision()?;
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
    pub(super) fn write_contradictions(
        &mut self,
        source: &Source,
        form: Form,
    ) -> Result<(), Stopped> {
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
