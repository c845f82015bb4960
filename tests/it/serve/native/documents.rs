//! What the server says is what the command line says, and what its own document says that it says.

use serde_json::{Value, json};

use super::{filled, operations};
use crate::cli::kit::Place;
use crate::serve::kit::{Server, answered};

/// The validator of an operation's answer.
fn shape(document: &Value, path: &str) -> (boon::Schemas, boon::SchemaIndex) {
    let pointer = path.replace('~', "~0").replace('/', "~1");
    let at = format!(
        "http://test/openapi#/paths/{pointer}/get/responses/200/content/application~1json/schema"
    );
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler
        .add_resource("http://test/openapi", document.clone())
        .unwrap();
    let index = compiler.compile(&at.replace('{', "%7B").replace('}', "%7D"), &mut schemas);
    (schemas, index.unwrap())
}

#[test]
fn the_server_says_what_the_command_line_says() {
    let place = Place::shop();
    let server = Server::open(&place);
    for (path, line) in [
        ("/v1/features/beta", "feature show beta"),
        ("/v1/plans/pro", "plan show pro"),
        ("/v1/users/ana", "user show ana"),
        ("/v1/organizations/acme", "org show acme"),
        ("/v1/matrix", "matrix"),
        ("/v1/matrix?at=r0", "matrix --at r0"),
        ("/v1/catalog", "export"),
        ("/v1/catalog?subjects=true", "export --subjects"),
        ("/v1/log/1", "log 1"),
        ("/v1/log/verify", "log verify"),
        ("/v1/users/ana/entitlements", "resolve --user ana"),
        (
            "/v1/users/cleo/entitlements?organization=acme",
            "resolve --user cleo --org acme",
        ),
        (
            "/v1/users/ana/entitlements?at=2020-01-01T00:00:00Z&target=workspace:ws_1",
            "",
        ),
        (
            "/v1/users/ana/entitlements?at=2027-01-01",
            "resolve --user ana --at 2027-01-01",
        ),
        (
            "/v1/users/ana/entitlements?at=r1",
            "resolve --user ana --at r1",
        ),
        (
            "/v1/users/ben/entitlements?target=workspace:ws_1",
            "resolve --user ben --target workspace:ws_1",
        ),
        ("/v1/organizations/acme/entitlements", "resolve --org acme"),
        ("/v1/plans/pro/entitlements", "resolve --plan pro"),
        ("/v1/users/ana/entitlements/beta", "get beta --user ana"),
        (
            "/v1/users/ana/overrides/sso",
            "override show sso --user ana",
        ),
        (
            "/v1/users/ana/entitlements/beta/explanation",
            "explain beta --user ana",
        ),
        (
            "/v1/users/ana/entitlements/sso/explanation?at=r1",
            "explain sso --user ana --at r1",
        ),
        (
            "/v1/plans/pro/entitlements/max_seats/explanation",
            "explain max_seats --plan pro",
        ),
    ] {
        let said = server.get(path);
        if line.is_empty() {
            assert_eq!(
                said.expect(404)["error"]["code"],
                "before_history",
                "{path}"
            );
            continue;
        }
        assert_eq!(said.expect(200), place.json(line), "{path}: {line}");
        assert_eq!(
            said.header("content-type"),
            Some("application/json"),
            "{path}"
        );
    }
    for (path, line) in [
        ("/v1/features", "feature list"),
        ("/v1/features?tag=security", "feature list --tag security"),
        ("/v1/features?disabled=true", "feature list --disabled"),
        ("/v1/plans", "plan list"),
        ("/v1/users", "user list"),
        ("/v1/users?organization=acme", "user list --org acme"),
        ("/v1/organizations", "org list"),
        ("/v1/overrides", "override list"),
        (
            "/v1/overrides?feature=sso&expired=true",
            "override list --feature sso --expired",
        ),
        ("/v1/log", "log"),
        (
            "/v1/log?feature=beta&changes=1000",
            "log --feature beta --changes 1000",
        ),
    ] {
        assert_eq!(
            server.get(path).expect(200)["items"],
            place.json(line),
            "{path}: {line}"
        );
    }
    let asked = json!({
        "user": "ana", "expectations": ["analytics", "!sso", "max_seats>=5", "max_seats>5"]
    });
    let said = server.send("POST", "/v1/check", &asked).expect(200);
    let line = "check analytics !sso max_seats>=5 max_seats>5 --user ana --json";
    let own: Value = serde_json::from_str(&place.flags(line).no()).unwrap();
    assert_eq!(said, own);
}

#[test]
fn every_answer_has_the_shape_that_the_document_promises() {
    let place = Place::shop();
    let server = Server::open(&place);
    let document = server.get("/v1/openapi.json").expect(200);
    let mut seen = 0;
    for (method, path, _) in operations(&server) {
        if method != "GET" || path == "/v1/events" {
            continue;
        }
        let path_filled = filled(&path).replace("overrides/beta", "overrides/sso");
        let reply = server.get(&path_filled);
        if path.starts_with("/v1/organizations/{organization}/overrides") {
            assert_eq!(reply.expect(404)["error"]["code"], "override_not_found");
            continue;
        }
        let (schemas, index) = shape(&document, &path);
        let answer = reply.expect(200);
        let judged = schemas.validate(&answer, index);
        assert!(judged.is_ok(), "{path}: {answer}: {}", judged.unwrap_err());
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_operation_of_the_document_is_a_route_and_every_route_is_in_the_document() {
    let place = Place::shop();
    let server = Server::open(&place);
    let operations = operations(&server);
    for (method, path, _) in &operations {
        if path == "/v1/events" {
            continue;
        }
        let reply = server.send(method, &filled(path), &super::nonsense());
        let nowhere = ["path_not_found", "method_not_allowed"];
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        let code = answer["error"]["code"].as_str().unwrap_or_default();
        assert!(!nowhere.contains(&code), "{method} {path}: {reply:?}");
    }
    // What a path can be asked with is what the document says, and nothing more.
    let mut paths: Vec<&String> = operations.iter().map(|(_, path, _)| path).collect();
    paths.dedup();
    for path in paths {
        let reply = answered(server.request("OPTIONS", &filled(path)));
        let allowed = reply.header("allow").unwrap().to_owned();
        let mut allowed: Vec<&str> = allowed.split(',').filter(|m| *m != "HEAD").collect();
        let documented = operations.iter().filter(|(_, other, _)| other == path);
        let mut documented: Vec<&str> = documented.map(|(method, ..)| method.as_str()).collect();
        allowed.sort_unstable();
        documented.sort_unstable();
        assert_eq!(allowed, documented, "{path}");
    }
    let own = place.json("schema openapi");
    assert_eq!(server.get("/v1/openapi.json").expect(200), own);
    assert_eq!(own["openapi"], "3.1.0");
}

#[test]
fn an_answer_has_the_revision_as_its_tag_and_is_not_sent_twice() {
    let place = Place::shop();
    let server = Server::open(&place);
    let known =
        |path: &str, tag: &str| answered(server.request("GET", path).header("if-none-match", tag));
    let paths = [
        "/v1/features",
        "/v1/users/ana",
        "/v1/users/ana/entitlements",
        "/v1/overrides",
    ];
    let tags = paths.map(|path| {
        let first = server.get(path);
        first.expect(200);
        let tag = first.header("etag").unwrap().to_owned();
        assert!(tag.starts_with("\"1"), "{tag}");
        let again = known(path, &tag);
        assert_eq!((again.status, &*again.body), (304, ""), "{path}");
        assert_eq!(again.header("etag"), Some(&*tag));
        tag
    });
    place.flags("feature disable beta").yes();
    for (path, tag) in paths.iter().zip(tags) {
        assert_eq!(
            known(path, &tag).status,
            200,
            "{path}: a write shows at once"
        );
    }
    let settings = server.get("/v1/settings");
    assert_eq!(settings.header("etag"), Some("\"2\""));
    let head = answered(server.request("HEAD", "/v1/settings"));
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("etag"), Some("\"2\""));
}

#[test]
fn pages_follow_each_other_and_miss_nothing() {
    let place = Place::shop();
    let server = Server::open(&place);
    place.flags("feature disable beta").yes();
    place.flags("feature enable beta").yes();
    for path in [
        "/v1/features",
        "/v1/plans",
        "/v1/users",
        "/v1/organizations",
        "/v1/overrides",
        "/v1/log",
    ] {
        let whole = server.get(path).expect(200);
        assert_eq!(whole["next"], Value::Null, "{path}");
        let mut met = Vec::new();
        let mut page = format!("{path}?limit=1");
        loop {
            let reply = server.get(&page);
            let answer = reply.expect(200);
            assert_eq!(answer["items"].as_array().unwrap().len(), 1, "{page}");
            met.push(answer["items"][0].clone());
            match answer["next"].as_str() {
                None => break assert_eq!(reply.header("link"), None),
                Some(next) => {
                    page = format!("{path}?limit=1&after={next}");
                    let link = format!("<{page}>; rel=\"next\"");
                    assert_eq!(reply.header("link"), Some(&*link));
                }
            }
        }
        assert_eq!(Value::Array(met), whole["items"], "{path}");
    }
    for bad in [
        "limit=0",
        "limit=1001",
        "limit=x",
        "after=!",
        "after=AAAA",
        "limit=1&limit=2",
    ] {
        let refused = server.get(&format!("/v1/users?{bad}")).expect(400);
        assert_eq!(refused["error"]["code"], "unreadable", "{bad}");
    }
}
