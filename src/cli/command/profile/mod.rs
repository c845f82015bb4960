//! `flags profile …`: places by name.
//!
//! A profile says where a project is, of which kind, and how careful to be there. What a server
//! knows us by is kept apart, by `flags auth`.

mod add;
mod list;
mod remove;
mod rename;
mod show;
mod usual;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::config::{ConfigError, Configuration, Editor};
use crate::ui::Report;

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Add a profile: a store on this machine, a server, a database, WorkOS or Astapa
    Add(add::AddArgs),
    /// List the profiles
    List(list::ListArgs),
    /// Show what counts, and where each value comes from
    Show(show::ShowArgs),
    /// Let a profile count where none is named
    Use(usual::UseArgs),
    /// Remove a profile and what was kept to log in with it; the project stays
    Remove(remove::RemoveArgs),
    /// Give a profile another name
    Rename(rename::RenameArgs),
}

/// Runs one of them.
pub fn run(context: &Context, command: ProfileCommand) -> Result<Box<dyn Report>> {
    match command {
        ProfileCommand::Add(args) => add::run(context, args),
        ProfileCommand::List(args) => list::run(context, args),
        ProfileCommand::Show(args) => show::run(context, args),
        ProfileCommand::Use(args) => usual::run(context, args),
        ProfileCommand::Remove(args) => remove::run(context, args),
        ProfileCommand::Rename(args) => rename::run(context, args),
    }
}

/// Refuses a name that would have to be quoted somewhere.
///
/// # Errors
///
/// Exit 2.
pub fn usable_name(name: &str) -> Result<()> {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    // What begins with a dash would be taken for an option.
    if name.is_empty() || name.starts_with('-') || !name.bytes().all(safe) {
        let message = format!("`{name}` is not a profile name: write letters, digits, - and _");
        return Err(Failure::usage("profile_name", message).into());
    }
    Ok(())
}

/// Refuses a name that no profile has.
fn known(configuration: &Configuration, name: &str) -> Result<()> {
    let path = crate::config::configuration_path()?;
    Ok(configuration.profile(name, &path).map(|_| ())?)
}

/// Refuses a name that a profile has already.
fn free(configuration: &Configuration, name: &str) -> Result<()> {
    match configuration.profiles.contains_key(name) {
        false => Ok(()),
        true => {
            let message = format!("there is a profile `{name}` already");
            let hint = format!("`flags profile show {name}` shows it");
            Err(Failure::refused("profile_exists", message)
                .hint(hint)
                .into())
        }
    }
}

/// The configuration file, for whoever alters it.
fn editor() -> Result<Editor, ConfigError> {
    Editor::open(&crate::config::configuration_path()?)
}
