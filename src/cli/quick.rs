//! The commands that scripts call by the thousand, defined without all the others.
//!
//! Building the definition of every command and option takes longer than a whole look-up in the
//! store. These few are tried by themselves first, with the very same types; whatever is not
//! read that way (help, a mistake, another command) goes to the complete definition, which then
//! also words the error.

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::args::{Cli, Command, GlobalArgs};
use super::command;

#[derive(Debug, Parser)]
#[command(name = "flags")]
struct Quick {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: QuickCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum QuickCommand {
    Get(command::get::GetArgs),
    Resolve(command::resolve::ResolveArgs),
    Check(command::check::LeanCheckArgs),
    Explain(command::explain::ExplainArgs),
    #[command(subcommand)]
    Token(command::token::TokenCommand),
}

const NAMES: [&str; 5] = ["get", "resolve", "check", "explain", "token"];

/// Reads the process's arguments.
pub fn read(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let named = |name: &OsString| NAMES.iter().any(|quick| name == quick);
    if arguments.get(1).is_some_and(named)
        && let Ok(Quick { global, command }) = parse::<Quick>(arguments)
    {
        let command = match command {
            QuickCommand::Get(args) => Command::Get(args),
            QuickCommand::Resolve(args) => Command::Resolve(args),
            QuickCommand::Check(args) => Command::Check(Box::new(args.into())),
            QuickCommand::Explain(args) => Command::Explain(args),
            QuickCommand::Token(args) => Command::Token(args),
        };
        return Ok(Cli { global, command });
    }
    parse(arguments)
}

fn parse<T: CommandFactory + FromArgMatches>(arguments: &[OsString]) -> Result<T, clap::Error> {
    let mut definition = T::command();
    let matches = definition.try_get_matches_from_mut(arguments);
    let read = matches.and_then(|matches| {
        T::from_arg_matches(&matches).map_err(|error| error.format(&mut definition))
    });
    // Hundreds of small pieces: taking them apart costs time now, and leaves the allocator with
    // holes to search through whenever SQLite asks it for something larger.
    std::mem::forget(definition);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_quick_definition_reads_what_the_complete_one_reads() {
        for line in [
            "flags check analytics !beta --user u1 --org acme --json=ok",
            "flags get max_seats --plan pro --store s.db",
            "flags resolve --org acme --at 14d --target workspace:w1",
            "flags explain analytics --user u1 --profile p",
            "flags explain analytics --user u1 --history --at r17",
            "flags token decode abc",
            "flags token diff - --user u1 --feature analytics --file c.json",
        ] {
            let quick = format!("{:?}", read(&words(line)).unwrap());
            let complete = format!("{:?}", parse::<Cli>(&words(line)).unwrap());
            assert_eq!(quick, complete, "{line}");
        }
    }

    #[test]
    fn the_complete_definition_words_help_and_mistakes() {
        for line in [
            "flags check",
            "flags check --help",
            "flags get a --usr u1",
            "flags token",
        ] {
            let quick = read(&words(line)).unwrap_err().render().to_string();
            let complete = parse::<Cli>(&words(line)).unwrap_err().render().to_string();
            assert_eq!(quick, complete, "{line}");
        }
    }
}
