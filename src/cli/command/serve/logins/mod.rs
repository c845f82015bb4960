//! `flags serve logins …`: what an application renews its users' tokens with.

mod create;
mod list;
mod revoke;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::time::Time;
use crate::server::astapa::login::Login;
use crate::store::{RecordKind, Store};
use crate::ui::Report;

/// What to do with logins.
#[derive(Debug, Subcommand)]
pub enum LoginsCommand {
    /// Log a user in: print a first refresh token, or a code to exchange for one
    Create(create::CreateArgs),
    /// Whose logins there are, and until when
    List(list::ListArgs),
    /// End logins: what an application has of them opens nothing any more
    Revoke(revoke::RevokeArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: LoginsCommand) -> Result<Box<dyn Report>> {
    match command {
        LoginsCommand::Create(args) => create::run(context, args),
        LoginsCommand::List(args) => list::run(context, args),
        LoginsCommand::Revoke(args) => revoke::run(context, &args),
    }
}

/// A login with its record's name.
type Row = (String, Login);

/// All logins, in the order of their names.
fn all(store: &dyn Store) -> Result<Vec<Row>> {
    let records = store.records(RecordKind::Login)?.into_iter();
    let logins = records.filter_map(|(name, body)| Some((name, Login::read(&body)?)));
    Ok(logins.collect())
}

/// A moment as programs read it.
fn moment(milliseconds: i64) -> Value {
    let time = Time::from_unix(milliseconds.div_euclid(1000));
    time.map_or(Value::Null, |time| json!(time))
}
