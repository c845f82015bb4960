//! Long writes, a line for each change or wanted override, carried out in one transaction.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::marker::PhantomData;
use std::ops::ControlFlow;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use serde::de::DeserializeOwned;

use super::Wrong;
use super::lines::{Access, Lines, MEDIA, told};
use super::look::shape;
use super::update::{answered, author};
use crate::server::app::Shared;
use crate::server::native::bulk::{Source, spooled, unkept};
use crate::server::native::operation::{Operation, write};
use crate::server::native::take::{Asked, Query, parsed};
use crate::server::native::write::note;
use crate::server::problem::Problem;
use crate::store::wire::{Fates, LoadQuery, Mode, Moment, Step, Told, Updated, WantedRow};
use crate::store::{Author, Fate, Intake, Loaded, Purpose, Store, StoreError, Wanted};

/// The longest line, in bytes.
const MAX_LINE: u64 = 32 << 20;

pub(super) fn operations() -> Vec<Operation> {
    let summary = "Write many changes and wanted overrides, a line of JSON for each";
    let path = "/v1/store/load";
    vec![
        write(Method::POST, path, "load", summary, load)
            .query::<LoadQuery>()
            .takes_lines(|shapes| shapes.subschema_for::<Step>())
            .answers_as(MEDIA, shape),
    ]
}

async fn load(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<LoadQuery>,
    request: Request,
) -> Result<Response, Wrong> {
    let (source, hash) = spooled(&app, request).await?;
    let author = author(&app, &asked, hash.into(), &query.cause())?;
    let access = match query.mode {
        Mode::Rehearse => Access::Read,
        Mode::Try | Mode::Write => Access::Write,
    };
    let here = app.clone();
    let tell = move |store: &dyn Store, lines: &mut Lines| {
        let is_named = query.request.is_some();
        let writes = query.mode == Mode::Write;
        if writes
            && !is_named
            && let Some(updated) = answered(store, &author)?
        {
            let revision = updated.revision;
            let numbered = revision;
            let _ = lines.moment(Moment { revision, numbered });
            return tell_of(lines, updated);
        }
        let updated = carried_out(store, &author, &query, &source, lines)?;
        if writes {
            here.noticed(updated.revision);
            // Of a write that changed something, the history says what came of it.
            if !is_named && updated.changes == 0 {
                note(store, &author, &updated)?;
            }
        }
        tell_of(lines, updated)
    };
    told(&app.stores, access, tell).await
}

/// What came of all of it is the last row.
fn tell_of(lines: &mut Lines, updated: Updated) -> Result<(), Wrong> {
    // Nobody may be waiting for it any more.
    let _ = lines.row(&Told::Done(updated));
    Ok(())
}

fn carried_out(
    store: &dyn Store,
    author: &Author,
    query: &LoadQuery,
    source: &Source,
    lines: &mut Lines,
) -> Result<Updated, Wrong> {
    let purpose = match query.mode {
        Mode::Rehearse => Purpose::Rehearse,
        Mode::Try | Mode::Write => Purpose::Write(author),
    };
    let mut wrong = None;
    let mut tried = None;
    let loaded = store.load(purpose, &mut |snapshot, intake| {
        let revision = snapshot.revision()?;
        let numbered = revision;
        let mut fed = Feeding {
            lines: &mut *lines,
            tells: query.section.filter(|_| query.mode != Mode::Write),
            section: 0,
            fates: Fates::default(),
            changes: 0,
        };
        if query.mode != Mode::Write {
            let _ = fed.lines.moment(Moment { revision, numbered });
        }
        let all = fed.all(source, intake);
        let changes = fed.changes;
        let (mode, expected) = (query.mode, query.fates);
        let ended = all.and_then(|()| match mode {
            Mode::Write if expected.is_some_and(|expected| expected != fed.fates.0) => {
                Err(StoreError::Moved.into())
            }
            _ => Ok(()),
        });
        match ended {
            Ok(()) if mode == Mode::Try => {
                tried = Some(Loaded { revision, changes });
                Err(StoreError::GivenUp)
            }
            Ok(()) => Ok(()),
            Err(error) => {
                wrong = Some(error);
                Err(StoreError::GivenUp)
            }
        }
    });
    let loaded = match (wrong, tried) {
        (Some(wrong), _) => return Err(wrong),
        (None, Some(tried)) => tried,
        (None, None) => loaded?,
    };
    let Loaded { revision, changes } = loaded;
    if query.mode == Mode::Write {
        let numbered = revision;
        let _ = lines.moment(Moment { revision, numbered });
    }
    Ok(Updated { revision, changes })
}

/// A long write being fed.
struct Feeding<'l> {
    lines: &'l mut Lines,
    /// The section whose fates the client wants to know.
    tells: Option<u32>,
    /// How many have been settled.
    section: u32,
    fates: Fates,
    changes: u64,
}

impl Feeding<'_> {
    /// Feeds all of it.
    fn all(&mut self, source: &Source, intake: &mut dyn Intake) -> Result<(), Wrong> {
        match source {
            Source::Array(bytes) => {
                for step in parsed::<Vec<Step>>(bytes)? {
                    self.step(step, intake)?;
                }
            }
            Source::Lines(file) => {
                let mut steps = Rows::<Step>::of(file)?;
                while let Some(step) = steps.next()? {
                    self.step(step, intake)?;
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, step: Step, intake: &mut dyn Intake) -> Result<(), StoreError> {
        match step {
            Step::Change(change) => {
                intake.change(&change)?;
                self.changes += 1;
            }
            Step::Want(WantedRow {
                row,
                subject,
                feature,
                after,
            }) => {
                let after = after.as_ref();
                let wanted = Wanted {
                    row,
                    subject: &subject,
                    feature: &feature,
                    after,
                };
                intake.want(&wanted)??;
            }
            Step::Settle => {
                intake.settle(&mut |(row, fate)| self.fate(row, fate))?;
                self.section += 1;
            }
            Step::Weigh => {
                intake.weigh(&mut |(row, fate)| self.fate(row, fate))?;
                self.section += 1;
            }
        }
        Ok(())
    }

    fn fate(&mut self, row: u32, fate: Fate) -> ControlFlow<()> {
        self.fates.add(row, fate);
        if matches!(fate, Fate::Added | Fate::Altered | Fate::Cleared) {
            self.changes += 1;
        }
        match self.tells == Some(self.section) {
            true => self.lines.row(&Told::Fate(row, fate)),
            false => ControlFlow::Continue(()),
        }
    }
}

/// The documents of a file, each a line.
pub(super) struct Rows<T> {
    input: BufReader<File>,
    line: u64,
    text: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Rows<T> {
    pub(super) fn of(file: &File) -> Result<Self, Problem> {
        let mut file = file.try_clone().map_err(|error| unkept(&error))?;
        let start = file.seek(SeekFrom::Start(0));
        start.map_err(|error| unkept(&error))?;
        Ok(Self {
            input: BufReader::with_capacity(256 * 1024, file),
            line: 0,
            text: Vec::new(),
            of: PhantomData,
        })
    }

    pub(super) fn next(&mut self) -> Result<Option<T>, Problem> {
        self.text.clear();
        let mut bounded = std::io::Read::take(&mut self.input, MAX_LINE + 1);
        let read = bounded.read_until(b'\n', &mut self.text);
        if read.map_err(|error| unkept(&error))? == 0 {
            return Ok(None);
        }
        self.line += 1;
        let line = self.line;
        if self.text.len() as u64 > MAX_LINE {
            let message = format!("line {line} is longer than 32 MiB");
            return Err(Problem::unreadable(message));
        }
        parsed(&self.text).map(Some).map_err(|problem| Problem {
            message: format!("line {line}: {}", problem.message),
            ..problem
        })
    }
}
