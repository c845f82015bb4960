//! `flags test`: a file of what has to come out, held against the store or a catalog.

mod judge;
mod junit;
mod tap;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use judge::{Outcome, Verdict};

use crate::cli::catalog_file::{self, CatalogFile};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{name_of, read_text};
use crate::cli::mistaken::Mistaken;
use crate::cli::write::check_fields;
use crate::domain::value::{answer_as_json, answer_in_words};
use crate::file::cases::{self, Case};
use crate::file::{Format, Mistakes};
use crate::store::Store;
use crate::ui::{Line, Page, Report};

/// Hold a file of expectations against the store or a catalog
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all hold, 1 one fails, 2 a file cannot be used (every mistake is \
                  told), 3 one\ncould not be told, whatever became of the others: it names an \
                  unknown feature, plan or\nsubject. `flags schema tests` is the form of a file."
)]
pub struct TestArgs {
    /// The files: YAML, TOML or JSON (- for stdin)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Answer from this catalog file instead of the store
    #[arg(long = "file", value_name = "CATALOG", conflicts_with = "store")]
    catalog: Option<PathBuf>,
    /// Print TAP version 14 for other programs
    #[arg(long)]
    tap: bool,
    /// Write JUnit XML, to stdout or to a file (--junit=report.xml)
    #[arg(long, value_name = "REPORT", num_args = 0..=1, require_equals = true)]
    junit: Option<Option<PathBuf>>,
}

/// Reads every file before the first test is run, and runs all of them.
pub fn run(context: &Context, args: TestArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    if args.tap && matches!(args.junit, Some(None)) {
        let message = "--tap and --junit would both go to stdout";
        let hint = "`--junit=report.xml` writes a file";
        return Err(Failure::usage("usage", message).hint(hint).into());
    }
    let mut cases: Vec<(String, Case)> = Vec::new();
    for file in &args.files {
        let name = name_of(file);
        let read = read(file, &name)?;
        cases.extend(read.into_iter().map(|case| (name.clone(), case)));
    }
    let catalog = args.catalog.as_deref();
    let catalog = catalog.map(|path| {
        let document = CatalogFile::read(context, path)?.document;
        catalog_file::as_store(document, path)
    });
    let catalog = catalog.transpose()?;
    let store: &dyn Store = match &catalog {
        Some(store) => store,
        None => {
            context.asserts()?;
            context.store()?
        }
    };
    let subjects = store.capabilities().subjects;
    let verdicts = judge::all(&*store.snapshot()?, subjects, cases, context.now()?)?;
    let xml = args.junit.is_some().then(|| junit::document(&verdicts));
    if let (Some(Some(path)), Some(xml)) = (&args.junit, &xml) {
        put(path, xml)?;
    }
    let shape = match (args.tap, &args.junit, xml) {
        (true, _, _) => Some(tap::document(&verdicts)),
        (false, Some(None), xml) => xml,
        _ => None,
    };
    let report = TestReport { verdicts, shape };
    let undecided = report.count(Outcome::Undecided);
    if undecided > 0 {
        // What could be told is told, and the exit code says that it was not all.
        context.terminal.show(&report, &context.mode)?;
        let all = report.verdicts.len();
        let message = format!("{undecided} of {all} tests could not be told");
        let hint = "they name a feature, plan or subject that is not there, or compare what is no \
                    limit";
        return Err(Failure::refused("tests_undecided", message)
            .hint(hint)
            .into());
    }
    Ok(Box::new(report))
}

fn read(file: &Path, name: &str) -> Result<Vec<Case>> {
    let text = read_text(file)?;
    let format = Format::of_name(file).unwrap_or_else(|| Format::of_text(&text));
    let mut mistakes = Mistakes::new();
    let node = crate::file::read(&text, format, &mut mistakes);
    let cases = node.map_or_else(Vec::new, |node| cases::read(&node, &mut mistakes));
    match Mistaken::found(name, mistakes) {
        Some(mistaken) => Err(mistaken.into()),
        None => Ok(cases),
    }
}

/// Writes a report for other programs, whole or not at all.
fn put(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        Failure::usage(
            "output",
            format!("cannot write {}: {error}", path.display()),
        )
    };
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(parent)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

struct TestReport {
    verdicts: Vec<Verdict>,
    /// The same for other programs, if that is wanted on stdout.
    shape: Option<String>,
}

const FIELDS: &[&str] = &["ok", "passed", "failed", "undecided", "tests"];

impl TestReport {
    fn count(&self, outcome: Outcome) -> usize {
        let verdicts = self.verdicts.iter();
        verdicts
            .filter(|verdict| verdict.outcome() == outcome)
            .count()
    }
}

impl Report for TestReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let tests = self.verdicts.iter().map(|verdict| {
            let judged = verdict.judged.iter().map(|judged| {
                json!({
                    "expectation": judged.claim.expectation.to_string(),
                    "because": judged.claim.because,
                    "ok": judged.holds(),
                    "value": answer_as_json(judged.decision.answer),
                    "layer": judged.decision.winner,
                })
            });
            json!({
                "name": verdict.case.name,
                "file": verdict.file,
                "line": verdict.case.at.line,
                "outcome": verdict.outcome().name(),
                "expectations": judged.collect::<Vec<_>>(),
                "errors": verdict.errors,
            })
        });
        json!({
            "ok": self.count(Outcome::Passed) == self.verdicts.len(),
            "passed": self.count(Outcome::Passed),
            "failed": self.count(Outcome::Failed),
            "undecided": self.count(Outcome::Undecided),
            "tests": tests.collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        if let Some(shape) = &self.shape {
            return Page::generated(shape.clone());
        }
        let mut page = Page::new();
        for verdict in &self.verdicts {
            page = tell(page, verdict);
        }
        let counts = [
            (Outcome::Passed, "passed"),
            (Outcome::Failed, "failed"),
            (Outcome::Undecided, "could not be told"),
        ];
        let counts = counts.map(|(outcome, words)| (self.count(outcome), words));
        let told = counts.iter().filter(|(count, _)| *count > 0);
        let told = told.map(|(count, words)| format!("{count} {words}"));
        page.line(Line::new().strong(told.collect::<Vec<_>>().join(", ")))
    }

    fn answered_no(&self) -> bool {
        self.count(Outcome::Failed) > 0
    }
}

/// A test that passed needs no line; of the others every part that did not hold is shown.
fn tell(page: Page, verdict: &Verdict) -> Page {
    let head = match verdict.outcome() {
        Outcome::Passed => return page,
        Outcome::Failed => Line::new().bad("failed   "),
        Outcome::Undecided => Line::new().warn("unknown  "),
    };
    let head = head.plain(verdict.case.name.clone());
    let mut page = page.line(head.dim(format!("  ({})", verdict.place())));
    for judged in verdict.judged.iter().filter(|judged| !judged.holds()) {
        let line = Line::new()
            .plain("  ")
            .key(judged.claim.expectation.to_string());
        page = page.line(line.plain(format!(": {}", judged.in_words())));
    }
    for error in &verdict.errors {
        page = page.line(Line::new().plain("  ").plain(error.as_str()));
    }
    page
}

/// An answer, and where it comes from.
fn answered(decision: crate::domain::resolve::Decision) -> String {
    format!(
        "{}, from {}",
        answer_in_words(decision.answer),
        decision.winner
    )
}
