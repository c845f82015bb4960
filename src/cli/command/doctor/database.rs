//! A database: whether each of its servers is there and what it is, what a failover would lose, and
//! whether the project in it is whole.
//!
//! Each server is asked by itself, since an address with several hosts hides the one that is gone
//! until it is needed. Nothing is written.

use anyhow::Result;

use super::remote::note;
use super::{Check, DoctorReport, Status};
use crate::cli::context::Context;
use crate::cli::database;
use crate::cli::failure::Failure;
use crate::config::{Place, Remote};
use crate::domain::time::Time;
use crate::store::postgres::place::Tls;
use crate::store::postgres::{self, Server};
use crate::store::{Scope, Snapshot, StoreError};
use crate::ui::Report;

/// The oldest PostgreSQL that is tried with.
const OLDEST: u32 = 15;
/// Clocks that differ by more make spans and histories hard to read.
const CLOCKS_MAY_DIFFER: i64 = 1_000;
/// A replica that is further behind answers what was true some time ago.
const MAY_BE_BEHIND: i64 = 10_000;

/// Looks at everything, and goes on where something is wrong.
///
/// # Errors
///
/// Exit 4 where no server lets us in, 5 where none can be reached, 6 where there is no project.
pub fn run(
    context: &Context,
    place: &Place,
    remote: &Remote,
    mut checks: Vec<Check>,
    quick: bool,
) -> Result<Box<dyn Report>> {
    let broken = look(context, place, remote, &mut checks, quick);
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

/// From the outside inwards: what is not reached is not asked.
fn look(
    context: &Context,
    place: &Place,
    remote: &Remote,
    checks: &mut Vec<Check>,
    quick: bool,
) -> Option<Failure> {
    let found = match database::place(context, place, remote) {
        Ok(found) => found,
        Err(error) => return Some(note(checks, "address", error)),
    };
    checks.push(password(context, place, remote));
    checks.push(encryption(&found));
    let findings = match postgres::examine(&found) {
        Ok(findings) => findings,
        Err(error) => return Some(note(checks, "database", error.into())),
    };
    let mut failed = None;
    let mut servers = Vec::new();
    for (host, finding) in findings {
        match finding {
            Ok(server) => {
                checks.push(Check::ok("host", format!("{host}: {}", described(&server))));
                servers.push((host, server));
            }
            Err(error) => failed = Some(note(checks, "host", error.into())),
        }
    }
    if servers.is_empty() {
        return failed;
    }
    soften(checks);
    checks.extend(
        servers
            .iter()
            .flat_map(|(host, server)| of_server(&host.to_string(), server)),
    );
    checks.extend(together(&servers));
    checks.extend(rights(&found, servers.iter().map(|(_, server)| server)));
    match project(context, quick, checks) {
        Ok(()) => None,
        Err(error) => Some(note(checks, "project", error)),
    }
}

/// While others answer, a host that does not is no reason to give up.
fn soften(checks: &mut [Check]) {
    for check in checks {
        if check.name == "host" && check.status == Status::Problem {
            check.status = Status::Warning;
        }
    }
}

fn password(context: &Context, place: &Place, remote: &Remote) -> Check {
    match database::foreseen(context, place, remote) {
        Ok(Some(whence)) => Check::ok("password", format!("from {whence}")),
        Ok(None) => Check::ok("password", "none is kept; the server may know us otherwise"),
        Err(error) => {
            let failure = Failure::from(error);
            let check = Check::problem("password", failure.message.clone());
            match failure.hints.first() {
                Some(hint) => check.advice(hint.clone()),
                None => check,
            }
        }
    }
}

fn encryption(found: &postgres::Place) -> Check {
    match found.tls {
        Tls::Require | Tls::VerifyFull => Check::ok(
            "encryption",
            "what passes is encrypted, and the server's certificate proven",
        ),
        Tls::Disable if found.is_exposed() => Check::warning(
            "encryption",
            "sslmode=disable: whoever is in between can read and alter what passes",
        )
        .advice("leave sslmode out, or say sslmode=verify-full"),
        Tls::Disable => Check::ok("encryption", "none, on this machine"),
    }
}

fn described(server: &Server) -> String {
    let role = match server.is_replica {
        true => "replica",
        false => "leader",
    };
    let version: String = server.version.chars().take(60).collect();
    let version = version.split(" on ").next().unwrap_or_default().to_owned();
    match &server.encryption {
        Some(encryption) => format!("{role}, {version}, {encryption}"),
        None => format!("{role}, {version}"),
    }
}

/// What is to be said of one server.
fn of_server(host: &str, server: &Server) -> Vec<Check> {
    let mut checks = Vec::new();
    let setting = |wanted: &str| {
        let found = server.settings.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let major = server.version.strip_prefix("PostgreSQL ");
    let major = major.and_then(|rest| rest.split(['.', ' ']).next()?.parse::<u32>().ok());
    if major.is_some_and(|major| major < OLDEST) {
        let found = format!("{host}: older than PostgreSQL {OLDEST}, which this is tried with");
        checks.push(Check::warning("version", found).advice("upgrade the server"));
    }
    if server.ahead.abs() > CLOCKS_MAY_DIFFER {
        let (by, way) = (
            server.ahead.abs(),
            if server.ahead > 0 { "ahead" } else { "behind" },
        );
        let found = format!("{host}: its clock is {by} ms {way} of this machine's");
        let advice = "let both follow the same clock (NTP): expiries are decided by ours";
        checks.push(Check::warning("clocks", found).advice(advice));
    }
    if server.behind.is_some_and(|behind| behind > MAY_BE_BEHIND) {
        let seconds = server.behind.unwrap_or_default() / 1000;
        let found = format!("{host}: the replica is {seconds} s behind");
        let advice = "look at its disk and network; meanwhile it answers what was true then";
        checks.push(Check::warning("lag", found).advice(advice));
    }
    for (name, wrong, status, means) in [
        (
            "fsync",
            "off",
            Status::Problem,
            "a power cut can destroy the database",
        ),
        (
            "full_page_writes",
            "off",
            Status::Problem,
            "a power cut can destroy the database",
        ),
        (
            "synchronous_commit",
            "off",
            Status::Warning,
            "a write that was acknowledged may be lost when the server ends",
        ),
    ] {
        if setting(name) == Some(wrong) {
            let found = format!("{host}: {name} is {wrong}: {means}");
            checks.push(Check::new("durability", status, found).advice(format!("set {name} = on")));
        }
    }
    if !server.is_replica && setting("archive_mode") == Some("off") {
        let found =
            format!("{host}: archive_mode is off, so it cannot be brought back to a moment");
        let advice = "PostgreSQL, Continuous Archiving; a base backup alone loses what came later";
        checks.push(Check::new("archive", Status::Note, found).advice(advice));
    }
    checks
}

/// What is to be said of all of them together.
fn together(servers: &[(postgres::place::Host, Server)]) -> Vec<Check> {
    let leaders: Vec<_> = servers
        .iter()
        .filter(|(_, server)| !server.is_replica)
        .collect();
    let mut checks = Vec::new();
    match leaders[..] {
        [] => checks.push(Check::problem("leader", "no host takes writes").advice(
            "name the leader in the address, too; while another is chosen, wait and look again",
        )),
        [(host, _)] => checks.push(Check::ok("leader", host.to_string())),
        [..] => {
            let names: Vec<_> = leaders.iter().map(|(host, _)| host.to_string()).collect();
            let found = format!("several hosts take writes: {}", names.join(", "));
            let advice = "unless one database has several addresses, this is a split brain: stop all \
                          but the one that the cluster's manager names";
            checks.push(Check::warning("leader", found).advice(advice));
        }
    }
    for (host, server) in leaders {
        let synchronous = server
            .settings
            .iter()
            .any(|(name, value)| name == "synchronous_standby_names" && !value.trim().is_empty());
        let followers = server.followers.iter();
        let waited = followers
            .clone()
            .filter(|(_, _, sync)| sync != "async")
            .count();
        checks.push(match (server.followers.len(), synchronous) {
            (0, _) => Check::new(
                "replication",
                Status::Note,
                format!("{host}: no replica follows it, as far as we may see"),
            )
            .advice("pg_monitor lets a user see; without a replica, the disk is the only copy"),
            (count, false) => Check::warning(
                "replication",
                format!("{host}: {count} replicas, and none is waited for"),
            )
            .advice(
                "a failover may lose the latest writes; synchronous_mode of Patroni, or \
                     synchronous_standby_names, waits for one",
            ),
            (count, true) => Check::ok(
                "replication",
                format!("{host}: {count} replicas, {waited} of them waited for"),
            ),
        });
    }
    checks
}

/// What we may do in the schema.
fn rights<'s>(
    found: &postgres::Place,
    mut servers: impl Iterator<Item = &'s Server>,
) -> Option<Check> {
    let schema = servers.find_map(|server| server.schema.clone())?;
    let name = &found.schema;
    let user = &found.user;
    Some(if !schema.may_use {
        Check::problem("rights", format!("{user} may not use the schema {name}"))
            .advice(format!("GRANT USAGE ON SCHEMA {name} TO {user}"))
    } else if !schema.closed.is_empty() {
        let tables = schema.closed.join(", ");
        let found = format!("{user} may not read and write these tables of {name}: {tables}");
        let advice = format!("GRANT ALL ON ALL TABLES IN SCHEMA {name} TO {user}");
        Check::problem("rights", found).advice(advice)
    } else if schema.may_create {
        let tables = schema.tables;
        Check::ok(
            "rights",
            format!("{user} may use the schema {name} and its {tables} tables"),
        )
    } else {
        let found = format!("{user} may make no tables in {name}, as a newer form would need");
        let advice = format!("run the first command of a newer version as the owner of {name}");
        Check::new("rights", Status::Note, found).advice(advice)
    })
}

/// The project itself.
fn project(context: &Context, quick: bool, checks: &mut Vec<Check>) -> Result<()> {
    let store = context.store()?;
    let snapshot = store.snapshot()?;
    let catalog = snapshot.catalog(Scope::All)?;
    let (count, cap) = (catalog.features.len(), catalog.settings.max_features);
    checks.push(Check::ok("features", format!("{count} of at most {cap}")));
    checks.push(latest(&*snapshot, context.now()?)?);
    if quick {
        return Ok(());
    }
    let verified = snapshot.verify(None)?;
    checks.push(match verified.misfit {
        None => {
            let found = format!("{} writes, none altered or removed", verified.writes);
            Check::ok("history", found)
        }
        Some(misfit) => Check::problem("history", misfit.to_string())
            .advice("`flags log verify` tells more; compare with a backup"),
    });
    Ok(())
}

fn latest(snapshot: &dyn Snapshot, now: Time) -> Result<Check, StoreError> {
    let revision = snapshot.revision()?;
    let entry = snapshot.entry(revision)?;
    let at = entry.and_then(|entry| Time::from_unix(entry.at.div_euclid(1000)).ok());
    Ok(match at {
        Some(at) if at > now => {
            let found = format!("revision {revision} was written at {at}, which is yet to come");
            Check::warning("writes", found)
                .advice("set the clock right: spans such as 14d count from it")
        }
        Some(at) => Check::ok("writes", format!("revision {revision}, the latest at {at}")),
        None => Check::ok("writes", "none yet"),
    })
}
