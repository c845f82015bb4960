//! `flags auth status`, of one profile.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::trial::{Trial, nobody, trial};
use super::{Server, in_short, overview};
use crate::cli::context::Context;
use crate::cli::credential::missing;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::Kind;
use crate::config::credential::{Found, Whence, find, foreseen};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags auth status`.
#[derive(Debug, Args)]
#[command(
    after_help = "Where nobody names a profile, every one that names a server is listed, and no keyring \
                  is opened.\nExit 0 if there is a credential (with --check: if the server knows \
                  it), 4 if not or if one is\nlacking. Nothing is sent without --check."
)]
pub struct StatusArgs {
    /// Ask each server whether it knows the credential (one request)
    #[arg(long)]
    check: bool,
}

/// Says what the server would be shown.
pub fn run(context: &Context, args: StatusArgs) -> Result<Box<dyn Report>> {
    if !overview::is_of_one(context.asked())? {
        return overview::run(context, args.check);
    }
    check_fields(context, FIELDS)?;
    let server = Server::of(context)?;
    let whence = foreseen(&server.wanted).map_err(Failure::from)?;
    let found = find(&server.wanted).map_err(Failure::from)?;
    // A server of ours may ask nobody who they are, and a database know us by our certificate.
    let may_want_none = matches!(server.remote.kind, Kind::Http | Kind::Postgres);
    if found.is_none() && (!may_want_none || !args.check) {
        return Err(missing(&server.wanted).into());
    }
    let trial = match (args.check, &found) {
        (false, _) => None,
        (true, Some(found)) => Some(trial(&server, &found.credential)?),
        (true, None) => Some(nobody(&server)?),
    };
    let status = Status {
        profile: server.profile.to_owned(),
        kind: server.remote.kind,
        host: server.wanted.origin.clone(),
        whence,
        found,
        trial,
    };
    if let Some(Trial::Refused(failure) | Trial::Unknown(failure)) = &status.trial {
        let failure = failure.clone();
        // What could be found out is told, and the exit code says the rest.
        context.terminal.show(&status, &context.mode)?;
        return Err(failure.into());
    }
    Ok(Box::new(status))
}

struct Status {
    profile: String,
    kind: Kind,
    host: String,
    whence: Option<Whence>,
    found: Option<Found>,
    trial: Option<Trial>,
}

const FIELDS: &[&str] = &[
    "profile",
    "kind",
    "host",
    "source",
    "from",
    "client_id",
    "credential",
    "works",
];

impl Report for Status {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let found = self.found.as_ref();
        let credential = found.map(|found| &found.credential);
        json!({
            "profile": self.profile,
            "kind": self.kind.as_str(),
            "host": self.host,
            "source": self.whence.as_ref().map(Whence::as_str),
            "from": self.whence.as_ref().map(ToString::to_string),
            "client_id": credential.and_then(|credential| credential.client()),
            "credential": credential.map(|credential| {
                crate::config::credential::masked(credential.secret(), self.kind)
            }),
            "works": self.trial.as_ref().and_then(Trial::verdict),
        })
    }

    fn page(&self) -> Page {
        let works = match &self.trial {
            None => Line::new().dim("not asked; --check asks the server"),
            Some(Trial::Works) => Line::new().good("yes"),
            Some(Trial::Narrow(what)) => Line::new().good("yes").plain(format!(", {what}")),
            Some(Trial::Refused(failure)) => Line::new()
                .bad("no")
                .plain(format!(": {}", failure.message)),
            Some(Trial::Unknown(_)) => Line::new().warn("could not be asked"),
        };
        let short = self
            .found
            .as_ref()
            .map(|found| in_short(&found.credential, self.kind));
        let from = match (&self.whence, &self.found) {
            (Some(whence), _) => whence.to_string(),
            (None, Some(found)) => found.whence.to_string(),
            (None, None) => "nowhere".to_owned(),
        };
        let mut table = Table::default();
        table.push([Line::from("profile"), Line::new().key(&self.profile)]);
        let server = format!("{} at {}", self.kind.title(), self.host);
        table.push([Line::from("server"), Line::from(server)]);
        table.push([
            Line::from("credential"),
            Line::from(short.unwrap_or_else(|| "none".to_owned())),
        ]);
        table.push([Line::from("from"), Line::from(from)]);
        table.push([Line::from("works"), works]);
        Page::new().table(table)
    }
}
