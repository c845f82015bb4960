//! What one client cannot take from the others: room, time, and their requests.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::kit::{Server, answered};
use crate::cli::kit::Place;

const ASKED: &str = "/v1/users/ana/entitlements";
/// A route that reads a JSON body.
const READS: &str = "/api/platform/features/check";

fn open(place: &Place, arguments: &[&str]) -> Server {
    Server::start(place, &[&["--insecure-no-auth"], arguments].concat())
}

fn read_all(stream: &mut TcpStream) -> String {
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    String::from_utf8_lossy(&got).into_owned()
}

#[test]
fn a_body_is_read_up_to_its_limit_however_its_length_is_told() {
    let place = Place::shop();
    let server = open(&place, &["--max-body", "1000"]);
    let body = |length: usize| {
        let mut text = json!({"feature": "analytics", "end_user_id": "ana"}).to_string();
        text.push_str(&" ".repeat(length - text.len()));
        text
    };
    let post = |body: String| {
        let request = server.request("POST", READS);
        answered(
            request
                .header("content-type", "application/json")
                .body(body),
        )
    };
    assert_ne!(post(body(1000)).status, 413);
    let refused = post(body(1001));
    assert_eq!(refused.status, 413, "{refused:?}");
    // As large as what sends it before it listens: the answer arrives all the same.
    assert_eq!(post(body(3_000_000)).status, 413);
    let head =
        format!("POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n");
    let chunked = |length: usize| {
        let text = body(length);
        let (left, right) = text.split_at(500);
        format!(
            "{head}transfer-encoding: chunked\r\n\r\n{:x}\r\n{left}\r\n{:x}\r\n{right}\r\n0\r\n\r\n",
            left.len(),
            right.len()
        )
    };
    assert!(
        !server
            .raw(chunked(1000).as_bytes())
            .starts_with("HTTP/1.1 413 ")
    );
    let answer = server.raw(chunked(1001).as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    // Whoever asks first does not have to send it.
    let asked = format!("{head}content-length: 999999\r\nexpect: 100-continue\r\n\r\n");
    let begun = Instant::now();
    let answer = server.raw(asked.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
}

/// Of a length that was told, and is too much: whoever sends before they listen still hears why.
#[test]
fn a_client_that_sends_without_looking_up_gets_its_answer() {
    let place = Place::shop();
    let server = open(&place, &["--max-body", "1000"]);
    let mut stream = server.connect();
    let head = format!(
        "POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: 2000000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    for piece in [vec![b' '; 500_000], vec![b' '; 1_500_000]] {
        stream.write_all(&piece).unwrap();
        thread::sleep(Duration::from_millis(300));
    }
    let answer = read_all(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn a_body_of_another_kind_is_not_read() {
    let place = Place::shop();
    let server = open(&place, &[]);
    let path = "/feature-flags/analytics/targets/user_ana";
    for kind in [None, Some("text/plain"), Some("text/html"), Some("jsonish")] {
        let mut request = server.request("POST", path).body("{}");
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let reply = answered(request);
        assert_eq!(reply.status, 415, "{kind:?}: {reply:?}");
    }
}

#[test]
fn whoever_sends_by_drops_is_not_waited_for() {
    let place = Place::shop();
    let server = open(&place, &["--timeout", "1s"]);
    let drip = |start: String| {
        let mut stream = server.connect();
        let mut writer = stream.try_clone().unwrap();
        let begun = Instant::now();
        stream.write_all(start.as_bytes()).unwrap();
        let dripping = thread::spawn(move || {
            // Each drop comes in time.
            while begun.elapsed() < Duration::from_secs(20) && writer.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(200));
            }
        });
        let answer = read_all(&mut stream);
        let waited = begun.elapsed();
        drop(stream);
        dripping.join().unwrap();
        (answer, waited)
    };
    let (answer, waited) = drip("GET / HTTP/1.1\r\nhost: localhost\r\nx: ".to_owned());
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
        "{answer}"
    );
    assert!(waited < Duration::from_secs(5), "{waited:?}");
    let head = format!(
        "POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n"
    );
    let (answer, waited) = drip(head);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(waited < Duration::from_secs(8), "{waited:?}");
    // Nothing at all, at the beginning and after an answer.
    for start in ["", "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let mut stream = server.connect();
        let begun = Instant::now();
        stream.write_all(start.as_bytes()).unwrap();
        let answer = read_all(&mut stream);
        assert_eq!(answer.contains("200 OK"), !start.is_empty(), "{answer}");
        let waited = begun.elapsed();
        let expected = Duration::from_millis(800)..Duration::from_secs(5);
        assert!(expected.contains(&waited), "{waited:?}");
    }
}

#[test]
fn whoever_does_not_read_the_answer_is_not_waited_for() {
    let place = Place::shop();
    let server = open(&place, &["--timeout", "1s"]);
    let mut stream = server.connect();
    let asked = "GET /feature-flags HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(1000);
    let begun = Instant::now();
    // Requests without end, and no answer is ever read.
    stream
        .set_write_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let ended = loop {
        assert!(begun.elapsed() < Duration::from_secs(60));
        if let Err(error) = stream.write_all(asked.as_bytes()) {
            break error.kind();
        }
    };
    // Closed by the server, and not just left waiting.
    let closed = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
    assert!(closed.contains(&ended), "{ended:?}");
    server.get(ASKED).expect(200);
}

#[test]
fn a_head_has_its_limit() {
    let place = Place::shop();
    let server = open(&place, &[]);
    let long = "a".repeat(200_000);
    let answer =
        server.raw(format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {long}\r\n\r\n").as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 431 ") || answer.is_empty(),
        "{answer}"
    );
    let many: String = (0..200).map(|number| format!("x{number}: a\r\n")).collect();
    let answer = server.raw(format!("GET / HTTP/1.1\r\nhost: localhost\r\n{many}\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let answer = server.raw(format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 4") || answer.is_empty(),
        "{answer}"
    );
    server.get(ASKED).expect(200);
}

#[test]
fn silent_connections_make_room_for_whoever_asks() {
    let place = Place::shop();
    let server = open(&place, &["--max-connections", "20", "--timeout", "60s"]);
    let silent: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    thread::sleep(Duration::from_millis(800));
    let begun = Instant::now();
    for _ in 0..5 {
        server.get(ASKED).expect(200);
    }
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    let closed = silent.iter().filter(|stream| {
        stream
            .set_read_timeout(Some(Duration::from_millis(10)))
            .unwrap();
        matches!((&**stream).read(&mut [0; 1]), Ok(0))
    });
    assert_eq!(
        closed.count(),
        1,
        "the client keeps the one connection that was made for it"
    );
}

#[test]
fn where_all_are_busy_there_is_no_room_and_that_is_said() {
    let place = Place::shop();
    let server = open(&place, &["--max-connections", "4", "--timeout", "30s"]);
    let head = format!(
        "POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    let mut busy: Vec<TcpStream> = (0..4).map(|_| server.connect()).collect();
    for stream in &mut busy {
        stream.write_all(head.as_bytes()).unwrap();
    }
    thread::sleep(Duration::from_millis(800));
    let answer =
        server.raw(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.to_lowercase().contains("retry-after: 1"), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(body).unwrap()["error"]["code"],
        "full"
    );
    drop(busy);
    thread::sleep(Duration::from_millis(300));
    server.get(ASKED).expect(200);
}

/// Shapes that two programs in a row may read differently. None may be taken for two requests, and
/// none may reach what is behind the first.
#[test]
fn a_request_is_where_it_seems_to_be() {
    let place = Place::shop();
    let server = open(&place, &[]);
    let smuggled = "GET /feature-flags HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let post =
        format!("POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n");
    let length = smuggled.len() + 5;
    for (name, bytes) in [
        (
            "both lengths",
            format!(
                "{post}content-length: {length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"
            ),
        ),
        (
            "both, the other way round",
            format!(
                "{post}transfer-encoding: chunked\r\ncontent-length: {length}\r\n\r\n0\r\n\r\n{smuggled}"
            ),
        ),
        (
            "two lengths",
            format!("{post}content-length: 0\r\ncontent-length: {length}\r\n\r\n{smuggled}"),
        ),
        (
            "a length with a sign",
            format!("{post}content-length: +0\r\n\r\n{smuggled}"),
        ),
        (
            "a list of lengths",
            format!("{post}content-length: 0, {length}\r\n\r\n{smuggled}"),
        ),
        (
            "not chunked at last",
            format!("{post}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n{smuggled}"),
        ),
        (
            "an unknown coding",
            format!("{post}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}"),
        ),
        (
            "a bad chunk",
            format!("{post}transfer-encoding: chunked\r\n\r\nzz\r\n\r\n{smuggled}"),
        ),
        (
            "a chunk beyond all numbers",
            format!("{post}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{smuggled}"),
        ),
        (
            "a folded header",
            format!("{post}x: a\r\n content-length: 0\r\n\r\n{smuggled}"),
        ),
        (
            "a space before the colon",
            format!("{post}content-length : 0\r\n\r\n{smuggled}"),
        ),
        (
            "a bare CR",
            format!("{post}x: a\rcontent-length: 0\r\n\r\n{smuggled}"),
        ),
        (
            "NUL in a header",
            format!("{post}x: a\0b\r\n\r\n{smuggled}"),
        ),
        (
            "NUL in the target",
            "GET /healthz\0 HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        ),
        (
            "CR in the target",
            "GET /healthz\r HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        ),
        (
            "a space in the target",
            "GET /health z HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        ),
        ("no version", "GET /feature-flags\r\n\r\n".to_owned()),
        (
            "another version",
            "GET /feature-flags HTTP/3.0\r\nhost: localhost\r\n\r\n".to_owned(),
        ),
        (
            "the other protocol",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        ),
        (
            "no target",
            "GET  HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        ),
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let answer = read_all(&mut stream);
        let answers = answer.matches("HTTP/1.1 ").count();
        assert!(answers <= 1, "{name}: {answer}");
        assert!(!answer.contains("HTTP/1.1 200 "), "{name}: {answer}");
    }
    for (target, status) in [
        ("//v1/users/ana/entitlements", 404),
        ("/v1//users/ana/entitlements", 404),
        ("/v1/../v1/users/ana/entitlements", 404),
        ("/v1/users/ana%2fentitlements", 404),
        ("/v1/users/%00/entitlements", 400),
        ("/v1/users/%ff/entitlements", 400),
        ("*", 404),
    ] {
        let asked =
            format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let answer = server.raw(asked.as_bytes());
        let expected = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&expected), "{target}: {answer}");
    }
    let asked = "CONNECT localhost:1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = server.raw(asked.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    server.get(ASKED).expect(200);
}
