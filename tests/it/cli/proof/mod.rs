//! `token verify` from outside: every option decides, every reason is given where it belongs, every
//! form of key is taken, no secret is repeated, and memory has a bound.

mod claims;
mod form;
mod key_forms;
mod key_mistakes;
mod memory;
mod secrets;

use std::fs::File;
use std::path::{Path, PathBuf};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flags::token::keys;
use serde_json::{Value, json};

use super::kit::{Place, Said};

pub(super) const SECRET: &[u8] = include_bytes!("../../keys/secret.txt");
/// The pinned present, in seconds.
pub(super) const NOW: i64 = 1_777_636_800;

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

pub(super) fn usual_claims() -> Value {
    json!({
        "iss": "https://issuer.example/", "sub": "ana", "jti": "t1", "iat": NOW - 60,
        "nbf": NOW - 60, "exp": NOW + 60,
    })
}

/// The claims with some replaced; null takes one away.
pub(super) fn with(changes: &Value) -> Value {
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
pub(super) fn reason(words: &str, token: &str) -> Option<String> {
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
pub(super) type Row = (&'static str, Value, Option<&'static str>);

#[track_caller]
pub(super) fn assert_rows(rows: &[Row]) {
    for (words, changes, expected) in rows {
        let token = minted(&usual_header(), &with(changes));
        assert_eq!(
            reason(words, &token).as_deref(),
            *expected,
            "{words}: {changes}"
        );
    }
}

pub(super) const TOKENS: &str = include_str!("../../keys/tokens.txt");

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/keys")
}

pub(super) fn key(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

pub(super) fn text(name: &str) -> String {
    String::from_utf8(key(name)).unwrap()
}

/// What a PEM file has between its markers.
pub(super) fn der(name: &str) -> Vec<u8> {
    let text = text(name);
    let inside = text.lines().filter(|line| !line.starts_with("-----"));
    STANDARD.decode(inside.collect::<String>()).unwrap()
}

/// The fixed token of an algorithm.
pub(super) fn token(algorithm: &str) -> &'static str {
    let line = TOKENS
        .lines()
        .find(|line| line.split(' ').next() == Some(algorithm));
    line.unwrap().split(' ').nth(2).unwrap()
}

/// The public JWK of a key, as the program writes it.
pub(super) fn jwk(name: &str) -> Value {
    let set = keys::read(&key(name)).unwrap();
    let mut jwk = set.at(0).unwrap().public_jwk().unwrap();
    jwk.as_object_mut().unwrap().remove("kid");
    jwk
}

pub(super) fn secret_jwk() -> Value {
    json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(SECRET)})
}
