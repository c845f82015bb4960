use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::super::decode::decode;
use super::super::finding::Severity;
use super::*;
use crate::domain::catalog::Revision;
use crate::domain::document::Document;

const NOW: i64 = 1_700_000_000;

fn decoded(header: &Value, claims: &Value, signature: &str) -> Decoded {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let parts = [&header.to_string(), &claims.to_string(), signature].map(part);
    decode(&parts.join(".")).unwrap()
}

fn nothing_known() -> Surroundings<'static> {
    Surroundings {
        now: Timestamp::from_second(NOW).unwrap(),
        wrappings: &[],
        catalog: None,
        organization: None,
    }
}

/// Claims that nothing is to be found in, with these in their place.
fn claims(others: &Value) -> Value {
    let mut claims = json!({"iat": NOW - 60, "exp": NOW + 240, "features": {"analytics": true}});
    let others = others.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(others);
    claims
}

fn found(others: &Value, known: &Surroundings<'_>) -> Vec<Finding> {
    let header = json!({"alg": "RS256"});
    inspect(&decoded(&header, &claims(others), "signature"), known)
}

fn names(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.name()).collect()
}

/// The one finding of a token with these claims.
#[track_caller]
fn only(others: &Value, known: &Surroundings<'_>) -> Finding {
    let mut findings = found(others, known);
    assert_eq!(findings.len(), 1, "{others}: {:?}", names(&findings));
    findings.remove(0)
}

fn catalog() -> Catalog {
    let document: Document = serde_json::from_value(json!({
        "format": "flags.catalog/1",
        "features": {
            "analytics": {"type": "boolean"}, "max_seats": {"type": "limit"},
            "new-ui": {"type": "boolean"},
        },
        "plans": {"pro": {}},
    }))
    .unwrap();
    let mut catalog = Catalog::default();
    for change in document.into_changes().changes() {
        catalog.apply(change, Revision::UNKNOWN).unwrap();
    }
    catalog
}

fn compared(catalog: &Catalog) -> Surroundings<'_> {
    Surroundings {
        catalog: Some(catalog),
        ..nothing_known()
    }
}

#[test]
fn an_ordinary_token_has_nothing_odd_about_it() {
    assert_eq!(found(&json!({}), &nothing_known()), []);
    let all = json!({"analytics": true, "max_seats": 5, "new-ui": false});
    let catalog = catalog();
    let astapa = json!({"features": all, "custom_claims": {"plan": "pro"}});
    assert_eq!(found(&astapa, &compared(&catalog)), []);
}

#[test]
fn how_a_token_is_signed_is_looked_at() {
    for (header, signature, expected) in [
        (json!({"alg": "ES256"}), "s", &[][..]),
        (json!({"alg": "Ed25519"}), "s", &[]),
        (json!({"alg": "HS256"}), "s", &["shared_secret"]),
        (json!({"alg": "none"}), "", &["unsigned"]),
        (json!({"alg": "nOnE"}), "s", &["unsigned"]),
        (json!({"alg": "RS256"}), "", &["no_signature"]),
        (json!({"alg": "RS1"}), "s", &["weak_algorithm"]),
        (json!({"alg": "rs256"}), "s", &["unknown_algorithm"]),
        (json!({}), "s", &["no_algorithm"]),
        (json!({"alg": 256}), "s", &["no_algorithm"]),
        (
            json!({"alg": "PS256", "jwk": {}, "jku": "x", "x5u": 1, "x5c": []}),
            "s",
            &["key_in_header"; 4],
        ),
        (
            json!({"alg": "EdDSA", "crit": ["b64"]}),
            "s",
            &["critical_header"],
        ),
    ] {
        let decoded = decoded(&header, &claims(&json!({})), signature);
        assert_eq!(
            names(&inspect(&decoded, &nothing_known())),
            expected,
            "{header}"
        );
    }
}

#[test]
fn when_a_token_is_valid_is_looked_at() {
    for (times, expected) in [
        (json!({"exp": NOW}), &["expired"][..]),
        (json!({"nbf": NOW + 60}), &["not_yet_valid"]),
        (json!({"nbf": NOW + 240}), &["never_valid"]),
        (json!({"exp": null}), &["wrong_type"]),
        (json!({"exp": "soon", "iat": "now"}), &["wrong_type"; 2]),
        (json!({"exp": NOW + 3540}), &[]),
        (json!({"exp": NOW + 3541}), &["long_lifetime"]),
        (json!({"iat": NOW + 60}), &[]),
        (json!({"iat": NOW + 61}), &["issued_in_future"]),
        (
            json!({"iat": NOW - 7200, "exp": NOW}),
            &["expired", "long_lifetime"],
        ),
    ] {
        assert_eq!(names(&found(&times, &nothing_known())), expected, "{times}");
    }
    let unending = decoded(
        &json!({"alg": "RS256"}),
        &json!({"features": {"a": true}}),
        "s",
    );
    assert_eq!(names(&inspect(&unending, &nothing_known())), ["no_expiry"]);
}

#[test]
fn a_life_without_a_beginning_is_as_long_as_what_remains() {
    let without = json!({"exp": NOW + 7200, "features": {"a": true}});
    let decoded = decoded(&json!({"alg": "RS256"}), &without, "s");
    assert_eq!(
        names(&inspect(&decoded, &nothing_known())),
        ["long_lifetime"]
    );
}

#[test]
fn milliseconds_are_told_once_and_not_taken_for_ages() {
    for (times, expected) in [
        (json!({"exp": NOW * 1000}), &["milliseconds"][..]),
        (json!({"nbf": NOW * 1000}), &["milliseconds"]),
        (json!({"iat": NOW * 1000}), &["milliseconds"]),
        (
            json!({"iat": NOW * 1000, "exp": (NOW + 300) * 1000}),
            &["milliseconds"; 2],
        ),
        (
            json!({"iat": NOW * 1000, "exp": NOW}),
            &["expired", "milliseconds"],
        ),
    ] {
        let mut findings = names(&found(&times, &nothing_known()))
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        findings.sort();
        assert_eq!(findings, expected, "{times}");
    }
}

#[test]
fn saying_nothing_about_features_is_not_naming_none() {
    let silent = json!({"iat": NOW, "exp": NOW + 300, "entitlements": ["audit"]});
    let silent = decoded(&json!({"alg": "RS256"}), &silent, "s");
    let findings = inspect(&silent, &nothing_known());
    assert_eq!(names(&findings), ["no_entitlements"]);
    assert!(
        findings[0]
            .message
            .contains("minted without the features claim"),
        "{findings:?}"
    );
    let none = only(&json!({"features": {}}), &nothing_known());
    assert_eq!(none.code, FindingCode::NamesNoFeatures);
    let text = only(&json!({"features": "analytics"}), &nothing_known());
    assert_eq!(
        (text.code, text.claim.as_deref()),
        (FindingCode::WrongType, Some("features"))
    );
}

#[test]
fn a_value_that_no_feature_can_have_is_told_from_a_limit_in_quotation_marks() {
    for (value, expected) in [
        (json!("5"), "limit_is_text"),
        (json!(" 1e3 "), "limit_is_text"),
        (json!("yes"), "wrong_value"),
        (json!("nan"), "wrong_value"),
        (json!(null), "wrong_value"),
        (json!(-1), "wrong_value"),
        (json!(2.5), "wrong_value"),
        (json!({"on": true}), "wrong_value"),
        (json!(0), "zero_limit"),
    ] {
        let finding = only(&json!({"features": {"x": value}}), &nothing_known());
        assert_eq!(finding.code.name(), expected, "{value}");
        assert_eq!(finding.feature.as_deref(), Some("x"));
    }
    // Whatever the text says, where the catalog has a limit it was meant for one.
    let catalog = catalog();
    let text = json!({"features": {"max_seats": "many", "analytics": true, "new-ui": true}});
    assert_eq!(
        only(&text, &compared(&catalog)).code,
        FindingCode::LimitIsText
    );
}

#[test]
fn claims_that_disagree_are_told_from_claims_that_repeat() {
    for (others, expected) in [
        (
            json!({"features": {"a": true}, "custom_claims": {"flags": {"a": false}}}),
            &["contradiction"][..],
        ),
        (
            json!({"features": {"a": 5}, "feature_flags": ["a"]}),
            &["contradiction"],
        ),
        (
            json!({"features": {"a": true}, "customClaims": {"flags": {"a": true}}}),
            &["duplicate_feature"],
        ),
        (
            json!({"features": {}, "feature_flags": ["a", "a", "a"]}),
            &["duplicate_feature"],
        ),
        (
            json!({"features": {"a": true, "b": false, "c": 0}, "feature_flags": []}),
            &["zero_limit", "off_by_list"],
        ),
        (
            json!({"customClaims": {"flags": {"analytics": true}}, "feature_flags": ["b"]}),
            &["off_by_list", "duplicate_feature"],
        ),
        (
            json!({"features": {"a": true}, "feature_flags": "none"}),
            &["wrong_type"],
        ),
        (
            json!({"custom_claims": {"plan": "pro"}, "customClaims": {"plan": "free"}}),
            &["plans_differ"],
        ),
    ] {
        let findings = found(&others, &nothing_known());
        assert_eq!(names(&findings), expected, "{others}");
    }
}

#[test]
fn features_and_plans_are_compared_with_the_catalog() {
    let catalog = catalog();
    let all = |others: Value| {
        let mut all = json!({"analytics": true, "max_seats": 5, "new-ui": true});
        let others = others.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(others);
        json!({ "features": all })
    };
    for (others, expected, message) in [
        (
            all(json!({"legacy": true})),
            "unknown_feature",
            "the catalog has no feature `legacy`",
        ),
        (
            all(json!({"New_UI": true})),
            "unknown_feature",
            "the catalog has no feature `New_UI`, but `new-ui`",
        ),
        (
            all(json!({"max_seats": true})),
            "wrong_kind",
            "max_seats is on here, in the catalog it is a limit",
        ),
        (
            all(json!({"analytics": 3})),
            "wrong_kind",
            "analytics is 3 here, in the catalog it is boolean",
        ),
        (
            json!({"features": {"analytics": true}}),
            "off_by_absence",
            "the catalog also has max_seats, new-ui: not in the token, so off for its holder",
        ),
    ] {
        let finding = only(&others, &compared(&catalog));
        assert_eq!(
            (finding.code.name(), &*finding.message),
            (expected, message)
        );
        assert!(
            names(&found(&others, &nothing_known())).is_empty(),
            "{others}"
        );
    }
    // A list of what is on cannot name a limit.
    let listed = json!({"iat": NOW, "exp": NOW + 300, "feature_flags": ["analytics"]});
    let listed = decoded(&json!({"alg": "RS256"}), &listed, "s");
    let message = "the catalog also has new-ui: not in the token, so off for its holder";
    assert_eq!(inspect(&listed, &compared(&catalog))[0].message, message);
    let mut pro = all(json!({}));
    pro["custom_claims"] = json!({"plan": "Pro"});
    assert_eq!(
        only(&pro, &compared(&catalog)).code,
        FindingCode::UnknownPlan
    );
    // A catalog without plans, such as WorkOS's payload, has nothing to say about plans.
    let mut without = catalog;
    without.plans.clear();
    assert_eq!(found(&pro, &compared(&without)), []);
}

#[test]
fn the_organization_is_compared_with_the_profile() {
    let acme: Id = "acme".parse().unwrap();
    let known = Surroundings {
        organization: Some(&acme),
        ..nothing_known()
    };
    assert_eq!(found(&json!({"org_id": "acme"}), &known), []);
    assert_eq!(found(&json!({"org_id": "globex"}), &nothing_known()), []);
    let other = only(&json!({"org_id": "globex"}), &known);
    assert_eq!(other.code, FindingCode::OtherOrganization);
    assert!(
        other
            .message
            .contains("organization globex, the profile is for acme")
    );
    assert_eq!(only(&json!({}), &known).code, FindingCode::NoOrganization);
}

#[test]
fn who_acts_in_somebodys_name_is_named() {
    let finding = only(
        &json!({"act": {"sub": "admin@example.com"}}),
        &nothing_known(),
    );
    assert_eq!(finding.code, FindingCode::ActedFor);
    assert_eq!(
        finding.message,
        "admin@example.com acts in the subject's name (impersonation)"
    );
}

#[test]
fn what_was_taken_off_is_a_note_and_what_matters_most_comes_first() {
    let wrappings = [
        Wrapping::Bearer,
        Wrapping::Json {
            member: "access_token",
        },
    ];
    let known = Surroundings {
        wrappings: &wrappings,
        ..nothing_known()
    };
    let findings = found(&json!({"exp": NOW, "features": {"a": 0}, "sub": 5}), &known);
    assert_eq!(
        names(&findings),
        [
            "expired",
            "wrong_type",
            "zero_limit",
            "wrapped",
            "taken_from_json"
        ]
    );
    let weights: Vec<Severity> = findings.iter().map(Finding::severity).collect();
    assert!(weights.is_sorted_by(|one, next| one >= next), "{weights:?}");
}

#[test]
fn a_long_value_is_shortened() {
    let long = "x".repeat(1000);
    let finding = only(&json!({ "sub": [long] }), &nothing_known());
    assert!(finding.message.chars().count() < 120, "{}", finding.message);
    assert!(finding.message.contains("xxx…, expected a string"));
}
