//! What the operator is told: health, counters, the log, and the names of requests.

use std::fs;
use std::os::unix::fs::FileExt;

use flags::server::access::Scope;
use serde_json::Value;

use super::kit::{Server, answered, key};
use crate::cli::kit::Place;

const ASKED: &str = "/v1/users/ana/entitlements";

#[test]
fn whoever_probes_needs_no_key_and_learns_nothing_else() {
    let place = Place::shop();
    key(&place, "app", Scope::Read);
    let server = Server::start(&place, &[]);
    for path in ["/healthz", "/readyz"] {
        let reply = answered(server.request("GET", path).header("host", "10.1.2.3:80"));
        assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"), "{path}");
    }
}

#[test]
fn a_server_whose_store_is_gone_or_ruined_lives_and_is_not_ready() {
    let place = Place::shop();
    let server = Server::open(&place);
    let (store, away) = (place.store(), place.store().with_extension("away"));
    let ready = || {
        assert_eq!(server.get("/healthz").status, 200);
        let reply = server.get("/readyz");
        (reply.status, reply.body)
    };
    let (yes, no) = ((200, "ok\n".to_owned()), (503, "no store\n".to_owned()));
    assert_eq!(ready(), yes);
    fs::rename(&store, &away).unwrap();
    assert_eq!(ready(), no);
    fs::rename(&away, &store).unwrap();
    assert_eq!(ready(), yes, "it is there again");
    let mut head = [0; 100];
    let file = fs::File::options().read(true).write(true).open(&store);
    let file = file.unwrap();
    file.read_exact_at(&mut head, 0).unwrap();
    file.write_all_at(&[b'x'; 100], 0).unwrap();
    assert_eq!(ready(), no);
    file.write_all_at(&head, 0).unwrap();
    assert_eq!(ready(), yes, "it can be read again");
}

#[test]
fn the_counters_are_for_whoever_looks_after_the_server() {
    let place = Place::shop();
    let admin = key(&place, "admin", Scope::Admin);
    let write = key(&place, "write", Scope::Write);
    let server = Server::start(&place, &["--metrics-listen", "127.0.0.1:0"]);
    for _ in 0..3 {
        server.get_as(&write, ASKED).expect(200);
    }
    server
        .get_as(&write, "/v1/users/nobody/entitlements")
        .expect(404);
    answered(server.request("BREW", "/nowhere/secret"));
    server.get_as(&write, "/metrics").expect(403);
    server.get("/metrics").expect(401);
    let metrics = server.get_as(&admin, "/metrics");
    assert_eq!(metrics.status, 200);
    let kind = metrics.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let has = |line: &str| {
        let found = metrics.body.lines().any(|found| found == line);
        assert!(found, "{line}: {}", metrics.body);
    };
    let route = "route=\"/v1/users/{user}/entitlements\"";
    has(&format!(
        "flags_requests_total{{protocol=\"native\",method=\"GET\",{route},status=\"200\"}} 3"
    ));
    has(&format!(
        "flags_requests_total{{protocol=\"native\",method=\"GET\",{route},status=\"404\"}} 1"
    ));
    has("flags_requests_total{protocol=\"none\",method=\"other\",route=\"none\",status=\"404\"} 1");
    has("flags_request_duration_seconds_count{protocol=\"native\"} 4");
    has("flags_revision 1");
    has("# EOF");
    // Paths are anybody's to make up: none of them becomes a counter of its own.
    assert!(!metrics.body.contains("secret") && !metrics.body.contains("ana"));
    // The other address is not said on stdout, as it is not for those who read that.
    let said = server.said();
    assert!(said.contains("\"event\":\"listening\""), "{said}");
}

#[test]
fn each_request_is_a_line_without_what_was_asked() {
    let place = Place::shop();
    let secret = key(&place, "app", Scope::Write);
    let server = Server::start(&place, &["--log", "info"]);
    server.get_as(&secret, ASKED).expect(200);
    let path = "/feature-flags/analytics?token=hush";
    let named = server.request("GET", path).bearer_auth(&secret);
    let named = answered(named.header("x-request-id", "trace-1:a/b"));
    assert_eq!(named.header("x-request-id"), Some("trace-1:a/b"));
    let odd = server.request("GET", path).header("x-request-id", "a b<c>");
    let odd = answered(odd.bearer_auth("sk_secret_that_is_wrong"));
    let given = odd.header("x-request-id").unwrap().to_owned();
    assert!(!given.contains('<'), "{given}");
    let (code, said) = server.stop();
    assert_eq!(code, Some(0));
    // What a protocol cannot carry is said before, in words.
    let (_, said) = said.split_once("{\"at\":").unwrap();
    let said = format!("{{\"at\":{said}");
    // What is said of the project at the start names features.
    let requests = said.lines().filter(|line| !line.contains("workos_payload"));
    let said: String = requests.flat_map(|line| [line, "\n"]).collect();
    for unwanted in ["hush", "token", "analytics", "ana", "secret", "sk_"] {
        assert!(!said.contains(unwanted), "{unwanted}: {said}");
    }
    let lines: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect();
    let requests: Vec<&Value> = lines
        .iter()
        .filter(|line| line["event"] == "request")
        .collect();
    // What succeeded and only evaluates is told where every request is.
    assert_eq!(requests.len(), 2, "{said}");
    assert_eq!(requests[0]["request_id"], "trace-1:a/b");
    assert_eq!(requests[0]["key"], "app");
    assert_eq!(requests[0]["route"], "/feature-flags/{slug}");
    assert_eq!(requests[0]["status"], 200);
    assert_eq!(requests[1]["request_id"], given.as_str());
    assert_eq!(
        (&requests[1]["status"], &requests[1]["level"]),
        (&401.into(), &"warn".into())
    );
    assert_eq!(requests[1].get("key"), None);
    let events: Vec<&str> = lines
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .collect();
    assert_eq!(events.first(), Some(&"listening"));
    assert_eq!(events[events.len() - 2..], ["ending", "ended"]);
    let server = Server::start(&place, &["--log", "debug"]);
    server.get_as(&secret, ASKED).expect(200);
    assert!(server.stop().1.contains("\"event\":\"request\""));
    let server = Server::start(&place, &["--log", "off", "--protocol", "native"]);
    server.get(ASKED).expect(401);
    assert_eq!(server.stop().1, "");
}

#[test]
fn every_answer_says_who_may_keep_it_and_none_says_what_we_are() {
    let place = Place::shop();
    let server = Server::open(&place);
    for path in [
        ASKED,
        "/healthz",
        "/nowhere",
        "/feature-flags",
        "/api/platform/token",
    ] {
        let reply = server.get(path);
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        for banner in ["server", "x-powered-by", "via"] {
            assert_eq!(reply.header(banner), None, "{path}");
        }
    }
    let unknown = server.get("/nowhere").expect(404);
    assert_eq!(unknown["error"]["code"], "route_unknown");
}
