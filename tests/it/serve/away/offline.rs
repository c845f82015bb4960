//! Answers from copies: said to be such, never of another place, and never for an assertion that did
//! not allow it.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use super::{asked, far, named, told};
use crate::cli::kit::{Place, Said};
use crate::serve::kit::{Server, key};
use flags::server::access::Scope;

/// The shop behind a server, read once by a home whose profile names it; then the server is gone.
fn left() -> Place {
    let shop = Place::shop();
    let server = Server::open(&shop);
    let home = named("http", server.url());
    asked(&home, "resolve --user ana").yes();
    asked(&home, "feature list").yes();
    asked(&home, "check sso --user ben").no();
    drop(server);
    home
}

#[test]
fn what_was_read_is_answered_again_and_said_to_be_old() {
    let home = left();
    asked(&home, "get max_seats --user ana").fails(5);
    let said = asked(&home, "get max_seats --user ana --offline");
    assert_eq!((said.code, &*said.out), (Some(0), "5\n"), "{said:?}");
    assert!(
        said.err.contains("from a copy of 2026-05-01T12:00:00Z"),
        "{said:?}"
    );
    let words = [
        "get",
        "max_seats",
        "--user",
        "ana",
        "--offline",
        "--json",
        "--profile",
        "far",
    ];
    let mut later = home.command(&words);
    let said = Said::by(later.env("FLAGS_NOW", "2026-05-01T13:00:00Z"));
    let document: Value = serde_json::from_str(&said.out).unwrap();
    let offline = json!({"as_of": "2026-05-01T12:00:00Z", "age_seconds": 3600});
    assert_eq!(document["offline"], offline, "{said:?}");
    assert_eq!(said.err, "");
    for line in [
        "explain analytics --user ana",
        "resolve --user ana",
        "matrix",
        "feature list",
        "get analytics --plan pro",
    ] {
        let said = asked(&home, &format!("{line} --offline"));
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
        assert!(said.err.contains("from a copy of"), "{line}: {said:?}");
    }
    // A selection of fields does not hide it.
    let said = asked(&home, "get analytics --user ana --offline --json=value");
    assert!(said.out.contains("age_seconds"), "{said:?}");
}

#[test]
fn what_was_not_read_is_no_answer_and_nothing_is_written() {
    let home = left();
    for line in [
        "get sso --user somebody",
        "user list",
        "log",
        "override list",
        "get max_seats --user ben",
    ] {
        let error = asked(&home, &format!("{line} --offline")).fails(5);
        assert!(error.contains("there is no copy of"), "{line}: {error}");
    }
    let error = asked(&home, "get nothing --user ana --offline").fails(3);
    assert!(error.contains("there is no feature `nothing`"), "{error}");
    for line in [
        "set sso --user ana",
        "feature define x",
        "user assign ana --plan pro",
    ] {
        let error = asked(&home, &format!("{line} --offline")).fails(3);
        assert!(
            error.contains("nothing is written to a copy"),
            "{line}: {error}"
        );
    }
}

#[test]
fn an_assertion_is_answered_from_a_copy_only_where_its_age_is_allowed() {
    let home = left();
    asked(&home, "check analytics --user ana --offline").fails(2);
    asked(&home, "check analytics --user ana").fails(5);
    let (code, document) = told(
        &home,
        "check analytics --user ana --offline --allow-stale 1h",
    );
    assert_eq!(
        (code, &document["offline"]["age_seconds"]),
        (Some(0), &json!(0)),
        "{document}"
    );
    // The server is gone, and a copy that is young enough takes its place.
    let (code, document) = told(&home, "check analytics --user ana --allow-stale 1h");
    assert_eq!(
        (code, &document["ok"]),
        (Some(0), &json!(true)),
        "{document}"
    );
    assert!(document["offline"]["as_of"].is_string());
    let mut late = far(&home, "check analytics --user ana --allow-stale 1h");
    let error = Said::by(late.env("FLAGS_NOW", "2026-05-01T13:00:01Z")).fails(5);
    assert!(
        error.contains("the copy is of 2026-05-01T12:00:00Z"),
        "{error}"
    );
    // One from the future is of no known age.
    let mut early = far(&home, "check analytics --user ana --allow-stale 1h");
    Said::by(early.env("FLAGS_NOW", "2026-05-01T11:59:00Z")).fails(5);
    let cases = home.file(
        "cases.yaml",
        "tests:\n  - user: ana\n    expect: [analytics]\n",
    );
    let line = format!("test {} --offline", cases.display());
    asked(&home, &line).fails(2);
}

#[test]
fn a_server_that_turns_us_away_is_not_covered_up() {
    let shop = Place::shop();
    let good = key(&shop, "reader", Scope::Read);
    let server = Server::start(&shop, &[]);
    let home = named("http", server.url());
    let with = |key: &str, line: &str| Said::by(far(&home, line).env("FLAGS_API_KEY", key));
    let read = with(&good, "resolve --user ana");
    assert_eq!(read.code, Some(0), "{read:?}");
    let refused = with(
        "sk_unknown_key_of_nobody",
        "check analytics --user ana --allow-stale 1h",
    );
    assert_eq!((refused.code, &*refused.out), (Some(4), ""), "{refused:?}");
}

#[test]
fn a_copy_is_private_and_of_its_place_alone() {
    let home = left();
    let directory = home.path(".cache/flags/offline");
    let mut files = Vec::new();
    for place in std::fs::read_dir(&directory).unwrap() {
        let place = place.unwrap().path();
        assert_eq!(
            std::fs::metadata(&place).unwrap().permissions().mode() & 0o077,
            0
        );
        files.extend(
            std::fs::read_dir(place)
                .unwrap()
                .map(|file| file.unwrap().path()),
        );
    }
    assert!(!files.is_empty());
    for file in &files {
        let mode = std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
    // The same profile at another place has no copies.
    let configuration = std::fs::read_to_string(home.configuration()).unwrap();
    let moved = configuration.replace("127.0.0.1", "localhost");
    assert_ne!(moved, configuration);
    std::fs::write(home.configuration(), moved).unwrap();
    let error = asked(&home, "get analytics --user ana --offline").fails(5);
    assert!(error.contains("there is no copy"), "{error}");
    std::fs::write(home.configuration(), configuration).unwrap();
    asked(&home, "get analytics --user ana --offline");
    // What others may write is not believed.
    for file in &files {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o622)).unwrap();
    }
    asked(&home, "get analytics --user ana --offline").fails(5);
}

#[test]
fn what_was_read_with_another_key_is_no_longer_answered() {
    let home = left();
    let said = asked(&home, "get max_seats --user ana --offline");
    assert_eq!(said.code, Some(0), "{said:?}");
    let file = home.path("new.key");
    std::fs::write(&file, "sk_another_key_0123456789\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let login = format!(
        "auth login --insecure-storage --key-file {}",
        file.display()
    );
    asked(&home, &login).yes();
    let error = asked(&home, "get max_seats --user ana --offline").fails(5);
    assert!(error.contains("there is no copy of"), "{error}");
}

#[test]
fn what_was_read_with_one_key_is_shown_to_no_holder_of_another_and_to_nobody_without() {
    let shop = Place::shop();
    let (one, other) = (
        key(&shop, "one", Scope::Read),
        key(&shop, "other", Scope::Read),
    );
    let server = Server::start(&shop, &[]);
    let home = named("http", server.url());
    let with = |key: &str, line: &str| Said::by(far(&home, line).env("FLAGS_API_KEY", key));
    for line in ["resolve --user ana", "feature list"] {
        with(&one, line).yes();
    }
    drop(server);
    for line in [
        "get max_seats --user ana --offline",
        "check analytics --user ana --offline --allow-stale 1h",
        "feature list --offline",
    ] {
        assert_eq!(with(&one, line).code, Some(0), "{line}");
        let error = with(&other, line).fails(4);
        assert!(error.contains("read with another key"), "{line}: {error}");
        asked(&home, line).fails(4);
    }
    // A copy of somebody else's does not take the place of a server that is out of reach.
    let line = "check analytics --user ana --allow-stale 1h";
    assert_eq!(with(&one, line).code, Some(0));
    with(&other, line).fails(5);
    for place in std::fs::read_dir(home.path(".cache/flags/offline")).unwrap() {
        for file in std::fs::read_dir(place.unwrap().path()).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(
                !text.contains(&one) && text.contains("\"mark\":{"),
                "{text}"
            );
        }
    }
}

#[test]
fn what_was_read_with_what_is_kept_is_shown_until_that_is_replaced() {
    let shop = Place::shop();
    let (one, other) = (
        key(&shop, "one", Scope::Read),
        key(&shop, "other", Scope::Read),
    );
    let server = Server::start(&shop, &[]);
    let home = named("http", server.url());
    let given = |verb: &str, key: &str| {
        let file = home.file("given.key", key);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let line = format!("auth {verb} --key-file {}", file.display());
        asked(&home, &line).yes();
    };
    given("login --insecure-storage", &one);
    asked(&home, "resolve --user ana").yes();
    let line = "get max_seats --user ana --offline";
    assert_eq!(asked(&home, line).code, Some(0));
    // Another one goes before it, and is another one.
    Said::by(far(&home, line).env("FLAGS_API_KEY", &other)).fails(4);
    given("rotate", &other);
    asked(&home, line).fails(5);
}
