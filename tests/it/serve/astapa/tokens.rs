//! Tokens: what is in them, what they are signed with, and how others find that out.

use flags::domain::time::Time;
use flags::token::decode;
use serde_json::{Value, json};

use super::{Server, TOKEN, login, refresh, signing_key, text};
use crate::cli::kit::{NOW, Place, Said};

fn claims(token: &str) -> Value {
    let decoded = decode(token).unwrap();
    Value::Object(decoded.claims().clone())
}

/// Runs a command line that reads the token of a file.
fn about(place: &Place, token: &str, line: &str) -> Said {
    let file = place.file("token.jwt", token);
    place.flags(&line.replace("TOKEN", &file.display().to_string()))
}

#[test]
fn a_token_says_what_the_command_line_says_at_that_moment() {
    let place = Place::shop();
    signing_key(&place, "key.pem");
    let server = Server::start(&place, &["--insecure-no-auth", "--signing-key", "key.pem"]);
    let now: Time = NOW.parse().unwrap();
    for user in ["ana", "ben", "cleo", "dev"] {
        let mut shown = login(&place, user);
        // The second time round everything is different.
        for write in [
            "set max_seats 7 --user",
            "set sso off --user",
            "unset sso --user",
        ] {
            let reply = refresh(&server, &shown);
            let answer = reply.expect(200);
            assert_eq!(reply.header("cache-control"), Some("no-store"));
            assert_eq!(answer["token_type"], json!("Bearer"));
            assert_eq!(answer["expires_in"], json!(3600));
            let claims = claims(&text(&answer, "access_token"));
            let own = place.json(&format!("resolve --user {user}"));
            assert_eq!(claims["features"], own["entitlements"], "{user}");
            assert_eq!(claims["sub"], json!(user));
            let known = place.json(&format!("user show {user}"));
            assert_eq!(
                claims.get("email"),
                known.get("email").filter(|it| !it.is_null())
            );
            assert_eq!(
                claims["custom_claims"].get("plan"),
                known.get("plan").filter(|it| !it.is_null())
            );
            assert_eq!(claims["iss"], json!("auth.astapa.com"));
            assert_eq!(claims["iat"], json!(now.unix()));
            assert_eq!(claims["exp"], json!(now.unix() + 3600));
            place.flags(&format!("{write} {user}")).yes();
            shown = text(&answer, "refresh_token");
        }
    }
}

#[test]
fn our_own_commands_take_the_token_by_its_published_keys() {
    let place = Place::shop();
    signing_key(&place, "first.pem");
    signing_key(&place, "second.pem");
    let start = |keys: [&str; 4]| {
        let mut words = vec!["--insecure-no-auth", "--issuer", "https://id.example"];
        words.extend(keys);
        Server::start(&place, &words)
    };
    let server = start(["--signing-key", "first.pem", "--signing-key", "second.pem"]);
    let keys = format!("{}/.well-known/jwks.json", server.url());
    let old = text(
        &refresh(&server, &login(&place, "ana")).expect(200),
        "access_token",
    );
    let verify = format!("token verify --file TOKEN --key-url {keys} --alg RS256 --json");
    let said: Value = serde_json::from_str(&about(&place, &old, &verify).yes()).unwrap();
    assert_eq!(said["claims"]["iss"], json!("https://id.example"));
    let compared = about(&place, &old, "token diff --token-file TOKEN");
    assert_eq!(compared.code, Some(0), "{compared:?}");
    let published = server.get("/.well-known/jwks.json").expect(200);
    assert_eq!(published["keys"].as_array().unwrap().len(), 2);
    assert!(published["keys"].as_array().unwrap().iter().all(|key| {
        key["alg"] == json!("RS256") && key["use"] == json!("sig") && key.get("d").is_none()
    }));
    drop(server);
    // The other signs now, and what the first one signed stays good.
    let server = start(["--signing-key", "second.pem", "--signing-key", "first.pem"]);
    let keys = format!("{}/.well-known/jwks.json", server.url());
    let new = text(
        &refresh(&server, &login(&place, "ana")).expect(200),
        "access_token",
    );
    let header = |token: &str| decode(token).unwrap().header()["kid"].clone();
    assert_ne!(header(&old), header(&new));
    for token in [&old, &new] {
        let verify = format!("token verify --file TOKEN --key-url {keys} --alg RS256");
        assert_eq!(about(&place, token, &verify).code, Some(0));
    }
}

#[test]
fn a_server_without_a_key_says_so_and_does_everything_else() {
    let place = Place::shop();
    let server = Server::open(&place);
    let token = login(&place, "ana");
    let refused = refresh(&server, &token).expect(501);
    assert_eq!(refused["error"], json!("no_signing_key"));
    let published = server.get("/.well-known/jwks.json").expect(200);
    assert_eq!(published, json!({"keys": []}));
    drop(server);
    signing_key(&place, "key.pem");
    let server = Server::start(&place, &["--insecure-no-auth", "--signing-key", "key.pem"]);
    refresh(&server, &token).expect(200);
}

#[test]
fn the_profiles_private_key_signs_where_none_is_named() {
    let place = Place::shop();
    let configuration = format!(
        "[profiles.p]\nkind = \"local\"\nstore = {:?}\n[profiles.p.token]\nkey_file = \"key.pem\"\n",
        place.store()
    );
    place.file("config/flags/config.toml", configuration);
    signing_key(&place, "config/flags/key.pem");
    let token = login(&place, "ana");
    let server = Server::start(&place, &["--insecure-no-auth", "--profile", "p"]);
    refresh(&server, &token).expect(200);
}

#[test]
fn keys_that_cannot_sign_keep_the_server_from_beginning() {
    let place = Place::shop();
    signing_key(&place, "key.pem");
    place.flags("token keys generate --type ed25519 --out curve.pem");
    place.file("public.pem", place.flags("token keys public key.pem").yes());
    place.file(
        "none.pem",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    for keys in [
        "--signing-key curve.pem",
        "--signing-key public.pem",
        "--signing-key none.pem",
        "--signing-key missing.pem",
        "--signing-key key.pem --signing-key key.pem",
        "--signing-key key.pem --signing-key curve.pem",
    ] {
        let line = format!("serve --insecure-no-auth --listen 127.0.0.1:0 {keys}");
        let said = place.flags(&line).fails(2);
        assert!(said.starts_with("error: "), "{said}");
    }
    // A public key behind the first is published: it signed until now, elsewhere.
    signing_key(&place, "other.pem");
    let keys = [
        "--insecure-no-auth",
        "--signing-key",
        "other.pem",
        "--signing-key",
        "public.pem",
    ];
    let server = Server::start(&place, &keys);
    let published = server.get("/.well-known/jwks.json").expect(200);
    assert_eq!(published["keys"].as_array().unwrap().len(), 2);
}

#[test]
fn what_asks_for_a_token_otherwise_gets_an_error_of_oauth() {
    let place = Place::shop();
    signing_key(&place, "key.pem");
    let server = Server::start(&place, &["--insecure-no-auth", "--signing-key", "key.pem"]);
    for (body, code) in [
        (json!({}), "invalid_request"),
        (json!({"grant_type": "password"}), "unsupported_grant_type"),
        (json!({"grant_type": "refresh_token"}), "invalid_request"),
        (
            json!({"grant_type": "authorization_code", "code": 5}),
            "invalid_request",
        ),
        (
            json!({"grant_type": "refresh_token", "refresh_token": "x"}),
            "invalid_grant",
        ),
        (
            json!({"grant_type": "authorization_code", "code": "ac_"}),
            "invalid_grant",
        ),
    ] {
        let told = server.send("POST", TOKEN, &body).expect(400);
        assert_eq!(told["error"], json!(code), "{body}");
    }
}

#[test]
fn a_hangup_has_the_keys_read_again_and_a_broken_one_changes_nothing() {
    let place = Place::shop();
    signing_key(&place, "key.pem");
    signing_key(&place, "new.pem");
    let server = Server::start(&place, &["--insecure-no-auth", "--signing-key", "key.pem"]);
    let published = || server.get("/.well-known/jwks.json").expect(200);
    let told = |event: &str| {
        for _ in 0..600 {
            if server.said().contains(event) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("{event} was not told: {}", server.said());
    };
    let first = published();
    std::fs::rename(place.path("new.pem"), place.path("key.pem")).unwrap();
    assert_eq!(published(), first);
    server.signal(rustix::process::Signal::HUP);
    told("read_again");
    let second = published();
    assert_ne!(first, second);
    place.file("key.pem", "broken");
    server.signal(rustix::process::Signal::HUP);
    told("signing_keys_refused");
    assert_eq!(published(), second);
    refresh(&server, &login(&place, "ana")).expect(200);
}
