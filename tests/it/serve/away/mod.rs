//! The command line against servers: a store whose place is a profile, at the other end of a line.

mod astapa;
mod doctor;
mod history;
mod offline;
mod promote;

use std::process::Command;

use serde_json::Value;

use crate::cli::kit::{Place, Said};

/// A secret that must not be seen anywhere.
const SECRET: &str = "canary-5ecret-of-the-client";

/// A home with a profile `far` that names a server of a kind.
fn named(kind: &str, url: &str) -> Place {
    let place = Place::bare();
    let line = format!("profile add far --kind {kind} --url {url}");
    let said = place.flags(&line);
    assert_eq!(said.code, Some(0), "{said:?}");
    place
}

/// A command line on that profile, with credentials in its environment.
fn far(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command
        .args(["--profile", "far"])
        .env("ASTAPA_CLIENT_ID", "client-1")
        .env("ASTAPA_CLIENT_SECRET", SECRET)
        .env("WORKOS_API_KEY", "sk_test_canary5ecret");
    command
}

fn asked(place: &Place, line: &str) -> Said {
    Said::by(&mut far(place, line))
}

/// The exit code, and the document on stdout.
#[track_caller]
fn told(place: &Place, line: &str) -> (Option<i32>, Value) {
    let said = asked(place, &format!("{line} --json"));
    let document = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{line}: {said:?}"));
    (said.code, document)
}
