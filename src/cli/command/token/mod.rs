//! `flags token …`: JWTs.

mod decode;
mod issue;
mod key_file;
mod keys;
mod lines;
mod policy;
mod source;
mod verify;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::ui::Report;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Show what a token says; nothing of it is verified
    Decode(decode::DecodeArgs),
    /// Prove a token: exit 0 if it is genuine, for us and for now, 1 if not
    Verify(verify::VerifyArgs),
    /// Mint a token for a user, with what they are entitled to at that moment
    Issue(issue::IssueArgs),
    /// Keys: generate, public halves as PEM or JWKS
    #[command(subcommand)]
    Keys(keys::KeysCommand),
}

/// Runs one of them.
pub fn run(context: &Context, command: TokenCommand) -> Result<Box<dyn Report>> {
    match command {
        TokenCommand::Decode(args) => decode::run(context, args),
        TokenCommand::Verify(args) => verify::run(context, args),
        TokenCommand::Issue(args) => issue::run(context, args),
        TokenCommand::Keys(command) => keys::run(context, command),
    }
}
