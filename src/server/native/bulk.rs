//! `/v1/import/…`: users and overrides, a line of JSON for each, in one write of any length.
//!
//! Writing begins when all lines are there, so that whoever sends slowly keeps nobody from the store.
//! Every line is looked at, and each that cannot be is told with its number; with one refused
//! nothing is written, unless that is asked for.

mod overrides;
mod spool;
mod users;

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(super) use self::spool::{Source, spooled, unkept};
use super::look::Told;
use super::operation::{Operation, write};
use super::take::{Asked, Query, parsed};
use super::write::{NotedAnswer, Wanted, WriteQuery, done, note};
use crate::domain::catalog::Revision;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Fate, Intake, Purpose, Snapshot, Store, StoreError};

/// How many refused lines are told.
const SHOWN: usize = 20;
/// The longest line, in bytes.
const MAX_LINE: usize = 1024 * 1024;

pub(super) fn operations() -> Vec<Operation> {
    let post = || Method::POST;
    vec![
        write(
            post(),
            "/v1/import/overrides",
            "importOverrides",
            "Set and clear overrides, a line of JSON for each",
            import_overrides,
        )
        .query::<ImportQuery>()
        .takes_lines(|shapes| shapes.subschema_for::<overrides::Row>())
        .answers::<Imported>(),
        write(
            post(),
            "/v1/import/users",
            "importUsers",
            "Make users known and alter them, a line of JSON for each",
            import_users,
        )
        .query::<ImportQuery>()
        .takes_lines(|shapes| shapes.subschema_for::<users::Row>())
        .answers::<Imported>(),
    ]
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    /// Make the users and organizations that are not known yet
    #[serde(default)]
    create: bool,
    /// Write what can be written, and refuse only the lines that cannot
    #[serde(default)]
    keep_going: bool,
    /// Tell what would become of the lines; write nothing
    #[serde(default)]
    dry_run: bool,
    /// Why, for the history
    reason: Option<Reason>,
}

/// What became of the lines.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Imported {
    dry_run: bool,
    changed: bool,
    revision: Revision,
    rows: u64,
    added: u64,
    altered: u64,
    cleared: u64,
    unchanged: u64,
    refused: u64,
    /// The first of those refused.
    refusals: Vec<Refused>,
    /// The last line that is written.
    written_until: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Refused {
    line: u32,
    because: String,
}

impl NotedAnswer for Imported {
    fn revision(&self) -> Revision {
        self.revision
    }
}

impl Imported {
    fn fate(&mut self, line: u32, fate: Fate) {
        match fate {
            Fate::Added => self.added += 1,
            Fate::Altered => self.altered += 1,
            Fate::Cleared => self.cleared += 1,
            Fate::Unchanged => self.unchanged += 1,
            Fate::Contradicts(first) => {
                let first =
                    first.map_or_else(|| "an earlier line".to_owned(), |n| format!("line {n}"));
                let because = format!("it contradicts {first}, which is about the same override");
                self.refuse(line, because);
            }
        }
    }

    fn refuse(&mut self, line: u32, because: String) {
        self.refused += 1;
        self.refusals.push(Refused { line, because });
        self.refusals.sort_by_key(|refused| refused.line);
        self.refusals.truncate(SHOWN);
    }

    fn has_changes(&self) -> bool {
        self.added + self.altered + self.cleared > 0
    }
}

/// What became of a line at once.
enum Taken {
    /// It waits, and its fate is told when the pile is settled.
    Piled,
    /// This.
    Decided(Fate),
    /// It cannot be, for this reason.
    Refused(String),
}

/// What lines mean.
trait Kind: Send + 'static {
    /// The command that does the same.
    const COMMAND: &'static str;
    /// What a line says.
    type Row: serde::de::DeserializeOwned;

    /// Looks at what is there, before the first line.
    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError>;

    /// Takes a line.
    fn take(
        &mut self,
        line: u32,
        row: Self::Row,
        into: (&dyn Snapshot, &mut dyn Intake),
    ) -> Result<Taken, StoreError>;
}

async fn import_overrides(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Response, Problem> {
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    let kind = overrides::Overrides::new(query.create, now);
    import(&app, asked, query, request, kind).await
}

async fn import_users(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Response, Problem> {
    let kind = users::Users::new(query.create);
    import(&app, asked, query, request, kind).await
}

async fn import<K: Kind>(
    app: &Shared,
    asked: Asked,
    query: ImportQuery,
    request: Request,
    mut kind: K,
) -> Result<Response, Problem> {
    let (source, digest) = spooled(app, request).await?;
    let ImportQuery {
        keep_going,
        dry_run,
        reason,
        ..
    } = query;
    let wanted = Wanted {
        bytes: digest.into(),
        ..Wanted::new(asked, WriteQuery { dry_run, reason }, K::COMMAND)
    };
    let here = app.clone();
    let work = move |store: &dyn Store| {
        let author = wanted.author(&here);
        if let Some(done) = done(store, &author)? {
            let kept = done.answer.as_deref().map(serde_json::from_str);
            let kept: serde_json::Value = match kept {
                Some(Ok(kept)) => kept,
                // The server ended between the write and the note of its answer.
                _ => json!({"dry_run": false, "changed": true, "revision": done.revision}),
            };
            return Ok(Told::new(&kept)?.answer(&wanted.asked, done.revision));
        }
        let purpose = match dry_run {
            true => Purpose::Rehearse,
            false => Purpose::Write(&author),
        };
        let mut run = Run {
            kind: &mut kind,
            wanted: &wanted,
            keep_going,
            told: Imported::default(),
        };
        let told = run.all(store, purpose, &source)?;
        if told.refused > 0 && !keep_going {
            return Ok(not_written(&told));
        }
        if !dry_run {
            here.noticed(told.revision);
            note(store, &author, &told)?;
        }
        Ok(Told::new(&told)?.answer(&wanted.asked, told.revision))
    };
    app.stores.write(work).await
}

/// Lines were refused, and so nothing is written.
fn not_written(told: &Imported) -> Response {
    let of = told.rows;
    let message = format!(
        "{} of {of} lines cannot be; nothing was written",
        told.refused
    );
    let hints = ["put the lines right and import again; keep_going=true writes the others"];
    let error = json!({"code": "rows_refused", "message": message, "hints": hints});
    let body = Json(json!({"error": error, "import": told}));
    (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
}

/// An import under way.
struct Run<'r, K> {
    kind: &'r mut K,
    wanted: &'r Wanted,
    keep_going: bool,
    told: Imported,
}

impl<K: Kind> Run<'_, K> {
    fn all(
        &mut self,
        store: &dyn Store,
        purpose: Purpose<'_>,
        source: &Source,
    ) -> Result<Imported, Problem> {
        let mut stopped = None;
        let loaded = store.load(purpose, &mut |snapshot, intake| {
            let fed = self.feed(snapshot, intake, source);
            fed.map_err(|problem| {
                stopped = Some(problem);
                StoreError::GivenUp
            })
        });
        let mut told = std::mem::take(&mut self.told);
        let rehearsed = matches!(purpose, Purpose::Rehearse);
        told.dry_run = rehearsed;
        match (stopped, loaded) {
            (Some(Some(problem)), _) => return Err(problem),
            (Some(None), _) => {}
            (None, loaded) => {
                told.revision = loaded?.revision;
                told.changed = !rehearsed && told.has_changes();
            }
        }
        if !told.changed {
            told.written_until = None;
        }
        Ok(told)
    }

    /// Feeds all lines; `Err(None)` where lines were refused and so nothing is written.
    fn feed(
        &mut self,
        snapshot: &dyn Snapshot,
        intake: &mut dyn Intake,
        source: &Source,
    ) -> Result<(), Option<Problem>> {
        let revision = snapshot.revision().map_err(|error| Some(error.into()))?;
        self.wanted.asked.meets(revision)?;
        self.told = Imported {
            revision,
            ..Imported::default()
        };
        let failed = |error: StoreError| Some(Problem::from(error));
        self.kind.begin(snapshot).map_err(failed)?;
        match source {
            Source::Array(bytes) => {
                let rows: Vec<K::Row> = parsed(bytes)?;
                for (line, row) in (1..).zip(rows) {
                    let taken = self.take(line, Ok(row), (snapshot, &mut *intake));
                    taken.map_err(failed)?;
                }
            }
            Source::Lines(file) => {
                let mut lines = Lines::of(file)?;
                while let Some((line, text)) = lines.next()? {
                    let row = parsed(text).map_err(|problem| problem.message);
                    let taken = self.take(line, row, (snapshot, &mut *intake));
                    taken.map_err(failed)?;
                }
            }
        }
        self.settle(intake).map_err(failed)?;
        match self.told.refused > 0 && !self.keep_going {
            true => Err(None),
            false => Ok(()),
        }
    }

    fn take(
        &mut self,
        line: u32,
        row: Result<K::Row, String>,
        (snapshot, intake): (&dyn Snapshot, &mut dyn Intake),
    ) -> Result<(), StoreError> {
        self.told.rows += 1;
        self.told.written_until = Some(line);
        let taken = match row {
            Err(because) => Taken::Refused(because),
            Ok(row) => self.kind.take(line, row, (snapshot, intake))?,
        };
        match taken {
            Taken::Piled => {}
            Taken::Decided(fate) => self.told.fate(line, fate),
            Taken::Refused(because) => self.told.refuse(line, because),
        }
        match intake.is_full() {
            true => self.settle(intake),
            false => Ok(()),
        }
    }

    fn settle(&mut self, intake: &mut dyn Intake) -> Result<(), StoreError> {
        let told = &mut self.told;
        intake.settle(&mut |(line, fate)| {
            told.fate(line, fate);
            ControlFlow::Continue(())
        })
    }
}

/// The lines of a file.
struct Lines {
    input: BufReader<File>,
    line: u32,
    text: Vec<u8>,
}

impl Lines {
    fn of(file: &File) -> Result<Self, Problem> {
        let mut file = file.try_clone().map_err(|error| unkept(&error))?;
        let start = file.seek(SeekFrom::Start(0));
        start.map_err(|error| unkept(&error))?;
        Ok(Self {
            input: BufReader::with_capacity(256 * 1024, file),
            line: 0,
            text: Vec::new(),
        })
    }

    /// The next line that is not empty, with its number.
    fn next(&mut self) -> Result<Option<(u32, &[u8])>, Problem> {
        loop {
            self.text.clear();
            let input = &mut self.input;
            let mut bounded = std::io::Read::take(input, MAX_LINE as u64 + 1);
            let read = bounded.read_until(b'\n', &mut self.text);
            if read.map_err(|error| unkept(&error))? == 0 {
                return Ok(None);
            }
            self.line = self.line.saturating_add(1);
            if self.text.len() > MAX_LINE {
                let message = format!("line {} is longer than 1 MiB", self.line);
                return Err(Problem::unreadable(message));
            }
            if !self.text.trim_ascii().is_empty() {
                return Ok(Some((self.line, self.text.trim_ascii())));
            }
        }
    }
}

/// What cannot be at this moment.
fn has_ended(expires: Option<Time>, now: Time) -> Option<String> {
    let expires = expires.filter(|expires| *expires <= now)?;
    Some(format!(
        "it would have expired at {expires}, and it is {now}"
    ))
}
