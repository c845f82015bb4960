//! `flags token …`: JWTs.

mod decode;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::ui::Report;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Show what a token says; nothing of it is verified
    Decode(decode::DecodeArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: TokenCommand) -> Result<Box<dyn Report>> {
    match command {
        TokenCommand::Decode(args) => decode::run(context, args),
    }
}
