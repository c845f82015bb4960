//! `flags watch`: changes as they are made, by whomever.
//!
//! A revision is the place in the row: whoever knows the last one told knows what is to be told
//! next, so no write is missed and none told twice, whatever comes between. A store has nobody who
//! would call, and is asked every now and then for a number that moves with each write.

mod line;
mod local;
mod server;
mod written;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::log::find::Filter;
use super::log::{AboutArgs, FIELDS, fields, revision};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::write::check_fields;
use crate::domain::catalog::Revision;
use crate::remote::Address;
use crate::ui::{OutputMode, Page, Report};

/// Follow changes as they are made, here or at a server
#[derive(Debug, Args)]
#[command(
    after_help = "Each write is one line, or with --json one document on a line (NDJSON), until \
                  Ctrl-C.\n\nExamples:\n  flags watch --feature sso\
                  \n  flags watch --since 0 --json | jq .changes\
                  \n  FLAGS_API_KEY=sk_… flags watch --url https://flags.example.com"
)]
pub struct WatchArgs {
    /// Tell first what was written behind this revision (0 for all) [default: the present one]
    #[arg(long, value_name = "REVISION", value_parser = revision)]
    since: Option<Revision>,
    #[command(flatten)]
    about: AboutArgs,
    /// Only writes of this actor
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only writes by this command, such as set or `user assign`
    #[arg(long, value_name = "NAME")]
    command: Option<String>,
    /// End after so many writes
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// At most so many changes of each write (0 for all) [default: 5; as documents 100]
    #[arg(long, value_name = "NUMBER")]
    changes: Option<usize>,
    /// One JSON document a line for each write (NDJSON), as with --json
    #[arg(long, visible_alias = "ndjson")]
    lines: bool,
    #[command(flatten)]
    server: ServerArgs,
}

/// Which server is followed instead of the store at hand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Server")]
struct ServerArgs {
    /// Follow the server at this address (https, or http on this machine); its key is
    /// FLAGS_API_KEY, if no file is named
    #[arg(long, value_name = "URL")]
    url: Option<Address>,
    /// The file with the server's key; - for stdin
    #[arg(long, value_name = "FILE", requires = "url")]
    key_file: Option<PathBuf>,
    /// Trust these CA certificates too (PEM)
    #[arg(long, value_name = "FILE", requires = "url")]
    ca_bundle: Option<PathBuf>,
}

/// How long nobody looks whether something was written: soon enough for a person, and far too
/// seldom to be work.
const PAUSE: Duration = Duration::from_millis(100);
/// How many changes of a write are told in words, and in a document.
const CHANGES: (usize, usize) = (5, 100);

/// Tells of writes until it is told to end.
pub fn run(context: &Context, args: WatchArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let documents = args.lines || context.mode != OutputMode::Text;
    let most = if documents { CHANGES.1 } else { CHANGES.0 };
    let watch = Watch {
        context,
        interrupt: Interrupt::listen()?,
        filter: Filter::at_any_time(args.about.mentions(), args.actor, args.command),
        since: args.since,
        limit: args.limit,
        most: args.changes.unwrap_or(most),
        documents,
        fields: fields(context),
    };
    match args.server.url {
        None => local::follow(&watch)?,
        Some(address) => {
            let key = server::key(args.server.key_file.as_deref())?;
            let ca_bundle = args.server.ca_bundle;
            server::follow(&watch, &address, key, ca_bundle)?;
        }
    }
    Ok(Box::new(Told))
}

/// What is to be told, and how.
struct Watch<'w> {
    context: &'w Context,
    interrupt: Interrupt,
    filter: Filter,
    since: Option<Revision>,
    limit: Option<u64>,
    /// How many changes of each write; 0 for all.
    most: usize,
    documents: bool,
    fields: Vec<&'static str>,
}

impl Watch<'_> {
    /// Waits for a moment.
    ///
    /// # Errors
    ///
    /// Once it is told to end, or nobody reads any more.
    fn pause(&self) -> Result<()> {
        self.go_on()?;
        self.context.terminal.pause(PAUSE)?;
        self.go_on()
    }

    /// # Errors
    ///
    /// Once it is told to end.
    fn go_on(&self) -> Result<()> {
        match self.interrupt.asked() {
            Some(exit) => Err(Failure::ended(exit).into()),
            None => Ok(()),
        }
    }

    /// Whether enough has been told.
    fn is_enough(&self, told: u64) -> bool {
        self.limit.is_some_and(|limit| told >= limit)
    }

    /// Says on a person's screen that it has begun: there may be nothing to tell for hours.
    fn announce(&self, what: &str, from: Revision) -> Result<()> {
        match self.documents {
            true => Ok(()),
            false => {
                let text = format!("watching {what} from revision {from} on; Ctrl-C ends");
                self.context.remark(&text)
            }
        }
    }
}

/// Everything has been shown.
struct Told;

impl Report for Told {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
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
