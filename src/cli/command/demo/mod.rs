//! `flags demo`: a guided tour on a throw-away store.
//!
//! Each step is a command line that is parsed and run as if it had been typed, so what the tour
//! shows is what the program does.

mod token;
mod tour;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Parser};
use serde_json::{Value, json};

use crate::cli::args::Cli;
use crate::cli::context::Context;
use crate::cli::failure::{Failure, classify};
use crate::cli::shell::{quoted, typed};
use crate::cli::write::check_fields;
use crate::config::Asked;
use crate::domain::document::Document;
use crate::store::Store;
use crate::store::sqlite::SqliteStore;
use crate::ui::{Line, OutputMode, Page, Report, Terminal};

/// A small business: what the tour is about, and a server's demonstration.
pub const CATALOG: &str = include_str!("catalog.json");

/// A guided tour on a throw-away store, with the commands to type
#[derive(Debug, Args)]
#[command(after_help = "The store is made in the temporary directory and left there to play with.")]
pub struct DemoArgs {}

/// Makes a pricing page in a throw-away store and walks through the daily commands.
pub fn run(context: &Context, _: DemoArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let path = place(context)?;
    seed(context, &path)?;
    let stage = Stage {
        path: &path,
        context,
    };
    let mut steps = Vec::new();
    for (say, line) in tour::STEPS {
        steps.push(stage.play(say, line.iter().map(|word| (*word).to_owned()).collect())?);
    }
    let (say, line) = token::step(&stage)?;
    steps.push(stage.play(say, line)?);
    Ok(Box::new(DemoReport { path, steps }))
}

/// A new directory for this tour alone.
fn place(context: &Context) -> Result<PathBuf> {
    let name = format!(
        "flags-demo-{}-{}",
        context.now()?.unix(),
        std::process::id()
    );
    Ok(std::env::temp_dir().join(name).join("flags.db"))
}

fn seed(context: &Context, path: &Path) -> Result<()> {
    let document: Document = serde_json::from_str(CATALOG)?;
    let changes = document.into_changes();
    let author = context.author("demo", None);
    SqliteStore::create(path)?.update(&author, &mut |_| Ok(changes.clone()))?;
    Ok(())
}

/// Where the steps are run.
struct Stage<'a> {
    path: &'a Path,
    context: &'a Context,
}

impl Stage<'_> {
    /// Runs one command line on the tour's store.
    fn report(&self, line: &[String]) -> Result<Box<dyn Report>> {
        let words = std::iter::once("flags").chain(line.iter().map(String::as_str));
        let cli = Cli::try_parse_from(words).with_context(|| line.join(" "))?;
        let now = self.context.now()?.unix();
        let asked = Asked {
            store: Some(self.path.to_owned()),
            ..Asked::default()
        };
        let context = Context::new(Terminal::from_env(now), OutputMode::Text, asked, now * 1000);
        crate::cli::dispatch(&context, cli.command)
    }

    fn play(&self, say: &'static str, line: Vec<String>) -> Result<Step> {
        let report = self.report(&line).map_err(|error| {
            // What went wrong keeps its exit code and what helps: the disk may be full.
            let failure = classify(error);
            let message = format!("the step `{}` failed: {failure}", typed(&line));
            Failure { message, ..failure }
        })?;
        Ok(Step { say, line, report })
    }
}

struct Step {
    say: &'static str,
    line: Vec<String>,
    report: Box<dyn Report>,
}

const FIELDS: &[&str] = &["store", "steps"];

struct DemoReport {
    path: PathBuf,
    steps: Vec<Step>,
}

impl Report for DemoReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let steps = self.steps.iter().map(|step| {
            json!({
                "says": step.say,
                "command": typed(&step.line),
                "answered_no": step.report.answered_no(),
                "output": step.report.document(),
            })
        });
        json!({ "store": self.path, "steps": steps.collect::<Vec<_>>() })
    }

    fn page(&self) -> Page {
        let head = Page::new()
            .heading("A pricing page: free, pro and enterprise, ten features, four users")
            .line(Line::new().dim("in a throw-away store, so nothing of yours is touched"));
        let page = self.steps.iter().fold(head, |page, step| {
            let code = if step.report.answered_no() { 1 } else { 0 };
            let page = page
                .blank()
                .heading(step.say)
                .line(Line::new().dim("$ ").key(typed(&step.line)))
                .then(step.report.page());
            match step.line.first().is_some_and(|word| word == "check") {
                true => page.line(Line::new().dim(format!("(exit code {code})"))),
                false => page,
            }
        });
        let store = quoted(&self.path.display().to_string());
        page.blank()
            .heading("Go on with the same store")
            .line(
                Line::new()
                    .dim("$ ")
                    .key(format!("export FLAGS_STORE={store}")),
            )
            .line(
                Line::new()
                    .dim("$ ")
                    .key("flags set sso --user ben --expires 14d --dry-run"),
            )
            .heading("or make your own")
            .line(Line::new().dim("$ ").key("flags init"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::exit::Exit;

    #[test]
    fn a_step_that_fails_keeps_the_exit_code_of_its_cause() {
        let directory = tempfile::tempdir().unwrap();
        let asked = Asked::default();
        let terminal = Terminal::from_env(0);
        let context = Context::new(terminal, OutputMode::Text, asked, 0);
        let path = &directory.path().join("missing.db");
        let context = &context;
        let played = Stage { path, context }.play("look", vec!["matrix".to_owned()]);
        let failure = classify(played.err().unwrap());
        assert_eq!((failure.exit, failure.code), (Exit::Store, "store_missing"));
        let told = "the step `flags matrix` failed: there is no store";
        assert!(failure.message.starts_with(told), "{failure}");
    }
}
