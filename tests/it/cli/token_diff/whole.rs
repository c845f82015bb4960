//! What is wrong with the token as a whole, or with what it says of a feature.

use serde_json::{Value, json};

use super::{anas, at, claims, diff, document, found, remarked, row, token};
use crate::cli::kit::Place;

#[test]
fn a_token_without_claims_about_features_is_named_as_such() {
    let place = Place::shop();
    let without = claims(&json!({"sub": "ana"}));
    let document = document(&place, &without, "");
    assert_eq!(remarked(&document), ["claims_absent"]);
    let why = "the token has no claim about features; the store said on already when it was issued";
    let next = "sign in anew through the issuer that adds features (not a custom login)";
    found(
        &document,
        "analytics",
        "missing",
        "claims_absent",
        why,
        next,
    );
    found(
        &document,
        "max_seats",
        "missing",
        "claims_absent",
        "the store said 5 already",
        next,
    );
    let text = diff(&place, &without, "").no();
    assert!(
        text.contains("\nclaims absent: the token has no claim about features (`features`, "),
        "{text}"
    );
    // One step serves all of them, and is shown once.
    assert_eq!(text.matches("sign in anew").count(), 1, "{text}");
    assert!(
        text.contains("\nanalytics, beta, max_projects, max_seats, the token\tsign in"),
        "{text}"
    );
}

#[test]
fn without_claims_nothing_is_missing_where_nothing_was_on() {
    let place = Place::empty();
    at(&place, "11:00:00", "user assign ana");
    at(&place, "11:00:00", "feature define beta");
    let without = claims(&json!({"sub": "ana"}));
    let same = document(&place, &without, "");
    assert_eq!(
        (&same["ok"], remarked(&same)),
        (&json!(true), vec!["claims_absent"])
    );
    at(&place, "11:45:00", "target beta all");
    let stale = document(&place, &without, "");
    found(
        &stale,
        "beta",
        "stale",
        "changed_since",
        "granted by tester",
        "refresh",
    );
}

#[test]
fn claims_that_cannot_be_read_are_named_as_such() {
    let place = Place::shop();
    for (features, said) in [
        (
            json!({"features": "analytics"}),
            "claim features is \"analytics\", expected an object",
        ),
        (
            json!({"feature_flags": {}}),
            "claim feature_flags is {}, expected an array of strings",
        ),
        (
            json!({"customClaims": 7}),
            "claim customClaims is 7, expected an object",
        ),
        (
            json!({"custom_claims": {"flags": []}}),
            "claim custom_claims.flags is [], expected",
        ),
        (
            json!({"feature_flags": ["beta", 1]}),
            "claim feature_flags[1] is 1, expected a string",
        ),
    ] {
        let mut claims = claims(&features);
        claims["sub"] = json!("ana");
        let document = document(&place, &claims, "");
        assert_eq!(remarked(&document), ["claims_unreadable"], "{features}");
        let text = document["remarks"][0]["text"].as_str().unwrap();
        assert!(text.starts_with(said), "{text}");
        let why = "claim about features cannot be read";
        let next = "`flags token decode` shows the claims";
        found(
            &document,
            "analytics",
            "missing",
            "claims_unreadable",
            why,
            next,
        );
    }
    let plan = claims(&json!({"sub": "ana", "custom_claims": {"plan": 7}}));
    assert_eq!(remarked(&document(&place, &plan, "")), ["claims_absent"]);
}

#[test]
fn a_value_of_the_wrong_type_and_one_that_is_contradicted_are_named() {
    let place = Place::shop();
    let mut claims = anas();
    claims["features"] = json!({"analytics": "yes", "beta": true, "max_seats": true,
        "max_projects": 50, "sso": 3});
    claims["customClaims"] = json!({"flags": {"beta": false}});
    let document = document(&place, &claims, "");
    let next = "`flags token decode` shows the claims";
    let why = "the token says \"yes\", which is no value of a boolean feature";
    found(&document, "analytics", "differs", "wrong_type", why, next);
    found(
        &document,
        "max_seats",
        "differs",
        "wrong_type",
        "says on, which is no value of a limit",
        next,
    );
    found(
        &document,
        "sso",
        "differs",
        "wrong_type",
        "says 3, which is no value of a boolean",
        next,
    );
    found(
        &document,
        "beta",
        "differs",
        "contradiction",
        "contradicts itself: on, off",
        next,
    );
    assert_eq!(row(&document, "beta")["token"], json!([true, false]));
    assert_eq!(row(&document, "max_projects")["verdict"], "same");
}

#[test]
fn what_the_store_said_all_along_is_no_matter_of_waiting() {
    let place = Place::shop();
    let mut claims = anas();
    claims["features"] = json!({"analytics": true, "max_projects": 50, "max_seats": 7});
    let document = document(&place, &claims, "");
    let next = "`flags explain max_seats --user ana` shows whence it comes; if that is right, the \
                token's issuer asks another store";
    let why = "plan pro grants 5; the store said 5 already when it was issued";
    found(
        &document,
        "max_seats",
        "differs",
        "value_differs",
        why,
        next,
    );
    let why = "rule 1 (user) serves on; the store said on already";
    found(
        &document,
        "beta",
        "missing",
        "value_differs",
        why,
        "flags explain beta --user ana",
    );
}

#[test]
fn workos_list_carries_neither_limits_nor_custom_targets() {
    let place = Place::shop();
    for shape in [
        json!({"feature_flags": ["analytics"]}),
        json!({"feature_flags": ["analytics", "analytics"]}),
    ] {
        let mut claims = claims(&shape);
        claims["sub"] = json!("ben");
        let document = document(&place, &claims, "--target workspace:ws_1");
        assert_eq!(document["ok"], true, "{document}");
        found(
            &document,
            "max_projects",
            "not_carried",
            "limit_not_carried",
            "no place for limits",
            "",
        );
        let why = "rule 3 (workspace) serves on; the token's claims know no custom targets";
        found(
            &document,
            "beta",
            "not_carried",
            "custom_target_not_carried",
            why,
            "",
        );
        assert_eq!(row(&document, "beta")["next"], Value::Null);
        assert_eq!(row(&document, "max_seats")["verdict"], "same");
    }
    // The other claims have room for both.
    for shape in [
        json!({"features": {"analytics": true}}),
        json!({"customClaims": {"flags": {"analytics": true}}}),
        json!({"feature_flags": ["analytics"], "features": {"analytics": true}}),
    ] {
        let mut claims = claims(&shape);
        claims["sub"] = json!("ben");
        let document = document(&place, &claims, "--target workspace:ws_1");
        for feature in ["beta", "max_projects"] {
            assert_eq!(row(&document, feature)["verdict"], "missing");
        }
    }
}

#[test]
fn a_token_of_another_environment_is_told_by_its_features() {
    let place = Place::shop();
    let mut claims = anas();
    claims["features"] = json!({"analytics": true, "x1": true, "x2": 5, "x3": false});
    let document = document(&place, &claims, "");
    assert_eq!(remarked(&document), ["other_environment"]);
    let text = document["remarks"][0]["text"].as_str().unwrap();
    assert_eq!(
        text,
        "3 features of the token, such as x1, are not defined here: this is probably the token of \
         another environment, issued by auth.example.com"
    );
    let why = "the store defines few of the features";
    let next = "name the store of the token's environment with --store or --profile";
    for feature in ["x1", "x2", "x3"] {
        found(
            &document,
            feature,
            "unknown",
            "other_environment",
            why,
            next,
        );
    }
}

#[test]
fn text_of_others_reaches_no_terminal_as_it_is() {
    let place = Place::shop();
    let mut command = place.command(&["set", "sso", "--user", "ana", "--reason", "\u{1b}[31mred"]);
    command
        .env("FLAGS_ACTOR", "\u{202e}eve")
        .env("FLAGS_NOW", "2026-05-01T11:40:00Z");
    crate::cli::kit::Said::by(&mut command).yes();
    for text in crate::cli::strings::OWN {
        let mut claims = anas();
        claims["iss"] = json!(text);
        claims["features"][*text] = json!(text);
        claims["custom_claims"] = json!({ "flags": text });
        place.file("token.jwt", token(&claims));
        let mut command = place.command(&["token", "diff", "--token-file", "token.jwt"]);
        command.env("CLICOLOR_FORCE", "1");
        let said = crate::cli::kit::Said::by(&mut command);
        assert_eq!(said.code, Some(1), "{said:?}");
        let shown = crate::cli::strings::without_colours(&said.out);
        crate::cli::strings::assert_safe(&shown, &['\n', '\t'], text);
        assert_eq!(document(&place, &claims, "")["issuer"], *text);
    }
}
