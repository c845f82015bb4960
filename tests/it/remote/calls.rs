//! Calls as a store makes them: one connection, bounded time, and writes that nobody doubles.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flags::remote::api::{
    Api, ApiError, Call, Class, Credential, Method, Options, Paging, PathError, Watcher,
};
use flags::remote::{Client, Limits};
use flags::secret::Secret;
use serde_json::{Value, json};

use super::faults::act::{answer, error, hang, json as document, raw, reset};
use super::faults::server::{After, Server, Turn};

const KEY: &str = "sk_test_canary_5up3rs3cr3t";

fn api_with(server: &Server, options: Options) -> Api {
    let client = Client::new(None, Limits::default());
    let address = server.origin().parse().unwrap();
    Api::new(
        client,
        address,
        Credential::Bearer(Secret::new(KEY)),
        options,
    )
}

fn api(server: &Server) -> Api {
    api_with(server, Options::default())
}

fn serving(answer: impl Fn(&mut Turn<'_>) -> After + Send + Sync + 'static) -> Server {
    Server::start(answer)
}

fn read() -> Call {
    Call::get(&["feature-flags"])
}

fn write() -> Call {
    Call::write(Method::PUT, &["feature-flags", "sso", "enable"])
}

#[test]
fn calls_one_after_the_other_go_over_one_connection() {
    let server = serving(|turn| match turn.before {
        1 => error(turn, "404 Not Found", ""),
        _ => document(turn, "{}"),
    });
    let api = api(&server);
    api.call(&read()).unwrap();
    api.call(&read()).unwrap_err();
    api.call(&write()).unwrap();
    assert_eq!((server.asked().len(), server.connections()), (3, 1));
    let first = &server.asked()[0];
    let bearer = format!("Bearer {KEY}");
    assert_eq!(first.header("authorization"), Some(bearer.as_str()));
    assert_eq!(first.header("accept"), Some("application/json"));
    assert_eq!(first.header("idempotency-key"), None);
}

#[test]
fn nothing_is_opened_before_the_first_call() {
    let server = serving(|turn| document(turn, "{}"));
    let _unused = api(&server);
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_name_in_a_path_stays_one_name() {
    let server = serving(|turn| document(turn, "{}"));
    let api = api(&server);
    let nasty = "a/../b?c#d%2f é";
    api.call(&Call::get(&["users", nasty]).query("q", "1&x=2 #"))
        .unwrap();
    let expected = "/users/a%2F..%2Fb%3Fc%23d%252f%20%C3%A9?q=1%26x%3D2+%23";
    assert_eq!(server.asked()[0].target, expected);
    for nowhere in ["", ".", "..", "%2e%2E"] {
        let error = api.call(&Call::get(&["users", nowhere])).unwrap_err();
        assert_eq!(
            (error.class(), error.code()),
            (Class::Usage, "path"),
            "{nowhere:?}"
        );
    }
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_path_that_is_typed_leads_to_no_other_server() {
    use flags::remote::api::Path;
    for (typed, why) in [
        ("https://evil.example/x", PathError::Server),
        ("//evil.example/x", PathError::Server),
        ("/\\evil.example", PathError::Server),
        ("/a/../b", PathError::Dots),
        ("/a/%2e%2E/b", PathError::Dots),
        ("/a b", PathError::Blank),
        ("/a\r\nx:y", PathError::Blank),
        ("/a#b", PathError::Fragment),
    ] {
        assert_eq!(Path::typed(typed).unwrap_err(), why, "{typed}");
    }
    let (path, query) = Path::typed("a/b%2Fc?x=1&y=%26&z=https://e.example").unwrap();
    assert_eq!(path, Path::Raw("/a/b%2Fc".to_owned()));
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        pair("x", "1"),
        pair("y", "&"),
        pair("z", "https://e.example"),
    ];
    assert_eq!(query, expected);
}

#[test]
fn a_server_that_falls_silent_is_left_before_the_whole_time_is_over() {
    let server = serving(hang);
    let options = Options {
        silence: Duration::from_millis(300),
        ..Options::default()
    };
    let began = Instant::now();
    let error = api_with(&server, options).call(&read()).unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(20), "{error}");
    assert!(error.to_string().contains("within 0.3 s"), "{error}");
    assert_eq!(server.asked().len(), 1);
}

/// A server that takes so much of a request at a time, with a rest in between, and answers when it
/// has everything; or that stops taking.
fn taking(part: usize, stops: bool) -> (String, std::thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut wire, _) = listener.accept().unwrap();
        let mut buffer = vec![0; part];
        let mut taken = 0;
        while taken < UPLOAD {
            // Until the other end has enough of it.
            let Ok(length @ 1..) = wire.read(&mut buffer) else {
                return;
            };
            taken += length as u64;
            if stops {
                std::thread::sleep(Duration::from_secs(12));
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let told = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        drop(wire.write_all(told.as_bytes()));
    });
    (origin, served)
}

/// Far more than lies between two machines.
const UPLOAD: u64 = 64 << 20;

fn upload(origin: &str, options: Options) -> (Result<u16, ApiError>, Duration) {
    let file = tempfile::tempfile().unwrap();
    file.set_len(UPLOAD).unwrap();
    let call = Call::write(Method::POST, &["v1", "store", "load"]);
    let call = call.file("application/x-ndjson", Arc::new(file)).once();
    let client = Client::new(None, Limits::default());
    let api = Api::new(client, origin.parse().unwrap(), Credential::None, options);
    let began = Instant::now();
    (api.call(&call).map(|reply| reply.status), began.elapsed())
}

#[test]
fn a_server_that_stops_taking_what_is_sent_is_left_as_a_silent_one() {
    let (origin, _server) = taking(1000, true);
    let options = Options {
        silence: Duration::from_millis(500),
        ..Options::default()
    };
    let (answer, took) = upload(&origin, options);
    let error = answer.unwrap_err();
    assert!(took < Duration::from_secs(10), "{took:?}: {error}");
    assert!(error.to_string().contains("within 0.5 s"), "{error}");
    assert!(error.may_have_happened(), "{error}");
    // The whole time counts as well.
    let (origin, _server) = taking(1000, true);
    let options = Options {
        deadline: Duration::from_secs(1),
        ..Options::default()
    };
    let (answer, took) = upload(&origin, options);
    let error = answer.unwrap_err();
    assert!(took < Duration::from_secs(10), "{took:?}: {error}");
    assert!(error.to_string().contains("within 1 s"), "{error}");
}

#[test]
fn a_server_that_takes_its_time_for_what_is_sent_is_waited_for() {
    let (origin, server) = taking(256 << 10, false);
    let options = Options {
        silence: Duration::from_millis(1000),
        ..Options::default()
    };
    let (answer, took) = upload(&origin, options);
    assert_eq!(answer.unwrap(), 200);
    assert!(
        took > Duration::from_millis(1000),
        "it was no test: {took:?}"
    );
    server.join().unwrap();
}

#[test]
fn a_write_carries_one_name_through_all_its_attempts() {
    let server = serving(|turn| match turn.before {
        0 => {
            reset(turn.wire);
            After::Close
        }
        1 => error(turn, "503 Service Unavailable", ""),
        _ => answer(turn, "204 No Content", "", ""),
    });
    let reply = api(&server).call(&write()).unwrap();
    assert_eq!(reply.status, 204);
    let keys: Vec<_> = server
        .asked()
        .iter()
        .map(|asked| asked.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(
        keys.iter().all(|key| *key == keys[0] && key.len() == 36),
        "{keys:?}"
    );
    api(&server).call(&write().keyed("step-7")).unwrap();
    assert_eq!(server.asked()[3].header("idempotency-key"), Some("step-7"));
}

/// What comes of a write that must not happen twice, and how often it was sent.
fn once(answer: impl Fn(&mut Turn<'_>) -> After + Send + Sync + 'static) -> (ApiError, usize) {
    let server = serving(answer);
    let error = api(&server).call(&write().once()).unwrap_err();
    (error, server.asked().len())
}

#[test]
fn a_write_that_must_not_happen_twice_is_not_sent_twice_and_its_outcome_is_unknown() {
    let broken = once(|turn| {
        reset(turn.wire);
        After::Close
    });
    let failed = once(|turn| error(turn, "502 Bad Gateway", ""));
    let lost = once(|turn| raw(turn, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"));
    for (error, sent) in [broken, failed, lost] {
        assert_eq!(sent, 1, "{error}");
        assert!(error.may_have_happened(), "{error}");
        assert_eq!(error.code(), "outcome_unknown");
        assert!(
            error
                .to_string()
                .ends_with("It may have been carried out all the same")
        );
    }
    let (refused, sent) = once(|turn| error(turn, "422 X", ""));
    assert_eq!((refused.may_have_happened(), sent), (false, 1));
    assert_eq!(
        (refused.status(), refused.server_code()),
        (Some(422), Some("some_code"))
    );
    assert_eq!(refused.server_message().as_deref(), Some("\"the reason\""));
}

#[test]
fn who_says_too_many_has_not_done_it() {
    let server = serving(|turn| match turn.before {
        0 => error(turn, "429 X", "retry-after: 0\r\n"),
        _ => document(turn, "{}"),
    });
    api(&server).call(&write().once()).unwrap();
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn what_a_server_asks_for_is_waited_for_if_there_is_time() {
    let server = serving(|turn| match turn.before {
        0 => error(turn, "503 X", "retry-after: 1\r\n"),
        _ => document(turn, "{}"),
    });
    let began = Instant::now();
    api(&server).call(&read()).unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    let short = Options {
        deadline: Duration::from_millis(900),
        ..Options::default()
    };
    let server = serving(|turn| error(turn, "503 X", "retry-after: 1\r\n"));
    let began = Instant::now();
    let error = api_with(&server, short).call(&read()).unwrap_err();
    assert!(
        began.elapsed() < Duration::from_millis(900),
        "it was waited in vain"
    );
    assert!(error.until().is_some(), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_list_is_whole_or_an_error() {
    let page = |turn: &mut Turn<'_>| {
        let target = turn.asked.target.clone();
        assert!(target.contains("limit=2"), "{target}");
        let page = match target.split("after=").nth(1) {
            None => {
                json!({"data": [{"slug": "a"}, {"slug": "b"}], "list_metadata": {"after": "b&="}})
            }
            Some("b%26%3D") => json!({"data": [{"slug": "c"}], "list_metadata": {"after": null}}),
            Some(other) => panic!("{other}"),
        };
        document(turn, page.to_string())
    };
    let server = serving(page);
    let call = read().query("limit", "2");
    let all: Vec<Value> = api(&server).all(&call, Paging::WorkOs).unwrap();
    let slugs: Vec<&str> = all
        .iter()
        .map(|flag| flag["slug"].as_str().unwrap())
        .collect();
    assert_eq!(slugs, ["a", "b", "c"]);
    assert_eq!(server.connections(), 1);
    let misshapen: Result<Vec<u8>, ApiError> = api(&server).all(&call, Paging::WorkOs);
    assert_eq!(misshapen.unwrap_err().code(), "unexpected_document");
    for (page, code) in [
        (
            r#"{"data":[],"list_metadata":{"after":"x"}}"#,
            "endless_list",
        ),
        (
            r#"{"data":[],"list_metadata":{"after":7}}"#,
            "unexpected_document",
        ),
        (r#"{"data":[]}"#, "unexpected_document"),
        (r#"{"data":{},"list_metadata":{}}"#, "unexpected_document"),
        (r#"[]"#, "unexpected_document"),
    ] {
        let server = serving(move |turn| document(turn, page));
        let error = api(&server)
            .all::<Value>(&read(), Paging::WorkOs)
            .unwrap_err();
        assert_eq!(error.code(), code, "{page}");
    }
}

#[test]
fn lines_are_read_as_they_come_and_a_cut_is_an_error() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let whole = "8\r\n{\"a\":1}\n\r\n9\r\n\n{\"a\":2}\n\r\n0\r\n\r\n";
    let server = serving(move |turn| raw(turn, format!("{head}{whole}")));
    let lines: Result<Vec<Value>, _> = api(&server).lines(&read()).unwrap().collect();
    assert_eq!(lines.unwrap(), [json!({"a": 1}), json!({"a": 2})]);
    let server = serving(move |turn| raw(turn, format!("{head}8\r\n{{\"a\":1}}\n\r\n")));
    let cut = api(&server);
    let mut lines = cut.lines::<Value>(&read()).unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), json!({"a": 1}));
    assert_eq!(lines.next().unwrap().unwrap_err().class(), Class::Remote);
    assert!(lines.next().is_none());
    let server = serving(|turn| error(turn, "403 X", ""));
    let error = api(&server).lines::<Value>(&read()).unwrap_err();
    assert_eq!(error.class(), Class::Denied);
}

#[test]
fn a_credential_for_the_body_goes_there_and_nowhere_else() {
    let server = serving(|turn| document(turn, "{}"));
    let client = Client::new(None, Limits::default());
    let credential = Credential::Body {
        client_id: "client_1".to_owned(),
        client_secret: Secret::new(KEY),
    };
    let address = server.origin().parse().unwrap();
    let api = Api::new(client, address, credential, Options::default());
    api.call(&Call::write(Method::PUT, &["x"]).body(json!({"a": 1})))
        .unwrap();
    api.call(&Call::write(Method::DELETE, &["x"])).unwrap();
    api.call(&Call::get(&["x"])).unwrap();
    let asked = server.asked();
    let whole = json!({"client_id": "client_1", "client_secret": KEY, "a": 1});
    assert_eq!(
        serde_json::from_str::<Value>(&asked[0].body).unwrap(),
        whole
    );
    assert!(asked[1].body.contains(KEY));
    assert_eq!(asked[2].body, "");
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("authorization").is_none())
    );
}

#[test]
fn whoever_watches_sees_each_request_and_no_secret() {
    let server = serving(|turn| match turn.before {
        0 => error(turn, "503 X", "x-told: 1\r\n"),
        _ => document(
            turn,
            format!("{{\"access_token\":\"t0ken\",\"told\":\"{KEY}\"}}"),
        ),
    });
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = Arc::clone(&seen);
    let watcher: Watcher = Arc::new(move |line| told.lock().unwrap().push(line.to_owned()));
    let options = Options {
        watcher: Some(watcher),
        ..Options::default()
    };
    let call = write()
        .body(json!({"refresh_token": "r3fresh", "a": 1}))
        .query("token", "qu3ry");
    api_with(&server, options).call(&call).unwrap();
    let seen = seen.lock().unwrap().join("\n");
    for secret in [KEY, "t0ken", "r3fresh", "qu3ry"] {
        assert!(!seen.contains(secret), "{seen}");
    }
    for shown in [
        "> PUT http://127.0.0.1:",
        "/feature-flags/sso/enable?token=***",
        "> authorization: ***",
        "> {\"refresh_token\":\"***\",\"a\":1}",
        "< 503",
        "< x-told: 1",
        "* once more in ",
        "< 200",
        "< {\"access_token\":\"***\",\"told\":\"***\"}",
    ] {
        assert!(seen.contains(shown), "{shown}: {seen}");
    }
}

#[test]
fn a_preview_sends_nothing_and_shows_no_secret() {
    let server = serving(|turn| document(turn, "{}"));
    let call = write().body(json!({"told": KEY, "password": "x"}));
    let preview = api(&server).preview(&call).unwrap();
    assert_eq!(server.connections(), 0);
    let shown = format!("{preview:?}");
    assert!(!shown.contains(KEY), "{shown}");
    assert_eq!(
        preview.body,
        Some(json!({"told": "***", "password": "***"}))
    );
}
