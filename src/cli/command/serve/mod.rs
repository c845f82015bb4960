//! `flags serve`: the store over HTTP.

mod demo;
mod ground;
mod keys;
mod logins;
mod network;
mod outcome;
mod reports;
mod signing;
mod size;
mod workos;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::values::Age;
use crate::server::log::{Level, Log};
use crate::server::pool::Stores;
use crate::server::{self, App, Clock, Protocol, Settings};
use crate::store;
use crate::ui::{OutputMode, Page, Report, Terminal};

use demo::Demo;
use ground::Ground;
use network::NetworkArgs;
use signing::SigningArgs;
use size::Size;

/// For how long replicas stand in for a leader whom nobody can ask, unless the operator says how old
/// answers may be: longer than it takes to choose the next one.
const WITHOUT_LEADER: Duration = Duration::from_secs(60);

/// Answer over HTTP, to programs that speak one of several protocols
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  flags serve --insecure-no-auth\
                        \n  flags serve --demo\
                        \n  flags serve --listen 127.0.0.1:8080 --protocol native,ofrep\
                        \n  flags serve keys create ci --scope read\
                        \n  flags serve logins create ana")]
#[command(args_conflicts_with_subcommands = true)]
pub struct ServeArgs {
    #[command(subcommand)]
    command: Option<ServeCommand>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4190")]
    listen: SocketAddr,
    /// The languages to speak
    #[arg(
        long = "protocol",
        value_name = "NAME",
        value_enum,
        value_delimiter = ',',
        default_value = "native,ofrep,workos,astapa"
    )]
    protocols: Vec<Spoken>,
    /// Refuse every write
    #[arg(long)]
    read_only: bool,
    /// Try it out: a small business in a store that is gone at the end, with keys that are shown. A
    /// store that is named has to be empty
    #[arg(long)]
    demo: bool,
    /// Fill an empty store first: a catalog file, JSON, YAML or TOML
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// How much memory to keep subjects in, such as 512MiB or 2GiB; the rest is looked up
    #[arg(long, value_name = "SIZE", default_value = "512MiB")]
    cache: Size,
    /// How old an answer may be where the store is a database on another machine, such as 5s: less
    /// asking, and answers go on for so long while the database cannot be reached. 0s asks the leader
    /// before every answer; so does a server that is not told, but for up to a minute while no leader
    /// can be asked, when a replica is. A store of this machine is asked before every answer
    #[arg(long, value_name = "AGE")]
    max_staleness: Option<Age>,
    /// Let everybody on this machine do everything, without a key
    #[arg(long, conflicts_with = "behind_proxy")]
    insecure_no_auth: bool,
    /// Report no changes to the destinations of `flags notify`
    #[arg(long)]
    no_notify: bool,
    /// How much to tell on stderr, as JSON lines: off, error, warn, info, debug. `info` leaves out
    /// evaluations that succeeded
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    log: Level,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    signing: SigningArgs,
}

/// What else there is to do about a server: with its store, whether it runs or not.
#[derive(Debug, Subcommand)]
enum ServeCommand {
    /// Keys, which open a server to whoever shows them: create, list, revoke
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Logins: what an application renews its users' Astapa tokens with
    #[command(subcommand)]
    Logins(logins::LoginsCommand),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Spoken {
    /// Our own, under /v1
    Native,
    /// The OpenFeature Remote Evaluation Protocol
    Ofrep,
    /// WorkOS's feature flags
    Workos,
    /// Astapa's features and overrides
    Astapa,
}

impl From<Spoken> for Protocol {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Native => Self::Native,
            Spoken::Ofrep => Self::Ofrep,
            Spoken::Workos => Self::Workos,
            Spoken::Astapa => Self::Astapa,
        }
    }
}

/// Serves until the process is asked to end, or does what else was asked.
pub fn run(context: &Context, args: ServeArgs) -> Result<Box<dyn Report>> {
    match args.command {
        None => serve(context, args),
        Some(ServeCommand::Keys(command)) => keys::run(context, command),
        Some(ServeCommand::Logins(command)) => logins::run(context, command),
    }
}

fn serve(context: &Context, args: ServeArgs) -> Result<Box<dyn Report>> {
    let ground = Ground::prepare(context, args.demo, args.seed.as_deref())?;
    let without_leader = match args.max_staleness {
        Some(_) => Duration::ZERO,
        None => WITHOUT_LEADER,
    };
    let place = ground.store.clone().served(without_leader);
    // What keeps the store from being read is said now, and not to the first who asks.
    store::open(&place, || false)?.snapshot()?;
    let reported = place.clone();
    let stores = Stores::new(Box::new(move || store::open(&place, || false)));
    let mut protocols: Vec<Protocol> = args.protocols.into_iter().map(Protocol::from).collect();
    protocols.sort();
    protocols.dedup();
    let doors = args.network.doors(args.listen)?;
    let settings = Settings {
        protocols,
        read_only: args.read_only,
        open_to_all: args.insecure_no_auth,
        max_staleness: Duration::from_secs(args.max_staleness.map_or(0, Age::seconds)),
        cache: args.cache.0,
        encrypted: doors.tls.is_some(),
        behind_proxy: args.network.behind_proxy,
        limits: args.network.limits(),
        reach: args.network.reach(&doors)?,
    };
    let clock = match std::env::var_os("FLAGS_NOW") {
        Some(_) => Clock::Pinned(context.milliseconds()),
        None => Clock::System,
    };
    let log = log(args.log);
    let app = App::new(settings, stores, clock, Arc::clone(&log));
    let app = match speaks_of_tokens(&app) {
        true => app.signing_with(args.signing.signing(context, args.demo)?),
        false => app,
    };
    let (told, counted) = (app.settings.clone(), app.metrics.reports.clone());
    permitted(&app)?;
    network::permitted(&app.settings, &doors)?;
    workos::remark(context, &app)?;
    let tokens = token_remark(&app);
    outcome::survive_bugs(Arc::clone(&log));
    let url = doors.url();
    let serve = || {
        server::serve(app, doors, || {
            announce(context, &told, ground.demo.as_ref(), &url);
            // With nobody there to read it, the server serves all the same.
            let _ = tokens.map_or(Ok(()), |remark| context.remark(remark));
        })
    };
    let served = match args.no_notify {
        true => serve(),
        false => reports::beside(&reported, &log, &counted, serve),
    };
    served.map_err(outcome::of_serving)?;
    Ok(Box::new(Ended))
}

/// What the server tells meanwhile, on stderr.
fn log(level: Level) -> Arc<Log> {
    let terminal = Terminal::from_env(0);
    // With nobody there to read it, the server serves all the same.
    let sink = move |lines: &str| drop(terminal.log(lines));
    Arc::new(Log::new(level, Box::new(sink)))
}

/// Refuses to serve what nobody could use.
fn permitted(app: &App) -> Result<()> {
    if app.settings.open_to_all || !app.access.is_empty()? {
        return Ok(());
    }
    let refused = Failure::usage("no_keys", "no key is configured, so nobody could be let in")
        .hint("`flags serve keys create NAME --scope read` makes a key")
        .hint("`flags serve --insecure-no-auth` lets everybody on this machine do everything");
    Err(refused.into())
}

/// Whether a language is spoken in which tokens are issued, or their keys asked for.
fn speaks_of_tokens(app: &App) -> bool {
    app.settings.speaks(Protocol::Astapa) || app.settings.speaks(Protocol::Workos)
}

/// What whoever wants tokens of it should know.
fn token_remark(app: &App) -> Option<&'static str> {
    let silent = !app.settings.speaks(Protocol::Astapa) || app.signing.ring().signer.is_some();
    let remark = "no Astapa token is issued, as there is no key to sign with: --signing-key FILE \
                  names one";
    (!silent).then_some(remark)
}

/// Says where the server listens: a program reads it from stdout, a person from stderr.
fn announce(context: &Context, settings: &Settings, demo: Option<&Demo>, url: &str) {
    // With nobody there to read it, the server serves all the same.
    let _ = match (&context.mode, demo) {
        (OutputMode::Json(_), demo) => {
            let mut document = json!({ "listening": url });
            if let Some(demo) = demo {
                document["demo"] = demo.document();
            }
            let mut stream = context.terminal.stream();
            let told = stream.document(&document);
            told.and_then(|()| stream.flush())
        }
        (OutputMode::Text, Some(demo)) => {
            let mut stream = context.terminal.stream();
            stream.page(&demo.page(url, settings));
            stream.flush()
        }
        (OutputMode::Text, None) => context.terminal.status(format!("listening on {url}")),
    };
}

/// What is left to say at the end: nothing.
struct Ended;

impl Report for Ended {
    fn fields(&self) -> &'static [&'static str] {
        &["listening"]
    }

    fn document(&self) -> Value {
        Value::Null
    }

    fn page(&self) -> Page {
        Page::new()
    }

    fn was_streamed(&self) -> bool {
        true
    }
}
