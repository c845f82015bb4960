//! Commands that are about two places: how each of them is named.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::context::Context;
use super::database;
use super::failure::Failure;
use crate::config::{self, Asked, Configuration, Lives};

/// Refuses what would name one place only, or belong to nobody knows which of the two.
pub fn names_no_other(context: &Context, command: &str) -> Result<()> {
    let asked = context.asked();
    if asked.store.is_some() || asked.profile.is_some() {
        let both =
            format!("{command} takes its two places as arguments, not by --store or --profile");
        return Err(Failure::usage("usage", both).into());
    }
    if asked.credential_file.is_some() {
        let whose =
            format!("{command} has two places, and nobody says whose credential is in that file");
        return Err(Failure::usage("usage", whose)
            .hint("`flags auth login --profile NAME` keeps each server's own")
            .into());
    }
    Ok(())
}

/// A profile of that name, or else a store at that path.
pub fn place_of(name: &str) -> Result<Asked> {
    named(name, |path| path.exists())
}

/// The same where the store may be yet to be made: what looks like a file's name is a path.
pub fn place_to_be(name: &str) -> Result<Asked> {
    named(name, |path| path.exists() || path.extension().is_some())
}

fn named(name: &str, is_file: impl FnOnce(&Path) -> bool) -> Result<Asked> {
    let known = Configuration::read(&config::configuration_path()?)?;
    let path = PathBuf::from(name);
    let is_path = name.contains('/') || is_file(&path);
    Ok(match !known.profiles.contains_key(name) && is_path {
        true => Asked {
            store: Some(path),
            ..Asked::default()
        },
        false => Asked {
            profile: Some(name.to_owned()),
            ..Asked::default()
        },
    })
}

/// Whether both are one place.
pub fn same(from: &Context, to: &Context) -> Result<bool> {
    match (&from.place()?.lives, &to.place()?.lives) {
        (Lives::Here(from), Lives::Here(to)) => {
            let real = |path: &PathBuf| std::fs::canonicalize(path).ok();
            Ok(from == to || real(from).is_some_and(|found| Some(found) == real(to)))
        }
        (Lives::Database(here), Lives::Database(there)) => {
            let here = database::unlocked(from.place()?, here)?;
            let there = database::unlocked(to.place()?, there)?;
            Ok(database::same(&here, &there))
        }
        // At one address there can be as many projects as there are keys.
        (there, other) => Ok(there == other && from.place()?.profile == to.place()?.profile),
    }
}
