//! What each call does, who may make it, and what the history says of it.

use flags::server::access::Scope;
use serde_json::{Value, json};

use super::{CHECK, CLAIMS, Client, FEATURES, OVERRIDES, Server, TOKEN};
use crate::cli::kit::Place;

const NOW_MILLISECONDS: i64 = 1_777_636_800_000;

/// Every operation, with a body that it takes.
fn operations() -> Vec<((&'static str, &'static str), Value)> {
    let of = |user: &str| json!({"end_user_id": user, "feature_key": "sso"});
    let mut granted = of("ben");
    granted["action"] = json!("grant");
    vec![
        (("PUT", FEATURES), json!({"feature_key": "sso"})),
        (("DELETE", FEATURES), json!({"feature_key": "legacy"})),
        (("PUT", OVERRIDES), granted),
        (("DELETE", OVERRIDES), of("ben")),
        (
            ("POST", CLAIMS),
            json!({"email": "ben@example.com", "claims": {"plan": "pro"}}),
        ),
        (("POST", CHECK), of("ana")),
        (
            ("POST", TOKEN),
            json!({"grant_type": "refresh_token", "refresh_token": "rt_"}),
        ),
    ]
}

#[test]
fn a_feature_is_defined_altered_and_deleted_in_the_clients_name() {
    let place = Place::shop();
    let client = Client::new(&place, "shop-backend", Scope::Write);
    let server = Server::start(&place, &[]);
    let put = |body: Value| client.call(&server, ("PUT", FEATURES), &body);
    let body = json!({"feature_key": "api", "feature_type": "limit", "name": "API", "extra": 1});
    let told = put(body.clone()).expect(200);
    let expected = json!({
        "feature_key": "api", "feature_type": "limit", "name": "API", "description": null,
    });
    assert_eq!(told, expected);
    let revision = place.revision();
    assert_eq!(put(body).expect(200), expected);
    assert_eq!(
        place.revision(),
        revision,
        "what is so already is not written"
    );
    let told = put(json!({"feature_key": "api", "name": null, "description": "Calls"}));
    let told = told.expect(200);
    assert_eq!(
        (&told["name"], &told["description"]),
        (&json!(null), &json!("Calls"))
    );
    put(json!({"feature_key": "api", "feature_type": "boolean"})).expect(422);
    put(json!({"feature_key": "untyped"})).expect(400);
    let delete = || {
        client.call(
            &server,
            ("DELETE", FEATURES),
            &json!({"feature_key": "api"}),
        )
    };
    assert_eq!(delete().expect(200)["deleted"], json!(true));
    assert_eq!(delete().expect(404)["error"], json!("feature_not_found"));
    let log = place.json("log --limit 0");
    let of = |index: usize| (&log[index]["actor"], &log[index]["command"]);
    let by = |command: &'static str| (json!("shop-backend"), json!(command));
    for (index, command) in ["feature delete", "feature edit", "feature define"]
        .into_iter()
        .enumerate()
    {
        let (actor, said) = by(command);
        assert_eq!(of(index), (&actor, &said));
    }
}

#[test]
fn a_project_has_no_more_features_than_its_cap() {
    let place = Place::empty();
    let server = Server::open(&place);
    let define = |number: usize| {
        let body = json!({"feature_key": format!("f{number}"), "feature_type": "boolean"});
        server.send("PUT", FEATURES, &body)
    };
    for number in 0..50 {
        define(number).expect(200);
    }
    assert_eq!(define(50).expect(422)["error"], json!("too_many_features"));
    define(49).expect(200);
}

#[test]
fn an_override_counts_at_the_next_question_and_its_end_too() {
    let place = Place::shop();
    let server = Server::open(&place);
    let asked = |key: &str| {
        let body = json!({"end_user_id": "ana", "feature_key": key});
        server.send("POST", CHECK, &body).expect(200)
    };
    let put = |key: &str, more: Value| {
        let mut body = json!({"end_user_id": "ana", "feature_key": key});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        server.send("PUT", OVERRIDES, &body)
    };
    assert_eq!(asked("max_seats"), json!({"has_feature": true, "value": 5}));
    let told = put("max_seats", json!({"action": "grant", "value": 9})).expect(200);
    assert_eq!(
        (&told["action"], &told["value"]),
        (&json!("grant"), &json!(9))
    );
    assert_eq!(asked("max_seats"), json!({"has_feature": true, "value": 9}));
    put("max_seats", json!({"action": "revoke"})).expect(200);
    assert_eq!(
        asked("max_seats"),
        json!({"has_feature": false, "value": false})
    );
    put("sso", json!({"action": "grant"})).expect(200);
    assert_eq!(asked("sso"), json!({"has_feature": true, "value": true}));
    let body = json!({"end_user_id": "ana", "feature_key": "max_seats"});
    let taken = || server.send("DELETE", OVERRIDES, &body).expect(200);
    assert_eq!(taken()["deleted"], json!(true));
    assert_eq!(taken()["deleted"], json!(false));
    assert_eq!(asked("max_seats"), json!({"has_feature": true, "value": 5}));
    for (key, wrong, status) in [
        ("max_seats", json!({"action": "grant"}), 422),
        ("sso", json!({"action": "grant", "value": 3}), 422),
        ("sso", json!({"action": "grant", "value": false}), 400),
        ("sso", json!({"action": "revoke", "value": true}), 400),
        ("max_seats", json!({"action": "grant", "value": -1}), 400),
        ("max_seats", json!({"action": "grant", "value": 1.5}), 400),
        (
            "max_seats",
            json!({"action": "grant", "value": 9_007_199_254_740_992_u64}),
            400,
        ),
        ("sso", json!({"action": "maybe"}), 400),
        ("nothing", json!({"action": "grant"}), 404),
    ] {
        put(key, wrong.clone()).expect(status);
        assert!(put(key, wrong).json()["error"].is_string());
    }
}

#[test]
fn whom_or_what_the_store_does_not_know_is_refused_and_never_a_no() {
    let place = Place::shop();
    let server = Server::open(&place);
    let before = place.revision();
    for (user, key, code) in [
        ("nobody", "sso", "user_not_found"),
        ("ana", "nothing", "feature_not_found"),
    ] {
        let body = json!({"end_user_id": user, "feature_key": key, "action": "grant"});
        for operation in [("POST", CHECK), ("PUT", OVERRIDES), ("DELETE", OVERRIDES)] {
            let refused = server.send(operation.0, operation.1, &body).expect(404);
            assert_eq!(refused["error"], json!(code), "{operation:?}");
        }
    }
    assert_eq!(place.revision(), before);
}

#[test]
fn claims_are_for_the_user_of_an_address_and_the_plan_is_one_of_them() {
    let place = Place::shop();
    let server = Server::open(&place);
    let set = |email: &str, claims: Value| {
        server.send("POST", CLAIMS, &json!({"email": email, "claims": claims}))
    };
    let told = set("BEN@example.com", json!({"plan": "pro", "role": "admin"})).expect(200);
    assert_eq!(told["end_user_id"], json!("ben"));
    assert_eq!(told["claims"], json!({"plan": "pro", "role": "admin"}));
    assert_eq!(place.json("user show ben")["plan"], json!("pro"));
    let told = set("ben@example.com", json!({"role": null, "seat": {"row": 3}})).expect(200);
    assert_eq!(told["claims"], json!({"plan": "pro", "seat": {"row": 3}}));
    let told = set("ben@example.com", json!({"plan": null})).expect(200);
    assert_eq!(told["claims"], json!({"seat": {"row": 3}}));
    let before = place.contents();
    let refused = set("ben@example.com", json!({"plan": "gold", "role": "x"})).expect(404);
    assert_eq!(refused["error"], json!("plan_not_found"));
    assert_eq!(
        set("x@example.com", json!({})).expect(404)["error"],
        json!("user_not_found")
    );
    set("ben@example.com", json!({"plan": 5})).expect(400);
    set("ben@example.com", json!([])).expect(400);
    let large = json!({"note": "x".repeat(5000)});
    set("ben@example.com", large).expect(422);
    assert_eq!(place.contents(), before);
    place
        .flags("user assign ben2 --email Ben@Example.com")
        .yes();
    let refused = set("ben@example.com", json!({"plan": "free"})).expect(409);
    assert_eq!(refused["error"], json!("email_not_unique"));
}

#[test]
fn a_user_who_is_forgotten_takes_claims_and_logins_along() {
    let place = Place::shop();
    super::signing_key(&place, "key.pem");
    let server = Server::start(&place, &["--insecure-no-auth", "--signing-key", "key.pem"]);
    let body = json!({"email": "ben@example.com", "claims": {"role": "admin"}});
    server.send("POST", CLAIMS, &body).expect(200);
    let token = super::login(&place, "ben");
    place.flags("user forget ben --yes").yes();
    super::refresh(&server, &token).expect(400);
    place.flags("user assign ben --email ben@example.com").yes();
    super::refresh(&server, &token).expect(400);
    let body = json!({"email": "ben@example.com", "claims": {}});
    let told = server.send("POST", CLAIMS, &body).expect(200);
    assert_eq!(told["claims"], json!({}));
}

#[test]
fn no_operation_gives_anything_to_whoever_may_not_make_it() {
    let place = Place::shop();
    let good = Client::new(&place, "good", Scope::Admin);
    let wrong = Client(good.0.clone(), "secret_wrong".to_owned());
    let unknown = Client("client_unknown".to_owned(), good.1.clone());
    let revoked = Client::made(&place, "revoked", Scope::Admin, |key| {
        key.revoked = Some(NOW_MILLISECONDS - 1);
    });
    let expired = Client::made(&place, "expired", Scope::Admin, |key| {
        key.expires = Some(NOW_MILLISECONDS);
    });
    let evaluates = Client::new(&place, "evaluates", Scope::Evaluate);
    let reads = Client::new(&place, "reads", Scope::Read);
    let server = Server::start(&place, &[]);
    let before = place.contents();
    for (operation, body) in operations() {
        let refused = |status: u16, code: &str, reply: super::Reply| {
            let told = reply.expect(status);
            let members: Vec<&String> = told.as_object().unwrap().keys().collect();
            assert_eq!(members, ["error", "error_description"], "{operation:?}");
            assert_eq!(told["error"], json!(code), "{operation:?}");
        };
        refused(
            401,
            "invalid_client",
            server.send(operation.0, operation.1, &body),
        );
        let half = json!({"client_id": good.0});
        refused(
            401,
            "invalid_client",
            server.send(operation.0, operation.1, &half),
        );
        for client in [&wrong, &unknown, &revoked, &expired] {
            refused(
                401,
                "invalid_client",
                client.call(&server, operation, &body),
            );
        }
        if !matches!(operation.1, CHECK | TOKEN) {
            for client in [&evaluates, &reads] {
                refused(
                    403,
                    "insufficient_scope",
                    client.call(&server, operation, &body),
                );
            }
        }
    }
    assert_eq!(place.contents(), before);
    // The secret alone is no key, nor is a key a secret.
    let alone = server.get_as(&good.1, "/v1/users/ana/entitlements");
    assert_eq!(alone.status, 401);
    for client in [&good, &evaluates] {
        let body = json!({"end_user_id": "ana", "feature_key": "analytics"});
        client.call(&server, ("POST", CHECK), &body).expect(200);
    }
}

#[test]
fn a_server_that_is_read_only_answers_and_alters_nothing() {
    let place = Place::shop();
    let server = Server::start(&place, &["--insecure-no-auth", "--read-only"]);
    let before = place.contents();
    for ((method, path), body) in operations() {
        let reply = server.send(method, path, &body);
        match path {
            CHECK => drop(reply.expect(200)),
            TOKEN => drop(reply.expect(400)),
            _ => assert_eq!(reply.expect(403)["error"], json!("read_only"), "{path}"),
        }
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn the_log_names_the_client_that_called_and_nothing_that_it_showed() {
    let place = Place::shop();
    let client = Client::new(&place, "shop-backend", Scope::Write);
    let server = Server::start(&place, &["--log", "info"]);
    let body = json!({"feature_key": "sso"});
    client.call(&server, ("PUT", FEATURES), &body).expect(200);
    let stranger = Client(client.0.clone(), "secret_of_nobody".to_owned());
    stranger.call(&server, ("PUT", FEATURES), &body).expect(401);
    let (_, said) = server.stop();
    let lines = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let requests: Vec<Value> = lines
        .filter(|line: &Value| line["event"] == "request")
        .collect();
    assert_eq!(requests.len(), 2, "{said}");
    assert_eq!(requests[0]["key"], "shop-backend", "{said}");
    assert_eq!(requests[0]["route"], FEATURES);
    // Who was not let in is nobody that is known.
    assert_eq!(
        (&requests[1]["status"], requests[1].get("key")),
        (&json!(401), None)
    );
    let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
    for unwanted in [client.0.as_str(), &client.1, "secret_of_nobody", "sso"] {
        assert!(!lines.concat().contains(unwanted), "{unwanted}: {lines:?}");
    }
}
