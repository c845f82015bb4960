//! `token decode`, and the commands that need no store: `demo`, `completions`, `man`.

use std::fs::File;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::kit::{Place, Said};

/// What an argument is told about: where else it now is.
pub(crate) const IN_HISTORY: &str = "a token given as an argument stays in the shell's history and is seen in the process list: \
     `-` takes it from stdin";

pub(crate) fn token(claims: &Value) -> String {
    signed(&json!({"alg": "HS256", "typ": "JWT"}), claims, "c2ln")
}

pub(crate) fn signed(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

/// Decodes a token with these claims, out of a file.
fn decode(place: &Place, options: &str, claims: &Value) -> Said {
    place.file("token.jwt", token(claims));
    place.flags(&format!("token decode --file token.jwt {options}"))
}

/// Issued now, for an hour.
fn usual() -> Value {
    json!({
        "sub": "ana", "iat": 1_777_636_800, "exp": 1_777_640_400,
        "custom_claims": {"plan": "pro"}, "features": {"analytics": true, "max_seats": 5},
    })
}

#[test]
fn a_token_is_shown_and_called_unverified() {
    let place = Place::bare();
    assert_eq!(
        decode(&place, "", &usual()).yes(),
        "UNVERIFIED: this is what the token says; nobody has checked it\n\
         \n\
         header\nalg\tHS256\ntyp\tJWT\n\
         \n\
         claims\nsub\tana\niat\t1777636800\nexp\t1777640400\ncustom_claims\t{\"plan\":\"pro\"}\n\
         features\t{\"analytics\":true,\"max_seats\":5}\n\
         \n\
         validity valid for another 1 hour (of 1) (issued now)\nplan\tpro\n\
         \n\
         feature\tvalue\tclaim\nanalytics\ton\tfeatures\nmax_seats\t5\tfeatures\n"
    );
}

#[test]
fn a_token_as_json_says_that_nothing_is_verified() {
    let place = Place::bare();
    let said = decode(&place, "--json", &usual()).yes();
    let document: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        document,
        json!({
            "verified": false,
            "header": {"alg": "HS256", "typ": "JWT"},
            "claims": usual(),
            "validity": "valid for another 1 hour (of 1)",
            "issued_at": "2026-05-01T12:00:00Z",
            "expires_at": "2026-05-01T13:00:00Z",
            "subject": "ana",
            "plan": "pro",
            "plans": [{"plan": "pro", "claim": "custom_claims.plan"}],
            "organization": null,
            "feature_claims": ["features"],
            "features": [
                {"feature": "analytics", "value": true, "claim": "features"},
                {"feature": "max_seats", "value": 5, "claim": "features"},
            ],
            "entitlements": [],
            "permissions": [],
            "misfits": [],
        })
    );
}

#[test]
fn a_token_comes_from_an_argument_a_file_or_stdin() {
    let place = Place::bare();
    let expected = decode(&place, "", &usual()).yes();
    let file = place.file("token.jwt", format!("{}\n", token(&usual())));
    assert_eq!(place.flags("token decode --file token.jwt").yes(), expected);
    assert_eq!(
        place.flags("token decode --file ./token.jwt").yes(),
        expected
    );
    let said = place.words(&["token", "decode", &token(&usual())]);
    assert_eq!((said.code, said.out), (Some(0), expected.clone()));
    assert_eq!(said.err, format!("warning: {IN_HISTORY}\n"));
    for words in [
        &["token", "decode", "-"][..],
        &["token", "decode"],
        &["token", "decode", "--file", "-"],
    ] {
        let mut command = place.command(words);
        command.stdin(File::open(&file).unwrap());
        assert_eq!(Said::by(&mut command).yes(), expected, "{words:?}");
    }
}

#[test]
fn what_is_no_token_is_unreadable_input() {
    let place = Place::bare();
    for (text, part) in [
        ("", "the text is empty"),
        ("a.b", "a token has three parts"),
        ("a.b.c.d", "three parts"),
        ("!!.e30.c2ln", ""),
        ("e30.W10.c2ln", ""),
    ] {
        let told = place.words(&["token", "decode", text]).fails(2);
        assert!(told.contains(part), "{told}");
        let told = place.words(&["token", "decode", "--json", text]).fails(2);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["error"]["code"], "token_malformed", "{text}");
        let hints = told["error"]["hints"].as_array().unwrap();
        let is_told = hints.iter().any(|hint| hint == IN_HISTORY);
        assert_eq!(is_told, !text.is_empty(), "{text}: {hints:?}");
    }
    let told = place.flags("token decode --file none").fails(2);
    assert_eq!(
        told,
        "error: none: No such file or directory (os error 2)\n"
    );
}

#[test]
fn the_entitlements_of_every_known_shape_are_found() {
    let place = Place::bare();
    let claims = json!({
        "org_id": "acme",
        "feature_flags": ["beta"],
        "entitlements": ["audit"],
        "permissions": ["read"],
        "customClaims": {"flags": {"sso": true, "legacy": false}},
    });
    let said = decode(&place, "--json", &claims).yes();
    let document: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["organization"], "acme");
    assert_eq!(
        (&document["entitlements"], &document["permissions"]),
        (&json!(["audit"]), &json!(["read"]))
    );
    let features = document["features"].as_array().unwrap();
    for (feature, value) in [("beta", true), ("sso", true), ("legacy", false)] {
        let found = features.iter().find(|found| found["feature"] == feature);
        assert_eq!(found.unwrap()["value"], value, "{features:?}");
    }
}

#[test]
fn no_selection_of_fields_hides_that_nothing_is_verified() {
    let place = Place::bare();
    let selected = |fields: &str| {
        let said = decode(&place, &format!("--json={fields}"), &usual());
        let document: Value = serde_json::from_str(&said.yes()).unwrap();
        document.to_string()
    };
    assert_eq!(selected("plan"), r#"{"verified":false,"plan":"pro"}"#);
    assert_eq!(
        selected("plan,verified"),
        r#"{"plan":"pro","verified":false}"#
    );
}

#[test]
fn claims_that_cannot_be_used_are_pointed_out() {
    let place = Place::bare();
    let claims = json!({
        "sub": 5, "features": "analytics", "feature_flags": ["beta", true],
        "customClaims": {"plan": "pro"}, "custom_claims": {"plan": "free"},
    });
    let text = decode(&place, "", &claims).yes();
    for line in [
        "plan\tpro (customClaims.plan), free (custom_claims.plan)",
        "claim sub is 5, expected a string",
        "claim features is \"analytics\", expected an object",
        "claim feature_flags[1] is true, expected a string",
        "beta\ton\tfeature_flags",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}: {text}");
    }
    let said = decode(&place, "--json", &claims);
    let document: Value = serde_json::from_str(&said.yes()).unwrap();
    assert_eq!(
        document["misfits"],
        json!([
            {"claim": "sub", "value": 5, "expected": "a string"},
            {"claim": "features", "value": "analytics", "expected": "an object"},
            {"claim": "feature_flags[1]", "value": true, "expected": "a string"},
        ])
    );
    assert_eq!(
        document["plans"],
        json!([
            {"plan": "pro", "claim": "customClaims.plan"},
            {"plan": "free", "claim": "custom_claims.plan"},
        ])
    );
}

#[test]
fn saying_nothing_about_features_is_not_naming_none() {
    let place = Place::bare();
    for (claims, sentence, shapes) in [
        (
            json!({"sub": "ana"}),
            "the token says nothing about features",
            json!([]),
        ),
        (
            json!({"features": {}}),
            "the token names no features",
            json!(["features"]),
        ),
    ] {
        let text = decode(&place, "", &claims).yes();
        assert_eq!(text.lines().last(), Some(sentence), "{text}");
        let said = decode(&place, "--json", &claims);
        let document: Value = serde_json::from_str(&said.yes()).unwrap();
        assert_eq!(document["feature_claims"], shapes);
    }
}

#[test]
fn the_demo_leaves_a_store_to_play_with_and_shows_true_commands() {
    let place = Place::bare();
    let text = place.flags("demo").yes();
    for step in [
        "$ flags matrix",
        "$ flags set analytics --plan pro --dry-run",
        "$ flags explain analytics --user ana",
        "$ flags token inspect --file ",
        "(exit code 0)",
    ] {
        assert!(text.contains(step), "{step} is not in {text}");
    }
    let store = text
        .lines()
        .find_map(|line| line.strip_prefix("$ export FLAGS_STORE="))
        .unwrap();
    let line = format!("--store {store} set sso --user ben --expires 14d --dry-run");
    assert!(
        place.flags(&line).yes().contains("user:ben\tsso\toff\ton"),
        "{text}"
    );
    let steps = place.json("demo")["steps"].as_array().unwrap().len();
    assert_eq!(steps, 11);
}

#[test]
fn every_shell_has_a_completion_script_and_every_command_a_page() {
    let place = Place::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.flags(&format!("completions {shell}")).yes();
        assert!(script.contains("resolve") && script.len() > 1000, "{shell}");
        assert_eq!(
            place.json(&format!("completions {shell}"))["script"],
            *script
        );
    }
    let page = place.flags("man flags-feature-define").yes();
    assert!(
        page.contains(".TH") && page.contains("flags\\-feature\\-define"),
        "{page}"
    );
    assert_eq!(place.flags("man feature-define").yes(), page);
    assert_eq!(place.flags("man flags").yes(), place.flags("man").yes());
    place.flags("man --directory pages").yes();
    let pages = std::fs::read_dir(place.path("pages")).unwrap().count();
    assert_eq!(place.json("man --directory pages")["pages"], pages);
    let told = place.flags("man --directory /dev/null/x").fails(2);
    assert!(told.starts_with("error: /dev/null/x: "), "{told}");
}
