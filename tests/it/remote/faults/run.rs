//! One command against one server, within limits, and what is true of it whatever the fault is.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::list::{DEADLINE, Fault, SECRET, Where};
use super::server::Asked;
use super::table::Row;
use crate::cli::kit::{Place, Said};

/// What starting, ending and a busy machine may add to a call's time.
const SLACK: Duration = Duration::from_secs(14);
/// Kilobytes of memory that the program may have of its own.
const MEMORY: &str = "131072";

/// Runs a command against a fault, and judges it.
pub(super) fn judge(row: &Row, fault: &Fault) {
    let there = (fault.start)();
    let place = Place::bare();
    place.file("config/flags/config.toml", profile(row, &there));
    let what = format!("{} against {:?}", row.words, fault.name);
    for words in [
        row.words.to_owned(),
        format!("{} --json --verbose", row.words),
    ] {
        let began = Instant::now();
        let before = asked(&there).len();
        let said = limited(&place, &words);
        let took = began.elapsed();
        assert!(took < DEADLINE + SLACK, "{what}: took {took:?}");
        let expected = fault.exit(row.sort);
        assert_eq!(said.code, Some(expected), "{what}: {said:?}");
        sealed(&what, &said);
        if expected != 0 {
            assert_eq!(said.out, "", "{what}: a failure has no data");
            assert!(said.err.contains(fault.says), "{what}: {said:?}");
        }
        let asked = asked(&there).split_off(before);
        counted(&what, row, fault, &asked);
    }
}

/// The profile that a command is run with.
fn profile(row: &Row, there: &Where) -> String {
    format!(
        "[profiles.p]\nkind = \"{}\"\nbase_url = \"{}\"\ntimeout = {}\n",
        row.kind,
        there.origin(),
        DEADLINE.as_secs()
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
    assert_eq!(output.status.signal(), None, "{line}: {output:?}");
    output.into()
}

/// Nothing is said that must not be.
fn sealed(what: &str, said: &Said) {
    for (stream, text) in [("stdout", &said.out), ("stderr", &said.err)] {
        assert!(
            !text.contains("5up3r"),
            "{what}: the secret on {stream}: {text}"
        );
        let acts =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(acts), "{what}: {stream} acts: {text:?}");
    }
}

/// Nothing was sent more often than it may be, and a write is the same write each time.
fn counted(what: &str, row: &Row, fault: &Fault, asked: &[Asked]) {
    let most = fault.most_requests(row.sort);
    assert!(
        asked.len() <= most,
        "{what}: {} requests: {asked:#?}",
        asked.len()
    );
    let writes: Vec<_> = asked.iter().filter(|asked| asked.method != "GET").collect();
    if let Some(first) = writes.first() {
        let key = first.header("idempotency-key");
        assert!(key.is_some(), "{what}: {first:?}");
        for write in &writes {
            assert_eq!(write.header("idempotency-key"), key, "{what}");
            assert_eq!(write.body, first.body, "{what}");
        }
    }
}
