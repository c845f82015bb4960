//! Writes over HTTP: on what conditions, once, and in whose name.

use flags::server::access::Scope;
use serde_json::{Value, json};

use super::{code, keyed};
use crate::cli::kit::Place;
use crate::serve::kit::{Server, answered, key, with_json};

#[test]
fn every_write_does_what_its_command_does() {
    let (place, other) = (Place::shop(), Place::shop());
    let server = Server::open(&place);
    for (method, path, body, line) in [
        (
            "POST",
            "/v1/features",
            json!({"key": "chat", "name": "Chat", "tags": ["a"]}),
            "feature define chat --name Chat --tag a",
        ),
        (
            "POST",
            "/v1/features",
            json!({"key": "calls", "type": "limit"}),
            "feature define calls --type limit",
        ),
        (
            "PATCH",
            "/v1/features/chat",
            json!({"owner": "me"}),
            "feature edit chat --owner me",
        ),
        (
            "POST",
            "/v1/features/chat/disable",
            Value::Null,
            "feature disable chat",
        ),
        (
            "POST",
            "/v1/features/chat/enable",
            Value::Null,
            "feature enable chat",
        ),
        (
            "PUT",
            "/v1/features/chat/targeting",
            json!({"percent": 25}),
            "target chat percent 25",
        ),
        (
            "PUT",
            "/v1/features/chat/targets/user:ben",
            Value::Null,
            "target add chat user:ben",
        ),
        (
            "DELETE",
            "/v1/features/chat/targets/user:ben",
            Value::Null,
            "target remove chat user:ben",
        ),
        (
            "PUT",
            "/v1/features/chat/targeting",
            json!({"access": "all"}),
            "target chat all",
        ),
        (
            "PUT",
            "/v1/features/chat/targeting",
            json!({"access": "none"}),
            "target chat none",
        ),
        (
            "POST",
            "/v1/plans",
            json!({"key": "team", "price": "9", "currency": "EUR"}),
            "plan create team --price 9 --currency EUR",
        ),
        (
            "PATCH",
            "/v1/plans/team",
            json!({"display_name": "Team"}),
            "plan edit team --name Team",
        ),
        (
            "PUT",
            "/v1/plans/team/grants/calls",
            json!({"value": 7}),
            "set calls 7 --plan team",
        ),
        (
            "DELETE",
            "/v1/plans/pro/grants/legacy",
            Value::Null,
            "unset legacy --plan pro",
        ),
        (
            "PATCH",
            "/v1/users/new",
            json!({"plan": "team", "organizations": ["acme"]}),
            "user assign new --plan team --org acme",
        ),
        (
            "PATCH",
            "/v1/organizations/shop",
            json!({"plan": "team"}),
            "org assign shop --plan team",
        ),
        (
            "PUT",
            "/v1/users/new/overrides/chat",
            json!({"reason": "why", "expires": "2027-01-01T00:00:00Z"}),
            "set chat --user new --expires 2027-01-01 --reason why",
        ),
        (
            "PUT",
            "/v1/organizations/shop/overrides/calls",
            json!({"value": false}),
            "set calls off --org shop",
        ),
        (
            "DELETE",
            "/v1/users/new/overrides/chat",
            Value::Null,
            "unset chat --user new",
        ),
        (
            "POST",
            "/v1/overrides/clear",
            json!({"expired": true}),
            "override clear --expired --yes",
        ),
        (
            "PATCH",
            "/v1/settings",
            json!({"max_features": 60}),
            "feature cap 60",
        ),
        (
            "DELETE",
            "/v1/plans/team?move_to=pro",
            Value::Null,
            "plan delete team --move-to pro --yes",
        ),
        (
            "DELETE",
            "/v1/users/new",
            Value::Null,
            "user forget new --yes",
        ),
        (
            "DELETE",
            "/v1/organizations/shop",
            Value::Null,
            "org forget shop --yes",
        ),
        (
            "DELETE",
            "/v1/features/chat",
            Value::Null,
            "feature delete chat --yes",
        ),
        ("POST", "/v1/undo", json!({}), "undo --yes"),
    ] {
        let said = match body.is_null() {
            true => answered(server.request(method, path)),
            false => server.send(method, path, &body),
        };
        let answer: Value = serde_json::from_str(&said.body).unwrap();
        assert!(
            matches!(said.status, 200 | 201),
            "{method} {path}: {said:?}"
        );
        let words: Vec<&str> = line.split(' ').chain(["--json"]).collect();
        let own = other.words(&words);
        let own: Value =
            serde_json::from_str(&own.out).unwrap_or_else(|_| panic!("{line}: {own:?}"));
        assert_eq!(answer, own, "{method} {path}: {line}");
        let tag = format!("\"{}\"", own["revision"]);
        assert_eq!(said.header("etag"), Some(&*tag), "{path}");
        assert_eq!(place.contents(), other.contents(), "{line}");
        let command = |place: &Place| place.json("log --limit 0")[0]["command"].clone();
        assert_eq!(command(&place), command(&other), "{line}");
    }
}

#[test]
fn a_preview_writes_nothing_and_says_who_gains_and_who_loses() {
    let place = Place::shop();
    let server = Server::open(&place);
    let before = place.contents();
    let path = "/v1/users/ben?dry_run=true";
    let told = server
        .send("PATCH", path, &json!({"plan": "pro"}))
        .expect(200);
    assert_eq!(told, place.json("user assign ben --plan pro --dry-run"));
    let document = place.json("export");
    let told = server
        .send("POST", "/v1/catalog/apply?dry_run=true", &document)
        .expect(200);
    assert_eq!(
        (told["changed"].clone(), told["changes"].clone()),
        (json!(false), json!([]))
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn a_write_that_expects_another_revision_is_refused_with_the_present_one() {
    let place = Place::shop();
    let server = Server::open(&place);
    let write = |tag: &str, name: &str| {
        let request = server
            .request("PATCH", "/v1/features/beta")
            .header("if-match", tag);
        answered(with_json(request, &json!({ "name": name })))
    };
    let tag = server
        .get("/v1/users/ana/entitlements")
        .header("etag")
        .unwrap()
        .to_owned();
    write(&tag, "one").expect(200);
    let late = write(&tag, "two");
    assert_eq!(code(&late.expect(412)), "stale");
    assert_eq!(late.header("etag"), Some("\"2\""));
    for never in ["\"1\", \"3\"", "2", "nonsense"] {
        write(never, "never").expect(412);
    }
    write("\"1\", \"2\"", "three").expect(200);
    write("*", "four").expect(200);
    assert_eq!(place.revision(), 4);
    let request = server.request("PATCH", "/v1/features/beta?dry_run=true");
    let preview = with_json(request.header("if-match", "\"1\""), &json!({"name": "x"}));
    answered(preview).expect(412);
}

#[test]
fn a_request_that_comes_again_is_carried_out_once() {
    let place = Place::shop();
    let server = Server::open(&place);
    let chat = json!({"key": "chat"});
    let first = keyed(&server, "k1", "POST", "/v1/features", &chat);
    first.expect(201);
    // Another server of the same store knows it, too, and so does one that was started anew.
    let second = Server::open(&place);
    for server in [&server, &second] {
        let again = keyed(server, "k1", "POST", "/v1/features", &chat);
        assert_eq!((again.status, &again.body), (201, &first.body));
    }
    assert_eq!(server.stop().0, Some(0));
    let server = Server::open(&place);
    let again = keyed(&server, "k1", "POST", "/v1/features", &chat);
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(place.revision(), 2);
    let other = keyed(
        &server,
        "k1",
        "POST",
        "/v1/features",
        &json!({"key": "other"}),
    );
    assert_eq!(code(&other.expect(422)), "idempotency_key_reused");
    // Also where nothing was to be written, and where the history does not say all of the answer.
    let named = json!({"name": "Chat"});
    let quiet = keyed(
        &server,
        "k2",
        "PATCH",
        "/v1/features/chat",
        &json!({"tags": []}),
    );
    assert_eq!(quiet.expect(200)["changed"], false);
    keyed(&server, "k3", "PATCH", "/v1/features/chat", &named).expect(200);
    let again = keyed(
        &server,
        "k2",
        "PATCH",
        "/v1/features/chat",
        &json!({"tags": []}),
    );
    assert_eq!(again.body, quiet.body);
    for (key, path, body) in [
        ("k4", "/v1/undo", json!({})),
        (
            "k5",
            "/v1/catalog/apply",
            json!({"format": "flags.catalog/1", "features": {"beta": {"type": "boolean"}}}),
        ),
        ("k6", "/v1/import/users", json!([{"id": "zoe"}])),
    ] {
        let first = keyed(&server, key, "POST", path, &body);
        assert_eq!(first.expect(200)["changed"], true, "{path}");
        let revision = place.revision();
        assert_eq!(
            keyed(&server, key, "POST", path, &body).body,
            first.body,
            "{path}"
        );
        assert_eq!(place.revision(), revision, "{path}");
    }
    for bad in ["", &"k".repeat(256)] {
        keyed(&server, bad, "POST", "/v1/features", &chat).expect(400);
    }
}

#[test]
fn requests_that_come_at_once_under_one_key_are_carried_out_once() {
    let place = Place::shop();
    let (one, two) = (Server::open(&place), Server::open(&place));
    let body = json!({"key": "chat"});
    let answers: Vec<(u16, String)> = std::thread::scope(|scope| {
        let asked = (0..8).map(|number| {
            let server = if number % 2 == 0 { &one } else { &two };
            let body = &body;
            scope.spawn(move || keyed(server, "k", "POST", "/v1/features", body))
        });
        let asked: Vec<_> = asked.collect();
        let answers = asked.into_iter().map(|one| one.join().unwrap());
        answers.map(|reply| (reply.status, reply.body)).collect()
    });
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    assert_eq!((answers[0].0, place.revision()), (201, 2));
}

#[test]
fn the_history_names_the_key_and_the_reason() {
    let place = Place::shop();
    let secret = key(&place, "deploy", Scope::Write);
    let server = Server::start(&place, &[]);
    let path = "/v1/features/beta?reason=because";
    server
        .send_as(&secret, "PATCH", path, &json!({"name": "B"}))
        .expect(200);
    let written = &place.json("log --limit 0")[0];
    assert_eq!(written["actor"], "deploy");
    assert_eq!(
        (&written["command"], &written["reason"]),
        (&json!("feature edit"), &json!("because"))
    );
    let told = server.get_as(&secret, "/v1/log?actor=deploy").expect(200);
    assert_eq!(told["items"], json!([written]));
}

#[test]
fn several_edits_are_one_write_or_none() {
    let place = Place::shop();
    let server = Server::open(&place);
    let edits = json!({"edits": [
        {"edit": "define_feature", "feature": "chat"},
        {"edit": "set_grant", "plan": "pro", "feature": "chat"},
        {"edit": "assign_user", "user": "zoe", "plan": "pro"}
    ]});
    let told = server.send("POST", "/v1/edits", &edits).expect(200);
    assert_eq!(
        (&told["revision"], told["changes"].as_array().unwrap().len()),
        (&json!(2), 3)
    );
    assert_eq!(
        server.get("/v1/users/zoe/entitlements/chat").expect(200)["value"],
        true
    );
    let broken = json!({"edits": [
        {"edit": "define_feature", "feature": "more"},
        {"edit": "enable_feature", "feature": "nowhere"}
    ]});
    let refused = server.send("POST", "/v1/edits", &broken).expect(404);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .starts_with("edits[1]"),
        "{refused}"
    );
    assert_eq!(place.revision(), 2);
}

#[test]
fn what_cannot_be_says_what_helps() {
    let place = Place::shop();
    let server = Server::open(&place);
    for (method, path, body, status, expected) in [
        (
            "GET",
            "/v1/features/bta",
            Value::Null,
            404,
            "feature_not_found",
        ),
        (
            "GET",
            "/v1/users/nobody",
            Value::Null,
            404,
            "user_not_found",
        ),
        (
            "GET",
            "/v1/users/nobody/entitlements",
            Value::Null,
            404,
            "user_not_found",
        ),
        (
            "GET",
            "/v1/users/ana/entitlements/bta",
            Value::Null,
            404,
            "feature_not_found",
        ),
        (
            "GET",
            "/v1/users/ana/entitlements?target=user:ben",
            Value::Null,
            422,
            "not_a_custom_target",
        ),
        ("GET", "/v1/log/99", Value::Null, 404, "revision_not_found"),
        (
            "GET",
            "/v1/matrix?at=r99",
            Value::Null,
            404,
            "revision_not_found",
        ),
        (
            "POST",
            "/v1/features",
            json!({"key": "beta"}),
            409,
            "feature_exists",
        ),
        (
            "POST",
            "/v1/plans",
            json!({"key": "pro"}),
            409,
            "plan_exists",
        ),
        ("DELETE", "/v1/plans/pro", Value::Null, 422, "plan_in_use"),
        (
            "PUT",
            "/v1/plans/pro/grants/sso",
            json!({"value": 5}),
            422,
            "wrong_type",
        ),
        (
            "PUT",
            "/v1/features/max_seats/targeting",
            json!({"access": "all"}),
            422,
            "not_targetable",
        ),
        (
            "PUT",
            "/v1/users/ana/overrides/beta",
            json!({"expires": "2020-01-01"}),
            422,
            "expired",
        ),
        ("POST", "/v1/overrides/clear", json!({}), 422, "invalid"),
        (
            "POST",
            "/v1/undo",
            json!({"revision": 9}),
            404,
            "revision_not_found",
        ),
        (
            "POST",
            "/v1/catalog/apply",
            json!({"format": "flags.catalog/1", "feturs": {}}),
            422,
            "mistakes",
        ),
        (
            "POST",
            "/v1/check",
            json!({"user": "ana", "expectations": ["beta>5"]}),
            422,
            "wrong_type",
        ),
        (
            "POST",
            "/v1/check",
            json!({"expectations": ["beta"]}),
            422,
            "invalid",
        ),
    ] {
        let reply = match body.is_null() {
            true => answered(server.request(method, path)),
            false => server.send(method, path, &body),
        };
        assert_eq!(code(&reply.expect(status)), expected, "{method} {path}");
    }
    let near = server.get("/v1/features/bta").expect(404);
    assert_eq!(near["error"]["hints"], json!(["did you mean `beta`?"]));
}
