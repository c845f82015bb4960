//! `flags auth …`: what servers know us by.
//!
//! A secret is never an argument, where the process list and the shell's history have it. It comes
//! from a file, an open descriptor, stdin or a hidden prompt, and goes to the keyring, or to a
//! private file where that was asked for by name.

mod given;
mod login;
mod logout;
mod overview;
mod rotate;
mod status;
mod trial;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::cli::credential;
use crate::cli::database;
use crate::cli::failure::Failure;
use crate::cli::offline;
use crate::config::credential::{Credential, Wanted, masked};
use crate::config::{Kind, Lives, Place, Remote};
use crate::store::offline::Reader;
use crate::ui::Report;

/// What to do about credentials.
#[derive(Debug, Subcommand)]
pub enum AuthCommand {
    /// Keep a key or secret for a profile's server
    Login(login::LoginArgs),
    /// Forget what is kept for a profile
    Logout(logout::LogoutArgs),
    /// What the profiles' servers would be shown, where it comes from, and whether it works
    Status(status::StatusArgs),
    /// Replace what is kept by a new key or secret, once that is known to work
    Rotate(rotate::RotateArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: AuthCommand) -> Result<Box<dyn Report>> {
    match command {
        AuthCommand::Login(args) => login::run(context, args),
        AuthCommand::Logout(args) => logout::run(context, args),
        AuthCommand::Status(args) => status::run(context, args),
        AuthCommand::Rotate(args) => rotate::run(context, args),
    }
}

/// The profile that is logged in with, and its server.
struct Server<'c> {
    context: &'c Context,
    profile: &'c str,
    place: &'c Place,
    remote: &'c Remote,
    wanted: Wanted,
}

impl<'c> Server<'c> {
    /// The server of the profile that counts.
    fn of(context: &'c Context) -> Result<Self> {
        let place = context.place()?;
        let (remote, wanted) = match &place.lives {
            Lives::Here(_) => return Err(nowhere(place).into()),
            Lives::There(remote) => (remote, credential::wanted(context, place, remote)?),
            Lives::Database(remote) => {
                let found = database::unlocked(place, remote)?;
                (remote, database::wanted(context, place, &found))
            }
        };
        let Some(profile) = place.profile.as_deref() else {
            return Err(nowhere(place).into());
        };
        Ok(Self {
            context,
            profile,
            place,
            remote,
            wanted,
        })
    }
}

impl Server<'_> {
    /// Takes away what was read with the key before: the next may belong to another environment.
    fn forget_copies(&self) {
        if let Some(shelf) = offline::shelf(self.place, self.remote, Reader::nobody()) {
            shelf.clear();
        }
    }
}

fn nowhere(place: &Place) -> Failure {
    if place.database().is_some() {
        let message = format!(
            "the database {place} is named by no profile, and what is kept is kept for one"
        );
        return Failure::refused("not_remote", message)
            .hint("`flags profile add NAME --url postgres://…` makes one")
            .hint("PGPASSWORD, PGPASSFILE and --credential-file need none");
    }
    let what = match &place.profile {
        Some(name) => format!("profile `{name}` names a store on this machine"),
        None => format!("the store {place} is on this machine"),
    };
    Failure::refused(
        "not_remote",
        format!("{what}, which asks nobody who they are"),
    )
    .hint("--profile NAME names a server's profile; `flags profile list` shows them")
    .hint("`flags profile add NAME --url URL` makes one")
}

/// As much of a credential as its owner needs to tell it from another.
fn in_short(credential: &Credential, kind: Kind) -> String {
    let end = masked(credential.secret(), kind);
    if kind == Kind::Postgres {
        let user = credential.client().unwrap_or_default();
        return format!("the password of {user}");
    }
    match credential.client() {
        Some(id) => format!("{id} with {end}"),
        None => end,
    }
}
