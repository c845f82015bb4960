//! A server that keeps a project: whether it can be asked, and as whom, and what to do where not.
//!
//! Everything asked here changes nothing. What an operator would check by hand before the first call,
//! and after one that failed (WorkOS's and Astapa's own lists), is checked here as far as it can be
//! seen from a command line; of the rest, a note says where to look.

mod credential;
mod keys;
mod notes;
mod permissions;
mod tree;
mod way;

use anyhow::Result;

use super::{Check, DoctorReport, Status};
use crate::cli::context::Context;
use crate::cli::credential::{address, api_for_doctor};
use crate::cli::failure::{Failure, classify};
use crate::config::{Place, Remote};
use crate::domain::key::FeatureKey;
use crate::remote::Address;
use crate::remote::api::Reply;
use crate::ui::Report;

/// The server of a place, as it is looked at.
struct Server<'c> {
    context: &'c Context,
    place: &'c Place,
    remote: &'c Remote,
    address: Address,
}

/// Looks at everything, and goes on where something is wrong.
///
/// # Errors
///
/// The first that keeps the server from being asked, once all that could be found out is told.
pub fn run(
    context: &Context,
    place: &Place,
    remote: &Remote,
    mut checks: Vec<Check>,
    feature: Option<&FeatureKey>,
) -> Result<Box<dyn Report>> {
    let broken = match address(place, remote) {
        Err(error) => Some(note(&mut checks, "address", error)),
        Ok(address) => {
            let server = Server {
                context,
                place,
                remote,
                address,
            };
            checks.extend(tree::checks(&server));
            let broken = server.look(&mut checks, feature);
            checks.extend(notes::notes(remote.kind));
            broken
        }
    };
    let report = DoctorReport {
        store: None,
        checks,
    };
    match broken {
        None => Ok(Box::new(report)),
        Some(failure) => {
            // What could be found out is told, and the exit code says that it was not all.
            context.terminal.show(&report, &context.mode)?;
            Err(failure.into())
        }
    }
}

/// Adds what went wrong to the checks.
pub(super) fn note(checks: &mut Vec<Check>, name: &'static str, error: anyhow::Error) -> Failure {
    let failure = classify(error);
    let check = Check::problem(name, failure.message.clone());
    checks.push(match failure.hints.first() {
        Some(hint) => check.advice(hint.clone()),
        None => check,
    });
    failure
}

impl Server<'_> {
    /// From the outside inwards: what is not reached is not asked.
    fn look(&self, checks: &mut Vec<Check>, feature: Option<&FeatureKey>) -> Option<Failure> {
        let known = match credential::check(self, checks) {
            Ok(known) => known,
            Err(error) => {
                let failure = note(checks, "credential", error);
                checks.extend(way::checks(&self.address));
                return Some(failure);
            }
        };
        checks.extend(way::checks(&self.address));
        if checks
            .iter()
            .any(|check| way::NAMES.contains(&check.name) && check.status == Status::Problem)
        {
            let message = format!("{} cannot be reached", self.address.server());
            return Some(Failure::remote("unreachable", message));
        }
        let api = match api_for_doctor(self.context, self.place, self.remote, known) {
            Ok(api) => api,
            Err(error) => return Some(note(checks, "address", error)),
        };
        match permissions::check(self, &api, feature, checks) {
            Ok(reply) => {
                checks.extend(clock(&reply));
                checks.push(rate(&reply));
                keys::check(self, checks)
            }
            Err(failure) => Some(failure),
        }
    }
}

/// The server's clock against ours. Tokens are judged by both.
fn clock(reply: &Reply) -> Option<Check> {
    const MOST_SECONDS: u64 = 30;
    let said = reply.header("date")?;
    let theirs = jiff::fmt::rfc2822::parse(said).ok()?.timestamp();
    let ours = jiff::Timestamp::now();
    let apart = theirs.as_second().abs_diff(ours.as_second());
    Some(match apart <= MOST_SECONDS {
        true => Check::ok("server clock", format!("{apart} s from ours")),
        false => Check::warning(
            "server clock",
            format!("the server says {theirs}, this machine {ours}: {apart} s apart"),
        )
        .advice("set this machine's clock (NTP): tokens look expired, or not valid yet, by the wrong one"),
    })
}

/// How much may still be asked.
fn rate(reply: &Reply) -> Check {
    let header = |names: [&str; 2]| names.into_iter().find_map(|name| reply.header(name));
    let left = header(["x-ratelimit-remaining", "ratelimit-remaining"]);
    let of = header(["x-ratelimit-limit", "ratelimit-limit"]);
    match (left.and_then(|left| left.parse::<u64>().ok()), of) {
        (Some(0), _) => Check::warning("rate limit", "no request is left just now")
            .advice("wait, or spread calls out: the server answers 429 until its window is over"),
        (Some(left), Some(of)) => {
            Check::ok("rate limit", format!("{left} of {of} requests are left"))
        }
        (Some(left), None) => Check::ok("rate limit", format!("{left} requests are left")),
        (None, _) => Check::ok("rate limit", "the server tells of none"),
    }
}
