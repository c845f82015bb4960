//! `flags init`: a store, and a profile that names it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::command::profile::usable_name;
use crate::cli::context::Context;
use crate::cli::database;
use crate::cli::failure::Failure;
use crate::cli::interrupt::asks_to_end;
use crate::cli::shell::typed;
use crate::cli::write::check_fields;
use crate::config::{self, Asked, Configuration, DEFAULT_PROFILE, Kind, Lives, Place, Profile};
use crate::store::{self, Location, StoreError};
use crate::ui::{Line, Page, Report, prompt};

/// Make a store, and a profile that names it
#[derive(Debug, Args)]
#[command(
    after_help = "With --store or FLAGS_STORE the store is made there, else in the user's \
                        data directory.\nA store that is there already stays as it is. In a \
                        PostgreSQL database (--store postgres://…)\na schema and its tables are \
                        made, all or none of them.\n\nExamples:\n  flags init\
                        \n  flags init --store /srv/flags/live.db --profile live\
                        \n  flags init --store postgres://flags@db1,db2/app --profile live"
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
    let site = Site::find(context, &known, &name)?;
    let (created, revision) = match store::create(&site.location) {
        Ok(store) => (true, store.snapshot()?.revision()?),
        Err(StoreError::Exists(_)) => {
            let store = store::open(&site.location, asks_to_end)?;
            let revision = store.snapshot()?.revision()?;
            (false, revision)
        }
        Err(error) => return Err(error.into()),
    };
    let profile = if args.no_profile {
        None
    } else {
        Some(named(&name, &site, &known)?)
    };
    // What the next command would find by itself needs no naming.
    let found = config::place(&Asked::default()).is_ok_and(|place| site.is_at(&place));
    let reached_by = match &profile {
        _ if found => None,
        Some(named) if !named.elsewhere => Some(["--profile".to_owned(), named.name.clone()]),
        _ => Some(["--store".to_owned(), site.named_by()]),
    };
    Ok(Box::new(InitReport {
        path: PathBuf::from(site.location.to_string()),
        is_database: matches!(site.location, Location::Postgres(_)),
        created,
        revision: revision.0,
        profile,
        reached_by,
    }))
}

/// Where the store is made, and the profile that would name it.
struct Site {
    location: Location,
    profile: Profile,
}

impl Site {
    /// In the order in which other commands look for it: a database where one is named.
    fn find(context: &Context, known: &Configuration, name: &str) -> Result<Self> {
        if let Some(place) = database_of(context, known, name)?
            && let Some(remote) = place.database()
        {
            let there = database::place(context, &place, remote)?;
            database::remarks(context, &there)?;
            let mut profile = Profile::of(Kind::Postgres);
            profile.base_url = Some(database::without_password(&remote.base_url.value));
            let location = Location::Postgres(there);
            return Ok(Self { location, profile });
        }
        let path = store_path(context, known, name)?;
        let path = std::path::absolute(&path)
            .map_err(|error| Failure::usage("path", format!("{}: {error}", path.display())))?;
        Ok(Self {
            profile: Profile::local(&path),
            location: Location::Sqlite(path),
        })
    }

    /// Whether it is the place that was found.
    fn is_at(&self, place: &Place) -> bool {
        match (&self.location, &place.lives) {
            (Location::Sqlite(path), Lives::Here(file)) => {
                std::path::absolute(file).is_ok_and(|found| found == *path)
            }
            (Location::Postgres(there), Lives::Database(remote)) => {
                database::unlocked(place, remote).is_ok_and(|found| database::same(&found, there))
            }
            _ => false,
        }
    }

    /// What `--store` takes.
    fn named_by(&self) -> String {
        match &self.profile.base_url {
            Some(url) => url.clone(),
            None => self.location.to_string(),
        }
    }
}

/// The database that is meant, if one is: by the argument, the profile that was named, the
/// environment or the default profile.
fn database_of(context: &Context, known: &Configuration, name: &str) -> Result<Option<Place>> {
    let asked = context.asked();
    let of_profile = || {
        let file = config::configuration_path().ok()?;
        known.place(name, &file).ok()
    };
    let found = match (&asked.store, &asked.profile) {
        (None, Some(_)) => match of_profile() {
            Some(place) => Some(place),
            None if config::store_of_environment().is_some() => {
                let environment = Asked::default();
                Some(config::place(&environment)?)
            }
            None => None,
        },
        (None, None) if config::store_of_environment().is_none() => of_profile(),
        _ => Some(config::place(asked)?),
    };
    let Some(mut place) = found.filter(|place| place.database().is_some()) else {
        return Ok(None);
    };
    // The password of a new profile may be kept before there is anything in its database.
    if known.profiles.contains_key(name) {
        place.profile = Some(name.to_owned());
    }
    Ok(Some(place))
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

fn named(name: &str, site: &Site, known: &Configuration) -> Result<Named> {
    let file = config::configuration_path()?;
    // Where there is nothing to add, nothing needs to be writable.
    let found = Configuration::read(&file)?.profiles.remove(name);
    let found = match found {
        None => config::add_profile(&file, name, &site.profile)?,
        found => found,
    };
    Ok(Named {
        name: name.to_owned(),
        created: found.is_none(),
        elsewhere: found.is_some()
            && known
                .place(name, &file)
                .is_ok_and(|place| !site.is_at(&place)),
        file,
    })
}

struct InitReport {
    path: PathBuf,
    is_database: bool,
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
            true if self.is_database => {
                let line = Line::new()
                    .good("made")
                    .plain(" the schema and its tables in ");
                line.key(path)
            }
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
