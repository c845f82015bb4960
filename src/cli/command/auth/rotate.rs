//! `flags auth rotate`.
//!
//! The old key stays until the new one is known to work: whoever interrupts this, or hands over a
//! key that the server does not know, is let in as before.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::given::GivenArgs;
use super::login::kept;
use super::trial::trial;
use super::{Server, in_short};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::Kind;
use crate::config::credential::{Keeper, login_of};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags auth rotate`.
#[derive(Debug, Args)]
#[command(
    after_help = "The new key is made where the old one was: by `flags serve keys create` where the \
                  server's store\nis, or in the Dashboard of WorkOS or Astapa; a database's\nby `ALTER ROLE`. It is tried by one \
                  request, and replaces the old one\nwhere that was kept. Revoke the old one then."
)]
pub struct RotateArgs {
    #[command(flatten)]
    given: GivenArgs,
}

/// Replaces what is kept.
pub fn run(context: &Context, args: RotateArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let server = Server::of(context)?;
    let Some(before) = login_of(server.profile).map_err(Failure::from)? else {
        let message = format!("nothing is kept for profile `{}`", server.profile);
        let failure = Failure::denied("no_credential", message);
        return Err(failure
            .hint(
                "`flags auth login` keeps a key; what a variable or a file holds is changed there",
            )
            .into());
    };
    // The new one may be another client's.
    let (wanted, found) = args.given.take(context, &server)?;
    trial(&server, &found.credential)?.works()?;
    let login = kept(&server, &wanted, &found, before.kept)?;
    server.forget_copies();
    Ok(Box::new(Rotated {
        profile: server.profile.to_owned(),
        kind: server.remote.kind,
        host: login.origin.clone(),
        kept: before.kept,
        source: login.whence().as_str(),
        short: in_short(&found.credential, wanted.kind),
    }))
}

struct Rotated {
    profile: String,
    kind: Kind,
    host: String,
    kept: Keeper,
    source: &'static str,
    short: String,
}

const FIELDS: &[&str] = &["profile", "host", "source", "rotated"];

impl Report for Rotated {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "profile": self.profile,
            "host": self.host,
            "source": self.source,
            "rotated": true,
        })
    }

    fn page(&self) -> Page {
        let place = match self.kept {
            Keeper::Keyring => "the keyring",
            Keeper::File => "the private file",
        };
        let line = Line::new()
            .good("replaced")
            .plain(format!(" what {place} has for "))
            .key(&self.profile)
            .plain(format!(" by {}, which {} knows", self.short, self.host));
        let next = match self.kind {
            Kind::Workos => "revoke the old key in WorkOS's Dashboard, under API Keys",
            Kind::Astapa => "revoke the old secret in Astapa's Dashboard",
            Kind::Postgres => "the database forgot the old one when it took the new one",
            _ => "revoke the old key where the server's store is: `flags serve keys revoke NAME`",
        };
        Page::new()
            .line(line)
            .line(Line::new().dim("next: ").plain(next))
    }

    fn done(&self) -> Option<String> {
        Some(format!("the key for profile {} was replaced", self.profile))
    }
}
