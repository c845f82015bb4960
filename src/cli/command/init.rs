//! `flags init`: a store, and a profile that names it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::{self, Configuration, DEFAULT_PROFILE, Kind, Profile};
use crate::store::sqlite::SqliteStore;
use crate::store::{self, Store, StoreError};
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
    let name = context
        .asked()
        .profile
        .clone()
        .unwrap_or_else(|| DEFAULT_PROFILE.to_owned());
    let path = store_path(context)?;
    let path = std::path::absolute(&path)
        .map_err(|error| Failure::usage("path", format!("{}: {error}", path.display())))?;
    let (created, revision) = match SqliteStore::create(&path) {
        Ok(store) => (true, store.snapshot()?.revision()?),
        Err(StoreError::Exists(_)) => (false, store::open(&path)?.snapshot()?.revision()?),
        Err(error) => return Err(error.into()),
    };
    let profile = if args.no_profile {
        None
    } else {
        Some(named(&name, &path)?)
    };
    Ok(Box::new(InitReport {
        path,
        created,
        revision: revision.0,
        profile,
    }))
}

fn store_path(context: &Context) -> Result<PathBuf> {
    let asked = context.asked();
    let given = asked.store.clone();
    let given = given.or_else(|| std::env::var_os("FLAGS_STORE").map(PathBuf::from));
    if let Some(path) = given.filter(|path| !path.as_os_str().is_empty()) {
        return Ok(path);
    }
    let mut default = config::default_store()?;
    if let Some(profile) = &asked.profile {
        default.set_file_name(format!("{profile}.db"));
    }
    if !context.terminal.interactive() {
        return Ok(default);
    }
    let answer = prompt::input("Where shall the store be?", default.to_str())?;
    Ok(PathBuf::from(answer))
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

fn named(name: &str, store: &std::path::Path) -> Result<Named> {
    if name.is_empty()
        || !name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    {
        let message = format!("`{name}` is not a profile name: write letters, digits, - and _");
        return Err(Failure::usage("profile_name", message).into());
    }
    let file = config::configuration_path()?;
    let profile = Profile {
        kind: Kind::Local,
        store: store.to_owned(),
        protected: false,
    };
    // Where there is nothing to add, nothing needs to be writable.
    let found = Configuration::read(&file)?.profiles.remove(name);
    let found = match found {
        None => Configuration::add(&file, name, &profile)?,
        found => found,
    };
    Ok(Named {
        name: name.to_owned(),
        created: found.is_none(),
        elsewhere: found.is_some_and(|found| found.store != store),
        file,
    })
}

struct InitReport {
    path: PathBuf,
    created: bool,
    revision: u64,
    profile: Option<Named>,
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
        page.line(
            Line::new()
                .dim("next: ")
                .key("flags set analytics --plan pro --create"),
        )
    }
}
