//! Astapa as a place: what it can is done, and the rest is refused before anything is sent.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use super::{SECRET, asked, far, named, told};
use crate::cli::kit::{Place, Said};
use crate::serve::astapa::{login, signing_key};
use crate::serve::kit::Server;

/// The shop at the other end, and a home whose profile names it.
fn shop() -> (Place, Server, Place) {
    let shop = Place::shop();
    let server = Server::start(&shop, &["--insecure-no-auth", "--protocol", "astapa"]);
    let home = named("astapa", server.url());
    (shop, server, home)
}

#[test]
fn what_astapa_says_is_judged_here() {
    let (_shop, _server, home) = shop();
    asked(&home, "check max_seats>=5 !nothing_of_this --user ana").fails(3);
    let (code, document) = told(&home, "check max_seats>=5 max_seats=5 --user ana");
    assert_eq!(
        (code, &document["ok"]),
        (Some(0), &json!(true)),
        "{document}"
    );
    let first = &document["expectations"][0];
    assert_eq!(
        (&first["value"], &first["layer"]),
        (&json!(5), &Value::Null)
    );
    let (code, document) = told(&home, "check max_seats>=6 --user ana");
    assert_eq!((code, &document["ok"]), (Some(1), &json!(false)));
    // Of a feature that is off nobody says whether it is a limit: no comparison holds of it.
    asked(&home, "set max_seats off --user ana").yes();
    let said = asked(&home, "check max_seats>=1 --user ana").no();
    assert!(said.contains("says Astapa"), "{said}");
    asked(&home, "check !max_seats --user ana").yes();
    let (_, document) = told(&home, "get max_seats --user ana");
    assert_eq!(
        (&document["value"], &document["type"]),
        (&json!(false), &Value::Null)
    );
    let error = asked(&home, "check sso --user nobody").fails(3);
    assert!(error.contains("there is no user `nobody`"), "{error}");
    assert!(!error.contains("flags user assign"), "{error}");
}

#[test]
fn overrides_definitions_and_plans_are_written_and_seen_by_the_shop() {
    let (shop, _server, home) = shop();
    let value = |key: &str| shop.json(&format!("get {key} --user ana"))["value"].clone();
    asked(&home, "set max_seats 9 --user ana").yes();
    assert_eq!(value("max_seats"), json!(9));
    asked(&home, "unset max_seats --user ana").yes();
    assert_eq!(value("max_seats"), json!(5));
    // Nothing was there, and nothing is: a repeated write is no error.
    asked(&home, "unset max_seats --user ana").yes();
    asked(&home, "set sso off --user ana").yes();
    assert_eq!(value("sso"), json!(false));
    asked(&home, "override clear sso max_seats --user ana").yes();
    asked(&home, "feature define api --type limit --name API").yes();
    assert_eq!(shop.json("feature show api")["type"], json!("limit"));
    // A definition is put, not added: it may be there already.
    asked(&home, "feature define api --type limit --name Calls").yes();
    assert_eq!(shop.json("feature show api")["name"], json!("Calls"));
    asked(&home, "feature delete api --yes").yes();
    shop.flags("feature show api").fails(3);
    asked(&home, "feature delete api --yes").fails(3);
    let plan = || shop.json("user show ben")["plan"].clone();
    asked(&home, "user assign ben@example.com --plan pro").yes();
    assert_eq!(plan(), json!("pro"));
    asked(&home, "user assign ben --email ben@example.com --no-plan").yes();
    assert_eq!(plan(), Value::Null);
    asked(&home, "user assign stranger@example.com --plan pro").fails(3);
}

#[test]
fn a_dry_run_shows_the_write_and_sends_nothing() {
    let (shop, server, home) = shop();
    let before = shop.revision();
    drop(server);
    let (code, document) = told(&home, "set max_seats 9 --user ana --dry-run");
    assert_eq!(
        (code, &document["dry_run"], &document["changed"]),
        (Some(0), &json!(true), &json!(false))
    );
    assert_eq!(document["changes"][0]["before"], Value::Null);
    assert_eq!(document["effects"], Value::Null);
    let said = asked(&home, "unset max_seats --user ana --dry-run").yes();
    assert!(said.contains("nobody can tell from here"), "{said}");
    assert_eq!(shop.revision(), before);
}

#[test]
fn what_astapa_has_no_call_for_is_refused_before_anything_is_sent() {
    // Whoever connects is counted, and there is nobody to answer.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&seen);
    thread::spawn(move || {
        while listener.accept().is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let home = named("astapa", &url);
    for line in [
        "feature list",
        "feature show sso",
        "feature edit sso --name x",
        "feature disable sso",
        "feature define sso --disabled",
        "feature define sso --tag a",
        "plan list",
        "plan create pro",
        "set sso --plan pro",
        "unset sso --plan pro",
        "set sso --org acme",
        "set sso --user ana --expires 14d",
        "set sso --user ana --create",
        "matrix",
        "export",
        "log",
        "undo",
        "override list",
        "override clear --user ana --yes",
        "override clear --expired",
        "target sso all",
        "user list",
        "user show ana",
        "user assign ana --plan pro",
        "user assign ana@example.com --org acme",
        "user assign ana@example.com --email ana@example.com",
        "org list",
        "resolve --user ana",
        "resolve --plan pro",
        "explain sso --user ana",
        "get sso --plan pro",
        "get sso --org acme",
        "get sso --user ana --org acme",
        "get sso --user ana --target workspace:w",
        "check sso --user ana --at -3d",
        "get sso --user ana --offline",
        "token diff eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEifQ.",
    ] {
        let said = asked(&home, line);
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(3), ""),
            "{line}: {said:?}"
        );
        assert!(said.err.contains("hint: "), "{line}: {said:?}");
        assert!(!said.err.contains(SECRET));
    }
    assert_eq!(seen.load(Ordering::SeqCst), 0);
}

/// A server that answers every request with this status line and body, and keeps what it was sent.
fn answering(status: &'static str, body: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&requests);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while let Ok(read) = stream.read(&mut piece) {
                request.extend_from_slice(&piece[..read]);
                let text = String::from_utf8_lossy(&request).into_owned();
                let length = text.to_ascii_lowercase();
                let length = length.split("content-length: ").nth(1);
                let length: usize = length
                    .and_then(|rest| rest.lines().next())
                    .map_or(0, |length| length.trim().parse().unwrap());
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
                if read == 0 || body.is_some_and(|found| found >= length) {
                    break;
                }
            }
            let text = String::from_utf8_lossy(&request).into_owned();
            kept.lock().unwrap().push(text);
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{body}",
                body.len()
            );
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    (url, requests)
}

#[test]
fn the_credentials_travel_in_the_body_and_are_seen_nowhere_else() {
    let (url, requests) = answering("200 OK", r#"{"has_feature":true,"value":true}"#);
    let home = named("astapa", &url);
    let said = Said::by(far(&home, "check sso --user ana --verbose").arg("--json"));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        !said.out.contains(SECRET) && !said.err.contains(SECRET),
        "{said:?}"
    );
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 1, "one expectation is one request");
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(!head.contains(SECRET), "{head}");
    assert!(
        head.starts_with("POST /api/platform/features/check "),
        "{head}"
    );
    let body: Value = serde_json::from_str(body).unwrap();
    let expected = json!({
        "client_id": "client-1", "client_secret": SECRET, "end_user_id": "ana", "feature_key": "sso",
    });
    assert_eq!(body, expected);
}

#[test]
fn an_answer_that_is_none_is_never_a_success() {
    for (status, body, exit) in [
        ("200 OK", r#"{"has_feature":true}"#, 5),
        ("200 OK", r#"{"has_feature":"true","value":true}"#, 5),
        ("200 OK", "<html>hello</html>", 5),
        ("200 OK", "", 5),
        ("200 OK", "[]", 5),
        ("401 Unauthorized", r#"{"error":"invalid_client"}"#, 4),
        ("403 Forbidden", r#"{"error":"insufficient_scope"}"#, 4),
        ("422 Unprocessable Content", r#"{"error":"x"}"#, 3),
    ] {
        let (url, _) = answering(status, body);
        let home = named("astapa", &url);
        let checked = asked(&home, "check sso --user ana");
        assert_eq!(
            (checked.code, &*checked.out),
            (Some(exit), ""),
            "{status} {body}: {checked:?}"
        );
        let written = asked(&home, "set sso --user ana");
        assert_eq!(
            (written.code, &*written.out),
            (Some(exit), ""),
            "{status} {body}: {written:?}"
        );
    }
    let (url, _) = answering("200 OK", r#"{"feature_key":"other","action":"grant"}"#);
    let said = asked(&named("astapa", &url), "set sso --user ana").fails(5);
    assert!(said.contains("may have been carried out"), "{said}");
}

#[test]
fn a_token_is_compared_with_a_fresh_one_and_the_next_refresh_token_goes_where_it_was_said() {
    let shop = Place::shop();
    signing_key(&shop, "rsa.pem");
    let first = login(&shop, "ana");
    let server = Server::start(
        &shop,
        &[
            "--insecure-no-auth",
            "--protocol",
            "astapa",
            "--signing-key",
            "rsa.pem",
        ],
    );
    let home = named("astapa", server.url());
    home.file("refresh", format!("{first}\n"));
    let body = json!({"grant_type": "refresh_token", "refresh_token": first});
    let issued = server
        .send("POST", "/api/platform/token", &body)
        .expect(200);
    home.file("refresh", issued["refresh_token"].as_str().unwrap());
    let token = issued["access_token"].as_str().unwrap();
    let diff = |more: &str| {
        let mut command = far(&home, &format!("token diff - {more}"));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(token.as_bytes())
            .unwrap();
        Said::from(child.wait_with_output().unwrap())
    };
    // Without a place for the next one, the refresh token is not spent.
    diff("--refresh-token-file refresh").fails(2);
    let both = "--refresh-token-file refresh --next-refresh-token refresh";
    let same = diff(both);
    assert_eq!(same.code, Some(0), "{same:?}");
    let kept = std::fs::read_to_string(home.path("refresh")).unwrap();
    assert_ne!(kept.trim(), issued["refresh_token"].as_str().unwrap());
    assert!(!same.out.contains(kept.trim()) && !same.err.contains(kept.trim()));
    shop.flags("set max_seats 50 --user ana").yes();
    let stale = diff(&format!("{both} --json"));
    assert_eq!(stale.code, Some(1), "{stale:?}");
    let document: Value = serde_json::from_str(&stale.out).unwrap();
    let rows = document["features"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["feature"] == "max_seats")
        .unwrap();
    assert_eq!(
        (&row["verdict"], &row["now"]),
        (&json!("stale"), &json!(50))
    );
    // A refresh token that was spent long ago opens nothing.
    home.file("refresh", "rt_nothing");
    assert!(diff(both).fails(4).contains("opens nothing"));
}
