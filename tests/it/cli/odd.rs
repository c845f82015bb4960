//! Odd text where it is refused or only repeated: keys, paths, who writes, and claims of tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::kit::{Place, Said};
use super::strings::{assert_safe, strings, without_colours};

#[test]
fn keys_and_identifiers_with_anything_odd_in_them_are_refused_and_shown_safely() {
    let place = Place::shop();
    let odd = |text: &&String| {
        !text.contains('\0') && !text.bytes().all(|b| b.is_ascii_graphic()) && !text.is_empty()
    };
    let strings = strings();
    let strings: Vec<&String> = strings.iter().filter(odd).collect();
    for (number, text) in strings
        .iter()
        .enumerate()
        .filter(|(n, _)| n % 5 == 0 || *n < 12)
    {
        let lines: [&[&str]; 6] = [
            &["feature", "define", "--", text],
            &["plan", "show", "--", text],
            &["user", "assign", "--", text],
            &["check", "--user=ana", "--", text],
            &["set", "analytics", "--plan=pro", "--", text],
            &["target", "add", "sso", "--", text],
        ];
        let words = lines[number % lines.len()];
        for json in [false, true] {
            let mut words = words.to_vec();
            if json {
                words.insert(0, "--json");
            }
            let told = place.words(&words).fails(2);
            assert_safe(&told, &['\n'], &format!("{words:?}"));
            if json {
                let told: Value = serde_json::from_str(&told).unwrap();
                assert_eq!(told["error"]["code"], "usage", "{words:?}");
            }
        }
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn paths_and_profiles_in_messages_are_shown_safely() {
    let place = Place::bare();
    let odd = "\u{1b}[31m\u{202e}x\n";
    for words in [
        &["feature", "list", "--store", odd][..],
        &["feature", "list", "--profile", odd],
        &["init", "--profile", odd],
        &["resolve", "--plan", "pro", "--file", odd],
        &["token", "decode", "--file", odd],
        &["token", "decode", odd],
        &["token", "inspect", odd],
        &["token", "inspect", "x", "--catalog", odd],
        &["man", odd],
        &[odd],
        &["feature", odd],
        &["feature", "list", "--limit", odd],
        &["feature", "list", "--nonsense\u{1b}[2J"],
        &["feature", "list", "--json=\u{1b}[2J"],
        &["init", "--store", "/dev/null/\u{1b}[2J"],
    ] {
        let said = place.words(words);
        assert!(
            said.code != Some(0) && said.code != Some(70),
            "{words:?}: {said:?}"
        );
        assert_safe(
            &format!("{}{}", said.out, said.err),
            &['\n'],
            &format!("{words:?}"),
        );
    }
    let mut command = place.command(&["feature", "list"]);
    let told = Said::by(command.env("FLAGS_NOW", odd)).fails(2);
    assert_safe(&told, &['\n'], "FLAGS_NOW");
    use std::os::unix::ffi::OsStrExt as _;
    let bytes = std::ffi::OsStr::from_bytes(b"\xff\x1b[31m");
    let told = Said::by(place.command(&["get"]).arg(bytes)).fails(2);
    assert_safe(&told, &['\n'], "an argument that is not UTF-8");
}

#[test]
fn who_writes_and_with_what_reason_is_shown_safely_and_kept_exactly() {
    let place = Place::shop();
    let odd = "\u{1b}[31mroot\u{202e}\n";
    let mut command = place.command(&["set", "sso", "--user", "ana", "--reason", odd]);
    Said::by(command.env("FLAGS_ACTOR", odd)).yes();
    for line in ["explain sso --user ana", "override show sso --user ana"] {
        assert_safe(&place.flags(line).yes(), &['\n', '\t'], line);
    }
    assert_eq!(place.json("override show sso --user ana")["set_by"], odd);
    let layer = &place.json("explain sso --user ana")["layers"][1];
    assert_eq!(
        (&layer["set_by"], &layer["set_because"]),
        (&json!(odd), &json!(odd))
    );
}

#[test]
fn claims_of_a_token_are_shown_safely_and_kept_exactly() {
    let strings = strings();
    // With a store, so that each feature is also looked for in a catalog.
    let place = Place::shop();
    // In every place of a token, a batch of strings at a time.
    for (number, batch) in strings.chunks(40).enumerate() {
        let (header, claims) = everywhere(batch);
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let token = format!("{}.{}.", part(&header), part(&claims));
        place.file("token.jwt", token);
        for line in [
            "token decode --file token.jwt",
            "token inspect --file token.jwt",
        ] {
            let about = format!("{line}, batch {number}");
            shown_safely(&place, line, &about);
            let text = place.flags(&format!("{line} --json")).yes();
            assert_safe(&text, &['\n'], &about);
            let document: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(document["claims"], claims, "{about}");
            assert_eq!(document["header"], header, "{about}");
            assert_eq!(document["entitlements"], json!(batch), "{about}");
            assert_eq!(document["verified"], false);
        }
    }
}

/// A header and claims with the strings wherever one may stand.
fn everywhere(batch: &[String]) -> (Value, Value) {
    let members = |value: fn(&String) -> Value| -> Map<String, Value> {
        let members = batch.iter();
        members.map(|text| (text.clone(), value(text))).collect()
    };
    let named = members(|text| json!(text));
    let on = members(|_| json!(true));
    let claims = json!({
        "sub": batch[0], "org_id": batch[batch.len() / 2], "email": batch[batch.len() - 1],
        "entitlements": batch, "permissions": batch, "feature_flags": batch,
        "features": on, "custom_claims": {"plan": batch[1], "flags": named, "team": batch[0]},
        "customClaims": {"plan": batch[0]}, "act": {"sub": batch[1]}, "exp": batch[0],
        "role": batch, "nested": [named],
    });
    let header = json!({"alg": batch[1], "kid": batch[0], "x": batch, "crit": batch});
    (header, claims)
}

#[track_caller]
fn shown_safely(place: &Place, line: &str, about: &str) {
    for coloured in [false, true] {
        let mut command = place.command(&line.split(' ').collect::<Vec<_>>());
        if coloured {
            command.env("CLICOLOR_FORCE", "1");
        }
        let text = Said::by(&mut command).yes();
        let text = if coloured {
            without_colours(&text)
        } else {
            text
        };
        assert_safe(&text, &['\n', '\t'], about);
    }
}
