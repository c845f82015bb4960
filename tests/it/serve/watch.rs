//! `flags watch`: every write is told, once and in order, from a store and from a server.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use flags::server::access::Scope;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::kit::{Server, key};
use crate::cli::kit::{Place, Said};

const PATIENCE: Duration = Duration::from_secs(60);

/// A watch, which is gone when this is.
struct Watch {
    child: Child,
    lines: Receiver<String>,
    stderr: Receiver<String>,
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (tell, told) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = tell.send(line);
        }
    });
    told
}

impl Watch {
    fn by(command: &mut Command) -> Self {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let lines_of = |child: &mut Child| lines(child.stdout.take().unwrap());
        Self {
            lines: lines_of(&mut child),
            stderr: lines(child.stderr.take().unwrap()),
            child,
        }
    }

    fn start(place: &Place, line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        Self::by(&mut place.command(&words))
    }

    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    #[track_caller]
    fn revision(&self) -> u64 {
        let document: Value = serde_json::from_str(&self.line()).unwrap();
        document["revision"].as_u64().unwrap()
    }

    #[track_caller]
    fn says(&self, text: &str) {
        loop {
            if self.stderr.recv_timeout(PATIENCE).unwrap().contains(text) {
                return;
            }
        }
    }

    #[track_caller]
    fn ended_by(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_write_is_a_line_in_words_until_ctrl_c() {
    let place = Place::shop();
    let watch = Watch::start(&place, "watch");
    watch.says("from revision 1 on");
    place.words(&[
        "set", "beta", "--user", "ana", "--create", "--reason", "a trial",
    ]);
    let line = watch.line();
    assert!(
        line.starts_with("2  2026-05-01T12:00:00Z  tester  set  "),
        "{line}"
    );
    assert!(
        line.contains("override of beta") && line.ends_with("(a trial)"),
        "{line}"
    );
    assert_eq!(watch.ended_by(Signal::INT), Some(130));
}

#[test]
fn a_document_is_that_of_the_log() {
    let place = Place::shop();
    for line in ["feature disable beta", "feature enable beta"] {
        place.flags(line).yes();
    }
    let told = place
        .flags("watch --since 0 --json --limit 3 --changes 3")
        .yes();
    let mut told: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    told.reverse();
    assert_eq!(Value::from(told), place.json("log --changes 3"));
    let one = place
        .flags("watch --since 2 --json=revision,actor --limit 1")
        .yes();
    assert_eq!(one, "{\"revision\":3,\"actor\":\"tester\"}\n");
}

#[test]
fn only_what_is_wanted_is_told() {
    let place = Place::shop();
    for line in [
        "feature disable beta",
        "feature disable sso",
        "feature enable beta",
    ] {
        place.flags(line).yes();
    }
    let told = |line: &str| {
        let told = place
            .flags(&format!("watch --since 1 --json=revision {line}"))
            .yes();
        told.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let revisions = |numbers: &[u64]| {
        numbers
            .iter()
            .map(|n| format!("{{\"revision\":{n}}}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("--feature beta --limit 2"), revisions(&[2, 4]));
    assert_eq!(told("--feature sso --limit 1"), revisions(&[3]));
    assert_eq!(told("--actor tester --limit 3"), revisions(&[2, 3, 4]));
    let enabling = [
        "watch",
        "--since",
        "1",
        "--json=revision",
        "--limit",
        "1",
        "--command",
        "feature enable",
    ];
    assert_eq!(place.words(&enabling).yes(), "{\"revision\":4}\n");
}

#[test]
fn several_writers_at_once_are_told_of_once_each_and_in_order() {
    let place = Place::shop();
    let watch = Watch::start(&place, "watch --lines");
    // It has begun once the first write shows.
    let first = loop {
        place.flags("feature disable beta");
        place.flags("feature enable beta");
        if let Ok(line) = watch.lines.recv_timeout(Duration::from_millis(300)) {
            let document: Value = serde_json::from_str(&line).unwrap();
            break document["revision"].as_u64().unwrap();
        }
    };
    thread::scope(|scope| {
        for writer in 0..4 {
            let place = &place;
            scope.spawn(move || {
                for number in 0..5 {
                    place
                        .flags(&format!("user assign u{writer}_{number}"))
                        .yes();
                }
            });
        }
    });
    let last = place.revision();
    let told: Vec<u64> = (first + 1..=last).map(|_| watch.revision()).collect();
    assert_eq!(told, (first + 1..=last).collect::<Vec<_>>());
}

#[test]
fn a_reader_that_leaves_ends_it_even_if_nothing_is_written() {
    let place = Place::shop();
    let mut command = place.command(&["watch"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stdout: ChildStdout = child.stdout.take().unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(141));
}

#[test]
fn what_is_not_there_yet_cannot_be_gone_on_from() {
    let place = Place::shop();
    let told = place.flags("watch --since 9").fails(3);
    assert!(
        told.contains("there is no revision 9: the latest is 1"),
        "{told}"
    );
    assert!(
        place
            .flags("watch --since x")
            .fails(2)
            .contains("a revision is a whole number")
    );
    assert!(place.flags("watch --limit 0").code == Some(2));
    place.flags("watch --key-file x").fails(2);
}

/// A watch of a server.
fn following(place: &Place, url: &str, key: &str, more: &str) -> Watch {
    let line = format!("watch --url {url} {more}");
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    Watch::by(command.env("FLAGS_API_KEY", key).env_remove("FLAGS_STORE"))
}

#[test]
fn a_server_is_followed_through_its_restart() {
    let place = Place::shop();
    let key = key(&place, "reader", Scope::Read);
    let server = Server::start(&place, &[]);
    let address = server.address().to_string();
    let watch = following(&place, server.url(), &key, "--json=revision,changes");
    place.flags("feature disable beta").yes();
    // It may have begun before or behind this write; what comes now is told for certain.
    thread::sleep(Duration::from_secs(1));
    place.flags("feature enable beta").yes();
    let first = watch.revision();
    let mut next = first + 1;
    while next <= 3 {
        assert_eq!(watch.revision(), next);
        next += 1;
    }
    assert_eq!(server.stop().0, Some(0));
    watch.says("trying again");
    place.flags("feature disable sso").yes();
    let server = Server::by(
        place
            .command(&["serve", "--listen", &address, "--json"])
            .stdin(Stdio::null()),
    );
    place.flags("feature enable sso").yes();
    assert_eq!((watch.revision(), watch.revision()), (4, 5));
    drop(server);
    assert_eq!(watch.ended_by(Signal::TERM), Some(143));
}

#[test]
fn a_server_tells_what_the_store_tells() {
    let place = Place::shop();
    place.flags("feature disable beta").yes();
    place.words(&["set", "beta", "--plan", "pro", "--reason", "spring"]);
    let server = Server::open(&place);
    for line in [
        "watch --since 0 --limit 3",
        "watch --since 0 --limit 3 --json --changes 2",
        "watch --since 0 --limit 2 --feature beta --lines",
    ] {
        let local = place.flags(line).out;
        let there = place.flags(&format!("{line} --url {}", server.url())).out;
        assert_eq!(there, local, "{line}");
    }
}

#[test]
fn a_key_that_opens_nothing_is_told_apart_from_a_server_that_is_not_there() {
    let place = Place::shop();
    let evaluate = key(&place, "app", Scope::Evaluate);
    let server = Server::start(&place, &[]);
    let told = |key: &str, url: &str| {
        let mut command = place.command(&["watch", "--url", url]);
        Said::by(command.env("FLAGS_API_KEY", key))
    };
    for wrong in ["", "sk_wrong"] {
        assert!(told(wrong, server.url()).fails(4).contains("wants a key"));
    }
    let said = told(&evaluate, server.url()).fails(4);
    assert!(
        said.contains("does not let this key see changes") && !said.contains(&evaluate),
        "{said}"
    );
    assert!(
        told("two words", server.url())
            .fails(2)
            .contains("this is no key")
    );
    let file = place.file("key", format!("{evaluate}\n"));
    place
        .words(&[
            "watch",
            "--url",
            server.url(),
            "--key-file",
            file.to_str().unwrap(),
        ])
        .fails(4);
    let url = server.url().to_owned();
    drop(server);
    let said = told(&evaluate, &url).fails(5);
    assert!(said.contains("the connection was refused"), "{said}");
    assert!(
        told(&evaluate, "http://flags.example")
            .fails(2)
            .contains("plain http")
    );
}
