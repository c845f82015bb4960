//! `flags profile add`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::database;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::{self, ConfigError, Kind, NOT_A_CLIENT_ID, Profile, Source, is_client_id};
use crate::domain::target::Id;
use crate::remote::Address;
use crate::store::postgres::url::Url;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags profile add`.
#[derive(Debug, Args)]
#[command(
    after_help = "The place is --store PATH for a store on this machine, else --url. A secret is \
                  never a part of a\nprofile: `flags auth login --profile NAME` takes it.\n\n\
                  Examples:\n  flags profile add staging --store /srv/flags/staging.db\
                  \n  flags profile add team --url https://flags.example.com --protected\
                  \n  flags profile add live --kind workos --client-id client_01ABC --protected\
                  \n  flags profile add cluster --url postgres://flags@db1,db2,db3/app"
)]
pub struct AddArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// What is there [default: postgres or http by --url, else local]
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,
    /// The server's address (https, or http on this machine), or postgres://USER@HOST/DATABASE
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The client ID that WorkOS or Astapa gave; it is no secret
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The organization whose tokens are looked at with this profile
    #[arg(long, value_name = "ID")]
    organization: Option<Id>,
    /// Ask before every write
    #[arg(long)]
    protected: bool,
    /// Trust these CA certificates too (PEM)
    #[arg(long, value_name = "FILE")]
    ca_bundle: Option<PathBuf>,
    /// How long a call to the server may take, retries included
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: Option<u64>,
    /// Let it count where no profile is named
    #[arg(long)]
    default: bool,
}

/// A kind as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindArg {
    /// A store in a file on this machine
    Local,
    /// A server of `flags serve`
    Http,
    /// WorkOS feature flags
    Workos,
    /// Astapa features and plans
    Astapa,
    /// A PostgreSQL database
    Postgres,
}

impl From<KindArg> for Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Local => Self::Local,
            KindArg::Http => Self::Http,
            KindArg::Workos => Self::Workos,
            KindArg::Astapa => Self::Astapa,
            KindArg::Postgres => Self::Postgres,
        }
    }
}

/// Adds the profile.
pub fn run(context: &Context, args: AddArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    super::usable_name(&args.name)?;
    let profile = profile(context, &args)?;
    let mut editor = super::editor()?;
    super::free(editor.known(), &args.name)?;
    editor.add(&args.name, &profile)?;
    if args.default {
        editor.count_by_default(&args.name);
    }
    editor.save()?;
    let place = place(&profile);
    Ok(Box::new(Added {
        name: args.name,
        profile,
        place,
        default: args.default,
    }))
}

fn profile(context: &Context, args: &AddArgs) -> Result<Profile> {
    let named = args.url.clone().or_else(|| database_as_store(context));
    let inferred = match &named {
        Some(url) if config::is_database(url) => Kind::Postgres,
        Some(_) => Kind::Http,
        None => Kind::Local,
    };
    let kind = args.kind.map_or(inferred, Kind::from);
    let mut profile = Profile::of(kind);
    profile.protected = args.protected;
    profile.organization.clone_from(&args.organization);
    match kind {
        Kind::Local => {
            let remote_only = [
                ("--url", args.url.is_some()),
                ("--client-id", args.client_id.is_some()),
                ("--ca-bundle", args.ca_bundle.is_some()),
                ("--timeout", args.timeout.is_some()),
            ];
            if let Some((option, _)) = remote_only.iter().find(|(_, given)| *given) {
                let message = format!("{option} is for servers, and a local store is a file");
                let hint = "--kind http, workos or astapa is a server; --store PATH a file";
                return Err(Failure::usage("usage", message).hint(hint).into());
            }
            profile.store = Some(store(context, &args.name)?);
        }
        Kind::Postgres => {
            profile.base_url = Some(database_url(named.as_deref())?);
            if args.client_id.is_some() {
                let message = "--client-id is for WorkOS and Astapa: a database has users, and the \
                               address says which";
                return Err(Failure::usage("client_id", message).into());
            }
            profile.ca_bundle = args.ca_bundle.as_deref().map(absolute).transpose()?;
            profile.timeout = args.timeout;
        }
        _ => {
            if context.asked().store.is_some() {
                let message = format!(
                    "--store is for local profiles, and {kind} is a server",
                    kind = kind.as_str()
                );
                return Err(Failure::usage("usage", message)
                    .hint("--url URL says where it is")
                    .into());
            }
            profile.base_url = url(kind, args.url.as_deref())?;
            profile.client_id = client_id(kind, args.client_id.as_deref())?;
            profile.ca_bundle = args.ca_bundle.as_deref().map(absolute).transpose()?;
            profile.timeout = args.timeout;
        }
    }
    Ok(profile)
}

/// The address of a database that is named as other commands name it.
fn database_as_store(context: &Context) -> Option<String> {
    let store = context.asked().store.as_ref()?.to_str()?;
    config::is_database(store).then(|| store.to_owned())
}

/// The address of a database, which must be one that can be used from anywhere and by anybody who
/// may read the configuration file.
fn database_url(url: Option<&str>) -> Result<String> {
    let missing = || {
        let message = "--url postgres://USER@HOST/DATABASE is missing: where is the database?";
        Failure::usage("usage", message)
    };
    let url = url.ok_or_else(missing)?;
    let read: Url = url.parse().map_err(|error| {
        Failure::usage("address", format!("the address cannot be used: {error}"))
    })?;
    if read.password.is_some() {
        return Err(ConfigError::PasswordInAddress(Source::Argument).into());
    }
    database::absolute(&read, "a profile")?;
    Ok(url.to_owned())
}

/// Where a local store is: as `flags init` would make it, if nobody says.
fn store(context: &Context, name: &str) -> Result<PathBuf> {
    match &context.asked().store {
        Some(store) => absolute(store),
        None => {
            let mut store = config::default_store()?;
            store.set_file_name(format!("{name}.db"));
            Ok(store)
        }
    }
}

fn absolute(path: &std::path::Path) -> Result<PathBuf> {
    let found = std::path::absolute(path);
    let wrong = |error| Failure::usage("path", format!("{}: {error}", path.display()));
    Ok(found.map_err(wrong)?)
}

/// The address, which must be one that a secret may be sent to. Only what is not usual is kept.
fn url(kind: Kind, url: Option<&str>) -> Result<Option<String>> {
    let Some(url) = url else {
        return match kind.usual_address() {
            Some(_) => Ok(None),
            None => {
                Err(Failure::usage("usage", "--url URL is missing: where is the server?").into())
            }
        };
    };
    let address: Address = url.parse().map_err(|error| {
        let message = format!("the address cannot be used: {error}");
        Failure::usage("address", message)
    })?;
    if url.contains('?') {
        let message = "the address has a query (`?…`), where secrets end up: leave it out";
        return Err(Failure::usage("address", message).into());
    }
    let text = address.to_string();
    Ok(Some(text.trim_end_matches('/').to_owned()))
}

fn client_id(kind: Kind, id: Option<&str>) -> Result<Option<String>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let wrong = match kind {
        Kind::Workos => (!is_client_id(id)).then_some(NOT_A_CLIENT_ID),
        Kind::Astapa => {
            let word = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic());
            (!word).then_some("a client ID is one word of printable characters")
        }
        _ => Some("--client-id is for WorkOS and Astapa: a server of flags has none"),
    };
    match wrong {
        None => Ok(Some(id.to_owned())),
        Some(wrong) => Err(Failure::usage("client_id", wrong).into()),
    }
}

fn place(profile: &Profile) -> String {
    let address = profile.base_url.as_deref().or(profile.kind.usual_address());
    match &profile.store {
        Some(store) => store.display().to_string(),
        None if profile.kind == Kind::Postgres => {
            config::database_shown(address.unwrap_or_default())
        }
        None => address.unwrap_or_default().to_owned(),
    }
}

struct Added {
    name: String,
    profile: Profile,
    place: String,
    default: bool,
}

const FIELDS: &[&str] = &["name", "kind", "place", "protected", "default"];

impl Report for Added {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "name": self.name,
            "kind": self.profile.kind.as_str(),
            "place": self.place,
            "protected": self.profile.protected,
            "default": self.default,
        })
    }

    fn page(&self) -> Page {
        let page = Page::new().line(
            Line::new()
                .good("added")
                .plain(" the profile ")
                .key(&self.name)
                .plain(format!(": {} at {}", self.profile.kind.title(), self.place)),
        );
        let next = match &self.profile.store {
            Some(store) if store.exists() => None,
            Some(_) => Some(format!("flags init --profile {}", self.name)),
            None if self.profile.kind == Kind::Postgres => Some(format!(
                "flags auth login --profile {name}, then flags init --profile {name}",
                name = self.name
            )),
            None => Some(format!("flags auth login --profile {}", self.name)),
        };
        let page = match next {
            Some(next) => page.line(Line::new().dim("next: ").key(next)),
            None => page,
        };
        match self.default {
            true => page.line("it counts where no profile is named"),
            false => page,
        }
    }

    fn done(&self) -> Option<String> {
        Some(format!("the profile {} was added", self.name))
    }
}
