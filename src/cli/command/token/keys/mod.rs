//! `flags token keys …`: keys to mint with, and what to give to those who verify.

mod generate;
mod jwks;
mod public;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::ui::Report;

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key to sign tokens with, in a file that only its owner can read
    Generate(generate::GenerateArgs),
    /// Print the public half of a key as PEM
    Public(public::PublicArgs),
    /// Print the public halves of keys as a JWKS, to be published
    Jwks(jwks::JwksArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: KeysCommand) -> Result<Box<dyn Report>> {
    match command {
        KeysCommand::Generate(args) => generate::run(context, args),
        KeysCommand::Public(args) => public::run(args),
        KeysCommand::Jwks(args) => jwks::run(args),
    }
}
