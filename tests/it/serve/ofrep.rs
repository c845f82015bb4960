//! The OpenFeature Remote Evaluation Protocol: answers, tags, errors and the stream of events.

use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

use flags::server::access::Scope;
use serde_json::{Value, json};

use super::kit::{Reply, Server, answered, key, with_json};
use crate::cli::kit::Place;

const ALL: &str = "/ofrep/v1/evaluate/flags";

fn one(feature: &str) -> String {
    format!("{ALL}/{feature}")
}

fn about(user: &str) -> Value {
    json!({"context": {"targetingKey": user}})
}

/// A limit that `ana` has for a day, and one feature that nobody has.
fn place() -> Place {
    let place = Place::empty();
    for line in [
        "feature define analytics",
        "feature define beta",
        "feature define max_seats --type limit",
        "plan create pro",
        "set analytics --plan pro",
        "org assign acme --plan pro",
        "user assign ana",
        "user assign bob --org acme",
        "set max_seats 5 --user ana --expires 1d",
        "target add beta workspace:w1",
    ] {
        place.flags(line).yes();
    }
    place
}

#[track_caller]
fn assert_flag(reply: &Reply, value: &Value, reason: &str) {
    let flag = reply.expect(200);
    assert_eq!(
        (&flag["value"], &flag["reason"]),
        (value, &json!(reason)),
        "{flag}"
    );
}

#[test]
fn a_flag_is_what_the_command_line_says_with_the_reason_that_openfeature_has_for_it() {
    let place = place();
    let server = Server::open(&place);
    let ask = |feature: &str, context: Value| {
        server.send("POST", &one(feature), &json!({"context": context}))
    };
    let ana = || json!({"targetingKey": "ana"});
    assert_flag(&ask("max_seats", ana()), &json!(5), "TARGETING_MATCH");
    assert_flag(&ask("analytics", ana()), &json!(false), "DEFAULT");
    let bob = json!({"targetingKey": "bob"});
    assert_flag(
        &ask("analytics", bob.clone()),
        &json!(true),
        "TARGETING_MATCH",
    );
    // Nothing is not left out: a program would take its own value then.
    assert_flag(&ask("max_seats", bob), &json!(0), "DEFAULT");
    let given = json!({"targetingKey": "ana", "plan": "pro", "workspace": "w1", "age": 7});
    assert_flag(
        &ask("analytics", given.clone()),
        &json!(true),
        "TARGETING_MATCH",
    );
    assert_flag(&ask("beta", given), &json!(true), "TARGETING_MATCH");
    let stranger = json!({"targetingKey": "stranger", "organization": "acme"});
    assert_flag(&ask("analytics", stranger), &json!(true), "TARGETING_MATCH");
    place.flags("target beta all --yes").yes();
    assert_flag(&ask("beta", ana()), &json!(true), "STATIC");
    place.flags("target beta percent 100 --yes").yes();
    assert_flag(&ask("beta", ana()), &json!(true), "SPLIT");
    place.flags("feature disable beta --yes").yes();
    assert_flag(&ask("beta", ana()), &json!(false), "DISABLED");
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_code_that_says_why() {
    let place = place();
    let server = Server::open(&place);
    for (path, context, status, code) in [
        (
            one("nope"),
            json!({"targetingKey": "ana"}),
            404,
            "FLAG_NOT_FOUND",
        ),
        (
            one("No%20Key"),
            json!({"targetingKey": "ana"}),
            404,
            "FLAG_NOT_FOUND",
        ),
        (one("beta"), json!({}), 400, "TARGETING_KEY_MISSING"),
        (
            one("beta"),
            json!({"targetingKey": ""}),
            400,
            "TARGETING_KEY_MISSING",
        ),
        (
            one("beta"),
            json!({"targetingKey": 7}),
            400,
            "INVALID_CONTEXT",
        ),
        (
            one("beta"),
            json!({"targetingKey": "a b"}),
            400,
            "INVALID_CONTEXT",
        ),
        (
            one("beta"),
            json!({"targetingKey": "ana", "plan": "nope"}),
            400,
            "INVALID_CONTEXT",
        ),
        (one("beta"), json!([]), 400, "PARSE_ERROR"),
        (ALL.to_owned(), json!({}), 400, "TARGETING_KEY_MISSING"),
        (ALL.to_owned(), json!("x"), 400, "PARSE_ERROR"),
    ] {
        let reply = server.send("POST", &path, &json!({"context": context}));
        let body = reply.expect(status);
        assert_eq!(body["errorCode"], json!(code), "{path} {context}");
        assert_eq!(body.get("key").is_some(), path != ALL, "{body}");
        assert!(body["errorDetails"].is_string(), "{body}");
    }
}

#[test]
fn the_tag_is_another_one_when_an_answer_is_and_only_then() {
    let place = place();
    let ask = |server: &Server, tag: &str| {
        let request = with_json(server.request("POST", ALL), &about("ana"));
        answered(request.header("if-none-match", tag))
    };
    let server = Server::open(&place);
    let first = ask(&server, "\"none\"");
    let tag = first.header("etag").unwrap().to_owned();
    first.expect(200);
    place.flags("set analytics --user bob").yes();
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let same = ask(&server, &known);
        assert_eq!((same.status, &*same.body), (304, ""));
        assert_eq!(same.header("etag"), Some(&*tag));
    }
    place.flags("set analytics --user ana").yes();
    assert_eq!(ask(&server, &tag).status, 200);
    place.flags("unset analytics --user ana").yes();
    assert_eq!(ask(&server, &tag).status, 304);
    drop(server);
    // By the time alone: a day later the limit is gone.
    let later = Server::by(
        Server::command(&place, &["--insecure-no-auth"]).env("FLAGS_NOW", "2036-01-01T00:00:00Z"),
    );
    assert_eq!(ask(&later, &tag).status, 200);
}

#[test]
fn only_a_key_that_may_ask_is_answered() {
    let place = place();
    let good = key(&place, "app", Scope::Evaluate);
    let server = Server::start(&place, &[]);
    server
        .send_as(&good, "POST", ALL, &about("ana"))
        .expect(200);
    let own = with_json(server.request("POST", ALL), &about("ana"));
    answered(own.header("x-api-key", &good)).expect(200);
    for refused in [
        server.send("POST", ALL, &about("ana")),
        server.send_as("sk_wrong", "POST", ALL, &about("ana")),
        server.get("/ofrep/v1/events"),
        server.get("/ofrep/v1/events?ticket=wrong"),
    ] {
        let body = refused.expect(401);
        assert!(body["errorDetails"].is_string(), "{body}");
    }
}

#[test]
fn a_stream_opened_by_its_ticket_tells_when_to_ask_again_until_the_key_is_revoked() {
    let place = place();
    let good = key(&place, "web", Scope::Evaluate);
    let server = Server::start(&place, &[]);
    let bulk = server
        .send_as(&good, "POST", ALL, &about("ana"))
        .expect(200);
    let again = server
        .send_as(&good, "POST", ALL, &about("bob"))
        .expect(200);
    // With another address a client would connect anew each time.
    assert_eq!(bulk["eventStreams"], again["eventStreams"]);
    let url = bulk["eventStreams"][0]["url"].as_str().unwrap();
    let path = url.strip_prefix(server.url()).unwrap();
    assert!(!url.contains(&good));
    let mut stream = server.connect();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("open")));
    place.flags("set analytics --user ana").yes();
    let told = lines.find(|line| line.starts_with("data:")).unwrap();
    assert!(told.contains("refetchEvaluation"), "{told}");
    place.flags("serve keys revoke web").yes();
    // The connection stays, the stream ends.
    assert!(lines.any(|line| line == "0"));
    assert_eq!(server.get(path).status, 401);
}

#[test]
fn a_change_is_seen_by_the_next_request_on_every_connection() {
    let place = place();
    let server = Server::open(&place);
    let clients: Vec<_> = (0..8).map(|_| reqwest::blocking::Client::new()).collect();
    let value = |client: &reqwest::blocking::Client| {
        let request = client.post(format!("{}{}", server.url(), one("analytics")));
        answered(with_json(request, &about("ana"))).expect(200)["value"].clone()
    };
    for round in 0..6 {
        let on = round % 2 == 0;
        let change = if on {
            "set analytics --user ana"
        } else {
            "set analytics off --user ana"
        };
        place.flags(change).yes();
        for client in &clients {
            assert_eq!(value(client), json!(on), "round {round}");
        }
    }
}
