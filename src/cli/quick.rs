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
struct Quick<C: Subcommand> {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: C,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Question {
    Get(command::get::GetArgs),
    Resolve(command::resolve::ResolveArgs),
    Check(command::check::LeanCheckArgs),
    Explain(command::explain::ExplainArgs),
}

/// By itself, since what a command has below it is not put off until it is asked for.
#[derive(Debug, Subcommand)]
enum AboutTokens {
    #[command(subcommand)]
    Token(command::token::TokenCommand),
}

/// Reads the process's arguments.
pub fn read(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let quick = match arguments.get(1).and_then(|name| name.to_str()) {
        Some("get" | "resolve" | "check" | "explain") => quick::<Question>(arguments),
        Some("token") => quick::<AboutTokens>(arguments),
        _ => None,
    };
    quick.map_or_else(|| parse(arguments), Ok)
}

fn quick<C: Subcommand + Into<Command>>(arguments: &[OsString]) -> Option<Cli> {
    let Quick::<C> { global, command } = parse(arguments).ok()?;
    let command = command.into();
    Some(Cli { global, command })
}

impl From<Question> for Command {
    fn from(question: Question) -> Self {
        match question {
            Question::Get(args) => Self::Get(args),
            Question::Resolve(args) => Self::Resolve(args),
            Question::Check(args) => Self::Check(Box::new(args.into())),
            Question::Explain(args) => Self::Explain(args),
        }
    }
}

impl From<AboutTokens> for Command {
    fn from(AboutTokens::Token(command): AboutTokens) -> Self {
        Self::Token(command)
    }
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
