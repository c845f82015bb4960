//! Following a server.
//!
//! A connection may end at any time, so it is made again, ever more slowly, and goes on behind the
//! last event that was told. One thread waits for the server, the other for the operator.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;
use zeroize::Zeroizing;

use super::Watch;
use super::written::Written;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::input::{read_text, unreadable};
use crate::domain::catalog::Revision;
use crate::remote::events::{Event, Source};
use crate::remote::{Address, Client, Limits, Trouble};

/// Where a server tells of its changes, and where it says how far it is.
const EVENTS: &str = "/v1/events";
const LOG: &str = "/v1/log";
/// How long to wait before a connection is made again: at first, and at most.
const WAITS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(15));
/// What is said of a connection that was not broken off.
const ENDED: &str = "it ended the connection";
/// How many events may wait to be told.
const WAITING: usize = 64;

/// The key for the server: from a file, or else from the environment.
///
/// # Errors
///
/// Exit 2 where it cannot be read, or is none.
pub fn key(file: Option<&Path>) -> Result<Option<Zeroizing<String>>> {
    let text = match file {
        Some(file) => Zeroizing::new(read_text(file)?),
        None => match std::env::var("FLAGS_API_KEY") {
            Ok(text) if !text.is_empty() => Zeroizing::new(text),
            _ => return Ok(None),
        },
    };
    let key = text.trim();
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        let what = "this is no key: a key is one word of letters, digits, - and _";
        return Err(match file {
            Some(file) => unreadable(file, what),
            None => Failure::usage("unreadable", format!("FLAGS_API_KEY: {what}")),
        }
        .into());
    }
    Ok(Some(Zeroizing::new(key.to_owned())))
}

/// Tells of each write until it is told to end, or enough has been told.
pub fn follow(
    watch: &Watch<'_>,
    address: &Address,
    key: Option<Zeroizing<String>>,
    ca_bundle: Option<PathBuf>,
) -> Result<()> {
    let client = Client::new(ca_bundle, Limits::default());
    let source = Arc::new(Source::new(&client, address, key)?);
    let refused = |trouble: Trouble| refused(address, &trouble);
    // Where the row begins has to be known before it breaks off for the first time.
    let latest = latest(&source).map_err(refused)?;
    let mut last = match watch.since {
        Some(since) if since > latest => return Err(ahead(since, latest).into()),
        since => since.unwrap_or(latest),
    };
    watch.announce(&address.to_string(), last)?;
    let (tell, told) = sync_channel(WAITING);
    let followed = Arc::clone(&source);
    thread::spawn(move || attend(&followed, last, &tell));
    let mut count = 0;
    let mut lost = false;
    while !watch.is_enough(count) {
        let Some(news) = next(watch, &told)? else {
            continue;
        };
        match news {
            News::Lost(Some(trouble)) if is_final(&trouble) => {
                return Err(refused(trouble).into());
            }
            News::Lost(trouble) => {
                if !lost {
                    let why = trouble.map_or_else(|| ENDED.to_owned(), |t| t.to_string());
                    let text = format!("{address} is not there: {why}; trying again");
                    watch.context.warn(&text)?;
                }
                lost = true;
            }
            News::Connected => {
                if lost {
                    watch.context.remark(&format!("{address} is there again"))?;
                }
                lost = false;
            }
            News::Event(event) => {
                let mut written = read(address, &event.data)?;
                if written.revision <= last {
                    continue;
                }
                last = written.revision;
                if written.wants_more(watch) {
                    let path = format!("{LOG}/{last}");
                    let text = source.read(&path, "changes=1000").map_err(refused)?;
                    written = read(address, &text)?;
                }
                count += u64::from(written.tell(watch)?);
            }
        }
    }
    Ok(())
}

/// What comes from the thread that waits for the server.
enum News {
    Connected,
    Event(Event),
    /// The connection, or the way to one; without a trouble the server ended it.
    Lost(Option<Trouble>),
}

/// The next news, unless there are none for a while.
fn next(watch: &Watch<'_>, told: &Receiver<News>) -> Result<Option<News>> {
    watch.go_on()?;
    if let Ok(news) = told.try_recv() {
        return Ok(Some(news));
    }
    watch.pause()?;
    Ok(told.try_recv().ok())
}

/// Follows the server for as long as somebody listens.
fn attend(source: &Source, mut last: Revision, tell: &SyncSender<News>) {
    let mut wait = WAITS.0;
    loop {
        let trouble = match source.follow(EVENTS, &last.to_string()) {
            Err(trouble) => Some(trouble),
            Ok(mut events) => {
                if tell.send(News::Connected).is_err() {
                    return;
                }
                loop {
                    match events.next_event() {
                        // A server that ends is often there again at once.
                        Ok(None) => break None,
                        Err(trouble) => break Some(trouble),
                        Ok(Some(event)) => {
                            wait = WAITS.0;
                            last = event.id.parse().map_or(last, Revision);
                            if tell.send(News::Event(event)).is_err() {
                                return;
                            }
                        }
                    }
                }
            }
        };
        if tell.send(News::Lost(trouble)).is_err() {
            return;
        }
        thread::sleep(wait);
        wait = (wait * 2).min(WAITS.1);
    }
}

/// The revision that the server is at.
fn latest(source: &Source) -> Result<Revision, Trouble> {
    let text = source.read(LOG, "limit=1")?;
    let log: Value = serde_json::from_str(&text).map_err(|_| Trouble::Garbled)?;
    let latest = log.get("revision").and_then(Value::as_u64);
    latest.map(Revision).ok_or(Trouble::Garbled)
}

fn ahead(since: Revision, latest: Revision) -> Failure {
    let message = format!("there is no revision {since}: the latest is {latest}");
    Failure::refused("revision_not_found", message)
}

fn read(address: &Address, text: &str) -> Result<Written> {
    Written::read(text).map_err(|error| {
        let message = format!("what {address} tells cannot be read: {error}");
        let hint = "a newer server may need a newer version of flags".to_owned();
        let failure = Failure {
            exit: Exit::Remote,
            code: "garbled_answer",
            message,
            hints: vec![hint],
        };
        failure.into()
    })
}

/// Whether asking again would give the same answer.
fn is_final(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Status(status) => (400..500).contains(status) && ![408, 425, 429].contains(status),
        Trouble::Untrusted(_) | Trouble::Elsewhere(_) | Trouble::RoundAndRound(_) => true,
        _ => false,
    }
}

/// The server does not let us follow.
fn refused(address: &Address, trouble: &Trouble) -> Failure {
    let failed = |exit, code, message: String| Failure {
        exit,
        code,
        message,
        hints: Vec::new(),
    };
    match trouble {
        Trouble::Status(401) => failed(
            Exit::Denied,
            "not_authenticated",
            format!("{address} wants a key, or does not know this one (any more)"),
        )
        .hint("put it in FLAGS_API_KEY, or name its file with --key-file"),
        Trouble::Status(403) => failed(
            Exit::Denied,
            "not_permitted",
            format!("{address} does not let this key see changes"),
        )
        .hint("a key with the scope read may: `flags serve keys create`"),
        Trouble::Status(404) => failed(
            Exit::Remote,
            "http_status",
            format!(
                "{address} does not tell of changes: it is no server of flags, or leaves out the protocol native"
            ),
        ),
        trouble => {
            let message = format!("cannot follow {address}: {trouble}");
            failed(Exit::Remote, trouble.code(), message)
        }
    }
}
