//! Where the token and the other side come from, and what cannot be answered.

use std::fs::File;

use serde_json::{Value, json};

use super::{anas, at, claims, diff, document, found, remarked, row, token};
use crate::cli::kit::{Place, Said, refused};

#[test]
fn a_token_comes_from_an_argument_a_file_or_stdin() {
    let place = Place::shop();
    let expected = diff(&place, &anas(), "").yes();
    let text = token(&anas());
    let typed = place.words(&["token", "diff", &text]);
    assert_eq!((typed.code, typed.out), (Some(0), expected.clone()));
    assert!(
        typed.err.contains("stays in the shell's history"),
        "{}",
        typed.err
    );
    let file = place.file("line.jwt", format!("{text}\r\n"));
    for words in [
        &["token", "diff", "-"][..],
        &["token", "diff"],
        &["token", "diff", "--token-file", "-"],
    ] {
        let mut command = place.command(words);
        command.stdin(File::open(&file).unwrap());
        assert_eq!(Said::by(&mut command).yes(), expected, "{words:?}");
    }
}

#[test]
fn a_token_that_cannot_be_read_opens_no_store() {
    let place = Place::bare();
    for (line, told) in [
        ("token diff a.b", "a token has three parts"),
        ("token diff sk_test_abc", "this is an API key"),
        (
            "token diff --token-file none",
            "none: No such file or directory",
        ),
        ("token diff", "the text is empty"),
    ] {
        let said = place.flags(line).fails(2);
        assert!(said.contains(told), "{said}");
    }
    let both = "error: the token and the catalog cannot both come from stdin: put one in a file\n";
    for line in [
        "token diff --file -",
        "token diff - --catalog -",
        "token diff --token-file - --file -",
    ] {
        assert_eq!(place.flags(line).fails(2), both, "{line}");
    }
}

#[test]
fn a_token_that_names_nobody_cannot_be_compared() {
    let place = Place::shop();
    for claims in [
        json!({}),
        json!({"sub": 5}),
        json!({"email": "ana@example.com"}),
    ] {
        place.file("token.jwt", token(&claims));
        refused(
            &place,
            "token diff --token-file token.jwt",
            2,
            "no_subject",
            "the token says nobody's name: it has neither `sub` nor `org_id` as text",
            &["name the subject with --user or --org"],
        );
    }
    let named = document(&place, &json!({"features": {}}), "--user ana");
    assert_eq!(named["subject"]["user"], "ana");
}

const OTHER_NAME: &str = "or the store knows the subject by another name: --user, --org";

#[test]
fn a_subject_that_is_not_known_is_no_answer_and_points_at_another_environment() {
    let place = Place::shop();
    let elsewhere = "this may be the token of another environment (it was issued by \
                     auth.example.com): name that environment's store with --store or --profile";
    place.file(
        "token.jwt",
        token(&claims(&json!({"sub": "user_01ABC", "features": {}}))),
    );
    refused(
        &place,
        "token diff --token-file token.jwt",
        3,
        "user_not_found",
        "there is no user `user_01ABC`",
        &[
            elsewhere,
            OTHER_NAME,
            "`flags user assign user_01ABC` makes the user known",
        ],
    );
    place.file(
        "token.jwt",
        token(&claims(&json!({"sub": "ana", "org_id": "org_01XYZ"}))),
    );
    refused(
        &place,
        "token diff --token-file token.jwt",
        3,
        "organization_not_found",
        "there is no organization `org_01XYZ`",
        &[
            elsewhere,
            OTHER_NAME,
            "`flags org assign org_01XYZ` makes the organization known",
        ],
    );
    let told = diff(&place, &json!({"sub": "two words"}), "").fails(3);
    assert!(
        told.starts_with("error: there is no user as the token names it: \"two words\""),
        "{told}"
    );
    let told = diff(&place, &json!({"sub": "nobody"}), "").fails(3);
    assert!(
        told.contains("environment (it does not say who issued it)"),
        "{told}"
    );
}

#[test]
fn who_was_forgotten_since_is_told_as_that() {
    let place = Place::shop();
    at(&place, "11:40:00", "user forget ana --yes");
    let told = diff(&place, &anas(), "").fails(3);
    let hint = "hint: tester forgot it at 2026-05-01T11:40:00Z, after the token was issued\n";
    assert!(told.contains(hint), "{told}");
}

#[test]
fn an_unknown_feature_is_refused_with_the_nearest_key() {
    let place = Place::shop();
    place.file("token.jwt", token(&anas()));
    refused(
        &place,
        "token diff --token-file token.jwt --feature sso --feature analitics",
        3,
        "feature_not_found",
        "there is no feature `analitics`",
        &[
            "did you mean `analytics`?",
            "`flags feature list` shows what there is",
        ],
    );
    let told = diff(&place, &anas(), "--target user:ana").fails(3);
    assert!(
        told.starts_with("error: `user:ana` is not a custom target"),
        "{told}"
    );
}

#[test]
fn a_file_has_no_history_so_what_differs_may_be_old_or_wrong() {
    let place = Place::shop();
    at(&place, "11:40:00", "set sso --user ana");
    place.file(
        "catalog.json",
        place.flags("export --subjects --overrides").yes(),
    );
    std::fs::remove_file(place.store()).unwrap();
    let mut claims = anas();
    claims["features"]["max_seats"] = json!(7);
    claims["features"]["legacy"] = json!(true);
    claims["features"]["draft"] = json!(true);
    for option in ["--file catalog.json", "--catalog catalog.json"] {
        let document = document(&place, &claims, option);
        assert_eq!(remarked(&document), ["no_history"]);
        assert_eq!(document["issue_revision"], Value::Null);
        let next = "`flags explain sso --user ana --file FILE` shows every layer";
        found(
            &document,
            "sso",
            "differs",
            "value_differs",
            "grants on",
            next,
        );
        found(
            &document,
            "max_seats",
            "differs",
            "value_differs",
            "plan pro grants 5",
            "explain",
        );
        let next = "`flags explain legacy --user ana --file FILE` shows every layer";
        found(
            &document,
            "legacy",
            "differs",
            "feature_disabled",
            "disabled",
            next,
        );
        found(
            &document,
            "draft",
            "unknown",
            "feature_undefined",
            "draft",
            "export that anew",
        );
        assert_eq!(row(&document, "analytics")["verdict"], "same");
    }
}

#[test]
fn a_file_without_the_subject_says_how_to_export_it() {
    let place = Place::shop();
    place.file("catalog.json", place.flags("export").yes());
    place.file("token.jwt", token(&anas()));
    refused(
        &place,
        "token diff --token-file token.jwt --file catalog.json",
        3,
        "user_not_found",
        "there is no user `ana`",
        &[
            "this may be the token of another environment (it was issued by auth.example.com): \
             compare with that environment's file",
            OTHER_NAME,
            "export with --subjects --overrides",
        ],
    );
}

#[test]
fn workos_configuration_answers_for_any_session() {
    let place = Place::bare();
    let payload = json!({"beta": {"slug": "beta", "enabled": true, "default_value": false,
        "targets": {"users": [], "organizations": [{"id": "org_1", "enabled": true}]}},
        "old": {"slug": "old", "enabled": false, "default_value": true,
        "targets": {"users": [], "organizations": []}}});
    place.file("flags.json", payload.to_string());
    let session = claims(&json!({"sub": "user_1", "org_id": "org_1", "feature_flags": ["beta"]}));
    let same = document(&place, &session, "--file flags.json");
    assert_eq!(same["ok"], true, "{same}");
    let mut none = session.clone();
    none["feature_flags"] = json!([]);
    let differs = document(&place, &none, "--file flags.json");
    assert_eq!(row(&differs, "beta")["verdict"], "differs");
    let mut other = session;
    other["org_id"] = json!("org_2");
    let other = document(&place, &other, "--file flags.json");
    found(
        &other,
        "beta",
        "differs",
        "not_targeted",
        "none of 1 rule matches",
        "explain beta",
    );
    found(&other, "old", "same", "feature_disabled", "disabled", "");
}

#[test]
fn no_selection_of_fields_hides_that_nothing_is_verified() {
    let place = Place::shop();
    let selected = diff(&place, &anas(), "--json=ok,revision").yes();
    let selected: Value = serde_json::from_str(&selected).unwrap();
    assert_eq!(
        selected,
        json!({"verified": false, "ok": true, "revision": 1})
    );
}

#[test]
fn the_profile_knows_whose_tokens_its_environment_has() {
    let place = Place::shop();
    let store = place.store();
    let profile = |token: &str| {
        let text = format!(
            "default_profile = \"prod\"\n[profiles.prod]\nkind = \"local\"\nstore = {:?}\n{token}",
            store.display().to_string()
        );
        place.file("config/flags/config.toml", text);
    };
    let run = |claims: &Value| {
        place.file("token.jwt", token(claims));
        let mut command = place.command(&["token", "diff", "--token-file", "token.jwt", "--json"]);
        Said::by(command.env_remove("FLAGS_STORE"))
    };
    let document = |said: Said| serde_json::from_str::<Value>(&said.out).unwrap();
    let mut claims = anas();
    claims["features"] = json!({"analytics": true, "max_seats": 7, "draft": true});
    profile("");
    assert_eq!(remarked(&document(run(&claims))), [""; 0]);
    for own in [
        "issuer = [\"x\", \"auth.example.com\"]",
        "issuer_url = \"auth.example.com/\"",
    ] {
        profile(&format!("[profiles.prod.token]\n{own}"));
        assert_eq!(remarked(&document(run(&claims))), [""; 0]);
    }
    profile("[profiles.prod.token]\nissuer = [\"https://prod.example\"]");
    let foreign = document(run(&claims));
    let says = "issued by auth.example.com, and the profile's tokens by https://prod.example";
    assert_eq!(remarked(&foreign), ["other_environment"]);
    assert_eq!(
        foreign["remarks"][0]["text"],
        format!("this is the token of another environment: {says}")
    );
    let next = "name the store of the token's environment with --store or --profile";
    found(
        &foreign,
        "max_seats",
        "differs",
        "other_environment",
        says,
        next,
    );
    found(
        &foreign,
        "draft",
        "unknown",
        "other_environment",
        says,
        next,
    );
    assert_eq!(row(&foreign, "analytics")["verdict"], "same");
    claims["sub"] = json!("user_01ABC");
    let told = run(&claims).fails(3);
    assert!(
        told.contains(&format!(
            "this is the token of another environment ({says})"
        )),
        "{told}"
    );
    // A store that is named by its path is no profile's.
    let said = diff(&place, &anas(), "");
    assert_eq!(said.code, Some(0));
}
