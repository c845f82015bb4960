//! `doctor` looks at servers: one that works has no problem, and one that does not is never 0.

use std::net::TcpListener;

use serde_json::Value;

use super::{asked, far, named};
use crate::cli::kit::{Place, Said};
use crate::serve::kit::{Server, key};
use flags::server::access::Scope;

/// A check's status, finding and advice.
#[track_caller]
fn check<'d>(document: &'d Value, name: &str) -> (&'d str, &'d str, &'d str) {
    let checks = document["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no check {name}: {document}"));
    let text = |field: &str| found[field].as_str().unwrap_or_default();
    (text("status"), text("found"), text("advice"))
}

fn examined(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"))
}

#[test]
fn a_server_that_works_has_no_problem() {
    let shop = Place::shop();
    for (kind, protocol) in [
        ("http", "native"),
        ("astapa", "astapa"),
        ("workos", "workos"),
    ] {
        let server = Server::start(&shop, &["--insecure-no-auth", "--protocol", protocol]);
        let home = named(kind, server.url());
        let said = asked(&home, "doctor --json");
        let document = examined(&said);
        assert_eq!(
            (said.code, &document["problems"]),
            (Some(0), &Value::from(0)),
            "{kind}: {document}"
        );
        assert_eq!(check(&document, "connection").0, "ok");
        assert_eq!(check(&document, "permission").0, "ok");
        assert_eq!(check(&document, "server clock").0, "ok");
        assert!(
            !said.out.contains("canary") && !said.err.contains("canary"),
            "{said:?}"
        );
    }
}

#[test]
fn a_server_that_does_not_let_us_in_is_told_with_the_next_step() {
    let shop = Place::shop();
    let good = key(&shop, "reader", Scope::Read);
    let server = Server::start(&shop, &[]);
    let home = named("http", server.url());
    let said =
        Said::by(far(&home, "doctor --json").env("FLAGS_API_KEY", "sk_unknown_key_of_nobody"));
    assert_eq!(said.code, Some(4), "{said:?}");
    let document = examined(&said);
    let (status, _, advice) = check(&document, "permission");
    assert_eq!(status, "problem");
    assert!(advice.contains("flags auth login"), "{advice}");
    let said = Said::by(far(&home, "doctor --json").env("FLAGS_API_KEY", good));
    assert_eq!(said.code, Some(0), "{said:?}");
}

#[test]
fn a_server_that_is_not_there_or_is_something_else_is_five() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let home = named("http", &format!("http://{nobody}"));
    let said = asked(&home, "doctor --json");
    assert_eq!(said.code, Some(5), "{said:?}");
    let document = examined(&said);
    let (status, _, advice) = check(&document, "connection");
    assert_eq!((status, advice.is_empty()), ("problem", false));
    // A server that speaks another protocol answers, and not as such a one.
    let shop = Place::shop();
    let server = Server::start(&shop, &["--insecure-no-auth", "--protocol", "astapa"]);
    let home = named("workos", server.url());
    let said = asked(&home, "doctor --json");
    assert_eq!(said.code, Some(5), "{said:?}");
}

#[test]
fn a_key_of_another_environment_is_found_before_anything_is_sent() {
    let place = Place::bare();
    let added = place.flags("profile add production --kind workos --url http://127.0.0.1:9");
    assert_eq!(added.code, Some(0), "{added:?}");
    let mut doctor = place.command(&["doctor", "--json", "--profile", "production"]);
    let said = Said::by(doctor.env("WORKOS_API_KEY", "sk_test_canary5ecret"));
    let document = examined(&said);
    assert_eq!(check(&document, "environment").0, "problem", "{document}");
    assert_eq!(check(&document, "client id").0, "warning");
    assert_eq!(said.code, Some(5));
    let mut doctor = place.command(&["doctor", "--json", "--profile", "production"]);
    let said = Said::by(&mut doctor);
    assert_eq!(said.code, Some(4), "{said:?}");
    assert_eq!(check(&examined(&said), "credential").0, "problem");
}
