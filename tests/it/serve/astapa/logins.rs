//! Logins: how long an application can renew a user's token, and what ends that.

use std::thread;

use flags::server::access::Scope;
use serde_json::{Value, json};

use super::{Client, Server, TOKEN, login, refresh, signing_key, text};
use crate::cli::kit::Place;

/// A place with a key to sign with.
fn place() -> Place {
    let place = Place::shop();
    signing_key(&place, "key.pem");
    place
}

/// Serves it to everybody at another moment.
fn at(place: &Place, moment: &str) -> Server {
    let words = ["--insecure-no-auth", "--signing-key", "key.pem"];
    let mut command = Server::command(place, &words);
    Server::by(command.env("FLAGS_NOW", moment))
}

fn next(answer: &Value) -> String {
    text(answer, "refresh_token")
}

#[test]
fn an_old_refresh_token_ends_the_login_once_its_minute_is_over() {
    let place = place();
    let first = login(&place, "ana");
    let server = at(&place, "2026-05-01T12:00:00Z");
    let second = next(&refresh(&server, &first).expect(200));
    assert_eq!(
        next(&refresh(&server, &first).expect(200)),
        second,
        "a lost answer comes again"
    );
    drop(server);
    let server = at(&place, "2026-05-01T12:01:01Z");
    let told = refresh(&server, &first).expect(400);
    assert_eq!(told["error"], json!("invalid_grant"));
    let told = refresh(&server, &second).expect(400);
    assert_eq!(
        told["error"],
        json!("invalid_grant"),
        "who has the other copy is out too"
    );
    assert_eq!(place.json("serve logins list"), json!([]));
    let ended = place.json("serve logins list --all");
    assert_eq!(ended[0]["revoked"], json!("2026-05-01T12:01:01Z"));
}

#[test]
fn within_the_minute_too_a_token_is_a_copy_when_its_successor_was_used() {
    let place = place();
    let first = login(&place, "ana");
    let server = at(&place, "2026-05-01T12:00:00Z");
    let second = next(&refresh(&server, &first).expect(200));
    let third = next(&refresh(&server, &second).expect(200));
    refresh(&server, &first).expect(400);
    refresh(&server, &third).expect(400);
}

#[test]
fn whoever_asks_many_times_at_once_stays_logged_in() {
    let place = place();
    let mut shown = login(&place, "ana");
    let server = at(&place, "2026-05-01T12:00:00Z");
    for _ in 0..3 {
        let (server, token) = (&server, &shown);
        let answers: Vec<String> = thread::scope(|scope| {
            let ask = || scope.spawn(move || next(&refresh(server, token).expect(200)));
            let asking: Vec<_> = (0..8).map(|_| ask()).collect();
            let answered = asking.into_iter().map(|asked| asked.join().unwrap());
            answered.collect()
        });
        assert!(
            answers.iter().all(|other| *other == answers[0]),
            "{answers:?}"
        );
        shown.clone_from(&answers[0]);
    }
    refresh(&server, &shown).expect(200);
}

#[test]
fn a_code_is_exchanged_once_and_its_second_use_ends_the_login() {
    let place = place();
    let server = at(&place, "2026-05-01T12:00:00Z");
    let line = "serve logins create ana --code --redirect-uri https://app.example/back";
    let code = text(&place.json(line), "code");
    let exchange = |redirect_uri: &str| {
        let body = json!({
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri,
        });
        server.send("POST", TOKEN, &body)
    };
    exchange("https://other.example").expect(400);
    let shown = next(&exchange("https://app.example/back").expect(200));
    let shown = next(&refresh(&server, &shown).expect(200));
    exchange("https://app.example/back").expect(400);
    refresh(&server, &shown).expect(400);
    let code = text(&place.json("serve logins create ana --code"), "code");
    drop(server);
    let late = at(&place, "2026-05-01T12:10:00Z");
    let body = json!({"grant_type": "authorization_code", "code": code});
    late.send("POST", TOKEN, &body).expect(400);
}

#[test]
fn a_login_belongs_to_one_client() {
    let place = place();
    let [one, two] = ["one", "two"].map(|name| Client::new(&place, name, Scope::Evaluate));
    let server = Server::start(&place, &["--signing-key", "key.pem"]);
    let ask = |client: &Client, token: &str| {
        let body = json!({"grant_type": "refresh_token", "refresh_token": token});
        client.call(&server, ("POST", TOKEN), &body)
    };
    let shown = next(&ask(&one, &login(&place, "ana")).expect(200));
    ask(&two, &shown).expect(400);
    ask(&one, &shown).expect(200);
    let line = format!("serve logins create ana --client {}", two.0);
    let named = place.flags(&line).yes().trim().to_owned();
    ask(&one, &named).expect(400);
    ask(&two, &named).expect(200);
}

#[test]
fn logins_end_when_they_are_revoked_or_expire() {
    let place = place();
    let server = at(&place, "2026-05-01T12:00:00Z");
    let [first, second, bens] = ["ana", "ana", "ben"].map(|user| login(&place, user));
    let listed = place.json("serve logins list");
    assert_eq!(listed.as_array().unwrap().len(), 3);
    assert_eq!(
        place.json("serve logins list --user ben")[0]["user"],
        json!("ben")
    );
    let revoked = place.json("serve logins revoke --user ana");
    assert_eq!(revoked["revoked"].as_array().unwrap().len(), 2);
    refresh(&server, &first).expect(400);
    refresh(&server, &second).expect(400);
    refresh(&server, &bens).expect(200);
    let id = text(&place.json("serve logins list")[0], "id");
    place.flags(&format!("serve logins revoke {id}")).yes();
    let said = place.flags("serve logins revoke nothing").fails(3);
    assert!(said.contains("there is no login `nothing`"), "{said}");
    let short = place.flags("serve logins create ana --expires 1h").yes();
    drop(server);
    let late = at(&place, "2026-05-01T13:00:00Z");
    refresh(&late, short.trim()).expect(400);
    place.flags("serve logins create nobody").fails(3);
    place
        .flags("serve logins create ana --expires -1h")
        .fails(2);
}

#[test]
fn no_secret_is_in_the_store_or_in_what_the_server_says() {
    let place = place();
    let client = Client::new(&place, "app", Scope::Evaluate);
    let server = Server::start(&place, &["--signing-key", "key.pem"]);
    let first = login(&place, "ana");
    let body = json!({"grant_type": "refresh_token", "refresh_token": first});
    let answer = client.call(&server, ("POST", TOKEN), &body).expect(200);
    let (_, said) = server.stop();
    let mut kept = said.into_bytes();
    for name in ["flags.db", "flags.db-wal"] {
        kept.extend(std::fs::read(place.path(name)).unwrap_or_default());
    }
    let kept = String::from_utf8_lossy(&kept);
    assert!(kept.contains("\"current\""), "the login is there");
    for secret in [&first, &next(&answer), &client.1] {
        assert!(!kept.contains(&secret[8..]), "{secret}");
    }
}
