//! Form, algorithm and signature; and many tokens at once.

use std::fs::File;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::kit::{Place, Said};
use super::{
    SECRET, assert_rows, minted, reason, signed, usual_claims, usual_header, verify, with,
};

#[test]
fn the_algorithm_is_one_of_those_asked_for() {
    assert_rows(&[
        ("--alg HS256", json!({}), None),
        ("--alg RS256 --alg HS256", json!({}), None),
        ("--alg RS256", json!({}), Some("alg")),
        ("--alg HS512", json!({}), Some("alg")),
    ]);
    for alg in [json!("none"), json!("hs256"), json!(null), json!(["HS256"])] {
        let token = minted(&json!({ "alg": alg }), &usual_claims());
        assert_eq!(reason("", &token).as_deref(), Some("alg"), "{alg}");
    }
}

#[test]
fn a_signed_text_need_not_be_claims() {
    for payload in [&b"any bytes \xff"[..], b"[1]", br#"{"exp":1,"exp":2}"#] {
        let token = signed(r#"{"alg":"HS256"}"#, payload);
        assert_eq!(reason("", &token).as_deref(), Some("malformed"));
        assert_eq!(reason("--jws", &token), None);
    }
    let late = minted(&usual_header(), &json!({"exp": 1, "aud": "shop"}));
    assert_eq!(reason("--jws", &late), None);
    let mut forged = late;
    forged.pop();
    assert!(reason("--jws", &forged).is_some());
}

#[test]
fn what_is_no_token_or_was_altered_is_refused() {
    let good = minted(&usual_header(), &usual_claims());
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>()[..] else {
        unreachable!()
    };
    let root = URL_SAFE_NO_PAD.encode(with(&json!({"sub": "root"})).to_string());
    let twice = signed(r#"{"alg":"HS256","alg":"HS256"}"#, b"{}");
    for (token, expected) in [
        (String::new(), "malformed"),
        (format!("{good}="), "malformed"),
        (format!("Bearer {good}"), "malformed"),
        (format!("{header}.{payload}"), "malformed"),
        (format!("{header}.{payload}."), "malformed"),
        (format!("{header}..{signature}"), "malformed"),
        (twice, "malformed"),
        (
            minted(&json!({"alg": "HS256", "kid": 1}), &usual_claims()),
            "malformed",
        ),
        (format!("{header}.{root}.{signature}"), "signature"),
        (
            format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode([0; 32])),
            "signature",
        ),
        (format!("{header}.{payload}.YQ"), "signature"),
        (
            minted(
                &json!({"alg": "HS256", "crit": ["b64"], "b64": false}),
                &json!({}),
            ),
            "crit",
        ),
        (
            minted(&json!({"alg": "HS256", "crit": []}), &json!({})),
            "crit",
        ),
        (minted(&json!({"alg": "RS256"}), &usual_claims()), "key"),
    ] {
        assert_eq!(reason("", &token).as_deref(), Some(expected), "{token}");
    }
    assert_eq!(
        reason("", &format!("{good}\r\n")),
        None,
        "the end of a line is not the token's"
    );
}

#[test]
fn a_short_secret_is_taken_only_when_that_is_asked_for() {
    let place = Place::bare();
    let text = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#),
        URL_SAFE_NO_PAD.encode("{}")
    );
    let short = hmac::Key::new(hmac::HMAC_SHA256, b"short");
    let token = format!(
        "{text}.{}",
        URL_SAFE_NO_PAD.encode(hmac::sign(&short, text.as_bytes()))
    );
    for (encoding, contents) in [
        ("raw", "short"),
        ("base64", "c2hvcnQ=\n"),
        ("hex", "73686F7274"),
    ] {
        place.file("key", contents);
        let words = [
            "--key-file",
            "key",
            "--key-encoding",
            encoding,
            "--allow-weak-key",
        ];
        verify(&place, &words, &token).yes();
        let told = verify(&place, &words[..4], &token).no();
        let shortness = "refused (key): key: the secret has 5 bytes: HS256 needs at least 32";
        assert!(told.starts_with(shortness), "{told}");
    }
}

#[test]
fn many_tokens_get_a_verdict_each_and_one_bad_one_makes_a_no() {
    let place = Place::bare();
    place.file("key", SECRET);
    let good = minted(&usual_header(), &usual_claims());
    let late = minted(&usual_header(), &with(&json!({"exp": 1})));
    let words = ["--lines", "--json", "--key-file", "key"];
    let run = |lines: &str| {
        let mut command = place.command(&[&["token", "verify"], &words[..]].concat());
        command.stdin(File::open(place.file("lines", lines)).unwrap());
        Said::by(&mut command)
    };
    let said = run(&format!("{good}\n{late}\r\n\n\u{fffd}{good}"));
    let reasons: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["reason"].clone())
        .collect();
    assert_eq!(
        reasons,
        [
            json!(null),
            json!("expired"),
            json!("malformed"),
            json!("malformed")
        ]
    );
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(run(&format!("{good}\n{good}\n")).code, Some(0));
    assert_eq!(run("").code, Some(1), "no token proves nothing");
}
