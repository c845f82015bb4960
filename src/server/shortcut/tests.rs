//! Both ways give the same bytes.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::catalog::Revision;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::document::Document;
use crate::server::connection::Door;
use crate::server::net::Lines;
use crate::server::rig::{PROJECT, Rig};
use crate::server::run::router;
use crate::store::Author;

/// The first of several answers.
fn first(said: &str) -> &str {
    const BEGINNING: &str = "HTTP/1.1 ";
    let after = said.len().min(BEGINNING.len());
    let next = said[after..].find(BEGINNING);
    next.map_or(said, |at| &said[..after + at])
}

/// One store served twice: with the short way and without.
struct Servers {
    rig: Rig,
    with: Arc<Door>,
    without: Arc<Door>,
}

impl Servers {
    fn new(rate: Option<u32>) -> Self {
        let rig = Rig::new();
        let door = |short: bool| {
            let app = rig.app(rate);
            let desk = Arc::default();
            let shortcut = Shortcut::new(&app, &desk).filter(|_| short);
            Arc::new(Door {
                router: router(&app, &desk),
                shortcut: shortcut.map(Arc::new),
                lines: Lines::new(4, None),
                tls: None,
                app,
            })
        };
        let (with, without) = (door(true), door(false));
        Self { rig, with, without }
    }

    /// What both say, which has to be the same.
    fn both(&self, pieces: &[&[u8]]) -> String {
        let in_parts = pieces.iter().skip(1).any(|piece| !piece.is_empty());
        let said = |door: &Arc<Door>| {
            let said = self.rig.said(door, pieces);
            match in_parts {
                // Whether a connection goes on after an answer that wanted no body depends on
                // whether the body was there by then.
                true => first(&said).replace("connection: close\r\n", ""),
                false => said,
            }
        };
        let (without, with) = (said(&self.without), said(&self.with));
        let asked = String::from_utf8_lossy(&pieces.concat()).into_owned();
        assert_eq!(with, without, "{asked}");
        with
    }

    /// How many kinds of question the short way has answered.
    fn kinds(&self) -> usize {
        let series = &self.with.shortcut.as_ref().unwrap().series;
        series.iter().filter(|one| one.get().is_some()).count()
    }
}

const USERS: [&str; 8] = [
    "ana",
    "bob",
    "cy%25",
    "dot.dash-_~",
    "nobody",
    "a%2Fb",
    "%00",
    "",
];
const FEATURES: [&str; 7] = [
    "analytics",
    "beta",
    "gone",
    "room",
    "seats",
    "unknown",
    "NO",
];

/// A request, with a key to be put in and a body that may come in pieces.
#[derive(Debug, Clone)]
struct Request {
    head: String,
    body: String,
    cut: usize,
}

fn targets() -> impl Strategy<Value = (&'static str, String)> {
    let user = || select(&USERS[..]);
    let feature = || select(&FEATURES[..]);
    let ends = select(vec![
        "",
        "",
        "",
        "/",
        "?at=2020-01-01",
        "?",
        "?organization=acme",
        "?x=1",
    ]);
    let pages = select(vec![
        "",
        "?limit=2",
        "?limit=0",
        "?order=asc&limit=3",
        "?limit=2&limit=3",
    ]);
    prop_oneof![
        (user(), feature(), ends.clone())
            .prop_map(|(u, f, e)| ("GET", format!("/v1/users/{u}/entitlements/{f}{e}"))),
        (user(), ends.clone()).prop_map(|(u, e)| ("GET", format!("/v1/users/{u}/entitlements{e}"))),
        (user(), pages).prop_map(|(u, p)| (
            "GET",
            format!("/user_management/users/{u}/feature-flags{p}")
        )),
        (feature(), ends).prop_map(|(f, e)| ("POST", format!("/ofrep/v1/evaluate/flags/{f}{e}"))),
        Just(("POST", "/ofrep/v1/evaluate/flags".to_owned())),
        (select(vec!["HEAD", "PUT", "GET"]), user())
            .prop_map(|(m, u)| (m, format!("/v1/users/{u}/entitlements"))),
    ]
}

fn headers() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        6 => Just("authorization: Bearer KEY0"),
        1 => select(vec![
            "", "x-api-key: KEY0", "authorization: bearer  KEY1", "authorization: Bearer KEY2",
            "authorization: Bearer sk_wrong", "authorization: Basic KEY0",
        ]),
    ];
    let host = prop_oneof![
        6 => select(vec!["host: localhost:4190", "host: 127.0.0.1:4190", "host: localhost"]),
        1 => select(vec![
            "", "host: evil.example", "host: LOCALHOST:4190", "host: a@localhost",
            "host: localhost\r\nhost: localhost",
        ]),
    ];
    let other = prop_oneof![
        4 => Just(""),
        4 => select(vec![
            "x-request-id: abc-1", "x-request-id: <b>", "origin: http://localhost:4190",
            "origin: http://evil.example", "if-none-match: *", "if-match: \"1\"",
            "idempotency-key: k", "idempotency-key: k\r\nidempotency-key: k", "accept: text/html",
            "x-forwarded-proto: https", "connection: close", "accept-encoding: gzip",
        ]),
    ];
    (key, host, other).prop_map(|headers| {
        let lines = [headers.0, headers.1, headers.2].into_iter();
        let lines = lines.filter(|line| !line.is_empty());
        lines.map(|line| format!("{line}\r\n")).collect()
    })
}

fn bodies() -> impl Strategy<Value = (&'static str, String)> {
    let context = select(vec![
        r#"{"context":{"targetingKey":"ana"}}"#,
        r#"{"context":{"targetingKey":"bob","workspace":"w1"}}"#,
        r#"{"context":{"targetingKey":"ana","plan":"free","organizations":["acme"]}}"#,
        r#"{"context":{"targetingKey":"ana","plan":"none"}}"#,
        r#"{"context":{"targetingKey":"nobody","colour":"red"}}"#,
        r#"{"context":{"plan":"pro"}}"#,
        r#"{"context":{}}"#,
        r#"{"context":"#,
        "",
    ]);
    let kind = prop_oneof![
        5 => Just("content-type: application/json\r\n"),
        1 => select(vec!["", "content-type: text/plain\r\n"]),
    ];
    (kind, context.prop_map(str::to_owned))
}

fn requests() -> impl Strategy<Value = Request> {
    let parts = (targets(), headers(), bodies(), 0..60_usize, any::<bool>());
    parts.prop_map(|((method, target), headers, (kind, text), cut, chunked)| {
        let sends = method != "GET" || cut == 0;
        let (more, body) = match (sends, chunked && cut % 3 == 0) {
            (false, _) => (String::new(), String::new()),
            (true, false) => (format!("{kind}content-length: {}\r\n", text.len()), text),
            (true, true) => (
                format!("{kind}transfer-encoding: chunked\r\n"),
                format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len().max(1)),
            ),
        };
        Request {
            head: format!("{method} {target} HTTP/1.1\r\n{headers}{more}\r\n"),
            body,
            cut,
        }
    })
}

#[test]
fn whatever_is_asked_both_ways_say_the_same_and_count_the_same() {
    let servers = Servers::new(None);
    let key = &servers.rig.keys[0];
    let plain = format!("host: localhost\r\nauthorization: Bearer {key}\r\n");
    let body = r#"{"context":{"targetingKey":"ana"}}"#;
    let sent = format!(
        "content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    for (line, rest) in [
        ("GET /v1/users/ana/entitlements/analytics", "\r\n"),
        ("GET /v1/users/ana/entitlements", "\r\n"),
        ("GET /user_management/users/ana/feature-flags", "\r\n"),
        ("POST /ofrep/v1/evaluate/flags/analytics", &sent),
        ("POST /ofrep/v1/evaluate/flags", &sent),
    ] {
        let asked = format!("{line} HTTP/1.1\r\n{plain}{rest}");
        // The first time, memory may have to be told of the user.
        for _ in 0..2 {
            servers.both(&[asked.as_bytes()]);
        }
    }
    assert_eq!(servers.kinds(), KINDS, "the short way was not taken");
    let config = ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(request in requests())| {
        let mut head = request.head.clone();
        for (number, key) in servers.rig.keys.iter().enumerate() {
            head = head.replace(&format!("KEY{number}"), key);
        }
        let (first, rest) = request.body.split_at(request.cut.min(request.body.len()));
        let begun = [head.as_bytes(), first.as_bytes()].concat();
        servers.both(&[&begun, rest.as_bytes()]);
    });
    let counted = |door: &Door| {
        let text = door.app.metrics.text(Revision::UNKNOWN);
        let mut lines: Vec<String> = text
            .lines()
            .filter(|line| line.starts_with("flags_requests_total") || line.contains("_count"))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(counted(&servers.with), counted(&servers.without));
}

#[test]
fn what_memory_cannot_answer_is_counted_against_the_rate_once() {
    let servers = Servers::new(Some(1));
    for door in [&servers.with, &servers.without] {
        let unknown = servers.rig.get("/v1/users/nobody/entitlements/seats", "");
        let said = servers.rig.said(door, &[unknown.as_bytes()]);
        assert!(said.starts_with("HTTP/1.1 404 "), "{said}");
        let said = servers.rig.said(door, &[unknown.as_bytes()]);
        assert!(said.starts_with("HTTP/1.1 429 "), "{said}");
    }
}

#[test]
fn several_requests_of_one_connection_are_answered_in_their_order() {
    let servers = Servers::new(None);
    let one = servers
        .rig
        .get("/v1/users/ana/entitlements/seats", "x-request-id: 1\r\n");
    let two = servers.rig.get("/v1/features", "x-request-id: 2\r\n");
    let three = servers
        .rig
        .get("/v1/users/bob/entitlements", "x-request-id: 3\r\n");
    let said = servers.both(&[[one, two, three].concat().as_bytes()]);
    let ids = said
        .lines()
        .filter_map(|line| line.strip_prefix("x-request-id: "));
    assert_eq!(ids.collect::<Vec<_>>(), ["1", "2", "3"], "{said}");
}

#[test]
fn a_write_is_seen_by_the_next_request() {
    let servers = Servers::new(None);
    let asked = servers.rig.get("/v1/users/ana/entitlements/seats", "");
    for _ in 0..3 {
        assert!(servers.both(&[asked.as_bytes()]).contains(r#""value":7"#));
    }
    assert_eq!(servers.kinds(), 1);
    let store = servers.with.app.stores.open().unwrap();
    let document: Document = serde_json::from_str(PROJECT).unwrap();
    let changes = document.into_changes().changes().to_vec();
    let over = changes.into_iter().filter(|change| {
        matches!(change, Change::Override { subject, .. }
            if subject.to_string() == "user:ana")
    });
    let away: Vec<_> = over.map(Change::reversed).collect();
    let changes = ChangeSet::new(away);
    let author = Author::default();
    store.update(&author, &mut |_| Ok(changes.clone())).unwrap();
    for _ in 0..3 {
        assert!(servers.both(&[asked.as_bytes()]).contains(r#""value":50"#));
    }
}
