//! `flags export`: the whole catalog as one file.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::as_of::{self, AsOf};
use crate::cli::aside::write_text;
use crate::cli::context::Context;
use crate::cli::input::is_stdin;
use crate::cli::output_file::Audience;
use crate::cli::write::check_fields;
use crate::domain::catalog::Revision;
use crate::domain::text::counted;
use crate::file::{Format, write};
use crate::store::{Parts, export, export_of};
use crate::ui::sanitise::is_hidden;
use crate::ui::{Line, Page, Report, json};

/// The whole catalog as one file: JSON, YAML or TOML
#[derive(Debug, Args)]
#[command(
    after_help = "The same project always gives the same text, so that it can be kept in Git. \
                        `flags diff` and\n`flags apply` read it back."
)]
pub struct ExportArgs {
    /// Users, organizations and their overrides too, so that a check of the file answers the same
    #[arg(long)]
    subjects: bool,
    /// The same as --subjects
    #[arg(long)]
    overrides: bool,
    /// The form; of a file that is written, else what its name ends in
    #[arg(long, value_name = "FORMAT")]
    format: Option<FormatArg>,
    /// Write it to this file, whole or not at all; with subjects only its owner may read it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The catalog as it was: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a
    /// revision (r17) left it
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<AsOf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Json,
    Yaml,
    Toml,
}

impl From<FormatArg> for Format {
    fn from(asked: FormatArg) -> Self {
        match asked {
            FormatArg::Json => Self::Json,
            FormatArg::Yaml => Self::Yaml,
            FormatArg::Toml => Self::Toml,
        }
    }
}

/// Writes the document; as JSON it is the same with and without `--json`.
pub fn run(context: &Context, args: ExportArgs) -> Result<Box<dyn Report>> {
    let output = args.output.as_deref().filter(|path| !is_stdin(path));
    let fields = match output {
        Some(_) => WRITTEN,
        None => DOCUMENT,
    };
    check_fields(context, fields)?;
    // Subjects without their overrides would be answered wrongly, and overrides without their
    // subjects could not be read back: they go together, by either name.
    let whole = args.subjects || args.overrides;
    let parts = Parts {
        subjects: whole,
        overrides: whole,
    };
    let format = args.format.map(Format::from);
    let format = format.or_else(|| Format::of_name(output?));
    let snapshot = context.store()?.snapshot()?;
    let past = as_of::revision(context, &*snapshot, args.at)?;
    let document = match past {
        None => export(&*snapshot, parts)?,
        Some(revision) => export_of(&*snapshot, revision, parts)?,
    };
    let value = write::value(&document, whole)?;
    let text = write::text(&value, format.unwrap_or(Format::Json), &is_hidden);
    let Some(path) = output else {
        return Ok(Box::new(ExportReport { value, text }));
    };
    let audience = match whole {
        true => Audience::Owner,
        false => Audience::Usual,
    };
    let text = text.map_or_else(|| json::pretty(&value), Ok)?;
    write_text(path, &text, audience)?;
    Ok(Box::new(WrittenReport {
        path: path.to_owned(),
        revision: past.map_or_else(|| snapshot.revision(), Ok)?,
        value,
    }))
}

struct ExportReport {
    value: Value,
    /// In another form than JSON.
    text: Option<String>,
}

const DOCUMENT: &[&str] = &[
    "format",
    "settings",
    "features",
    "plans",
    "organizations",
    "users",
    "overrides",
];

impl Report for ExportReport {
    fn fields(&self) -> &'static [&'static str] {
        DOCUMENT
    }

    fn document(&self) -> Value {
        self.value.clone()
    }

    fn page(&self) -> Page {
        match &self.text {
            Some(text) => Page::generated(text.clone()),
            None => Page::document(&self.value),
        }
    }
}

struct WrittenReport {
    path: PathBuf,
    revision: Revision,
    value: Value,
}

const WRITTEN: &[&str] = &[
    "file",
    "revision",
    "features",
    "plans",
    "organizations",
    "users",
];

impl WrittenReport {
    fn count(&self, part: &str) -> usize {
        let part = self.value.get(part).and_then(Value::as_object);
        part.map_or(0, serde_json::Map::len)
    }

    fn path(&self) -> &Path {
        &self.path
    }
}

impl Report for WrittenReport {
    fn fields(&self) -> &'static [&'static str] {
        WRITTEN
    }

    fn document(&self) -> Value {
        json!({
            "file": self.path(),
            "revision": self.revision,
            "features": self.count("features"),
            "plans": self.count("plans"),
            "organizations": self.count("organizations"),
            "users": self.count("users"),
        })
    }

    fn page(&self) -> Page {
        let path = self.path().display().to_string();
        let line = Line::new().good("wrote").plain(" ").key(path);
        let parts = [
            ("features", "feature"),
            ("plans", "plan"),
            ("organizations", "organization"),
            ("users", "user"),
        ];
        let counts = parts.map(|(part, noun)| (self.count(part) as u64, noun));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, noun)| counted(*count, noun)).collect();
        let counts = match counts.is_empty() {
            true => "nothing is defined yet".to_owned(),
            false => counts.join(", "),
        };
        Page::new().line(line.plain(format!(": {counts}, revision {}", self.revision)))
    }

    fn done(&self) -> Option<String> {
        Some(format!("{} was written", self.path().display()))
    }
}
