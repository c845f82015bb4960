//! Changes told to others: what is told, how, and that none is lost.

mod crashes;
mod failures;
mod receiver;
mod secrets;
mod told;

use receiver::Receiver;

use crate::cli::kit::{Place, Said};

/// Adds a destination whose address is read from a file.
#[track_caller]
fn add(place: &Place, name: &str, receiver: &Receiver, more: &str) {
    let url = place.file("url.txt", receiver.url("/services/canary_path"));
    let line = format!("notify add {name} --url-file {} {more}", url.display());
    place.flags(&line).yes();
}

/// Delivers what is due at a moment.
fn deliver(place: &Place, moment: &str) -> Said {
    place.at(moment, "notify run --once")
}

/// Carries out several commands.
#[track_caller]
fn story(place: &Place, lines: &str) {
    for line in lines.trim().lines() {
        let said = place.flags(line.trim());
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
    }
}
