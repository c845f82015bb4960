//! A key or secret as somebody hands it over.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use zeroize::Zeroizing;

use super::Server;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::is_stdin;
use crate::config::Kind;
use crate::config::credential::{CredentialError, Found, Wanted, Whence, is_shared, read_from};
use crate::ui::prompt;

/// Where a new key or secret comes from.
#[derive(Debug, Args)]
pub struct GivenArgs {
    /// The file with the key or secret; - for stdin [default: asked for, or stdin]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fd", "credential_file"])]
    key_file: Option<PathBuf>,
    /// Read it from this open file descriptor
    #[arg(long, value_name = "NUMBER", conflicts_with = "credential_file")]
    #[arg(value_parser = clap::value_parser!(i32).range(0..))]
    fd: Option<i32>,
    /// Whose secret it is: Astapa's client ID [default: the profile's]
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
}

impl GivenArgs {
    /// Reads it, and says what is wrong with it before anything is sent or kept.
    ///
    /// # Errors
    ///
    /// Exit 2 where it cannot be read, or is none for this kind of server.
    pub fn take(&self, context: &Context, server: &Server<'_>) -> Result<(Wanted, Found)> {
        let mut wanted = server.wanted.clone();
        if let Some(id) = &self.client_id {
            if wanted.kind != Kind::Astapa {
                let message = "--client-id is for Astapa, where a secret belongs to a client";
                return Err(Failure::usage("usage", message).into());
            }
            wanted.client_id = Some(id.clone());
        }
        let file = self.key_file.as_ref().or(wanted.file.as_ref());
        let (text, whence) = match (file, self.fd) {
            (Some(file), _) if is_stdin(file) => of_stdin()?,
            (Some(file), _) => of_file(context, file)?,
            (None, Some(number)) => of_descriptor(number)?,
            (None, None) if prompt::possible() => typed(server, &mut wanted)?,
            (None, None) => of_stdin()?,
        };
        let found = wanted.take(&text, whence).map_err(Failure::from)?;
        // What is kept belongs to this client from now on.
        wanted.client_id = found.credential.client().map(str::to_owned);
        Ok((wanted, found))
    }
}

type Text = (Zeroizing<String>, Whence);

fn of_stdin() -> Result<Text> {
    let read = read_from(io::stdin().lock());
    let text = read.map_err(|what| unreadable(Whence::Stdin, what))?;
    Ok((text, Whence::Stdin))
}

fn of_file(context: &Context, file: &Path) -> Result<Text> {
    let whence = Whence::File(file.to_owned());
    if is_shared(file) {
        let shared = format!("others can read {}", file.display());
        context.warn(&format!("{shared}: remove it once the key is kept"))?;
    }
    let opened = std::fs::File::open(file);
    let opened = opened.map_err(|error| unreadable(whence.clone(), error.to_string()))?;
    let text = read_from(opened).map_err(|what| unreadable(whence.clone(), what))?;
    Ok((text, whence))
}

/// An open descriptor, by the name that the system has for it.
fn of_descriptor(number: i32) -> Result<Text> {
    let whence = Whence::Descriptor(number);
    let opened = std::fs::File::open(format!("/dev/fd/{number}"));
    let opened = opened.map_err(|error| unreadable(whence.clone(), error.to_string()))?;
    let text = read_from(opened).map_err(|what| unreadable(whence.clone(), what))?;
    Ok((text, whence))
}

fn typed(server: &Server<'_>, wanted: &mut Wanted) -> Result<Text> {
    let Server { place, remote, .. } = server;
    let what = match remote.kind {
        Kind::Astapa => "Client secret",
        Kind::Postgres => "Password",
        _ => "API key",
    };
    if remote.kind == Kind::Astapa && wanted.client_id.is_none() {
        let id = prompt::input(&format!("Client ID for {place}"), None)?;
        wanted.client_id = Some(id);
    }
    let question = format!("{what} for {} at {place} (not shown)", remote.kind.title());
    let text = Zeroizing::new(prompt::secret(&question)?);
    Ok((text, Whence::Typed))
}

fn unreadable(whence: Whence, what: String) -> Failure {
    CredentialError::Unreadable { whence, what }.into()
}
