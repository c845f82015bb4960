//! `flags serve`: the store over HTTP.

mod reports;

use std::net::SocketAddr;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::server::pool::Stores;
use crate::server::{self, App, Clock, Protocol, Settings};
use crate::store;
use crate::ui::{OutputMode, Page, Report};

/// Answer over HTTP, to programs that speak one of several protocols
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  flags serve --insecure-no-auth\
                        \n  flags serve --listen 127.0.0.1:8080 --protocol native,ofrep")]
pub struct ServeArgs {
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
    /// Let everybody on this machine do everything, without a key
    #[arg(long)]
    insecure_no_auth: bool,
    /// Report no changes to the destinations of `flags notify`
    #[arg(long)]
    no_notify: bool,
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

/// Serves until the process is asked to end.
pub fn run(context: &Context, args: ServeArgs) -> Result<Box<dyn Report>> {
    let place = context.place()?.store.clone();
    // What keeps the store from being read is said now, and not to the first who asks.
    context.store()?.snapshot()?;
    let reported = place.clone();
    let stores = Stores::new(Box::new(move || store::open(&place, || false)));
    let mut protocols: Vec<Protocol> = args.protocols.into_iter().map(Protocol::from).collect();
    protocols.sort();
    protocols.dedup();
    let settings = Settings {
        protocols,
        read_only: args.read_only,
        open_to_all: args.insecure_no_auth,
    };
    let clock = match std::env::var_os("FLAGS_NOW") {
        Some(_) => Clock::Pinned(context.milliseconds()),
        None => Clock::System,
    };
    let app = App::new(settings, stores, clock);
    permitted(&app, &args.listen)?;
    let serve = || server::serve(app, args.listen, |address| announce(context, address));
    match args.no_notify {
        true => serve()?,
        false => reports::beside(&reported, serve)?,
    }
    Ok(Box::new(Ended))
}

/// Refuses to serve what nobody could use, or everybody.
fn permitted(app: &App, listen: &SocketAddr) -> Result<()> {
    if app.settings.open_to_all {
        return match listen.ip().is_loopback() {
            true => Ok(()),
            false => {
                let what = "--insecure-no-auth is for this machine alone, and other machines reach";
                Err(Failure::usage("open_to_all", format!("{what} {listen}")).into())
            }
        };
    }
    match app.access.is_empty()? {
        false => Ok(()),
        true => {
            let refused =
                Failure::usage("no_keys", "no key is configured, so nobody could be let in");
            Err(refused.into())
        }
    }
}

/// Says where the server listens: a program reads it from stdout, a person from stderr.
fn announce(context: &Context, address: SocketAddr) {
    let url = format!("http://{address}");
    // With nobody there to read it, the server serves all the same.
    let _ = match context.mode {
        OutputMode::Json(_) => {
            let mut stream = context.terminal.stream();
            let told = stream.document(&json!({ "listening": url }));
            told.and_then(|()| stream.flush())
        }
        OutputMode::Text => context.terminal.status(format!("listening on {url}")),
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
