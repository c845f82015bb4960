//! WorkOS's API as its documentation has it; `tests/interop/workos-server` asks with its own
//! clients.

use std::fs::File;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flags::server::access::Scope;
use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use super::kit::{Reply, Server, key};
use crate::cli::kit::{Place, Said};

/// A place with subjects that have identifiers of WorkOS's form.
fn place() -> Place {
    let place = Place::empty();
    for line in [
        "plan create pro",
        "feature define analytics --name Analytics --owner jane@example.com --tag ui",
        "feature define beta",
        "feature define seats --type limit",
        "org assign org_acme --plan pro",
        "user assign user_ana --org org_acme",
        "user assign user_bob",
        "set analytics --plan pro",
        "set seats 5 --plan pro",
        "set beta on --user user_bob",
    ] {
        place.flags(line).yes();
    }
    place
}

fn slugs(list: &Value) -> Vec<&str> {
    let data = list["data"].as_array().unwrap().iter();
    data.map(|flag| flag["slug"].as_str().unwrap()).collect()
}

#[track_caller]
fn refused(reply: &Reply, status: u16, code: &str) {
    let body = reply.expect(status);
    assert_eq!(body["code"], code, "{body}");
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{body}"
    );
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[test]
fn a_flag_is_told_with_all_that_workos_tells() {
    let place = place();
    let server = Server::open(&place);
    let flag = server.get("/feature-flags/analytics").expect(200);
    let id = flag["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("flag_01") && id.len() == 31, "{id}");
    let defined = flag["created_at"].clone();
    assert!(defined.as_str().unwrap().ends_with(".000Z"), "{defined}");
    assert_eq!(
        flag,
        json!({
            "object": "feature_flag", "id": id, "slug": "analytics", "name": "Analytics",
            "description": null,
            "owner": {"email": "jane@example.com", "first_name": null, "last_name": null},
            "tags": ["ui"], "enabled": true, "default_value": false,
            "created_at": defined, "updated_at": defined,
        })
    );
    refused(
        &server.get("/feature-flags/nosuch"),
        404,
        "entity_not_found",
    );
    refused(
        &server.get("/feature-flags/No%20Key"),
        404,
        "entity_not_found",
    );
    refused(&server.get("/feature-flags/%ff"), 404, "entity_not_found");
    let wrong = server.send("POST", "/feature-flags/analytics/enable", &json!({}));
    refused(&wrong, 405, "method_not_allowed");
}

#[test]
fn pages_follow_each_other_in_both_directions_and_every_order() {
    let place = Place::empty();
    for number in 0..7 {
        // Defined in another order than that of their keys.
        let number = (number * 3) % 7;
        place.flags(&format!("feature define f{number}")).yes();
    }
    let server = Server::open(&place);
    let ascending = ["f0", "f3", "f6", "f2", "f5", "f1", "f4"];
    let mut descending = ascending;
    descending.reverse();
    for (order, expected) in [
        ("", descending),
        ("&order=desc", descending),
        ("&order=asc", ascending),
        ("&order=normal", ascending),
    ] {
        let (mut forth, mut after) = (Vec::new(), String::new());
        let last = loop {
            let page = server
                .get(&format!("/feature-flags?limit=3{order}{after}"))
                .expect(200);
            forth.extend(slugs(&page).into_iter().map(str::to_owned));
            let cursors = page["list_metadata"].clone();
            match cursors["after"].as_str() {
                None => break cursors,
                Some(cursor) => after = format!("&after={cursor}"),
            }
        };
        assert_eq!(forth, expected, "{order}");
        // And back from the last page.
        let before = last["before"].as_str().unwrap();
        let page = server
            .get(&format!("/feature-flags?limit=3{order}&before={before}"))
            .expect(200);
        assert_eq!(slugs(&page), expected[3..6], "{order}");
    }
    let whole = server.get("/feature-flags").expect(200);
    assert_eq!(
        whole["list_metadata"],
        json!({"before": null, "after": null})
    );
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "order=up",
        "after=flag_01",
        "before=x",
    ] {
        let reply = server.get(&format!("/feature-flags?{query}"));
        refused(&reply, 400, "invalid_request_parameters");
    }
}

#[test]
fn the_lists_of_a_user_and_an_organization_resolve_everything() {
    let place = place();
    let server = Server::open(&place);
    let ana = server
        .get("/user_management/users/user_ana/feature-flags")
        .expect(200);
    assert_eq!(slugs(&ana), ["seats", "analytics"]);
    let bob = server
        .get("/user_management/users/user_bob/feature-flags")
        .expect(200);
    assert_eq!(slugs(&bob), ["beta"]);
    let acme = server
        .get("/organizations/org_acme/feature-flags?order=asc&limit=1")
        .expect(200);
    assert_eq!(slugs(&acme), ["analytics"]);
    assert_eq!(acme["list_metadata"]["after"], acme["data"][0]["id"]);
    let unknown = server.get("/user_management/users/user_nobody/feature-flags");
    refused(&unknown, 404, "entity_not_found");
    assert_eq!(unknown.json()["message"], "User not found: 'user_nobody'.");
    refused(
        &server.get("/organizations/org_none/feature-flags"),
        404,
        "entity_not_found",
    );
}

#[test]
fn the_switch_and_the_targets_are_written_once_however_often_they_are_asked_for() {
    let place = place();
    let writer = key(&place, "deploy", Scope::Write);
    let server = Server::start(&place, &[]);
    let send = |method: &str, path: &str| server.send_as(&writer, method, path, &json!({}));
    for _ in 0..2 {
        let flag = send("PUT", "/feature-flags/beta/disable").expect(200);
        assert_eq!(
            (&flag["slug"], &flag["enabled"]),
            (&json!("beta"), &json!(false))
        );
    }
    let flag = send("PUT", "/feature-flags/beta/enable").expect(200);
    assert_eq!(flag["enabled"], true);
    for resource in ["user_ana", "org_acme", "user_ana"] {
        let path = format!("/feature-flags/beta/targets/{resource}");
        let reply = send("POST", &path);
        assert_eq!((reply.status, reply.body.as_str()), (204, ""));
    }
    place.flags("check beta --user user_ana").yes();
    for resource in ["user_ana", "user_ana", "org_acme", "user_bob"] {
        assert_eq!(
            send("DELETE", &format!("/feature-flags/beta/targets/{resource}")).status,
            204
        );
    }
    place.flags("check !beta --user user_ana").yes();
    let log = place.json("log");
    let written: Vec<String> = log
        .as_array()
        .unwrap()
        .iter()
        .take(6)
        .map(|entry| {
            format!(
                "{} {}",
                entry["actor"].as_str().unwrap(),
                entry["command"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        written,
        [
            "deploy target remove",
            "deploy target remove",
            "deploy target add",
            "deploy target add",
            "deploy feature enable",
            "deploy feature disable",
        ]
    );
}

#[test]
fn what_cannot_be_a_target_is_refused_as_workos_refuses_it() {
    let place = place();
    let before = place.revision();
    let server = Server::open(&place);
    for method in ["POST", "DELETE"] {
        for resource in ["ana", "user_", "org_", "group_1", "user_%00", "%ff"] {
            let reply = server.send(
                method,
                &format!("/feature-flags/beta/targets/{resource}"),
                &json!({}),
            );
            refused(&reply, 400, "invalid_resource_id_format");
        }
        for resource in ["user_nobody", "org_none"] {
            let reply = server.send(
                method,
                &format!("/feature-flags/beta/targets/{resource}"),
                &json!({}),
            );
            refused(&reply, 404, "entity_not_found");
        }
        let reply = server.send(method, "/feature-flags/nosuch/targets/user_ana", &json!({}));
        refused(&reply, 404, "entity_not_found");
    }
    let limit = server.send("POST", "/feature-flags/seats/targets/user_ana", &json!({}));
    assert_eq!(limit.status, 422, "{limit:?}");
    for verb in ["enable", "disable"] {
        let reply = server.send("PUT", &format!("/feature-flags/nosuch/{verb}"), &json!({}));
        refused(&reply, 404, "entity_not_found");
    }
    assert_eq!(place.revision(), before);
}

#[test]
fn both_versions_of_the_payload_are_those_that_were_asked_for_and_follow_each_change() {
    let place = place();
    let server = Server::open(&place);
    let first = server.get("/sdk/feature-flags").expect(200);
    assert_eq!(
        first,
        server
            .get("/sdk/feature-flags?payload_version=1")
            .expect(200)
    );
    assert_eq!(
        first["analytics"],
        json!({"slug": "analytics", "enabled": true, "default_value": false, "targets": {
            "users": [], "organizations": [],
            "custom_targets": [{"type": "plan", "id": "pro", "enabled": true}],
        }})
    );
    let second = || {
        server
            .get("/sdk/feature-flags?payload_version=2")
            .expect(200)
    };
    assert_eq!(second()["version"], 2);
    assert_eq!(
        second()["flags"]["beta"],
        json!({
            "slug": "beta", "enabled": true, "default_value": false, "off_value": false,
            "rules": [{"id": "user-granted", "kind": "conditions", "value": true, "conditions": [
                {"target_type": "user", "operator": "one_of", "values": ["user_bob"]},
            ]}],
        })
    );
    refused(
        &server.get("/sdk/feature-flags?payload_version=3"),
        400,
        "invalid_request_parameters",
    );
    // Written by another process.
    place.flags("set beta off --user user_bob").yes();
    assert_eq!(second()["flags"]["beta"]["rules"][0]["id"], "user-revoked");
    assert_eq!(
        server.get("/sdk/feature-flags").expect(200)["beta"]["targets"]["users"],
        json!([])
    );
    place.flags("feature delete beta --yes").yes();
    assert!(second()["flags"].get("beta").is_none());
    assert_eq!(
        slugs(&server.get("/feature-flags").expect(200)),
        ["seats", "analytics"]
    );
}

#[test]
fn what_the_payload_cannot_carry_is_said_at_the_start() {
    let place = place();
    place.flags("target beta percent 50").yes();
    place.flags("set analytics off --user user_bob").yes();
    let (_, said) = Server::open(&place).stop();
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("workos_payload"))
        .collect();
    assert_eq!(lines.len(), 3, "{said}");
    for (line, parts) in lines.iter().zip([
        ["\"analytics\"", "version 1"],
        [
            "\"beta\"",
            "is left out of the configuration payload: a rule asks for a percentage",
        ],
        [
            "\"seats\"",
            "is left out of the configuration payload: it is a limit",
        ],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
    let (_, said) = Server::start(&place, &["--insecure-no-auth", "--protocol", "native"]).stop();
    assert!(!said.contains("workos_payload"), "{said}");
}

#[test]
fn a_key_opens_what_its_scope_covers_and_is_refused_in_workos_own_words() {
    let place = place();
    let scopes = [Scope::Evaluate, Scope::Read, Scope::Write];
    let keys = scopes.map(|scope| key(&place, scope.as_str(), scope));
    let server = Server::start(&place, &[]);
    for (needed, method, path) in [
        (0, "GET", "/user_management/users/user_ana/feature-flags"),
        (0, "GET", "/organizations/org_acme/feature-flags"),
        (1, "GET", "/feature-flags"),
        (1, "GET", "/feature-flags/beta"),
        (1, "GET", "/sdk/feature-flags"),
        (2, "PUT", "/feature-flags/beta/enable"),
        (2, "PUT", "/feature-flags/beta/disable"),
        (2, "POST", "/feature-flags/beta/targets/user_ana"),
        (2, "DELETE", "/feature-flags/beta/targets/user_ana"),
    ] {
        refused(
            &super::kit::answered(server.request(method, path)),
            401,
            "unauthorized",
        );
        let unknown = server.send_as("sk_unknown", method, path, &json!({}));
        refused(&unknown, 401, "unauthorized");
        for (scope, key) in keys.iter().enumerate() {
            let reply = server.send_as(key, method, path, &json!({}));
            match scope >= needed {
                true => assert!(reply.status < 300, "{path}: {reply:?}"),
                false => refused(&reply, 403, "forbidden"),
            }
        }
    }
}

#[test]
fn a_token_of_workos_shape_is_proven_by_the_keys_that_are_published_as_workos_does() {
    let place = place();
    place
        .flags("token keys generate --type rsa --out first.pem")
        .yes();
    place
        .flags("token keys generate --type rsa --out second.pem")
        .yes();
    let arguments = [
        "--protocol",
        "workos",
        "--signing-key",
        "first.pem",
        "--signing-key",
        "second.pem",
    ];
    // Nobody needs a key of the server to see them, but it does not start without one.
    key(&place, "any", Scope::Read);
    let server = Server::start(&place, &arguments);
    let published = server.get("/sso/jwks/client_01").expect(200);
    let keys = published["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    let members = ["alg", "kty", "use", "x5c", "n", "e", "kid", "x5t#S256"];
    for key in keys {
        let found: Vec<&str> = key
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(found, members);
        let der = STANDARD.decode(key["x5c"][0].as_str().unwrap()).unwrap();
        let certificate = Certificate::from_der(&der).unwrap();
        let told = certificate.tbs_certificate().subject_public_key_info();
        let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
        let bits = told.subject_public_key.raw_bytes();
        assert!(bits.windows(modulus.len()).any(|part| part == modulus));
    }
    // The same at the next start: whoever noted a thumbprint keeps it.
    let again = Server::start(&place, &arguments);
    assert_eq!(again.get("/sso/jwks/client_02").expect(200), published);
    refused(&server.get("/sso/jwks/nobody"), 404, "entity_not_found");
    place.file("jwks.json", published.to_string());
    let token = place.json("token issue --as workos --user user_bob --key first.pem");
    let token = token["token"].as_str().unwrap();
    let token = File::open(place.file("token", token)).unwrap();
    let words = ["token", "verify", "-", "--key-file", "jwks.json", "--json"];
    let proven = Said::by(place.command(&words).stdin(token)).yes();
    let proven: Value = serde_json::from_str(&proven).unwrap();
    assert_eq!(proven["claims"]["feature_flags"], json!(["beta"]));
}
