//! The end of a server: what is in flight is finished, and nothing else is waited for.

use std::io::{BufRead, BufReader, Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use super::kit::Server;
use crate::cli::kit::Place;

const READS: &str = "/api/platform/features/check";

#[test]
fn a_request_in_flight_is_answered_and_connections_that_ask_nothing_are_not_waited_for() {
    let place = Place::shop();
    for signal in [Signal::TERM, Signal::INT] {
        let server = Server::open(&place);
        // One that never begins, one between two requests, one in the midst of a head.
        let mut idle = [server.connect(), server.connect(), server.connect()];
        idle[1]
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .unwrap();
        BufReader::new(&idle[1])
            .read_line(&mut String::new())
            .unwrap();
        idle[2].write_all(b"GET /healthz HTTP/1.1\r\nho").unwrap();
        let body = json!({"feature": "analytics", "end_user_id": "ana"}).to_string();
        let mut asking = server.connect();
        let head = format!(
            "POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        asking.write_all(head.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(200));
        let begun = Instant::now();
        server.signal(signal);
        thread::sleep(Duration::from_millis(300));
        // Nobody new is let in.
        let address = server.address();
        assert!(std::net::TcpStream::connect(address).is_err());
        asking.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        asking.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
        assert!(answer.trim_end().ends_with('}'), "{answer}");
        assert_eq!(server.ended().0, Some(0));
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let place = Place::shop();
    let server = Server::open(&place);
    let mut asking = server.connect();
    let head = format!(
        "POST {READS} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: 100\r\n\r\n"
    );
    asking.write_all(head.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    server.signal(Signal::TERM);
    thread::sleep(Duration::from_millis(300));
    server.signal(Signal::TERM);
    let (code, said) = server.ended();
    assert_eq!(code, Some(143), "{said}");
    assert!(said.contains("requests in flight were cut off"), "{said}");
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}
