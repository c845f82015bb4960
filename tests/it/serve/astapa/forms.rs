//! Bodies that are not what they should be: each gets an answer that says so, and does nothing.

use serde_json::{Value, json};

use super::{CHECK, CLAIMS, FEATURES, OVERRIDES, Server, TOKEN};
use crate::cli::kit::Place;
use crate::serve::kit::answered;

const OPERATIONS: [(&str, &str); 7] = [
    ("PUT", FEATURES),
    ("DELETE", FEATURES),
    ("PUT", OVERRIDES),
    ("DELETE", OVERRIDES),
    ("POST", CHECK),
    ("POST", CLAIMS),
    ("POST", TOKEN),
];

#[test]
fn hostile_bodies_are_refused_by_every_operation() {
    let place = Place::shop();
    let server = Server::open(&place);
    let before = place.contents();
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let nested = format!(
        r#"{{"claims":{}{}}}"#,
        r#"{"a":"#.repeat(200),
        "1}".repeat(200)
    );
    let many = format!(r#"{{"a":[{}1]}}"#, "1,".repeat(20_000));
    let bodies: [&[u8]; 14] = [
        b"",
        b"null",
        b"[]",
        b"\"text\"",
        b"{",
        b"{} {}",
        b"{\"feature_key\":\"sso\",\"feature_key\":\"beta\"}",
        b"{\"feature_key\":\"sso\",\"feature\\u005fkey\":\"beta\"}",
        b"{\"client_id\":[1],\"client_secret\":{}}",
        b"{\"feature_key\":\"\xff\"}",
        b"{\"feature_key\":1e999}",
        deep.as_bytes(),
        nested.as_bytes(),
        many.as_bytes(),
    ];
    for (method, path) in OPERATIONS {
        for body in bodies {
            let request = server
                .request(method, path)
                .header("content-type", "application/json")
                .body(body.to_vec());
            let told = answered(request).expect(400);
            assert_eq!(told["error"], json!("invalid_request"), "{path}");
        }
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn members_of_every_wrong_type_are_refused() {
    let place = Place::shop();
    let server = Server::open(&place);
    let before = place.contents();
    let whole = json!({
        "feature_key": "sso", "feature_type": "boolean", "name": "n", "description": "d",
        "end_user_id": "ana", "action": "grant", "value": true, "email": "ana@example.com",
        "claims": {"plan": "pro"}, "grant_type": "refresh_token", "refresh_token": "rt_x",
        "code": "ac_x", "redirect_uri": "x",
    });
    let odd = [
        json!(5),
        json!(-1.5),
        json!([]),
        json!({}),
        json!(""),
        json!("\u{0}\u{202e}"),
    ];
    for (method, path) in OPERATIONS {
        for (member, wrong) in whole
            .as_object()
            .unwrap()
            .keys()
            .flat_map(|member| odd.iter().map(move |wrong| (member, wrong)))
        {
            let mut body = whole.clone();
            body[member] = wrong.clone();
            if path == FEATURES && method == "DELETE" {
                body["feature_key"] = json!("nothing");
            }
            let reply = server.send(method, path, &body);
            assert!(reply.status < 500, "{path} {member}: {reply:?}");
            if reply.status != 200 {
                assert!(
                    reply.json()["error"].is_string(),
                    "{path} {member}: {reply:?}"
                );
            }
        }
    }
    let long: Value = json!({"feature_key": "sso", "name": "x".repeat(257)});
    assert!(server.send("PUT", FEATURES, &long).expect(400)["error"].is_string());
    assert_ne!(before, String::new());
}

#[test]
fn another_content_type_a_body_too_large_and_another_method_say_so() {
    let place = Place::shop();
    let server = Server::open(&place);
    let request = |kind: &str, body: String| {
        let request = server.request("POST", CHECK).header("content-type", kind);
        answered(request.body(body))
    };
    let body = json!({"end_user_id": "ana", "feature_key": "sso"}).to_string();
    assert_eq!(
        request("application/json; charset=utf-8", body.clone()).status,
        200
    );
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
    ] {
        let told = request(kind, body.clone()).expect(415);
        assert_eq!(told["error"], json!("wrong_content_type"), "{kind}");
    }
    let large = format!(r#"{{"end_user_id":"{}"}}"#, "x".repeat(70_000));
    let told = request("application/json", large).expect(413);
    assert_eq!(told["error"], json!("body_too_large"));
    // Without its length announced.
    let chunk = "x".repeat(0x8000);
    let chunks = format!("8000\r\n{chunk}\r\n").repeat(3);
    let raw = server.raw(
        format!(
            "POST {CHECK} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n",
            server.address()
        )
        .as_bytes(),
    );
    assert!(raw.starts_with("HTTP/1.1 413 "), "{raw}");
    for (method, path) in [("GET", FEATURES), ("POST", OVERRIDES), ("GET", TOKEN)] {
        let told = answered(server.request(method, path)).expect(405);
        assert_eq!(told["error"], json!("method_not_allowed"));
    }
}
