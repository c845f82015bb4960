//! `flags serve keys`: who may use a server of this store.
//!
//! A key is a record of the store, so a server that runs already knows it from the next request on.

mod create;
mod list;
mod revoke;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::domain::time::Time;
use crate::server::access::{Key, KeyError, Scope};
use crate::ui::Report;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key, which is shown this once
    Create(create::CreateArgs),
    /// The keys, what they may do, and when they were last used
    List(list::ListArgs),
    /// Let a key open nothing any more, from the next request on
    Revoke(revoke::RevokeArgs),
}

/// Does it.
pub fn run(context: &Context, command: KeysCommand) -> Result<Box<dyn Report>> {
    match command {
        KeysCommand::Create(args) => create::run(context, args),
        KeysCommand::List(args) => list::run(context, args),
        KeysCommand::Revoke(args) => revoke::run(context, args),
    }
}

const FIELDS: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
];

/// A key for a program: everything but what it opens the server with.
fn document(key: &Key, now: i64) -> Value {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
    json!({
        "name": key.name,
        "scopes": scopes,
        "standing": standing(key, now),
        "created": moment(Some(key.created)),
        "expires": moment(key.expires),
        "last_used": moment(key.used),
        "revoked": moment(key.revoked),
        "client_id": key.client,
    })
}

/// Whether it opens anything.
fn standing(key: &Key, now: i64) -> &'static str {
    match (key.revoked, key.expires) {
        (Some(_), _) => "revoked",
        (None, Some(expires)) if expires <= now => "expired",
        _ => "valid",
    }
}

/// Milliseconds since 1970 as the moment that they are.
fn moment(milliseconds: Option<i64>) -> Option<String> {
    let seconds = milliseconds?.div_euclid(1000);
    Time::from_unix(seconds).ok().map(|time| time.to_string())
}

fn in_words(scopes: &[Scope]) -> String {
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    scopes.join(", ")
}

fn of_key(error: KeyError) -> Failure {
    Failure::usage("key", error.to_string())
}
