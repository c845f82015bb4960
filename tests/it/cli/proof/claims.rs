//! What is asked of the header's type and of the claims, option by option.

use serde_json::{Value, json};

use super::super::kit::Place;
use super::{NOW, SECRET, assert_rows, minted, reason, usual_claims, usual_header, verify, with};

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
