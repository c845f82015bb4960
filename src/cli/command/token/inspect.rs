//! `flags token inspect`: a token explained to a person, with what is odd about it.

use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::inspection::InspectReport;
use super::source::TokenSource;
use crate::cli::catalog_file::{CatalogFile, as_store};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::config::{self, Place};
use crate::domain::catalog::{Catalog, Revision};
use crate::store::{Scope, Store, StoreError};
use crate::token::{self, Surroundings};
use crate::ui::Report;

/// Arguments of `flags token inspect`.
#[derive(Debug, Args)]
#[command(
    after_help = "The token may come with `Bearer`, in quotation marks, or in the JSON answer of a \
                  token endpoint.\nWhere there is a store, the token is compared with its catalog; \
                  findings do not change the exit code."
)]
pub struct InspectArgs {
    #[command(flatten)]
    source: TokenSource,
    /// Compare with the catalog in this file (- for stdin) instead of the store's: an export, or
    /// WorkOS's configuration payload
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    catalog: Option<PathBuf>,
}

/// Explains the token. The store is opened only after the token could be read.
pub fn run(context: &Context, args: InspectArgs) -> Result<Box<dyn Report>> {
    let InspectArgs { source, catalog } = args;
    if catalog.as_deref() == Some(Path::new("-")) && source.is_stdin() {
        let both = "the token and the catalog cannot both come from stdin: put one in a file";
        return Err(Failure::usage("usage", both).into());
    }
    let handed = source.take(context)?;
    let unpacked = token::unpack(&handed.text);
    let decoded = handed.decode(context, &unpacked.token)?;
    let place = place(context)?;
    let catalog = match catalog {
        Some(file) => Some(of_file(context, file)?),
        None => of_store(context, place)?,
    };
    let now = Timestamp::from_second(context.now()?.unix())?;
    let known = Surroundings {
        now,
        wrappings: &unpacked.wrappings,
        catalog: catalog.as_ref().map(|at_hand| &at_hand.catalog),
        organization: place.and_then(|place| place.organization.as_ref()),
    };
    let findings = token::inspect(&decoded, &known);
    Ok(Box::new(InspectReport::new(
        decoded, findings, catalog, now,
    )))
}

/// The catalog that a token is compared with, and where it is from.
pub struct CatalogAtHand {
    /// The definitions.
    pub catalog: Catalog,
    revision: Revision,
    store: Option<String>,
    file: Option<PathBuf>,
}

impl CatalogAtHand {
    /// Where it is from, as JSON documents say it.
    pub fn document(&self) -> Value {
        json!({ "store": self.store, "file": self.file, "revision": self.revision })
    }

    /// Where it is from, in words.
    pub fn in_words(&self) -> String {
        let file = || Some(self.file.as_ref()?.display().to_string());
        self.store.clone().or_else(file).unwrap_or_default()
    }
}

/// Where the project lives, if that can be told. Without a place named, not to know is no error:
/// the token itself can still be explained.
fn place(context: &Context) -> Result<Option<&Place>> {
    match context.place() {
        Ok(place) => Ok(Some(place)),
        Err(error) => without(context, error),
    }
}

fn of_file(context: &Context, file: PathBuf) -> Result<CatalogAtHand> {
    let read = CatalogFile::read(context, &file)?;
    let store = as_store(read.document, &file)?;
    let (catalog, revision) = read_catalog(&store)?;
    Ok(CatalogAtHand {
        catalog,
        revision,
        store: None,
        file: Some(file),
    })
}

/// The store's catalog, where there is a store.
fn of_store(context: &Context, place: Option<&Place>) -> Result<Option<CatalogAtHand>> {
    let Some(place) = place else {
        return Ok(None);
    };
    match context.store().and_then(read_catalog) {
        Ok((catalog, revision)) => Ok(Some(CatalogAtHand {
            catalog,
            revision,
            store: Some(place.to_string()),
            file: None,
        })),
        Err(error) => without(context, error),
    }
}

fn read_catalog(store: &dyn Store) -> Result<(Catalog, Revision)> {
    let snapshot = store.snapshot()?;
    Ok((snapshot.catalog(Scope::All)?, snapshot.revision()?))
}

/// Goes on without what cannot be had, unless somebody named it. That there simply is no store is
/// not worth a word on stderr.
fn without<T>(context: &Context, error: Error) -> Result<Option<T>> {
    if config::is_named(context.asked()) {
        return Err(error);
    }
    if !matches!(error.downcast_ref(), Some(StoreError::Missing(_))) {
        let told = format!("the token was compared with no catalog: {error}");
        context.terminal.warn(told)?;
    }
    Ok(None)
}
