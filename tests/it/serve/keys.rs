//! Keys: made once, shown once, kept as a hash, and refused from the next request on.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};
use std::{fs, thread};

use flags::server::access::Scope;
use serde_json::{Value, json};

use super::kit::{Server, answered, key};
use crate::cli::kit::{Place, refused};

const ASKED: &str = "/v1/users/ana/entitlements";

fn create(place: &Place, line: &str) -> String {
    let made = place.json(&format!("serve keys create {line}"));
    made["key"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_is_shown_once_and_kept_as_a_hash() {
    let place = Place::shop();
    let said = place.flags("serve keys create app --scope evaluate --expires 90d");
    assert_eq!(said.code, Some(0));
    let secret = said.out.trim_end();
    assert!(secret.starts_with("sk_") && secret.len() > 40, "{secret}");
    assert!(
        said.err.contains("shown this once") && !said.err.contains(secret),
        "{said:?}"
    );
    let listed = place.flags("serve keys list").yes();
    assert!(
        listed.contains("app") && !listed.contains(&secret[4..20]),
        "{listed}"
    );
    for file in fs::read_dir(place.store().parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    let listed = place.json("serve keys list");
    assert_eq!(
        listed,
        json!([{
            "name": "app", "scopes": ["evaluate"], "standing": "valid",
            "created": "2026-05-01T12:00:00Z", "expires": "2026-07-30T12:00:00Z",
            "last_used": null, "revoked": null, "client_id": null,
        }])
    );
}

#[test]
fn a_key_in_a_file_is_its_owner_s_alone() {
    let place = Place::shop();
    let path = place.path("key.txt");
    let line = format!(
        "serve keys create app --scope read,write --output {}",
        path.display()
    );
    let said = place.flags(&line);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let secret = fs::read_to_string(&path).unwrap();
    let server = Server::start(&place, &[]);
    server.get_as(secret.trim_end(), ASKED).expect(200);
    // A name that is taken leaves no file that opens nothing.
    let path = place.path("other.txt");
    let line = format!("serve keys create app --scope read -o {}", path.display());
    assert_eq!(place.flags(&line).code, Some(3));
    assert!(!path.exists());
    // Nor does it take the place of one that opens something.
    let line = line.replace("other.txt", "key.txt");
    assert_eq!(place.flags(&line).code, Some(3));
    assert_eq!(fs::read_to_string(place.path("key.txt")).unwrap(), secret);
    // A new one does, and what cannot be written makes no key.
    let line = line.replace(" app ", " new ");
    assert_eq!(place.flags(&line).code, Some(0));
    assert_ne!(fs::read_to_string(place.path("key.txt")).unwrap(), secret);
    let nowhere = place.path("nowhere/key.txt");
    let line = format!(
        "serve keys create none --scope read -o {}",
        nowhere.display()
    );
    assert_eq!(place.flags(&line).code, Some(2));
    assert_eq!(place.json("serve keys list").as_array().unwrap().len(), 2);
}

#[test]
fn names_are_unique_and_plain_and_a_key_that_never_worked_is_not_made() {
    let place = Place::shop();
    create(&place, "app --scope read");
    refused(
        &place,
        "serve keys create app --scope read",
        3,
        "key_exists",
        "there is a key `app` already",
        &["give this one another name; a revoked key keeps its own for the history"],
    );
    refused(
        &place,
        "serve keys create old --scope read --expires 2026-01-01",
        2,
        "expired",
        "the key would have expired already",
        &[],
    );
    for name in ["", "-a", ".a", "a b", "a\u{202e}b", "é", &"x".repeat(65)] {
        let said = place.words(&["serve", "keys", "create", "--scope", "read", "--", name]);
        assert_eq!(said.code, Some(2), "{name:?}: {said:?}");
    }
    assert_eq!(
        place.flags("serve keys create b --scope root").code,
        Some(2)
    );
    assert_eq!(place.flags("serve keys create b").code, Some(2));
    assert_eq!(place.json("serve keys list").as_array().unwrap().len(), 1);
}

#[test]
fn a_revoked_key_is_refused_by_a_running_server_and_stays_in_the_list() {
    let place = Place::shop();
    let secret = create(&place, "app --scope read");
    let other = create(&place, "other --scope read");
    let server = Server::start(&place, &[]);
    server.get_as(&secret, ASKED).expect(200);
    let revoked = place.json("serve keys revoke app");
    assert_eq!(revoked["standing"], "revoked");
    for _ in 0..2 {
        let refused = server.get_as(&secret, ASKED).expect(401);
        assert_eq!(refused["error"]["code"], "key_invalid");
    }
    server.get_as(&other, ASKED).expect(200);
    let again = place.flags("serve keys revoke app").yes();
    assert_eq!(again, "key `app` was revoked before\n");
    let listed = place.json("serve keys list");
    assert_eq!(listed[0]["standing"], "revoked");
    // A key that is made while the server runs works at once.
    let late = create(&place, "late --scope evaluate");
    server.get_as(&late, ASKED).expect(200);
    refused(
        &place,
        "serve keys revoke latte",
        3,
        "key_not_found",
        "there is no key `latte`",
        &[
            "did you mean `late`?",
            "`flags serve keys list` shows what there is",
        ],
    );
}

#[test]
fn without_a_key_nothing_is_served() {
    let place = Place::shop();
    refused(
        &place,
        "serve --listen 127.0.0.1:0",
        2,
        "no_keys",
        "no key is configured, so nobody could be let in",
        &[
            "`flags serve keys create NAME --scope read` makes a key",
            "`flags serve --insecure-no-auth` lets everybody on this machine do everything",
        ],
    );
}

/// Every route that is guarded, with a method it has and the scope that it needs.
const GUARDED: [(&str, &str, Scope); 12] = [
    ("GET", ASKED, Scope::Evaluate),
    ("GET", "/metrics", Scope::Admin),
    ("GET", "/feature-flags", Scope::Read),
    ("GET", "/feature-flags/analytics", Scope::Read),
    ("GET", "/sdk/feature-flags", Scope::Read),
    ("GET", "/organizations/acme/feature-flags", Scope::Evaluate),
    (
        "GET",
        "/user_management/users/ana/feature-flags",
        Scope::Evaluate,
    ),
    ("PUT", "/feature-flags/analytics/enable", Scope::Write),
    ("PUT", "/feature-flags/analytics/disable", Scope::Write),
    (
        "POST",
        "/feature-flags/analytics/targets/user_ana",
        Scope::Write,
    ),
    (
        "DELETE",
        "/feature-flags/analytics/targets/user_ana",
        Scope::Write,
    ),
    (
        "DELETE",
        "/feature-flags/none/targets/user_none",
        Scope::Write,
    ),
];

#[test]
fn no_operation_gives_a_byte_of_data_for_a_key_that_is_not_good_for_it() {
    let place = Place::shop();
    let weaker = [
        (Scope::Evaluate, key(&place, "evaluate", Scope::Evaluate)),
        (Scope::Read, key(&place, "read", Scope::Read)),
        (Scope::Write, key(&place, "write", Scope::Write)),
    ];
    let revoked = create(&place, "gone --scope admin");
    place.flags("serve keys revoke gone").yes();
    let expired = place.at(
        "2026-04-01T00:00:00Z",
        "serve keys create old --scope admin --expires 1d --json",
    );
    let expired: Value = serde_json::from_str(&expired.yes()).unwrap();
    let expired = expired["key"].as_str().unwrap();
    let cut = &weaker[2].1[..20];
    let before = place.contents();
    let server = Server::start(&place, &[]);
    for (method, path, needed) in GUARDED {
        let refuses = |key: Option<&str>, status: u16| {
            for header in ["authorization", "x-api-key"] {
                let mut request = server.request(method, path);
                if let Some(key) = key {
                    request = match header {
                        "authorization" => request.bearer_auth(key),
                        header => request.header(header, key),
                    };
                }
                let reply = answered(request);
                assert_eq!(reply.status, status, "{method} {path} {key:?}: {reply:?}");
                for data in ["analytics", "ana", "max_seats", "flags_"] {
                    assert!(!reply.body.contains(data), "{method} {path}: {reply:?}");
                }
                assert_eq!(reply.header("etag"), None, "{method} {path}: {reply:?}");
            }
        };
        refuses(None, 401);
        for key in ["sk_wrong", "x", cut, &revoked, expired] {
            refuses(Some(key), 401);
        }
        for (scope, key) in &weaker {
            if !scope.covers(needed) {
                refuses(Some(key), 403);
            }
        }
    }
    drop(server);
    assert_eq!(place.contents(), before);
}

#[test]
fn the_last_use_is_noted_within_a_minute_or_so() {
    let place = Place::shop();
    let secret = create(&place, "app --scope read");
    let idle = create(&place, "idle --scope read");
    assert!(!idle.is_empty());
    let server = Server::start(&place, &[]);
    server.get_as(&secret, ASKED).expect(200);
    server.stop();
    let listed = place.json("serve keys list");
    assert_eq!(listed[0]["last_used"], "2026-05-01T12:00:00Z");
    assert_eq!(listed[1]["last_used"], Value::Null);
}

#[test]
fn what_a_key_writes_is_in_the_history_under_its_name() {
    let place = Place::shop();
    let secret = create(&place, "robot@ci --scope write");
    let server = Server::start(&place, &[]);
    let path = "/feature-flags/analytics/disable";
    let reply = answered(server.request("PUT", path).bearer_auth(&secret));
    assert_eq!(reply.status, 200, "{reply:?}");
    let log = place.flags("log").yes();
    assert!(log.contains("robot@ci"), "{log}");
}

#[test]
fn a_key_has_a_rate_and_is_told_when_to_come_back() {
    let place = Place::shop();
    let one = create(&place, "one --scope read");
    let other = create(&place, "other --scope read");
    let server = Server::start(&place, &["--rate", "5"]);
    let statuses: Vec<u16> = (0..20).map(|_| server.get_as(&one, ASKED).status).collect();
    let good = statuses.iter().filter(|status| **status == 200).count();
    assert!((5..=10).contains(&good), "{statuses:?}");
    let refused = server.get_as(&one, ASKED);
    assert_eq!(refused.expect(429)["error"]["code"], "too_many_requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
    // Another key is not held to what this one used up.
    server.get_as(&other, ASKED).expect(200);
    let begun = Instant::now();
    while server.get_as(&one, ASKED).status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_key_appears_in_no_log_and_no_list_of_processes() {
    let place = Place::shop();
    let secret = create(&place, "app --scope read");
    let server = Server::start(&place, &["--log", "debug"]);
    let path = format!("{ASKED}?api_key={secret}");
    server.get_as(&secret, ASKED).expect(200);
    server.get_as(&secret, &path).expect(400);
    answered(server.request("GET", &path)).expect(401);
    let arguments = fs::read(format!("/proc/{}/cmdline", server.pid().as_raw_nonzero())).unwrap();
    assert!(!String::from_utf8_lossy(&arguments).contains(&secret));
    let (code, said) = server.stop();
    assert_eq!(code, Some(0));
    assert!(!said.contains(&secret[..12]), "{said}");
    assert!(said.contains("\"key\":\"app\""), "{said}");
}
