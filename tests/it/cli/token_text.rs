//! Texts that are handed in for a token: what is around one, what is none, and where it came from.

use serde_json::{Value, json};

use super::kit::Place;
use super::token_inspect::{document, found, inspected, with};
use super::tokens::{IN_HISTORY, token};

#[test]
fn what_people_paste_around_a_token_is_taken_off_with_a_note() {
    let place = Place::bare();
    let token = with(&json!({}));
    let plain = document(&place, &token, "");
    assert_eq!(plain["findings"], json!([]));
    for (text, codes) in [
        (format!("{token}\r\n"), &[][..]),
        (format!("  {token} "), &["wrapped"]),
        (format!("\u{feff}{token}"), &["wrapped"]),
        (format!("'{token}'"), &["wrapped"]),
        (format!("Authorization: Bearer {token}"), &["wrapped"]),
        (format!("\" bearer {token}\""), &["wrapped"; 3]),
        (
            json!({"access_token": token, "token_type": "Bearer"}).to_string(),
            &["taken_from_json"],
        ),
    ] {
        assert_eq!(found(&place, &text, ""), codes, "{text}");
        assert_eq!(document(&place, &text, "")["claims"], plain["claims"]);
        // A program that hands this over has a fault, which decode does not hide.
        place.file("token.jwt", &text);
        let decoded = place.flags("token decode --file token.jwt");
        let code = if codes.is_empty() { 0 } else { 2 };
        assert_eq!(decoded.code, Some(code), "{text}");
    }
    let answer = json!({ "access_token": token }).to_string();
    let text = inspected(&place, &answer, "").yes();
    let note = "\n· note\ttaken_from_json\ttook `access_token` out of the JSON document\n";
    assert!(text.contains(note), "{text}");
}

#[test]
fn what_is_no_token_is_named_and_nothing_of_it_repeated() {
    let place = Place::bare();
    let secret = "c2VjcmV0LXNlY3JldA";
    for (text, named) in [
        (format!("sk_test_{secret}"), "this is an API key (`sk_…`)"),
        (format!("Bearer sk_test_{secret}"), "this is an API key"),
        (
            format!("wos-session=Fe26.2*1*{secret}"),
            "this is a session cookie",
        ),
        (format!("{secret}{secret}"), "this is an opaque token"),
        (
            json!({ "access_token": format!("{secret}{secret}") }).to_string(),
            "this is an opaque token",
        ),
        (
            json!({ "refresh_token": secret }).to_string(),
            "this JSON document has no `access_token`",
        ),
        (
            json!({"keys": [{"kty": "oct", "k": secret}]}).to_string(),
            "this is a key or a set of keys (JWK)",
        ),
        (
            format!("-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----"),
            "this is a key or a certificate (PEM)",
        ),
        (
            format!("eyJhbGciOiJIUzI1NiJ9{secret}"),
            "the beginning of a token",
        ),
        (
            format!("eyJ9.{secret}.{secret}.{secret}.{secret}"),
            "an encrypted token (JWE, five parts)",
        ),
        (format!("a.{secret}"), "a token has three parts"),
        (String::new(), "the text is empty"),
        (json!({"access_token": ""}).to_string(), "the text is empty"),
    ] {
        let told = inspected(&place, &text, "").fails(2);
        assert!(
            told.starts_with("error: ") && told.contains(named),
            "{told}"
        );
        assert!(!told.contains(secret), "{told}");
        let told = inspected(&place, &text, "--json").fails(2);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["error"]["code"], "token_malformed");
        assert!(!told.to_string().contains(secret), "{told}");
    }
}

#[test]
fn what_is_not_utf_8_is_said_to_be_so() {
    let place = Place::bare();
    let text = token(&json!({"sub": "ana"}));
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    place.file("token.jwt", utf_16);
    for command in ["decode", "inspect"] {
        let told = place
            .flags(&format!("token {command} --file token.jwt"))
            .fails(2);
        let expected = "error: this is not UTF-8 text, so it is no token\n\
                        hint: save it as UTF-8 without a byte-order mark: PowerShell's `>` does not\n";
        assert_eq!(told, expected);
    }
}

#[test]
fn an_argument_is_warned_of_and_nothing_else_is() {
    let place = Place::shop();
    let text = token(&json!({"sub": "ana"}));
    for command in ["decode", "inspect"] {
        let said = place.words(&["token", command, &text]);
        assert_eq!(said.code, Some(0));
        assert_eq!(said.err, format!("warning: {IN_HISTORY}\n"));
        let key = "sk_test_c2VjcmV0LXNlY3JldA";
        let told = place.words(&["token", command, key]).fails(2);
        assert!(told.ends_with(&format!("hint: {IN_HISTORY}\n")), "{told}");
        place.file("token.jwt", &text);
        place
            .flags(&format!("token {command} --file token.jwt"))
            .yes();
    }
}
