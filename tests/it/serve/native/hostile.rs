//! Requests that no proper client would make: refused in the protocol's words, and nothing breaks.

use serde_json::Value;

use super::operations;
use crate::cli::kit::Place;
use crate::serve::kit::{Server, answered};

fn sent(server: &Server, media: Option<&str>, body: &[u8]) -> (u16, String) {
    let request = server.request("POST", "/v1/features").body(body.to_vec());
    let request = match media {
        Some(media) => request.header("content-type", media),
        None => request,
    };
    let reply = answered(request);
    let document: Value = serde_json::from_str(&reply.body).unwrap();
    let code = document["error"]["code"].as_str().unwrap_or_default();
    (reply.status, code.to_owned())
}

#[test]
fn a_body_that_cannot_be_is_refused_with_its_place() {
    let place = Place::shop();
    let server = Server::open(&place);
    let json = Some("application/json");
    let deep = format!("{{\"key\":{}", "[".repeat(200_000));
    let wide = format!("{{\"key\":\"{}\"}}", "k".repeat(100_000));
    for (body, status, code) in [
        (&b"{\"key\":\"a\",\"key\":\"b\"}"[..], 422, "invalid"),
        (b"{\"key\":\"a\",\"other\":1}", 422, "invalid"),
        (b"{\"key\":\"\xff\"}", 400, "unreadable"),
        (b"{\"key\":\"a\\u0000\"}", 422, "invalid"),
        (b"{\"key\":\"\\ud800\"}", 400, "unreadable"),
        (b"{\"key\":1e999}", 400, "unreadable"),
        (b"{\"key\":99999999999999999999999999}", 422, "invalid"),
        (b"{\"key\":\"a\"} x", 400, "unreadable"),
        (b"{\"key\":", 400, "unreadable"),
        (b"", 400, "unreadable"),
        (b"null", 422, "invalid"),
        (b"[]", 422, "invalid"),
        (deep.as_bytes(), 400, "unreadable"),
        (wide.as_bytes(), 422, "invalid"),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        let (got, said) = sent(&server, json, body);
        assert!(
            got == status || (got == 422 && status == 400),
            "{shown}: {got} {said}"
        );
        assert!(
            [code, "unreadable", "invalid"].contains(&&*said),
            "{shown}: {said}"
        );
    }
    let whole = br#"{"key":"a"}"#;
    for media in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        assert_eq!(sent(&server, media, whole).0, 415, "{media:?}");
    }
    assert_eq!(place.revision(), 1);
    let charset = Some("Application/JSON; charset=utf-8");
    assert_eq!(sent(&server, charset, whole).0, 201);
}

#[test]
fn a_path_means_what_it_spells_or_is_refused() {
    let place = Place::shop();
    let server = Server::open(&place);
    let request = |method: &str, path: &str| {
        let body = match method {
            "GET" => "",
            _ => "content-type: application/json\r\ncontent-length: 2\r\n",
        };
        let end = if body.is_empty() { "" } else { "{}" };
        let head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        let said = server.raw(format!("{head}{body}\r\n{end}").as_bytes());
        said.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for id in [
        "a%2Fb",
        "%2e%2e%2e",
        "a%25b",
        "a%3Fb%23c",
        "user:x",
        "a%2F..%2Fb",
    ] {
        assert_eq!(request("PATCH", &format!("/v1/users/{id}")), "200", "{id}");
        assert_eq!(request("GET", &format!("/v1/users/{id}")), "200", "{id}");
    }
    assert!(place.json("user list").to_string().contains("a/../b"));
    for id in [
        "%2E%2e",
        "..",
        "%00",
        "%ff",
        "%20",
        "a%0Ab",
        "%C3%A9",
        &"x".repeat(256),
    ] {
        assert_eq!(request("GET", &format!("/v1/users/{id}")), "400", "{id}");
    }
    assert_eq!(request("GET", "/v1/users/a/b/c"), "404");
    assert_eq!(request("GET", "/v1/../v1/users"), "404");
    assert_eq!(request("GET", "/v1//users"), "404");
}

#[test]
fn no_operation_breaks_whatever_it_is_sent() {
    let place = Place::shop();
    let server = Server::open(&place);
    let bodies = [
        "",
        "{}",
        "null",
        "[]",
        "{\"a\":{}}",
        "\"x\"",
        "0",
        "\u{0}",
        "{\"edits\":[{}]}",
    ];
    for (method, path, _) in operations(&server) {
        if path == "/v1/events" {
            continue;
        }
        for body in bodies {
            let filler = path.replace(['{', '}'], "");
            for media in ["application/json", "application/x-ndjson"] {
                let request = server.request(&method, &format!("{filler}?x=%ff"));
                let asked = request.header("content-type", media).body(body);
                let reply = answered(asked);
                assert!(reply.status < 500, "{method} {path}: {body:?}: {reply:?}");
            }
            let asked = server.request(&method, &filler).body(body);
            let asked = asked.header("content-type", "application/json");
            let reply = answered(asked);
            assert!(reply.status < 500, "{method} {path}: {body:?}: {reply:?}");
        }
    }
    assert_eq!(server.stop().0, Some(0));
}
