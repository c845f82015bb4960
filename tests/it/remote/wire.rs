//! What a server may do to us on the wire, and what it may not.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use flags::remote::{Client, Documents, Limits, RemoteError, Trouble, Unfit, jwks};

use super::server::{KEYS, Server, answer, at, client, documents, good, limits, nobody, trouble};

/// What comes of asking a server once.
fn fetched(server: &Server) -> Result<String, RemoteError> {
    fetched_within(server, limits())
}

fn fetched_within(server: &Server, limits: Limits) -> Result<String, RemoteError> {
    let documents = Documents::new(client(limits), None);
    jwks::get(&documents, &server.at("/keys?token=secret"), at(0)).map(|document| document.text)
}

/// Expects this trouble, and nothing secret or of the server's own words in what is said about it.
fn meets(server: &Server, expected: &Trouble) {
    let result = fetched(server);
    let told = result.as_ref().unwrap_err().to_string();
    for unwanted in ["secret", "hostile", "\u{1b}"] {
        assert!(!told.contains(unwanted), "{told:?}");
    }
    assert_eq!(trouble(result), *expected);
}

#[test]
fn a_server_learns_the_name_of_the_program_and_nothing_else() {
    let server = Server::saying([good(&[("set-cookie", "a=b")], KEYS), good(&[], KEYS)]);
    let documents = documents(None);
    for _ in 0..2 {
        jwks::get(&documents, &server.at("/keys?a=b"), at(0)).unwrap();
    }
    for asked in server.asked() {
        assert_eq!(asked.path(), "/keys?a=b");
        let program = format!("flags/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(asked.header("user-agent"), Some(program.as_str()));
        assert!(
            asked
                .header("accept")
                .unwrap()
                .starts_with("application/json,")
        );
        let known = ["accept", "accept-encoding", "host", "user-agent"];
        for line in asked.head.lines().skip(1).filter(|line| !line.is_empty()) {
            let name = line.split(':').next().unwrap();
            assert!(known.contains(&name), "{line}");
        }
    }
}

#[test]
fn packed_and_chunked_answers_are_read() {
    let packed = packed(KEYS.as_bytes());
    let server = Server::saying([good(&[("content-encoding", "gzip")], packed)]);
    assert_eq!(fetched(&server).unwrap(), KEYS);
    let (left, right) = KEYS.split_at(9);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n\
         {:x}\r\n{left}\r\n{:x}\r\n{right}\r\n0\r\n\r\n",
        left.len(),
        right.len()
    );
    let server = Server::saying([chunked.into_bytes()]);
    assert_eq!(fetched(&server).unwrap(), KEYS);
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut gzip = Command::new("gzip")
        .arg("-9")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = gzip.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = thread::spawn(move || stdin.write_all(&text).unwrap());
    let output = gzip.wait_with_output().unwrap();
    writer.join().unwrap();
    output.stdout
}

#[test]
fn an_answer_is_read_up_to_its_limit_and_unpacked_no_further() {
    let small = Limits {
        size: 1000,
        ..limits()
    };
    let padded = |length: usize| format!("{KEYS}{}", " ".repeat(length - KEYS.len()));
    let gzip = [("content-encoding", "gzip")];
    for (headers, body, fits) in [
        (&[][..], padded(1000).into_bytes(), true),
        (&[][..], padded(1001).into_bytes(), false),
        (&gzip[..], packed(padded(1000).as_bytes()), true),
        (&gzip[..], packed(padded(1001).as_bytes()), false),
        (&gzip[..], packed(padded(50_000_000).as_bytes()), false),
    ] {
        let server = Server::saying([good(headers, &body)]);
        let result = fetched_within(&server, small);
        match fits {
            true => assert_eq!(result.unwrap().len(), 1000),
            false => assert_eq!(trouble(result), Trouble::TooLarge(1000)),
        }
    }
}

#[test]
fn an_answer_without_end_ends_at_the_limit() {
    let server = Server::writing(None, |_, wire| {
        let _ = wire.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
        while wire.write_all(&[b' '; 4096]).is_ok() {}
    });
    assert_eq!(trouble(fetched(&server)), Trouble::TooLarge(1 << 20));
}

#[test]
fn a_server_that_says_nothing_or_says_it_by_drops_is_not_waited_for() {
    let total = Duration::from_millis(600);
    let short = Limits { total, ..limits() };
    let silent = Server::writing(None, |_, _| thread::sleep(Duration::from_secs(3)));
    let dripping = Server::writing(None, |_, wire| {
        let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9999\r\n\r\n";
        let mut alive = wire.write_all(head).is_ok();
        while alive {
            thread::sleep(Duration::from_millis(50));
            alive = wire.write_all(b" ").is_ok();
        }
    });
    for server in [silent, dripping] {
        let begun = Instant::now();
        assert_eq!(
            trouble(fetched_within(&server, short)),
            Trouble::TimedOut(total)
        );
        // Each read alone would be within the limit.
        assert!(begun.elapsed() < 2 * total, "{:?}", begun.elapsed());
    }
}

#[test]
fn any_other_status_is_told_by_its_number() {
    let server = Server::saying([answer("404 hostile", &[], "hostile")]);
    meets(&server, &Trouble::Status(404));
    for status in [204, 401, 503, 599] {
        let server = Server::saying([answer(&format!("{status} hostile"), &[], KEYS)]);
        meets(&server, &Trouble::Status(status));
    }
    let told = Trouble::Status(404).to_string();
    assert_eq!(told, "the server answered with status 404 (Not Found)");
    // Nobody had a copy that could be unchanged.
    let server = Server::saying([answer("304 Not Modified", &[], "")]);
    meets(&server, &Trouble::Status(304));
}

#[test]
fn what_is_no_answer_is_garbled() {
    for bytes in [
        &b"hostile\r\n\r\n"[..],
        b"HTTP/1.1 404 hostile\x1b[2J\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhostile",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhostile\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 7\r\n\r\nhostile",
    ] {
        meets(&Server::saying([bytes.to_vec()]), &Trouble::Garbled);
    }
    let server = Server::saying([good(&[], b"{\"keys\":[\"\xff\"]}")]);
    meets(&server, &Trouble::NotText);
}

#[test]
fn what_is_no_key_set_is_not_taken_for_one() {
    let unfit = |body: &str| match fetched(&Server::saying([good(&[], body)])) {
        Err(error @ RemoteError::Unfit { .. }) => {
            let told = error.to_string();
            assert!(
                !told.contains("hostile") && !told.contains("secret"),
                "{told}"
            );
            let RemoteError::Unfit { unfit, .. } = error else {
                unreachable!()
            };
            unfit
        }
        other => panic!("{body}: {other:?}"),
    };
    let (line, column) = (1, 1);
    assert_eq!(unfit("<html>hostile"), Unfit::NotJson { line, column });
    assert!(matches!(unfit(""), Unfit::NotJson { .. }));
    assert!(matches!(unfit(&KEYS[..20]), Unfit::NotJson { .. }));
    assert_eq!(unfit(r#"{"error":"hostile"}"#), Unfit::NoKeys);
}

#[test]
fn redirects_are_followed_within_one_server_three_times() {
    let hops = |count: usize| {
        Server::by(move |asked| {
            let done: usize = asked.path().rsplit('/').next().unwrap().parse().unwrap();
            match done < count {
                true => answer("302 Found", &[("location", &format!("/{}", done + 1))], ""),
                false => good(&[], KEYS),
            }
        })
    };
    let fetched = |server: &Server| {
        let result = jwks::get(&documents(None), &server.at("/0"), at(0));
        result.map(|document| document.text)
    };
    let server = hops(3);
    assert_eq!(fetched(&server).unwrap(), KEYS);
    let server = hops(4);
    assert_eq!(trouble(fetched(&server)), Trouble::RoundAndRound(3));
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_redirect_leads_to_no_other_server() {
    let other = Server::saying([good(&[], KEYS)]);
    let port = other.port();
    for (place, shown) in [
        (other.origin() + "/keys?token=secret", "/keys?…"),
        (format!("//127.0.0.1:{port}/"), "127.0.0.1"),
        (format!("http://localhost:{port}/"), "localhost"),
        ("http://issuer.example/".to_owned(), "issuer.example"),
        ("https://issuer.example/".to_owned(), "issuer.example"),
        ("ftp://issuer.example/".to_owned(), "issuer.example"),
        (format!("https://{}/", "a".repeat(5000)), "aaa"),
    ] {
        let server = Server::saying([answer("307 hostile", &[("location", &place)], "")]);
        let result = fetched(&server);
        let told = result.as_ref().unwrap_err().to_string();
        assert!(told.contains(shown) && told.len() < 500, "{place}: {told}");
        assert!(!told.contains("secret"), "{told}");
        let trouble = trouble(result);
        assert!(matches!(trouble, Trouble::Elsewhere(_)), "{trouble:?}");
    }
    assert_eq!(other.asked().len(), 0);
    let server = Server::by(|asked| {
        let host = asked.header("host").unwrap();
        let place = format!("http://user:secret@{host}/keys");
        answer("302 Found", &[("location", &place)], "")
    });
    let result = fetched(&server);
    assert!(!result.as_ref().unwrap_err().to_string().contains("secret"));
    assert!(matches!(trouble(result), Trouble::Elsewhere(_)));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_server_that_is_not_there_is_told_from_a_name_that_is_not() {
    let result = jwks::get(&documents(None), &nobody(), at(0));
    assert_eq!(trouble(result), Trouble::Refused);
    // No name has so long a part.
    let nowhere = format!("https://{}.example/", "a".repeat(64));
    let result = jwks::get(&documents(None), &nowhere.parse().unwrap(), at(0));
    assert_eq!(trouble(result), Trouble::NoSuchHost);
}

#[test]
fn a_bundle_without_certificates_is_refused_before_anything_is_asked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ca.pem");
    let server = Server::saying([good(&[], KEYS)]);
    let refused = |expected: &str| {
        let client = Client::new(Some(path.clone()), limits());
        let documents = Documents::new(client, None);
        let error = jwks::get(&documents, &server.at("/keys"), at(0)).unwrap_err();
        assert_eq!(error.code(), "ca_bundle");
        let told = error.to_string();
        assert!(told.contains("ca.pem") && told.contains(expected), "{told}");
    };
    refused("No such file");
    for text in ["", "no certificate"] {
        std::fs::write(&path, text).unwrap();
        refused("there is no certificate in it");
    }
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n";
    std::fs::write(&path, broken).unwrap();
    refused("a certificate in it cannot be read");
    assert_eq!(server.asked().len(), 0);
}
