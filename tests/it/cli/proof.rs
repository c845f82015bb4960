//! `token verify` from outside: every option decides, and every reason is given where it belongs.

use std::fs::File;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::kit::{Place, Said};

pub(super) const SECRET: &[u8] = include_bytes!("../keys/secret.txt");
/// The pinned present, in seconds.
const NOW: i64 = 1_777_636_800;

/// A token of this content, signed by the secret.
pub(super) fn minted(header: &Value, claims: &Value) -> String {
    signed(&header.to_string(), claims.to_string().as_bytes())
}

pub(super) fn signed(header: &str, payload: &[u8]) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let text = format!("{}.{}", encode(header.as_bytes()), encode(payload));
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET);
    let tag = hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", encode(tag.as_ref()))
}

pub(super) fn usual_header() -> Value {
    json!({"alg": "HS256", "typ": "JWT"})
}

fn usual_claims() -> Value {
    json!({
        "iss": "https://issuer.example/", "sub": "ana", "jti": "t1", "iat": NOW - 60,
        "nbf": NOW - 60, "exp": NOW + 60,
    })
}

/// The claims with some replaced; null takes one away.
fn with(changes: &Value) -> Value {
    let mut claims = usual_claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    claims
}

/// What a run says of a token on stdin, and its exit code.
pub(super) fn verify(place: &Place, words: &[&str], token: &str) -> Said {
    let token = place.file("token", token);
    let mut command = place.command(&[&["token", "verify", "-"], words].concat());
    command.stdin(File::open(token).unwrap());
    Said::by(&mut command)
}

/// The reason for which a token is refused (exit code 1), or nothing (exit code 0).
#[track_caller]
fn reason(words: &str, token: &str) -> Option<String> {
    let place = Place::bare();
    let key = place.file("key", SECRET);
    let key = ["--json", "--key-file", key.to_str().unwrap()];
    let words: Vec<_> = words.split_whitespace().chain(key).collect();
    let said = verify(&place, &words, token);
    assert!(said.err.is_empty(), "{said:?}");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    let reason = document["reason"].as_str().map(str::to_owned);
    assert_eq!(said.code, Some(i32::from(reason.is_some())), "{document}");
    assert_eq!(document["valid"], reason.is_none(), "{document}");
    // What a refused token says is not repeated: nobody should take it for true.
    assert_eq!(document["claims"].is_null(), reason.is_some(), "{document}");
    let failed = |check: &&Value| check["result"] == "failed";
    let first = document["checks"].as_array().unwrap().iter().find(failed);
    assert_eq!(
        document["detail"],
        first.map_or(json!(null), |check| check["detail"].clone())
    );
    reason
}

/// Options, claims to replace, and the reason.
type Row = (&'static str, Value, Option<&'static str>);

#[track_caller]
fn assert_rows(rows: &[Row]) {
    for (words, changes, expected) in rows {
        let token = minted(&usual_header(), &with(changes));
        assert_eq!(
            reason(words, &token).as_deref(),
            *expected,
            "{words}: {changes}"
        );
    }
}

#[test]
fn without_options_a_genuine_token_of_now_is_taken() {
    assert_rows(&[
        ("", json!({}), None),
        (
            "",
            json!({"exp": null, "iat": null, "nbf": null, "jti": null}),
            None,
        ),
        ("", json!({"aud": "shop"}), Some("audience")),
    ]);
}

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
fn issuer_subject_and_id_are_among_those_asked_for() {
    for (option, claim, wrong) in [
        ("--issuer", "iss", "issuer"),
        ("--subject", "sub", "subject"),
        ("--jti", "jti", "jti"),
    ] {
        let token = |value: Value| minted(&usual_header(), &with(&json!({ claim: value })));
        let one = format!("{option} a");
        let several = format!("{option} b {option} a");
        for (words, value, expected) in [
            (&one, json!("a"), None),
            (&several, json!("a"), None),
            (&one, json!("A"), Some(wrong)),
            (&one, json!("a/"), Some(wrong)),
            (&one, json!(null), Some(wrong)),
            (&several, json!("c"), Some(wrong)),
            (&one, json!(["a"]), Some("claims_type")),
        ] {
            assert_eq!(
                reason(words, &token(value.clone())).as_deref(),
                expected,
                "{words} {value}"
            );
        }
    }
}

#[test]
fn the_type_is_a_media_type_among_those_asked_for() {
    for (words, typ, expected) in [
        ("--typ JWT", json!("JWT"), None),
        ("--typ jwt", json!("application/JWT"), None),
        ("--typ at+jwt --typ JWT", json!("at+jwt"), None),
        ("--typ at+jwt", json!("JWT"), Some("typ")),
        ("--typ at+jwt", json!(null), Some("typ")),
        ("--typ at+jwt", json!(["at+jwt"]), Some("typ")),
        ("--typ at+jwt --ignore typ", json!("JWT"), None),
    ] {
        let token = minted(&json!({"alg": "HS256", "typ": typ}), &usual_claims());
        assert_eq!(reason(words, &token).as_deref(), expected, "{words} {typ}");
    }
}

#[test]
fn the_audience_is_named_or_expressly_left_open() {
    assert_rows(&[
        ("--audience shop", json!({"aud": "shop"}), None),
        ("--audience shop", json!({"aud": ["other", "shop"]}), None),
        (
            "--audience other --audience shop",
            json!({"aud": "shop"}),
            None,
        ),
        ("--audience shop", json!({"aud": "Shop"}), Some("audience")),
        ("--audience shop", json!({"aud": []}), Some("audience")),
        ("--audience shop", json!({}), Some("audience")),
        (
            "--audience shop",
            json!({"aud": ["shop", 1]}),
            Some("claims_type"),
        ),
        ("", json!({"aud": ["shop"]}), Some("audience")),
        ("--any-audience", json!({"aud": ["shop"]}), None),
        ("--any-audience", json!({}), None),
        ("--ignore aud", json!({"aud": {"is": "odd"}}), None),
    ]);
}

#[test]
fn times_are_judged_to_the_second_with_the_leeway_asked_for() {
    assert_rows(&[
        ("", json!({"exp": NOW}), Some("expired")),
        ("", json!({"exp": NOW + 1}), None),
        ("", json!({"exp": NOW as f64 + 0.5}), None),
        ("--leeway 30", json!({"exp": NOW - 29}), None),
        ("--leeway 30", json!({"exp": NOW - 30}), Some("expired")),
        ("", json!({"nbf": NOW}), None),
        ("", json!({"nbf": NOW + 1}), Some("not_yet_valid")),
        ("--leeway 30", json!({"nbf": NOW + 30}), None),
        (
            "--leeway 30",
            json!({"nbf": NOW + 31}),
            Some("not_yet_valid"),
        ),
        ("--ignore exp", json!({"exp": 1}), None),
        ("--ignore nbf", json!({"nbf": 1e300}), None),
        ("", json!({"exp": "9999999999"}), Some("claims_type")),
        ("", json!({"exp": true}), Some("claims_type")),
        ("", json!({"exp": -1e300}), Some("expired")),
        ("--leeway 18446744073709551615", json!({"exp": 1}), None),
    ]);
}

#[test]
fn a_greatest_age_needs_a_time_of_issue_within_it() {
    assert_rows(&[
        ("--max-age 60", json!({}), None),
        ("--max-age 59", json!({}), Some("expired")),
        ("--max-age 59 --leeway 1", json!({}), None),
        ("--max-age 60", json!({"iat": null}), Some("required_claim")),
        (
            "--max-age 60",
            json!({"iat": NOW + 1}),
            Some("not_yet_valid"),
        ),
        ("--max-age 60 --leeway 1", json!({"iat": NOW + 1}), None),
        ("--max-age 60 --ignore iat", json!({"iat": 1}), None),
        ("", json!({"iat": NOW + 1}), None),
    ]);
}

#[test]
fn the_moment_is_the_one_given() {
    assert_rows(&[
        ("--now 1777636859", json!({}), None),
        ("--now 1777636860", json!({}), Some("expired")),
        ("--now 2026-05-01T12:01:00Z", json!({}), Some("expired")),
        ("--now 1777636739", json!({}), Some("not_yet_valid")),
        ("--now -1", json!({}), Some("not_yet_valid")),
    ]);
    let place = Place::bare();
    place.file("key", SECRET);
    for moment in ["soon", "99999999999999"] {
        let words = ["--key-file", "key", "--now", moment];
        let told = verify(&place, &words, "e30.e30.YQ").fails(2);
        assert!(told.starts_with("error: "), "{told}");
    }
}

#[test]
fn required_claims_are_there_whatever_they_hold() {
    assert_rows(&[
        ("--require sub --require exp", json!({}), None),
        ("--require plan", json!({"plan": ""}), None),
        ("--require plan", json!({}), Some("required_claim")),
        (
            "--require exp",
            json!({"exp": null}),
            Some("required_claim"),
        ),
        (
            "--require sub --require plan",
            json!({}),
            Some("required_claim"),
        ),
    ]);
    // Null is a value: the claim is there.
    let token = minted(&usual_header(), &json!({"plan": null}));
    assert_eq!(reason("--require plan", &token), None);
}

#[test]
fn what_is_ignored_is_not_looked_at_and_the_rest_is() {
    for claim in ["exp", "nbf", "iat", "aud", "iss", "sub", "jti"] {
        let token = minted(&usual_header(), &with(&json!({ claim: {"odd": 1} })));
        assert_eq!(
            reason("", &token).as_deref(),
            Some("claims_type"),
            "{claim}"
        );
        assert_eq!(
            reason(&format!("--ignore {claim}"), &token),
            None,
            "{claim}"
        );
        let late = minted(&usual_header(), &with(&json!({"exp": 1, "iat": {}})));
        let expected = (claim != "iat")
            .then_some("claims_type")
            .or(Some("expired"));
        assert_eq!(
            reason(&format!("--ignore {claim}"), &late).as_deref(),
            expected
        );
    }
    let told = Place::bare()
        .flags("token verify --key-file k --ignore signature x")
        .fails(2);
    assert!(told.contains("exp, nbf, iat, aud"), "{told}");
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
