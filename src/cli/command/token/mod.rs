//! `flags token …`: JWTs.

mod decode;
mod diff;
mod inspect;
mod inspection;
mod issue;
pub mod key_file;
pub mod key_source;
mod keys;
mod lines;
pub mod policy;
mod said;
pub mod source;
pub mod verify;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::ui::Report;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Show what a token says; nothing of it is verified
    Decode(decode::DecodeArgs),
    /// Compare a token with what its subject is entitled to, when it was issued and now
    Diff(diff::DiffArgs),
    /// Explain what a token says, and find what is odd about it; nothing of it is verified
    Inspect(inspect::InspectArgs),
    /// Prove a token: exit 0 if it is genuine, for us and for now, 1 if not
    Verify(Box<verify::VerifyArgs>),
    /// Mint a token for a user, with what they are entitled to at that moment
    Issue(Box<issue::IssueArgs>),
    /// Keys: generate, public halves as PEM or JWKS
    #[command(subcommand)]
    Keys(keys::KeysCommand),
}

/// Runs one of them.
pub fn run(context: &Context, command: TokenCommand) -> Result<Box<dyn Report>> {
    match command {
        TokenCommand::Decode(args) => decode::run(context, args),
        TokenCommand::Diff(args) => diff::run(context, args),
        TokenCommand::Inspect(args) => inspect::run(context, args),
        TokenCommand::Verify(args) => verify::run(context, *args),
        TokenCommand::Issue(args) => issue::run(context, *args),
        TokenCommand::Keys(command) => keys::run(context, command),
    }
}
