//! `flags auth logout`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::Server;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::credential::{Login, foreseen, forget};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags auth logout`.
#[derive(Debug, Args)]
#[command(
    after_help = "The server knows the key as before: to let it open nothing any more, revoke it \
                  there."
)]
pub struct LogoutArgs {}

/// Forgets what is kept.
pub fn run(context: &Context, _: LogoutArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let server = Server::of(context)?;
    let login = forget(server.profile, server.wanted.patience).map_err(Failure::from)?;
    server.forget_copies();
    // Who has logged out and is let in all the same should know why.
    if let Some(whence) = foreseen(&server.wanted).map_err(Failure::from)? {
        context.warn(&format!("{whence} is there, and is used as before"))?;
    }
    Ok(Box::new(LoggedOut {
        profile: server.profile.to_owned(),
        login,
    }))
}

struct LoggedOut {
    profile: String,
    login: Option<Login>,
}

const FIELDS: &[&str] = &["profile", "logged_out", "host", "source"];

impl Report for LoggedOut {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let login = self.login.as_ref();
        json!({
            "profile": self.profile,
            "logged_out": login.is_some(),
            "host": login.map(|login| &login.origin),
            "source": login.map(|login| login.whence().as_str()),
        })
    }

    fn page(&self) -> Page {
        let line = match &self.login {
            Some(login) => Line::new()
                .good("forgot")
                .plain(format!(" what {} had for ", login.whence()))
                .key(&self.profile)
                .plain(format!(" and {}", login.origin)),
            None => Line::new()
                .plain("nothing was kept for profile ")
                .key(&self.profile),
        };
        Page::new().line(line)
    }

    fn done(&self) -> Option<String> {
        let login = self.login.as_ref();
        login.map(|_| format!("what was kept for profile {} is forgotten", self.profile))
    }
}
