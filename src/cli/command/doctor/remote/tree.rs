//! What the working tree says: variables in its `.env` files, and the SDK that an application calls.
//! Names alone are looked at; no value is read further than to see that there is one.

use std::fs;
use std::path::Path;

use super::super::Check;
use super::Server;
use crate::config::Kind;

/// A file of variables is shorter.
const MOST_BYTES: u64 = 1 << 20;

/// Looks at the directory that the command is run in.
pub(super) fn checks(server: &Server<'_>) -> Vec<Check> {
    let (names, sdk): (&[&str], Option<&str>) = match server.remote.kind {
        Kind::Workos => (&["WORKOS_API_KEY", "WORKOS_CLIENT_ID"], Some("@workos-inc")),
        Kind::Astapa => (&["ASTAPA_CLIENT_ID", "ASTAPA_CLIENT_SECRET"], None),
        Kind::Http | Kind::Local | Kind::Postgres => (&[], None),
    };
    variables(names)
        .into_iter()
        .chain(sdk.and_then(packages))
        .collect()
}

/// Whether the `.env` files there set what the application needs.
fn variables(names: &[&str]) -> Option<Check> {
    let files = [".env", ".env.local"]
        .into_iter()
        .filter(|file| Path::new(file).is_file());
    let files: Vec<&str> = files.collect();
    if files.is_empty() || names.is_empty() {
        return None;
    }
    let texts: Vec<String> = files.iter().filter_map(|file| text(file)).collect();
    let sets = |name: &&&str| {
        let mut lines = texts.iter().flat_map(|text| text.lines());
        lines.any(|line| {
            let line = line.trim_start().trim_start_matches("export ");
            let value = line
                .strip_prefix(**name)
                .and_then(|rest| rest.trim_start().strip_prefix('='));
            value.is_some_and(|value| !value.trim().is_empty())
        })
    };
    let missing: Vec<&str> = names.iter().filter(|name| !sets(name)).copied().collect();
    let read = files.join(", ");
    Some(match missing.is_empty() {
        true => Check::ok(
            "application",
            format!("{read} sets {}", names.join(" and ")),
        ),
        false => Check::warning(
            "application",
            format!("{read} does not set {}", missing.join(" and ")),
        )
        .advice("add it there, if the application of this directory is to use it"),
    })
}

fn text(file: &str) -> Option<String> {
    let short = fs::metadata(file).is_ok_and(|found| found.len() <= MOST_BYTES);
    short
        .then(|| fs::read(file).ok())
        .flatten()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether the SDK is installed where an application says that it needs packages.
fn packages(scope: &str) -> Option<Check> {
    if !Path::new("package.json").is_file() {
        return None;
    }
    let installed = Path::new("node_modules").join(scope).is_dir();
    Some(match installed {
        true => Check::ok("sdk", format!("node_modules has {scope}")),
        false => Check::warning("sdk", format!("node_modules has nothing of {scope}")).advice(
            "`npm install` installs what package.json names; add the SDK if it is missing there",
        ),
    })
}
