//! `flags init`: a store, and a profile that names it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::command::profile::usable_name;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::shell::typed;
use crate::cli::write::check_fields;
use crate::config::{self, Asked, Configuration, DEFAULT_PROFILE, Profile};
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreError};
use crate::ui::{Line, Page, Report, prompt};

/// Make a store, and a profile that names it
#[derive(Debug, Args)]
#[command(
    after_help = "With --store or FLAGS_STORE the store is made there, else in the user's \
                        data directory.\nA store that is there already stays as it is."
)]
pub struct InitArgs {
    /// Make no profile
    #[arg(long)]
    no_profile: bool,
}

/// Makes what is not there yet.
pub fn run(context: &Context, args: InitArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let known = match args.no_profile {
        true => Configuration::default(),
        false => Configuration::read(&config::configuration_path()?)?,
    };
    let name = profile_name(context, &known)?;
    let path = store_path(context, &known, &name)?;
    let path = std::path::absolute(&path)
        .map_err(|error| Failure::usage("path", format!("{}: {error}", path.display())))?;
    let (created, revision) = match SqliteStore::create(&path) {
        Ok(store) => (true, store.snapshot()?.revision()?),
        Err(StoreError::Exists(_)) => (false, SqliteStore::open(&path)?.snapshot()?.revision()?),
        Err(error) => return Err(error.into()),
    };
    let profile = if args.no_profile {
        None
    } else {
        Some(named(&name, &path, &known)?)
    };
    // What the next command would find by itself needs no naming.
    let found = config::place(&Asked::default())
        .is_ok_and(|place| place.file().is_some_and(|file| is_at(file, &path)));
    let reached_by = match &profile {
        _ if found => None,
        Some(named) if !named.elsewhere => Some(["--profile".to_owned(), named.name.clone()]),
        _ => Some(["--store".to_owned(), path.display().to_string()]),
    };
    Ok(Box::new(InitReport {
        path,
        created,
        revision: revision.0,
        profile,
        reached_by,
    }))
}

/// The profile's name: `--profile`, `FLAGS_PROFILE`, the working tree, the default of the
/// configuration file.
fn profile_name(context: &Context, known: &Configuration) -> Result<String> {
    let named = config::profile_named(context.asked())?;
    let name = named
        .map(|(name, _)| name)
        .or_else(|| known.default_profile.clone())
        .unwrap_or_else(|| DEFAULT_PROFILE.to_owned());
    usable_name(&name)?;
    Ok(name)
}

/// The store of a profile that is there already.
fn of_profile(known: &Configuration, name: &str) -> Option<PathBuf> {
    let file = config::configuration_path().ok()?;
    let place = known.place(name, &file).ok()?;
    place.file().map(Path::to_owned)
}

fn is_at(file: &Path, path: &Path) -> bool {
    std::path::absolute(file).is_ok_and(|found| found == path)
}

/// Where the store is to be, in the order in which other commands look for it.
fn store_path(context: &Context, known: &Configuration, name: &str) -> Result<PathBuf> {
    let asked = context.asked();
    let of_profile = of_profile(known, name);
    let given = match (&asked.store, &asked.profile) {
        (Some(store), _) => Some(store.clone()),
        (None, Some(_)) => of_profile.or_else(config::store_of_environment),
        (None, None) => config::store_of_environment().or(of_profile),
    };
    if let Some(path) = given {
        return Ok(path);
    }
    let mut default = config::default_store()?;
    if name != DEFAULT_PROFILE {
        default.set_file_name(format!("{name}.db"));
    }
    if !context.terminal.interactive() {
        return Ok(default);
    }
    let answer = prompt::input("Where shall the store be?", default.to_str())?;
    Ok(match (answer.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(answer),
    })
}

/// What became of the profile.
struct Named {
    name: String,
    /// Whether it is new.
    created: bool,
    /// Whether it names another store than the one at hand.
    elsewhere: bool,
    file: PathBuf,
}

fn named(name: &str, store: &Path, known: &Configuration) -> Result<Named> {
    let file = config::configuration_path()?;
    let profile = Profile::local(store);
    // Where there is nothing to add, nothing needs to be writable.
    let found = Configuration::read(&file)?.profiles.remove(name);
    let found = match found {
        None => config::add_profile(&file, name, &profile)?,
        found => found,
    };
    Ok(Named {
        name: name.to_owned(),
        created: found.is_none(),
        elsewhere: found.is_some() && of_profile(known, name).is_some_and(|place| place != store),
        file,
    })
}

struct InitReport {
    path: PathBuf,
    created: bool,
    revision: u64,
    profile: Option<Named>,
    /// The option that names the store, where it is not found without.
    reached_by: Option<[String; 2]>,
}

const FIELDS: &[&str] = &[
    "store",
    "created",
    "revision",
    "profile",
    "profile_created",
    "configuration",
];

impl Report for InitReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn done(&self) -> Option<String> {
        self.created
            .then(|| format!("the store {} was made", self.path.display()))
    }

    fn document(&self) -> Value {
        let profile = self.profile.as_ref();
        json!({
            "store": self.path,
            "created": self.created,
            "revision": self.revision,
            "profile": profile.map(|named| &named.name),
            "profile_created": profile.is_some_and(|named| named.created),
            "configuration": profile.map(|named| &named.file),
        })
    }

    fn page(&self) -> Page {
        let path = self.path.display().to_string();
        let store = match self.created {
            true => Line::new().good("made").plain(" the store ").key(path),
            false => Line::new().dim("there is a store already: ").key(path),
        };
        let page = Page::new().line(store);
        let page = match &self.profile {
            None => page,
            Some(named) if named.created => {
                let line = Line::new()
                    .good("made")
                    .plain(" the profile ")
                    .key(named.name.clone());
                page.line(line.plain(" in ").plain(named.file.display().to_string()))
            }
            Some(named) if named.elsewhere => {
                let line = Line::new()
                    .warn("note:")
                    .plain(" profile ")
                    .key(named.name.clone());
                page.line(line.plain(" names another store and stays as it is"))
            }
            Some(_) => page,
        };
        let mut next = vec!["set", "analytics", "--plan", "pro", "--create"];
        next.extend(self.reached_by.iter().flatten().map(String::as_str));
        let next: Vec<String> = next.into_iter().map(str::to_owned).collect();
        page.line(Line::new().dim("next: ").key(typed(&next)))
    }
}
