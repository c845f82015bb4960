//! How a server is reached: names, pages, addresses, TLS, and the sockets of systemd.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use flags::server::access::Scope;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustix::process::Signal;

use super::kit::{Server, answered, key};
use crate::cli::kit::Place;

const ASKED: &str = "/v1/users/ana/entitlements";

#[test]
fn a_page_that_lets_its_name_lead_here_learns_nothing() {
    let place = Place::shop();
    let server = Server::start(&place, &["--insecure-no-auth", "--host", "flags.example"]);
    let at = |host: &str, origin: Option<&str>| {
        let mut request = server.request("GET", ASKED).header("host", host);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        answered(request)
    };
    let port = server.address().port();
    let own = format!("http://localhost:{port}");
    at(&format!("localhost:{port}"), None).expect(200);
    at(&format!("localhost:{port}"), Some(&own)).expect(200);
    at("flags.example", Some("https://flags.example")).expect(200);
    let refused = at(&format!("evil.example:{port}"), None).expect(421);
    assert_eq!(refused["error"]["code"], "host_unknown");
    for origin in ["http://evil.example", "null", "http://localhost:1"] {
        let refused = at(&format!("localhost:{port}"), Some(origin)).expect(403);
        assert_eq!(refused["error"]["code"], "origin_unknown", "{origin}");
    }
    // The target in absolute form counts, whatever the header says.
    let asked = format!(
        "GET http://evil.example{ASKED} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    );
    assert!(server.raw(asked.as_bytes()).starts_with("HTTP/1.1 421 "));
    let asked = format!(
        "GET http://localhost{ASKED} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    );
    assert!(server.raw(asked.as_bytes()).starts_with("HTTP/1.1 200 "));
    for hosts in ["", "host: localhost\r\nhost: localhost\r\n"] {
        let asked = format!("GET {ASKED} HTTP/1.1\r\n{hosts}connection: close\r\n\r\n");
        let answer = server.raw(asked.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400 "), "{hosts:?}: {answer}");
    }
}

#[test]
fn pages_of_named_origins_may_ask_and_browsers_are_told_so() {
    let place = Place::shop();
    let app = "https://app.example";
    let server = Server::start(&place, &["--insecure-no-auth", "--cors-origin", app]);
    let preflight = |origin: &str| {
        let request = server.request("OPTIONS", ASKED).header("origin", origin);
        let request = request.header("access-control-request-method", "GET");
        answered(request.header(
            "access-control-request-headers",
            "authorization,if-none-match",
        ))
    };
    let allowed = preflight(app);
    assert_eq!(allowed.status, 200);
    let header = |name: &str| allowed.header(name).unwrap().to_lowercase();
    assert_eq!(header("access-control-allow-origin"), app);
    assert!(header("access-control-allow-headers").contains("if-none-match"));
    assert!(header("access-control-allow-methods").contains("delete"));
    let refused = preflight("https://evil.example");
    assert_eq!(refused.header("access-control-allow-origin"), None);
    let asked = |origin: &str| answered(server.request("GET", ASKED).header("origin", origin));
    let answer = asked(app);
    answer.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), Some(app));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let exposed = answer.header("access-control-expose-headers").unwrap();
    for header in ["etag", "link", "retry-after", "x-request-id"] {
        assert!(exposed.contains(header), "{exposed}");
    }
    assert!(answer.header("vary").unwrap().contains("origin"));
    asked("https://evil.example").expect(403);
    // Without such origins nobody is told that anybody may.
    let server = Server::open(&place);
    let request = server.request("OPTIONS", ASKED).header("origin", app);
    let none = answered(request.header("access-control-request-method", "GET"));
    assert_eq!(
        (none.status, none.header("access-control-allow-origin")),
        (403, None)
    );
}

#[test]
fn other_machines_are_let_in_over_tls_or_through_a_proxy_and_never_without_a_key() {
    let place = Place::shop();
    key(&place, "app", Scope::Read);
    let told = place.flags("serve --listen 0.0.0.0:0").fails(2);
    assert!(told.contains("would pass in the clear"), "{told}");
    for helps in ["--tls-cert FILE", "--behind-proxy"] {
        assert!(told.contains(helps), "{told}");
    }
    let said = place
        .flags("serve --listen 0.0.0.0:0 --insecure-no-auth")
        .fails(2);
    assert!(said.contains("for this machine alone"), "{said}");
    let both = place
        .flags("serve --insecure-no-auth --behind-proxy")
        .fails(2);
    assert!(both.contains("cannot be used with"), "{both}");
    let said = place.flags("serve --metrics-listen 0.0.0.0:0").fails(2);
    assert!(
        said.contains("--metrics-listen is for this machine alone"),
        "{said}"
    );
    let mut command =
        place.command(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy", "--json"]);
    let server = Server::by(&mut command);
    assert!(server.url().starts_with("http://0.0.0.0:"));
}

fn pem(what: &str, bytes: Vec<u8>) -> String {
    pem::encode(&pem::Pem::new(what, bytes))
}

/// A certificate and its key, in files.
fn certificate(place: &Place, name: &str) -> (PathBuf, PathBuf) {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    let certificate = place.file(
        &format!("{name}.crt"),
        pem("CERTIFICATE", cert.der().to_vec()),
    );
    let key = place.file(
        &format!("{name}.key"),
        pem("PRIVATE KEY", signing_key.serialize_der()),
    );
    (certificate, key)
}

fn over_tls(place: &Place, certificate: &PathBuf, key: &PathBuf) -> Command {
    let mut command = Server::command(place, &["--insecure-no-auth", "--timeout", "2s"]);
    command.arg("--tls-cert").arg(certificate);
    command.arg("--tls-key").arg(key);
    command
}

#[test]
fn a_connection_is_encrypted_and_a_client_that_never_greets_is_not_waited_for() {
    let place = Place::shop();
    let (certificate, key) = certificate(&place, "a");
    let server = Server::by(&mut over_tls(&place, &certificate, &key));
    assert!(server.url().starts_with("https://"));
    server.get(ASKED).expect(200);
    // In the clear there is no answer.
    let plain = server.raw(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(!plain.contains("HTTP/1.1 200"), "{plain}");
    let begun = Instant::now();
    let mut silent = server.connect();
    assert_eq!(silent.read(&mut [0; 16]).unwrap_or(0), 0);
    let waited = begun.elapsed();
    assert!((1..10).contains(&waited.as_secs()), "{waited:?}");
}

#[test]
fn what_cannot_encrypt_is_named_at_the_start() {
    let place = Place::shop();
    let (certificate, key) = certificate(&place, "a");
    let (_, other) = self::certificate(&place, "b");
    let text = fs::read_to_string(&key).unwrap();
    let locked = place.file(
        "locked.key",
        text.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
    );
    let empty = place.file("empty.pem", "");
    let missing = place.path("missing.pem");
    for (certificate, key, said) in [
        (&certificate, &other, "is not the key of the certificate in"),
        (&certificate, &locked, "is encrypted"),
        (&certificate, &empty, "there is no private key in it"),
        (&empty, &key, "there is no certificate in it"),
        (&missing, &key, "No such file"),
    ] {
        let output = over_tls(&place, certificate, key).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(said), "{said}: {told}");
        assert!(
            !told.contains("MI"),
            "a key has no place in a message: {told}"
        );
    }
}

#[test]
fn a_new_certificate_takes_the_place_of_the_old_and_a_broken_one_does_not() {
    let place = Place::shop();
    let (certificate, key) = certificate(&place, "a");
    let (next, next_key) = self::certificate(&place, "b");
    let server = Server::by(&mut over_tls(&place, &certificate, &key));
    let shown = || {
        let mut client = Command::new("openssl");
        client.args(["s_client", "-connect", &server.address().to_string()]);
        let output = client.stdin(Stdio::null()).stderr(Stdio::null()).output();
        String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
    };
    let body = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().nth(2).unwrap().to_owned()
    };
    let (old, new) = (body(&certificate), body(&next));
    let told = |event: &str| {
        let begun = Instant::now();
        while !server.said().contains(event) {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{}",
                server.said()
            );
            thread::sleep(Duration::from_millis(20));
        }
    };
    assert!(shown().contains(&old));
    fs::write(&key, "broken").unwrap();
    server.signal(Signal::HUP);
    told("certificate_refused");
    assert!(shown().contains(&old));
    fs::copy(&next, &certificate).unwrap();
    fs::copy(&next_key, &key).unwrap();
    server.signal(Signal::HUP);
    told("\"read_again\"");
    assert!(shown().contains(&new));
    server.get(ASKED).expect(200);
}

#[test]
fn a_socket_that_systemd_made_is_served_and_systemd_is_told() {
    let place = Place::shop();
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let notified = place.path("notify");
    let notices = UnixDatagram::bind(&notified).unwrap();
    notices
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    // What systemd does: the socket as descriptor 3, and the process's own number.
    let program = env!("CARGO_BIN_EXE_flags");
    let script = format!(
        "exec 3<&{}; LISTEN_PID=$$ LISTEN_FDS=1 exec {program} serve --insecure-no-auth --json",
        socket.as_raw_fd()
    );
    rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::empty()).unwrap();
    let mut command = Command::new("/bin/bash");
    let own = place.command::<&str>(&[]);
    for (name, value) in own.get_envs() {
        command.env(name, value.unwrap());
    }
    command
        .env("NOTIFY_SOCKET", &notified)
        .args(["-c", &script]);
    let server = Server::by(&mut command);
    assert_eq!(server.address(), address);
    server.get(ASKED).expect(200);
    let notice = || {
        let mut text = [0; 256];
        let length = notices.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..length]).trim().to_owned()
    };
    assert_eq!(notice(), "READY=1");
    server.signal(Signal::HUP);
    assert!(notice().starts_with("RELOADING=1"));
    // The clock that systemd compares it with comes in the same message or in one of its own.
    let mut next = notice();
    if next.starts_with("MONOTONIC_USEC") {
        next = notice();
    }
    assert_eq!(next, "READY=1");
    assert_eq!(server.stop().0, Some(0));
    assert_eq!(notice(), "STOPPING=1");
}

#[test]
fn an_address_that_is_taken_is_named() {
    let place = Place::shop();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let said = place.flags(&format!("serve --insecure-no-auth --listen {address}"));
    let said = said.fails(2);
    assert!(
        said.contains(&format!("cannot listen at {address}")),
        "{said}"
    );
    let mut none = TcpStream::connect(address).unwrap();
    none.write_all(b"x").unwrap();
}
