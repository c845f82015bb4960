//! `flags notify add`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::{ArgGroup, Args};
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{is_stdin, read_text};
use crate::cli::write::{agree_beside, check_fields};
use crate::domain::catalog::Revision;
use crate::notify::destination::{address, secret};
use crate::notify::{Destination, DestinationName, Hidden, Kind, Wanted, save};
use crate::ui::{Line, Page, Report, prompt};

/// Arguments of `flags notify add`.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("kind").required(true),
    after_help = "The address of a webhook is a secret, so it is never an argument: it is read from \
                  a file, from stdin, or asked for.\n\nExamples:\n  \
                  flags notify add ops --slack < slack-url.txt\n  \
                  flags notify add audit --webhook --url-file url.txt --event 'flag.*'"
)]
pub struct AddArgs {
    /// A name for the destination
    #[arg(value_name = "NAME")]
    name: DestinationName,
    /// Messages for a Slack incoming webhook
    #[arg(long, group = "kind")]
    slack: bool,
    /// Signed events, as WorkOS sends them
    #[arg(long, group = "kind")]
    webhook: bool,
    /// The file with the address; - for stdin [default: asked for, or stdin]
    #[arg(long, value_name = "FILE")]
    url_file: Option<PathBuf>,
    /// The file with the signing secret; - for stdin [default: one is made and shown once]
    #[arg(long, value_name = "FILE", conflicts_with = "slack")]
    secret_file: Option<PathBuf>,
    /// Only these events, by name or beginning, such as flag.* (may be repeated)
    #[arg(
        long = "event",
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "*"
    )]
    events: Vec<Wanted>,
    /// Let the server be within this network
    #[arg(long)]
    allow_private: bool,
    /// Report what was written behind this revision too (0 for all) [default: the present one]
    #[arg(long, value_name = "REVISION")]
    since: Option<u64>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

const FIELDS: &[&str] = &["name", "kind", "server", "events", "since", "secret"];

/// Adds a destination.
pub fn run(context: &Context, args: AddArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    agree_beside(context, args.yes, "Report to another destination")?;
    let store = context.store()?;
    let latest = store.snapshot()?.revision()?;
    let kind = match args.slack {
        true => Kind::Slack,
        false => Kind::Webhook,
    };
    let url = read_url(args.url_file.as_deref(), args.secret_file.as_deref())?;
    if !args.allow_private && address(url.reveal())?.is_within_network() {
        let within = "the address is within this network, which could be knocked on by mistake";
        let hint = "--allow-private says that it is meant";
        return Err(Failure::usage("address_private", within).hint(hint).into());
    }
    let (signing, made) = match (kind, &args.secret_file) {
        (Kind::Slack, _) => (None, None),
        (Kind::Webhook, Some(file)) => (Some(secret(read_text(file)?.trim())?), None),
        (Kind::Webhook, None) => {
            let made = generated()?;
            (Some(made.clone()), Some(made))
        }
    };
    let destination = Destination {
        kind,
        url,
        secret: signing,
        events: args.events,
        private: args.allow_private,
        created: context.milliseconds(),
        since: args
            .since
            .map_or(latest, |since| Revision(since).min(latest)),
    };
    save(store, &args.name, &destination)?;
    Ok(Box::new(Added {
        name: args.name,
        destination,
        made,
    }))
}

/// The address, from wherever it is handed over.
fn read_url(file: Option<&Path>, secret_file: Option<&Path>) -> Result<Hidden> {
    let stdin = Path::new("-");
    let text = match file {
        Some(file) => read_text(file)?,
        None if prompt::possible() => prompt::secret("Address of the webhook (not shown)")?,
        None => read_text(stdin)?,
    };
    if file.is_none_or(is_stdin) && secret_file.is_some_and(is_stdin) {
        let both = "stdin cannot hold both the address and the signing secret";
        return Err(Failure::usage("usage", both)
            .hint("name a file for one of them")
            .into());
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::usage("no_address", "there is no address in what was read").into());
    }
    address(text)?;
    Ok(text.to_owned().into())
}

/// A signing secret of 256 random bits.
fn generated() -> Result<Hidden> {
    let mut bytes = [0; 32];
    let made = rand::fill(&mut bytes);
    made.map_err(|_| Failure::usage("no_randomness", "the system has no random numbers"))?;
    Ok(format!("whsec_{}", URL_SAFE_NO_PAD.encode(bytes)).into())
}

struct Added {
    name: DestinationName,
    destination: Destination,
    made: Option<Hidden>,
}

impl Report for Added {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "name": self.name.as_str(),
            "kind": self.destination.kind.as_str(),
            "server": self.destination.server(),
            "events": self.destination.events,
            "since": self.destination.since,
            "secret": self.made.as_ref().map(Hidden::reveal),
        })
    }

    fn page(&self) -> Page {
        let line = Line::new()
            .good("added")
            .plain(" ")
            .key(self.name.to_string())
            .plain(format!(
                ": changes are reported to {}",
                self.destination.server()
            ));
        let page = Page::new().line(line);
        let page = match &self.made {
            None => page,
            Some(made) => page.line(
                Line::new()
                    .plain("signing secret, shown once: ")
                    .strong(made.reveal()),
            ),
        };
        page.line("`flags serve` delivers, or `flags notify run`")
    }

    fn done(&self) -> Option<String> {
        Some(format!("the destination {} was added", self.name))
    }
}
