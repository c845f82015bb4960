//! `flags backup`: the store's contents of this moment, in a file of their own.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::{Failure, classify};
use crate::cli::interrupt::{Interrupt, asks_to_end};
use crate::cli::values::stamp;
use crate::cli::write::check_fields;
use crate::domain::time::Time;
use crate::store::StoreError;
use crate::store::sqlite::{Proven, SqliteStore};
use crate::ui::{Line, Page, Report, size};

/// Copy the store into a file, while others write
#[derive(Debug, Args)]
#[command(
    after_help = "The copy is of one moment, history included, is checked from end to end, and is \
                  private to its\nowner (0600). Any command reads it with --store FILE; `flags \
                  restore FILE` puts it back.\nWithout FILE it is made beside the store and named \
                  after the time."
)]
pub struct BackupArgs {
    /// The file to make; in a directory, one named after the store and the time
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

/// Copies the store.
pub fn run(context: &Context, args: BackupArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let store = context.store_file()?.to_owned();
    let file = destination(args.file.as_deref(), &store, context.now()?)?;
    let file = std::path::absolute(&file)
        .map_err(|error| Failure::usage("path", format!("{}: {error}", file.display())))?;
    Interrupt::listen()?;
    let opened = SqliteStore::open(&store)?.heeding(asks_to_end);
    let backed_up = opened.back_up(&file, args.force);
    match backed_up {
        Ok(proven) => Ok(Box::new(BackupReport {
            file,
            store,
            proven,
        })),
        Err(error) => Err(explained(error, args.file.is_none()).into()),
    }
}

/// The file to make: what was named, in it if it is a directory, or beside the store.
fn destination(named: Option<&Path>, store: &Path, now: Time) -> Result<PathBuf> {
    if named == Some(Path::new("-")) {
        let message = "a backup is a file and cannot go to stdout";
        let hint = "`flags export --subjects --overrides` writes the project as text";
        return Err(Failure::usage("usage", message).hint(hint).into());
    }
    let default = || {
        let stem = store.file_stem().unwrap_or_default().to_string_lossy();
        let extension = store.extension().unwrap_or_default().to_string_lossy();
        let dot = if extension.is_empty() { "" } else { "." };
        format!("{stem}-{}{dot}{extension}", stamp(now))
    };
    Ok(match named {
        Some(directory) if directory.is_dir() => directory.join(default()),
        Some(file) => file.to_owned(),
        None => store.with_file_name(default()),
    })
}

fn explained(error: StoreError, beside_the_store: bool) -> Failure {
    let hint = match &error {
        StoreError::Exists(_) => Some("name another file, or replace this one with --force"),
        StoreError::ReadOnly(_) | StoreError::Unopenable { .. } if beside_the_store => {
            Some("`flags backup FILE` puts it elsewhere")
        }
        _ => None,
    };
    let interrupted = matches!(error, StoreError::Interrupted);
    let failure = classify(error.into());
    if interrupted {
        let message = "interrupted: no backup was made".to_owned();
        return Failure { message, ..failure };
    }
    match hint {
        Some(hint) => Failure {
            hints: vec![hint.to_owned()],
            ..failure
        },
        None => failure,
    }
}

struct BackupReport {
    file: PathBuf,
    store: PathBuf,
    proven: Proven,
}

const FIELDS: &[&str] = &["file", "store", "revision", "head", "format", "bytes"];

impl Report for BackupReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "file": self.file,
            "store": self.store,
            "revision": self.proven.revision,
            "head": self.proven.head.map(|head| head.to_string()),
            "format": self.proven.format,
            "bytes": self.proven.bytes,
        })
    }

    fn done(&self) -> Option<String> {
        Some(format!("the backup {} was made", self.file.display()))
    }

    fn page(&self) -> Page {
        let Proven {
            revision, bytes, ..
        } = self.proven;
        let line = Line::new()
            .good("backed up")
            .plain(format!(" revision {revision} to "))
            .key(self.file.display().to_string());
        let page = Page::new().line(line.dim(format!(" ({}, checked)", size(bytes))));
        match self.proven.head {
            Some(head) => page.line(Line::new().dim(format!("head {head}"))),
            None => page,
        }
    }
}
