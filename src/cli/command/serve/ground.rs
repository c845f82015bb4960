//! What is served: the store at hand, one that a file fills first, or one that is thrown away.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Error, Result};
use tempfile::TempDir;

use super::demo::Demo;
use crate::cli::catalog_file::CatalogText;
use crate::cli::command::apply::catalog_text;
use crate::cli::command::demo;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::input::name_of;
use crate::cli::wanted_file::way_to_file;
use crate::config;
use crate::domain::catalog::{Revision, Settings};
use crate::domain::change::ChangeSet;
use crate::domain::text::Reason;
use crate::file::Format;
use crate::file::catalog::Around;
use crate::server::access::hash;
use crate::store::{self, Location, Scope, Snapshot, StoreError};

/// What the history calls the write that fills a store.
const SEEDING: &str = "serve --seed";

/// The store to serve, for as long as this is there.
pub struct Ground {
    /// Its place.
    pub store: Location,
    /// What a demonstration has beside it.
    pub demo: Option<Demo>,
    /// Where a store lies that is gone when this is.
    _directory: Option<TempDir>,
}

impl Ground {
    /// Makes the store ready.
    ///
    /// # Errors
    ///
    /// Where it cannot be had, or has something already that is not to be mixed with a seed.
    pub fn prepare(context: &Context, demo: bool, seed: Option<&Path>) -> Result<Self> {
        let directory = match demo && !config::is_named(context.asked()) {
            true => Some(temporary()?),
            false => None,
        };
        let place = match &directory {
            Some(directory) => Location::Sqlite(directory.path().join("flags.db")),
            None => context.kept_location()?,
        };
        // What a demonstration is about is in the file, if there is one.
        match seed {
            Some(file) => sow(context, &place, &Seed::of_file(file)?)?,
            None if demo => sow(context, &place, &Seed::of_demo())?,
            None => {}
        }
        let demo = match demo {
            true => Some(Demo::equip(&place, context.milliseconds())?),
            false => None,
        };
        Ok(Self {
            store: place,
            demo,
            _directory: directory,
        })
    }
}

fn temporary() -> Result<TempDir> {
    let made = tempfile::Builder::new().prefix("flags-demo-").tempdir();
    Ok(made.map_err(|error| Failure {
        exit: Exit::Store,
        code: "store_unwritable",
        message: format!("no directory can be made for the store of the demonstration: {error}"),
        hints: vec!["TMPDIR names another place for it".to_owned()],
    })?)
}

/// What an empty store is filled with.
struct Seed {
    name: String,
    hash: String,
    /// How the write that fills the store is known again.
    reason: Reason,
    text: CatalogText,
}

impl Seed {
    fn of_file(path: &Path) -> Result<Self> {
        Ok(Self::new(name_of(path), catalog_text(path)?))
    }

    fn of_demo() -> Self {
        let name = "the demonstration's catalog";
        let text = CatalogText::new(name, demo::CATALOG, Format::Json);
        Self::new(name.to_owned(), text)
    }

    fn new(name: String, text: CatalogText) -> Self {
        let hash = hash(text.text());
        // The hash is what counts; a name may be longer than a reason.
        let short: String = name.chars().take(256).collect();
        let reason = Reason::new(&format!("filled from {short}, SHA-256 {hash}"));
        Self {
            name,
            hash,
            reason: reason.unwrap_or_default(),
            text,
        }
    }

    /// Whether this filled the store once, whatever has been written there since.
    fn was_sown(&self, snapshot: &dyn Snapshot) -> Result<bool, StoreError> {
        let first = snapshot.entry(Revision(1))?;
        Ok(first.is_some_and(|first| {
            let reason = first.reason.as_deref().unwrap_or_default();
            first.command == SEEDING && reason.ends_with(&self.hash)
        }))
    }
}

/// Fills the store, unless the same has filled it before.
fn sow(context: &Context, place: &Location, seed: &Seed) -> Result<()> {
    if !is_there(place) {
        // A file that cannot be used leaves no empty store behind.
        seed.text.wanted(&Around::nothing())?;
    }
    let store = match store::create(place) {
        Err(StoreError::Exists(_)) => store::open(place, || false)?,
        made => made?,
    };
    {
        let snapshot = store.snapshot()?;
        if seed.was_sown(&*snapshot)? {
            return Ok(());
        }
        let way = way_to_file(&*snapshot, &seed.text, false)?;
        if way.changes.is_empty() {
            return Ok(());
        }
        if !is_empty(&*snapshot)? {
            return Err(not_empty(place, seed).into());
        }
        protected(context, seed)?;
    }
    let mut failed: Option<Error> = None;
    let author = context.author(SEEDING, Some(seed.reason.clone()));
    let written = store.update(&author, &mut |snapshot| {
        plan(snapshot, place, seed).map_err(|error| match error.downcast::<StoreError>() {
            Ok(error) => error,
            Err(error) => {
                failed = Some(error);
                StoreError::GivenUp
            }
        })
    });
    match (failed, written) {
        (Some(error), Err(StoreError::GivenUp)) => Err(error),
        (_, written) => Ok(written.map(drop)?),
    }
}

/// Whether there is a store at the place already.
fn is_there(place: &Location) -> bool {
    match place {
        Location::Sqlite(file) => file.exists(),
        place => store::open(place, || false).is_ok_and(|store| store.snapshot().is_ok()),
    }
}

/// The same once more where nobody else writes: somebody may have come between.
fn plan(snapshot: &dyn Snapshot, place: &Location, seed: &Seed) -> Result<ChangeSet> {
    match is_empty(snapshot)? {
        true => Ok(way_to_file(snapshot, &seed.text, false)?.changes),
        false => Err(not_empty(place, seed).into()),
    }
}

fn is_empty(snapshot: &dyn Snapshot) -> Result<bool, StoreError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let mut is_empty = catalog.features.is_empty()
        && catalog.plans.is_empty()
        && catalog.settings == Settings::default();
    snapshot.users(None, &mut |_| {
        is_empty = false;
        ControlFlow::Break(())
    })?;
    snapshot.organizations(None, &mut |_| {
        is_empty = false;
        ControlFlow::Break(())
    })?;
    Ok(is_empty)
}

fn not_empty(place: &Location, seed: &Seed) -> Failure {
    let name = &seed.name;
    let message =
        format!("the store {place} has something in it already, and {name} fills an empty one");
    Failure::refused("store_not_empty", message)
        .hint("without --seed and --demo the store is served as it is")
        .hint("`flags diff FILE` shows how a file differs from it, `flags apply FILE` mixes them")
        .hint("`--store PATH` or FLAGS_STORE names another; what is not there is made")
}

/// A protected profile asks before each write, and a server that starts has nobody to ask.
fn protected(context: &Context, seed: &Seed) -> Result<()> {
    match context.place() {
        Ok(place) if place.protected => {
            let profile = place.profile.as_deref().unwrap_or_default();
            let name = &seed.name;
            let message = format!("the profile `{profile}` is protected: {name} is not written");
            let failure = Failure::usage("confirmation_needed", message);
            Err(failure.hint("`flags apply FILE` asks first").into())
        }
        _ => Ok(()),
    }
}
