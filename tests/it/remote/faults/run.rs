//! One command against one server, within limits, and what is true of it whatever the fault is.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::fault::{Fault, SECRET, Sort, Where};
use super::server::Asked;
use super::table::Row;
use crate::cli::kit::{Place, Said};

/// What starting, ending and a busy machine may add to a call's time.
const SLACK: Duration = Duration::from_secs(14);
/// Kilobytes of memory that the program may have of its own.
const MEMORY: &str = "131072";

/// Runs a command against a fault, and says what is wrong with what came of it.
pub(super) fn judge(row: &Row, fault: &Fault) -> Result<(), String> {
    let plain = (row.sort != Sort::Answer).then(|| row.words.to_owned());
    let told = format!("{} --json --verbose", row.words);
    for words in plain.into_iter().chain([told]) {
        let there = (fault.start)();
        let place = Place::bare();
        place.file("config/flags/config.toml", profile(row, fault, &there));
        let began = Instant::now();
        let said = limited(&place, &words);
        let took = began.elapsed();
        let judged = ends(row, fault, &said, took)
            .and_then(|()| sealed(&said))
            .and_then(|()| counted(row, fault, &asked(&there)));
        judged.map_err(|what| {
            let said = format!("{said:?}").chars().take(600).collect::<String>();
            format!("{words} against {:?}: {what}: {said}", fault.name)
        })?;
    }
    Ok(())
}

/// It ends in time, with its code and a reason, and a failure has no data.
fn ends(row: &Row, fault: &Fault, said: &Said, took: Duration) -> Result<(), String> {
    let code = fault.exit(row.sort);
    let says = fault.says(row.sort);
    let told = said.code == Some(0) || (said.out.is_empty() && said.err.contains(says));
    let allowed = said.code.is_some_and(|code| fault.allows(row.sort, code));
    match (took < fault.deadline() + SLACK, allowed, told) {
        (false, _, _) => Err(format!("it took {took:?}")),
        (_, false, _) => Err(format!("it should end with {code}")),
        (_, _, false) => Err(format!("it should say {says:?} and nothing else")),
        _ => Ok(()),
    }
}

/// The profile that a command is run with.
fn profile(row: &Row, fault: &Fault, there: &Where) -> String {
    format!(
        "[profiles.p]\nkind = \"{}\"\nbase_url = \"{}\"\ntimeout = {}\n",
        row.kind,
        there.origin(),
        fault.deadline().as_secs()
    )
}

fn asked(there: &Where) -> Vec<Asked> {
    match there {
        Where::Server(server) => server.asked(),
        Where::Nowhere(_) => Vec::new(),
    }
}

/// The program with as much memory as it may have, and one credential for each kind of server.
fn limited(place: &Place, line: &str) -> Said {
    let mut words = vec!["-c", "ulimit -d \"$0\"; exec \"$@\"", MEMORY];
    words.push(env!("CARGO_BIN_EXE_flags"));
    words.extend(line.split(' '));
    words.extend(["--profile", "p"]);
    let mut shell = Command::new("/bin/sh");
    shell
        .args(&words)
        .current_dir(place.path(""))
        .env_clear()
        .env("HOME", place.path(""))
        .env("XDG_CONFIG_HOME", place.path("config"))
        .env("WORKOS_API_KEY", SECRET)
        .env("FLAGS_API_KEY", SECRET)
        .env("ASTAPA_CLIENT_ID", "client_1")
        .env("ASTAPA_CLIENT_SECRET", SECRET)
        .env("NO_PROXY", "*")
        .stdin(Stdio::null());
    let output = shell.output().unwrap();
    output.into()
}

/// Nothing is said that must not be.
fn sealed(said: &Said) -> Result<(), String> {
    let acts = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    for (stream, text) in [("stdout", &said.out), ("stderr", &said.err)] {
        if text.contains("5up3r") {
            return Err(format!("the secret is on {stream}"));
        }
        if text.contains(acts) {
            return Err(format!("{stream} acts on a terminal"));
        }
    }
    Ok(())
}

/// Nothing was sent more often than it may be, and a write is the same write each time.
fn counted(row: &Row, fault: &Fault, asked: &[Asked]) -> Result<(), String> {
    let most = fault.most_requests(row.sort);
    if asked.len() > most {
        return Err(format!("{} requests, {most} at most", asked.len()));
    }
    // What changes something has a name, whatever its method is.
    let named = asked
        .iter()
        .any(|asked| asked.header("idempotency-key").is_some());
    if row.sort == Sort::Answer {
        return match named {
            true => Err("a write though nothing could be read".to_owned()),
            false => Ok(()),
        };
    }
    let mut writes = asked.iter().filter(|asked| asked.method != "GET");
    let Some(first) = writes.next() else {
        return Ok(());
    };
    let name = |asked: &Asked| asked.header("idempotency-key").map(str::to_owned);
    let same = writes.all(|write| name(write) == name(first) && write.body == first.body);
    match (name(first), same) {
        (Some(_), true) => Ok(()),
        (None, _) => Err("a write without an idempotency key".to_owned()),
        (_, false) => Err("not the same write each time".to_owned()),
    }
}
