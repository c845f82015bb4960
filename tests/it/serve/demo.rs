//! `flags serve --demo` and `--seed`: what somebody who tries it out meets.

use serde_json::json;

use super::kit::Server;
use crate::cli::kit::{Place, Said};

const CATALOG: &str = "format: flags.catalog/1\nfeatures:\n  sso: {type: boolean}\n\
                       plans:\n  pro: {grants: {sso: true}}\nusers:\n  ana: {plan: pro}\n";

/// A server of a demonstration in a store that nobody named.
fn demo(place: &Place, arguments: &[&str]) -> (Server, serde_json::Value) {
    let mut words = vec!["--demo"];
    words.extend(arguments);
    let mut command = Server::command(place, &words);
    let server = Server::by(command.env_remove("FLAGS_STORE"));
    let demo = server.told()["demo"].clone();
    (server, demo)
}

#[test]
fn a_demonstration_has_a_key_for_each_scope_and_leaves_nothing_behind() {
    let place = Place::bare();
    let (server, demo) = demo(&place, &[]);
    let key = |scope: &str| demo["keys"][scope].as_str().unwrap().to_owned();
    let store = demo["store"].as_str().unwrap().to_owned();
    assert!(std::path::Path::new(&store).exists());
    let user = demo["user"].as_str().unwrap();
    let path = format!("/v1/users/{user}/entitlements");
    let told = server.get_as(&key("evaluate"), &path).expect(200);
    assert_eq!(told["entitlements"]["max_seats"], 1);
    assert_eq!(server.get(&path).status, 401);
    assert_eq!(server.get_as(&key("evaluate"), "/v1/log").status, 403);
    server.get_as(&key("read"), "/v1/log").expect(200);
    let (grant, on) = ("/v1/plans/free/grants/analytics", json!({"value": true}));
    assert_eq!(server.send_as(&key("read"), "PUT", grant, &on).status, 403);
    server.send_as(&key("write"), "PUT", grant, &on).expect(200);
    let told = server.get_as(&key("admin"), &path).expect(200);
    assert_eq!(told["entitlements"]["analytics"], true);
    let (code, _) = server.stop();
    assert_eq!(code, Some(0));
    let left = std::fs::read_dir(place.path("")).unwrap();
    assert_eq!(left.map(Result::unwrap).count(), 0);
}

#[test]
fn the_lines_of_a_demonstration_work_as_printed() {
    let place = Place::bare();
    let mut command = place.command(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    let command = command
        .env_remove("FLAGS_STORE")
        .stdout(std::process::Stdio::piped());
    let command = command.stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut lines = Vec::new();
    for line in std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap())) {
        let line = line.unwrap();
        let is_curl = line.starts_with("curl ");
        if !is_curl && !lines.is_empty() {
            break;
        }
        lines.extend(is_curl.then_some(line));
        if lines.len() == 4 {
            break;
        }
    }
    let mut failed = Vec::new();
    for line in &lines {
        let shell = [
            "-c",
            &line.replacen("curl ", "curl -sS --fail-with-body --noproxy '*' ", 1),
        ];
        let said = Said::by(std::process::Command::new("sh").args(shell));
        failed.extend((said.code != Some(0)).then_some((line.clone(), said)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn a_store_that_is_named_keeps_the_catalog_and_loses_the_keys() {
    let place = Place::bare();
    let server = Server::start(&place, &["--demo"]);
    let key = server.told()["demo"]["keys"]["read"]
        .as_str()
        .unwrap()
        .to_owned();
    server.get_as(&key, "/v1/matrix").expect(200);
    assert_eq!(server.stop().0, Some(0));
    assert!(place.flags("matrix").yes().contains("analytics"));
    // The same once more is the same catalog, and nobody else's keys.
    let server = Server::start(&place, &["--demo"]);
    assert_eq!(server.get_as(&key, "/v1/matrix").status, 401);
    assert_eq!(place.revision(), 1);
}

#[test]
fn a_store_with_something_in_it_is_left_alone() {
    let place = Place::shop();
    let before = place.contents();
    let file = place.file("catalog.yaml", CATALOG);
    let seed = [
        "serve",
        "--seed",
        file.to_str().unwrap(),
        "--insecure-no-auth",
    ];
    for words in [&["serve", "--demo"][..], &seed] {
        let told = place.words(words).fails(3);
        assert!(told.contains("has something in it already"), "{told}");
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn a_seed_fills_a_store_once() {
    let place = Place::bare();
    let file = place.file("catalog.yaml", CATALOG);
    let seed = ["--seed", file.to_str().unwrap(), "--insecure-no-auth"];
    let server = Server::start(&place, &seed);
    let told = server.get("/v1/users/ana/entitlements").expect(200);
    assert_eq!(told["entitlements"], json!({"sso": true}));
    server.send("DELETE", "/v1/plans/pro/grants/sso", &json!(null));
    drop(server);
    // What was changed since is not taken back by starting again.
    place.flags("unset sso --plan pro");
    let server = Server::start(&place, &seed);
    let told = server.get("/v1/users/ana/entitlements").expect(200);
    assert_eq!(told["entitlements"], json!({}));
    drop(server);
    // Another file is another matter.
    let other = place.file("other.yaml", CATALOG.replace("sso", "audit"));
    let words = [
        "serve",
        "--seed",
        other.to_str().unwrap(),
        "--insecure-no-auth",
    ];
    assert!(
        place
            .words(&words)
            .fails(3)
            .contains("has something in it already")
    );
}

#[test]
fn a_seed_that_cannot_be_used_makes_no_store() {
    let place = Place::bare();
    let file = place.file(
        "bad.yaml",
        "format: flags.catalog/1\nfeatures: {a: {type: blue}}\n",
    );
    for name in [file.to_str().unwrap(), "/nonexistent/catalog.yaml"] {
        place
            .words(&["serve", "--seed", name, "--insecure-no-auth"])
            .fails(2);
    }
    assert!(!place.store().exists());
}
