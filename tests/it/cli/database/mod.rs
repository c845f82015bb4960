//! A database as the place of a project: how it is named, whom it is shown a password by, and what
//! is said where it cannot be reached. The servers are our own fakes; the store itself is told of
//! in the contract.

mod addresses;
mod fake;
mod passwords;
mod ways;

use std::process::Command;

use super::kit::{Place, Said};

/// A run in which only profiles name places, without a keyring.
fn command(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command
}

fn run(place: &Place, line: &str) -> Said {
    Said::by(&mut command(place, line))
}

/// A home with the profile `base` for an address.
fn home(address: &str) -> Place {
    let place = Place::bare();
    run(&place, &format!("profile add base --url {address}")).yes();
    place
}
