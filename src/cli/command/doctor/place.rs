//! What is around the store: settings, clock, and who may touch its files.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Check;
use crate::cli::context::Context;
use crate::cli::shell::quoted;
use crate::config::{self, Configuration, Lives};
use crate::ui::size;

/// The configuration file, the place that was found, and the clock.
pub fn settings(context: &Context) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    let file = config::configuration_path();
    checks.push(match &file {
        Err(error) => Check::warning("configuration", error.to_string()),
        Ok(file) => match Configuration::read(file) {
            Err(error) => Check::problem("configuration", error.to_string())
                .advice("put the file right; until then name the store with --store"),
            Ok(_) if !file.exists() => Check::ok("configuration", "no file, and none is needed"),
            Ok(found) => {
                let profiles = found.profiles.len();
                let found = format!("{}: {profiles} profiles", file.display());
                Check::ok("configuration", found)
            }
        },
    });
    checks.push(match context.place() {
        Err(error) => Check::problem("profile", error.to_string())
            .advice("`flags init` makes a store and a profile; --store names a store"),
        Ok(place) => {
            let what = match &place.lives {
                Lives::Here(_) => "store".to_owned(),
                Lives::There(remote) => format!("server ({})", remote.kind.title()),
                Lives::Database(_) => "database (PostgreSQL)".to_owned(),
            };
            Check::ok(
                "profile",
                match &place.profile {
                    Some(name) => format!("profile {name} names the {what} {place}"),
                    None => format!("the {what} {place}, by no profile"),
                },
            )
        }
    });
    let now = context.now()?;
    checks.push(match std::env::var_os("FLAGS_NOW") {
        Some(_) => Check::warning("clock", format!("FLAGS_NOW says {now}"))
            .advice("unset FLAGS_NOW, unless this is a test"),
        None => Check::ok("clock", now.to_string()),
    });
    Ok(checks)
}

/// Who may read and write the files, and whether that was put right.
pub fn permissions(store: &Path, fix: bool) -> Vec<Check> {
    let mut checks = Vec::new();
    let open: Vec<PathBuf> = files(store)
        .filter(|file| mode(file) & 0o077 != 0)
        .collect();
    let named = |files: &[PathBuf]| {
        let names = files
            .iter()
            .map(|file| format!("{} is {:04o}", file.display(), mode(file)));
        names.collect::<Vec<_>>().join(", ")
    };
    let closed =
        |file: &&PathBuf| fix && fs::set_permissions(file, Permissions::from_mode(0o600)).is_ok();
    let before = named(&open);
    if open.is_empty() {
        if store.exists() {
            checks.push(Check::ok("permissions", "only the owner reads and writes"));
        }
    } else if open.iter().filter(closed).count() == open.len() {
        checks.push(Check::ok("permissions", format!("{before}: put right")));
    } else {
        let paths = open.iter().map(|file| quoted(&file.to_string_lossy()));
        let paths = paths.collect::<Vec<_>>().join(" ");
        let found = format!("others may get at the store: {before}");
        let advice = format!("`flags doctor --fix`, or `chmod 600 {paths}`");
        checks.push(Check::problem("permissions", found).advice(advice));
    }
    checks.extend(directory(store));
    checks
}

/// A directory in which others may write lets them put another file in the store's place.
fn directory(store: &Path) -> Option<Check> {
    let place = store.canonicalize().ok()?;
    let directory = place.parent()?;
    let mode = mode(directory);
    // In a directory such as /tmp everybody may write, and move only what is their own.
    if mode & 0o022 != 0 && mode & 0o1000 == 0 {
        let found = format!("others may write in {}: {mode:04o}", directory.display());
        let advice = format!("`chmod go-w {}`", quoted(&directory.to_string_lossy()));
        return Some(Check::problem("directory", found).advice(advice));
    }
    let found = format!("{} is {mode:04o}", directory.display());
    Some(Check::ok("directory", found))
}

fn files(store: &Path) -> impl Iterator<Item = PathBuf> {
    let place = store.canonicalize().unwrap_or_else(|_| store.to_owned());
    let beside = ["", "-wal", "-shm", "-journal"].map(|suffix| {
        let mut name = place.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    });
    beside.into_iter().filter(|file| file.is_file())
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).map_or(0, |found| found.permissions().mode() & 0o7777)
}

/// What restores have kept, and what was cut off has left behind.
pub fn leftovers(store: &Path) -> Option<Check> {
    let place = store.canonicalize().ok()?;
    let name = place.file_name()?.to_string_lossy().into_owned();
    let (mut kept, mut bytes, mut unfinished) = (0, 0, 0);
    for entry in fs::read_dir(place.parent()?).ok()?.flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        if found.starts_with(&format!("{name}.replaced-")) {
            kept += 1;
            bytes += entry.metadata().map_or(0, |metadata| metadata.len());
        } else if found.starts_with(&format!(".{name}.creating-")) {
            unfinished += 1;
        }
    }
    if unfinished > 0 {
        let found = format!("{unfinished} backups or restores are under way, or were cut off");
        return Some(
            Check::warning("leftovers", found).advice("the next `flags backup` clears them away"),
        );
    }
    if kept == 0 {
        return Some(Check::ok("leftovers", "none"));
    }
    let found = format!("{kept} stores that were replaced are kept, {}", size(bytes));
    let advice = format!("remove {name}.replaced-* when nobody needs them");
    Some(Check::warning("leftovers", found).advice(advice))
}
