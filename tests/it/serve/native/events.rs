//! Changes as they are made.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::cli::kit::Place;
use crate::serve::kit::Server;

/// A client that follows.
struct Following(BufReader<TcpStream>);

impl Following {
    fn begin(server: &Server, path: &str, header: &str) -> Self {
        let mut stream = server.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\n{header}\r\n"
        )
        .unwrap();
        let mut following = Self(BufReader::new(stream));
        assert!(following.line().contains("200"));
        while !following.line().trim().is_empty() {}
        following
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line
    }

    /// The next event: its number and what it says.
    fn next(&mut self) -> (u64, Value) {
        let mut id = 0;
        loop {
            let line = self.line();
            assert!(!line.is_empty(), "the stream ended");
            if let Some(number) = line.strip_prefix("id: ") {
                id = number.trim().parse().unwrap();
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return (id, serde_json::from_str(data).unwrap());
            }
        }
    }

    /// Whether nothing more comes.
    fn ends(&mut self) -> bool {
        let mut rest = String::new();
        while self.0.read_line(&mut rest).unwrap() > 0 {}
        !rest.contains("data: ")
    }
}

#[test]
fn each_write_is_told_once_by_whomever_it_was_made() {
    let place = Place::shop();
    let server = Server::open(&place);
    let mut following = Following::begin(&server, "/v1/events", "");
    server
        .send("PATCH", "/v1/features/beta", &json!({"name": "B"}))
        .expect(200);
    place.flags("feature disable beta").yes();
    for (revision, command) in [(2, "feature edit"), (3, "feature disable")] {
        let (id, write) = following.next();
        assert_eq!((id, &write["command"]), (revision, &json!(command)));
        assert_eq!(write, place.json(&format!("log {revision}")));
    }
    assert_eq!(server.stop().0, Some(0));
    assert!(
        following.ends(),
        "nothing is told twice, and the end comes with the server's"
    );
}

#[test]
fn whoever_was_cut_off_is_told_of_all_since() {
    let place = Place::shop();
    let server = Server::open(&place);
    for turn in ["disable", "enable", "disable"] {
        place.flags(&format!("feature {turn} beta")).yes();
    }
    for (path, header) in [
        ("/v1/events?after=1", ""),
        ("/v1/events", "last-event-id: 1\r\n"),
        ("/v1/events?after=3", "last-event-id: 1\r\n"),
    ] {
        let mut following = Following::begin(&server, path, header);
        let ids: Vec<u64> = (0..3).map(|_| following.next().0).collect();
        assert_eq!(ids, [2, 3, 4], "{path}");
    }
}
